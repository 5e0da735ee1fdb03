package generator

import (
	"cmp"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/cuecontext"
	"cuelang.org/go/cue/parser"

	"tracegen.dev/generator/diag"
	"tracegen.dev/generator/topology"
)

// TestHelpIsCUE holds what helps say to write to the schema: it parses, and it is
// the field that the finding is about, or one of the struct that it is about, or
// full from the top of the topology.
func TestHelpIsCUE(t *testing.T) {
	n := 0
	for _, c := range ruleCases {
		for _, d := range c.found(t) {
			fs, err := fragments(d.Help)
			if err != nil {
				t.Errorf("%s %s: %v in the help: %s", c.code, c.name, err, d.Help)
			}
			for _, f := range fs {
				n++
				if err := fitting(d.Path, f); err != nil {
					t.Errorf("%s %s, at %s: %s: %v", c.code, c.name, d.Path, f, err)
				}
			}
		}
	}
	if n < 100 {
		t.Errorf("only %d fragments were found", n)
	}
}

// TestHelpIsJudged shows that the law forbids what it is there to forbid.
func TestHelpIsJudged(t *testing.T) {
	const path = "collector.sampling.kind"
	for help, bad := range map[string]bool{
		`write collector: {controller: "deployment", replicas: 1}`: false,
		`write kind: "probabilistic", or leave it out`:             false,
		`write controller: "deployment"`:                           true, // of the section above
		`write collector: controler: "deployment"`:                 true,
		`write collector: controller: "deploy"`:                    true,
		`write collector: replicas: "1"`:                           true,
		`write collector: replicas: the number`:                    true,
		`write collector: {replicas: 1`:                            true,
		`leave it out: the order is tracegen's`:                    false,
	} {
		fs, err := fragments(help)
		for _, f := range fs {
			if err == nil {
				err = fitting(path, f)
			}
		}
		if (err != nil) != bad {
			t.Errorf("%s: %v", help, err)
		}
	}
}

// found is what a case finds.
func (c ruleCase) found(t *testing.T) []diag.Diagnostic {
	t.Helper()
	s := workspace(t, map[string]string{"p": complete(c.profile)})
	c.place(t, s)
	_, diags, err := Compile(s.w, s.profiles)
	if err != nil {
		t.Fatal(err)
	}
	return diags
}

var label = regexp.MustCompile(`^("(?:[^"\\]|\\.)*"|[A-Za-z][A-Za-z0-9]*): `)

// fragments gives the CUE that a help says to write.
func fragments(help string) (out []string, err error) {
	fields := map[string]bool{}
	for _, d := range topology.Definitions {
		for _, f := range d.Fields {
			fields[f.Name] = true
		}
	}
	for i := 0; i < len(help); i++ {
		if i > 0 && !strings.ContainsRune(" (", rune(help[i-1])) {
			continue
		}
		m := label.FindStringSubmatch(help[i:])
		if m == nil || !fields[m[1]] {
			continue
		}
		end := i
		for m := label.FindString(help[end:]); m != ""; m = label.FindString(help[end:]) {
			end += len(m)
		}
		n := valueEnd(help[end:])
		if n == 0 {
			return out, fmt.Errorf("%q has no value", help[i:end])
		}
		end += n
		out = append(out, help[i:end])
		i = end
	}
	return out, nil
}

// valueEnd is the length of the literal that a text begins with.
func valueEnd(s string) int {
	depth, quoted := 0, false
	for i, r := range s {
		switch {
		case quoted:
			quoted = r != '"' || s[i-1] == '\\'
		case r == '"':
			quoted = true
		case r == '{' || r == '[':
			depth++
			continue
		case r == '}' || r == ']':
			depth--
		case depth == 0:
			return len(regexp.MustCompile(`^(true|false|null|[0-9.]+[0-9]|[0-9])`).FindString(s))
		}
		if depth == 0 && !quoted {
			return i + 1
		}
	}
	return 0
}

// judged compares a fragment with the schema.
func fitting(path, fragment string) error {
	f, err := parser.ParseFile("help.cue", fragment)
	if err != nil {
		return err
	}
	field := f.Decls[0].(*ast.Field)
	name, _, err := ast.LabelName(field.Label)
	if err != nil {
		return err
	}
	if topology.Root.Def.Field(name) != nil {
		return fits([]*topology.Type{topology.Root}, &ast.StructLit{Elts: f.Decls})
	}
	for _, at := range holders(path, name) {
		if has(at, name) {
			return fits(typesAt(at), &ast.StructLit{Elts: f.Decls})
		}
	}
	return fmt.Errorf("it is neither full from the top, nor of what the line is about")
}

