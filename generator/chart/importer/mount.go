package importer

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"
	"text/template/parse"

	"tracegen.dev/generator/chart/keys"
)

// mount is a chart that reads the values below one key.
type mount struct {
	chart   *Chart
	values  *node
	context *object
	subs    []*mount
}

// Bounds of the subcharts: how often all of them stand under some name, and what
// is read of them then. kube-prometheus-stack has six, with 0.3 MiB.
const (
	maxMounts  = 500
	maxMounted = 16 << 20
)

// mountAt gives a chart its values, and its subcharts theirs.
func (r *run) mountAt(c *Chart, values *node, base string) (*mount, error) {
	r.mounted++
	r.read += len(c.files["values.yaml"]) + len(c.files["values.schema.json"])
	if r.mounted > maxMounts || r.read > maxMounted {
		return nil, fmt.Errorf("%s: the chart has too many subcharts, or the same one too often", cmp.Or(c.dir, "it"))
	}
	m := &mount{chart: c, values: values}
	values.isValues = values != r.tree.root
	values.kind |= keys.Map
	if err := c.readValues(values); err != nil {
		return nil, err
	}
	if err := c.readSchema(values); err != nil {
		return nil, err
	}
	base = path.Join(base, c.Name)
	m.context = r.contextOf(m, base)
	declared := map[string]bool{}
	for _, d := range c.meta.deps {
		declared[d.name] = true
		values.fields = true
		under := values.kid(d.under())
		for _, p := range d.conditions {
			values.declare(p, keys.Bool)
		}
		for _, t := range d.tags {
			r.tree.root.declare("tags."+strings.ReplaceAll(t, ".", "\x00"), keys.Bool)
		}
		sub := c.sub(d)
		if sub == nil {
			under.declared = true
			under.kind |= keys.Map
			under.copyTo(c.file("charts/"+d.name), nowhere)
			r.tree.notes = append(r.tree.notes, Note{d.file, d.line,
				fmt.Sprintf("subchart %s %s is not in charts/: whatever stands below %s is taken as it is", d.name, d.version, under.path())})
			continue
		}
		s, err := r.mountSub(m, sub, under, base, d)
		if err != nil {
			return nil, err
		}
		for _, i := range d.imports {
			r.adopt(values.declare(strings.TrimPrefix(i.parent, "."), keys.Map), s.values.declare(i.child, 0))
		}
		if r.err != nil {
			return nil, r.err
		}
	}
	for _, sub := range c.subs {
		if !declared[sub.Name] {
			if _, err := r.mountSub(m, sub, values.kid(sub.Name), base, dependency{}); err != nil {
				return nil, err
			}
		}
	}
	return m, nil
}

func (r *run) mountSub(m *mount, sub *Chart, under *node, base string, d dependency) (*mount, error) {
	under.declared, under.isValues = true, true
	s, err := r.mountAt(sub, under, path.Join(base, "charts"))
	if err != nil {
		return nil, err
	}
	m.subs = append(m.subs, s)
	below := m.context.fields["Subcharts"].objs[0]
	below.fields[under.name] = made(s.context)
	return s, nil
}

// sub is the chart that a dependency means, or nil.
func (c *Chart) sub(d dependency) *Chart {
	var found *Chart
	for _, s := range c.subs {
		if s.Name == d.name && (found == nil || s.Version == d.version) {
			found = s
		}
	}
	return found
}

// contextOf is what a chart's templates are started with.
func (r *run) contextOf(m *mount, base string) *object {
	object := func() *object {
		o := &object{id: len(r.objects) + 1, fields: map[string]val{}, loose: true}
		r.objects[objectKey{nil, base + " " + itoa(o.id)}] = o
		return o
	}
	about, template, subs, o := object(), object(), object(), object()
	about.fields["Name"] = word(m.chart.Name)
	template.fields["BasePath"] = word(base + "/templates")
	o.chart = m.chart
	o.fields = map[string]val{
		"Values": only(m.values), "Chart": made(about), "Template": made(template), "Subcharts": made(subs),
		"Release": unknown(), "Capabilities": unknown(), "Files": unknown(),
	}
	return o
}

// adopt takes over the defaults of another key.
func (r *run) adopt(n, from *node) {
	n.kind |= from.kind
	n.declared = true
	if n == from || n.depth >= deepest || !r.spend(1) {
		return
	}
	for _, name := range sortedKeys(from.kids) {
		r.adopt(n.kid(name), from.kids[name])
	}
	if from.each != nil {
		r.adopt(n.every(), from.each)
	}
}

// templates are the files that a chart's templates stand in, in order.
func (c *Chart) templates() []string {
	var out []string
	for name := range c.files {
		if strings.HasPrefix(name, "templates/") {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out
}

// shown is a template's file as a contract has it.
func (c *Chart) shown(name string) string {
	dir := ""
	for part := range strings.SplitSeq(c.dir, "/") {
		if part != "" && part != "charts" {
			dir = path.Join(dir, "charts", part)
		}
	}
	return strings.ReplaceAll(path.Join(dir, strings.TrimPrefix(name, "templates/")), " ", "_")
}

// runnable are the files that templates may take as a template in their turn.
func (c *Chart) runnable(name val) []string {
	var out []string
	for _, f := range sortedKeys(c.files) {
		if strings.HasPrefix(f, "templates/") || !strings.Contains(string(c.files[f]), "{{") {
			continue
		}
		if slices.Contains(name.words, f) || name.rest || len(name.nodes) > 0 {
			out = append(out, f)
		}
	}
	return out[:min(len(out), many)]
}

// parse reads the templates of a chart and its subcharts, whose definitions are
// one another's. The parent's come last, and win.
func (r *run) parse(m *mount, base string, actions *int) error {
	base = path.Join(base, m.chart.Name)
	for _, s := range m.subs {
		if err := r.parse(s, path.Join(base, "charts"), actions); err != nil {
			return err
		}
	}
	for _, name := range m.chart.templates() {
		file, text := m.chart.file(name), m.chart.files[name]
		if err := checkText(file, text); err != nil {
			return err
		}
		if err := scan(file, string(text), actions); err != nil {
			return err
		}
		trees, err := parseTemplate(file, string(text))
		if err != nil {
			return err
		}
		for defined, t := range trees {
			if defined == file {
				defined = path.Join(base, name)
			} else if r.defines[defined] != nil && parse.IsEmptyTree(t.Root) {
				continue
			}
			r.defines[defined] = &define{tree: t, file: m.chart.shown(name)}
		}
	}
	return nil
}

// renderAll follows what Helm renders of a chart and its subcharts.
func (r *run) renderAll(m *mount, base string) {
	base = path.Join(base, m.chart.Name)
	for _, s := range m.subs {
		r.renderAll(s, path.Join(base, "charts"))
	}
	if m.chart.meta.kind == "library" {
		return
	}
	for _, name := range m.chart.templates() {
		if strings.HasPrefix(path.Base(name), "_") {
			continue
		}
		key := path.Join(base, name)
		if d := r.defines[key]; d != nil {
			r.render(key+" "+itoa(m.context.id), d, made(m.context))
		}
	}
}
