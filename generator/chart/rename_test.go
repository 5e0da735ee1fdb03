package chart

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

func TestMover(t *testing.T) {
	for _, tc := range []struct{ chart, from, path, to, want string }{
		{"traefik", "40.3.0", "logs.access", "41.0.0", "accessLog 41.0.0"},
		{"traefik", "40.3.0", "logs.general.level", "41.3.0", "log.level 41.0.0"},
		{"traefik", "40.3.0", "logs.access.fields.general.names.x", "41.0.0", "accessLog.fields.names.x 41.0.0"},
		{"traefik", "39.0.7", "logs.access.fields.general.defaultmode", "41.3.0", "accessLog.fields.defaultMode 41.0.0"},
		{"traefik", "39.0.7", "logs.access.fields.headers.defaultmode", "41.3.0", "accessLog.fields.headers.defaultMode 41.0.0"},
		{"traefik", "41.3.0", "accessLog.fields.headers.defaultMode", "39.0.7", "logs.access.fields.headers.defaultmode 41.0.0"},
		{"traefik", "41.3.0", "accessLog.fields.headers.names.x", "39.0.7", "logs.access.fields.headers.names.x 41.0.0"},
		{"traefik", "39.0.7", "service.type", "40.0.0", "service.spec.type 40.0.0"},
		{"traefik", "33.2.0", "tracing.globalAttributes.a", "34.0.0", "tracing.resourceAttributes.a 34.0.0"},
		{"traefik", "40.0.0", "service.type", "41.0.0", "service.type"},
		{"traefik", "39.0.7", "logs.accessories", "41.0.0", "logs.accessories"},
		{"tempo-distributed", "2.26.2", "compactor.config.compaction.block_retention", "3.0.0", "backendScheduler.config.provider.compaction.compaction.block_retention 3.0.0"},
		{"tempo-distributed", "1.32.7", "overrides.tenant", "1.33.0", "per_tenant_overrides.tenant 1.33.0"},
		{"tempo-distributed", "1.32.7", "global_overrides.defaults.x", "1.33.0", "overrides.defaults.x 1.33.0"},
		{"tempo-distributed", "1.32.7", "global_overrides.some_limit", "1.33.0", "overrides 1.33.0"},
		{"tempo-distributed", "1.32.7", "global_overrides.max_traces_per_user", "1.61.3", "overrides.defaults.ingestion.max_traces_per_user 1.33.0"},
		{"tempo-distributed", "0.25.0", "metricsGenerator.config.storage_remote_write[0].url", "0.26.0", "metricsGenerator.config.storage.remote_write[0].url 0.26.0"},
		{"tempo-distributed", "0.27.4", "minio.accessKey", "1.61.3", "minio.rootUser 1.4.10 1.6.4 1.6.7"},
		{"tempo-distributed", "1.6.4", "minio.accessKey", "1.6.7", "minio.rootUser 1.6.7"},
		{"tempo-distributed", "1.61.3", "minio.rootUser", "0.27.4", "minio.accessKey 1.6.7 1.6.4 1.4.10"},
		{"tempo-distributed", "0.21.0", "tempo.structuredConfig.metrics_generator.traces_storage.path", "2.0.0", "tempo.structuredConfig.metrics_generator.traces_storage.path"},
		{"tempo", "1.18.3", "tempo.overrides", "1.19.0", "tempo.per_tenant_overrides 1.19.0"},
		{"grafana", "6.61.0", "global.image.registry", "12.11.1", "global.imageRegistry 7.0.0"},
	} {
		c := find(t, tc.chart)
		got, used := c.At(tc.from).Mover(c.At(tc.to))(tc.path)
		for _, r := range used {
			got += " " + r.At
		}
		if got != tc.want {
			t.Errorf("%s: %s of %s is at %s: %s, want %s", tc.chart, tc.path, tc.from, tc.to, got, tc.want)
		}
	}
}

func TestInstead(t *testing.T) {
	for _, tc := range []struct{ chart, version, path, want string }{
		{"traefik", "41.3.0", "logs.access.format", "accessLog.format: 41.0.0 renamed logs.access to accessLog"},
		{"traefik", "40.3.0", "accessLog.format", "logs.access.format: 41.0.0 renamed logs.access to accessLog"},
		{"traefik", "40.3.0", "accesslog.format", ""},
		{"traefik", "41.3.0", "tracing.zipkin", ""},
		{"tempo-distributed", "1.61.3", "minio.accessKey", "minio.rootUser: 1.6.7 renamed minio.accessKey to minio.rootUser"},
		{"tempo-distributed", "1.6.5", "minio.rootUser", "minio.accessKey: 1.6.4 renamed minio.rootUser to minio.accessKey"},
		{"tempo-distributed", "1.4.0", "minio.rootUser", "minio.accessKey: 1.4.10 renamed minio.accessKey to minio.rootUser"},
		{"tempo-distributed", "1.61.3", "minio.rootUser", ""},
		// The old name has another meaning now, so a typo below it is one.
		{"tempo-distributed", "1.61.3", "overrides.defaultz", ""},
		{"tempo-distributed", "1.32.7", "per_tenant_overrides.a", "overrides.a: 1.33.0 renamed overrides to per_tenant_overrides"},
	} {
		got := ""
		if path, r, ok := find(t, tc.chart).At(tc.version).Instead(tc.path); ok {
			got = fmt.Sprintf("%s: %s renamed %s to %s", path, r.At, r.From, r.To)
		}
		if got != tc.want {
			t.Errorf("%s %s: instead of %s: %q, want %q", tc.chart, tc.version, tc.path, got, tc.want)
		}
	}
}

// Features whose values are paths say so in the same words, or nobody would
// learn of their renames.
func TestPathFeatures(t *testing.T) {
	for _, name := range Names() {
		c := find(t, name)
		for _, f := range c.features {
			_, text := f.steps[0].value.(string)
			if key := strings.HasSuffix(f.name, "Key") || strings.HasPrefix(f.name, "key."); text && key && strings.Contains(f.doc, "values path ") && !strings.HasPrefix(f.doc, isPath) {
				t.Errorf("%s: the doc of %s does not begin with %q: %s", name, f.name, isPath, f.doc)
			}
		}
		if all := c.Renames(); !slices.IsSortedFunc(all, func(a, b Rename) int { return Compare(a.At, b.At) }) {
			t.Errorf("%s: the renames are not in order", name)
		}
	}
}
