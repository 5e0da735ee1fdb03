package chart

import "testing"

// Both sides of each edge of what a collector's pipeline is made of.
func TestCollectorEdges(t *testing.T) {
	for _, tc := range []edge{
		{"alloy", "receivers", "1.5.3", "[otlp-grpc otlp-http zipkin jaeger-grpc jaeger-thrift-http jaeger-thrift-compact jaeger-thrift-binary opencensus]", "1.6.0", "[otlp-grpc otlp-http zipkin jaeger-grpc jaeger-thrift-http jaeger-thrift-compact jaeger-thrift-binary]"},
		{"alloy", "envFunction", "0.7.0", "env", "0.8.0", "sys.env"},
		{"opentelemetry-collector", "receivers", "0.130.2", "[otlp-grpc otlp-http zipkin jaeger-grpc jaeger-thrift-http jaeger-thrift-compact jaeger-thrift-binary opencensus]", "0.131.0", "[otlp-grpc otlp-http zipkin jaeger-grpc jaeger-thrift-http jaeger-thrift-compact jaeger-thrift-binary]"},
		{"opentelemetry-collector", "otherConfigKeys", "0.103.0", "[]", "0.104.0", "[alternateConfig]"},
		{"opentelemetry-collector", "containerOperator", "0.91.0", "false", "0.92.0", "true"},
	} {
		expect(t, tc.chart, tc.before, tc.feature, tc.was)
		expect(t, tc.chart, tc.from, tc.feature, tc.is)
	}
}
