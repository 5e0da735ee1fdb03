package path

import (
	"fmt"
	"strings"

	"tracegen.dev/generator/chart"
	"tracegen.dev/generator/diag"
	"tracegen.dev/generator/topology"
	"tracegen.dev/generator/tree"
)

// The codes of what is found on the way.
const (
	CodeUnproven = "TG079"
	CodeBroken   = "TG080"
)

// Rules lists them.
var Rules = []diag.Rule{
	{
		Code: CodeUnproven,
		Name: "unproven hop",
		Doc:  "where each part sends to, by its final configuration, somebody listens who speaks the same",
	},
	{
		Code: CodeBroken,
		Name: "broken trace",
		Doc:  "on its way a trace keeps its ID from hop to hop, and what is kept of it is decided once",
		// What breaks the ID is an error, which TG091 finds at the same line.
		Severity: diag.Warning,
	},
}

// fault is why a hop cannot be proven, or what breaks a trace.
type fault struct {
	code     string
	severity diag.Severity
	message  string
	help     string         // what to write instead, where that is known
	says     leaf           // the sender's, or whatever is to blame
	other    *node          // who should have listened; nil outside of the tree
	related  topology.Place // the other end, where it is no release
}

// fail notes why a hop cannot be proven. The first reason counts.
func (h *Hop) fail(says leaf, other *node, format string, args ...any) {
	h.say(says)
	if h.fault == nil {
		h.fault = &fault{code: CodeUnproven, message: fmt.Sprintf(format, args...), says: says, other: other}
	}
}

// report makes findings of what was not proven. Where an override has a finding
// already, that is the same fault.
func report(p *Path, diags *diag.List) {
	told := map[*Hop]bool{}
	for _, j := range p.Journeys {
		for _, h := range j.Hops {
			if h.fault == nil || told[h] {
				continue
			}
			told[h] = true
			h.fault.message = fmt.Sprintf("from %s to %s: %s", h.From, h.To, h.fault.message)
			h.fault.report(diags)
		}
	}
	for i := range p.breaks {
		p.breaks[i].report(diags)
	}
}

// report adds the finding, unless the values that it is about have one already:
// that may well be the same fault, seen from elsewhere.
func (f *fault) report(diags *diag.List) {
	d := f.diagnostic()
	told := func(other diag.Diagnostic) bool {
		return other.Position == d.Position ||
			f.says.release != nil && strings.HasPrefix(other.Path, f.says.release.Values.Path+".") ||
			f.other != nil && strings.HasPrefix(other.Path, f.other.Values.Path+".")
	}
	if d.Position.IsValid() && !diags.Any(told) {
		diags.Add(d)
	}
}

func (f *fault) diagnostic() diag.Diagnostic {
	to := f.says.blame()
	d := diag.Diagnostic{Code: f.code, Severity: f.severity, Message: f.message, Help: f.help}
	related := []topology.Place{f.related}
	if f.other != nil && !f.says.overridden() {
		if at, ok := f.other.override(f.says); ok {
			related, to = append(related, to), at
		}
	}
	if f.other != nil && len(related) == 1 {
		related = append(related, f.other.PinnedAt.Place)
	}
	d.Path, d.Position = to.Path, to.Position
	switch {
	case d.Help != "":
	case strings.Contains(to.Path, ".values."):
		d.Help = "leave it out of values"
	default:
		d.Help = "`tracegen path` shows what each side says; write what agrees, or ignore: {" + f.code + ": \"why\"}"
	}
	for _, r := range related {
		if r.Position.IsValid() && r.Position != d.Position {
			d.Related = append(d.Related, diag.Related{Message: "the other end is said here: " + r.Path, Position: r.Position})
		}
	}
	return d
}

// override finds which of the user's values takes away the Service that a hop
// asks for, or another one: that without which there would be more.
func (n *node) override(says leaf) (topology.Place, bool) {
	var blame topology.Place
	if n.Chart == nil || n.Values.State != topology.Given {
		return blame, false
	}
	a, _ := parse(says.text())
	ports := func(services []chart.Service) (count int) {
		for _, s := range services {
			count += len(s.Ports)
			for _, p := range s.Ports {
				if strings.HasPrefix(a.host, s.Name+"."+s.Namespace+".") && p.Port == a.port {
					count += 1000
				}
			}
		}
		return count
	}
	now := ports(n.list())
	eachLeaf(n.Values.Value, "", func(path string, at topology.Place) {
		if ports(n.Chart.Services(n.install(without(n.values, tree.ParsePath(path))))) > now {
			blame = at
		}
	})
	return blame, blame.Position.IsValid()
}

func eachLeaf(v topology.Value, path string, f func(path string, at topology.Place)) {
	if v.Kind != topology.StructValue {
		f(path, v.Place)
		return
	}
	for _, field := range v.Fields {
		eachLeaf(field.Value, tree.JoinKey(path, field.Name), f)
	}
}

// without is values with one of them left out.
func without(values map[string]any, path []tree.Step) map[string]any {
	out := make(map[string]any, len(values))
	if len(path) == 0 {
		return out
	}
	for k, v := range values {
		if k == path[0].Key {
			below, ok := v.(map[string]any)
			if len(path) == 1 || !ok {
				continue
			}
			v = without(below, path[1:])
		}
		out[k] = v
	}
	return out
}

// Finds reports whether a code is one of these.
func Finds(code string) bool { return code == CodeUnproven || code == CodeBroken }
