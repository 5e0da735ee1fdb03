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
	for len(profiles) > 0 {
		n := min(batch, len(profiles))
		if err := w.loadBatch(profiles[:n], diags, yield); err != nil {
			return err
		}
		profiles = profiles[n:]
	}
	return nil
}

func (w *Workspace) loadBatch(profiles []Profile, diags *diag.List, yield func(Profile, *topology.Topology) error) error {
	instances, err := w.instances(profiles, bareSchema(), nil)
	if err != nil {
		return err
	}
	ctx := cuecontext.New()
	for i, inst := range instances {
		p := profiles[i]
		j := &judge{w: w, profile: p}
		t, err := j.read(ctx, inst)
		if err != nil {
			return err
		}
		diags.Add(j.found...)
		if err := yield(p, t); err != nil {
			return err
		}
	}
	return nil
}

// instances parses the profiles, with the given files standing for the schema,
// and with further files that are not on disk.
func (w *Workspace) instances(profiles []Profile, schemaFiles map[string][]byte, further map[string]string) ([]*build.Instance, error) {
	out := make([]*build.Instance, 0, len(profiles))
	for len(profiles) > 0 {
		root, schemaDir, overlay, err := w.module(profiles[0].Dir)
		if err != nil {
			return nil, err
		}
		overlay = withSchema(overlay, schemaDir, schemaFiles)
		for name, text := range further {
			overlay[name] = load.FromString(text)
		}
		cfg := &load.Config{
			Dir:        root,
			ModuleRoot: root,
			Overlay:    overlay,
			Env:        []string{}, // the environment must not change what is built
		}
		var args []string
		for _, p := range profiles {
			rel, err := filepath.Rel(root, p.Dir)
			if err != nil || !filepath.IsLocal(rel) {
				break
			}
			args = append(args, "./"+filepath.ToSlash(rel))
		}
		if len(args) == 0 {
			return nil, fmt.Errorf("%s lies outside the CUE module %s", profiles[0].Dir, root)
		}
		out = append(out, load.Instances(args, cfg)...)
		profiles = profiles[len(args):]
	}
	return out, nil
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

// read judges one profile. A profile with nothing to judge is poison.
func (j *judge) read(ctx *cue.Context, inst *build.Instance) (*topology.Topology, error) {
	_, schemaDir, _, err := j.w.module(j.profile.Dir)
	if err != nil {
		return nil, err
	}
	j.schemaDir = schemaDir
	t := &topology.Topology{}
	topology.Poison(t)
	if inst.Err != nil {
		j.unreadable(inst, inst.Err)
		return t, nil
	}
	root := ctx.BuildInstance(inst)
	if !root.LookupPath(topologyPath).Exists() {
		if err := root.Err(); err != nil {
			j.unreadable(inst, err)
		} else {
			j.noTopology(inst, root)
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
	t := &topology.Topology{}
	v := root.LookupPath(topologyPath)
	j.value(v, topology.Root, reflect.ValueOf(t).Elem(), "", j.position(v))
	return t
}
