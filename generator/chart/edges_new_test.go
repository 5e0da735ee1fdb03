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
}

// What Chart.yaml says of Kubernetes; a product that is no chart says nothing.
var newKubernetes = []kubernetes{
	{"opentelemetry-collector", "0.80.0", "-"},
	{"opentelemetry-collector", "0.170.0", "-"},
}
