package main

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
)

// rename mirrors #Rename.
type rename struct {
	From     string `json:"from"`
	To       string `json:"to"`
	At       string `json:"at"`
	Reshaped bool   `json:"reshaped"`
	Source   string `json:"source"`
}

// checkRenames refuses those of no release, and what a feature says already.
func checkRenames(c chart, bad func(string, ...any)) {
	for i, r := range c.Renamed {
		if _, ok := c.Apps[r.At]; !ok {
			bad("%s is renamed at %s, which is no release", r.From, r.At)
		}
		if slices.ContainsFunc(c.Renamed[:i], func(other rename) bool { return other.From == r.From && other.At == r.At }) {
			bad("%s is renamed twice at %s", r.From, r.At)
		}
		for _, name := range slices.Sorted(maps.Keys(c.Features)) {
			steps := c.Features[name].Steps
			for j := 1; j < len(steps); j++ {
				if steps[j].From == r.At && steps[j-1].Value == any(r.From) && steps[j].Value == any(r.To) {
					bad("the feature %s tells already that %s is renamed at %s", name, r.From, r.At)
				}
			}
		}
	}
}

func writeRenames(b *bytes.Buffer, renames []rename) {
	if len(renames) == 0 {
		return
	}
	b.WriteString("renames: []Rename{\n")
	for _, r := range renames {
		fmt.Fprintf(b, "{From: %q, To: %q, At: %q, Reshaped: %t, Source: %q},\n", r.From, r.To, r.At, r.Reshaped, r.Source)
	}
	b.WriteString("},\n")
}
