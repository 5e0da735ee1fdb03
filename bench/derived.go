package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// derive makes a workspace in which CUE itself has all the documents that
// tracegen makes of the two shipped profiles, so that `cue export` does the same
// work: every place where a value of the topology stands in a document is an
// interpolation of it. That is the least that a person who derives in CUE has to
// write; there is no logic to evaluate beside it.
func (b *bench) derive() error {
	dir := b.derived()
	for _, args := range [][]string{{"init", dir}, {"-C", dir, "build"}} {
		if err := b.tracegenRun(args...); err != nil {
			return err
		}
	}
	for _, profile := range []string{"kind", "picluster"} {
		topology, err := b.export(profile, "topology")
		if err != nil {
			return err
		}
		documents, err := documents(filepath.Join(dir, "out"), profile)
		if err != nil {
			return err
		}
		var w strings.Builder
		w.WriteString("package profiles\n\ndocuments: ")
		literal(&w, documents, leaves(topology, "topology", nil))
		w.WriteString("\n")
		if err := writeFiles(filepath.Join(dir, "profiles", profile), map[string]string{"documents.cue": w.String()}); err != nil {
			return err
		}
		derived, err := b.export(profile, "documents")
		if err != nil {
			return err
		}
		if !reflect.DeepEqual(derived, documents) {
			return fmt.Errorf("what CUE derives for %s is not what tracegen made", profile)
		}
	}
	return nil
}

// derived names the workspace whose documents CUE derives.
func (b *bench) derived() string { return filepath.Join(b.dir, "derived") }

// export is what `cue export` gives for an expression of a profile.
func (b *bench) export(profile, expression string) (any, error) {
	cmd := exec.Command(b.cue, "export", "./profiles/"+profile, "-e", expression)
	cmd.Dir, cmd.Env = b.derived(), b.env
	out, err := cmd.Output()
	if err != nil {
		var exit *exec.ExitError
		if errors.As(err, &exit) {
			return nil, fmt.Errorf("cue export: %w\n%.4000s", err, exit.Stderr)
		}
		return nil, err
	}
	var v any
	return v, json.Unmarshal(out, &v)
}

// documents gives the files of a profile, and of the bases that it has, as the
// data in them. What is neither YAML nor JSON is a string.
func documents(out, profile string) (any, error) {
	files := map[string]any{}
	components, err := os.ReadDir(filepath.Join(out, profile))
	if err != nil {
		return nil, err
	}
	roots := []string{filepath.Join(out, profile)}
	for _, c := range components {
		if base := filepath.Join(out, "base", c.Name()); c.IsDir() {
			if _, err := os.Stat(base); err == nil {
				roots = append(roots, base)
			}
		}
	}
	for _, root := range roots {
		err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			data, err := os.ReadFile(name)
			if err != nil {
				return err
			}
			rel, err := filepath.Rel(out, name)
			if err != nil {
				return err
			}
			files[filepath.ToSlash(rel)], err = parsed(name, data)
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return asJSON(files)
}

func parsed(name string, data []byte) (any, error) {
	switch filepath.Ext(name) {
	case ".json":
		var v any
		return v, json.Unmarshal(data, &v)
	case ".yaml":
		var all []any
		dec := yaml.NewDecoder(bytes.NewReader(data))
		for {
			var v any
			if err := dec.Decode(&v); err == io.EOF {
				return all, nil
			} else if err != nil {
				return nil, fmt.Errorf("%s: %w", name, err)
			}
			all = append(all, v)
		}
	}
	return string(data), nil
}

// asJSON brings data into the types that JSON gives.
func asJSON(v any) (any, error) {
	data, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	var out any
	return out, json.Unmarshal(data, &out)
}

// leaf is a string of the topology, and how CUE refers to it.
type leaf struct{ value, reference string }

// leaves gives the strings of v that are long enough to mean something, the
// longest first.
func leaves(v any, at string, out []leaf) []leaf {
	switch v := v.(type) {
	case map[string]any:
		for k, e := range v {
			out = leaves(e, at+"["+strconv.Quote(k)+"]", out)
		}
	case []any:
		for i, e := range v {
			out = leaves(e, fmt.Sprintf("%s[%d]", at, i), out)
		}
	case string:
		if len(v) >= 4 {
			out = append(out, leaf{v, at})
		}
	}
	slices.SortFunc(out, func(a, b leaf) int {
		return cmp.Or(cmp.Compare(len(b.value), len(a.value)), cmp.Compare(a.reference, b.reference))
	})
	return out
}

// literal writes v as CUE.
func literal(w *strings.Builder, v any, known []leaf) {
	switch v := v.(type) {
	case map[string]any:
		w.WriteString("{")
		for _, k := range slices.Sorted(maps.Keys(v)) {
			fmt.Fprintf(w, "%s: ", quoted(k))
			literal(w, v[k], known)
			w.WriteString("\n")
		}
		w.WriteString("}")
	case []any:
		w.WriteString("[")
		for _, e := range v {
			literal(w, e, known)
			w.WriteString(", ")
		}
		w.WriteString("]")
	case string:
		w.WriteString(`"`)
		for v != "" {
			i := slices.IndexFunc(known, func(l leaf) bool { return strings.HasPrefix(v, l.value) })
			if i >= 0 {
				fmt.Fprintf(w, `\(%s)`, known[i].reference)
				v = v[len(known[i].value):]
				continue
			}
			piece := quoted(v[:1])
			w.WriteString(piece[1 : len(piece)-1])
			v = v[1:]
		}
		w.WriteString(`"`)
	default:
		data, _ := json.Marshal(v) // numbers, truth values and null
		w.Write(data)
	}
}

// quoted is a string as JSON has it, and so CUE.
func quoted(s string) string {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(s) // a string cannot fail
	return strings.TrimSuffix(b.String(), "\n")
}
