package diag

import (
	"encoding/json"
	"io"
	"slices"
)

// JSON prints findings as one array for programs. Without findings it is [].
func JSON(w io.Writer, ds []Diagnostic) error {
	out := slices.Clone(ds)
	if out == nil {
		out = []Diagnostic{}
	}
	for i := range out {
		if out[i].Related == nil {
			out[i].Related = []Related{}
		}
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(out)
}
