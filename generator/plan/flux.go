package plan

import (
	"time"

	"tracegen.dev/generator/chart"
	"tracegen.dev/generator/fact"
	"tracegen.dev/generator/topology"
)

// Flux is how the tree is found and applied.
type Flux struct {
	Namespace       fact.String
	Path            fact.String // of the output directory in the source, such as ./out
	SourceKind      fact.String
	SourceName      fact.String
	SourceNamespace fact.String // empty where it is Flux's own
	Interval        fact.String
	ReleaseTimeout  fact.String // of a HelmRelease
	ApplyTimeout    fact.String // of a Kustomization
	DependsOn       []fact.String
	Pinned          *Release // Flux itself, of whose version the APIs are known
	Retries         fact.Int
	Remediation     fact.String
	CRDs            fact.String
}

func (l *linker) flux() {
	f := l.t.Flux
	l.Flux = Flux{
		Namespace:      of(f.Namespace),
		Path:           of(f.Path),
		SourceKind:     of(f.Source.Kind),
		SourceName:     of(f.Source.Name),
		Interval:       of(f.Interval),
		ReleaseTimeout: of(f.Timeout),
		Retries:        of(f.Retries),
		Remediation:    of(f.Remediation),
		CRDs:           of(f.Crds),
		Pinned:         &Release{Component: "flux", ChartName: "flux", Version: of(f.Version), PinnedAt: f.Version},
	}
	if c, ok := chart.Find("flux"); ok && f.Version.State != topology.Poisoned {
		l.Flux.Pinned.Chart = l.known(c, "flux", f.Version)
	}
	if f.Source.Namespace.Present() {
		l.Flux.SourceNamespace = of(f.Source.Namespace)
	}
	for _, d := range f.DependsOn {
		l.Flux.DependsOn = append(l.Flux.DependsOn, of(d))
	}
	l.Flux.ApplyTimeout = ApplyTimeout(l.Flux.ReleaseTimeout)
}

// ApplyTimeout is how long a Kustomization waits for a release. One that gives
// up before its release does would hide the release's own message; one that
// waits much longer keeps a pushed fix waiting (tried with kustomize-controller
// 1.7.3).
func ApplyTimeout(release fact.String) fact.String {
	apply := "6m"
	if d, err := time.ParseDuration(release.Value); err == nil {
		apply = shortDuration(d + time.Minute)
	}
	return fact.Derive(apply, release)
}

// shortDuration writes 6m0s as 6m.
func shortDuration(d time.Duration) string {
	s := d.String()
	for _, zero := range []string{"m0s", "h0m"} {
		if n := len(s) - len(zero); n >= 0 && s[n:] == zero {
			s = s[:n+1]
		}
	}
	return s
}
