package main

import "strings"

// ingressNginx reads a ConfigMap, whose values are all texts.
func ingressNginx() *program {
	const module = "k8s.io/ingress-nginx/internal/ingress"
	return &program{
		source:   "k8s.io/ingress-nginx",
		modules:  []string{"INGRESS-NGINX"},
		tag:      "json",
		embeds:   true,
		untagged: func(name string) string { return name },
		skip:     func(key string) bool { return key != strings.ToLower(key) }, // what it works out itself
		texts:    true,
		// internal/ingress/controller/template/configmap.go reads these itself. They
		// are let pass at each version.
		more: func(w *walker) error {
			keys := map[string]*node{}
			for name := range strings.FieldsSeq(`bind-address block-cidrs block-referers block-user-agents custom-http-errors debug-connections
				denylist-source-range enable-serial-reloads global-allowed-response-headers global-auth-always-set-cookie
				global-auth-cache-duration global-auth-cache-key global-auth-method global-auth-request-redirect
				global-auth-response-headers global-auth-signin global-auth-signin-redirect-param global-auth-snippet global-auth-url
				hide-headers http-redirect-code lua-shared-dicts nginx-status-ipv4-whitelist nginx-status-ipv6-whitelist
				proxy-protocol-header-timeout proxy-real-ip-cidr proxy-stream-responses skip-access-log-urls whitelist-source-range
				worker-processes`) {
				keys[name] = leaf("string")
			}
			w.given[module+"/controller/config.Configuration"] = keys
			return nil
		},
		roots: []root{{shape: "config", types: []string{module + "/controller/config.Configuration"}}},
	}
}
