// Package profiles embeds the shipped profiles, which `tracegen init` starts a
// workspace from.
package profiles

import "embed"

// FS holds the profiles' files.
//
//go:embed common.cue */*.cue
var FS embed.FS
