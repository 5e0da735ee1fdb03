package generator

const restricted = `cluster: {kind: "k3s", podSecurity: "restricted"}` + "\n"

// The machine's ports, and nobody behind them.
var kindCases = []ruleCase{
	{
		code: "TG061", name: "no kind",
		profile: `cluster: {
	kind: "k3s"
	hostPorts: {} // here
}` + traefik3,
		path:    "cluster.hostPorts",
		message: []string{"the cluster is k3s"},
		help:    []string{"leave them out"},
	},
	{
		code: "TG061", name: "a host that nothing leads to", warns: true,
		profile: `cluster: kind: "kind"
grafana: {
	kind: "grafana", chart: version: "12.11.1"
	ingress: host: "grafana.localhost" // here
}
traefik: {chart: version: "39.0.7", export: protocol: "otlp-http"}`,
		path:    "grafana.ingress.host",
		message: []string{"no port of the machine", "grafana.localhost"},
		help:    []string{"hostPorts: {}"},
	},
	{
		code: "TG061", name: "one port",
		profile: `cluster: {
	kind: "kind"
	hostPorts: {
		http: 8080
		https: 8080 // here
	}
}` + traefik3,
		path:    "cluster.hostPorts.https",
		message: []string{"8080", "both"},
		help:    []string{"another port"},
	},
	{
		code: "TG061", name: "no ingress",
		fill: []string{"39.0.7", "otlp-http"},
		profile: `cluster: {
	kind: "kind"
	hostPorts: {} // here
}`,
		path:    "cluster.hostPorts",
		message: []string{"no ingress"},
		help:    []string{"traefik"},
	},
	{
		code: "TG061", name: "no port of the node",
		profile: `cluster: {kind: "kind", hostPorts: {}}
traefik: {
	chart: version: "39.0.7"
	export: protocol: "otlp-http"
	service: "ClusterIP" // here
}`,
		path:    "traefik.service",
		message: []string{"no port on the nodes"},
		help:    []string{`service: "NodePort"`},
	},
	overridden("traefik", "ports: web: nodePort: 30081", "\ncluster: {kind: \"kind\", hostPorts: {}}"+traefik3,
		"sets ports.web.nodePort, which is 30080 because kind/cluster.yaml#nodes[0].extraPortMappings[0].containerPort relies", "leave it out of values"),
}

// What holds for every chart's pods, and cannot.
var podsCases = []ruleCase{
	{
		code: "TG059", name: "no registry",
		profile: `cluster: {
	kind: "k3s"
	priorityClass: "observability" // here
}
tempo: {mode: "distributed", chart: version: "0.20.0"}`,
		path:    "cluster.priorityClass",
		message: []string{"tempo-distributed 0.20.0", "no priority class"},
		help:    []string{"TG059"},
		warns:   true,
	},
	{
		code: "TG059", name: "a ServiceMonitor that nobody selects",
		profile: `cluster: {
	kind: "k3s", throwaway: true
	serviceMonitors: true // here
}
store: {kind: "minio", placement: "cluster", bucket: "traces", credentials: kind: "inline"}` + stack,
		path:    "cluster.serviceMonitors",
		message: []string{"minio 5.4.0", "no ServiceMonitor"},
		help:    []string{"TG059"},
		warns:   true,
	},
	{
		code: "TG059", name: "a taint without a key",
		profile: `cluster: {
	kind: "k3s"
	tolerations: [
		{value: "x"}, // here
	]
}`,
		path:    "cluster.tolerations[0]",
		message: []string{"no key"},
		help:    []string{`operator: "Exists"`},
	},
	{
		code: "TG059", name: "a value that does not count",
		profile: `cluster: {
	kind: "k3s"
	tolerations: [{
		key: "a"
		operator: "Exists"
		value: "b" // here
	}]
}`,
		path:    "cluster.tolerations[0].value",
		message: []string{"has a value"},
		help:    []string{`operator: "Equal"`},
	},
	{
		code: "TG059", name: "seconds of another effect",
		profile: `cluster: {
	kind: "k3s"
	tolerations: [{
		key: "a"
		seconds: 5 // here
	}]
}`,
		path:    "cluster.tolerations[0].seconds",
		message: []string{"NoExecute"},
		help:    []string{`effect: "NoExecute"`},
	},
	{
		code: "TG060", name: "Jobs without a context",
		profile: `cluster: {kind: "k3s", throwaway: true, podSecurity: "restricted"}
store: {
	kind: "minio", placement: "cluster", bucket: "traces", credentials: kind: "inline"
	chart: version: "5.4.0" // here
}`,
		path:    "store.chart.version",
		message: []string{"minio 5.4.0", "restricted", "observability"},
		help:    []string{`pod-security.kubernetes.io/enforce": "privileged"`},
	},
	{
		code: "TG060", name: "a subchart",
		profile: `cluster: {kind: "k3s", throwaway: true, podSecurity: "restricted"}
store: {
	kind: "minio"
	placement: "subchart" // here
	bucket: "traces", credentials: kind: "inline"
}
tempo: {mode: "distributed", chart: version: "1.61.3"}`,
		path:    "store.placement",
		message: []string{"Minio that comes with Tempo's chart"},
		help:    []string{`"privileged"`},
	},
	{
		code: "TG060", name: "ports of the node",
		profile: `cluster: {
	kind: "kind", podSecurity: "baseline"
	hostPorts: {} // here
}
ingressNginx: {chart: version: "4.12.1", export: protocol: "otlp-grpc"}
ignore: TG072: "a case"`,
		path:    "cluster.hostPorts",
		message: []string{"takes ports of its node"},
		help:    []string{`"privileged"`},
	},
	{
		code: "TG060", name: "the host's own",
		profile: `cluster: {kind: "k3s", podSecurity: "baseline"}
grafana: {
	kind: "kube-prometheus-stack"
	chart: version: "88.5.3" // here
}`,
		path:    "grafana.chart.version",
		message: []string{"kube-prometheus-stack 88.5.3", "baseline", "monitoring"},
		help:    []string{`namespaces: {"monitoring": labels: "pod-security.kubernetes.io/enforce": "privileged", "observability": {}}`},
	},
	{
		code: "TG060", name: "a namespace's own standard",
		profile: `namespaces: {observability: {}, monitoring: labels: "pod-security.kubernetes.io/enforce": "baseline"}
grafana: {
	kind: "kube-prometheus-stack"
	chart: version: "88.5.3" // here
}`,
		path:    "grafana.chart.version",
		message: []string{"baseline"},
		help:    []string{`"privileged"`},
	},
	{
		code: "TG060", name: "an image of root's",
		profile: restricted + `tempo: {
	mode: "monolithic"
	chart: version: "1.7.3" // here
}`,
		path:    "tempo.chart.version",
		message: []string{"tempo 1.7.3"},
		help:    []string{`"privileged"`},
	},
}
