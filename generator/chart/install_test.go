package chart

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

// What values do to Services: rename, move, add, turn off. Each was rendered, but
// for the Minio subchart of tempo-distributed.
func TestServicesByValues(t *testing.T) {
	long := "a-release-with-a-name-of-many-characters-to-be-cut-it"
	for _, tc := range []struct{ chart, version, release, values, want string }{
		{"tempo-distributed", "1.61.3", "x", `{"fullnameOverride":"abc"}`, "abc-querier ClusterIP grpc:9095 http-metrics:3200"},
		{"tempo-distributed", "1.61.3", "x", `{"nameOverride":"tracing"}`, "x-tracing-querier ClusterIP grpc:9095 http-metrics:3200"},
		{"tempo-distributed", "1.54.0", "tempo", `{"queryFrontend":{"service":{"httpMetricsPort":80}}}`, "tempo-query-frontend ClusterIP grpc:9095 http-metrics:3200"},
		{"tempo-distributed", "1.54.1", "tempo", `{"queryFrontend":{"service":{"httpMetricsPort":80}}}`, "tempo-query-frontend ClusterIP grpc:9095 http-metrics:80"},
		{"tempo-distributed", "1.61.3", "tempo", `{"ingester":{"zoneAwareReplication":{"enabled":true}}}`, "tempo-ingester-zone-b ClusterIP grpc:9095 http-metrics:3200"},
		{"tempo-distributed", "1.61.3", "tempo", `{"memcached":{"enabled":false}}`, "no tempo-memcached"},
		{"tempo-distributed", "1.6.5", "tempo", `{"minio":{"enabled":true}}`, "no tempo-minio-console"},
		{"tempo-distributed", "1.61.3", "t", `{"minio":{"enabled":true}}`, "t-minio-console ClusterIP http:9001"},
		{"tempo", "1.14.0", "tempo", `{"tempo":{"receivers":{"otlp":{"protocols":{"grpc":{"endpoint":"0.0.0.0:5555"}}}}}}`, "tempo ClusterIP * grpc-tempo-otlp:4317"},
		{"tempo", "2.2.4", "tempo", `{"tempo":{"receivers":{"otlp":{"protocols":{"grpc":{"endpoint":"0.0.0.0:5555"}}}}}}`, "tempo ClusterIP * grpc-tempo-otlp:5555"},
		{"alloy", "1.11.1", "alloy", `{"extraPorts":[{"name":"otlp","port":4317}]}`, "alloy ClusterIP http-metrics:12345"},
		{"alloy", "1.11.1", "alloy", `{"service":{"enabled":false}}`, "no alloy"},
		{"alloy", "1.11.1", "alloy", `{"alloy":{"clustering":{"enabled":true}}}`, "alloy-cluster headless http:12345"},
		{"traefik", "26.1.0", "edge", `{"ports":{"zipkin":{"port":9411,"expose":true}}}`, "edge-traefik LoadBalancer web:80 websecure:443 zipkin:9411"},
		{"traefik", "27.0.0", "edge", `{"ports":{"zipkin":{"port":9411,"expose":{"default":true}}}}`, "edge-traefik LoadBalancer web:80 websecure:443 zipkin:9411"},
		{"traefik", "39.0.7", "edge", `{"service":{"additionalServices":{"lan":{"type":"ClusterIP"}}},"ports":{"web":{"expose":{"lan":true}}}}`, "edge-traefik-lan ClusterIP web:80"},
		{"traefik", "39.0.7", "traefik", `{"service":{"single":false},"ports":{"websecure":{"http3":{"enabled":true}}}}`, "traefik-udp LoadBalancer websecure-http3:443/UDP"},
		{"traefik", "40.0.0", "traefik", `{"service":{"type":"NodePort"}}`, "traefik LoadBalancer web:80 websecure:443"},
		{"traefik", "40.0.0", "traefik", `{"service":{"spec":{"type":"NodePort"}}}`, "traefik NodePort web:80 websecure:443"},
		{"opentelemetry-collector", "0.170.0", "otel", `{"mode":"daemonset"}`, "no otel-opentelemetry-collector"},
		{"opentelemetry-collector", "0.170.0", "otel", `{"mode":"deployment","ports":{"otlp-http":{"servicePort":80},"zipkin":{"enabled":false}}}`, "otel-opentelemetry-collector ClusterIP jaeger-compact:6831/UDP jaeger-grpc:14250 jaeger-thrift:14268 otlp-http:80 otlp:4317"},
		{"grafana", "12.11.1", long, `{"imageRenderer":{"enabled":true}}`, "a-release-with-a-name-of-many-characters-to-be-image-renderer ClusterIP http:8081"},
		{"kube-prometheus-stack", "88.5.3", "kps", `{"grafana":{"fullnameOverride":"graf","service":{"port":3000}}}`, "graf ClusterIP http-web:3000"},
		{"kube-prometheus-stack", "88.5.3", "a-long-name-of-a-release", `{}`, "a-long-name-of-a-release-k-prometheus ClusterIP http-web:9090 reloader-web:8080"},
		{"loki", "5.47.2", "logs", `{}`, "loki-gateway ClusterIP http:80"},
		{"loki", "6.27.0", "logs", `{}`, "logs-loki-gateway ClusterIP http-metrics:80"},
		{"loki", "6.27.0", "logs", `{"deploymentMode":"SingleBinary"}`, "logs-loki ClusterIP grpc:9095 http-metrics:3100"},
		{"loki", "18.11.0", "loki", `{}`, "no loki-read"},
		{"loki", "18.11.0", "loki", `{"deploymentMode":"SimpleScalable"}`, "loki-read ClusterIP grpc:9095 grpclb:9096 http-metrics:3100"},
		{"minio", "5.4.0", "store", `{"tls":{"enabled":true},"service":{"port":"443"}}`, "store-minio ClusterIP https:443"},
	} {
		var values map[string]any
		if err := json.Unmarshal([]byte(tc.values), &values); err != nil {
			t.Fatal(err)
		}
		name, _, _ := strings.Cut(strings.TrimPrefix(tc.want, "no "), " ")
		got := "no " + name
		for _, s := range find(t, tc.chart).At(tc.version).Services(Install{Release: tc.release, Values: values}) {
			if s.Name == name {
				got = written(s)
			}
		}
		if before, after, some := strings.Cut(tc.want, "* "); some {
			if !strings.HasPrefix(got, before) || !strings.Contains(got+" ", " "+after+" ") {
				t.Errorf("%s %s with %s: %s, want %s", tc.chart, tc.version, tc.values, got, tc.want)
			}
		} else if got != tc.want {
			t.Errorf("%s %s with %s: %s, want %s", tc.chart, tc.version, tc.values, got, tc.want)
		}
	}
}

