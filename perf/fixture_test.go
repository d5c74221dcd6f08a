package perf_test

import (
	"math/rand/v2"
	"time"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/perf"
	"github.com/plumbapi/plumb/perf/histogram"
	"github.com/plumbapi/plumb/perf/schedule"
)

// fixture is a plan of operations under one steady load, with a budget each.
func fixture(rate float64, d time.Duration, budgets ...perf.Budget) *perf.Plan {
	p := &perf.Plan{
		Service: "garden", Targets: []perf.Target{{Name: "rest", URL: "http://127.0.0.1:1"}},
		Stages: schedule.Constant(rate, d), Timeout: 5 * time.Second, CatchUp: time.Second,
	}
	names := []string{"GET /plants", "GET /plants/{id}", "POST /plants", "GET /beds"}
	for i, b := range budgets {
		p.Operations = append(p.Operations, perf.Operation{
			Name: names[i], Target: "rest", Weight: 1, Budget: b,
			Location: check.Location{File: "slo.yaml", Line: 10 + i, Column: 3, Element: "/operations/" + names[i]},
		})
	}
	return p
}

// within is a budget of one latency objective.
func within(share float64, d time.Duration) perf.Budget {
	return perf.Budget{Latency: []perf.Objective{{Within: d, Share: share}}}
}

// answer is what became of a request.
type answer struct {
	took  time.Duration
	cause perf.Cause
	// unsent is how it was not sent: "busy", "late", "empty", "broken"; "" where
	// it was.
	unsent string
}

const fixtureSlices = 60

// recorder counts answers as an engine does.
type recorder struct {
	plan   *perf.Plan
	result *perf.Result
	total  uint64
}

// newRecorder begins a result of a plan whose operations take turns.
func newRecorder(p *perf.Plan, shard, of int) *recorder {
	s, err := p.Schedule()
	if err != nil {
		panic(err)
	}
	r := &perf.Result{
		Version: perf.ResultVersion, Plan: p.Digest(), Engine: "plumb 0.1.0", Clock: perf.FromIntended,
		Shards: []perf.Shard{{Index: shard, Of: of}}, Start: time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC),
		Planned: s.Duration() - s.WarmUp(), Elapsed: s.Duration() - s.WarmUp(), Lag: &histogram.Histogram{}, Slices: fixtureSlices,
	}
	for i := range p.Operations {
		m := perf.Measured{
			Operation: p.Operations[i].Name, Within: make([]uint64, len(p.Operations[i].Budget.Latency)),
			Response: &histogram.Histogram{}, Service: &histogram.Histogram{}, FirstByte: &histogram.Histogram{},
			Statuses: map[int]uint64{}, Classes: map[string]uint64{}, Slices: make([]perf.Slice, fixtureSlices),
		}
		for k := range m.Slices {
			m.Slices[k].Within = make([]uint64, len(m.Within))
		}
		r.Operations = append(r.Operations, m)
	}
	return &recorder{plan: p, result: r, total: s.Total()}
}

// add counts request seq.
func (r *recorder) add(seq uint64, a answer) {
	op := int(seq % uint64(len(r.plan.Operations)))
	m := &r.result.Operations[op]
	s := &m.Slices[seq*fixtureSlices/r.total]
	m.Due++
	s.Due++
	switch a.unsent {
	case "busy":
		m.Unsent.Busy++
		return
	case "late":
		m.Unsent.Late++
		return
	case "empty":
		m.Unsent.Empty++
		return
	case "broken":
		m.Unsent.Broken++
		return
	}
	m.Sent++
	s.Sent++
	r.result.Lag.Add(100 * time.Microsecond)
	m.Response.Add(a.took)
	m.Service.Add(a.took)
	s.Octaves.Add(a.took)
	s.Max = max(s.Max, a.took)
	switch a.cause {
	case perf.Good:
		m.Good++
		s.Good++
		m.Statuses[200]++
		m.FirstByte.Add(a.took * 9 / 10)
		for k, o := range r.plan.Operations[op].Budget.Latency {
			if a.took <= o.Within {
				m.Within[k]++
				s.Within[k]++
			}
		}
	case perf.Transport:
		m.Bad.Add(a.cause)
		m.Classes["transport: connection refused"]++
	default:
		m.Bad.Add(a.cause)
		m.Statuses[map[bool]int{true: 500, false: 200}[a.cause == perf.BadStatus]]++
		m.Classes[map[perf.Cause]string{
			perf.BadStatus: "status: 500", perf.BadContract: "response: /items/*/state is missing", perf.Timeout: "timeout: no answer",
		}[a.cause]]++
	}
}

// run sends a whole plan and counts what of returns.
func run(p *perf.Plan, of func(seq uint64) answer) *perf.Result {
	r := newRecorder(p, 0, 1)
	for seq := range r.total {
		r.result.Operations[seq%uint64(len(p.Operations))].Planned++
		r.add(seq, of(seq))
	}
	return r.result
}

// every answers well and at once, but for one of n requests, which takes long.
func every(n uint64, slow time.Duration) func(uint64) answer {
	return func(seq uint64) answer {
		if n > 0 && seq%n == n/2 {
			return answer{took: slow}
		}
		// Latencies on both sides of a power of two.
		return answer{took: time.Duration(3+2*(seq*7919%10)/5) * time.Millisecond}
	}
}

// random answers slowly with a probability, independently.
func random(seed uint64, share float64, slow time.Duration) func(uint64) answer {
	rng := rand.New(rand.NewPCG(seed, 1))
	return func(uint64) answer {
		took := time.Duration(1+rng.IntN(10)) * time.Millisecond
		if rng.Float64() < share {
			took = slow
		}
		return answer{took: took}
	}
}
