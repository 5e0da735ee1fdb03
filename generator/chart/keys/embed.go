package keys

import _ "embed"

// The contracts are embedded as texts, one by one: an embed.FS would copy what
// is read.
var (
	//go:embed known/alloy.keys
	alloy string
	//go:embed known/grafana.keys
	grafana string
	//go:embed known/grafana-agent.keys
	grafanaAgent string
	//go:embed known/ingress-nginx.keys
	ingressNginx string
	//go:embed known/kube-prometheus-stack.keys
	kubePrometheusStack string
	//go:embed known/linkerd-control-plane.keys
	linkerdControlPlane string
	//go:embed known/linkerd-jaeger.keys
	linkerdJaeger string
	//go:embed known/loki.keys
	loki string
	//go:embed known/minio.keys
	minio string
	//go:embed known/opentelemetry-collector.keys
	opentelemetryCollector string
	//go:embed known/prometheus.keys
	prometheus string
	//go:embed known/promtail.keys
	promtail string
	//go:embed known/tempo.keys
	tempo string
	//go:embed known/tempo-distributed.keys
	tempoDistributed string
	//go:embed known/traefik.keys
	traefik string

	//go:embed known/shapes/grafana.keys
	grafanaShapes string
	//go:embed known/shapes/ingress-nginx.keys
	ingressNginxShapes string
	//go:embed known/shapes/k8s.keys
	k8sShapes string
	//go:embed known/shapes/loki.keys
	lokiShapes string
	//go:embed known/shapes/monitoring.keys
	monitoringShapes string
	//go:embed known/shapes/otelcol.keys
	otelcolShapes string
	//go:embed known/shapes/prometheus.keys
	prometheusShapes string
	//go:embed known/shapes/tempo.keys
	tempoShapes string
)

// known has the contracts of the charts, and the shapes.
var known = []struct{ name, text string }{
	{"alloy", alloy},
	{"grafana", grafana},
	{"grafana-agent", grafanaAgent},
	{"ingress-nginx", ingressNginx},
	{"kube-prometheus-stack", kubePrometheusStack},
	{"linkerd-control-plane", linkerdControlPlane},
	{"linkerd-jaeger", linkerdJaeger},
	{"loki", loki},
	{"minio", minio},
	{"opentelemetry-collector", opentelemetryCollector},
	{"prometheus", prometheus},
	{"promtail", promtail},
	{"tempo", tempo},
	{"tempo-distributed", tempoDistributed},
	{"traefik", traefik},

	{"shapes/grafana", grafanaShapes},
	{"shapes/ingress-nginx", ingressNginxShapes},
	{"shapes/k8s", k8sShapes},
	{"shapes/loki", lokiShapes},
	{"shapes/monitoring", monitoringShapes},
	{"shapes/otelcol", otelcolShapes},
	{"shapes/prometheus", prometheusShapes},
	{"shapes/tempo", tempoShapes},
}
