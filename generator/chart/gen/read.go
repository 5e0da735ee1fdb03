package main

import (
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
		Features     map[string]feature `json:"features"`
	}
	repository struct {
		URL   string `json:"url"`
		From  string `json:"from"`
		Until string `json:"until"`
	}
	feature struct {
		Doc   string `json:"doc"`
		Steps []step `json:"steps"`
	}
	step struct {
		From   string `json:"from"`
		Value  any    `json:"value"` // bool, int64, string or []string
		Source string `json:"source"`
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

// detailed keeps all of CUE's errors, each with its positions.
func detailed(err error) error { return errors.New(cueerrors.Details(err, nil)) }
