package importer

import (
	"errors"
	"fmt"
	"strings"
	"text/template/parse"
)

// run follows the templates of a chart and its subcharts.
type run struct {
	chart    string
	tree     *tree
	effects  map[string]effect
	defines  map[string]*define
	calls    map[string]*call
	objects  map[objectKey]*object
	made     map[parse.Node]int
	sunk     map[sunk]bool
	replaced []*node // keys that templates put something in the place of
	pass     int
	steps    int
	at       parse.Node // where it works
	in       *frame
	changed  bool
	mounted  int // subcharts, each as often as it has a name
	read     int // bytes of their values and schemas
	err      error
}

// define is a template that has a name.
type define struct {
	tree   *parse.Tree
	file   string
	calls  int
	active []val // what it is being called with, one call within the other
}

// call is a template started with one value as dot.
type call struct {
	id   int
	dot  val // all that it is called with, where these are not told apart
	out  val
	pass int
	busy bool
}

// frame is a template on its way.
type frame struct {
	tree  *parse.Tree
	file  string
	id    int
	vars  []variable
	depth int
}

type variable struct {
	name string
	val  val
}

// Bounds of the work. kube-prometheus-stack 88.5.3 takes 150,000 steps, and
// loki 18.11.0 takes 260,000, 1,900 objects and 1,200 calls.
const (
	maxWork    = 3_000_000
	maxObjects = 300_000
	maxPasses  = 8
	maxCalls   = 60 // one within another
	maxFrames  = 60000
)

func (r *run) work(f *frame, n parse.Node) bool {
	r.at, r.in = n, f
	return r.spend(1)
}

// spend counts work, and reports whether any more may be done.
func (r *run) spend(steps int) bool {
	r.steps += steps
	if (r.steps > maxWork || len(r.objects) > maxObjects || len(r.calls) > maxFrames) && r.err == nil {
		where := ""
		if r.in != nil {
			where = fmt.Sprintf("%s:%d: ", r.in.file, lineOf(r.in.tree, r.at))
		}
		r.err = errors.New(where + "the templates are too entangled to be followed")
	}
	return r.err == nil
}

// lineOf is the line that a part of a template begins in.
func lineOf(t *parse.Tree, n parse.Node) int {
	location, _ := t.ErrorContext(n)
	parts := strings.Split(location, ":")
	if len(parts) < 3 {
		return 1
	}
	line := 1
	fmt.Sscan(parts[len(parts)-2], &line)
	return line
}

// start runs a template with a value as dot, once in a pass for each value.
func (r *run) start(name string, d *define, dot val, depth int) val {
	key := name + "\x00" + dot.key()
	c := r.calls[key]
	if c == nil {
		if d.calls++; d.calls > manyCalls {
			key = name + "\x00"
			c = r.calls[key]
		}
	}
	if c == nil {
		c = &call{id: len(r.calls) + 1}
		r.calls[key] = c
	}
	if d.calls > manyCalls && key == name+"\x00" {
		if grow(&c.dot, dot) {
			r.changed = true
		}
		dot = c.dot
	}
	if c.busy || c.pass == r.pass {
		return c.out
	}
	if depth > maxCalls {
		r.lose(&frame{tree: d.tree, file: d.file}, d.tree.Root, "templates call each other too deep", dot)
		return unknown()
	}
	if len(d.active) >= maxSelf {
		r.walked(d, dot)
		return unknown()
	}
	c.busy, c.pass = true, r.pass
	d.active = append(d.active, dot)
	defer func() { d.active = d.active[:len(d.active)-1] }()
	f := &frame{tree: d.tree, file: d.file, id: c.id, depth: depth, vars: []variable{{"$", dot}}}
	out := newOutput()
	r.list(f, d.tree.Root, dot, out)
	result := val{pieces: out.pieces, rest: out.words == nil}
	for _, w := range out.words {
		result = join(result, word(strings.TrimSpace(w)))
	}
	if grow(&c.out, result) {
		r.changed = true
	}
	c.busy = false
	return c.out
}

// render runs a template that Helm renders, and copies what it writes to the
// places of a manifest.
func (r *run) render(name string, d *define, dot val) {
	c := r.calls[name]
	if c == nil {
		c = &call{id: len(r.calls) + 1}
		r.calls[name] = c
	}
	f := &frame{tree: d.tree, file: d.file, id: c.id, vars: []variable{{"$", dot}}}
	out := newOutput()
	r.list(f, d.tree.Root, dot, out)
	for _, p := range out.pieces {
		r.sink(p.of, p.file, place{path: p.path, kind: p.kind}, 0)
	}
}
