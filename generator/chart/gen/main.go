// Command gen compiles schema/charts into generator/chart/table_gen.go. Run it
// by `go generate ./generator/chart` after an edit of the schema.
package main

import (
	"fmt"
	"os"
)

// Relative to generator/chart, where go generate runs.
const (
	schema = "../../schema/charts"
	output = "table_gen.go"
)

func main() {
	src, err := generate(schema)
	if err == nil {
		err = os.WriteFile(output, src, 0o666)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

// generate gives the source of the table, or all that is wrong with the data.
func generate(dir string) ([]byte, error) {
	charts, err := read(dir)
	if err != nil {
		return nil, err
	}
	if err := check(charts); err != nil {
		return nil, err
	}
	return write(charts)
}
