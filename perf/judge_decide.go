package perf

import (
	"math"

	"github.com/plumbapi/plumb/perf/internal/stat"
)

// What decides a demand.
const (
	byCertain    = "certain"
	bySequential = "sequential"
	byInterval   = "interval"
)

const (
	// alpha is the probability of either wrong decision of a test; intervals
	// have half of it on either side.
	alpha = 0.01
	// power is how often a run finds what it is said to find.
	power = 0.9
	// event is by how many times the budget of a whole run has to be exceeded
	// for the count alone to break it, whatever made requests miss it together.
	event = 2
	// together is how many requests count for one in that: what misses it comes
	// in clusters as a rule, and how large they are may not be known.
	together = 10
	// unknownEffect is how many requests count for one where nothing says how
	// they depend on each other: as when 1 to 20 are missed together, as often
	// each, Σk²/Σk.
	unknownEffect = 14
)

// tally is what a demand is decided by: how many requests missed it.
type tally struct {
	missed, atLeast uint64 // at most and at least
	due, planned    uint64
	// batches are stretches of the run, in order; none where they are not known.
	batches []stat.Batch
	// sequential says that batches count exactly what missed.
	sequential bool
}

// decide fills in the numbers of a demand and its verdict.
func (j *judging) decide(d *Demand, t tally) {
	d.Missed, d.MissedAtLeast, d.Total, d.Planned = t.missed, t.atLeast, t.due, t.planned
	test, decision := sequential(d.Allowed, t.batches)
	effect, known := test.SafeEffect()
	d.Effect = effect
	if !known {
		d.Effect, effect = unknownEffect, 1
	}
	if !j.stopping { // only the verdict is asked for then
		d.interval(t)
	}

	d.Verdict, d.By = Inconclusive, ""
	switch {
	case broken(d.Allowed, t):
		d.Verdict, d.By = Fail, byCertain
	case kept(d.Allowed, t, effect):
		d.Verdict, d.By = Pass, byCertain
	case t.sequential && j.steady && decision == stat.Within && j.r.Incomplete == "" && t.missed <= stat.Allowed(d.Allowed, t.due):
		d.Verdict, d.By = Pass, bySequential
	case t.sequential && j.steady && decision == stat.Exceeded && t.atLeast == t.missed && t.missed > stat.Allowed(d.Allowed, t.due):
		d.Verdict, d.By = Fail, bySequential
	case j.whole() && d.High <= d.Allowed:
		d.Verdict, d.By = Pass, byInterval
	case j.whole() && d.Low > d.Allowed:
		d.Verdict, d.By = Fail, byInterval
	case !j.stopping:
		d.Required = required(d, effect, known)
	}
}

// interval fills in what the true share may be, and which one would have been
// told from the budget.
func (d *Demand) interval(t tally) {
	n := float64(t.due) / d.Effect
	d.Low = stat.ClopperPearson(float64(t.atLeast)/d.Effect, n, 1-alpha).Low
	d.High = stat.ClopperPearson(float64(t.missed)/d.Effect, n, 1-alpha).High
	if d.Allowed > 0 && d.Allowed < 1 {
		d.Detectable = stat.DetectableShare(d.Allowed, float64(t.due), alpha, power, d.Effect)
	}
}

// sequential runs the sequential test.
func sequential(allowed float64, list []stat.Batch) (*stat.Batches, stat.Decision) {
	test, err := stat.NewSequential(allowed, alpha)
	if err != nil { // a budget of none, or of nearly all
		var b stat.Batches
		for _, batch := range list {
			b.Add(batch)
		}
		return &b, stat.Undecided
	}
	for _, batch := range list {
		test.Add(batch)
	}
	return test.Batches(), test.Decision()
}

// broken reports whether nothing can mend it: so many missed it that the whole
// plan exceeds its budget twice, and by more than chance makes of requests that
// miss it together. Neither depends on how the run goes on.
func broken(allowed float64, t tally) bool {
	may := stat.Allowed(allowed, t.planned)
	if allowed <= 0 {
		return t.atLeast > 0
	}
	return t.atLeast > min(event*may, (may+t.planned)/2) && stat.ClopperPearson(float64(t.atLeast)/together, float64(t.planned)/together, 1-alpha).Low > allowed
}

// kept reports whether nothing can spoil it: even if all that are left missed
// it, the budget of the whole plan would hold, and the plan is long enough for
// that to mean something.
func kept(allowed float64, t tally, effect float64) bool {
	if t.missed+less(t.planned, t.due) > stat.Allowed(allowed, t.planned) {
		return false
	}
	return allowed <= 0 || allowed >= 1 || float64(t.planned) >= telling(allowed, effect)
}

// telling returns how many requests show twice the budget in nine of ten runs.
func telling(allowed, effect float64) float64 {
	return stat.RequiredRequests(allowed, min(event*allowed, (1+allowed)/2), alpha, power, effect)
}

// required returns how many requests a run needs to decide, if requests go on
// to miss the demand as often as they did, and depend on each other as much;
// not at all where that is not known.
func required(d *Demand, effect float64, known bool) uint64 {
	if d.Allowed <= 0 || d.Allowed >= 1 || d.Total == 0 {
		return d.Planned
	}
	if !known {
		effect = safeIndependent
	}
	share := float64(d.Missed) / float64(d.Total)
	n := stat.RequiredRequests(d.Allowed, share, alpha/2, power, effect)
	if share == 0 {
		n = stat.FaultlessRequests(d.Allowed, alpha/2, effect)
	}
	if share <= d.Allowed {
		n = min(n, telling(d.Allowed, effect))
	}
	if math.IsInf(n, 0) || math.IsNaN(n) || n > 1e12 {
		return 0
	}
	return max(uint64(n), d.Total+1)
}

// safeIndependent is the safe design effect that 64 batches of independent
// requests have on average.
const safeIndependent = 1.4

// leastBatch is how many requests a batch has at least.
const leastBatch = 10

// batches makes batches of stretches, each of ten requests or more; what is
// left of the last ones is left out. High is by the power of two that parts
// the response times of the first stretches most evenly. So the batches of a
// run go on those of any part of it from its start, and what these decided
// stays decided.
func batches(slices []Slice, missed func(*Slice) uint64) []stat.Batch {
	edge := middle(slices)
	var list []stat.Batch
	var open stat.Batch
	for i := range slices {
		s := &slices[i]
		open.Total += s.Due
		open.Bad += missed(s)
		for k := edge + 1; k < len(s.Octaves); k++ {
			open.High += uint64(s.Octaves[k])
		}
		if open.Total >= leastBatch {
			open.Bad, open.High = min(open.Bad, open.Total), min(open.High, open.Total)
			list = append(list, open)
			open = stat.Batch{}
		}
	}
	return list
}

// firstBatches is how many batches decide where High begins: as many as there
// have to be before anything is decided.
const firstBatches = 32

// middle returns the octave after which about half of the response times are
// of the first stretches that fill 32 batches.
func middle(slices []Slice) int {
	var sum [len(Octaves{})]uint64
	var all, open uint64
	full := 0
	for i := 0; i < len(slices) && full < firstBatches; i++ {
		for k, n := range slices[i].Octaves {
			sum[k] += uint64(n)
			all += uint64(n)
		}
		if open += slices[i].Due; open >= leastBatch {
			open = 0
			full++
		}
	}
	best, least, below := 0, math.Inf(1), uint64(0)
	for k := range sum {
		below += sum[k]
		if off := math.Abs(float64(below) - float64(all)/2); off < least {
			best, least = k, off
		}
	}
	return best
}
