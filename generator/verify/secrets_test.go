package verify_test

import (
	"encoding/base64"
	"fmt"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"tracegen.dev/generator/tree"
	"tracegen.dev/generator/verify"
)

// plants has a line for a secret in each format of the tree.
var plants = map[string]string{
	"values.yaml":      "zz:\n  adminPassword: %s\n",
	"datasources.json": "{\n  \"password\": \"%s\"\n}\n",
	"config.alloy":     "otelcol.auth.basic \"x\" {\n\tpassword = \"%s\"\n}\n",
	"bootstrap.sh":     "set -eu\nTEMPO_SECRET_KEY=%s\n",
	"flags.txt":        "--a=b\n--tracing.otlp.http.headers.authorization=%s\n",
	"smoke.js":         "export default {\n  token: '%s',\n}\n",
}

const hunter = "correct horse/battery"

// TestPlanted plants a secret in a file of each format, as one of the input in
// each of its forms, and as something that looks like one.
func TestPlanted(t *testing.T) {
	for name, text := range plants {
		for _, form := range []string{hunter, base64.StdEncoding.EncodeToString([]byte(hunter)), url.QueryEscape(hunter)} {
			files := tree.Tree{{Path: "p/x/other.yaml", Data: []byte("a: b\n")}, {Path: "p/x/" + name, Data: fmt.Appendf(nil, text, form)}}
			leaks := verify.Secrets(files, []string{hunter}, true)
			if len(leaks) != 1 || leaks[0].File != "p/x/"+name || leaks[0].Line != 2 || !leaks[0].Known {
				t.Errorf("%s with %s: %+v", name, form, leaks)
			}
		}
		files := tree.Tree{{Path: name, Data: fmt.Appendf(nil, text, "hunter2")}}
		if leaks := verify.Secrets(files, nil, true); len(leaks) != 1 || leaks[0].Line != 2 || leaks[0].Known {
			t.Errorf("%s: %+v", name, leaks)
		}
	}
}

// TestMarked lets throw-away credentials pass where both the profile and the file
// say so.
func TestMarked(t *testing.T) {
	body := "secretKey: throw-away\n"
	marked := tree.Tree{{Path: "values.yaml", Data: []byte("# Made by tracegen.\n# Holds throw-away credentials in plain text: never use them anywhere else.\n" + body)}}
	if leaks := verify.Secrets(marked, []string{"throw-away"}, true); len(leaks) != 0 {
		t.Errorf("marked: %+v", leaks)
	}
	if leaks := verify.Secrets(marked, nil, false); len(leaks) != 1 {
		t.Errorf("a cluster that is none: %+v", leaks)
	}
	plain := tree.Tree{{Path: "values.yaml", Data: []byte("# Made by tracegen.\n" + body)}}
	if leaks := verify.Secrets(plain, []string{"throw-away"}, true); len(leaks) != 1 {
		t.Errorf("no mark: %+v", leaks)
	}
	late := tree.Tree{{Path: "values.yaml", Data: []byte(body + "# Holds throw-away credentials in plain text\n")}}
	if leaks := verify.Secrets(late, nil, true); len(leaks) != 1 {
		t.Errorf("a mark that is not in the header: %+v", leaks)
	}
}

// TestKnownWords: a secret is looked for as a word of its own.
func TestKnownWords(t *testing.T) {
	files := tree.Tree{{Path: "x", Data: []byte("a: tempo-tracing\nb: tracing.svc\n")}}
	if leaks := verify.Secrets(files, []string{"tracing", "b"}, true); len(leaks) != 0 {
		t.Errorf("found %+v", leaks)
	}
}

// TestEveryFilePlanted adds a key with a password to each YAML file of a golden
// case that is not marked.
func TestEveryFilePlanted(t *testing.T) {
	var files tree.Tree
	err := filepath.WalkDir("../../golden/network/want", func(p string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() || path.Base(p) == "tracegen.lock" {
			return err
		}
		data, err := os.ReadFile(p)
		files = append(files, tree.Output{Path: p, Data: data})
		return err
	})
	if err != nil || len(files) < 30 {
		t.Fatal(len(files), err)
	}
	if leaks := verify.Secrets(files, []string{"throw-away", "throw-away-root"}, true); len(leaks) > 0 {
		t.Fatalf("%+v", leaks)
	}
	for _, f := range files {
		if strings.Contains(string(f.Data), "throw-away credentials") {
			continue
		}
		planted := tree.Tree{{Path: f.Path, Data: append([]byte(string(f.Data)), "\nclient_secret: \"hunter2\"\n"...)}}
		if leaks := verify.Secrets(planted, nil, true); len(leaks) != 1 {
			t.Errorf("%s: %+v", f.Path, leaks)
		}
	}
}
