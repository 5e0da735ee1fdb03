package chart

// Those of the collectors.
var collectorEdges = []edge{
	{"alloy", "namespaceKeys", "0.12.0", "<nil>", "0.12.1", "[namespaceOverride]"},
	{"alloy", "rulesKey", "1.3.1", "<nil>", "1.4.0", "rbac.rules"},
	{"alloy", "networkPolicyKey", "1.1.1", "<nil>", "1.1.2", "networkPolicy.enabled"},
	{"alloy", "hasOpencensus", "1.5.3", "true", "1.6.0", "false"},
	{"alloy", "receivers", "1.5.3", "[otlp-grpc otlp-http zipkin jaeger-grpc jaeger-thrift-http jaeger-thrift-compact jaeger-thrift-binary opencensus]", "1.6.0", "[otlp-grpc otlp-http zipkin jaeger-grpc jaeger-thrift-http jaeger-thrift-compact jaeger-thrift-binary]"},
	{"alloy", "envFunction", "0.7.0", "env", "0.8.0", "sys.env"},

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
	{"opentelemetry-collector", "receivers", "0.130.2", "[otlp-grpc otlp-http zipkin jaeger-grpc jaeger-thrift-http jaeger-thrift-compact jaeger-thrift-binary opencensus]", "0.131.0", "[otlp-grpc otlp-http zipkin jaeger-grpc jaeger-thrift-http jaeger-thrift-compact jaeger-thrift-binary]"},
	{"opentelemetry-collector", "otherConfigKeys", "0.103.0", "[]", "0.104.0", "[alternateConfig]"},
	{"opentelemetry-collector", "containerOperator", "0.91.0", "false", "0.92.0", "true"},
}
