package mutate

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"cuelang.org/go/cue/ast"

	"tracegen.dev/generator/diag"
	"tracegen.dev/generator/topology"
)

// Fault is one thing made wrong, with the finding that must come of it.
type Fault struct {
	Kind  string
	Field string // of the schema, such as Chart.version; empty for elements and entries
	Want  Finding
	Areas []string // the paths that no other fault may touch
	Valid bool     // CUE sees nothing wrong with it

	edits []edit
}

// Finding is what must be found.
type Finding struct {
	Code, File string
	Line       int
	Path       string
}

// String is how findings are compared.
func (f Finding) String() string { return fmt.Sprintf("%s:%d %s %s", f.File, f.Line, f.Code, f.Path) }

// edit replaces bytes of a file. It keeps the number of lines.
type edit struct {
	file     string
	from, to int
	text     string
}

// Kind is a way to break a profile at one site. It gives no fault where it does
// not apply.
type Kind struct {
	Code  string // of what is found
	Name  string
	Doc   string
	apply func(*Site) []Fault
}

// Kinds has those of a field by itself.
var Kinds = []Kind{
	{"TG003", "unknown key", "a struct has a key that the schema does not know", unknownKey},
	{"TG003", "misspelt key", "the last letter of a key is doubled", misspelt},
	{"TG004", "wrong type", "a field is a number, a text, a truth value, a list, a struct or null where the schema wants another", wrongType},
	{"TG005", "wrong word", "a field that takes one of several words has another", wrongWord},
	{"TG006", "out of range", "a text does not match the pattern of its field, or a number is beyond its bounds", outOfRange},
	{"TG007", "missing", "a required field is not there", missing},
	{"TG002", "contradiction", "a field says two values at once", contradiction},
	{"TG002", "contradiction across files", "a profile says another value than the file that it shares", across},
	{"TG010", "dangling reference", "a reference leads to a part that the topology does not have", dangling},
}

// Faults gives every fault that the subject can have.
func (s *Subject) Faults() []Fault {
	var out []Fault
	for _, at := range s.Sites {
		for _, k := range Kinds {
			for _, f := range k.apply(at) {
				f.Kind = k.Name + " at " + at.path
				if at.field != nil {
					f.Field = at.def + "." + at.field.Name
				}
				if at.disc {
					f.Areas = append(f.Areas, at.parent.path)
				}
				out = append(out, f)
			}
		}
	}
	return out
}

// Pick takes up to n faults that do not touch one another.
func Pick(from []Fault, n int) (chosen, rest []Fault) {
	for _, f := range from {
		if len(chosen) < n && !slices.ContainsFunc(chosen, func(g Fault) bool { return g.touches(f) }) {
			chosen = append(chosen, f)
		} else {
			rest = append(rest, f)
		}
	}
	return chosen, rest
}

// Text gives the subject's files with faults in them.
func (s *Subject) Text(faults []Fault) map[string]string {
	out := maps.Clone(s.Files)
	var edits []edit
	for _, f := range faults {
		edits = append(edits, f.edits...)
	}
	slices.SortFunc(edits, func(a, b edit) int { return cmp.Or(cmp.Compare(b.from, a.from), cmp.Compare(b.to, a.to)) })
	for _, e := range edits {
		out[e.file] = out[e.file][:e.from] + e.text + out[e.file][e.to:]
	}
	return out
}

// Write puts the subject, with faults in it, into a workspace. What a fault of the
// time before has added there goes away.
func (s *Subject) Write(dir string, faults []Fault) error {
	for _, file := range s.added {
		if err := os.Remove(file); err != nil {
			return err
		}
	}
	s.added = nil
	for name, text := range s.Text(faults) {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if _, own := s.Files[name]; !own {
			s.added = append(s.added, file)
		}
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			return err
		}
	}
	return nil
}

// Compare tells how the findings differ from those that the faults must come to;
// it is empty where they do not.
func Compare(faults []Fault, found []diag.Diagnostic) string {
	var want, have []string
	for _, f := range faults {
		want = append(want, f.Want.String())
	}
	for _, d := range found {
		have = append(have, Finding{d.Code, d.Position.File, d.Position.Line, d.Path}.String())
	}
	slices.Sort(want)
	slices.Sort(have)
	if slices.Equal(want, have) {
		return ""
	}
	return fmt.Sprintf("want:\n\t%s\ngot:\n\t%s", strings.Join(want, "\n\t"), strings.Join(have, "\n\t"))
}

