// Command shapes reads the Go source of a program, and writes the keys of its
// configuration as a contract, see package keys: those that the tags of its
// types name, and none that its documentation leaves out.
//
//	go run ./generator/chart/keys/shapes NAME VERSION MODULE...
//
// NAME is one of the programs below, and MODULE is a directory with its source.
// Further ones are modules that it needs; what the first one vendors, and what
// it requires and lies in the module cache, is found without.
//
// The contract is merged into known/shapes/NAME.keys, where it stands for that
// version. A type that the program reads in a way of its own is an entry of its
// table here; where one is missing, that is said on standard error.
package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"tracegen.dev/generator/chart/keys"
)

// Relative to the module, where the command runs.
const known = "generator/chart/keys/known/shapes"

func main() {
	if len(os.Args) < 4 {
		fmt.Fprintln(os.Stderr, "usage: shapes NAME VERSION MODULE...")
		os.Exit(2)
	}
	if err := run(known, os.Args[1], os.Args[2], os.Args[3:]); err != nil {
		fmt.Fprintln(os.Stderr, "shapes:", err)
		os.Exit(1)
	}
}

func run(dir, name, version string, modules []string) error {
	file := filepath.Join(dir, name+".keys")
	text, err := generate(name, version, modules)
	if err != nil {
		return err
	}
	contract, err := keys.Parse(text)
	if err != nil {
		return fmt.Errorf("%w in\n%s", err, text)
	}
	switch old, err := os.ReadFile(file); {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return err
	case !programs()[name].newest:
		before, err := keys.Parse(string(old))
		if err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		contract = keys.Merge(before, contract)
	}
	return os.WriteFile(file, []byte(head(name)+contract.Format()), 0o666)
}

// head are the comments of a contract.
func head(name string) string {
	return "# From the Go types of " + programs()[name].source + ".\n" +
		"# go run ./generator/chart/keys/shapes " + name + " VERSION " + strings.Join(programs()[name].modules, " ") + "\n"
}
