package generator

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"tracegen.dev/generator/check"
	"tracegen.dev/generator/diag"
	"tracegen.dev/generator/inspect"
	"tracegen.dev/generator/load"
	"tracegen.dev/generator/override"
	"tracegen.dev/generator/path"
	"tracegen.dev/generator/plan"
)

// A ruleCase is a profile that breaks a rule once. The line that the finding
// must be at ends in a comment `here`.
type ruleCase struct {
	code    string
	name    string
	profile string   // what differs from [minimal]
	path    string   // of the finding
	message []string // fragments
	help    []string
	warns   bool // the finding does not stop the build

	fill []string // what only the user knows, for each … of what the help says to write first
	then string   // the codes of what is found where the help is followed

	// files are others of the workspace. A § in one of them marks the place of
	// the finding, instead of the comment.
	files map[string]string
}

var ruleCases = slices.Concat(linkCases, overrideCases, clusterCases, tempoCases, storeCases, policyCases, traefikCases, nginxCases, meshCases,
	collectorCases, podLogCases, grafanaCases, labelCases, podsCases, kindCases, appsCases, fluxCases, valueCases, capacityCases, inForceCases, pathCases, secretCases)

// minimal has a section for whatever a topology must have.
var minimal = []string{
	`name: "x"`,
	`cluster: kind: "k3s"`,
	`store: {kind: "minio", placement: "external", host: "s3.example.com", bucket: "traces", credentials: kind: "secret"}`,
	`tempo: {mode: "monolithic", chart: version: "2.2.4"}`,
}

// complete adds the sections that a text lacks.
func complete(text string) string {
	for _, section := range minimal {
		name, _, _ := strings.Cut(section, ":")
		if !strings.HasPrefix(text, name+":") && !strings.Contains(text, "\n"+name+":") {
			text += "\n" + section
		}
	}
	return text
}

// TestRules breaks each rule and wants exactly its finding.
func TestRules(t *testing.T) {
	for _, c := range ruleCases {
		t.Run(c.code+" "+c.name, func(t *testing.T) {
			s := workspace(t, map[string]string{"p": complete(c.profile)})
			at := c.place(t, s)
			_, diags, err := Compile(s.w, s.profiles)
			if err != nil {
				t.Fatal(err)
			}
			if len(diags) != 1 {
				t.Fatalf("%d findings:\n%s", len(diags), text(s, diags))
			}
			d := diags[0]
			if d.Code != c.code || d.Path != c.path {
				t.Errorf("found %s at %s, not %s at %s", d.Code, d.Path, c.code, c.path)
			}
			if d.Position.File != at.File || d.Position.Line != at.Line || d.Position.Column == 0 || at.Column > 0 && d.Position.Column != at.Column {
				t.Errorf("found at %s, not at %s", d.Position, at)
			}
			if (d.Severity == diag.Warning) != c.warns {
				t.Errorf("its severity is %s", d.Severity)
			}
			for _, part := range c.message {
				if !strings.Contains(d.Message, part) {
					t.Errorf("the message %q lacks %q", d.Message, part)
				}
			}
			for _, part := range c.help {
				if !strings.Contains(d.Help, part) {
					t.Errorf("the help %q lacks %q", d.Help, part)
				}
			}
			for _, r := range d.Related {
				if !r.Position.IsValid() || r.Message == "" {
					t.Errorf("a related place is empty: %+v", r)
				}
			}
		})
	}
}

