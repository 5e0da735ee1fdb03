package generator

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestExamples feeds the compiler what the explanations show. A block has a part
// of a topology, and below an empty line what is found there, among other things
// perhaps: a part alone leaves much out.
func TestExamples(t *testing.T) {
	files, err := filepath.Glob("catalogue/explain/*.md")
	if err != nil || len(files) == 0 {
		t.Fatalf("nothing is explained: %v", err)
	}
	block := regexp.MustCompile("(?s)```text\n(.*?)\n\n(.*?)```")
	n := 0
	for _, file := range files {
		page, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		code := strings.TrimSuffix(filepath.Base(file), ".md")
		for _, m := range block.FindAllStringSubmatch(string(page), -1) {
			n++
			s := workspace(t, map[string]string{"p": m[1]})
			_, diags, err := Compile(s.w, s.profiles)
			if err != nil {
				t.Fatal(err)
			}
			found := text(s, diags)
			for want := range strings.Lines(m[2]) {
				if want = strings.TrimSuffix(want, "\n"); !strings.Contains(found, want) || !strings.Contains(found, "["+code+"]") {
					t.Errorf("%s: %q is not among\n%s", file, want, found)
				}
			}
		}
	}
	if n < 6 {
		t.Errorf("only %d examples were found", n)
	}
}
