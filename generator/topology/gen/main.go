// Gen writes generator/topology's Go types and its description of the schema.
package main

import (
	"fmt"
	"os"

	"tracegen.dev/schema"
)

func main() {
	files, err := generate(schema.FS)
	if err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
	for name, data := range files {
		if err := os.WriteFile(name, data, 0o644); err != nil {
			fmt.Fprintln(os.Stderr, "gen:", err)
			os.Exit(1)
		}
	}
}
