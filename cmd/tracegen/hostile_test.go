//go:build linux

package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// What a megabyte of anything may take. The first is 2 s, and room for a machine
// that has other things to do; it is a processor's time.
const (
	hostileTime   = 4 * time.Second
	hostileMemory = 500 << 20
	megabyte      = 1_000_000
)

// nested repeats what opens and what closes until there is a megabyte, or n times.
func nested(n int, opens, inside, closes string) string {
	n = min(n, megabyte/(len(opens)+len(closes)))
	return "topology: name: " + strings.Repeat(opens, n) + inside + strings.Repeat(closes, n) + "\n"
}

// each makes a megabyte of lines, or n, of a format with one %d.
func each(n int, format string) string {
	var b strings.Builder
	for i := 0; i < n && b.Len() < megabyte-len(format)-10; i++ {
		fmt.Fprintf(&b, format, i)
	}
	return b.String()
}

// doubled is a value that each of so many lines takes twice.
func doubled(lines int, first, format string) string {
	var b strings.Builder
	b.WriteString("a0: " + first + "\n")
	for i := range lines {
		fmt.Fprintf(&b, "a%d: %s\n", i+1, strings.ReplaceAll(format, "X", fmt.Sprintf("a%d", i)))
	}
	return b.String() + fmt.Sprintf("topology: tempo: values: x: a%d\n", lines)
}

// product is n disjunctions of structs, each with the others.
func product(n, arms int) string {
	var factors []string
	for f := range n {
		factors = append(factors, "("+strings.TrimSuffix(each(arms, fmt.Sprintf("{a%d:%%d}|", f)), "|")+")")
	}
	return "topology: " + strings.Join(factors, " & ") + "\n"
}

const (
	deep     = "exceeds maximum nesting depth"
	beyond   = "[TG107]"
	outright = "asks for more memory at once than there is"
)

