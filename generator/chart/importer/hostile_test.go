package importer_test

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"tracegen.dev/generator/chart/importer"
)

// member is one of an archive, of a header and what follows it.
type member struct {
	tar.Header
	data string
}

func file(name, data string) member {
	return member{tar.Header{Name: name, Mode: 0o644, Typeflag: tar.TypeReg}, data}
}

// pack writes an archive.
func pack(t testing.TB, members ...member) []byte {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	w := tar.NewWriter(z)
	for _, m := range members {
		m.Size = int64(len(m.data))
		if err := w.WriteHeader(&m.Header); err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, m.data); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func saved(t testing.TB, data []byte) string {
	t.Helper()
	p := filepath.Join(t.TempDir(), "x.tgz")
	if err := os.WriteFile(p, data, 0o666); err != nil {
		t.Fatal(err)
	}
	return p
}

func TestArchives(t *testing.T) {
	sub := pack(t, file("sub/Chart.yaml", "name: sub\nversion: 1.0.0\n"), file("sub/values.yaml", "b: 1\n"))
	whole := pack(t, file("x/Chart.yaml", about), file("x/values.yaml", "a: 1\n"), file("x/charts/sub-1.0.0.tgz", string(sub)))
	for name, data := range map[string][]byte{"x.tgz": whole, "x.tar": unpacked(t, whole)} {
		c, _, err := contractOf(saved(t, data))
		if err != nil {
			t.Fatal(name, err)
		}
		if got := c.Format(); !strings.HasSuffix(got, "\n\na number\nsub\n b number\n") {
			t.Errorf("%s is\n%s", name, got)
		}
	}
}

func unpacked(t testing.TB, data []byte) []byte {
	t.Helper()
	r, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	out, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestHostileArchives(t *testing.T) {
	chart := file("x/Chart.yaml", about)
	good := pack(t, chart, file("x/values.yaml", "a: 1\n"))
	of := func(h tar.Header) []byte { return pack(t, chart, member{Header: h}) }
	many := []member{chart}
	for i := range 21000 {
		many = append(many, file(fmt.Sprintf("x/templates/%d.yaml", i), ""))
	}
	nested := pack(t, file("x/Chart.yaml", about))
	for range 8 {
		nested = pack(t, file("x/Chart.yaml", about), file("x/charts/y.tgz", string(nested)))
	}
	for _, tc := range []struct {
		name string
		data []byte
		want string
	}{
		{"nothing", nil, "the archive is empty"},
		{"no archive", []byte("hello, world: this is no archive at all"), "no archive that can be read"},
		{"no gzip", []byte{0x1f, 0x8b, 1, 2, 3}, "no archive that can be unpacked"},
		{"cut off", good[:len(good)-20], "x/values.yaml: the archive cannot be read on"},
		{"an absolute path", of(tar.Header{Name: "/etc/passwd", Typeflag: tar.TypeReg}), `"/etc/passwd" is no path below the chart`},
		{"a path of Windows", of(tar.Header{Name: `C:\x`, Typeflag: tar.TypeReg}), "is no path below the chart"},
		{"upward", of(tar.Header{Name: "x/../../etc/passwd", Typeflag: tar.TypeReg}), "leads out of the chart"},
		{"upward and back", of(tar.Header{Name: "x/a/../values.yaml", Typeflag: tar.TypeReg}), "leads out of the chart"},
		{"a symbolic link", of(tar.Header{Name: "x/values.yaml", Typeflag: tar.TypeSymlink, Linkname: "/etc/passwd"}), `"x/values.yaml" is a link to "/etc/passwd"`},
		{"a hard link", of(tar.Header{Name: "x/values.yaml", Typeflag: tar.TypeLink, Linkname: "x/Chart.yaml"}), "is a link to"},
		{"a device", of(tar.Header{Name: "x/values.yaml", Typeflag: tar.TypeChar}), "is no plain file"},
		{"a FIFO", of(tar.Header{Name: "x/values.yaml", Typeflag: tar.TypeFifo}), "is no plain file"},
		{"damaged", append(slices.Clip(good[:len(good)-8]), 0, 0, 0, 0, good[len(good)-4], 0, 0, 0), "the archive is damaged or cut off"},
		{"cut off behind the members", good[:len(good)-4], "the archive is damaged or cut off"},
		{"a name that is a command", of(tar.Header{Name: "x/templates/\x1b[31m\ny.yaml", Typeflag: tar.TypeReg}), `"x/templates/\x1b[31m\ny.yaml" is no name that can be shown`},
		{"twice", pack(t, chart, file("x/values.yaml", "a: 1"), file("x/./values.yaml", "b: 1")), "x/values.yaml is in the archive twice"},
		{"two directories", pack(t, chart, file("y/values.yaml", "")), "y/values.yaml does not stand in the directory x"},
		{"no directory", pack(t, file("Chart.yaml", about)), "Chart.yaml stands in no directory"},
		{"no chart", pack(t, file("x/values.yaml", "")), "has no Chart.yaml"},
		{"a large file", pack(t, chart, file("x/values.yaml", strings.Repeat("a", 6<<20))), "x/values.yaml has more than 5 MiB"},
		{"many files", pack(t, many...), "more than 20000 files"},
		{"charts in charts", nested, "charts stand in charts more than 6 deep"},
		{"a broken subchart", pack(t, chart, file("x/charts/y.tgz", "y")), "charts/y.tgz: no archive that can be read"},
		{"a hostile subchart", pack(t, chart, file("x/charts/y.tgz", string(of(tar.Header{Name: "../y", Typeflag: tar.TypeReg})))), `charts/y.tgz: "../y" leads out of the chart`},
	} {
		p := saved(t, tc.data)
		_, _, err := contractOf(p)
		if err == nil || !strings.HasPrefix(err.Error(), p+": ") || !strings.Contains(err.Error(), tc.want) {
			t.Errorf("%s: %v, not %s", tc.name, err, tc.want)
		}
		if left, _ := os.ReadDir(filepath.Dir(p)); len(left) != 1 {
			t.Errorf("%s: it has left %v", tc.name, left)
		}
	}
}

// zeros is a gzip stream of so many bytes.
func zeros(t testing.TB, w io.Writer, before []byte, count int) {
	t.Helper()
	z, err := gzip.NewWriterLevel(w, gzip.BestSpeed)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := z.Write(before); err != nil {
		t.Fatal(err)
	}
	block := make([]byte, 1<<20)
	for range count >> 20 {
		if _, err := z.Write(block); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
}

// TestBombs: memory and time are bounded, whatever the archive unpacks to.
func TestBombs(t *testing.T) {
	if testing.Short() {
		t.Skip("it packs gigabytes")
	}
	header := func(h tar.Header) []byte {
		var b bytes.Buffer
		if err := tar.NewWriter(&b).WriteHeader(&h); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	var one, hidden, plain, lined bytes.Buffer
	zeros(t, &one, header(tar.Header{Name: "x/values.yaml", Typeflag: tar.TypeReg, Size: 1 << 30}), 1<<30)
	zeros(t, &hidden, header(tar.Header{Name: "x/.git/x", Typeflag: tar.TypeReg, Size: 4 << 20}), 4<<20)
	for i := range 64 { // gzip streams, one after the other, are one
		zeros(t, &hidden, header(tar.Header{Name: fmt.Sprintf("x/.git/%d", i), Typeflag: tar.TypeReg, Size: 4 << 20}), 4<<20)
	}
	zeros(t, &plain, nil, 1<<30)
	zeros(t, &lined, header(tar.Header{Name: "x/Chart.yaml", Typeflag: tar.TypeReg, Size: 4 << 20}), 4<<20)
	for _, tc := range []struct {
		name string
		data []byte
		want string
	}{
		{"1 GiB of zeros", one.Bytes(), "more than 5 MiB"},
		{"many hidden files", hidden.Bytes(), "more than 64 MiB"},
		{"zeros and nothing else", plain.Bytes(), "the archive is empty"},
		{"a Chart.yaml of zeros", lined.Bytes(), "Chart.yaml has more than 1 MiB"},
		{"a subchart of zeros", pack(t, file("x/Chart.yaml", about), file("x/charts/y.tgz", one.String())), "more than 5 MiB"},
	} {
		p := saved(t, tc.data)
		inTime(t, tc.name, func() {
			if _, _, err := contractOf(p); err == nil || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("%s: %v, not %s", tc.name, err, tc.want)
			}
		})
	}
}

// inTime demands little memory and time of what it runs.
func inTime(t *testing.T, name string, run func()) {
	t.Helper()
	runtime.GC()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	most := uint64(0)
	stop, done := make(chan bool), make(chan bool)
	go func() {
		defer close(done)
		for {
			runtime.ReadMemStats(&after)
			most = max(most, after.HeapAlloc)
			select {
			case <-stop:
				return
			case <-time.After(5 * time.Millisecond):
			}
		}
	}()
	start := time.Now()
	run()
	took := time.Since(start)
	close(stop)
	<-done
	if used := most - min(most, before.HeapAlloc); used > 250<<20 {
		t.Errorf("%s: it takes %d MiB", name, used>>20)
	}
	if took > 8*time.Second {
		t.Errorf("%s: it takes %s", name, took)
	}
}

func TestHostileDirectories(t *testing.T) {
	for _, tc := range []struct {
		name string
		make func(dir string) error
		want string
	}{
		{"a link to a file outside", func(dir string) error { return os.Symlink("/etc/passwd", dir+"/values.yaml") }, "values.yaml is a link"},
		{"a link to a directory outside", func(dir string) error { return os.Symlink("/etc", dir+"/templates") }, "templates is a link"},
		{"a link to itself", func(dir string) error { return os.Symlink(".", dir+"/charts") }, "charts is a link"},
		{"a name that is a command", func(dir string) error { return os.WriteFile(dir+"/\x1b[31m\n", nil, 0o666) }, `"\x1b[31m\n" is no name that can be shown`},
		{"a FIFO", func(dir string) error { return syscall.Mkfifo(dir+"/values.yaml", 0o666) }, "values.yaml is no plain file"},
		{"deep directories", func(dir string) error {
			return os.MkdirAll(dir+strings.Repeat("/d", 150), 0o777)
		}, "directories stand more than 100 deep"},
		{"a large file", func(dir string) error { return os.WriteFile(dir+"/values.yaml", make([]byte, 6<<20), 0o666) }, "values.yaml has more than 5 MiB"},
	} {
		dir := files{}.write(t)
		if err := tc.make(dir); err != nil {
			t.Fatal(err)
		}
		if _, _, err := contractOf(dir); err == nil || !strings.Contains(err.Error(), tc.want) {
			t.Errorf("%s: %v, not %s", tc.name, err, tc.want)
		}
	}
	if _, err := importer.Read("/dev/null"); err == nil || err.Error() != "/dev/null is neither a directory nor an archive" {
		t.Errorf("a device: %v", err)
	}
	if _, err := importer.Read(filepath.Join(t.TempDir(), "none")); !os.IsNotExist(err) {
		t.Errorf("nothing: %v", err)
	}
}

// TestHeavyTemplates: what templates make of a few lines is bounded.
func TestHeavyTemplates(t *testing.T) {
	numbered := func(n int, format string) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, format, i)
		}
		return b.String()
	}
	calls := ""
	for i := range 40 {
		calls += fmt.Sprintf(`{{ define "a%d" }}`, i)
		for j := range 10 {
			calls += fmt.Sprintf(`{{ include "a%d" (merge (dict "k%d" $) .) }}`, i+1, j)
		}
		calls += "{{ end }}"
	}
	const tangled = "too entangled to be followed"
	for _, tc := range []struct {
		name  string
		files files
		want  string
	}{
		{"a tree of calls", files{"templates/t.yaml": calls + `{{ define "a40" }}{{ .Values.a }}{{ end }}{{ include "a0" . }}`}, tangled},
		{"maps of two of themselves", files{"templates/t.yaml": "{{ $d := dict }}" + strings.Repeat(`{{ $d = dict "a" $d "b" $d }}`, 500) + "{{ toYaml $d }}"}, tangled},
		{"a map merged into itself", files{"templates/t.yaml": "{{ $d := .Values }}" + numbered(500, `{{ $d = merge (dict "a%d" $d) $d }}`) + "{{ toYaml $d }}"}, tangled},
		{"many variables", files{"templates/t.yaml": numbered(50000, "{{ $v%d := .Values.a }}") + strings.Repeat("{{ $v1 }}", 50000)}, tangled},
		{"many keys", files{"templates/t.yaml": numbered(60000, "{{ .Values.k%d.a.b.c }}\n")}, ""},
		{"many keys in the values", files{"values.yaml": numbered(60000, "k%d: 1\n")}, ""},
		{"one subchart under many names", files{
			"Chart.yaml":            about + "dependencies:\n" + numbered(20000, "- {name: s, version: 1.0.0, alias: a%d}\n"),
			"charts/s/Chart.yaml":   "name: s\nversion: 1.0.0\n",
			"charts/s/values.yaml":  numbered(500, "k%d: {a: 1}\n"),
			"charts/s/templates/_h": "{{ range .Values }}{{ .a }}{{ end }}",
		}, "charts/s: the chart has too many subcharts, or the same one too often"},
		{"values taken over many times", files{
			"Chart.yaml":           about + "dependencies:\n- name: s\n  import-values: [" + numbered(5000, "{child: a, parent: a%d}, ") + "]\n",
			"charts/s/Chart.yaml":  "name: s\nversion: 1.0.0\n",
			"charts/s/values.yaml": "a:\n" + numbered(500, "  k%d: {a: 1}\n"),
		}, tangled},
	} {
		dir := tc.files.write(t)
		inTime(t, tc.name, func() {
			_, _, err := contractOf(dir)
			if tc.want == "" && err != nil || tc.want != "" && (err == nil || !strings.Contains(err.Error(), tc.want)) {
				t.Errorf("%s: %v, not %s", tc.name, err, tc.want)
			}
		})
	}
}
