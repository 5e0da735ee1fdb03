package keys_test

import (
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"tracegen.dev/generator/chart/keys"
)

const store = `chart store
versions 1.0.0 1.1.0 2.0.0

affinity open:deployment.yaml
any any
buckets list
 []
  name string
  purge bool
enabled bool
env list like:k8s/EnvVar
extra open:config.yaml
 collector like:otelcol/config
  receivers
   * any
 flags
  level string
fullnameOverride string
old number @..1.1.0
overrides map,string
port number
resources like:k8s/ResourceRequirements
server
 logLevel string
 logs @2.0.0..
  access bool
users
 *
  secretKey string
`

// library has the contract above and nothing else.
func library(t *testing.T) *keys.Library {
	c, err := keys.Parse(store)
	if err != nil {
		t.Fatal(err)
	}
	return keys.NewLibrary(func(chart, version string) *keys.Contract {
		if chart == c.Chart && c.Has(version) {
			return c
		}
		return nil
	})
}

// value makes values of YAML, marked by their lines.
func value(n *yaml.Node) keys.Value {
	v := keys.Value{Mark: n.Line}
	switch n.ShortTag() {
	case "!!map":
		v.Kind = keys.Map
		for i := 0; i < len(n.Content); i += 2 {
			v.Names = append(v.Names, n.Content[i].Value)
			v.Below = append(v.Below, value(n.Content[i+1]))
		}
	case "!!seq":
		v.Kind = keys.List
		for _, n := range n.Content {
			v.Below = append(v.Below, value(n))
		}
	case "!!str":
		v.Kind, v.Text = keys.String, n.Value
	case "!!bool":
		v.Kind = keys.Bool
	case "!!int", "!!float":
		v.Kind = keys.Number
	}
	return v
}

func TestCheck(t *testing.T) {
	for _, tc := range []struct{ version, values, want string }{
		{"2.0.0", `{enabled: true, port: 1, fullnameOverride: a, server: {logs: {access: false}}}`, ""},
		{"2.0.0", `{enabled: null, buckets: null, server: null, users: {a: null}}`, ""},
		{"2.0.0", `{affinity: {nodeAffinity: {x: 1}}, any: {x: [1]}}`, ""},
		{"2.0.0", `{extra: {flags: {x: 1, others: 2}}}`, ""},
		{"2.0.0", `{extra: {flags: {leevl: 1}}}`, "store 2.0.0 passes extra.flags.leevl on as it is, but no such key is known where it goes | did you mean extra.flags.level?"},
		{"2.0.0", `{extra: {collector: {receivers: {otlp: {}, otlp/2: {}, mine: {}}, service: {pipelines: {traces/x: {}}}}}}`, ""},
		{"2.0.0", `{extra: {collector: {receivers: {otpl/2: {}}}}}`, "store 2.0.0 passes extra.collector.receivers.otpl/2 on as it is, but no such key is known where it goes | did you mean extra.collector.receivers.otlp/2?"},
		{"2.0.0", `{extra: {collector: {service: {pipelines: {trace/x: {}}}}}}`, "store 2.0.0 has no key extra.collector.service.pipelines.trace/x | did you mean extra.collector.service.pipelines.traces/x?"},
		{"2.0.0", `{extra: {Flags: 1}}`, "store 2.0.0 passes extra.Flags on as it is, but no such key is known where it goes | did you mean extra.flags?"},
		{"2.0.0", `{any: 1}`, ""},
		{"2.0.0", `{overrides: "a: b"}`, ""},
		{"2.0.0", `{overrides: {}}`, ""},
		{"2.0.0", `{port: "9000", fullnameOverride: 1}`, ""},
		{"2.0.0", `{users: {anybody: {secretKey: x}}}`, ""},
		{"2.0.0", `{domain: x, server: {logLevel: "{{ .Values.domain }}"}}`, ""},
		{"2.0.0", `{global: {dns: {zone: x}}, port: "{{ $.Values.global.dns.zone | quote }}"}`, ""},
		{"2.0.0", `{zones: {a: {b: x}}, env: [{name: a, value: "{{ toYaml .Values.zones }}"}]}`, ""},
		{"2.0.0", `{server: {zone: x, logs: {access: "{{ .Values.zone }}"}}}`, "server.logs.access of store 2.0.0 takes true or false, not a text | write true or false"},
		{"2.0.0", `{zzz: 1, fullnameOverride: '{{ index .Values "zzz" }}'}`, ""},
		{"2.0.0", `{domian: x, fullnameOverride: "{{ .Values.domain }}"}`, "store 2.0.0 has no key domian | leave it out: it would be ignored; here stand affinity, any, buckets, enabled, env, extra, fullnameOverride, overrides, port, resources, server, users"},
		{"2.0.0", `{domain: x, domains: y, fullnameOverride: "{{ .Values.domain }}"}`, "store 2.0.0 has no key domains | leave it out: it would be ignored; here stand affinity, any, buckets, enabled, env, extra, fullnameOverride, overrides, port, resources, server, users"},

		{"2.0.0", `{enable: true}`, "store 2.0.0 has no key enable | did you mean enabled?"},
		{"2.0.0", `{Enabled: true}`, "store 2.0.0 has no key Enabled | did you mean enabled?"},
		{"2.0.0", `{server: {loglevel: x}}`, "store 2.0.0 has no key server.loglevel | did you mean server.logLevel?"},
		{"2.0.0", `{server: {"a.b": x}}`, `store 2.0.0 has no key server."a.b" | leave it out: it would be ignored; here stand logLevel, logs`},
		{"2.0.0", `{buckets: [{name: a}, {nmae: b}]}`, "store 2.0.0 has no key buckets[1].nmae | did you mean buckets[1].name?"},
		{"2.0.0", `{users: {a: {secret: x}}}`, "store 2.0.0 has no key users.a.secret | did you mean users.a.secretKey?"},
		{"2.0.0", `{users: {a: {password: x}}}`, "store 2.0.0 has no key users.a.password | leave it out: it would be ignored; here stand secretKey"},
		{"2.0.0", `{secretKey: x}`, "store 2.0.0 has no key secretKey | did you mean users.*.secretKey?"},
		{"2.0.0", `{old: 1}`, "store 2.0.0 has no key old, which is a key of the releases up to 1.1.0 | leave it out, or pin a release that has it"},
		{"1.1.0", `{server: {logs: {access: true}}}`, "store 1.1.0 has no key server.logs, which is a key of the releases from 2.0.0 | leave it out, or pin a release that has it"},
		{"1.1.0", `{old: 1}`, ""},
		{"2.0.0", `{zzz: {enabled: 1, y: {x: 1}}}`, "store 2.0.0 has no key zzz | leave it out: it would be ignored; here stand affinity, any, buckets, enabled, env, extra, fullnameOverride, overrides, port, resources, server, users"},

		{"2.0.0", `{enabled: "false"}`, "enabled of store 2.0.0 takes true or false, not a text | write false, without quotes"},
		{"2.0.0", `{enabled: 0}`, "enabled of store 2.0.0 takes true or false, not a number | write true or false"},
		{"2.0.0", `{port: {a: 1}}`, "port of store 2.0.0 takes a number, not a map | write a number"},
		{"2.0.0", `{buckets: {name: a}}`, "buckets of store 2.0.0 takes a list, not a map | write a list, such as [{…}]"},
		{"2.0.0", `{buckets: [a]}`, "buckets[0] of store 2.0.0 takes a map, not a text | write a map"},
		{"2.0.0", `{overrides: []}`, "overrides of store 2.0.0 takes a text or a map, not a list | write a text or a map"},
		{"2.0.0", `{server: 1}`, "server of store 2.0.0 takes a map, not a number | write a map"},
	} {
		var doc yaml.Node
		if err := yaml.Unmarshal([]byte(tc.values), &doc); err != nil {
			t.Fatal(err)
		}
		found, known := library(t).Check(keys.Release{Chart: "store", Version: tc.version}, value(doc.Content[0]))
		if !known {
			t.Fatalf("store %s is not known", tc.version)
		}
		var got []string
		for _, f := range found {
			got = append(got, f.Message+" | "+f.Help)
		}
		if strings.Join(got, "\n") != tc.want {
			t.Errorf("%s at %s:\n%s\nnot\n%s", tc.values, tc.version, strings.Join(got, "\n"), tc.want)
		}
	}
}

