package load_test

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"cuelang.org/go/cue/ast"

	"tracegen.dev/generator/topology"
)

// fault is one thing made wrong, with the finding that must come of it.
type fault struct {
	kind  string
	field string // of the schema, such as Chart.version; empty for elements and entries
	edits []edit
	want  finding
	areas []string // the paths that no other fault may touch
	valid bool     // CUE sees nothing wrong with it
}

type finding struct {
	code, file string
	line       int
	path       string
}

// edit replaces bytes of a file. It keeps the number of lines.
type edit struct {
	file     string
	from, to int
	text     string
}

// kinds are the ways to break a profile at one site. A kind gives no fault where
// it does not apply.
var kinds = []struct {
	name  string
	apply func(*site) []fault
}{
	{"unknown key", unknownKey},
	{"misspelt key", misspelt},
	{"wrong type", wrongType},
	{"wrong word", wrongWord},
	{"out of range", outOfRange},
	{"missing", missing},
	{"contradiction", contradiction},
	{"contradiction across files", across},
	{"dangling reference", dangling},
}

func (s *subject) faults() []fault {
	var out []fault
	for _, at := range s.sites {
		for _, k := range kinds {
			for _, f := range k.apply(at) {
				f.kind = k.name + " at " + at.path
				if at.field != nil {
					f.field = at.def + "." + at.field.Name
				}
				if at.disc {
					f.areas = append(f.areas, at.parent.path)
				}
				out = append(out, f)
			}
		}
	}
	return out
}

// touches reports whether one fault could hide or change the other's finding.
func (f fault) touches(g fault) bool {
	for _, a := range f.areas {
		for _, b := range g.areas {
			if a == b || within(a, b) || within(b, a) {
				return true
			}
		}
	}
	for _, a := range f.edits {
		for _, b := range g.edits {
			if a.file == b.file && a.from < b.to && b.from < a.to {
				return true
			}
		}
	}
	return false
}

func within(path, outer string) bool {
	rest, ok := strings.CutPrefix(path, outer)
	return ok && (outer == "" || rest[0] == '.' || rest[0] == '[')
}

// at gives a fault at a site's own line.
func (at *site) fault(code string, edits ...edit) fault {
	return fault{edits: edits, want: finding{code, at.file, at.line, at.path}, areas: []string{at.path}}
}

// instead replaces a site's value. The lines that it took stay, before the new
// one, where CUE reads no comma out of them.
func (at *site) instead(text string) edit {
	old := at.subject.files[at.file][at.valueFrom:at.valueTo]
	return edit{at.file, at.valueFrom, at.valueTo, strings.Repeat("\n", strings.Count(old, "\n")) + text}
}

func unknownKey(at *site) []fault {
	if at.typ.Kind != topology.StructKind && at.typ.Kind != topology.UnionKind {
		return nil
	}
	for _, lit := range literals(at.value) {
		st, ok := lit.(*ast.StructLit)
		if !ok || !st.Lbrace.IsValid() {
			continue
		}
		after := st.Lbrace.Offset() + 1
		f := at.fault("TG003", edit{at.file, after, after, "zzUnknownZz: 1, "})
		f.want.line = st.Lbrace.Line()
		f.want.path = join(at.path, "zzUnknownZz")
		f.areas = []string{f.want.path}
		return []fault{f}
	}
	return nil
}

func misspelt(at *site) []fault {
	if at.field == nil || !at.alone() {
		return nil
	}
	label := at.subject.files[at.file][at.start:]
	if !strings.HasPrefix(label, at.field.Name) {
		return nil // quoted
	}
	n := len(at.field.Name)
	wrong := at.field.Name + at.field.Name[n-1:]
	f := at.fault("TG003", edit{at.file, at.start, at.start + n, wrong})
	f.want.path = join(at.parent.path, wrong)
	f.areas = append(f.areas, f.want.path)
	return []fault{f}
}

