package plan

import "tracegen.dev/generator/fact"

// openRemoteWrite records that somebody writes metrics to Prometheus, and says
// where; false where it takes none.
func (p *Prometheus) openRemoteWrite(why fact.Any) (Endpoint, bool) {
	p.RemoteWrite = fact.Derive(true, why)
	return p.Endpoint, true
}
