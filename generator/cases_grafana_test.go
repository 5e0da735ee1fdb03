package generator

// The rules about Grafana, Loki and Prometheus.
var grafanaCases = []ruleCase{
	{
		code: "TG053", name: "a list in the user's stack",
		profile: `grafana: {
	kind: "kube-prometheus-stack"
	chart: version: "88.5.3"
	delivery: kind: "component"
	datasources: "values" // here
}`,
		path:    "grafana.datasources",
		message: []string{"the HelmRelease kube-prometheus-stack is the user's own", "silently"},
		help:    []string{`write datasources: "sidecar"`},
	},
	{
		code: "TG010", name: "no stack beside the operator",
		profile: `grafana: {kind: "grafana-operator", instanceSelector: a: "b"}
prometheus: {
	kind: "kube-prometheus-stack" // here
}`,
		path:    "prometheus.kind",
		message: []string{"Grafana does not come from one"},
		help:    []string{`kind: "address"`},
	},
	overridden("grafana", "sidecar: datasources: enabled: false", grafana12+"\n"+`grafana: datasources: "sidecar"`,
		"sets sidecar.datasources.enabled, which is true because grafana/datasources-configmap.yaml#", "change grafana.datasources instead"),
	overridden("grafana", "grafana: sidecar: datasources: label: \"mine\"", "\n"+`grafana: {kind: "kube-prometheus-stack", chart: version: "88.5.3"}`,
		"sets grafana.sidecar.datasources.label, which is grafana_datasource because grafana/datasources-configmap.yaml#", "leave it out of values"),
}
