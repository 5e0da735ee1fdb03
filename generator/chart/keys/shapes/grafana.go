package main

import "strings"

// grafana has what is provisioned. Its Go types name those keys; what a
// datasource's plugin reads of jsonData is TypeScript, and stands below.
func grafana() *program {
	const provisioning = "github.com/grafana/grafana/pkg/services/provisioning"
	return &program{
		source:    "github.com/grafana/grafana; those of jsonData as far as they are listed in the program",
		modules:   []string{"GRAFANA"},
		tag:       "yaml",
		unmarshal: "UnmarshalYAML",
		newest:    true,
		types: map[string]func() *node{
			"values.BoolValue":      kind("bool"),
			"values.Int64Value":     kind("number"),
			"values.IntValue":       kind("number"),
			"values.JSONSliceValue": func() *node { return &node{kinds: "list", open: "correlations"} },
			"values.JSONValue":      free("plugin"),
			"values.StringMapValue": texts("string"),
			"values.StringValue":    kind("string"),
		},
		more: func(w *walker) error {
			w.given[provisioning+"/datasources.upsertDataSourceFromConfigV1"] = map[string]*node{
				"jsonData": {like: "grafana/jsonData-{type}", open: "plugin"},
				"version":  leaf("number"),
			}
			w.given[provisioning+"/datasources.configsV1"] = map[string]*node{
				"apiVersion": leaf("number"),
				"prune":      leaf("bool"), // newer than these types
			}
			w.given[provisioning+"/dashboards.configV1"] = map[string]*node{"apiVersion": leaf("number")}
			w.given[provisioning+"/dashboards.configs"] = map[string]*node{"options": keysOf("foldersFromFilesStructure:bool path:string")}
			return nil
		},
		drop:   map[string]string{provisioning + "/datasources.configsV1": "configversion"}, // for apiVersion
		shared: map[string]string{"datasources.upsertDataSourceFromConfigV1": "datasource", "dashboards.configs": "provider"},
		roots: []root{
			{shape: "datasources", types: []string{provisioning + "/datasources.configsV1"}},
			{shape: "datasource", types: []string{provisioning + "/datasources.upsertDataSourceFromConfigV1"}},
			{shape: "providers", types: []string{provisioning + "/dashboards.configV1"}},
			{shape: "provider", types: []string{provisioning + "/dashboards.configs"}},
		},
		extra: map[string]func(*walker) *node{
			"jsonData-loki":       func(*walker) *node { return jsonData(lokiData) },
			"jsonData-prometheus": func(*walker) *node { return jsonData(prometheusData) },
			"jsonData-tempo":      func(*walker) *node { return jsonData(tempoData) },
			"ini":                 func(*walker) *node { return ini() },
		},
	}
}

