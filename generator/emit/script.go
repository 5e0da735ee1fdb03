package emit

import (
	"strings"

	"tracegen.dev/generator/fact"
	"tracegen.dev/generator/tree"
)

// Script is a shell script for an administrator.
type Script struct {
	tree.Lines
	c   *Context
	why string
}

// NewScript begins a script, whose own lines are there for the reason why.
func NewScript(c *Context, why string) *Script {
	s := &Script{c: c, why: why}
	s.Add("#!/bin/sh")
	s.Comment(Header, "")
	return s
}

// Add adds a line, which may come from facts.
func (s *Script) Add(text string, from ...fact.Any) {
	f := fact.Derive(text, from...)
	if len(from) == 0 {
		f = s.c.Str(text, s.why)
	}
	s.Lines = append(s.Lines, tree.Text(f))
}

// Comment adds comments, each of one line or several.
func (s *Script) Comment(texts ...string) {
	for _, text := range texts {
		for _, line := range strings.Split(text, "\n") {
			s.Add(strings.TrimRight("# "+line, " "))
		}
	}
}
