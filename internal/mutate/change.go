package mutate

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"cuelang.org/go/cue/ast"

	"tracegen.dev/generator/diag"
	"tracegen.dev/generator/tree"
)

// Change gives the fault of saying something else at several paths at once: each
// is followed by its CUE. A path that is not there is added. The finding is at
// one of these, or below, or at another place of the profile. No other fault may
// touch the sections of the paths, nor what else it rests on.
func (s *Subject) Change(code, at string, restsOn []string, set ...string) (Fault, bool) {
	f := Fault{Want: Finding{Code: code, Path: at}, Areas: append([]string{section(at)}, restsOn...), Valid: true}
	for i := 0; i < len(set); i += 2 {
		e, line, ok := s.set(set[i], set[i+1])
		if !ok {
			return Fault{}, false
		}
		f.edits = append(f.edits, e)
		f.Areas = append(f.Areas, section(set[i]))
		if set[i] == at {
			f.Want.File, f.Want.Line = e.file, line
		} else if within(at, set[i]) {
			below := s.Files[e.file][:e.from] + e.text
			f.Want.File, f.Want.Line = e.file, 1+strings.Count(below, "\n")
		}
	}
	if f.Want.File == "" {
		if !s.Has(at) {
			return Fault{}, false
		}
		f.Want.File, f.Want.Line = s.place(at)
	}
	return f, true
}

// Alter gives the fault of another text in a file beside the profile, or of a new
// file there, where no text of it is replaced. The finding is at a path, and in
// that file.
func (s *Subject) Alter(code, at string, restsOn []string, file, old, text string) (Fault, bool) {
	data, there := s.Files[file]
	from := strings.Index(data, old)
	if file == "" || from < 0 || there != (old != "") {
		return Fault{}, false
	}
	return Fault{
		Want:  Finding{Code: code, File: file, Line: 1 + strings.Count(data[:from], "\n"), Path: at},
		Areas: append([]string{section(at)}, restsOn...),
		Valid: true,
		edits: []edit{{file, from, from + len(old), text}},
	}, true
}

// Has reports whether the profile says something at a path.
func (s *Subject) Has(path string) bool {
	return slices.ContainsFunc(s.Sites, func(o *Site) bool { return o.path == path })
}

func section(path string) string { return tree.ParsePath(path)[0].Key }

// set says a value at a path, and gives the line that it is at.
func (s *Subject) set(path, text string) (edit, int, bool) {
	for _, at := range s.Sites {
		if at.path == path {
			return at.instead(text), at.line, at.alone()
		}
	}
	for steps := tree.ParsePath(path); len(steps) > 0; steps = steps[:len(steps)-1] {
		last := steps[len(steps)-1]
		if last.Index >= 0 {
			return edit{}, 0, false
		}
		text = label(last.Key) + ": " + text
		parent := ""
		for _, step := range steps[:len(steps)-1] {
			if step.Index >= 0 {
				parent += "[" + strconv.Itoa(step.Index) + "]"
			} else {
				parent = diag.JoinKey(parent, step.Key)
			}
		}
		if e, line, ok := s.add(parent, text); ok {
			return e, line, true
		}
	}
	return edit{}, 0, false
}

// add puts a field into the struct at a path, if that has braces.
func (s *Subject) add(path, field string) (edit, int, bool) {
	var best *ast.StructLit
	var in *Site
	for _, at := range s.Sites {
		if at.path != path || in != nil && rank(in) <= rank(at) {
			continue
		}
		for _, lit := range literals(at.value) {
			if st, ok := lit.(*ast.StructLit); ok && st.Lbrace.IsValid() {
				best, in = st, at
			}
		}
	}
	if best == nil {
		return edit{}, 0, false
	}
	after := best.Lbrace.Offset() + 1
	return edit{in.file, after, after, field + ", "}, best.Lbrace.Line(), true
}

var identifier = regexp.MustCompile(`^[a-zA-Z][a-zA-Z0-9]*$`)

func label(key string) string {
	if identifier.MatchString(key) {
		return key
	}
	return strconv.Quote(key)
}
