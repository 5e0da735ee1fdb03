package generator

import (
	"bytes"
	"hash/maphash"
	"maps"
	"path"
	"slices"
	"strings"

	"tracegen.dev/generator/emit"
	"tracegen.dev/generator/emit/layers"
	"tracegen.dev/generator/fact"
	"tracegen.dev/generator/plan"
	"tracegen.dev/generator/secret"
	"tracegen.dev/generator/split"
	"tracegen.dev/generator/tree"
)

// division gathers what the profiles agree on, component by component.
type division struct {
	values  map[string]*split.Base  // by component
	shared  map[string]*split.Base  // by component/file
	objects map[string]*emit.Shared // the first profile's, for what all have alike
	bases   map[string]bool         // further files of bases that there are already
}

func newDivision() *division {
	return &division{
		values:  map[string]*split.Base{},
		shared:  map[string]*split.Base{},
		objects: map[string]*emit.Shared{},
		bases:   map[string]bool{},
	}
}

// add takes a profile's output into account.
func (d *division) add(out *emit.Output) {
	for component, shared := range out.Shared {
		values := d.values[component]
		if values == nil {
			values = &split.Base{}
			d.values[component] = values
		}
		values.Add(ValuesOf(out, component))
		for _, s := range shared {
			key := path.Join(component, s.Name)
			base := d.shared[key]
			if base == nil {
				base = &split.Base{}
				d.shared[key] = base
				d.objects[key] = s
			}
			base.Add(without(s.Root, s.Overlay))
		}
	}
}

// ValuesOf gives the values of a component, in order of keys: what the
// emitters, and the overrides of different profiles, add in different orders
// must not differ for it.
func ValuesOf(out *emit.Output, component string) *tree.Map {
	v := out.Values[component]
	if v == nil {
		v = tree.NewMap()
	}
	tree.SortKeys(v)
	return v
}

// without copies a document, less some paths.
func without(doc *tree.Map, paths []string) *tree.Map {
	if len(paths) == 0 {
		return doc
	}
	var drop split.Base
	part := tree.NewMap()
	for _, p := range paths {
		part.SetNode(p, doc.Lookup(p))
	}
	drop.Add(part)
	return drop.Overlay(doc)
}

// base gives the files of every component's base.
func (d *division) base() []*tree.File {
	var files []*tree.File
	for _, component := range slices.Sorted(maps.Keys(d.values)) {
		values := d.values[component].Root()
		files = append(files, &tree.File{
			Path:    path.Join("base", component, "values.yaml"),
			Comment: ValuesComment(values),
			Body:    tree.YAML{values},
		})
	}
	for _, key := range slices.Sorted(maps.Keys(d.shared)) {
		o := d.objects[key]
		root := split.Merge(tree.NewMap(), d.shared[key].Root())
		if o.Holder != nil {
			root = split.Merge(root, only(o.HolderAt, o.Holder))
		}
		files = append(files, &tree.File{
			Path:    path.Join("base", key),
			Comment: emit.Header,
			Body:    tree.YAML{ordered(root, o.Root)},
		})
	}
	return files
}

// ValuesComment is the header of a values file.
func ValuesComment(values *tree.Map) string {
	holds := false
	tree.Walk(values, "", func(path string, n tree.Node, o fact.Origin) {
		holds = holds || plan.IsSecret(o) || ownSecret(path, n, o)
	})
	if holds {
		return emit.Header + "\nHolds throw-away credentials in plain text: never use them anywhere else."
	}
	return emit.Header
}

// ownSecret reports whether the user's own values have a secret at a path.
func ownSecret(path string, n tree.Node, o fact.Origin) bool {
	l, ok := n.(*tree.Leaf)
	if !ok || len(o.Inputs) != 1 || !strings.Contains(o.Inputs[0].Path, ".values.") {
		return false
	}
	text, _ := l.Value.(string)
	steps := tree.ParsePath(path)
	return secret.In(steps[len(steps)-1].Key, text) != ""
}

