package main

import (
	"encoding/json"
	"errors"
	"fmt"

	"cuelang.org/go/cue"
	"cuelang.org/go/cue/cuecontext"
	cueerrors "cuelang.org/go/cue/errors"
	"cuelang.org/go/cue/load"
)

// These mirror the definitions of schema/charts/chart.cue.
type (
	chart struct {
		Repositories []repository       `json:"repositories"`
		Oldest       string             `json:"oldest"`
		Newest       string             `json:"newest"`
		Apps         map[string]string  `json:"apps"`
		Deprecated   []deprecation      `json:"deprecated"`
		Features     map[string]feature `json:"features"`
		Renamed      []rename           `json:"renamed"`
		Defaults     map[string][]step  `json:"defaults"`
		Services     []service          `json:"services"`

		WorkloadDefaults map[string][]step `json:"workloadDefaults"`
		Workloads        []workload        `json:"workloads"`
	}
	repository struct {
		URL   string `json:"url"`
		From  string `json:"from"`
		Until string `json:"until"`
	}
	deprecation struct {
		From       string `json:"from"`
		Before     string `json:"before"`
		Repository string `json:"repository"`
		Instead    string `json:"instead"`
	}
	feature struct {
		Doc   string `json:"doc"`
		Steps []step `json:"steps"`
	}
	step struct {
		From   string `json:"from"`
		Value  any    `json:"value"` // bool, int64, string or []string
		Source string `json:"source"`
		Beside bool   `json:"beside"`
	}
	service struct {
		Name      string `json:"name"`
		Truncate  int    `json:"truncate"`
		Namespace string `json:"namespace"`
		From      string `json:"from"`
		Before    string `json:"before"`
		When      string `json:"when"`
		Each      string `json:"each"`
		Headless  string `json:"headless"`
		Type      string `json:"type"`
		Ports     []port `json:"ports"`
		Source    string `json:"source"`
	}
	port struct {
		Name     string `json:"name"`
		Truncate int    `json:"truncate"`
		Port     any    `json:"port"` // int or an expression
		Protocol string `json:"protocol"`
		Each     string `json:"each"`
		From     string `json:"from"`
		Before   string `json:"before"`
		When     string `json:"when"`
	}
)

// read evaluates the package in dir. CUE itself finds unknown and missing
// fields, and values of a wrong type or form.
func read(dir string) (map[string]chart, error) {
	instances := load.Instances([]string{"."}, &load.Config{Dir: dir})
	if err := instances[0].Err; err != nil {
		return nil, detailed(err)
	}
	value := cuecontext.New().BuildInstance(instances[0])
	if err := value.Validate(cue.Concrete(true), cue.Final()); err != nil {
		return nil, detailed(err)
	}
	var charts map[string]chart
	if err := value.LookupPath(cue.ParsePath("charts")).Decode(&charts); err != nil {
		return nil, detailed(err)
	}
	for name, c := range charts {
		for feature, f := range c.Features {
			for i := range f.Steps {
				v, err := plain(f.Steps[i].Value)
				if err != nil {
					return nil, fmt.Errorf("%s: %s: %w", name, feature, err)
				}
				f.Steps[i].Value = v
			}
		}
		for _, defaults := range []map[string][]step{c.Defaults, c.WorkloadDefaults} {
			for path, steps := range defaults {
				for i := range steps {
					v, err := preset(steps[i].Value)
					if err != nil {
						return nil, fmt.Errorf("%s: %s: %w", name, path, err)
					}
					steps[i].Value = v
				}
			}
		}
	}
	return charts, nil
}

// plain turns what CUE decodes into the types that the table holds.
func plain(v any) (any, error) {
	switch v := v.(type) {
	case bool, int64, string:
		return v, nil
	case int:
		return int64(v), nil
	case []any:
		list := make([]string, len(v))
		for i, e := range v {
			s, ok := e.(string)
			if !ok {
				return nil, fmt.Errorf("a list holds %v, which is no string", e)
			}
			list[i] = s
		}
		return list, nil
	}
	return nil, fmt.Errorf("the value %v is of the type %T", v, v)
}

// raw is a default that a static table cannot hold as it is: its JSON.
type raw string

// preset is plain for a default, which may also be nothing, a map or a list.
func preset(v any) (any, error) {
	switch v := v.(type) {
	case nil:
		return nil, nil
	case map[string]any, []any:
		text, err := json.Marshal(v)
		return raw(text), err
	}
	return plain(v)
}

// detailed keeps all of CUE's errors, each with its positions.
func detailed(err error) error { return errors.New(cueerrors.Details(err, nil)) }
