package capacity

import (
	"math"
	"time"

	"tracegen.dev/generator/emit"
	"tracegen.dev/generator/plan"
	"tracegen.dev/generator/quantity"
	"tracegen.dev/generator/topology"
	"tracegen.dev/generator/tree"
)

// Store is a bucket or a volume, and what comes to lie in it.
type Store struct {
	Name      string
	Rate      int64         // bytes in a second, as they are kept
	Retention time.Duration // how long they lie there
	Needed    int64         // bytes
	Available int64         // bytes; 0 where nothing limits it that is known
	At        topology.Place
}

// Stores lists what the spans come to lie in, if the profile says how many come.
func Stores(p *plan.Plan, out *emit.Output, pods []Workload) []Store {
	in := p.Topology.Tempo.Ingest
	retention, ok := Retention(p, out)
	if in == nil || !ok {
		return nil
	}
	arriving := float64(in.SpansPerSecond.Value) * float64(in.BytesPerSpan.Value)
	kept := arriving * float64(in.StoredPercent.Value) / 100
	blocks := Store{Name: "blocks", Rate: whole(kept), Retention: retention, Needed: whole(kept * retention.Seconds())}
	volume := waiting(arriving)

	switch store := p.Store; {
	case store.Kind == "local":
		blocks.Name = "volume of " + p.Tempo.Name.Value
		blocks.limit(sizeOf(pods, p.Tempo.Release))
		// What is in no block yet lies there, too.
		blocks.Needed += volume.Needed
		blocks.At = blame(p.Tempo.Release, out, pods, p.Topology.Tempo.Place)
		return []Store{blocks}
	case store.Release != nil:
		blocks.Name = "bucket " + store.Bucket.Value
		blocks.limit(sizeOf(pods, store.Release))
		blocks.At = blame(store.Release, out, pods, p.Topology.Store.Place)
	default:
		blocks.Name = "bucket " + store.Bucket.Value
		blocks.At = p.Topology.Tempo.Ingest.SpansPerSecond.Place
	}
	if quota, ok := quantity.Parse(p.Store.Quota.Value); ok && p.Store.Quota.Value != "" && (blocks.Available == 0 || int64(quota) <= blocks.Available) {
		blocks.limit(int64(quota))
		blocks.At = topology.Place(p.Store.Quota.Origin.Inputs[0])
	}
	all := []Store{blocks}
	for _, w := range pods {
		if w.Release == p.Tempo.Release && len(w.Volumes) > 0 && (w.Name == p.Tempo.Fullname.Value || w.Name == p.Tempo.Fullname.Value+"-ingester") {
			one := volume
			one.Name = "volume of " + w.Name
			one.Needed = int64(math.Ceil(float64(volume.Needed) * copies(p) / float64(w.Replicas)))
			one.limit(size(w.Volumes[0].Size))
			one.At = blame(p.Tempo.Release, out, []Workload{w}, p.Topology.Tempo.Place)
			all = append(all, one)
		}
	}
	return all
}

// copies is how many ingesters hold each span.
func copies(p *plan.Plan) float64 {
	if d := p.Topology.Tempo.TempoDistributed; d != nil {
		return float64(d.ReplicationFactor.Value)
	}
	return 1
}

func (s *Store) limit(bytes int64) { s.Available = bytes }

// waiting is what lies on an ingester's volume: a block until it is cut, after
// half an hour or at 500Mi, and for a quarter of an hour more (Tempo 2.0 to 2.10, the
// ingester's max_block_duration, max_block_bytes and complete_block_timeout).
func waiting(rate float64) Store {
	cut := min(1800, (500<<20)/max(rate, 1))
	kept := time.Duration((cut + 900) * float64(time.Second))
	return Store{Rate: whole(rate), Retention: kept.Round(time.Minute), Needed: whole(rate * kept.Seconds())}
}

func whole(n float64) int64 { return int64(math.Ceil(n)) }

// size reads that of a volume.
func size(text string) int64 {
	n, _ := quantity.Parse(text)
	return int64(n)
}

// sizeOf is that of the volumes of a release together, or 0 where there is none.
func sizeOf(pods []Workload, r *plan.Release) (sum int64) {
	for _, w := range pods {
		if w.Release == r {
			for _, v := range w.Volumes {
				sum += size(v.Size) * int64(w.Replicas)
			}
		}
	}
	return sum
}

// blame is the line that says a release's size, or where else it says most.
func blame(r *plan.Release, out *emit.Output, pods []Workload, or topology.Place) topology.Place {
	for _, w := range pods {
		if w.Release != r {
			continue
		}
		for _, v := range w.Volumes {
			if values := out.Values[r.Component]; values != nil && v.At != "" {
				if l, ok := values.Lookup(v.At).(*tree.Leaf); ok && len(l.Origin.Inputs) > 0 {
					return topology.Place(l.Origin.Inputs[0])
				}
			}
		}
	}
	if r != nil && r.PinnedAt.Position.IsValid() {
		return r.PinnedAt.Place
	}
	return or
}

// Retention is how long Tempo keeps blocks: what the values say, or the chart's
// default.
func Retention(p *plan.Plan, out *emit.Output) (time.Duration, bool) {
	r := p.Tempo.Release
	if r.Chart == nil {
		return 0, false
	}
	said := r.Str("defaultRetention").Value
	if values := out.Values[r.Component]; values != nil {
		if s := text(values.Lookup(r.Str("retentionKey").Value)); s != "" {
			said = s
		}
	}
	d, err := time.ParseDuration(said)
	return d, err == nil && d > 0
}
