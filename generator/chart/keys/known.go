package keys

import (
	"fmt"
	"strings"

	"tracegen.dev/generator/chart"
)

// Library has contracts: those that tracegen brings, and the user's own. It
// reads what is asked for, when it is asked for. It is not for use by several
// goroutines at once.
type Library struct {
	own    func(chart, version string) *Contract
	opened map[string]*Contract // by file, or chart and version; nil for none
	shapes map[string]*Node     // by name and the software's version; nil for none
}

// NewLibrary makes a library. The user's own contract of a version, which own
// gives, or nil, comes first; own itself may be nil.
func NewLibrary(own func(chart, version string) *Contract) *Library {
	return &Library{own: own, opened: map[string]*Contract{}, shapes: map[string]*Node{}}
}

// At gives the keys of a chart's version, if there is a contract for it.
func (l *Library) At(chart, version string) (Node, bool) {
	if c := l.Own(chart, version); c != nil {
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
func (l *Library) Known(chart string) *Contract { return l.open(chart) }

// Own is the user's contract of a chart's version, or nil.
func (l *Library) Own(chart, version string) *Contract {
	if l.own == nil {
		return nil
	}
	id := chart + " " + version
	c, ok := l.opened[id]
	if !ok {
		c = l.own(chart, version)
		l.opened[id] = c
	}
	return c
}

// Shape gives what a key's Like refers to, such as k8s/EnvVar: the shapes of
// one file share their versions, and the one taken is the newest that is not
// newer than the software's, or else the oldest; where the software's version is
// not known, it is the newest.
//
// The name may be a path into the shape, such as tempo/config.storage.trace. It
// goes on through the shapes that are referred to there, and where it ends at a
// list, the shape is that of an item.
func (l *Library) Shape(like, app string) (Node, bool) {
	id := like + " " + app
	n, ok := l.shapes[id]
	if !ok {
		if found, ok := l.shape(like, app, 0); ok {
			n = &found
		}
		l.shapes[id] = n
	}
	if n == nil {
		return Node{}, false
	}
	return *n, true
}

func (l *Library) shape(like, app string, deep int) (Node, bool) {
	file, name, _ := strings.Cut(like, "/")
	c := l.open("shapes/" + file)
	if c == nil {
		return Node{}, false
	}
	version := c.Versions[0]
	for _, v := range c.Versions[1:] {
		if app == "" || chart.Compare(v, app) <= 0 {
			version = v
		}
	}
	n, ok := c.At(version)
	if !ok {
		return Node{}, false
	}
	return l.follow(n, strings.Split(name, "."), app, deep)
}

// open gives a contract that tracegen brings, or nil.
func (l *Library) open(name string) *Contract {
	c, ok := l.opened[name]
	if ok {
		return c
	}
	for _, k := range known {
		if k.name != name {
			continue
		}
		var err error
		if c, err = Open(k.text); err != nil {
			panic(fmt.Sprintf("keys: %s: %v", name, err)) // a test reads them all
		}
	}
	l.opened[name] = c
	return c
}
