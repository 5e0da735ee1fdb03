package keys

import (
	"embed"
	"fmt"
	"path"
	"strings"

	"tracegen.dev/generator/chart"
)

// known has the contracts that tracegen brings, by chart, and the shapes.
//
//go:embed known
var known embed.FS

// Library has contracts: those that tracegen brings, and the user's own. It
// reads what is asked for, when it is asked for. It is not for use by several
// goroutines at once.
type Library struct {
	own    map[string][]*Contract // by chart
	opened map[string]*Contract   // by file; nil for a file that is not there
}

// NewLibrary makes a library in which the user's own contracts come first.
func NewLibrary(own ...*Contract) *Library {
	l := &Library{own: map[string][]*Contract{}, opened: map[string]*Contract{}}
	for _, c := range own {
		l.own[c.Chart] = append(l.own[c.Chart], c)
	}
	return l
}

// Charts lists the charts that tracegen brings contracts of, sorted.
func Charts() []string {
	var out []string
	entries, err := known.ReadDir("known")
	if err != nil {
		panic(err) // it is part of the program
	}
	for _, e := range entries {
		if name, ok := strings.CutSuffix(e.Name(), ".keys"); ok {
			out = append(out, name)
		}
	}
	return out
}

// At gives the keys of a chart's version, if there is a contract for it.
func (l *Library) At(chart, version string) (Node, bool) {
	for _, c := range l.own[chart] {
		if n, ok := c.At(version); ok {
			return n, true
		}
	}
	if c := l.Known(chart); c != nil {
		return c.At(version)
	}
	return Node{}, false
}

// Known is the contract of a chart that tracegen brings, or nil.
func (l *Library) Known(chart string) *Contract { return l.open("known/" + chart + ".keys") }

// Own are the user's contracts of a chart.
func (l *Library) Own(chart string) []*Contract { return l.own[chart] }

// Shape gives what a key's Like refers to, such as k8s/EnvVar: the shapes of
// one file share their versions, and the one taken is the newest that is not
// newer than the software's, or else the oldest.
func (l *Library) Shape(like, app string) (Node, bool) {
	file, name, _ := strings.Cut(like, "/")
	c := l.open(path.Join("known/shapes", file+".keys"))
	if c == nil {
		return Node{}, false
	}
	version := c.Versions[0]
	for _, v := range c.Versions[1:] {
		if app != "" && chart.Compare(v, app) <= 0 {
			version = v
		}
	}
	n, ok := c.At(version)
	for part := range strings.SplitSeq(name, ".") {
		if ok {
			n, ok = n.Child(part)
		}
	}
	return n, ok
}

// open gives a contract that tracegen brings, or nil.
func (l *Library) open(file string) *Contract {
	c, ok := l.opened[file]
	if ok {
		return c
	}
	if text, err := known.ReadFile(file); err == nil {
		if c, err = Open(string(text)); err != nil {
			panic(fmt.Sprintf("keys: %s: %v", file, err)) // a test reads them all
		}
	}
	l.opened[file] = c
	return c
}
