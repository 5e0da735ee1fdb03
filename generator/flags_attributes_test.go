package generator

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// TestAttributeFlags wants the flags that the charts were seen to render of
// attributes and captured headers.
func TestAttributeFlags(t *testing.T) {
	const more = `resourceAttributes: {"site.name": "home", a: "b c"}, capturedRequestHeaders: ["User-Agent", "Accept"], capturedResponseHeaders: ["Server"], accessLog: enabled: false`
	for version, want := range map[string][]string{
		"31.0.0": {
			"--tracing.otlp=true",
			"--tracing.otlp.http=true",
			"--tracing.otlp.http.endpoint=http://tempo.observability.svc.cluster.local:4318/v1/traces",
			"--tracing.globalattributes.a=b c",
			"--tracing.globalattributes.site.name=home",
			"--tracing.capturedrequestheaders=User-Agent,Accept",
			"--tracing.capturedresponseheaders=Server",
		},
		"33.2.0": {
			"--tracing.globalAttributes.a=b c",
			"--tracing.globalAttributes.site.name=home",
			"--tracing.capturedRequestHeaders[0]=User-Agent",
			"--tracing.capturedRequestHeaders[1]=Accept",
			"--tracing.capturedResponseHeaders[0]=Server",
			"--tracing.otlp=true",
			"--tracing.otlp.http=true",
			"--tracing.otlp.http.endpoint=http://tempo.observability.svc.cluster.local:4318/v1/traces",
		},
		"41.3.0": {
			"--tracing.resourceAttributes.a=b c",
			"--tracing.resourceAttributes.site.name=home",
			"--tracing.capturedRequestHeaders=User-Agent,Accept",
			"--tracing.capturedResponseHeaders=Server",
			"--tracing.otlp=true",
			"--tracing.otlp.http=true",
			"--tracing.otlp.http.endpoint=http://tempo.observability.svc.cluster.local:4318/v1/traces",
		},
	} {
		t.Run(version, func(t *testing.T) {
			s := workspace(t, map[string]string{"p": complete(fmt.Sprintf(
				`traefik: {chart: version: %q, export: protocol: "otlp-http", %s}`, version, more))})
			r := read(s.compile(t), "p")
			if len(r.faults) > 0 {
				t.Errorf("values and flags disagree: %q", r.faults)
			}
			got := strings.Split(strings.TrimSuffix(r.text["p/traefik/flags.txt"], "\n"), "\n")
			if !slices.Equal(got, want) {
				t.Errorf("the flags are\n%s\nnot\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
			}
			inOrder(t, version, got)
		})
	}
}

// TestExportByTLS: to a collector with TLS, Traefik trusts the authority in the
// Secret that the collector names.
func TestExportByTLS(t *testing.T) {
	for _, c := range []struct {
		version, protocol string
		want              []string
	}{
		{"34.4.1", "otlp-grpc", []string{
			"--tracing.otlp=true", "--tracing.otlp.grpc=true",
			"--tracing.otlp.grpc.endpoint=alloy.observability.svc.cluster.local:4317",
			"--tracing.otlp.grpc.tls.ca=/etc/tracing-ca/ca.crt",
		}},
		{"41.3.0", "otlp-grpc", []string{
			"--tracing.otlp=true", "--tracing.otlp.grpc=true",
			"--tracing.otlp.grpc.endpoint=alloy.observability.svc.cluster.local:4317",
			"--tracing.otlp.grpc.insecure=false",
			"--tracing.otlp.grpc.tls.ca=/etc/tracing-ca/ca.crt",
		}},
		{"41.3.0", "otlp-http", []string{
			"--tracing.otlp=true", "--tracing.otlp.http=true",
			"--tracing.otlp.http.endpoint=https://alloy.observability.svc.cluster.local:4318/v1/traces",
			"--tracing.otlp.http.tls.ca=/etc/tracing-ca/ca.crt",
		}},
	} {
		t.Run(c.version+" "+c.protocol, func(t *testing.T) {
			s := workspace(t, map[string]string{"p": complete(fmt.Sprintf(`collector: {kind: "alloy", chart: version: "1.11.1", tls: {secret: "receiver", caSecret: "collector-ca"}}
traefik: {chart: version: %q, export: protocol: %q, accessLog: enabled: false}`, c.version, c.protocol))})
			files := s.compile(t)
			r := read(files, "p")
			got := strings.Fields(r.text["p/traefik/flags.txt"])
			if !slices.Equal(got, c.want) {
				t.Errorf("the flags are\n%s\nnot\n%s", strings.Join(got, "\n"), strings.Join(c.want, "\n"))
			}
			inOrder(t, c.version, got)
			v := r.values["traefik"]
			if str(v, "volumes", 0, "name") != "collector-ca" || str(v, "volumes", 0, "mountPath") != "/etc/tracing-ca" || str(v, "volumes", 0, "type") != "secret" {
				t.Errorf("the Secret is not mounted: %v", v["volumes"])
			}
		})
	}
}
