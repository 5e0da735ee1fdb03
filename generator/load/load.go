package load

import (
	"fmt"
	"path/filepath"
	"reflect"
	"strings"

	"cuelang.org/go/cue"
	"cuelang.org/go/cue/build"
	"cuelang.org/go/cue/cuecontext"
	"cuelang.org/go/cue/load"

	"tracegen.dev/generator/diag"
	"tracegen.dev/generator/topology"
)

// batch is how many profiles share a CUE context. A context keeps every source
// that it compiled, so that one for all would grow without end; a fresh one for
// each would compile the imports again each time.
const batch = 50

// maxPasses bounds how often defaults are filled in. Each pass but the first
// exists since the one before it settled which arm of a union holds, or that an
// optional struct is there at all; nobody nests that deep.
const maxPasses = 5

// Load reads the profiles one after the other and hands each topology on.
// Faults go to diags, and what they touch is poisoned in the topology. The
// error is for what the user cannot mend in the input.
func (w *Workspace) Load(profiles []Profile, diags *diag.List, yield func(Profile, *topology.Topology) error) error {
	w.stray(diags)
	checked := map[string]bool{}
	for _, p := range profiles {
		if m := w.module(p.Dir); !checked[m.root] {
			checked[m.root] = true
			w.stale(m, diags)
		}
	}
	r := w.start(profiles)
	defer close(r.stop)
	over := ""
	for _, p := range profiles {
		l := loaded{topology: poison()} // of what comes after one that was not waited for
		if over == "" {
			if l, over = r.next(); over != "" {
				l = loaded{topology: poison(), found: []diag.Diagnostic{w.unbounded(p, over)}}
			}
		}
		if l.err != nil {
			return l.err
		}
		diags.Add(l.found...)
		if err := yield(p, l.topology); err != nil {
			return err
		}
	}
	return nil
}

// readBatch reads profiles in one context, while somebody wants them.
func (w *Workspace) readBatch(profiles []Profile, give func(loaded) bool) bool {
	ctx := cuecontext.New()
	readers := map[string]*quick{}
	for _, p := range profiles {
		if !give(w.read(ctx, p, readers)) {
			return false
		}
	}
	return true
}

// read reads a profile. The readers are by the module's root.
func (w *Workspace) read(ctx *cue.Context, p Profile, readers map[string]*quick) loaded {
	m := w.module(p.Dir)
	if readers[m.root] == nil {
		readers[m.root] = newQuick(m.root, bareSchema(), w.Witness)
	}
	reader := readers[m.root]
	inst, err := reader.instance(p.Dir)
	if large := reader.large(p.Dir); err == nil && len(large) > 0 {
		l := loaded{topology: poison()}
		for _, file := range large {
			l.found = append(l.found, w.large(file))
		}
		return l
	}
	if many := reader.many(p.Dir); err == nil && inst == nil && many != nil {
		return loaded{topology: poison(), found: []diag.Diagnostic{w.many(*many)}}
	}
	if err == nil && inst == nil {
		w.Witness.Blind() // what CUE's loader reads, it does not tell
		inst, err = w.instance(p, bareSchema(), nil)
	}
	if err != nil {
		return loaded{err: err}
	}
	if found := w.refused(p, inst); found != nil {
		return loaded{topology: poison(), found: found}
	}
	if demanding(inst) {
		if over := w.tried(p); over != "" {
			return loaded{topology: poison(), over: over}
		}
	} else if w.trying {
		return loaded{topology: poison()}
	}
	j := &judge{w: w, profile: p, schemaDir: m.schemaDir, files: inst.Files}
	own, there := reader.foreign(p.Dir, filepath.Join(w.Dir, "profiles"))
	t, err := j.read(ctx, inst, own, there)
	return loaded{topology: t, found: j.found, err: err}
}

// poison is the topology of a profile of which nothing is known.
func poison() *topology.Topology {
	t := &topology.Topology{}
	topology.Poison(t)
	return t
}

// instance parses a profile as the cue command does, with the given files
// standing for the schema, and with further files that are not on disk.
func (w *Workspace) instance(p Profile, schemaFiles map[string][]byte, further map[string]string) (*build.Instance, error) {
	m := w.module(p.Dir)
	overlay := withSchema(m.overlay(), m.schemaDir, schemaFiles)
	for name, text := range further {
		overlay[name] = load.FromString(text)
	}
	rel, err := filepath.Rel(m.root, p.Dir)
	if err != nil {
		return nil, err
	}
	return load.Instances([]string{"./" + filepath.ToSlash(rel)}, &load.Config{
		Dir:        m.root,
		ModuleRoot: m.root,
		Overlay:    overlay,
		Env:        []string{}, // the environment must not change what is built
	})[0], nil
}

// bareSchema stands for the schema where only the user's data is wanted: each
// definition is there, and accepts anything.
func bareSchema() map[string][]byte {
	var b strings.Builder
	b.WriteString("package schema\n")
	for _, d := range topology.Definitions {
		fmt.Fprintf(&b, "#%s: _\n", d.Name)
	}
	for _, s := range topology.Scalars {
		fmt.Fprintf(&b, "#%s: _\n", s)
	}
	return map[string][]byte{"schema.cue": []byte(b.String())}
}

var topologyPath = cue.ParsePath("topology")

// read judges one profile. A profile with nothing to judge is poison. Where its
// package is foreign, these are its files and the package above them.
func (j *judge) read(ctx *cue.Context, inst *build.Instance, foreign []cueFile, there string) (*topology.Topology, error) {
	t := poison()
	if len(foreign) > 0 {
		j.foreign(foreign, there)
		return t, nil
	}
	j.typos = j.misspelt()
	if inst.Err != nil {
		return t, j.unreadable(inst.Err)
	}
	root := ctx.BuildInstance(inst)
	if !root.LookupPath(topologyPath).Exists() {
		switch err := root.Err(); {
		case len(j.typos) > 0:
			j.reportTypos()
		case err != nil:
			return t, j.unreadable(err)
		default:
			j.noTopology(root)
		}
		return t, nil
	}
	for range maxPasses {
		before := len(j.defaults)
		t = j.pass(root)
		// Without its defaults the profile may say more than it does, and less.
		if settled := len(j.pending) == 0 && root.Validate(cue.Concrete(true), cue.All()) == nil; settled || len(j.defaults) == before {
			break
		}
		var err error
		if root, err = j.fill(ctx, inst.PkgName, j.defaults); err != nil {
			return nil, err
		}
		j.filled = true
	}
	j.flush()
	return t, nil
}

// pass judges the whole of root, forgetting the findings of the pass before.
func (j *judge) pass(root cue.Value) *topology.Topology {
	j.conflicts, j.said = contradictions(root, j.conflicts), map[string]bool{}
	j.found, j.bad, j.pending, j.defaults = nil, nil, nil, map[string]any{}
	j.reportTypos()
	t := &topology.Topology{}
	v := root.LookupPath(topologyPath)
	from, at := j.sources(v), diag.Position{}
	if len(from) > 0 {
		at = from[0].at
	}
	j.shared = len(from) == 0 || !from[0].own // the own ones come first
	j.value(v, topology.Root, reflect.ValueOf(t).Elem(), "", at, true)
	return t
}
