package load

import (
	"time"

	"github.com/plumbapi/plumb/perf"
	"github.com/plumbapi/plumb/perf/histogram"
)

// Snapshot returns what has been measured so far. Requests that are under way
// are not in it yet. It may be called at any time, and shares nothing with the
// run.
func (e *Engine) Snapshot() *perf.Result {
	r := e.result(e.cut.n)
	r.Elapsed = e.judged(e.now())
	if r.Incomplete == "" && !r.Decided {
		r.Incomplete = "the run was going on"
	}
	return r
}

// settled returns what is known of the first stretch of the run in which
// nothing is under way any more.
func (e *Engine) settled() *perf.Result {
	n := e.sender.settling.settled(e.now())
	r := e.result(n)
	r.Elapsed = e.judged(e.cut.start(n))
	return r
}

// result makes a result of the first slices.
func (e *Engine) result(end int) *perf.Result {
	r := &perf.Result{
		Version: perf.ResultVersion, Plan: e.digest, Engine: e.o.Engine, Clock: perf.FromIntended,
		Shards: []perf.Shard{e.o.Shard}, Planned: e.cut.length, Slices: e.cut.n, Lag: e.sender.lags(),
		Operations: make([]perf.Measured, len(e.plan.Operations)),
	}
	e.mu.Lock()
	r.Start, r.Incomplete, r.Decided = e.start, e.reason, e.decided
	waiting := e.latencies
	e.mu.Unlock()
	for i := range r.Operations {
		r.Operations[i] = e.sender.accounts[i].measured(e.plan.Operations[i].Name, end)
		r.Operations[i].Planned = e.planned[i]
	}
	r.Waited, r.Trouble = waiting.p99(), trouble(r)
	return r
}

// judged returns how much of the judged part lies before a moment.
func (e *Engine) judged(at time.Duration) time.Duration {
	return min(max(at-e.cut.from, 0), e.cut.length)
}

// lags puts the stripes together.
func (s *sender) lags() *histogram.Histogram {
	h := &histogram.Histogram{}
	for i := range s.lag {
		at := &s.lag[i]
		at.mu.Lock()
		h.Merge(&at.h)
		at.mu.Unlock()
	}
	return h
}

// count returns how many requests of the judged part are planned for each
// operation, all steps of sessions included.
func (s *sender) count() []uint64 {
	counts := make([]uint64, len(s.plan.Operations))
	first := s.schedule.Count(s.cut.from)
	number := s.schedule.Number(first)
	s.mix.CountEvery(counts, number, s.schedule.Number(first+1)-number, s.schedule.Total()-first)
	return counts
}