// holders gives the places where a field may be meant: the line's own, inside of
// what the line is about, and the item of a list that the line is in, which cannot
// be written from the top.
func holders(path, name string) [][]string {
	steps := stepsOf(path)
	var out [][]string
	if steps[len(steps)-1] == name {
		out = append(out, steps[:len(steps)-1])
	}
	out = append(out, steps)
	for i, s := range slices.Backward(steps) {
		if _, err := strconv.Atoi(s); err == nil {
			return append(out, steps[:i+1])
		}
	}
	return out
}

// stepsOf takes a path apart; an index is a step.
func stepsOf(path string) []string {
	var out []string
	for _, m := range regexp.MustCompile(`"((?:[^"\\]|\\.)*)"|\[(\d+)\]|([^.\[\]"]+)`).FindAllStringSubmatch(path, -1) {
		out = append(out, m[1]+m[2]+m[3])
	}
	return out
}

// typesAt gives the types of what stands at a path.
func typesAt(steps []string) []*topology.Type {
	types := []*topology.Type{topology.Root}
	for _, s := range steps {
		types = inside(types, s)
	}
	return types
}

// has reports whether there can be a field at a path.
func has(steps []string, name string) bool { return len(inside(typesAt(steps), name)) > 0 }

// inside gives the types that a key has in any of some types.
func inside(types []*topology.Type, key string) []*topology.Type {
	var out []*topology.Type
	for _, t := range types {
		switch t.Kind {
		case topology.MapKind, topology.ListKind:
			out = append(out, t.Elem)
		case topology.OpenKind:
			out = append(out, t)
		case topology.StructKind, topology.UnionKind:
			for _, d := range append([]*topology.Def{t.Def}, t.Def.Arms...) {
				if f := d.Field(key); f != nil {
					out = append(out, f.Type)
				}
			}
		}
	}
	return out
}

// fits wants a literal to be of one of some types.
func fits(types []*topology.Type, x ast.Expr) error {
	switch x := x.(type) {
	case *ast.StructLit:
		for _, e := range x.Elts {
			f, ok := e.(*ast.Field)
			if !ok {
				return fmt.Errorf("there is more than fields in it")
			}
			name, _, err := ast.LabelName(f.Label)
			if err != nil {
				return err
			}
			below := inside(types, name)
			if len(below) == 0 {
				return fmt.Errorf("the schema has no %s there", name)
			}
			if err := fits(below, f.Value); err != nil {
				return err
			}
		}
		return nil
	case *ast.ListLit:
		var elems []*topology.Type
		for _, t := range types {
			if t.Kind == topology.ListKind {
				elems = append(elems, t.Elem)
			}
		}
		for _, e := range x.Elts {
			if err := fits(elems, e); err != nil {
				return err
			}
		}
		if len(elems) == 0 {
			return fmt.Errorf("no list is wanted there")
		}
		return nil
	case *ast.BasicLit:
		if slices.ContainsFunc(types, func(t *topology.Type) bool { return takes(t, x.Value) }) {
			return nil
		}
		return fmt.Errorf("the field does not take %s", x.Value)
	}
	return fmt.Errorf("%T is no data", x)
}

// takes reports whether a scalar can have a value. What only the user knows can
// be anything.
func takes(t *topology.Type, literal string) bool {
	text, err := strconv.Unquote(literal)
	isText := err == nil
	switch t.Kind {
	case topology.StringKind:
		return isText && (strings.Contains(text, "…") || (t.Enum == nil || slices.Contains(t.Enum, text)) && t.Matches(text))
	case topology.IntKind, topology.NumberKind:
		_, err := strconv.ParseFloat(literal, 64)
		return err == nil
	case topology.BoolKind:
		return literal == "true" || literal == "false"
	}
	return t.Kind == topology.OpenKind
}

// TestHelpHelps does what the help says first, and wants the finding gone, and no
// other in its place.
func TestHelpHelps(t *testing.T) {
	helped := 0
	for _, c := range ruleCases {
		t.Run(c.code+" "+c.name, func(t *testing.T) {
			found := c.found(t)
			if len(found) != 1 || !strings.HasSuffix(found[0].Position.File, ".cue") {
				return // what is written elsewhere is no CUE
			}
			d := found[0]
			profile, ok := follow(t, complete(c.profile), d, c.fill)
			if !ok {
				if leftToUser[c.code] == "" {
					t.Errorf("the help begins with nothing that can be pasted: %s", d.Help)
				}
				return
			}
			helped++
			s := workspace(t, map[string]string{"p": profile})
			c.place(t, s)
			_, diags, err := Compile(s.w, s.profiles)
			if err != nil {
				t.Fatal(err)
			}
			for _, later := range diags {
				if later.Code == d.Code && later.Path == d.Path || later.Severity == diag.Error && !strings.Contains(c.then, later.Code) {
					t.Errorf("the help %q leads to\n%s", d.Help, text(s, diags))
					break
				}
			}
		})
	}
	if helped < 150 {
		t.Errorf("only %d helps were followed", helped)
	}
}

