package chart

import "testing"

// Those of the ingresses.
var ingressEdges = []edge{
	{"traefik", "tracing", "10.28.0", "none", "10.29.0", "zipkin"},
	{"traefik", "tracing", "27.0.2", "zipkin", "28.0.0", "otlp"},
	{"traefik", "propagation", "27.0.2", "b3multi", "28.0.0", "w3c"},
	{"traefik", "propagatorsEnv", "27.0.2", "<nil>", "28.0.0", "OTEL_PROPAGATORS"},
	{"traefik", "sampleRateKey", "27.0.2", "tracing.zipkin.sampleRate", "28.0.0", ""},
	{"traefik", "sampleRateKey", "33.1.0", "", "33.2.0", "tracing.sampleRate"},
	{"traefik", "sampleRateZero", "36.3.0", "false", "37.0.0", "true"},
	{"traefik", "serviceNameKey", "33.1.0", "", "33.2.0", "tracing.serviceName"},
	{"traefik", "resourceAttributesKey", "33.2.1", "tracing.globalAttributes", "34.0.0", "tracing.resourceAttributes"},
	{"traefik", "schema", "31.0.0", "none", "31.1.0", "open"},
	{"traefik", "schema", "38.0.2", "open", "39.0.0", "strict"},
	{"traefik", "emptyTLSFlags", "38.0.2", "false", "39.0.0", "true"},
	{"traefik", "emptyTLSFlags", "39.0.0", "true", "39.0.1", "false"},
	{"traefik", "serviceTypeKey", "39.0.9", "service.type", "40.0.0", "service.spec.type"},
	{"traefik", "accessLogKey", "40.3.0", "logs.access", "41.0.0", "accessLog"},
	{"traefik", "accessLogFieldsKey", "40.3.0", "fields.general", "41.0.0", "fields"},
	{"traefik", "defaultModeKey", "40.3.0", "defaultmode", "41.0.0", "defaultMode"},
	{"traefik", "logTraceField", "32.1.1", "", "33.0.0", "TraceId"},
	{"traefik", "logTraceField", "39.0.5", "TraceId", "39.0.6", "trace_id"},
	{"traefik", "logTraceField", "39.1.0-ea.2", "TraceId", "40.0.0", "trace_id"},
	{"traefik", "logTraceHeader", "27.0.2", "X-B3-Traceid", "28.0.0", "Traceparent"},
	{"traefik", "logTraceHeader", "32.1.1", "Traceparent", "33.0.0", ""},
	{"traefik", "minKubernetes", "20.8.0", "<nil>", "21.0.0", "1.16"},
	{"traefik", "minKubernetes", "27.0.2", "1.16", "28.0.0-rc.1", "1.22"},
	{"traefik", "minKubernetes", "39.1.0-ea.2", "1.22", "40.0.0-ea.1", "1.25"},
	{"traefik", "exposeKey", "26.1.0", "expose", "27.0.0", "expose.default"},
	{"traefik", "grpcCAKey", "27.0.2", "<nil>", "28.0.0", "tracing.otlp.grpc.tls.ca"},
	{"traefik", "httpCAKey", "27.0.2", "<nil>", "28.0.0", "tracing.otlp.http.tls.ca"},
	{"traefik", "capturedRequestHeadersKey", "27.0.2", "<nil>", "28.0.0", ""},
	{"traefik", "capturedRequestHeadersKey", "33.1.0", "", "33.2.0", "tracing.capturedRequestHeaders"},
	{"traefik", "capturedResponseHeadersKey", "27.0.2", "<nil>", "28.0.0", ""},
	{"traefik", "capturedResponseHeadersKey", "33.1.0", "", "33.2.0", "tracing.capturedResponseHeaders"},
	{"traefik", "ingressClassKey", "9.2.1", "<nil>", "9.3.0", "ingressClass.enabled"},
	{"traefik", "ingressClassOn", "18.3.0", "false", "19.0.0", "true"},
	{"traefik", "ingressClassDefaultKey", "9.2.1", "<nil>", "9.3.0", "ingressClass.isDefaultClass"},
	{"traefik", "ingressClassNameKey", "23.1.0", "<nil>", "23.2.0", "ingressClass.name"},
	{"traefik", "dashboardRoute", "28.3.0", "true", "29.0.0", "false"},
	{"traefik", "registryKeys", "21.2.0", "<nil>", "21.2.1", "[image.registry]"},
	{"traefik", "imageKeys", "20.8.0", "[image.name=traefik]", "21.0.0", "[image.repository=traefik]"},
	{"traefik", "imageKeys", "21.2.0", "[image.repository=traefik]", "21.2.1", "[]"},
	{"traefik", "serviceMonitorKeys", "20.3.1", "<nil>", "20.4.0", "[metrics.prometheus.serviceMonitor.enableHttp2 metrics.prometheus.service.enabled]"},
	{"traefik", "serviceMonitorKeys", "23.0.1", "[metrics.prometheus.serviceMonitor.enableHttp2 metrics.prometheus.service.enabled]", "23.1.0", "[metrics.prometheus.serviceMonitor.enableHttp2]"},
	{"traefik", "serviceMonitorKeys", "28.3.0", "[metrics.prometheus.serviceMonitor.enableHttp2]", "29.0.0", "[metrics.prometheus.serviceMonitor.enabled]"},
	{"traefik", "podLabelsKeys", "9.10.2", "<nil>", "9.11.0", "[deployment.podLabels]"},
	{"traefik", "podSelector", "16.2.0", "[app.kubernetes.io/name=traefik app.kubernetes.io/instance={release}]", "17.0.0", "[app.kubernetes.io/name=traefik app.kubernetes.io/instance={release}-{namespace}]"},
	{"traefik", "serviceWorks", "16.2.0", "true", "17.0.0", "false"},
	{"traefik", "serviceWorks", "17.0.0", "false", "17.0.1", "true"},
	{"traefik", "restricted", "38.0.1", "false", "38.0.2", "true"},
	{"traefik", "restrictedNeeds", "23.1.0", "[escalation seccomp]", "23.2.0", "[seccomp]"},
	{"traefik", "restrictedNeeds", "38.0.1", "[seccomp]", "38.0.2", "[]"},
	{"traefik", "serviceMonitorLabelsKeys", "20.3.1", "<nil>", "20.4.0", "[metrics.prometheus.serviceMonitor.additionalLabels]"},
	{"traefik", "ingressClassKeys", "18.3.0", "<nil>", "19.0.0", "[ingressClass.enabled]"},
	{"traefik", "ingressClassNameKeys", "23.1.0", "<nil>", "23.2.0", "[ingressClass.name]"},

	{"ingress-nginx", "namespaceKeys", "4.8.2", "<nil>", "4.8.3", "[namespaceOverride]"},
	{"ingress-nginx", "minKubernetes", "4.1.4", "1.19", "4.2.0", "1.20"},
	{"ingress-nginx", "minKubernetes", "4.10.0", "1.20", "4.10.1", "1.21"},
	{"ingress-nginx", "retired", "4.15.0", "false", "4.15.1", "true"},
	{"ingress-nginx", "tracing", "4.5.2", "opentracing", "4.6.0", "opentelemetry"},
	{"ingress-nginx", "openTracing", "4.8.3", "true", "4.9.0", "false"},
	{"ingress-nginx", "openTelemetryModuleKey", "4.4.0", "<nil>", "4.4.2", "controller.opentelemetry.enabled"},
	{"ingress-nginx", "openTelemetryModuleKey", "4.11.8", "controller.opentelemetry.enabled", "4.12.0", ""},
	{"ingress-nginx", "openTelemetrySwitch", "4.5.2", "<nil>", "4.6.0", "enable-opentelemetry"},
	{"ingress-nginx", "collectorHostKey", "4.5.2", "<nil>", "4.6.0", "otlp-collector-host"},
	{"ingress-nginx", "collectorPortKey", "4.5.2", "<nil>", "4.6.0", "otlp-collector-port"},
	{"ingress-nginx", "serviceNameKey", "4.5.2", "<nil>", "4.6.0", "otel-service-name"},
	{"ingress-nginx", "samplerKey", "4.5.2", "<nil>", "4.6.0", "otel-sampler"},
	{"ingress-nginx", "samplerRatioKey", "4.5.2", "<nil>", "4.6.0", "otel-sampler-ratio"},
	{"ingress-nginx", "samplerParentKey", "4.5.2", "<nil>", "4.6.0", "otel-sampler-parent-based"},
	{"ingress-nginx", "operationNameKey", "4.5.2", "<nil>", "4.6.0", "opentelemetry-operation-name"},
	{"ingress-nginx", "trustIncomingKey", "4.5.2", "<nil>", "4.6.0", "opentelemetry-trust-incoming-span"},
	{"ingress-nginx", "propagation", "4.5.2", "<nil>", "4.6.0", "w3c"},
	{"ingress-nginx", "watchWithoutClassKey", "4.0.0", "<nil>", "4.0.1", "controller.watchIngressWithoutClass"},
	{"ingress-nginx", "registryKeys", "4.11.8", "[controller.image.registry controller.admissionWebhooks.patch.image.registry defaultBackend.image.registry]", "4.12.0", "[global.image.registry]"},
	{"ingress-nginx", "podSecurityKeys", "4.2.1", "[controller.podSecurityContext]", "4.2.2", "[controller.podSecurityContext controller.admissionWebhooks.patch.securityContext]"},
	{"ingress-nginx", "containerSecurityKeys", "4.3.0", "[]", "4.4.0", "[controller.admissionWebhooks.createSecretJob.securityContext controller.admissionWebhooks.patchWebhookJob.securityContext]"},
	{"ingress-nginx", "containerSecurityKeys", "4.8.3", "[controller.admissionWebhooks.createSecretJob.securityContext controller.admissionWebhooks.patchWebhookJob.securityContext]", "4.9.0", "[controller.containerSecurityContext controller.admissionWebhooks.createSecretJob.securityContext controller.admissionWebhooks.patchWebhookJob.securityContext]"},
	{"ingress-nginx", "restricted", "4.8.3", "false", "4.9.0", "true"},
}

func TestLogTraceFieldFollowsTraefik(t *testing.T) {
	c := find(t, "traefik")
	for _, version := range c.Releases() {
		want := ""
		switch app := c.At(version).App(); {
		case Compare(app, "3.6.11") >= 0:
			want = "trace_id"
		case Compare(app, "3.2.0") >= 0:
			want = "TraceId"
		}
		expect(t, "traefik", version, "logTraceField", want)
	}
}
