package gather

import (
	"cmp"
	"time"

	"github.com/plumbapi/plumb/perf"
	"github.com/plumbapi/plumb/snapshot"
)

// slo makes the objectives of a run that was judged.
func slo(f *Facts, p *places) *snapshot.SLO {
	j := f.Judgement
	if j == nil {
		return nil
	}
	s := &snapshot.SLO{Verdict: string(j.Verdict)}
	measured := map[string]*perf.Measured{}
	if r := f.Perf; r != nil {
		s.Start, s.Engine = r.Start.UTC().Truncate(time.Second), r.Engine
		for i := range r.Operations {
			measured[r.Operations[i].Operation] = &r.Operations[i]
		}
	}
	tags := map[string]string{}
	if f.Plan != nil {
		for i := range f.Plan.Operations {
			if op := &f.Plan.Operations[i]; len(op.Tags) > 0 {
				tags[op.Name] = op.Tags[0]
			}
		}
	}
	for i := range j.Operations {
		op := &j.Operations[i]
		at := p.of(op.Operation)
		if at.tag == other && tags[op.Operation] != "" {
			at.tag = tags[op.Operation]
			at.owner = cmp.Or(p.owner("", op.Operation, at.tag, ""), at.owner)
		}
		o := snapshot.Objective{
			Operation: op.Operation, Tag: at.tag, Owner: at.owner, Verdict: string(op.Verdict), Reason: op.Reason, Left: left(op.Demands),
		}
		if m := measured[op.Operation]; m != nil {
			o.Requests = m.Due
			if m.Response != nil {
				if b, ok := m.Response.Quantile(0.95); ok {
					o.P95 = float64(b.Mid().Microseconds()) / 1000
				}
			}
		}
		s.Operations = append(s.Operations, o)
	}
	return s
}

// left is what is left of the error budget of the demand that has the least:
// 1 − missed ÷ (allowed × total). A demand that allows none has no budget.
func left(demands []perf.Demand) *float64 {
	var least *float64
	for i := range demands {
		d := &demands[i]
		if d.Allowed <= 0 || d.Total == 0 {
			continue
		}
		v := 1 - float64(d.Missed)/(d.Allowed*float64(d.Total))
		if least == nil || v < *least {
			least = &v
		}
	}
	return least
}
