package charts

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"time"

	"go.yaml.in/yaml/v3"

	"tracegen.dev/generator/chart/keys"
)

// largestValues is that of a values file that Helm takes in a chart.
const largestValues = 5 << 20

// ReadValues reads a file of Helm values. An empty one has none.
func ReadValues(r io.Reader) (map[string]any, error) {
	text, err := io.ReadAll(io.LimitReader(r, largestValues+1))
	switch {
	case err != nil:
		return nil, err
	case len(text) > largestValues:
		return nil, fmt.Errorf("it has more than %d MiB", largestValues>>20)
	}
	d := yaml.NewDecoder(bytes.NewReader(text))
	var node yaml.Node
	if err := d.Decode(&node); errors.Is(err, io.EOF) {
		return map[string]any{}, nil
	} else if err != nil {
		return nil, err
	}
	if err := checkWidth(&node); err != nil {
		return nil, err
	}
	var doc any
	if err := node.Decode(&doc); err != nil {
		return nil, err
	}
	var further any
	if err := d.Decode(&further); !errors.Is(err, io.EOF) {
		return nil, errors.New("yaml: there is more than one document, of which Helm would read the first")
	}
	if doc == nil {
		return map[string]any{}, nil
	}
	values, ok := plain(doc).(map[string]any)
	if !ok {
		return nil, errors.New("yaml: values are a map, and this is none")
	}
	return values, nil
}

// mostKeys is how many keys a map may have: go.yaml.in/yaml/v3 3.0.6 compares each
// with each, to find those that are there twice.
const mostKeys = 10_000

func checkWidth(n *yaml.Node) error {
	if n.Kind == yaml.MappingNode && len(n.Content) > 2*mostKeys {
		return fmt.Errorf("yaml: line %d: a map has more than %d keys", n.Line, mostKeys)
	}
	for _, below := range n.Content { // an alias is no content
		if err := checkWidth(below); err != nil {
			return err
		}
	}
	return nil
}

// plain makes every key a text, as Helm does.
func plain(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for k := range v {
			v[k] = plain(v[k])
		}
	case map[any]any:
		out := map[string]any{}
		for k, below := range v {
			out[fmt.Sprint(k)] = plain(below)
		}
		return out
	case []any:
		for i := range v {
			v[i] = plain(v[i])
		}
	}
	return v
}

// MergeValues lays values over others as Helm does with several files: maps
// merge, everything else replaces, and null is kept.
func MergeValues(under, over map[string]any) map[string]any {
	out := maps.Clone(under)
	for k, v := range over {
		a, wasMap := out[k].(map[string]any)
		b, isMap := v.(map[string]any)
		if wasMap && isMap {
			v = MergeValues(a, b)
		}
		out[k] = v
	}
	return out
}

// Judge says which of the values the version would ignore, or cannot take. It
// is silent where the version's value keys are not known.
func (k *Knowledge) Judge(s Subject, values map[string]any) []keys.Finding {
	found, _ := k.Library.Check(k.release(s), keyed(values))
	return found
}

// keyed is a value as the library of keys takes one.
func keyed(v any) keys.Value {
	out := keys.Value{}
	switch v := v.(type) {
	case map[string]any:
		out.Kind = keys.Map
		for _, name := range slices.Sorted(maps.Keys(v)) {
			out.Names = append(out.Names, name)
			out.Below = append(out.Below, keyed(v[name]))
		}
	case []any:
		out.Kind = keys.List
		for _, item := range v {
			out.Below = append(out.Below, keyed(item))
		}
	case bool:
		out.Kind = keys.Bool
	case nil:
	case string:
		out.Kind, out.Text = keys.String, v
	case time.Time: // which Helm reads as a text
		out.Kind = keys.String
	default: // numbers of several types
		out.Kind = keys.Number
	}
	return out
}
