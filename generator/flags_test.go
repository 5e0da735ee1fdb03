package generator

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"tracegen.dev/generator/chart"
)

// TestFlags wants the flags that the charts were seen to render.
func TestFlags(t *testing.T) {
	const zipkin = "http://tempo.observability.svc.cluster.local:9411/api/v2/spans"
	v2 := []string{
		"--tracing.zipkin=true",
		"--tracing.zipkin.httpEndpoint=" + zipkin,
		"--tracing.zipkin.sameSpan=true",
		"--tracing.zipkin.id128Bit=true",
		"--tracing.zipkin.sampleRate=0.5",
		"--accesslog=true",
		"--accesslog.format=json",
		"--accesslog.fields.defaultmode=keep",
		"--accesslog.fields.headers.defaultmode=drop",
		"--accesslog.fields.headers.names.X-B3-Traceid=keep",
		"--tracing.servicename=edge",
	}
	log := []string{
		"--accesslog=true",
		"--accesslog.format=json",
		"--accesslog.fields.defaultmode=keep",
		"--accesslog.fields.headers.defaultmode=drop",
	}
	for _, c := range []struct {
		version, protocol, more string
		want                    []string
	}{
		{"18.1.0", "zipkin", "sampling: 0.5, serviceName: \"edge\"", v2},
		{"27.0.2", "zipkin", "sampling: 0.5, serviceName: \"edge\"", v2},
		{"18.1.0", "zipkin", "accessLog: enabled: false", []string{
			"--tracing.zipkin=true",
			"--tracing.zipkin.httpEndpoint=" + zipkin,
			"--tracing.zipkin.sameSpan=true",
			"--tracing.zipkin.id128Bit=true",
		}},
		// Traefik 3.0 and 3.1: the chart has no keys, and no trace ID is logged.
		{"31.0.0", "otlp-http", "sampling: 0.5, serviceName: \"edge\"", slices.Concat([]string{
			"--tracing.otlp=true",
			"--tracing.otlp.http=true",
			"--tracing.otlp.http.endpoint=http://tempo.observability.svc.cluster.local:4318/v1/traces",
		}, log, []string{
			"--accesslog.fields.headers.names.Traceparent=keep",
			"--tracing.samplerate=0.5",
			"--tracing.servicename=edge",
		})},
		{"34.4.1", "otlp-http", "internals: true", slices.Concat([]string{
			"--tracing.addinternals",
			"--tracing.otlp=true",
			"--tracing.otlp.http=true",
			"--tracing.otlp.http.endpoint=http://tempo.observability.svc.cluster.local:4318/v1/traces",
		}, log)},
		{"39.0.7", "otlp-grpc", "sampling: 0.5", slices.Concat([]string{
			"--tracing.sampleRate=0.5",
			"--tracing.otlp=true",
			"--tracing.otlp.grpc=true",
			"--tracing.otlp.grpc.endpoint=tempo.observability.svc.cluster.local:4317",
			"--tracing.otlp.grpc.insecure=true",
		}, log)},
		{"41.3.0", "otlp-grpc", "internals: true, sampling: 0.5, serviceName: \"edge\", accessLog: keepHeaders: [\"X-B3-Traceid\", \"Traceparent\"]", slices.Concat([]string{
			"--tracing.addinternals",
			"--tracing.sampleRate=0.5",
			"--tracing.serviceName=edge",
			"--tracing.otlp=true",
			"--tracing.otlp.grpc=true",
			"--tracing.otlp.grpc.endpoint=tempo.observability.svc.cluster.local:4317",
			"--tracing.otlp.grpc.insecure=true",
		}, log, []string{ // the chart sorts the names
			"--accesslog.fields.headers.names.Traceparent=keep",
			"--accesslog.fields.headers.names.X-B3-Traceid=keep",
		})},
		{"18.1.0", "zipkin", "accessLog: keepHeaders: [\"X-B3-Traceid\", \"Accept\"]", slices.Concat([]string{
			"--tracing.zipkin=true",
			"--tracing.zipkin.httpEndpoint=" + zipkin,
			"--tracing.zipkin.sameSpan=true",
			"--tracing.zipkin.id128Bit=true",
		}, log, []string{
			"--accesslog.fields.headers.names.Accept=keep",
			"--accesslog.fields.headers.names.X-B3-Traceid=keep",
		})},
	} {
		t.Run(c.version+" "+c.protocol, func(t *testing.T) {
			s := workspace(t, map[string]string{"p": complete(fmt.Sprintf(
				`traefik: {chart: version: %q, export: protocol: %q, %s}`, c.version, c.protocol, c.more))})
			files := s.compile(t)
			r := read(files, "p")
			if len(r.faults) > 0 {
				t.Errorf("values and flags disagree: %q", r.faults)
			}
			got := strings.Fields(r.text["p/traefik/flags.txt"])
			if !slices.Equal(got, c.want) {
				t.Errorf("the flags are\n%s\nnot\n%s", strings.Join(got, "\n"), strings.Join(c.want, "\n"))
			}
			inOrder(t, c.version, got)
		})
	}
}

var name = regexp.MustCompile(`(names|lAttributes|lattributes|eAttributes)\.[^=]*|\[[0-9]+\]`)

// inOrder holds flags to the chart's list of them: its spelling and its order.
func inOrder(t *testing.T, version string, flags []string) {
	t.Helper()
	c, _ := chart.Find("traefik")
	list, last := c.At(version).Strings("flags"), 0
	for _, f := range flags {
		key, _, value := strings.Cut(name.ReplaceAllStringFunc(f, func(part string) string {
			if part[0] == '[' {
				return "[{}]"
			}
			prefix, _, _ := strings.Cut(part, ".")
			return prefix + ".{}"
		}), "=")
		if value {
			key += "="
		}
		i := slices.Index(list, key)
		if i < last {
			t.Errorf("%s is unknown to traefik %s, or out of order", key, version)
		}
		last = i
	}
}
