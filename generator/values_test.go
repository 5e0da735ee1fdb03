package generator

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"tracegen.dev/generator/chart/keys"
	"tracegen.dev/generator/diag"
	"tracegen.dev/generator/load"
	"tracegen.dev/generator/plan"
	"tracegen.dev/generator/tree"
)

// newTempo is a profile with a version of which no facts are known, and an
// override.
const newTempo = `tempo: {mode: "monolithic", chart: version: "9.0.0",
	values: tempo: retention: "1h",
}`

// ownContract gives the diagnostics of that profile, in a workspace that has a
// contract of the version.
func ownContract(t *testing.T, contract string) []diag.Diagnostic {
	t.Helper()
	s := workspace(t, map[string]string{"p": complete(newTempo)})
	if err := os.Mkdir(filepath.Join(s.w.Dir, "charts"), 0o777); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(s.w.Dir, filepath.FromSlash(ContractPath("tempo", "9.0.0")))
	if err := os.WriteFile(file, []byte(contract), 0o666); err != nil {
		t.Fatal(err)
	}
	_, diags, err := Compile(s.w, s.profiles)
	if err != nil {
		t.Fatal(err)
	}
	return slices.DeleteFunc(diags, func(d diag.Diagnostic) bool { return d.Code == plan.CodeNewChart })
}

func TestOwnContract(t *testing.T) {
	const head = "chart tempo\nversions 9.0.0\n\n"
	for _, c := range []struct {
		name, contract string
		code, at       string
		message, help  string
	}{
		{"all is there", head + "persistence open:x.yaml\ntempo open:x.yaml\n", "", "", "", ""},
		{
			"the user's key is not", head + "tempo\n receivers open:x.yaml\n retain string\n storage open:x.yaml\n",
			"TG075", "profiles/p/p.cue:2:17", "tempo 9.0.0 has no key tempo.retention", "tempo.retain",
		},
		{
			"tracegen's key is not", head + "tempo\n receivers open:x.yaml\n retention string\n",
			"TG075", "profiles/p/p.cue:1:114", "tempo 9.0.0 has no key persistence; tempo 9.0.0 has no key tempo.extraEnv; tempo 9.0.0 has no key tempo.storage: tracegen sets this", "pin a version that tracegen has facts of, such as 2.2.4",
		},
		{"a faulty line", head + "tempo\n retention text\n", "TG078", "charts/tempo-9.0.0.keys:5:1", `"text" is no kind of value`, "tracegen charts import"},
		{"another version", "chart tempo\nversions 9.0.1\n\n", "TG078", "charts/tempo-9.0.0.keys:1:1", "it is the contract of tempo 9.0.1", "tracegen charts import"},
		{"another chart", "chart loki\nversions 9.0.0\n\n", "TG078", "charts/tempo-9.0.0.keys:1:1", "it is the contract of loki 9.0.0", "tracegen charts import"},
		{"too long", strings.Repeat(" ", LargestContract+1), "TG078", "charts/tempo-9.0.0.keys", "it has more than 1048576 bytes", "tracegen charts import"},
		{"empty", "", "TG078", "charts/tempo-9.0.0.keys:1:1", "the head of a contract names its chart", "tracegen charts import"},
	} {
		t.Run(c.name, func(t *testing.T) {
			ds := ownContract(t, c.contract)
			if c.code == "" && len(ds) == 0 {
				return
			}
			if len(ds) != 1 {
				t.Fatalf("it finds %+v", ds)
			}
			if d := ds[0]; d.Code != c.code || d.Position.String() != c.at || !strings.Contains(d.Message, c.message) || !strings.Contains(d.Help, c.help) {
				t.Errorf("it finds %s at %s: %s; %s", d.Code, d.Position, d.Message, d.Help)
			}
		})
	}
}

