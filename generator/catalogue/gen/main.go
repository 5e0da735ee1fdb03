// Command gen writes docs/checks.md.
package main

import (
	"fmt"
	"os"

	"tracegen.dev/generator/catalogue"
)

func main() {
	page, err := catalogue.Page()
	if err == nil {
		err = os.WriteFile("../../docs/checks.md", []byte(page), 0o644)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}
