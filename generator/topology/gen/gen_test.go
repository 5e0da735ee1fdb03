package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"tracegen.dev/schema"
)

// TestCurrent demands that what is committed is what the schema gives.
func TestCurrent(t *testing.T) {
	files, err := generate(schema.FS)
	if err != nil {
		t.Fatalf("the schema has left the dialect: %v", err)
	}
	if len(files) == 0 {
		t.Fatal("nothing is generated")
	}
	for name, want := range files {
		got, err := os.ReadFile(filepath.Join("..", name))
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("generator/topology/%s is not what the schema gives; run: go generate ./generator/topology", name)
		}
	}
}

// TestDialect breaks one rule of the dialect at a time. § marks the place that
// the error must name.
func TestDialect(t *testing.T) {
	cases := []struct {
		name, src, want string
	}{
		{"if", "// D.\n#D: {\n\t// A.\n\ta?: int\n\t§if true {b: int}\n}", "plain fields only, not *ast.Comprehension"},
		{"comprehension", "// D.\n#D: {\n\t§for x in [1] {\"\\(x)\": int}\n}", "plain fields only, not *ast.Comprehension"},
		{"let", "// D.\n#D: {\n\t§let x = 1\n}", "plain fields only, not *ast.LetClause"},
		{"embedded definition", "// E.\n#E: {}\n// D.\n#D: {\n\t§#E\n}", "plain fields only, not *ast.EmbedDecl"},
		{"ellipsis", "// D.\n#D: {\n\t// A.\n\ta?: int\n\t§...\n}", "plain fields only, not *ast.Ellipsis"},
		{"pattern among fields", "// D.\n#D: {\n\t// A.\n\ta?: int\n\t// B.\n\t§[string]: int\n}", "a map stands behind a field"},
		{"quoted name", "// D.\n#D: {\n\t// A.\n\t§\"a-b\"?: int\n}", "lowerCamel"},
		{"capital name", "// D.\n#D: {\n\t// A.\n\t§Ab?: int\n}", "lowerCamel"},
		{"hidden field", "// D.\n#D: {\n\t// A.\n\t§_a: int\n}", "lowerCamel"},
		{"field at the top", "// A.\n§a: 5", "only definitions may stand at the top level"},
		{"import", "§import \"strings\"\n// A.\n#A: strings.MinRunes(1)", "only definitions may stand at the top level"},
		{"comprehension at the top", "§if true {#A: 5}", "only definitions may stand at the top level"},
		{"doc of a definition", "§#D: {}", "doc comment of one line is missing"},
		{"doc of a field", "// D.\n#D: {\n\t§a?: int\n}", "doc comment of one line is missing"},
		{"doc of two lines", "// D.\n#D: {\n\t// A\n\t// B.\n\t§a?: int\n}", "doc comment of one line is missing"},
		{"doc on the line", "// D.\n#D: {\n\t§a?: int // A.\n}", "doc comment of one line is missing"},
		{"struct in a struct", "// D.\n#D: {\n\t// A.\n\ta?: §{b: int}\n}", "a definition of its own"},
		{"union of inline structs", "// D.\n#D: {\n\t// A.\n\t§a?: {b: int} | {c: int}\n}", "a union of structs is a definition of its own"},
		{"union in a field", "// X.\n#X: {}\n// Y.\n#Y: {}\n// D.\n#D: {\n\t// A.\n\t§a?: #X | #Y\n}", "a union of structs is a definition of its own"},
		{"union of scalars", "// D.\n#D: {\n\t// A.\n\t§a?: int | string\n}", "a union of structs is a definition of its own"},
		{"arm without discriminator", "// X.\n#X: {\n\t// K.\n\tkind!: \"x\"\n}\n// Y.\n#Y: {\n\t// A.\n\ta?: int\n}\n// U.\n§#U: #X | #Y", "arm Y of U lacks the literal discriminator kind"},
		{"optional discriminator", "// X.\n#X: {\n\t// K.\n\tkind!: \"x\"\n}\n// Y.\n#Y: {\n\t// K.\n\tkind?: \"y\"\n}\n// U.\n§#U: #X | #Y", "arm Y of U lacks the literal discriminator kind"},
		{"second discriminator that is none", "// X.\n#X: {\n\t// K.\n\tkind!: \"x\"\n\t// P.\n\tspot!: \"a\"\n}\n// Y.\n#Y: {\n\t// K.\n\tkind!: \"y\"\n\t// P.\n\tspot?: string\n}\n// U.\n§#U: #X | #Y", "spot tells arms of U apart, and is no literal in Y"},
		{"no discriminator", "// X.\n#X: {\n\t// A.\n\ta?: int\n}\n// Y.\n#Y: {\n\t// A.\n\ta?: int\n}\n// U.\n§#U: #X | #Y", "no literal discriminator tells arm X of U apart"},
		{"one word for two arms", "// X.\n#X: {\n\t// K.\n\tkind!: \"x\"\n}\n// Y.\n#Y: {\n\t// K.\n\tkind!: \"x\"\n}\n// U.\n§#U: #X | #Y", "no literal discriminator tells arm Y of U apart"},
		{"union of a union", "// X.\n#X: {\n\t// K.\n\tkind!: \"x\"\n}\n// U.\n#U: #X | #X2\n// X2.\n#X2: {\n\t// K.\n\tkind!: \"y\"\n}\n// V.\n§#V: #U | #X", "an arm is a struct"},
		{"default that is no literal", "// N.\n#N: =~\"a\"\n// D.\n#D: {\n\t// A.\n\ta: *§#N | string\n}", "is not a literal"},
		{"default of another type", "// D.\n#D: {\n\t// A.\n\t§a: *5 | string\n}", "the default 5 of a is not of its type"},
		{"default beside the pattern", "// N.\n#N: =~\"^a$\"\n// D.\n#D: {\n\t// A.\n\t§a: *\"b\" | #N\n}", "the default b of a is not of its type"},
		{"default out of range", "// N.\n#N: int & >=1 & <=9\n// D.\n#D: {\n\t// A.\n\t§a: *10 | #N\n}", "the default 10 of a is not of its type"},
		{"whole default of a number", "// D.\n#D: {\n\t// A.\n\t§a: *1 | number\n}", "the default 1 of a is not of its type"},
		{"default alone", "// D.\n#D: {\n\t// A.\n\t§a: *5\n}", "a default needs the type beside it"},
		{"default at the end", "// D.\n#D: {\n\t// A.\n\ta: \"x\" | §*\"y\"\n}", "an enum is made of strings"},
		{"optional with default", "// D.\n#D: {\n\t// A.\n\t§a?: *5 | int\n}", "neither optional nor required"},
		{"required with default", "// D.\n#D: {\n\t// A.\n\t§a!: *5 | int\n}", "neither optional nor required"},
		{"regular without default", "// D.\n#D: {\n\t// A.\n\t§a: int\n}", "has a default"},
		{"regular list", "// D.\n#D: {\n\t// A.\n\t§a: [...int]\n}", "has a default"},
		{"cycle", "// D.\n§#D: {\n\t// A.\n\ta?: #E\n}\n// E.\n#E: {\n\t// B.\n\tb?: [...#D]\n}", "#D contains itself"},
		{"scalar cycle", "// A.\n§#A: #A", "#A contains itself"},
		{"union cycle", "// A.\n§#A: #A | #B\n// B.\n#B: {}", "#A contains itself"},
		{"undefined", "// D.\n#D: {\n\t// A.\n\ta?: §#E\n}", "#E is not defined"},
		{"map with another key", "// N.\n#N: =~\"a\"\n// D.\n#D: {\n\t// A.\n\ta?: §{[#N]: int}\n}", "a map is [string]: #Def"},
		{"two patterns", "// D.\n#D: {\n\t// A.\n\ta?: §{[string]: int, [string]: int}\n}", "a map is [string]: #Def"},
		{"open with fields", "// D.\n#D: {\n\t// A.\n\ta?: §{b: 5, ...}\n}", "a map is [string]: #Def"},
		{"closed list", "// D.\n#D: {\n\t// A.\n\ta?: §[int]\n}", "a list is [...#Def]"},
		{"list of anything", "// D.\n#D: {\n\t// A.\n\ta?: §[...]\n}", "a list is [...#Def]"},
		{"two regular expressions", "// A.\n#A: =~\"a\" & §=~\"b\"", "a scalar has one pattern"},
		{"broken regular expression", "// A.\n#A: §=~\"(\"", "missing closing"},
		{"bound by a string", "// A.\n#A: int & §>\"a\"", "a bound is a number"},
		{"not equal", "// A.\n#A: int & §!=5", "is not part of the dialect"},
		{"bound without a type", "// A.\n§#A: >=1 & <=9", "a bound needs int or number"},
		{"pattern of a number", "// A.\n§#A: int & =~\"a\"", "a pattern is for strings"},
		{"validator", "// A.\n#A: §strings.MinRunes(1)", "is not part of the dialect"},
		{"enum of numbers", "// A.\n#A: §1 | 2", "an enum is made of strings"},
		{"enum with a type", "// A.\n#A: \"a\" | §string", "an enum is made of strings"},
		{"null", "// D.\n#D: {\n\t// A.\n\ta?: §null\n}", "an enum is made of strings"},
		{"field twice", "// D.\n#D: {\n\t// A.\n\ta?: int\n\t// A.\n\t§a?: int\n}", "a stands twice in D"},
		{"definition twice", "// D.\n#D: {}\n// D.\n§#D: {}", "#D stands twice"},
		{"names that collide in Go", "// D.\n#D: {\n\t// P.\n\t§place?: int\n}", "taken by the Go types"},
		{"attribute", "// D.\n#D: {\n\t// A.\n\t§a?: int @tag(x)\n}", "attribute"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			src := "package schema\n\n" + c.src + "\n"
			before, after, _ := strings.Cut(src, "§")
			src, line := before+after, 1+strings.Count(before, "\n")
			_, err := read(fstest.MapFS{"x.cue": {Data: []byte(src)}})
			if err == nil {
				t.Fatal("it is accepted")
			}
			place, msg, _ := strings.Cut(err.Error(), ": ")
			if !strings.Contains(msg, c.want) {
				t.Errorf("the message is %q", msg)
			}
			if want := "x.cue:" + strconv.Itoa(line) + ":"; !strings.HasPrefix(place, want) {
				t.Errorf("the place is %s, not %s", place, want)
			}
		})
	}
}
