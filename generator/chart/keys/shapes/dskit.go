package main

// goTypes are types of Go's library, as a YAML file has them.
func goTypes() map[string]func() *node {
	return map[string]func() *node{
		"time.Duration": kind("string"),
		"time.Location": kind("string"),
		"time.Time":     kind("string"),
		"url.URL":       kind("string"),
		"url.Values": func() *node {
			return &node{below: map[string]*node{"*": listOf("string")()}}
		},
	}
}

// promTypes are those of Prometheus' libraries.
func promTypes() map[string]func() *node {
	return map[string]func() *node{
		"config.URL":        kind("string"),
		"labels.Labels":     texts("string"),
		"model.LabelSet":    texts("string"),
		"relabel.Regexp":    kind("string"),
		"config.TLSVersion": kind("string"),
	}
}

// dskitTypes are those of Grafana's dskit, and of what it was before.
func dskitTypes() map[string]func() *node {
	return map[string]func() *node{
		"flagext.CIDRSliceCSV":   kind("string"),
		"flagext.DayValue":       kind("string"),
		"flagext.LimitsMap":      texts("string"),
		"flagext.Secret":         kind("string"),
		"flagext.StringSliceCSV": kind("string"),
		"flagext.Time":           kind("string"),
		"flagext.URLValue":       kind("string"),
		"log.Format":             kind("string"),
		"log.Level":              kind("string"),
		"logging.Format":         kind("string"),
		"logging.Level":          kind("string"),
	}
}

// promUsual are those that check what they read, or set defaults before, but
// have the keys of their fields.
func promUsual(more ...string) map[string]bool {
	usual := map[string]bool{}
	for _, name := range append(more, "azuread.AzureADConfig", "config.Authorization", "config.BasicAuth", "config.HTTPClientConfig",
		"config.OAuth2", "config.RemoteWriteConfig", "config.TLSConfig", "relabel.Config", "sigv4.SigV4Config") {
		usual[name] = true
	}
	return usual
}
