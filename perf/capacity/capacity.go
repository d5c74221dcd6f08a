// Package capacity finds the highest rate at which every operation of a plan
// keeps its budget.
//
// It probes one rate after the other, each for a fixed time, and needs about a
// dozen probes: near the limit a single one is too noisy for its verdict to be
// trusted, so the search draws a line through all of them (package stat, and
// docs/decisions/perf-statistics.md for how near it comes). The package sends
// nothing itself: the caller gives it the function that makes a probe.
package capacity

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/words"
	"github.com/plumbapi/plumb/perf"
	"github.com/plumbapi/plumb/perf/internal/stat"
	"github.com/plumbapi/plumb/perf/schedule"
)

// Options are what a search may be told. The zero value is useful.
type Options struct {
	// Start is the first rate, in requests per second; 0 stands for the
	// highest of the plan.
	Start float64
	// Lowest and Highest bound the rates that are probed; 0 stands for a
	// thousandth and a thousand times the start.
	Lowest, Highest float64
	// Probes is how many probes are made at most; 0 stands for 12.
	Probes int
	// Length is how long each probe is judged; 0 stands for 30 seconds. A tenth
	// of it comes before and is not.
	Length time.Duration
	// Tolerance is the standard error at which the search may end, as a share
	// of the rate; 0 stands for 0.01.
	Tolerance float64
	// Min is the rate that has to be borne; 0 asks for nothing.
	Min float64
}

// defaultLength is how long a probe is judged.
const defaultLength = 30 * time.Second

// Prober sends a plan, whose load is a constant rate, and measures it.
type Prober func(ctx context.Context, rate float64, p *perf.Plan) (*perf.Result, error)

// Search finds the capacity. An error says that the search could not begin.
// When the context ends or a probe cannot be made, what was found so far is
// returned, and it is incomplete.
func Search(ctx context.Context, p *perf.Plan, o Options, probe Prober) (*Capacity, error) {
	o.Length = cmp.Or(o.Length, defaultLength)
	o.Start = cmp.Or(o.Start, highest(p))
	if o.Length < time.Second {
		return nil, fmt.Errorf("probes of %v are too short: each needs a second or more", o.Length)
	}
	if !(o.Min >= 0) {
		return nil, fmt.Errorf("a service cannot have to bear %v requests a second", o.Min)
	}
	if !demands(p) {
		return nil, fmt.Errorf("no operation that is sent has a budget for latency or errors, so that any rate would be borne")
	}
	if err := enough(p, o); err != nil {
		return nil, err
	}
	search, err := stat.NewSearch(stat.SearchOptions{Start: o.Start, Lowest: o.Lowest, Highest: o.Highest, Tolerance: o.Tolerance, Probes: o.Probes})
	if err != nil {
		return nil, err
	}
	c := &Capacity{Probes: []Probe{}, Min: o.Min, Location: check.Location{File: p.Operations[0].Location.File, Line: 1, Column: 1, EndLine: 1, EndColumn: 1}}
	for {
		rate, more := search.Next()
		if !more {
			break
		}
		made, err := one(ctx, p, rate, o.Length, probe)
		if err != nil {
			c.Incomplete = fmt.Sprintf("after %s: %v", words.Count(len(c.Probes), "probe"), err)
			break
		}
		c.Probes = append(c.Probes, made)
		if made.Invalid != "" {
			if c.GeneratorLimit = rate; !slices.ContainsFunc(c.Probes, func(p Probe) bool { return p.Borne }) {
				c.Incomplete = fmt.Sprintf("at %s/s: %s", number(rate), made.Invalid)
			}
			break
		}
		search.Add(stat.Probe{Rate: rate, Margin: made.Margin, SD: made.SD})
	}
	c.conclude(search.Capacity())
	return c, nil
}

// highest is the highest rate of a plan that is judged.
func highest(p *perf.Plan) (rate float64) {
	for _, s := range p.Stages {
		if !s.WarmUp {
			rate = max(rate, s.From, s.To)
		}
	}
	return rate
}

// demands reports whether anything is demanded that a rate can break.
func demands(p *perf.Plan) bool {
	return slices.ContainsFunc(p.Operations, func(o perf.Operation) bool {
		return len(o.Budget.Latency) > 0 || o.Budget.HasErrors
	})
}

// enough says whether the first probe has so many requests of each operation
// that one of them may miss each of its budgets: with fewer, a probe says
// nothing of it.
func enough(p *perf.Plan, o Options) error {
	const sample = 100_000
	counts := make([]uint64, len(p.Operations))
	perf.NewMix(p).Count(counts, 0, sample)
	for i := range p.Operations {
		b, rate := &p.Operations[i].Budget, o.Start*float64(counts[i])/sample
		tightest := 1.0
		for _, objective := range b.Latency {
			if objective.Share < 1 {
				tightest = min(tightest, 1-objective.Share)
			}
		}
		if b.HasErrors && b.Errors > 0 {
			tightest = min(tightest, b.Errors)
		}
		if needed := 1 / tightest / rate; counts[i] > 0 && needed > o.Length.Seconds()*(1+1e-9) {
			return fmt.Errorf("a probe of %s has %s of %s, and a budget of %s needs %s: let probes last %s or more",
				words.Duration(o.Length), words.Count(int(rate*o.Length.Seconds()), "request"), p.Operations[i].Name, words.Percent(tightest),
				words.Number(int(math.Ceil(1/tightest))), time.Duration(math.Ceil(needed))*time.Second)
		}
	}
	return nil
}

// one makes a probe and reads off how far it was from the budgets.
func one(ctx context.Context, p *perf.Plan, rate float64, length time.Duration, probe Prober) (Probe, error) {
	if ctx.Err() != nil {
		return Probe{}, context.Cause(ctx)
	}
	plan := *p
	plan.Stages = slices.Concat(schedule.WarmUp(rate, length/10), schedule.Constant(rate, length))
	r, err := probe(ctx, rate, &plan)
	if err != nil {
		return Probe{}, err
	}
	if r.Incomplete != "" {
		return Probe{}, fmt.Errorf("at %s/s: %s", number(rate), r.Incomplete)
	}
	j := perf.Judge(&plan, r)
	if len(j.Reasons) > 0 {
		return Probe{Rate: rate, Invalid: j.Reasons[0]}, nil
	}
	made := Probe{Rate: rate, Margin: math.Inf(-1)}
	for i := range j.Operations {
		op := &j.Operations[i]
		if op.Verdict == perf.Invalid {
			return Probe{Rate: rate, Invalid: op.Operation + ": " + op.Reason}, nil
		}
		for k := range op.Demands {
			made.take(op.Operation, &op.Demands[k])
		}
	}
	if math.IsInf(made.Margin, -1) {
		return Probe{}, fmt.Errorf("at %s/s nothing with a budget was measured", number(rate))
	}
	made.Borne = made.Margin <= 0
	return made, nil
}
