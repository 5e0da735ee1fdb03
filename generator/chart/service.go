package chart

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// Install is what the names and ports of that which a chart renders depend on.
type Install struct {
	Release, Namespace string
	Values             map[string]any // as decoded from YAML; the chart's defaults are added
}

// Service is one that the chart renders.
type Service struct {
	Name, Namespace string
	Headless        bool
	Type            string // such as ClusterIP
	Ports           []Port
}

// Port is one of a Service.
type Port struct {
	Name     string // empty where it has none
	Port     int
	Protocol string // TCP, UDP or SCTP
}

// service is a Service as the table has it. Texts in braces and the fields
// when, each, headless and number are expressions: see env.
type service struct {
	span
	name      string
	truncate  int    // 0 for no limit
	namespace string // empty for the release's, or what the values say
	when      string
	each      string
	headless  string
	kind      string // the type
	ports     []port
}

type port struct {
	span
	name, number, protocol string
	truncate               int
	each, when             string
}

// span is the versions that have something: from the first, and before the
// second. Empty is no limit.
type span struct{ from, before string }

// preset is the default of a values path.
type preset struct {
	path  string
	steps []step // as of a feature; nil is no default, a raw one JSON
}

// raw is a value that Go cannot hold without work at the start, as JSON.
type raw string

func (v *Version) within(s span) bool {
	return (s.from == "" || Compare(s.from, v.version) <= 0) && (s.before == "" || Compare(v.version, s.before) < 0)
}

// Services lists the Services that the chart renders, sorted by name, or none
// where they are not known: see [Chart.KnowsServices].
func (v *Version) Services(in Install) []Service {
	if v.Known() == Older {
		return nil
	}
	e := v.env(in)
	var out []Service
	for _, s := range v.chart.services {
		if v.within(s.span) {
			e.each(s.each, func() { out = append(out, v.service(e, s)...) })
		}
	}
	slices.SortStableFunc(out, func(a, b Service) int { return strings.Compare(a.Name, b.Name) })
	return out
}

// service gives the one, or none.
func (v *Version) service(e *env, s service) []Service {
	if s.when != "" && !truth(e.eval(s.when)) {
		return nil
	}
	r := Service{
		Name:      cut(e.template(s.name), s.truncate),
		Namespace: cmp.Or(s.namespace, e.first(v, "namespaceKeys"), fmt.Sprint(e.eval("@namespace"))),
		Headless:  s.headless != "" && truth(e.eval(s.headless)),
		Type:      cmp.Or(e.template(s.kind), "ClusterIP"),
	}
	for _, p := range s.ports {
		if v.within(p.span) {
			e.each(p.each, func() { r.Ports = append(r.Ports, e.port(p)...) })
		}
	}
	if len(r.Ports) == 0 {
		return nil
	}
	return []Service{r}
}

// KnowsServices reports whether the chart's Services are known.
func (c *Chart) KnowsServices() bool { return c.services != nil }

// env is where the expressions of this version find values and names.
func (v *Version) env(in Install) *env {
	return v.envOver(v.defaults(v.chart.defaults), in)
}

// envOver is env with other defaults than those of the Services.
func (v *Version) envOver(defaults map[string]any, in Install) *env {
	e := &env{values: merge(defaults, in.Values)}
	e.named = func(name string) (any, bool) {
		switch name {
		case "release":
			return in.Release, true
		case "namespace":
			return in.Namespace, true
		case "key":
			return e.key, true
		case "outer":
			return e.outer, true
		case "full":
			return v.fullname(e, in.Release, ""), true
		}
		if part, ok := strings.CutSuffix(name, "Full"); ok {
			return v.fullname(e, in.Release, part), true
		}
		if !v.Knows(name) {
			return nil, false
		}
		return v.Value(name), true
	}
	return e
}

// fullname is that of the chart or, by the features that begin with its name,
// of a subchart: what replaces it, else the rule over what replaces the name.
func (v *Version) fullname(e *env, release, part string) string {
	feature := func(name string) string {
		if part == "" {
			return name
		}
		return part + strings.ToUpper(name[:1]) + name[1:]
	}
	truncate := 63
	if v.Knows(feature("truncate")) {
		truncate = int(v.Int(feature("truncate")))
	}
	if full := e.first(v, feature("fullnameKeys")); full != "" {
		return cut(full, truncate)
	}
	return Fullname(release, cmp.Or(e.first(v, feature("nameKeys")), v.String(feature("name"))), truncate)
}

// first is the first text that stands at the values paths of a feature.
func (e *env) first(v *Version, keys string) string {
	if v.Knows(keys) {
		for _, key := range v.Strings(keys) {
			if s, _ := lookup(e.values, key).(string); s != "" {
				return s
			}
		}
	}
	return ""
}

// each calls f for every element that the expression gives, or once without one.
func (e *env) each(expression string, f func()) {
	if expression == "" {
		f()
		return
	}
	outer := *e
	defer func() { *e = outer }()
	switch all := e.eval(expression).(type) {
	case []any:
		for i, element := range all {
			e.element, e.key, e.outer = element, strconv.Itoa(i), outer.key
			f()
		}
	case map[string]any:
		for _, key := range slices.Sorted(maps.Keys(all)) {
			e.element, e.key, e.outer = all[key], key, outer.key
			f()
		}
	}
}

func (e *env) port(p port) []Port {
	if p.when != "" && !truth(e.eval(p.when)) {
		return nil
	}
	n := number(e.eval(p.number))
	if n == 0 {
		return nil
	}
	return []Port{{Name: cut(e.template(p.name), p.truncate), Port: int(n), Protocol: cmp.Or(e.template(p.protocol), "TCP")}}
}

// defaults are those of this version, as a tree.
func (v *Version) defaults(lists ...[]preset) map[string]any {
	root := map[string]any{}
	for _, list := range lists {
		for _, p := range list {
			if s := at(p.steps, v.version); s != nil && s.value != nil {
				put(root, p.path, v.preset(s.value))
			}
		}
	}
	return root
}

// preset gives a default as YAML would. One that is a feature's begins with @.
func (v *Version) preset(value any) any {
	switch value := value.(type) {
	case raw:
		var out any
		if err := json.Unmarshal([]byte(value), &out); err != nil {
			panic(fmt.Sprintf("chart: %s: %v", value, err))
		}
		return out
	case string:
		if feature, ok := strings.CutPrefix(value, "@"); ok {
			return v.Value(feature)
		}
	}
	return value
}

// put sets a leaf, and makes the maps on the way there.
func put(m map[string]any, path string, value any) {
	for {
		var key string
		key, path = cutKey(path)
		if path == "" {
			m[key] = value
			return
		}
		next, ok := m[key].(map[string]any)
		if !ok {
			next = map[string]any{}
			m[key] = next
		}
		m = next
	}
}

// merge lays values over defaults as Helm does: maps merge, all else replaces,
// and null takes a default away. It keeps what it is given as it is.
func merge(defaults, values map[string]any) map[string]any {
	out := maps.Clone(defaults)
	for key, value := range values {
		below, isMap := value.(map[string]any)
		before, wasMap := out[key].(map[string]any)
		switch {
		case value == nil:
			delete(out, key)
		case isMap && wasMap:
			out[key] = merge(before, below)
		default:
			out[key] = value
		}
	}
	return out
}
