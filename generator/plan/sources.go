package plan

import (
	"fmt"
	"strings"

	"tracegen.dev/generator/diag"
	"tracegen.dev/generator/fact"
	"tracegen.dev/generator/topology"
)

// CodeSources is that of profiles that take a chart from sources of different
// kinds.
const CodeSources = "TG064"

// Source is what Flux takes a chart from.
type Source struct {
	Kind fact.String // HelmRepository or OCIRepository
	API  fact.String // the kind's group and version
	URL  fact.String
	OCI  bool // whether it is an OCIRepository, which holds one chart
}

// source settles what the release's chart comes from, once the repository is.
func (l *linker) source(r *Release, in topology.Chart) {
	kind := of(in.Source)
	s := Source{Kind: kind, API: l.Flux.Pinned.Str("helmRepositoryApi"), URL: r.Repository}
	if s.OCI = kind.Value == "OCIRepository"; !s.OCI {
		if strings.HasPrefix(s.URL.Value, "oci://") {
			// A registry serves the chart at the repository's path, to which
			// Flux adds the chart's name.
			s.URL = fact.Derive(strings.TrimSuffix(strings.TrimSuffix(s.URL.Value, "/"), "/"+r.ChartName), s.URL)
		}
		r.Source = s
		return
	}
	s.API = l.Flux.Pinned.Str("ociRepositoryApi")
	if !in.Repository.Present() && r.Chart != nil {
		s.URL = fact.Derive(r.Chart.OCI(), kind, r.Repository)
	}
	if !strings.HasPrefix(s.URL.Value, "oci://") && !s.URL.Poisoned {
		s.URL.Value = "" // a check says so
	} else if s.URL.Value = strings.TrimSuffix(s.URL.Value, "/"); !strings.HasSuffix(s.URL.Value, "/"+r.ChartName) {
		s.URL = fact.Derive(s.URL.Value+"/"+r.ChartName, s.URL)
	}
	r.Source = s
}

// Sources remembers what the profiles of a workspace take each chart from. What
// they agree on stands in the base, which cannot name a source of two kinds.
type Sources map[string]sourceSeen

type sourceSeen struct {
	api, kind, profile string
	at                 diag.Position
}

// Add takes a profile into account, and reports what does not go together with
// those before.
func (s Sources) Add(p *Plan, diags *diag.List) {
	for _, r := range p.Releases {
		api, kind, in := r.Source.API.Value, r.Source.Kind.Value, r.Source.Kind.Origin.Inputs
		if !r.InTree() || r.Source.Kind.Poisoned || r.Source.API.Poisoned || len(in) == 0 {
			continue
		}
		before, ok := s[r.Component]
		if !ok {
			s[r.Component] = sourceSeen{api, kind, p.Profile, in[0].Position}
			continue
		}
		if before.api == api && before.kind == kind {
			continue
		}
		d := diag.Diagnostic{
			Code:     CodeSources,
			Message:  fmt.Sprintf("%s takes its chart from a %s, and in the profile %s from a %s: both rest on base/%s, which names one", r.Component, kind, before.profile, before.kind, r.Component),
			Path:     in[0].Path,
			Position: in[0].Position,
			Related:  []diag.Related{{Message: "the profile " + before.profile, Position: before.at}},
			Help:     "write the same source in both, or build one of the profiles by itself",
		}
		if before.kind == kind {
			at := p.Topology.Flux.Version
			d.Path, d.Position = at.Path, at.Position
			d.Message = fmt.Sprintf("the Flux of this profile knows %s as %s, and that of the profile %s as %s: both rest on base/%s", kind, api, before.profile, before.api, r.Component)
			d.Help = "bring both to one version of Flux, or build one of the profiles by itself"
		}
		diags.Add(d)
	}
}
