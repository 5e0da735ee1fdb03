package chart

// Both sides of each edge of the collectors, of what stands beside Tempo, and of the mesh.
var newEdges = []edge{
	{"opentelemetry-collector", "imageRequired", "0.88.0", "false", "0.89.0", "true"},
	{"opentelemetry-collector", "defaultImage", "0.88.0", "otel/opentelemetry-collector-contrib", "0.89.0", ""},
	{"opentelemetry-collector", "defaultCommand", "0.87.2", "otelcol-contrib", "0.88.0", ""},
	{"opentelemetry-collector", "alternateConfigKey", "0.103.0", "<nil>", "0.104.0", "alternateConfig"},
	{"opentelemetry-collector", "defaultExporters", "0.84.0", "[debug logging]", "0.85.0", "[debug]"},
	{"opentelemetry-collector", "defaultExtensions", "0.97.2", "[health_check memory_ballast]", "0.98.0", "[health_check]"},
	{"opentelemetry-collector", "healthCheckRequired", "0.83.0", "false", "0.83.1", "true"},
	{"opentelemetry-collector", "healthCheckExtensions", "0.83.0", "<nil>", "0.83.1", "[health_check]"},
	{"opentelemetry-collector", "healthCheckExtensions", "0.117.2", "[health_check]", "0.117.3", "[health_check healthcheckv2]"},
	{"opentelemetry-collector", "memoryLimiter", "0.99.0", "template", "0.100.0", "values"},
	{"opentelemetry-collector", "rewritesNames", "0.161.0", "false", "0.162.0", "true"},
	{"opentelemetry-collector", "opencensusReceiver", "0.130.2", "true", "0.131.0", "false"},
	{"opentelemetry-collector", "lokiExporter", "0.119.1", "true", "0.120.0", "false"},
	{"opentelemetry-collector", "lokiExporter", "0.121.0", "false", "0.122.0", "true"},
	{"opentelemetry-collector", "lokiExporter", "0.129.0", "true", "0.130.0", "false"},
	{"opentelemetry-collector", "loggingExporter", "0.107.0", "true", "0.108.0", "false"},
	{"opentelemetry-collector", "memoryBallast", "0.102.1", "true", "0.103.0", "false"},
	{"opentelemetry-collector", "registryKeys", "0.81.0", "[]", "0.81.1", "[global.imageRegistry]"},

	{"prometheus", "minKubernetes", "19.0.0", "<nil>", "19.0.1", "1.16"},
	{"prometheus", "minKubernetes", "23.4.0", "1.16", "24.0.0", "1.19"},
	{"prometheus", "serverServiceKeys", "15.5.4", "[server.enabled]", "15.6.0", "[server.enabled server.service.enabled]"},
	{"prometheus", "serverServiceKeys", "18.4.0", "[server.enabled server.service.enabled]", "19.0.0", "[server.service.enabled]"},
	{"prometheus", "remoteWriteReceiverFlag", "15.5.3", "enable-feature=remote-write-receiver", "15.5.4", "web.enable-remote-write-receiver"},
	{"prometheus", "otlpReceiverFlag", "25.30.2", "<nil>", "26.0.0", "web.enable-otlp-receiver"},
	{"prometheus", "exemplarsKey", "20.0.2", "<nil>", "20.1.0", "server.exemplars"},
	{"prometheus", "otlpKey", "27.0.0", "<nil>", "27.1.0", "server.otlp"},
	{"prometheus", "retentionSizeKey", "25.5.0", "<nil>", "25.6.0", "server.retentionSize"},
	{"prometheus", "otherSwitches", "15.18.0", "[alertmanager.enabled kubeStateMetrics.enabled nodeExporter.enabled pushgateway.enabled]", "16.0.0", "[alertmanager.enabled kubeStateMetrics.enabled prometheus-node-exporter.enabled pushgateway.enabled]"},
	{"prometheus", "otherSwitches", "16.0.0", "[alertmanager.enabled kubeStateMetrics.enabled prometheus-node-exporter.enabled pushgateway.enabled]", "17.0.0", "[alertmanager.enabled kubeStateMetrics.enabled prometheus-node-exporter.enabled prometheus-pushgateway.enabled]"},
	{"prometheus", "otherSwitches", "18.4.0", "[alertmanager.enabled kubeStateMetrics.enabled prometheus-node-exporter.enabled prometheus-pushgateway.enabled]", "19.0.0", "[alertmanager.enabled kube-state-metrics.enabled prometheus-node-exporter.enabled prometheus-pushgateway.enabled]"},
	{"prometheus", "containerSecurityKeys", "15.9.1", "[]", "15.9.2", "[server.containerSecurityContext configmapReload.prometheus.containerSecurityContext]"},
	{"prometheus", "podSelector", "20.2.1", "[app=prometheus component=server release={release}]", "21.0.0", "[app.kubernetes.io/name=prometheus app.kubernetes.io/component=server app.kubernetes.io/instance={release}]"},
}

// What Chart.yaml says of Kubernetes; a product that is no chart says nothing.
var newKubernetes = []kubernetes{
	{"opentelemetry-collector", "0.80.0", "-"},
	{"opentelemetry-collector", "0.170.0", "-"},
	{"prometheus", "15.0.0", "-"},
	{"prometheus", "19.0.1", ">=1.16.0-0"},
	{"prometheus", "25.0.0", ">=1.19.0-0"},
	{"prometheus", "29.27.0", ">=1.19.0-0"},
}
