package charts

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

func sprint(v any) string { return fmt.Sprint(v) }

// same reports whether nothing changes, as far as is known.
func same(d *Diff) bool {
	return !d.AppVersion.Is() && !d.Repository.Is() && !d.MinKubernetes.Is() && !d.Deprecated.Is() && d.Alike()
}

// brief writes what a diff of keys says, in one line.
func brief(d KeysDiff) string {
	var out []string
	for _, k := range d.Renamed {
		out = append(out, k.From+">"+k.To)
	}
	for _, k := range d.Removed {
		out = append(out, fmt.Sprintf("-%s/%d", k.Path, k.Below))
	}
	for _, k := range d.Added {
		out = append(out, fmt.Sprintf("+%s/%d", k.Path, k.Below))
	}
	for _, k := range d.Changed {
		out = append(out, fmt.Sprintf("%s:%s>%s", k.Path, k.Old, k.New))
	}
	return strings.Join(append(out, d.Unknown...), " ")
}

func TestDiffKeys(t *testing.T) {
	for _, tc := range []struct{ name, old, new, want string }{
		{"nothing", "a\n", "a\n", ""},
		{"new and gone", "a\n b bool\n c bool\nd\n e\n  f bool\n", "a\n b bool\ng\n", "-a.c/0 -d/2 +g/0"},
		{"kinds", "a string\nb list like:k8s/EnvVar open:x.yaml\nc list,map\nd map open:x.yaml\ne bool\n", "a bool\nb list like:k8s/EnvVar\nc list\nd\ne map\n",
			"a:string>bool b:list of k8s/EnvVar, open>list of k8s/EnvVar c:list,map>list d:map, open>map e:bool>map"},
		{"kinds that widen, or are not known", "a bool\nb list\nc any\nd number\ne open:x.yaml\nf\n", "a string\nb list open:x.yaml\nc string\nd string\ne any\nf any open:x.yaml\n", ""},
		{"any key and any item", "a\n *\n  b bool\nl list\n []\n  m bool\n", "a\n *\n  c bool\nl list\n []\n  n bool\n", "-a.*.b/0 -l[].m/0 +a.*.c/0 +l[].n/0"},
		{"a name with dots", "\"a.b\"\n c bool\n", "\"a.b\"\n", `-"a.b".c/0`},
		{"any key of what is open now", "a\n *\n  b bool\n m\n  h\n   * scalar\n", "a open:x.yaml\n m\n  h\n", ""},
		{"a default of what is open", "a open:x.yaml\n b bool\n", "a open:x.yaml\n", "-a.b/0"},
		{"a rename", "service\n type string\n", "service\n spec\n  type string\n", "service.type>service.spec.type"},
		{"a rename into an open key", "service\n type string\n", "service\n spec open:x.yaml\n", "service.type>service.spec.type +service.spec/0"},
		{"a rename that did not happen", "service\n type string\n", "service\n x bool\n", "-service.type/0 +service.x/0"},
		{"renames within a renamed key",
			"logs\n access\n  fields\n   general\n    defaultmode string\n    names\n   headers\n    defaultmode string\n  format string\n  old bool\n",
			"accessLog\n fields\n  defaultMode string\n  headers\n   defaultMode string\n   new bool\n  names\n format string\n",
			"logs.access>accessLog logs.access.fields.general>accessLog.fields logs.access.fields.general.defaultmode>accessLog.fields.defaultMode " +
				"logs.access.fields.headers>accessLog.fields.headers logs.access.fields.headers.defaultmode>accessLog.fields.headers.defaultMode -logs.access.old/0 +accessLog.fields.headers.new/0"},
		{"little is renamed of what is gone", "logs\n a bool\n b bool\n c bool\n general\n", "log\n", "logs.general>log -logs/3"},
		{"a rename below open keys", "logs open:x.yaml\n", "accessLog open:x.yaml\nlog open:x.yaml\n",
			"logs.access>accessLog logs.access.fields.general>accessLog.fields logs.access.fields.general.defaultmode>accessLog.fields.defaultMode " +
				"logs.access.fields.headers>accessLog.fields.headers logs.access.fields.headers.defaultmode>accessLog.fields.headers.defaultMode logs.access.filters.minduration>accessLog.filters.minDuration " +
				"logs.access.filters.retryattempts>accessLog.filters.retryAttempts logs.access.filters.statuscodes>accessLog.filters.statusCodes logs.general>log -logs/0"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			k := knowing(t, "chart traefik\nversions 39.0.7\n\n"+tc.old, "chart traefik\nversions 41.3.0\n\n"+tc.new)
			d, err := k.Diff(find(t, k, "traefik@39.0.7"), find(t, k, "traefik@41.3.0"))
			if err != nil {
				t.Fatal(err)
			}
			if got := brief(d.Keys); got != tc.want {
				t.Errorf("it is\n%s\nnot\n%s", got, tc.want)
			}
			back, err := k.Diff(find(t, k, "traefik@41.3.0"), find(t, k, "traefik@39.0.7"))
			if err != nil || !back.Downgrade || d.Downgrade {
				t.Errorf("%v: backwards it is no downgrade", err)
			}
			if len(back.Keys.Removed) != len(d.Keys.Added) || len(back.Keys.Renamed) != len(d.Keys.Renamed) {
				t.Errorf("backwards it is\n%s", brief(back.Keys))
			}
		})
	}
}

