package generator

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"tracegen.dev/generator/tree"
)

// TestScripts runs the administrator's scripts with a shell, and programs in
// place of each service's own that note what they are called with.
func TestScripts(t *testing.T) {
	shell, err := exec.LookPath("sh")
	if runtime.GOOS == "windows" {
		t.Skip("the scripts are for a shell")
	}
	if err != nil {
		t.Fatal(err)
	}
	const rest = `, host: "s3.example.com", bucket: "traces", credentials: kind: "secret"}`
	for _, c := range []struct {
		provider string
		calls    []string
	}{
		{"garage", []string{
			"garage bucket info traces", "garage bucket create traces",
			"garage key info AK", "garage key import --yes -n tempo AK SK",
			"garage bucket allow --read --write traces --key AK",
		}},
		{"seaweedfs", []string{
			"weed shell -master=localhost:9333: s3.bucket.list",
			"weed shell -master=localhost:9333: s3.bucket.create -name traces",
			"weed shell -master=localhost:9333: s3.configure -user tempo -access_key AK -secret_key SK -buckets traces -actions Read,Write,List,Tagging -apply",
		}},
		{"rustfs", []string{
			"rc mb --ignore-existing rustfs/traces", "rc admin policy create rustfs tempo HERE/policy.json",
			"rc admin user add rustfs AK SK", "rc admin policy attach rustfs tempo --user AK",
		}},
	} {
		t.Run(c.provider, func(t *testing.T) {
			dir := t.TempDir()
			files := workspace(t, map[string]string{"p": complete(`store: {kind: "s3", provider: "` + c.provider + `"` + rest)}).compile(t)
			i := slices.IndexFunc(files, func(f tree.Output) bool { return f.Path == "p/s3/bootstrap.sh" })
			writeFile(t, filepath.Join(dir, "bootstrap.sh"), string(files[i].Data), 0o666)
			// What is asked for is never there yet.
			writeFile(t, filepath.Join(dir, "bin/garage"), "#!/bin/sh\necho \"garage $*\" >> "+dir+"/calls\n[ \"$2\" != info ]\n", 0o777)
			writeFile(t, filepath.Join(dir, "bin/weed"), "#!/bin/sh\necho \"weed $*: $(cat)\" >> "+dir+"/calls\n", 0o777)
			writeFile(t, filepath.Join(dir, "bin/rc"), "#!/bin/sh\necho \"rc $*\" >> "+dir+"/calls\n", 0o777)
			run := func(env ...string) error {
				cmd := exec.Command(shell, filepath.Join(dir, "bootstrap.sh"))
				cmd.Env = append(env, "PATH="+filepath.Join(dir, "bin")+":"+os.Getenv("PATH"))
				return cmd.Run()
			}
			if run("TEMPO_ACCESS_KEY=AK") == nil {
				t.Error("it does without the secret key")
			}
			if _, err := os.Stat(filepath.Join(dir, "calls")); err == nil {
				t.Error("something was called without the secret key")
			}
			if err := run("TEMPO_ACCESS_KEY=AK", "TEMPO_SECRET_KEY=SK"); err != nil {
				t.Error(err)
			}
			calls, err := os.ReadFile(filepath.Join(dir, "calls"))
			if err != nil {
				t.Fatal(err)
			}
			got := strings.ReplaceAll(string(calls), dir+"/", "HERE/")
			if want := strings.Join(c.calls, "\n") + "\n"; got != want {
				t.Errorf("called:\n%swant:\n%s", got, want)
			}
		})
	}
}

func writeFile(t *testing.T, name, text string, mode os.FileMode) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), mode); err != nil {
		t.Fatal(err)
	}
}
