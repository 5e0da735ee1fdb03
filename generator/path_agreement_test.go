package generator

import (
	"net/url"
	"strings"
	"testing"

	"tracegen.dev/generator/diag"
	"tracegen.dev/generator/path"
)

// TestPathAgreement compares every hop with what the readers of the bytes, who
// know the charts by themselves, find at its address.
func TestPathAgreement(t *testing.T) {
	compared := 0
	for _, s := range suites(t) {
		files := s.compile(t)
		for _, p := range s.profiles {
			r := read(files, p.Name)
			var diags diag.List
			followed, err := Follow(s.w, p, &diags)
			if err != nil || followed == nil {
				t.Fatal(err, text(s, diags.Sorted()))
			}
			for _, h := range hopsOf(followed) {
				want, ok := spokenAt(h)
				if !ok || h.Outside != "" {
					continue
				}
				address := h.Address
				if strings.Contains(address, "://") {
					if u, err := url.Parse(address); err == nil {
						if address = u.Host; u.Port() == "" {
							address += map[string]string{"http": ":80", "https": ":443"}[u.Scheme]
						}
					}
				}
				m := clusterName.FindStringSubmatch(address)
				if m == nil {
					t.Errorf("%s: %s: %q is no address of the cluster", p.Name, h.ID, address)
					continue
				}
				component := strings.SplitN(h.To, " ", 2)[0]
				_, ours := r.releases[component]
				_, stack := r.releases["grafana"]
				if !ours && component != "bucket" && !(stack && component == "prometheus") {
					continue // a release of the user's, of which the tree has no HelmRelease
				}
				compared++
				if got := r.listens[m[1]+":"+m[3]]; got != want {
					t.Errorf("%s: %s: at %s listens %q, not %q", p.Name, h.ID, address, got, want)
				}
			}
		}
	}
	if compared < 100 {
		t.Errorf("only %d hops were compared", compared)
	}
}

func hopsOf(p *path.Path) []*path.Hop {
	var out []*path.Hop
	for _, j := range p.Journeys {
		out = append(out, j.Hops...)
	}
	return out
}

// spokenAt is what the readers call what a hop speaks. Of what is between the
// parts of Tempo, and before Grafana, they know nothing.
func spokenAt(h *path.Hop) (string, bool) {
	tls := strings.HasPrefix(h.TLS, "TLS")
	switch {
	case h.Protocol == "http" || h.Protocol == "http, streamed":
		switch {
		case h.From != "grafana":
			return "", false
		case strings.HasPrefix(h.To, "tempo"):
			return "tempo", true
		}
		return h.To, true
	case h.Protocol == "loki push", h.To == "loki" && h.Protocol == "otlp-http":
		return "loki", true
	case h.Protocol == "remote-write":
		return "prometheus", true
	case h.Protocol == "s3":
		return "s3", true
	case strings.HasPrefix(h.Protocol, "jaeger-") && strings.HasPrefix(h.To, "tempo"):
		return "", false // the readers know few of those
	case strings.HasPrefix(h.Protocol, "otlp-"), strings.HasPrefix(h.Protocol, "jaeger-"), h.Protocol == "zipkin", h.Protocol == "opencensus":
		if tls {
			return h.Protocol + " with TLS", true
		}
		return h.Protocol, true
	}
	return "", false
}
