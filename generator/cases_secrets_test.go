package generator

import (
	"strings"
	"testing"

	"tracegen.dev/generator/check"
	"tracegen.dev/generator/emit"
	"tracegen.dev/generator/fact"
	"tracegen.dev/generator/plan"
	"tracegen.dev/generator/topology"
	"tracegen.dev/generator/tree"
)

// notReal is an example that no service ever issued.
var notReal = strings.Join([]string{"ghp", "_", "k2Jd8sLq0ZxWv5TnRb3Yc7Hf1Mg6Pa4Ue9Qo"}, "")

// The rules about secrets in plain text that TG036 does not know by their key.
var secretCases = []ruleCase{
	{
		code: "TG106", name: "a variable of a container",
		profile: grafana12 + `
grafana: values: env: GF_AUTH_CLIENT_SECRET: "hunter2" // here`,
		path:    "grafana.values.env.GF_AUTH_CLIENT_SECRET",
		message: []string{"holds the value of GF_AUTH_CLIENT_SECRET", "plain text in Git"},
		help:    []string{"existingSecret", `ignore: "TG106 grafana.values.env.GF_AUTH_CLIENT_SECRET"`},
	},
	{
		code: "TG106", name: "an object that is a Secret", warns: true,
		profile: grafana12 + `
grafana: values: extraObjects: [{apiVersion: "v1", kind: "Secret", metadata: name: "x", stringData: note: "hunter2"}] // here`,
		path:    "grafana.values.extraObjects[0].stringData.note",
		message: []string{"holds what a Secret holds"},
		help:    []string{"into a Secret"},
	},
	{
		code: "TG106", name: "a name and its value",
		profile: `tempo: {mode: "monolithic", chart: version: "2.2.4", values: tempo: extraEnv: [
	{name: "PROXY_PASSWORD", value: "hunter2"}, // here
]}
store: {kind: "local"}`,
		path:    "tempo.values.tempo.extraEnv[0].value",
		message: []string{"the value of PROXY_PASSWORD"},
		help:    []string{"secretKeyRef"},
	},
	{
		code: "TG106", name: "a token that says whose it is",
		profile: grafana12 + `
grafana: values: env: GF_INSTALL: "` + notReal + `" // here`,
		path:    "grafana.values.env.GF_INSTALL",
		message: []string{"a token of GitHub"},
		help:    []string{"into a Secret"},
	},
	{
		code: "TG106", name: "a password in a URL",
		profile: grafana12 + `
grafana: values: env: GF_DATABASE_URL: "postgres://grafana:hunter2@db.example.com/grafana" // here`,
		path:    "grafana.values.env.GF_DATABASE_URL",
		message: []string{"a password in a URL"},
		help:    []string{"into a Secret"},
	},
	{
		code: "TG106", name: "a line of a text",
		profile: grafana12 + `
grafana: values: env: GF_CONFIG: "[auth]\nclient_secret = hunter2\n" // here`,
		path:    "grafana.values.env.GF_CONFIG",
		message: []string{"the value of client_secret"},
		help:    []string{"into a Secret"},
	},
	{
		code: "TG106", name: "as random as a key",
		profile: grafana12 + `
grafana: values: env: GF_SEED: "q7XkP2vR9mT4sW8nB3yL6cZ1" // here`,
		path:    "grafana.values.env.GF_SEED",
		message: []string{"as random as a key"},
		help:    []string{"into a Secret"},
	},
	{
		code: "TG106", name: "in another field",
		profile: `collector: {kind: "alloy", chart: version: "1.11.1", receivers: ["otlp-grpc"]
attributes: "service.note": "` + notReal + `" // here
}`,
		path:    `collector.attributes."service.note"`,
		message: []string{"a token of GitHub"},
		help:    []string{"into a Secret"},
	},
}

// TestNoSecret: what names a Secret is none, and what is no secret of a
// throw-away cluster is marked.
func TestNoSecret(t *testing.T) {
	for _, profile := range []string{
		grafana12 + "\ngrafana: values: admin: {existingSecret: \"grafana\", passwordKey: \"admin-password\"}",
		grafana12 + "\ngrafana: values: env: GF_SECRET: \"${SECRET}\"",
		grafana12 + "\ngrafana: values: envValueFrom: GF_PASSWORD: secretKeyRef: {name: \"grafana\", key: \"password\"}",
	} {
		workspace(t, map[string]string{"p": complete(strings.TrimSpace(profile))}).compile(t)
	}
	throwaway := "cluster: {kind: \"k3s\", throwaway: true}\n" + strings.TrimSpace(grafana12) + "\ngrafana: values: adminPassword: \"hunter2\""
	for _, f := range workspace(t, map[string]string{"p": complete(throwaway)}).compile(t) {
		text := string(f.Data)
		if strings.Contains(text, "hunter2") != strings.Contains(text, "throw-away credentials") {
			t.Errorf("%s and its header do not agree:\n%s", f.Path, text)
		}
	}
}

// TestOwnLeak: what no input says is the program's fault.
func TestOwnLeak(t *testing.T) {
	p := &plan.Plan{Topology: &topology.Topology{}}
	files := tree.Tree{{Path: "p/x/values.yaml", Data: []byte("# Made by a test.\npassword: hunter2\n")}}
	err := newSecretsCheck(newIgnoring(), nil).profile(p, &emit.Output{}, nil, files, nil)
	if err == nil || !strings.Contains(err.Error(), "p/x/values.yaml:2: the value of password") {
		t.Errorf("the error is %v", err)
	}
	m := tree.NewMap()
	m.Set("password", fact.Const("hunter2", "a test"))
	out := &emit.Output{Values: map[string]*tree.Map{"x": m}}
	if err := newSecretsCheck(newIgnoring(), nil).profile(p, out, nil, files, nil); err == nil {
		t.Error("a constant is taken for the user's")
	}
}

// TestThrowAway: the credentials of a throw-away cluster stand in no file that
// does not say so.
func TestThrowAway(t *testing.T) {
	s := workspace(t, map[string]string{"p": complete(minioCluster[1:] + "\n" + strings.TrimSpace(grafana12) + "\ngrafana: values: env: GF_NOTE: \"throw-away\"")})
	_, diags, err := Compile(s.w, s.profiles)
	if err != nil {
		t.Fatal(err)
	}
	if len(diags) != 1 || diags[0].Code != check.CodeSecret || diags[0].Path != "grafana.values.env.GF_NOTE" {
		t.Errorf("found:\n%s", text(s, diags))
	}
}
