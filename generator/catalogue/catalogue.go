// Package catalogue tells what each code means: what it demands, what goes wrong
// otherwise, and where that was read. The stages list their codes themselves; the
// explanation of each is a file of explain/, in Markdown, which ends in lines
//
//	Reference: a URL or a document, with its version
//	Invariant: I5
package catalogue

import (
	"cmp"
	"embed"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"tracegen.dev/generator"
	"tracegen.dev/generator/check"
	"tracegen.dev/generator/diag"
	"tracegen.dev/generator/inspect"
	"tracegen.dev/generator/load"
	"tracegen.dev/generator/override"
	"tracegen.dev/generator/path"
	"tracegen.dev/generator/plan"
	"tracegen.dev/generator/write"
)

//go:generate go run ./gen

//go:embed explain
var files embed.FS

// Entry is a code with all that is known of it.
type Entry struct {
	diag.Rule
	Ignorable   bool     // by `ignore` of a topology
	Explanation string   // paragraphs of Markdown
	References  []string // where it was read
	Invariants  []int    // the numbers of those that it holds
}

// Rules lists what every stage may find, by code.
func Rules() []diag.Rule {
	all := slices.Concat(load.Rules, plan.Rules, override.Rules, generator.Rules, path.Rules, write.Rules)
	for _, r := range check.Rules {
		all = append(all, diag.Rule{Code: r.Code, Name: r.Name, Doc: r.Doc, Severity: r.Severity})
	}
	for _, r := range inspect.Rules {
		all = append(all, diag.Rule{Code: r.Code, Name: r.Name, Doc: r.Doc, Severity: r.Severity})
	}
	slices.SortFunc(all, func(a, b diag.Rule) int { return cmp.Compare(a.Code, b.Code) })
	return all
}

// All gives every code with its explanation.
func All() ([]Entry, error) {
	var all []Entry
	ignorable := generator.Ignorable()
	for _, r := range Rules() {
		e, err := explained(r, slices.Contains(ignorable, r.Code))
		if err != nil {
			return nil, err
		}
		all = append(all, e)
	}
	return all, nil
}

// Find gives the code that a word means: TG075, tg75 or 75.
func Find(word string) (Entry, error) {
	number := strings.TrimPrefix(strings.ToUpper(word), "TG")
	code := strings.ToUpper(word)
	if n, err := strconv.ParseUint(number, 10, 16); err == nil {
		code = fmt.Sprintf("TG%03d", n)
	}
	var codes []string
	for _, r := range Rules() {
		if r.Code == code {
			return explained(r, slices.Contains(generator.Ignorable(), code))
		}
		codes = append(codes, r.Code)
	}
	help := "`tracegen vet --explain` and Tab, or docs/checks.md, lists them"
	if near := diag.AllNearest(code, codes); len(near) > 0 {
		help = "did you mean " + strings.Join(near[:min(len(near), 3)], " or ") + "?"
	}
	return Entry{}, fmt.Errorf("there is no code %q; %s", word, help)
}

// explained reads the explanation of a rule.
func explained(r diag.Rule, ignorable bool) (Entry, error) {
	text, err := files.ReadFile("explain/" + r.Code + ".md")
	if err != nil {
		return Entry{}, fmt.Errorf("%s has no explanation: %w", r.Code, err)
	}
	e := Entry{Rule: r, Ignorable: ignorable}
	var prose []string
	for line := range strings.Lines(string(text)) {
		line = strings.TrimRight(line, "\n")
		if reference, ok := strings.CutPrefix(line, "Reference: "); ok {
			e.References = append(e.References, reference)
			continue
		}
		if invariant, ok := strings.CutPrefix(line, "Invariant: "); ok {
			n, err := strconv.Atoi(strings.TrimPrefix(invariant, "I"))
			if err != nil {
				return Entry{}, fmt.Errorf("explain/%s.md: %q is no invariant", r.Code, invariant)
			}
			e.Invariants = append(e.Invariants, n)
			continue
		}
		prose = append(prose, line)
	}
	e.Explanation = wrapped(strings.TrimSpace(strings.Join(prose, "\n")))
	return e, nil
}

// wrapped breaks the lines of paragraphs where a terminal would; code and lists
// stay as they are.
func wrapped(text string) string {
	const width = 80
	var out []string
	code := false
	for _, p := range strings.Split(text, "\n\n") {
		keep := code || strings.Contains(p, "```") || strings.HasPrefix(p, "- ") || strings.HasPrefix(p, "|")
		if strings.Count(p, "```")%2 == 1 {
			code = !code
		}
		if keep {
			out = append(out, p)
			continue
		}
		var b strings.Builder
		n := 0
		for _, word := range strings.Fields(p) {
			length := utf8.RuneCountInString(word)
			switch {
			case n == 0:
			case n+1+length > width:
				b.WriteByte('\n')
				n = 0
			default:
				b.WriteByte(' ')
				n++
			}
			b.WriteString(word)
			n += length
		}
		out = append(out, b.String())
	}
	return strings.Join(out, "\n\n")
}