// leftToUser has the codes some of whose helps begin with what nobody can paste.
var leftToUser = map[string]string{
	"TG010": "one of several receivers",
	"TG012": "the release notes come first",
	"TG022": "an older chart or a newer cluster",
	"TG023": "a name of the user's",
	"TG024": "a name of the user's",
	"TG033": "a name of the user's",
	"TG035": "a name of the user's",
	"TG036": "a Secret of the user's",
	"TG042": "one of several processors",
	"TG050": "an item of a list",
	"TG052": "a name of the user's",
	"TG053": "what only the user's HelmRelease shows",
	"TG057": "which of the two counts",
	"TG058": "a name of the user's",
	"TG059": "an exception with its reason",
	"TG061": "a port of the user's",
	"TG062": "a name of the user's",
	"TG069": "another repository",
	"TG071": "which of the two counts",
	"TG072": "another ingress",
	"TG073": "another object",
	"TG074": "the same time in another form",
	"TG075": "a key of the chart's",
	"TG076": "a value of the chart's",
	"TG077": "an import of the chart",
	"TG081": "a file of the user's",
	"TG084": "a further node, or less of what runs",
	"TG085": "a further node, or less of what runs",
	"TG093": "a Secret of the user's",
	"TG098": "what a text is to say",
	"TG106": "a Secret of the user's",
}

// filled stands for what only the user knows.
var filled = map[string]string{"host": "h.example.com", "version": "1.11.1", "repository": "charts.example.com/x"}

var (
	begins = regexp.MustCompile(`^(?:write|add) `)
	blank  = regexp.MustCompile(`([A-Za-z]+): "[^"]*…`)
	leaves = regexp.MustCompile(`^leave (\S+) out\b`)
)

// follow changes a profile as a help says first, and reports whether it says
// something that can be done without thinking.
func follow(t *testing.T, profile string, d diag.Diagnostic, fill []string) (string, bool) {
	t.Helper()
	v := cuecontext.New().CompileString("{" + profile + "\n}")
	text, err := v.MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	var data map[string]any
	if err := json.Unmarshal(text, &data); err != nil {
		t.Fatal(err)
	}
	path := stepsOf(d.Path)
	switch fs, _ := fragments(d.Help); {
	case leaves.MatchString(d.Help):
		what := leaves.FindStringSubmatch(d.Help)[1]
		switch {
		case what == "them" && strings.HasSuffix(d.Path, "]"):
			path = path[:len(path)-1]
		case what == "it" || what == "them":
		default:
			for path[len(path)-1] != what {
				if path = path[:len(path)-1]; len(path) == 0 {
					path = stepsOf(what)
					break
				}
			}
		}
		remove(data, path)
	case begins.MatchString(d.Help) && len(fs) > 0 && strings.HasPrefix(d.Help[strings.Index(d.Help, " ")+1:], fs[0]):
		f := fs[0]
		for m := blank.FindStringSubmatch(f); m != nil; m = blank.FindStringSubmatch(f) {
			word := cmp.Or(filled[m[1]], "a-name")
			if len(fill) > 0 {
				word, fill = fill[0], fill[1:]
			}
			f = strings.Replace(f, "…", word, 1)
		}
		text, err := cuecontext.New().CompileString(f).MarshalJSON()
		if err != nil {
			t.Fatal(err)
		}
		var change map[string]any
		if err := json.Unmarshal(text, &change); err != nil {
			t.Fatal(err)
		}
		first := label.FindStringSubmatch(f)[1]
		if topology.Root.Def.Field(first) == nil {
			at := holders(d.Path, first)
			for _, s := range slices.Backward(at[slices.IndexFunc(at, func(at []string) bool { return has(at, first) })]) {
				change = map[string]any{s: change}
			}
		}
		put(data, change)
	default:
		return "", false
	}
	out, err := json.Marshal(data)
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSuffix(strings.TrimPrefix(string(out), "{"), "}"), true
}

