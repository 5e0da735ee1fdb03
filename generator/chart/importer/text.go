package importer

import (
	"bytes"
	"fmt"
	"unicode/utf8"
)

// checkText wants UTF-8, and names the first line that is none.
func checkText(file string, data []byte) error {
	for n, row := range bytes.Split(data, []byte("\n")) {
		if !utf8.Valid(row) {
			return fmt.Errorf("%s:%d: it is no UTF-8", file, n+1)
		}
	}
	return nil
}