// only is a document with one leaf.
func only(path string, n tree.Node) *tree.Map {
	m := tree.NewMap()
	m.SetNode(path, n)
	return m
}

// ordered brings the keys of a part into the order of the whole, so that an
// object begins with its kind.
func ordered(part, whole *tree.Map) *tree.Map {
	out := tree.NewMap()
	for _, k := range whole.Keys() {
		n := part.Get(k)
		if n == nil {
			continue
		}
		pm, pok := n.(*tree.Map)
		wm, wok := whole.Get(k).(*tree.Map)
		if pok && wok {
			n = ordered(pm, wm)
		}
		out.Put(k, n)
	}
	return out
}

// overlay gives the files of a profile, and those files of bases that it is the
// first to have.
func (d *division) overlay(p *plan.Plan, out *emit.Output) ([]*tree.File, error) {
	files := out.Files
	for _, component := range slices.Sorted(maps.Keys(out.Shared)) {
		values := d.values[component].Overlay(ValuesOf(out, component))
		files = append(files, &tree.File{
			Path:    path.Join(component, "values.yaml"),
			Comment: ValuesComment(values),
			Body:    tree.YAML{values},
		})
		for _, s := range out.Shared[component] {
			rest := d.shared[path.Join(component, s.Name)].Overlay(s.Root)
			if rest.Len() == 0 {
				continue
			}
			for _, id := range s.Identity {
				rest = split.Merge(rest, only(id, s.Root.Lookup(id)))
			}
			out.Patches[component] = append(out.Patches[component], s.Name)
			files = append(files, &tree.File{
				Path:    path.Join(component, s.Name),
				Comment: emit.Header,
				Body:    tree.YAML{ordered(rest, s.Root)},
			})
		}
	}
	files = append(files, valuesOfOthers(p, out)...)
	out.Files = nil
	for _, e := range Emitters {
		if !e.AfterSplit {
			continue
		}
		if err := emit.Run(e, p, out); err != nil {
			return nil, err
		}
	}
	files = append(files, out.Files...)
	for _, f := range files {
		f.Path = path.Join(p.Profile, f.Path)
	}
	for _, component := range slices.Sorted(maps.Keys(out.Base)) {
		for _, f := range out.Base[component] {
			f.Path = path.Join("base", component, f.Path)
			if !d.bases[f.Path] {
				d.bases[f.Path] = true
				files = append(files, f)
			}
		}
	}
	return files, nil
}

// valuesOfOthers gives the values of the releases that are not the tree's, whole:
// nothing merges a base into them.
func valuesOfOthers(p *plan.Plan, out *emit.Output) []*tree.File {
	var files []*tree.File
	for _, r := range p.Releases {
		if values := ValuesOf(out, r.Component); r.Delivery.Way == plan.ByComponent || r.Delivery.Way == plan.ByOthers && values.Len() > 0 {
			comment := ValuesComment(values)
			if r.Delivery.Way == plan.ByOthers {
				comment = layers.Noted(comment, tree.YAML{values})
			}
			files = append(files, &tree.File{
				Path:    path.Join(r.Component, "values.yaml"),
				Comment: comment,
				Body:    tree.YAML{values},
			})
		}
	}
	return files
}

// encoder turns files into a tree. Many files of many profiles are the same,
// and share their bytes.
type encoder struct {
	tree tree.Tree
	seed maphash.Seed
	seen map[uint64][]byte
}

func newEncoder() *encoder {
	return &encoder{seed: maphash.MakeSeed(), seen: map[uint64][]byte{}}
}

func (e *encoder) add(files []*tree.File) {
	for _, f := range files {
		data := f.Encode()
		sum := maphash.Bytes(e.seed, data)
		if same, ok := e.seen[sum]; ok && bytes.Equal(same, data) {
			data = same
		} else {
			e.seen[sum] = data
		}
		e.tree = append(e.tree, tree.Output{Path: f.Path, Data: data})
	}
}
