// Package path follows a span from each of its roots to the store, the query's
// way back, and the jumps between logs, metrics and traces, over what will really
// be installed: the final values and files, with the user's overrides in them.
//
// A hop is proven when what its sender's configuration says is read back, parsed,
// and found to be where somebody listens: a Service of the releases in the output,
// by the rules of its chart over the values in force, the port among its ports,
// and behind it a receiver that is on, for the same protocol, with or without TLS
// as the sender has it. What lies outside of the tree is proven by the line of the
// input that says where it is. A hop that cannot be proven is an error.
package path

import (
	"slices"

	"tracegen.dev/generator/diag"
	"tracegen.dev/generator/emit"
	"tracegen.dev/generator/fact"
	"tracegen.dev/generator/inspect"
	"tracegen.dev/generator/plan"
)

// Path is all that can be followed in a profile.
type Path struct {
	Profile  string     `json:"profile"`
	Journeys []*Journey `json:"journeys"`

	breaks []fault // what no hop alone shows
}

// Journey is one way, from where it begins to its end.
type Journey struct {
	ID    string `json:"id"`    // such as span-traefik; the same in every profile that has it
	Title string `json:"title"` // such as "a span from traefik"
	Hops  []*Hop `json:"hops"`  // in the order in which they are taken; one can be part of several journeys
}

// Hop is one step: who speaks to whom, and why that works.
type Hop struct {
	ID         string      `json:"id"` // such as traefik-alloy; one of its own in the profile
	From       string      `json:"from"`
	To         string      `json:"to"`
	Protocol   string      `json:"protocol"`             // otlp-grpc, otlp-http, zipkin, opencensus, kafka, s3, grpc, http, …
	Address    string      `json:"address"`              // host and port, or a URL; empty where the two are one process
	TLS        string      `json:"tls"`                  // whose authority is trusted; empty for plain text
	Listens    string      `json:"listens"`              // who is at the address
	Facts      []string    `json:"facts"`                // by which that is known: places of the input, chart facts
	Headers    string      `json:"headers,omitempty"`    // of the propagation: what comes in, and what goes out
	Sampling   string      `json:"sampling,omitempty"`   // who decides what is kept, by which ratio, and what is left
	Operations []Operation `json:"operations,omitempty"` // of the last hop: what the policy says of each
	Says       []string    `json:"says"`                 // the places of the output that were read: FILE#path
	Outside    string      `json:"outside,omitempty"`    // where the input says what lies outside of the tree
	Proven     bool        `json:"proven"`
	Unproven   string      `json:"unproven,omitempty"` // why it could not be proven

	origins  []fact.Origin // what the facts are told from
	poisoned bool          // whether anything that was read rests on bad input
	release  *plan.Release // where it should lead; nil out of the tree
	fault    *fault
}

// Follow follows everything in a profile's output.
func Follow(p *plan.Plan, out *emit.Output) *Path {
	followed, hops := follow(p, out)
	for _, h := range hops {
		h.Facts = append(h.Facts, known(h.origins...)...)
	}
	return followed
}

// follow is Follow without the telling, which a build has no use for.
func follow(p *plan.Plan, out *emit.Output) (*Path, []*Hop) {
	f := &follower{Plan: p, out: out, path: &Path{Profile: p.Profile}, nodes: map[string]*node{}}
	f.spans()
	f.query()
	f.metrics()
	f.logs()
	for _, h := range f.hops {
		h.Proven = h.fault == nil
		if h.fault != nil {
			h.Unproven = h.fault.message
		}
	}
	return f.path, f.hops
}

// Proven reports whether every hop is, and nothing breaks between them.
func (p *Path) Proven() bool {
	for _, j := range p.Journeys {
		for _, h := range j.Hops {
			if h.fault != nil {
				return false
			}
		}
	}
	return len(p.breaks) == 0
}

// Check follows the path of what will be installed, and reports what cannot be
// proven.
func Check(p *plan.Plan, out *emit.Output, diags *diag.List) {
	followed, _ := follow(p, out)
	report(followed, diags)
}

// CheckDraft is Check for a profile with other faults. What fails without the
// user's values, too, has its cause in those: bare is the output without them.
func CheckDraft(p *plan.Plan, out, bare *emit.Output, diags *diag.List) {
	if inspect.Unread(p) {
		return
	}
	without, _ := follow(p, bare)
	proven := map[string]bool{}
	for _, j := range without.Journeys {
		for _, h := range j.Hops {
			id := j.ID + " " + h.From + " " + h.Protocol
			other, twice := proven[id]
			proven[id] = h.fault == nil && !h.poisoned && (other || !twice)
		}
	}
	followed, _ := follow(p, out)
	for _, j := range followed.Journeys {
		for _, h := range j.Hops {
			if h.poisoned || unsure(h.release, out) || !proven[j.ID+" "+h.From+" "+h.Protocol] {
				h.fault = nil
			}
		}
	}
	followed.breaks = slices.DeleteFunc(followed.breaks, func(b fault) bool {
		return b.says.poisoned() || slices.ContainsFunc(without.breaks, func(w fault) bool { return w.message == b.message })
	})
	report(followed, diags)
}

// unsure reports whether what a release will be rests on bad input.
func unsure(r *plan.Release, out *emit.Output) bool {
	if r == nil {
		return false
	}
	values := out.Values[r.Component]
	return values != nil && leaf{node: values}.poisoned()
}

type follower struct {
	*plan.Plan
	out   *emit.Output
	path  *Path
	nodes map[string]*node // by component
	hops  []*Hop

	// What is read once, when it is first asked for.
	datasources []*source
	collected   *pipeline
	blocks      *block
}

// journey adds one, where there is anything of it.
func (f *follower) journey(id, title string, hops ...*Hop) {
	if len(hops) > 0 {
		f.path.Journeys = append(f.path.Journeys, &Journey{ID: id, Title: title, Hops: hops})
	}
}

// hop begins one.
func (f *follower) hop(from, to, protocol string) *Hop {
	h := &Hop{From: from, To: to, Protocol: protocol, Facts: []string{}, Says: []string{}}
	f.hops = append(f.hops, h)
	return h
}