// remove takes what stands at a path out of data.
func remove(data any, path []string) any {
	switch in := data.(type) {
	case map[string]any:
		if len(path) == 1 {
			delete(in, path[0])
		} else if below, ok := in[path[0]]; ok {
			in[path[0]] = remove(below, path[1:])
		}
	case []any:
		i, err := strconv.Atoi(path[0])
		if err == nil && i < len(in) && len(path) == 1 {
			return slices.Delete(in, i, i+1)
		}
		if err == nil && i < len(in) {
			in[i] = remove(in[i], path[1:])
		}
	}
	return data
}

// put replaces what a change says anew, and adds the rest.
func put(data, change map[string]any) {
	for k, v := range change {
		if list, ok := data[k].([]any); ok {
			if items, ok := v.(map[string]any); ok { // by index
				for i, item := range items {
					if n, err := strconv.Atoi(i); err == nil && n < len(list) {
						if old, ok := list[n].(map[string]any); ok {
							put(old, item.(map[string]any))
						}
					}
				}
				continue
			}
		}
		old, both := data[k].(map[string]any)
		if below, ok := v.(map[string]any); ok && both {
			put(old, below)
			continue
		}
		data[k] = v
	}
}

// TestRelated: a finding names the other end of what does not agree, unless
// nothing else takes part.
func TestRelated(t *testing.T) {
	alone := map[string]bool{}
	for _, c := range ruleCases {
		for _, d := range c.found(t) {
			if len(d.Related) == 0 {
				alone[d.Code] = true
				if takesPart[d.Code] == "" {
					t.Errorf("%s %s names no other end: %s", c.code, c.name, d.Message)
				}
			}
		}
	}
	for code := range takesPart {
		if !alone[code] {
			t.Errorf("%s always names another end", code)
		}
	}
}

// takesPart says of the codes which have findings without another end what it is
// that they are about, alone.
var takesPart = map[string]string{
	"TG010": "what is missing stands nowhere",
	"TG011": "a version, and what is known",
	"TG012": "a version, and what is known",
	"TG015": "a secret in plain text",
	"TG020": "a version that needs what is missing",
	"TG021": "a Secret that is missing",
	"TG024": "a version alone",
	"TG025": "a code that is none",
	"TG030": "a sender that is missing",
	"TG032": "the order inside of the tree is no input",
	"TG033": "a control plane that is missing",
	"TG035": "a name",
	"TG036": "a secret in plain text",
	"TG037": "a version, and what is known",
	"TG039": "a header",
	"TG040": "a program",
	"TG043": "a generator that is missing",
	"TG044": "a version, or a key, alone",
	"TG046": "the tree's path may be the default",
	"TG047": "a time",
	"TG051": "a limit that is missing",
	"TG052": "a name",
	"TG053": "the user's HelmRelease is no input",
	"TG055": "a switch",
	"TG056": "a Secret that is missing",
	"TG057": "a label that is always there",
	"TG058": "a name",
	"TG059": "a chart that lacks a value",
	"TG061": "an ingress that is missing",
	"TG062": "what is missing stands nowhere",
	"TG066": "who delivers",
	"TG069": "a namespace that is made elsewhere",
	"TG070": "a version alone",
	"TG072": "a program",
	"TG074": "a time",
	"TG077": "a version, and what is known",
	"TG081": "a file",
	"TG082": "a policy among the user's values",
	"TG106": "a text alone",
}

// TestHelpOfLoad holds the helps of load's own cases to the law, too.
func TestHelpOfLoad(t *testing.T) {
	files, err := filepath.Glob("load/testdata/errors/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("there are no cases: %v", err)
	}
	finding := regexp.MustCompile(`(?m)^\S+ (?:warning )?TG\d+ (\S+): .*\n(?:\t\S+ .*\n)*?\thelp: (.*)$`)
	n := 0
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range finding.FindAllStringSubmatch(string(data), -1) {
			fs, err := fragments(m[2])
			if err != nil {
				t.Errorf("%s: %v in the help: %s", file, err, m[2])
			}
			for _, f := range fs {
				n++
				if _, err := parser.ParseFile("help.cue", f); err != nil {
					t.Errorf("%s: %s: %v", file, f, err)
				}
				// What a field goes with is no advice to write it.
				if len(typesAt(stepsOf(m[1]))) > 0 && !strings.Contains(m[2], " goes with ") {
					if err := fitting(m[1], f); err != nil {
						t.Errorf("%s, at %s: %s: %v", file, m[1], f, err)
					}
				}
			}
		}
	}
	if n < 20 {
		t.Errorf("only %d fragments were found", n)
	}
}