func TestNamespaces(t *testing.T) {
	for _, tc := range []struct{ chart, version, service, override, want string }{
		{"alloy", "0.12.0", "alloy", "other", "n"},
		{"alloy", "0.12.1", "alloy", "other", "other"},
		{"kube-prometheus-stack", "88.5.3", "alloy-kube-prometheus-stac-coredns", "other", "kube-system"},
	} {
		in := Install{Release: "alloy", Namespace: "n", Values: map[string]any{"namespaceOverride": tc.override}}
		got := "no such Service"
		for _, s := range find(t, tc.chart).At(tc.version).Services(in) {
			if s.Name == tc.service {
				got = s.Namespace
			}
		}
		if got != tc.want {
			t.Errorf("%s %s: %s is in %s, want %s", tc.chart, tc.version, tc.service, got, tc.want)
		}
	}
}

func TestReceiversByValues(t *testing.T) {
	for _, tc := range []struct{ chart, version, values, want string }{
		{"tempo-distributed", "1.61.3", `{}`, ""},
		{"tempo-distributed", "1.61.3", `{"traces":{"otlp":{"grpc":{"enabled":true}},"zipkin":{"enabled":false}}}`, "otlp-grpc"},
		{"tempo-distributed", "1.61.3", `{"traces":{"jaeger":{"thriftcompact":{"enabled":true}}}}`, ""},
		{"tempo", "2.2.4", `{"tempo":{"receivers":{"zipkin":{},"jaeger":null}}}`, "otlp-grpc otlp-http zipkin"},
		{"tempo", "2.2.4", `{"tempo":{"receivers":{"otlp":{"protocols":{"http":null}},"jaeger":null}}}`, "otlp-grpc"},
		{"tempo", "2.2.4", `{"tempo":{"receivers":{"jaeger":{"protocols":{"grpc":null}}}}}`, "otlp-grpc otlp-http jaeger-thrift-compact jaeger-thrift-binary jaeger-thrift-http"},
		{"alloy", "1.11.1", `{}`, ""},
	} {
		var values map[string]any
		if err := json.Unmarshal([]byte(tc.values), &values); err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, r := range find(t, tc.chart).At(tc.version).Receivers(values) {
			if r.On {
				got = append(got, r.Name)
			}
		}
		if fmt.Sprint(strings.Join(got, " ")) != tc.want {
			t.Errorf("%s %s with %s: %v, want %s", tc.chart, tc.version, tc.values, got, tc.want)
		}
	}
}