func wrongType(at *site) []fault {
	if at.parent == nil || !at.alone() {
		return nil
	}
	texts := map[string][]topology.Kind{
		`5`:        {topology.IntKind, topology.NumberKind},
		`1.5`:      {topology.NumberKind},
		`"text"`:   {topology.StringKind},
		`true`:     {topology.BoolKind},
		`[1]`:      {topology.ListKind},
		`{a: "b"}`: {topology.StructKind, topology.UnionKind, topology.MapKind, topology.OpenKind},
		`null`:     {},
	}
	var out []fault
	for _, text := range sorted(texts) {
		if slices.Contains(texts[text], at.typ.Kind) {
			continue
		}
		f := at.fault("TG004", at.instead(text))
		if at.field == nil && strings.Contains(at.path[max(0, len(at.path)-3):], "]") {
			f.want.line += strings.Count(f.edits[0].text, "\n") // an element is its own label
		}
		out = append(out, f)
	}
	return out
}

func wrongWord(at *site) []fault {
	if len(at.typ.Enum) == 0 || !at.alone() {
		return nil
	}
	return []fault{at.fault("TG005", at.instead(`"no-such-word"`)), at.fault("TG005", at.instead(strconv.Quote(at.typ.Enum[0]+"x")))}
}

func outOfRange(at *site) []fault {
	if !at.alone() {
		return nil
	}
	var out []fault
	if at.typ.Pattern != "" {
		re := regexp.MustCompile(at.typ.Pattern)
		for _, s := range []string{"", " ", "-", "Ä", "a b", "x\ny", strings.Repeat("a", 300)} {
			if !re.MatchString(s) {
				out = append(out, at.fault("TG006", at.instead(strconv.Quote(s))))
			}
		}
	}
	for _, b := range []struct {
		bound *topology.Bound
		step  float64
	}{{at.typ.Min, -1}, {at.typ.Max, 1}} {
		if b.bound == nil {
			continue
		}
		n := b.bound.Value
		if !b.bound.Exclusive {
			n += b.step
		}
		out = append(out, at.fault("TG006", at.instead(strconv.FormatFloat(n, 'f', -1, 64))))
		if at.typ.Kind == topology.IntKind {
			out = append(out, at.fault("TG006", at.instead(fmt.Sprintf("%.0f", b.step*math.Pow(2, 80)))))
		}
	}
	return out
}

func missing(at *site) []fault {
	if at.field == nil || at.field.Presence != topology.Required || !at.alone() {
		return nil
	}
	src := at.subject.files[at.file]
	to := at.valueTo
	text := strings.Repeat("\n", strings.Count(src[at.start:to], "\n"))
	if at.shorthand {
		text = "{}" + text
	} else if rest := strings.TrimLeft(src[to:], " "); strings.HasPrefix(rest, ",") {
		to = len(src) - len(rest) + 1
	}
	f := at.fault("TG007", edit{at.file, at.start, to, text})
	f.want.file, f.want.line = at.subject.place(at.parent.path)
	return []fault{f}
}

// other gives a literal that is as good as the site's value, but another one.
func other(at *site) string {
	switch at.typ.Kind {
	case topology.StringKind:
		return `"other"`
	case topology.IntKind:
		return "77"
	case topology.NumberKind:
		return "0.77"
	}
	return ""
}

func contradiction(at *site) []fault {
	value := at.subject.files[at.file][at.valueFrom:at.valueTo]
	text := other(at)
	if at.typ.Kind == topology.BoolKind && (value == "true" || value == "false") {
		text = strconv.FormatBool(value != "true")
	}
	if _, ok := at.value.(*ast.BasicLit); !ok || text == "" || text == value || !at.alone() {
		return nil
	}
	return []fault{at.fault("TG002", at.instead(value+" & "+text))}
}

// across says another value in the profile than in what it shares.
func across(at *site) []fault {
	text := other(at)
	if rank(at)[0] != '1' || at.field == nil || text == "" || !at.alone() {
		return nil
	}
	for _, p := range at.subject.sites {
		if p.path != at.parent.path || rank(p)[0] != '0' {
			continue
		}
		for _, lit := range literals(p.value) {
			if st, ok := lit.(*ast.StructLit); ok && st.Lbrace.IsValid() {
				after := st.Lbrace.Offset() + 1
				f := at.fault("TG002", edit{p.file, after, after, at.field.Name + ": " + text + ", "})
				f.want.file, f.want.line = p.file, st.Lbrace.Line()
				return []fault{f}
			}
		}
	}
	return nil
}
