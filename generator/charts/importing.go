package charts

import (
	"fmt"

	"tracegen.dev/generator"
	"tracegen.dev/generator/chart"
	"tracegen.dev/generator/chart/importer"
	"tracegen.dev/generator/chart/keys"
)

// Imported is what an import learned of a chart.
type Imported struct {
	Summary
	Chart, Version string
	Notes          []string // what may be missing, such as a subchart that is not packed in

	Configured bool        // whether tracegen knows the chart at all
	Facts      chart.Range // how the version lies to those whose facts tracegen knows
	Newest     string      // of these
	Brought    bool        // whether tracegen brings the keys of the version itself

	contract *keys.Contract
}

// Save writes what was learned into a workspace. With an error the workspace is
// as it was.
func (i *Imported) Save(dir string, force bool) (Saved, error) { return Save(dir, i.contract, force) }

// Import reads a chart, a directory or an archive, and writes nothing.
func Import(from string) (*Imported, error) {
	read, err := importer.Read(from)
	if err != nil {
		return nil, err
	}
	c, notes, err := read.Contract()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", from, err)
	}
	text := c.Format()
	if len(text) > generator.LargestContract {
		return nil, fmt.Errorf("%s: the contract has %d bytes, and a build reads no more than %d", from, len(text), generator.LargestContract)
	}
	// What cannot be read again must not be written.
	if c, err = keys.Parse(text); err != nil {
		return nil, fmt.Errorf("%s: the contract is faulty: %w", from, err)
	}
	out := &Imported{Summary: summarise(c), Chart: c.Chart, Version: c.Versions[0], contract: c}
	for _, n := range notes {
		out.Notes = append(out.Notes, n.String())
	}
	if known, ok := chart.Find(c.Chart); ok {
		out.Configured, out.Facts, out.Newest = true, known.At(out.Version).Known(), known.Newest()
	}
	_, out.Brought = keys.NewLibrary(nil).At(out.Chart, out.Version)
	return out, nil
}
