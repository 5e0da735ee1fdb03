// Package verify reads the bytes of the tree again. It shares no code with what
// wrote them: a second opinion that shares the mistake is worthless.
package verify

import (
	"fmt"
	"path"
	"strings"

	"tracegen.dev/generator/tree"
)

// Tree checks the tree as a whole. What it finds is a fault of tracegen, and so
// a plain error: the input has been accepted before.
func Tree(t tree.Tree) error {
	files := map[string]bool{}
	for _, f := range t {
		if files[f.Path] {
			return fmt.Errorf("verify: two files are called %s", f.Path)
		}
		files[f.Path] = true
	}
	for _, f := range t {
		if path.Base(f.Path) != "kustomization.yaml" {
			continue
		}
		if err := references(f, files); err != nil {
			return err
		}
	}
	return nil
}

// references demands that what a kustomization names is there.
func references(f tree.Output, files map[string]bool) error {
	section := ""
	for _, line := range strings.Split(string(f.Data), "\n") {
		key, _, isKey := strings.Cut(line, ":")
		if isKey && !strings.HasPrefix(line, " ") && !strings.HasPrefix(line, "-") {
			section = key
			continue
		}
		item, ok := strings.CutPrefix(strings.TrimSpace(line), "- ")
		if !ok {
			continue
		}
		item = strings.TrimPrefix(item, "path: ")
		switch section {
		case "resources", "patches", "configurations", "components":
		case "configMapGenerator":
			_, file, isFile := strings.Cut(item, "=")
			if !isFile {
				continue
			}
			item = file
		default:
			continue
		}
		to := path.Join(path.Dir(f.Path), strings.Trim(item, `"`))
		if !files[to] && !files[path.Join(to, "kustomization.yaml")] {
			return fmt.Errorf("verify: %s names %s, which is not in the tree", f.Path, item)
		}
	}
	return nil
}