// TestCheckAll reports each wrong key once, with the mark of its value.
func TestCheckAll(t *testing.T) {
	const values = `
enable: true
port: []
server:
  x: {y: {z: 1}}
buckets:
- name: a
  prefix: b
`
	var doc yaml.Node
	if err := yaml.Unmarshal([]byte(values), &doc); err != nil {
		t.Fatal(err)
	}
	found, _ := library(t).Check(keys.Release{Chart: "store", Version: "2.0.0"}, value(doc.Content[0]))
	want := []keys.Finding{
		{Path: "enable", Mark: 2, Unknown: true},
		{Path: "port", Mark: 3},
		{Path: "server.x", Mark: 5, Unknown: true},
		{Path: "buckets[0].prefix", Mark: 8, Unknown: true},
	}
	if len(found) != len(want) {
		t.Fatalf("it finds %+v", found)
	}
	for i, f := range found {
		f.Message, f.Help = "", ""
		if f != want[i] {
			t.Errorf("it finds %+v, not %+v", f, want[i])
		}
	}
}

// TestDoubt has what may do what is meant.
func TestDoubt(t *testing.T) {
	for values, want := range map[string]bool{
		`{enabled: "true"}`: true, `{enabled: "false"}`: false, `{enabled: "yes"}`: false,
		`{server: "true"}`: false, `{extra: {Flags: 1}}`: true, `{enable: true}`: false,
	} {
		var doc yaml.Node
		if err := yaml.Unmarshal([]byte(values), &doc); err != nil {
			t.Fatal(err)
		}
		found, _ := library(t).Check(keys.Release{Chart: "store", Version: "2.0.0"}, value(doc.Content[0]))
		if len(found) != 1 || found[0].Doubt != want {
			t.Errorf("%s: it finds %+v", values, found)
		}
	}
}

func TestUnknownRelease(t *testing.T) {
	for _, r := range []keys.Release{{Chart: "store", Version: "3.0.0"}, {Chart: "shop", Version: "1.0.0"}} {
		if _, known := library(t).Check(r, keys.Value{}); known {
			t.Errorf("%s is known", r)
		}
	}
}
