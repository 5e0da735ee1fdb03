// Package schema embeds the schema, so that it is there offline in anybody's
// repository.
package schema

import "embed"

// FS holds the schema's files.
//
//go:embed *.cue
var FS embed.FS
