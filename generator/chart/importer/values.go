package importer

import (
	"fmt"
	"strings"

	"go.yaml.in/yaml/v3"

	"tracegen.dev/generator/chart/keys"
)

// reader takes defaults into the tree.
type reader struct {
	file  string
	steps int // aliases make a small file large
}

const maxSteps = 300000

// readValues takes the chart's values.yaml in, below the key that it reads.
func (c *Chart) readValues(n *node) error {
	data, ok := c.files["values.yaml"]
	if !ok {
		return nil
	}
	m, err := c.yaml("values.yaml", data)
	if err != nil {
		return err
	}
	if m.Kind == yaml.ScalarNode && m.Tag == "!!null" {
		return nil
	}
	if m.Kind != yaml.MappingNode {
		return fmt.Errorf("%s:%d: the values are no map", c.file("values.yaml"), m.Line)
	}
	r := &reader{file: c.file("values.yaml")}
	return r.value(n, m, 0)
}

func (r *reader) value(n *node, v *yaml.Node, depth int) error {
	if r.steps++; r.steps > maxSteps || depth > maxDepth {
		return fmt.Errorf("%s:%d: the values are too large or too deep", r.file, v.Line)
	}
	n.declared = true
	switch v.Kind {
	case yaml.AliasNode:
		return r.value(n, v.Alias, depth+1)
	case yaml.MappingNode:
		n.kind |= keys.Map
		n.empty = n.empty || len(v.Content) == 0
		for i := 0; i+1 < len(v.Content); i += 2 {
			k, below := v.Content[i], v.Content[i+1]
			if k.Tag == "!!merge" {
				if err := r.merge(n, below, depth+1); err != nil {
					return err
				}
				continue
			}
			if k.Kind != yaml.ScalarNode {
				return fmt.Errorf("%s:%d: a key is no plain word", r.file, k.Line)
			}
			if err := r.value(n.field(k.Value), below, depth+1); err != nil {
				return err
			}
		}
	case yaml.SequenceNode:
		n.kind |= keys.List
		n.empty = n.empty || len(v.Content) == 0
		for _, item := range v.Content {
			if err := r.value(n.every(), item, depth+1); err != nil {
				return err
			}
		}
	default:
		r.scalar(n, v)
	}
	return nil
}

// merge takes in what << names: a map, or a list of them.
func (r *reader) merge(n *node, v *yaml.Node, depth int) error {
	if v.Kind == yaml.AliasNode {
		v = v.Alias
	}
	if v.Kind != yaml.SequenceNode {
		return r.value(n, v, depth)
	}
	for _, m := range v.Content {
		if err := r.value(n, m, depth); err != nil {
			return err
		}
	}
	return nil
}

func (r *reader) scalar(n *node, v *yaml.Node) {
	switch v.ShortTag() {
	case "!!null":
		n.null = true
	case "!!bool":
		n.kind |= keys.Bool
	case "!!int", "!!float":
		n.kind |= keys.Number
	default:
		n.kind |= keys.String
		n.empty = n.empty || v.Value == ""
		if strings.Contains(v.Value, "{{") {
			n.template = v.Value
		}
	}
}

// declare makes known the key of a dotted path, which Helm itself reads.
func (n *node) declare(path string, kind keys.Kind) *node {
	for name := range strings.SplitSeq(path, ".") {
		if name == "" {
			continue
		}
		n.kind |= keys.Map
		n.declared, n.fields = true, true
		n = n.field(name)
	}
	n.declared = true
	n.kind |= kind
	return n
}