// TestReadAcrossFiles: a key of the base that a template in an overlay reads does
// something.
func TestReadAcrossFiles(t *testing.T) {
	profiles := map[string]string{}
	for _, name := range []string{"p", "q"} {
		profiles[name] = complete(`tempo: {mode: "monolithic", chart: version: "2.2.4", values: {
	site: "here", podAnnotations: where: "{{ .Values.site }}-` + name + `"}}`)
	}
	files := workspace(t, profiles).compile(t)
	i := slices.IndexFunc(files, func(f tree.Output) bool { return f.Path == "base/tempo/values.yaml" })
	if i < 0 || !strings.Contains(string(files[i].Data), "site: here") {
		t.Error("the base lacks the key")
	}
}

// TestOddContracts has something else where a contract is looked for. It is told
// once, with no path of the machine, and nobody waits for it.
func TestOddContracts(t *testing.T) {
	file := filepath.FromSlash(ContractPath("tempo", "9.0.0"))
	secret := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(secret, []byte("hush\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, at, want string
		make           func(name string) error
	}{
		{"a directory", "charts/tempo-9.0.0.keys", "it is no file", func(name string) error { return os.MkdirAll(name, 0o777) }},
		{"a pipe", "charts/tempo-9.0.0.keys", "it is no file", func(name string) error { return syscall.Mkfifo(name, 0o666) }},
		{"a link to itself", "charts/tempo-9.0.0.keys", "cannot be read: ", func(name string) error { return os.Symlink("tempo-9.0.0.keys", name) }},
		{"a link that leads out", "charts/tempo-9.0.0.keys", "it is a link that leads out of the workspace", func(name string) error { return os.Symlink(secret, name) }},
		{"a large file", "charts/tempo-9.0.0.keys", "it has more than 1048576 bytes", func(name string) error {
			return errors.Join(os.WriteFile(name, nil, 0o666), os.Truncate(name, 1<<40))
		}},
		{"a file for the directory", "charts", "charts is no directory", func(name string) error {
			return errors.Join(os.Remove(filepath.Dir(name)), os.WriteFile(filepath.Dir(name), nil, 0o666))
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := workspace(t, map[string]string{"p": complete(newTempo), "q": complete(newTempo)})
			name := filepath.Join(s.w.Dir, file)
			if err := errors.Join(os.MkdirAll(filepath.Dir(name), 0o777), c.make(name)); err != nil {
				t.Fatal(err)
			}
			done := make(chan bool)
			go func() {
				defer close(done)
				_, ds, err := Compile(s.w, s.profiles)
				ds = slices.DeleteFunc(ds, func(d diag.Diagnostic) bool { return d.Code != CodeContract })
				if err != nil || len(ds) != 1 || ds[0].Position.String() != c.at || !strings.Contains(ds[0].Message, c.want) || strings.Contains(ds[0].Message, s.w.Dir) {
					t.Errorf("%v: %+v", err, ds)
				}
				for _, d := range ds {
					if got := s.w.Source(d.Position.File); strings.HasSuffix(c.name, "pipe") && got != nil || len(got) > 100 {
						t.Errorf("it shows %d bytes", len(got))
					}
				}
			}()
			select {
			case <-done:
			case <-time.After(10 * time.Second):
				t.Fatal("it waits")
			}
		})
	}
}

// BenchmarkValueKeys is what the contracts cost at a build of the two shipped
// profiles, whose charts nobody has asked for yet.
func BenchmarkValueKeys(b *testing.B) {
	w, err := load.Open("..")
	if err != nil {
		b.Fatal(err)
	}
	profiles, err := w.All()
	if err != nil {
		b.Fatal(err)
	}
	all, diags, err := Compile(w, profiles)
	if err != nil || all == nil {
		b.Fatal(err, diags)
	}
	plans, err := Analyse(w, profiles, &diag.List{})
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		check := newValuesCheck(keys.NewLibrary(nil), newIgnoring(), all)
		for _, p := range plans {
			if err := check.profile(p, nil, all, &diag.List{}); err != nil {
				b.Fatal(err)
			}
		}
	}
}
