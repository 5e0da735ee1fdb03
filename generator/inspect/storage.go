package inspect

import (
	"fmt"
	"math"
	"strings"
	"time"

	"tracegen.dev/generator/capacity"
	"tracegen.dev/generator/diag"
	"tracegen.dev/generator/quantity"
	"tracegen.dev/generator/topology"
)

var storage = &Rule{
	Code: "TG017",
	Name: "storage",
	Doc:  "what comes in within the retention fits into the bucket and the volumes",
	Run: func(c *Context) {
		in := c.Topology.Tempo.Ingest
		if in == nil {
			return
		}
		for _, s := range capacity.Stores(c.Plan, c.Out, c.pods()) {
			if s.Available == 0 || s.Needed*100 <= s.Available*tight {
				continue
			}
			d := diag.Diagnostic{
				Message: fmt.Sprintf("%s needs %s and may hold %s: %s arrive in a second, and lie there for %s", s.Name, quantity.Bytes(s.Needed), quantity.Bytes(s.Available), quantity.Bytes(s.Rate), capacity.Duration(s.Retention)),
				Help:    c.roomFor(s),
				Related: []diag.Related{{Message: "what comes in", Position: in.SpansPerSecond.Position}},
			}
			if s.Needed <= s.Available {
				d.Severity = diag.Warning
			}
			if at := c.Tempo.Retention; len(at.Origin.Inputs) > 0 && at.Origin.Position() != s.At.Position {
				d.Related = append(d.Related, diag.Related{Message: "how long Tempo keeps it", Position: at.Origin.Position()})
			}
			c.Report(s.At, d)
		}
	},
}

// roomFor says what to write where a store is too small: a size with room to
// spare, and the retention that fits.
func (c *Context) roomFor(s capacity.Store) string {
	gibi := int64(math.Ceil(float64(s.Needed) * 100 / tight / (1 << 30)))
	size := fmt.Sprintf(`"%dGi"`, gibi)
	hours := int64(float64(s.Available) * tight / 100 / float64(s.Needed) * s.Retention.Hours())
	help := "write " + size + " instead"
	if field := s.At.Path[strings.LastIndexByte(s.At.Path, '.')+1:]; field == "quota" || field == "size" {
		help = fmt.Sprintf("write %s: %s", field, size)
	} else if !strings.Contains(s.At.Path, ".values.") {
		help = "write " + strings.SplitN(s.At.Path, ".", 2)[0] + ": size: " + size
	}
	if hours > 0 && s.Retention >= 2*time.Hour && !strings.Contains(s.Name, "ingester") {
		help += fmt.Sprintf(`, or tempo: retention: "%dh"`, hours)
	}
	return help
}

var lifecycle = &Rule{
	Code: "TG086",
	Name: "lifecycle of the bucket",
	Doc:  "the bucket deletes nothing that Tempo still keeps",
	Run: func(c *Context) {
		days := c.Store.Expiry
		kept, ok := capacity.Retention(c.Plan, c.Out)
		if days.Value == 0 || !ok || time.Duration(days.Value)*24*time.Hour >= kept {
			return
		}
		d := diag.Diagnostic{
			Message: fmt.Sprintf("the bucket deletes blocks after %s, and Tempo keeps them for %s: a search that meets one that is gone fails", inDays(days.Value), capacity.Duration(kept)),
			Help:    fmt.Sprintf(`write expiryDays: %d, or tempo: retention: "%dh"`, int64(math.Ceil(kept.Hours()/24)), days.Value*24),
		}
		if at := c.Tempo.Retention; len(at.Origin.Inputs) > 0 {
			d.Related = []diag.Related{{Message: "how long Tempo keeps them", Position: at.Origin.Position()}}
		}
		c.Report(topology.Place(days.Origin.Inputs[0]), d, days, c.Tempo.Retention)
	},
}

func inDays(n int64) string {
	if n == 1 {
		return "a day"
	}
	return fmt.Sprintf("%d days", n)
}