// Without the keys of one version, only what is known of both is said.
func TestDiffUnknownKeys(t *testing.T) {
	k := knowing(t, "chart traefik\nversions 41.2.1-rc.9\n\na\n")
	for _, tc := range []struct{ old, new, want string }{
		{"33.2.1-rc.9", "34.0.1-rc.9", "tracing.globalAttributes>tracing.resourceAttributes 33.2.1-rc.9 34.0.1-rc.9"},
		{"41.2.1-rc.9", "41.2.1-rc.10", "41.2.1-rc.10"},
		{"41.2.1-rc.9", "41.2.1-rc.9", ""},
		{"41.2.1-rc.10", "41.2.1-rc.10", "41.2.1-rc.10"},
	} {
		d, err := k.Diff(find(t, k, "traefik@"+tc.old), find(t, k, "traefik@"+tc.new))
		if err != nil {
			t.Fatal(err)
		}
		if got := brief(d.Keys); got != tc.want {
			t.Errorf("%s to %s: %s, not %s", tc.old, tc.new, got, tc.want)
		}
		if tc.old == tc.new && !same(d) {
			t.Errorf("%s to itself is %+v", tc.old, d)
		}
	}
	if _, err := k.Diff(find(t, k, "traefik"), find(t, k, "tempo")); err == nil || !strings.Contains(err.Error(), "are two charts") {
		t.Errorf("two charts are compared: %v", err)
	}
}

func TestCompareServices(t *testing.T) {
	http, moved := Port{"http", 3100, "TCP"}, Port{"http", 3200, "TCP"}
	for _, tc := range []struct {
		name     string
		old, new []Service
		want     string
	}{
		{"alike", []Service{{Name: "a", Ports: []Port{http}}}, []Service{{Name: "a", Ports: []Port{http}}}, `[]`},
		{"a port that moves", []Service{{Name: "a", Ports: []Port{http}}}, []Service{{Name: "a", Ports: []Port{moved}}},
			`[{"old":"a","new":"a","ports":[{"old":{"name":"http","port":3100,"protocol":"TCP"},"new":{"name":"http","port":3200,"protocol":"TCP"}}]}]`},
		{"a port of another name", []Service{{Name: "a", Ports: []Port{http}}}, []Service{{Name: "a", Ports: []Port{{"web", 3100, "TCP"}}}},
			`[{"old":"a","new":"a","ports":[{"old":{"name":"http","port":3100,"protocol":"TCP"},"new":{"name":"web","port":3100,"protocol":"TCP"}}]}]`},
		{"the full name changes", []Service{{Name: "t-x", Ports: []Port{http}}, {Name: "other", Ports: []Port{http}}}, []Service{{Name: "u-x", Ports: []Port{http}}},
			`[{"old":"t-x","new":"u-x","ports":[]},{"old":"other","new":"","ports":[]}]`},
		{"a new one", nil, []Service{{Name: "a", Ports: []Port{http}}}, `[{"old":"","new":"a","ports":[{"old":null,"new":{"name":"http","port":3100,"protocol":"TCP"}}]}]`},
	} {
		got, err := json.Marshal(compareServices(tc.old, tc.new, "t", "u"))
		if err != nil || string(got) != tc.want {
			t.Errorf("%s: %s, not %s", tc.name, got, tc.want)
		}
	}
}