// touches reports whether one fault could hide or change the other's finding.
func (f Fault) touches(g Fault) bool {
	for _, a := range f.Areas {
		for _, b := range g.Areas {
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

// fault gives a fault at a site's own line.
func (at *Site) fault(code string, edits ...edit) Fault {
	return Fault{edits: edits, Want: Finding{code, at.file, at.line, at.path}, Areas: []string{at.path}}
}

// instead replaces a site's value. The lines that it took stay, before the new
// one, where CUE reads no comma out of them.
func (at *Site) instead(text string) edit {
	old := at.subject.Files[at.file][at.valueFrom:at.valueTo]
	return edit{at.file, at.valueFrom, at.valueTo, strings.Repeat("\n", strings.Count(old, "\n")) + text}
}

func unknownKey(at *Site) []Fault {
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
		f.Want.Line = st.Lbrace.Line()
		f.Want.Path = diag.JoinKey(at.path, "zzUnknownZz")
		f.Areas = []string{f.Want.Path}
		return []Fault{f}
	}
	return nil
}

func misspelt(at *Site) []Fault {
	if at.field == nil || !at.alone() {
		return nil
	}
	label := at.subject.Files[at.file][at.start:]
	if !strings.HasPrefix(label, at.field.Name) {
		return nil // quoted
	}
	n := len(at.field.Name)
	wrong := at.field.Name + at.field.Name[n-1:]
	f := at.fault("TG003", edit{at.file, at.start, at.start + n, wrong})
	f.Want.Path = diag.JoinKey(at.parent.path, wrong)
	f.Areas = append(f.Areas, f.Want.Path)
	return []Fault{f}
}

func wrongType(at *Site) []Fault {
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
	var out []Fault
	for _, text := range slices.Sorted(maps.Keys(texts)) {
		if slices.Contains(texts[text], at.typ.Kind) {
			continue
		}
		f := at.fault("TG004", at.instead(text))
		if at.field == nil && strings.Contains(at.path[max(0, len(at.path)-3):], "]") {
			f.Want.Line += strings.Count(f.edits[0].text, "\n") // an element is its own label
		}
		out = append(out, f)
	}
	return out
}

func wrongWord(at *Site) []Fault {
	if len(at.typ.Enum) == 0 || !at.alone() {
		return nil
	}
	return []Fault{at.fault("TG005", at.instead(`"no-such-word"`)), at.fault("TG005", at.instead(strconv.Quote(at.typ.Enum[0]+"x")))}
}

func outOfRange(at *Site) []Fault {
	if !at.alone() {
		return nil
	}
	var out []Fault
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

func missing(at *Site) []Fault {
	if at.field == nil || at.field.Presence != topology.Required || !at.alone() {
		return nil
	}
	src := at.subject.Files[at.file]
	to := at.valueTo
	text := strings.Repeat("\n", strings.Count(src[at.start:to], "\n"))
	if at.shorthand {
		text = "{}" + text
	} else if rest := strings.TrimLeft(src[to:], " "); strings.HasPrefix(rest, ",") {
		to = len(src) - len(rest) + 1
	}
	f := at.fault("TG007", edit{at.file, at.start, to, text})
	f.Want.File, f.Want.Line = at.subject.place(at.parent.path)
	return []Fault{f}
}

// other gives a literal that is as good as the site's value, but another one.
func other(at *Site) string {
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

func contradiction(at *Site) []Fault {
	value := at.subject.Files[at.file][at.valueFrom:at.valueTo]
	text := other(at)
	if at.typ.Kind == topology.BoolKind && (value == "true" || value == "false") {
		text = strconv.FormatBool(value != "true")
	}
	if _, ok := at.value.(*ast.BasicLit); !ok || text == "" || text == value || !at.alone() {
		return nil
	}
	return []Fault{at.fault("TG002", at.instead(value+" & "+text))}
}

// across says another value in the profile than in what it shares.
func across(at *Site) []Fault {
	text := other(at)
	if rank(at)[0] != '1' || at.field == nil || text == "" || !at.alone() {
		return nil
	}
	for _, p := range at.subject.Sites {
		if p.path != at.parent.path || rank(p)[0] != '0' {
			continue
		}
		for _, lit := range literals(p.value) {
			if st, ok := lit.(*ast.StructLit); ok && st.Lbrace.IsValid() {
				after := st.Lbrace.Offset() + 1
				f := at.fault("TG002", edit{p.file, after, after, at.field.Name + ": " + text + ", "})
				f.Want.File, f.Want.Line = p.file, st.Lbrace.Line()
				return []Fault{f}
			}
		}
	}
	return nil
}