// hostile are profiles, without their package clause, and what is said of each.
var hostile = []struct {
	name, cue, want string
}{
	{"structs", nested(megabyte, "{a:", "1", "}"), deep},
	{"lists", nested(megabyte, "[", "1", "]"), deep},
	{"parentheses", nested(megabyte, "(", "1", ")"), deep},
	{"operators", nested(megabyte, "-", "1", ""), deep},
	{"bounds", nested(megabyte, ">=", "1", ""), deep},
	{"interpolations", nested(megabyte, `"\(`, "1", `)"`), deep},
	{"calls", nested(megabyte, "len(", "1", ")"), deep},
	{"patterns", nested(megabyte, "{[", "string", "]:1}"), deep},
	{"let clauses", nested(megabyte, "{let x=", "1", "}"), deep},
	{"fields without braces", nested(megabyte, "a:", "1", ""), beyond},
	{"a sum", nested(megabyte, "1+", "1", ""), beyond},
	{"selectors", nested(megabyte, "", "a", ".a"), beyond},
	{"conditions", nested(megabyte, "{if true ", "{}", "}"), beyond},
	{"attributes in each other", nested(megabyte, "@a(", "", ")"), beyond},
	{"attributes", nested(megabyte, "", "1", " @a()"), "cluster is missing"},
	{"comments", nested(megabyte, "//x\n", "1", ""), "cluster is missing"},
	{"not closed", nested(megabyte, "{", "", ""), deep},

	{"many scalars", "topology: name: " + each(megabyte, `"a%d"|`) + "1\n", beyond},
	{"many structs", "topology: " + each(megabyte, "{a:%d}|") + "{}\n", beyond},
	{"structs times structs", product(2, 2000), beyond},
	{"ten to the twentieth", product(20, 10), beyond},
	{"one after the other", "a0: {}\n" + each(18, "b%[1]d: {x%[1]d:1}|{x%[1]d:2}\n") + "topology: " + strings.TrimSuffix(each(18, "b%d & "), "& ") + "\n", beyond},

	{"a range", "import \"list\"\ntopology: {for i in list.Range(0,1000000000,1) {\"a\\(i)\": i}}\n", beyond},
	{"a range that nobody reads", "import \"list\"\n_x: [for i in list.Range(0,1000000000,1) {i}]\ntopology: name: \"a\"\n", beyond},
	{"a range in tiny steps", "import \"list\"\ntopology: name: list.Range(0,1,1e-300)\n", beyond},
	{"loops in loops", "import \"list\"\nr: list.Range(0,1000,1)\ntopology: {for i in r for j in r for k in r {\"a\\(i)-\\(j)-\\(k)\": i}}\n", beyond},
	{"repeated", "import \"strings\"\ntopology: name: strings.Repeat(\"x\",2000000000)\n", "exceeds limit"},
	{"a text times a number", "topology: name: \"x\"*100000000000000\n", "exceeds limit"},
	{"bytes times a number", "topology: name: 'x'*1000000000\n", "exceeds limit"},
	{"a list repeated", "import \"list\"\ntopology: name: list.Repeat([1],1000000000)\n", "exceeds limit"},
	{"doubled texts", doubled(40, `"xxxxxxxxxx"`, "X + X"), beyond},
	{"doubled structs", doubled(40, `{x: 1}`, "{x: X, y: X}"), beyond},
	{"a loop in a template", "import \"text/template\"\ntopology: name: template.Execute(\"{{range 100000000000}}x{{end}}\", {})\n", beyond},
	{"a shift", "import \"math/bits\"\ntopology: name: bits.Lsh(1,10000000000)\n", "math/bits can ask for more memory"},
	{"an expression", "topology: name: \"" + strings.Repeat("a", 300000) + "\" & =~\"^" + strings.Repeat("a?", 100000) + "$\"\n", beyond},
	{"a large expression", "topology: name: \"" + strings.Repeat("a", 100000) + "\" & =~\"^(" + strings.Repeat("(a?)", 300) + "){1000}$\"\n", beyond},
	{"a large text", "topology: name: \"" + strings.Repeat("x", 900000) + "\"*10000\n", outright},
	{"a large interpolation", doubled(5, `"`+strings.Repeat("x", 500000)+`"`, "X + X") + "b: \"" + strings.Repeat(`\(a5)`, 60000) + "\"\n", outright},
	{"large replacements", "import \"strings\"\ns: \"" + strings.Repeat("a", 300000) + "\"\ntopology: name: strings.Replace(s, \"a\", s, -1)\n", outright},
	{"joined", "import \"strings\"\ns: \"" + strings.Repeat("a", 50000) + "\"\ntopology: name: strings.Join(strings.Split(s, \"\"), s)\n", outright},
	{"many decimals", "import \"strconv\"\ntopology: name: strconv.FormatFloat(1, 102, 100000000000, 64)\n", outright},
	{"a power", "import \"math\"\ntopology: name: math.Pow(10,1000000000)\n", "cluster is missing"},
	{"a number of many digits", "topology: traefik: port: " + strings.Repeat("9", megabyte) + "\n", ""},
	{"a large exponent", "topology: tempo: values: x: 1e1000000000\n", "which YAML cannot hold"},

	{"a cycle", "a: {x: b}\nb: {y: a}\ntopology: a\n", "structural cycle"},
	{"a cycle by an alias", "topology: X={tempo: values: X}\n", "[TG002]"},
	{"a cycle by let", "topology: {let X = {a: X}, tempo: X}\n", `reference "X" not found`},
	{"a cycle by a pattern", "topology: {[string]: topology, a: b: 1}\n", "structural cycle"},
	{"a cycle by a loop", "topology: {for k, v in topology {\"\\(k)x\": v}, a: 1}\n", "[TG002]"},
	{"a ring", each(50000, "a%[1]d: a%[1]d0\n") + "topology: name: a1\n", ""},
	{"a long way", each(30000, "a%[1]d: \"\\(b%[1]d)\"\nb%[1]d: a%[1]d\n") + "topology: name: a0\n", beyond},

	{"invalid UTF-8", "topology: name: \"" + strings.Repeat("\xff\xfe\x80", megabyte/3) + "\"\n", beyond},
	{"some invalid UTF-8", "topology: name: \"\xff\"\n", "name cannot be"},
	{"NUL", "topology: name: \"a\x00b\"\n", "illegal character NUL"},
	{"nothing but NUL", strings.Repeat("\x00", megabyte), beyond},
	{"a byte order mark amid", "\ufefftopology: name: \"a\"\n", "illegal byte order mark"},
	{"CRLF", "topology: {\r\n\tname: \"a\"\r\n\tnope: 1\r\n}\r\n", `unknown key "nope"`},
	{"quotes", "topology: " + strings.Repeat(`"`, megabyte) + "\n", beyond},
	{"commas", "topology: [" + strings.Repeat(",", megabyte) + "]\n", "expected operand"},
	{"empty lines", strings.Repeat("\n", megabyte) + "topology: nope: 1\n", `unknown key "nope"`},
	{"a long name", "topology: " + strings.Repeat("a", megabyte) + ": 1\n", "unknown key"},
	{"many conflict markers", strings.Repeat("<<<<<<< a\n=======\n>>>>>>> b\n", megabyte/30), "conflict markers of a merge"},
	{"many keys", "topology: {" + each(megabyte, "a%d: 1\n") + "}\n", beyond},
	{"many values", "topology: tempo: values: {" + each(megabyte, "a%d: 1\n") + "}\n", beyond},
	{"a long list", "topology: tempo: values: x: [" + strings.Repeat("1,", megabyte/2) + "]\n", beyond},
	{"many contradictions", each(megabyte, "topology: name: \"a%d\"\n"), beyond},
	{"many names for one thing", each(megabyte, "topolojy%d: 1\n"), ""},
	{"a megabyte and more", strings.Repeat("// x\n", 300_000), "the file has more than 1 MB"},

	{"no such package", "import \"nowhere.example/x\"\ntopology: name: x.y\n", `cannot find package "nowhere.example/x"`},
	{"many packages", "import (\n" + each(megabyte, "\"a.b/c%d\"\n") + ")\n", "imports more than 1000 packages"},
	{"an absolute path", "import \"/etc\"\ntopology: name: \"a\"\n", "was not found"},
	{"a relative path", "import \"./../..\"\ntopology: name: \"a\"\n", "an import is no path of a file"},
	{"itself", "import \"workspace.local/profiles/x:profiles\"\ntopology: name: profiles.topology.name\n", "the package imports itself"},
	{"a command", "import \"tool/exec\"\ntopology: name: exec.Run & {cmd: \"touch RAN\"}\n", "name is a struct"},
	{"a file", "import \"tool/file\"\ntopology: name: file.Read & {filename: \"/etc/passwd\"}\n", "name is a struct"},
	{"a variable of the environment", "topology: name: string @tag(name,var=hostname)\n", "name has no value"},
}

