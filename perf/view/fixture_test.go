package view_test

import (
	"time"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/perf"
	"github.com/plumbapi/plumb/perf/histogram"
	"github.com/plumbapi/plumb/perf/schedule"
)

// hostile is a name that nobody should have to show.
const hostile = "GET /<script>alert(1)</script>\x1b[31m|`*"

// assessed has an operation of each verdict: slow in one pause, at its budget,
// unreachable for want of data, healthy under a hostile name.
func assessed() *perf.Assessment {
	latency := perf.Budget{Latency: []perf.Objective{{Within: 100 * time.Millisecond, Share: 0.95}, {Within: 500 * time.Millisecond, Share: 0.99}}, HasErrors: true, Errors: 0.01, Origin: "operation"}
	names := []string{hostile, "GET /plants", "GET /beds", "POST /plants"}
	p := &perf.Plan{Service: "garden", Stages: schedule.Constant(400, time.Minute), Timeout: 5 * time.Second}
	for i, n := range names {
		at := check.Location{File: "slo.yaml", Line: 10 + i, Column: 3, Element: "/operations/" + n}
		p.Operations = append(p.Operations, perf.Operation{Name: n, Weight: 1, Budget: latency, Location: at})
		p.Operations[i].Budget.Location = at
	}
	r := &perf.Result{
		Version: 1, Plan: p.Digest(), Engine: "plumb 0.1.0", Clock: perf.FromIntended, Shards: []perf.Shard{{Index: 0, Of: 1}},
		Start: time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC), Planned: time.Minute, Elapsed: time.Minute, Slices: 60, Lag: new(histogram.Histogram),
	}
	r.Lag.AddN(200*time.Microsecond, 18_000)
	for i, n := range names {
		m := perf.Measured{
			Operation: n, Planned: 6000, Within: make([]uint64, 2), Slices: make([]perf.Slice, 60), Statuses: map[int]uint64{}, Classes: map[string]uint64{},
			Response: new(histogram.Histogram), Service: new(histogram.Histogram), FirstByte: new(histogram.Histogram),
		}
		for k := range m.Slices {
			s := &m.Slices[k]
			s.Within = make([]uint64, 2)
			for seq := range 100 {
				add(&m, s, i, k, seq)
			}
		}
		r.Operations = append(r.Operations, m)
	}
	return perf.Assess(p, r)
}

// add counts request seq of a stretch for an operation of the fixture.
func add(m *perf.Measured, s *perf.Slice, op, stretch, seq int) {
	m.Due++
	s.Due++
	if op == 3 {
		m.Unsent.Empty++
		return
	}
	m.Sent++
	s.Sent++
	took := time.Duration(3+seq%12) * time.Millisecond
	switch {
	case op == 1 && stretch/3 == 10: // a pause of three seconds
		took += time.Duration(3-stretch%3)*time.Second - time.Duration(seq)*10*time.Millisecond
	case op == 2 && (seq*7+stretch)%18 == 0: // a little over the budget
		took = 200 * time.Millisecond
	}
	m.Response.Add(took)
	m.Service.Add(took)
	m.FirstByte.Add(took / 2)
	s.Octaves.Add(took)
	s.Max = max(s.Max, took)
	if op == 0 && seq == 50 && stretch%20 == 0 {
		m.Bad.Status++
		m.Statuses[503]++
		m.Classes["status: 503"]++
		return
	}
	m.Good++
	s.Good++
	m.Statuses[200]++
	for k, limit := range []time.Duration{100 * time.Millisecond, 500 * time.Millisecond} {
		if took <= limit {
			m.Within[k]++
			s.Within[k]++
		}
	}
}
