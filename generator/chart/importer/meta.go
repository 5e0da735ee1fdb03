package importer

import (
	"errors"
	"fmt"
	"strings"

	"go.yaml.in/yaml/v3"
	"golang.org/x/mod/semver"
)

// meta is what of Chart.yaml matters here.
type meta struct {
	kind string // application, which is the default, or library
	deps []dependency
}

// dependency is a subchart as its parent declares it.
type dependency struct {
	name, version, alias string
	conditions           []string // paths in the values
	tags                 []string
	imports              []imported
	line                 int
	file                 string
}

// imported are values of a subchart that the parent takes over.
type imported struct{ child, parent string }

// under is the key of the values that the subchart reads.
func (d dependency) under() string {
	if d.alias != "" {
		return d.alias
	}
	return d.name
}

func (c *Chart) readMeta() error {
	const file = "Chart.yaml"
	data, ok := c.files[file]
	if !ok {
		where := c.dir
		if where == "" {
			where = "it"
		}
		return fmt.Errorf("%s has no Chart.yaml, and so is no chart", where)
	}
	m, err := c.yaml(file, data)
	if err != nil {
		return err
	}
	if m.Kind != yaml.MappingNode {
		return fmt.Errorf("%s:%d: it is no map", c.file(file), max(m.Line, 1))
	}
	c.Name, c.Version = text(m, "name"), text(m, "version")
	c.App = strings.TrimSpace(strings.TrimPrefix(text(m, "appVersion"), "v"))
	if strings.ContainsAny(c.App, "\n\r") {
		return fmt.Errorf("%s:%d: the appVersion has several lines", c.file(file), line(m, "appVersion"))
	}
	switch {
	case !isName(c.Name):
		return fmt.Errorf("%s:%d: %q is no chart's name: letters, digits, dots, dashes and underscores", c.file(file), line(m, "name"), c.Name)
	case !isVersion(c.Version):
		return fmt.Errorf("%s:%d: %q is no version such as 1.2.3", c.file(file), line(m, "version"), c.Version)
	}
	c.Version = strings.TrimPrefix(c.Version, "v")
	if n := len(c.Name) + len(c.Version); n > maxName {
		return fmt.Errorf("%s:%d: the chart's name and version together have %d letters, and may have %d", c.file(file), line(m, "name"), n, maxName)
	}
	c.meta.kind = text(m, "type")
	if err := c.readDependencies(file, m); err != nil {
		return err
	}
	if data, ok := c.files["requirements.yaml"]; ok {
		m, err := c.yaml("requirements.yaml", data)
		if err != nil {
			return err
		}
		return c.readDependencies("requirements.yaml", m)
	}
	return nil
}

func (c *Chart) readDependencies(file string, m *yaml.Node) error {
	list := at(m, "dependencies")
	if list == nil || list.Tag == "!!null" {
		return nil
	}
	if list.Kind != yaml.SequenceNode {
		return fmt.Errorf("%s:%d: the dependencies are no list", c.file(file), list.Line)
	}
	for _, n := range list.Content {
		d := dependency{
			name: text(n, "name"), version: text(n, "version"), alias: text(n, "alias"),
			line: n.Line, file: c.file(file),
		}
		if !isName(d.name) || d.alias != "" && !isName(d.alias) {
			return fmt.Errorf("%s:%d: a dependency's name is %q, and its alias %q", c.file(file), n.Line, d.name, d.alias)
		}
		for p := range strings.SplitSeq(text(n, "condition"), ",") {
			if p = strings.TrimSpace(p); p != "" {
				d.conditions = append(d.conditions, p)
			}
		}
		if tags := at(n, "tags"); tags != nil {
			for _, t := range tags.Content {
				d.tags = append(d.tags, t.Value)
			}
		}
		if list := at(n, "import-values"); list != nil {
			for _, v := range list.Content {
				i := imported{child: text(v, "child"), parent: text(v, "parent")}
				if v.Kind == yaml.ScalarNode {
					i = imported{child: "exports." + v.Value, parent: "."}
				}
				d.imports = append(d.imports, i)
			}
		}
		c.meta.deps = append(c.meta.deps, d)
	}
	return nil
}

// maxName is how long a name may be that a file is named after.
const maxName = 200

func isName(s string) bool {
	for _, r := range s {
		if !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("-_.", r)) {
			return false
		}
	}
	return s != "" && s != "." && s != ".." && len(s) <= 250
}

// isVersion reports whether Helm takes it, which wants all three numbers in a
// chart of API v2 and lets older ones do with fewer.
func isVersion(s string) bool {
	return semver.IsValid("v" + strings.TrimPrefix(s, "v"))
}

// yaml reads one document, which may be empty.
func (c *Chart) yaml(file string, data []byte) (*yaml.Node, error) {
	return readYAML(c.file(file), data)
}

func readYAML(file string, data []byte) (*yaml.Node, error) {
	if len(data) > maxYAML {
		return nil, fmt.Errorf("%s has more than %d MiB", file, maxYAML>>20)
	}
	if err := checkText(file, data); err != nil {
		return nil, err
	}
	var doc yaml.Node
	if err := yaml.Unmarshal(data, &doc); err != nil {
		return nil, yamlError(file, err)
	}
	if len(doc.Content) == 0 {
		return &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map"}, nil
	}
	return doc.Content[0], nil
}

// yamlError gives the parser's words the file, and the line its usual place.
func yamlError(file string, err error) error {
	msg := strings.TrimPrefix(err.Error(), "yaml: ")
	if rest, ok := strings.CutPrefix(msg, "line "); ok {
		return fmt.Errorf("%s:%s", file, rest)
	}
	return fmt.Errorf("%s: %w", file, errors.New(msg))
}

// at is the value of a key of a map, or nil.
func at(m *yaml.Node, key string) *yaml.Node {
	if m.Kind != yaml.MappingNode {
		return nil
	}
	for i := 0; i+1 < len(m.Content); i += 2 {
		if m.Content[i].Value == key {
			return m.Content[i+1]
		}
	}
	return nil
}

func text(m *yaml.Node, key string) string {
	if n := at(m, key); n != nil && n.Kind == yaml.ScalarNode && n.Tag != "!!null" {
		return n.Value
	}
	return ""
}

func line(m *yaml.Node, key string) int {
	if n := at(m, key); n != nil {
		return n.Line
	}
	return max(m.Line, 1)
}
