package live

import (
	"context"
	"fmt"
	"strings"

	"github.com/plumbapi/plumb/check"
)

var liveDeclined = &check.Rule[*Result]{
	Meta: check.Meta{
		ID:      "parity-live-declined",
		Summary: "Both servers answer what they are asked.",
		Rationale: "What a server declines was not compared, so nothing is known of it: it is not alike. " +
			"The cause may be a token that may not read it, a rate limit, an answer that the server itself calls degraded, or a fault. " +
			"Ask with a token that may, or set the operation aside with a reason.",
		Severity: check.Warning, Tags: []string{"parity", "live"}, Since: since,
	},
	Check: func(_ context.Context, p *check.Pass[*Result]) error {
		for _, probe := range p.Subject.Probes {
			if len(probe.Declines) == 0 {
				continue
			}
			var parts []string
			for _, d := range probe.Declines {
				parts = append(parts, fmt.Sprintf("by %s %s: %s", d.Side, times(d.Count, "time"), d.Reason))
			}
			f := check.Finding{
				Location: probe.Probe.place(), Related: p.Subject.counterpart(probe.Coordinate),
				Message:    fmt.Sprintf("operation %q was declined %s", probe.Operation, strings.Join(parts, "; ")),
				Properties: map[string]any{"operation": probe.Operation, "values": probe.Counts.Declined},
			}
			p.Report(f)
		}
		return nil
	},
}
