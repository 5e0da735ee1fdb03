package importer

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"tracegen.dev/generator/chart/keys"
)

// schemas takes a values.schema.json into the tree.
type schemas struct {
	file   string
	root   any
	steps  int
	active map[string]int
	remote map[string]bool
	tree   *tree
}

func (c *Chart) readSchema(n *node) error {
	const name = "values.schema.json"
	data, ok := c.files[name]
	if !ok {
		return nil
	}
	file := c.file(name)
	if len(data) > maxYAML {
		return fmt.Errorf("%s has more than %d MiB", file, maxYAML>>20)
	}
	if err := checkText(file, data); err != nil {
		return err
	}
	s := &schemas{file: file, active: map[string]int{}, remote: map[string]bool{}, tree: n.source}
	if err := json.Unmarshal(bytes.TrimPrefix(data, []byte("\ufeff")), &s.root); err != nil {
		at := 1
		var syntax *json.SyntaxError
		if errors.As(err, &syntax) {
			at += bytes.Count(data[:min(int(syntax.Offset), len(data))], []byte("\n"))
		}
		return fmt.Errorf("%s:%d: %w", file, at, err)
	}
	switch s.root.(type) {
	case map[string]any, bool:
	default:
		return fmt.Errorf("%s:1: a schema is a map", file)
	}
	return s.apply(n, s.root, 0, true)
}

// apply takes in what a schema says of a key. What holds of one of several
// alternatives adds keys, and forbids none.
func (s *schemas) apply(n *node, schema any, depth int, holds bool) error {
	m, ok := schema.(map[string]any)
	if !ok {
		return nil
	}
	if s.steps++; s.steps > maxSteps || depth > maxDepth {
		return fmt.Errorf("%s: the schema is too large or too deep", s.file)
	}
	n.declared = true
	if ref, ok := m["$ref"].(string); ok {
		if err := s.ref(n, ref, depth, holds); err != nil {
			return err
		}
	}
	n.kind |= kindsOf(m)
	if err := s.properties(n, m, depth, holds); err != nil {
		return err
	}
	if err := s.items(n, m, depth, holds); err != nil {
		return err
	}
	for _, of := range []string{"allOf", "anyOf", "oneOf"} {
		list, _ := m[of].([]any)
		for _, one := range list {
			if err := s.apply(n, one, depth+1, false); err != nil {
				return err
			}
		}
	}
	for _, of := range []string{"then", "else"} {
		if err := s.apply(n, m[of], depth+1, false); err != nil {
			return err
		}
	}
	return nil
}

// properties takes in what a schema says of the keys of a map.
func (s *schemas) properties(n *node, m map[string]any, depth int, holds bool) error {
	if all, ok := m["properties"].(map[string]any); ok {
		n.kind |= keys.Map
		for _, name := range sortedKeys(all) {
			if err := s.apply(n.field(name), all[name], depth+1, holds); err != nil {
				return err
			}
		}
	}
	required, _ := m["required"].([]any)
	for _, name := range required {
		if name, ok := name.(string); ok {
			n.field(name).declared = true
		}
	}
	patterns, _ := m["patternProperties"].(map[string]any)
	for _, name := range sortedKeys(patterns) {
		n.kind |= keys.Map
		if err := s.apply(n.every(), patterns[name], depth+1, holds); err != nil {
			return err
		}
	}
	switch more := m["additionalProperties"].(type) {
	case bool:
		if !more && holds && len(patterns) == 0 {
			n.shut = true
		}
	case map[string]any:
		n.kind |= keys.Map
		if len(more) > 0 {
			if err := s.apply(n.every(), more, depth+1, holds); err != nil {
				return err
			}
		}
	}
	return nil
}

// items takes in what it says of the items of a list.
func (s *schemas) items(n *node, m map[string]any, depth int, holds bool) error {
	switch items := m["items"].(type) {
	case map[string]any:
		n.kind |= keys.List
		if len(items) > 0 {
			return s.apply(n.every(), items, depth+1, holds)
		}
	case []any:
		for _, item := range items {
			if err := s.apply(n.every(), item, depth+1, false); err != nil {
				return err
			}
		}
	}
	return nil
}

// ref follows a reference within the file. One to elsewhere says nothing.
func (s *schemas) ref(n *node, ref string, depth int, holds bool) error {
	pointer, local := strings.CutPrefix(ref, "#")
	if !local {
		if !s.remote[ref] {
			s.remote[ref] = true
			s.tree.notes = append(s.tree.notes, Note{s.file, 0, fmt.Sprintf("what %q says of the values is not known", ref)})
		}
		n.copyTo("values.schema.json", nowhere)
		return nil
	}
	to := s.root
	for name := range strings.SplitSeq(strings.TrimPrefix(pointer, "/"), "/") {
		if name == "" {
			continue
		}
		m, _ := to.(map[string]any)
		to = m[strings.NewReplacer("~1", "/", "~0", "~").Replace(name)]
	}
	if to == nil {
		return fmt.Errorf("%s: %q refers to nothing", s.file, ref)
	}
	if s.active[ref] > 1 || n.depth >= deepest-2 {
		n.copyTo("values.schema.json", nowhere) // it refers to itself without end
		return nil
	}
	s.active[ref]++
	defer func() { s.active[ref]-- }()
	return s.apply(n, to, depth+1, holds)
}

func kindsOf(m map[string]any) keys.Kind {
	var kinds keys.Kind
	add := func(name any) {
		switch name {
		case "object":
			kinds |= keys.Map
		case "array":
			kinds |= keys.List
		case "string":
			kinds |= keys.String
		case "boolean":
			kinds |= keys.Bool
		case "number", "integer":
			kinds |= keys.Number
		}
	}
	switch t := m["type"].(type) {
	case string:
		add(t)
	case []any:
		for _, name := range t {
			add(name)
		}
	}
	list, _ := m["enum"].([]any)
	if one, ok := m["const"]; ok {
		list = append(list, one)
	}
	for _, v := range list {
		switch v.(type) {
		case string:
			kinds |= keys.String
		case bool:
			kinds |= keys.Bool
		case float64:
			kinds |= keys.Number
		}
	}
	return kinds
}