// TestHostile wants a clear word about each, in the time and the memory that the
// program as people run it may take.
func TestHostile(t *testing.T) {
	for i, c := range hostile {
		if testing.Short() && i%6 != 0 {
			continue
		}
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if len(c.cue) > 2*megabyte {
				t.Fatalf("%d bytes are no hostile input, they are a disk", len(c.cue))
			}
			dir := t.TempDir()
			put(t, filepath.Join(dir, "profiles/x/x.cue"), "package profiles\n\n"+c.cue)
			bounded(t, dir, c.want)
		})
	}
}

func put(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// bounded demands that a build of a workspace ends with findings, one of which
// says so and so, within the bounds, and writes nothing.
func bounded(t *testing.T, dir, want string) {
	t.Helper()
	cmd := exec.Command("tracegen", "build")
	cmd.Dir = dir
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	err := cmd.Run()
	state := cmd.ProcessState
	took, held := state.UserTime()+state.SystemTime(), state.SysUsage().(*syscall.Rusage).Maxrss<<10
	said := out.String()[:min(out.Len(), 2000)]
	t.Logf("%5.2f s, %3d MB", took.Seconds(), held>>20)
	if exit := new(exec.ExitError); !errors.As(err, &exit) || exit.ExitCode() != exitFindings {
		t.Errorf("%v, and no findings:\n%s", err, said)
	}
	if !strings.Contains(out.String(), want) {
		t.Errorf("nothing says %q:\n%s", want, said)
	}
	if took > hostileTime || held > hostileMemory {
		t.Errorf("it took %v and %d MB", took, held>>20)
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 1 {
		t.Errorf("something was written: %v %v", entries, err)
	}
}
