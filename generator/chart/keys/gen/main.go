// Command gen makes the contracts that tracegen brings: it imports real charts
// and merges them into known/CHART.keys.
//
//	go run ./generator/chart/keys/gen -o generator/chart/keys/known DIR...
//
// Each DIR holds charts, as directories or archives. What the contracts say of
// other releases is kept; -new forgets it.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"sync"

	"tracegen.dev/generator/chart"
	"tracegen.dev/generator/chart/importer"
	"tracegen.dev/generator/chart/keys"
)

func main() {
	out := flag.String("o", ".", "the directory of the contracts")
	fresh := flag.Bool("new", false, "forget what is known of other releases")
	flag.Parse()
	if err := run(*out, *fresh, flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

func run(out string, fresh bool, dirs []string) error {
	var charts []string
	for _, dir := range dirs {
		entries, err := os.ReadDir(dir)
		if err != nil {
			return err
		}
		for _, e := range entries {
			charts = append(charts, filepath.Join(dir, e.Name()))
		}
	}
	byChart := map[string][]*keys.Contract{}
	for _, c := range readAll(charts) {
		byChart[c.Chart] = append(byChart[c.Chart], c)
	}
	for name, contracts := range byChart {
		slices.SortFunc(contracts, func(a, b *keys.Contract) int { return chart.Compare(a.Versions[0], b.Versions[0]) })
		file := filepath.Join(out, name+".keys")
		if old, err := os.ReadFile(file); err == nil && !fresh {
			known, err := keys.Parse(string(old))
			if err != nil {
				return fmt.Errorf("%s: %w", file, err)
			}
			contracts = slices.Insert(contracts, 0, known)
		}
		if err := os.WriteFile(file, []byte(merge(contracts).Format()), 0o666); err != nil {
			return err
		}
	}
	return nil
}

// merge joins neighbours first: they are most alike.
func merge(contracts []*keys.Contract) *keys.Contract {
	if len(contracts) == 1 {
		return contracts[0]
	}
	half := len(contracts) / 2
	m := keys.Merge(merge(contracts[:half]), merge(contracts[half:]))
	m.App = "" // it differs from release to release
	return m
}

// readAll imports charts, as many at once as there are processors, and says
// which cannot be read.
func readAll(charts []string) []*keys.Contract {
	read, errs := make([]*keys.Contract, len(charts)), make([]error, len(charts))
	var wait sync.WaitGroup
	next := make(chan int)
	for range runtime.NumCPU() {
		wait.Go(func() {
			for i := range next {
				read[i], errs[i] = readOne(charts[i])
			}
		})
	}
	for i := range charts {
		next <- i
	}
	close(next)
	wait.Wait()
	for i, err := range errs {
		if err != nil { // some released charts are broken
			fmt.Fprintf(os.Stderr, "gen: left out: %s: %v\n", charts[i], err)
		}
	}
	return slices.DeleteFunc(read, func(c *keys.Contract) bool { return c == nil })
}

func readOne(path string) (*keys.Contract, error) {
	c, err := importer.Read(path)
	if err != nil {
		return nil, err
	}
	contract, _, err := c.Contract()
	return contract, err
}
