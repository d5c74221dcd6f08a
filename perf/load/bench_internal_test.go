package load

import (
	"testing"
	"time"

	"github.com/plumbapi/plumb/perf"
	"github.com/plumbapi/plumb/perf/schedule"
)

// BenchmarkAdd counts a request that was sent.
func BenchmarkAdd(b *testing.B) {
	b.ReportAllocs()
	a := newAccount(&perf.Operation{Budget: perf.Budget{Latency: []perf.Objective{{Within: time.Millisecond}, {Within: time.Second}}}}, 256, &classNames{})
	o := &outcome{status: 200, response: 3 * time.Millisecond, service: 2 * time.Millisecond, first: time.Millisecond}
	a.add(0, o)
	var n int
	for b.Loop() {
		o.response = time.Duration(n%5000+1) * time.Microsecond
		a.add(n&255, o)
		n++
	}
}

// BenchmarkHit does all that belongs to a request but for the wire.
func BenchmarkHit(b *testing.B) {
	b.ReportAllocs()
	plan := onePlan(1000, 24*time.Hour)
	plan.MaxWorkers = 0
	v := newVirtual(b, plan, perf.Shard{Of: 1})
	for b.Loop() {
		v.clock = v.intended(v.seq)
		v.hit(v.seq)
		v.seq++
	}
}

// BenchmarkProgress looks how far a run of two thousand operations is, as a live
// view does twice a second.
func BenchmarkProgress(b *testing.B) {
	b.ReportAllocs()
	p := &perf.Plan{Stages: schedule.Constant(1000, time.Hour), Operations: make([]perf.Operation, 2000)}
	for i := range p.Operations {
		p.Operations[i].Weight = 1
		p.Operations[i].Budget.Latency = []perf.Objective{{Within: time.Second, Share: 0.99}}
	}
	v := newVirtual(b, p, perf.Shard{Of: 1})
	e := &Engine{plan: p, cut: v.cut, planned: v.count(), sender: v.sender, schedule: v.schedule}
	for b.Loop() {
		e.Progress()
	}
}
