package generator

import (
	"fmt"
	"strings"
)

func (r *reading) object(v any) object {
	m, _ := v.(object)
	return m
}

// captured takes Traefik's lists of headers out of the values of tracing. Charts
// before 35 make a flag of each header, later ones of each list.
func (r *reading) captured(tracing object, flags map[string]string) {
	major, _, _ := strings.Cut(r.releases["traefik"].version, ".")
	for _, key := range []string{"capturedRequestHeaders", "capturedResponseHeaders"} {
		list, ok := tracing[key].([]any)
		if !ok {
			continue
		}
		delete(tracing, key)
		name := "--tracing." + strings.ToLower(key)
		var all []string
		for i, h := range list {
			all = append(all, fmt.Sprint(h))
			if major < "35" {
				flags[fmt.Sprintf("%s[%d]", name, i)] = fmt.Sprint(h)
			}
		}
		if major >= "35" {
			flags[name] = strings.Join(all, ",")
		}
	}
}