// Keys of jsonData, with a dot for each level, as name:kind; a name that ends in
// [] is that of a list of maps, and one in [s] that of a list of texts.
const (
	// HTTP settings of each, and DataSourceJsonData of @grafana/schema.
	commonData = `alertmanagerUid allowAsRecordingRulesTarget:bool authType defaultRegion disableGrafanaCache:bool
		enableSecureSocksProxy:bool forwardGrafanaHeaders:bool httpHeaderName1 httpHeaderName2 httpHeaderName3 httpHeaderName4 httpHeaderName5
		keepCookies[s] manageAlerts:bool oauthPassThru:bool pdcInjected:bool profile secureSocksProxyUsername serverName
		sigV4AssumeRoleArn sigV4Auth:bool sigV4AuthType sigV4ExternalId sigV4Profile sigV4Region teamHttpHeaders:any timeout:number
		tlsAuth:bool tlsAuthWithCACert:bool tlsSkipVerify:bool`
	// public/app/plugins/datasource/tempo/types.ts, packages/grafana-o11y-ds-frontend.
	tempoData = `lokiSearch.datasourceUid nodeGraph.enabled:bool
		search.filters[].id search.filters[].isCustomValue:bool search.filters[].operator search.filters[].scope search.filters[].tag
		search.filters[].value:any search.filters[].valueType search.hide:bool serviceMap.datasourceUid serviceMap.histogramType
		spanBar.tag spanBar.type streamingEnabled.metrics:bool streamingEnabled.search:bool tagLimit:number timeRangeForTags:number
		traceQuery.spanEndTimeShift traceQuery.spanStartTimeShift traceQuery.timeShiftEnabled:bool
		tracesToLogs.datasourceUid tracesToLogs.filterBySpanID:bool tracesToLogs.filterByTraceID:bool tracesToLogs.lokiSearch:bool
		tracesToLogs.mapTagNamesEnabled:bool tracesToLogs.mappedTags[].key tracesToLogs.mappedTags[].value
		tracesToLogs.spanEndTimeShift tracesToLogs.spanStartTimeShift tracesToLogs.tags[s]
		tracesToLogsV2.customQuery:bool tracesToLogsV2.datasourceUid tracesToLogsV2.filterBySpanID:bool tracesToLogsV2.filterByTraceID:bool
		tracesToLogsV2.query tracesToLogsV2.spanEndTimeShift tracesToLogsV2.spanStartTimeShift tracesToLogsV2.tags[].key tracesToLogsV2.tags[].value
		tracesToMetrics.datasourceUid tracesToMetrics.queries[].name tracesToMetrics.queries[].query tracesToMetrics.spanEndTimeShift
		tracesToMetrics.spanStartTimeShift tracesToMetrics.tags[].key tracesToMetrics.tags[].value
		tracesToProfiles.customQuery:bool tracesToProfiles.datasourceUid tracesToProfiles.profileTypeId tracesToProfiles.query
		tracesToProfiles.tags[].key tracesToProfiles.tags[].value`
	// public/app/plugins/datasource/loki/types.ts.
	lokiData = `alertmanager derivedFields[].datasourceUid derivedFields[].matcherRegex derivedFields[].matcherType derivedFields[].name
		derivedFields[].targetBlank:bool derivedFields[].url derivedFields[].urlDisplayLabel maxLines predefinedOperations`
	// packages/grafana-prometheus/src/types.ts.
	prometheusData = `cacheLevel codeModeMetricNamesSuggestionLimit:number customQueryParameters defaultEditor directUrl
		disableMetricsLookup:bool disableRecordingRules:bool exemplarTraceIdDestinations[].datasourceUid exemplarTraceIdDestinations[].name
		exemplarTraceIdDestinations[].url exemplarTraceIdDestinations[].urlDisplayLabel httpMethod incrementalQuerying:bool
		incrementalQueryOverlapWindow prometheusType prometheusVersion queryTimeout seriesEndpoint:bool seriesLimit:number timeInterval`
)

// jsonData has what is listed, and whatever else a plugin reads.
func jsonData(own string) *node { return andMore(commonData + " " + own) }

// andMore are keys that are not all there are.
func andMore(text string) *node {
	n := keysOf(text)
	n.below["*"] = anything()
	return n
}

// keysOf makes the keys of such a text.
func keysOf(text string) *node {
	top := &node{below: map[string]*node{}}
	for word := range strings.FieldsSeq(text) {
		path, kinds, _ := strings.Cut(word, ":")
		at := top
		parts := strings.Split(path, ".")
		for i, part := range parts {
			name, isList := strings.CutSuffix(part, "[]")
			name, isTexts := strings.CutSuffix(name, "[s]")
			n := at.below[name]
			if n == nil {
				n = &node{}
				at.below[name] = n
			}
			switch {
			case isTexts:
				*n = *listOf("string")()
			case isList:
				if n.below == nil {
					n.kinds, n.below = "list", map[string]*node{"[]": {below: map[string]*node{}}}
				}
				n = n.below["[]"]
			case i < len(parts)-1:
				if n.below == nil {
					n.below = map[string]*node{}
				}
			case kinds == "any":
				*n = *anything()
			case kinds == "":
				n.kinds = "string"
			default:
				n.kinds = kinds
			}
			at = n
		}
	}
	return top
}

// ini has the sections that tracegen writes. Others, of which each version and
// plugin has its own, are free, and so are further keys.
func ini() *node {
	const (
		server = `cdn_url cert_file cert_key cert_pass certs_watch_interval domain enable_gzip:bool enforce_domain:bool http_addr http_port:number
			min_tls_version protocol read_timeout root_url router_logging:bool serve_from_sub_path:bool socket socket_gid:number socket_mode
			static_root_path`
		anonymous = `device_limit:number enabled:bool hide_version:bool org_name org_role`
	)
	return &node{below: map[string]*node{
		"*":              {kinds: "any", open: "section"},
		"auth.anonymous": andMore(anonymous),
		"server":         andMore(server),
	}}
}