// place writes the files of a case, and gives the place of its finding.
func (c ruleCase) place(t *testing.T, s suite) diag.Position {
	t.Helper()
	var at diag.Position
	if i := strings.Index(c.profile, "// here"); i >= 0 {
		at = diag.Position{File: "profiles/p/p.cue", Line: 1 + strings.Count(c.profile[:i], "\n")}
	}
	for name, data := range c.files {
		if before, after, ok := strings.Cut(data, "§"); ok {
			at = diag.Position{File: name, Line: 1 + strings.Count(before, "\n"), Column: len(before) - strings.LastIndex(before, "\n")}
			data = before + after
		}
		file := filepath.Join(s.w.Dir, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(data), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return at
}

// TestEveryRuleIsBroken demands a case of every code.
func TestEveryRuleIsBroken(t *testing.T) {
	codes := []string{plan.CodeDangling, plan.CodeOldChart, plan.CodeNewChart, plan.CodeRepository, plan.CodeNoRelease, plan.CodeEndOfLife, override.Code}
	for _, r := range check.Rules {
		codes = append(codes, r.Code)
	}
	for _, r := range inspect.Rules {
		codes = append(codes, r.Code)
	}
	for _, r := range path.Rules {
		codes = append(codes, r.Code)
	}
	for _, code := range codes {
		if !slices.ContainsFunc(ruleCases, func(c ruleCase) bool { return c.code == code }) {
			t.Errorf("nothing has been seen to break %s", code)
		}
	}
	for _, c := range ruleCases {
		if !slices.Contains(codes, c.code) {
			t.Errorf("there is no rule %s", c.code)
		}
		if len(c.message) == 0 || len(c.help) == 0 {
			t.Errorf("the case %s %s wants no text", c.code, c.name)
		}
	}
}

// TestRuleList demands what makes a list of rules: each can be named, looked up
// and explained.
func TestRuleList(t *testing.T) {
	code := regexp.MustCompile(`^TG[0-9]{3}$`)
	last := override.Code
	names := map[string]bool{}
	for _, r := range check.Rules {
		if !code.MatchString(r.Code) || r.Code <= last {
			t.Errorf("%s does not follow %s", r.Code, last)
		}
		last = r.Code
		if r.Name == "" || names[r.Name] || r.Doc == "" || strings.HasSuffix(r.Doc, ".") || r.Run == nil {
			t.Errorf("%s lacks a name of its own, a sentence, or a check: %q, %q", r.Code, r.Name, r.Doc)
		}
		names[r.Name] = true
	}
}

// TestSeverities: what a rule declares is the worst that its cases show.
func TestSeverities(t *testing.T) {
	declared := map[string]diag.Severity{}
	for _, r := range slices.Concat(plan.Rules, override.Rules, path.Rules) {
		declared[r.Code] = r.Severity
	}
	for _, r := range check.Rules {
		declared[r.Code] = r.Severity
	}
	for _, r := range inspect.Rules {
		declared[r.Code] = r.Severity
	}
	worst := map[string]diag.Severity{}
	for _, c := range ruleCases {
		if !c.warns {
			worst[c.code] = diag.Error
		} else if _, seen := worst[c.code]; !seen {
			worst[c.code] = diag.Warning
		}
	}
	for code, want := range worst {
		if got, ok := declared[code]; !ok || got != want {
			t.Errorf("%s declares %s, and its cases show %s", code, got, want)
		}
	}
}

// TestIgnore switches each rule off where it would have found something. What
// comes of it is the user's affair, as long as nothing breaks.
func TestIgnore(t *testing.T) {
	for _, c := range ruleCases {
		if !slices.Contains(Ignorable(), c.code) || c.code == "TG025" || c.code == check.CodePolicy {
			continue
		}
		t.Run(c.code+" "+c.name, func(t *testing.T) {
			profile := complete(c.profile) + "\nignore: " + c.code + `: "we know better"`
			s := workspace(t, map[string]string{"p": profile})
			c.place(t, s)
			out, diags, err := Compile(s.w, s.profiles)
			if err != nil {
				t.Fatal(err)
			}
			// A value that the rule says does nothing still does nothing.
			diags = slices.DeleteFunc(diags, func(d diag.Diagnostic) bool {
				return d.Code == check.CodeValueKey && d.Severity == diag.Warning
			})
			if len(diags) > 0 || len(out) == 0 {
				t.Errorf("%d files, and found:\n%s", len(out), text(s, diags))
			}
		})
	}
}

// TestMinimal holds the sections that the cases rest on to account.
func TestMinimal(t *testing.T) {
	workspace(t, map[string]string{"p": complete("")}).compile(t)
}

// TestRulesInCompany breaks each rule beside faults that load finds, and wants
// them all: none hides the other.
func TestRulesInCompany(t *testing.T) {
	for _, c := range ruleCases {
		t.Run(c.code+" "+c.name, func(t *testing.T) {
			company := "\nzzUnknownZz: 1"
			want := []string{c.code, load.CodeUnknown}
			if !strings.Contains(c.profile, "flux:") {
				company += "\nflux: interval: 5"
				want = append(want, "TG004")
			}
			s := workspace(t, map[string]string{"p": complete(c.profile) + company})
			c.place(t, s)
			_, diags, err := Compile(s.w, s.profiles)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, d := range diags {
				got = append(got, d.Code)
			}
			slices.Sort(want)
			slices.Sort(got)
			if !slices.Equal(got, want) {
				t.Errorf("found %v, not %v:\n%s", got, want, text(s, diags))
			}
		})
	}
}
