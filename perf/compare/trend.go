package compare

import (
	"fmt"
	"math"
	"time"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/words"
	"github.com/plumbapi/plumb/perf"
	"github.com/plumbapi/plumb/perf/internal/stat"
)

// Past is a result of an earlier run and what it is called, such as its file.
type Past struct {
	Name   string
	Result *perf.Result
}

// Trend is what a history of results says.
type Trend struct {
	// Runs are the names, in the order of time.
	Runs     []string     `json:"runs"`
	Quantile float64      `json:"quantile"`
	Verdict  perf.Verdict `json:"verdict"`
	// Operations are those of the last run.
	Operations []Followed `json:"operations"`
}

// Followed is the history of one operation.
type Followed struct {
	Operation string       `json:"operation"`
	Verdict   perf.Verdict `json:"verdict"`
	Reason    string       `json:"reason"`
	// Values are the quantiles, one for each run; 0 where a run has none.
	Values []time.Duration `json:"values_ns"`
	// Changes are where the level changes.
	Changes []Change `json:"changes"`
	// Location is where the plan names the operation, or the last run's file.
	Location check.Location `json:"-"`
}

// Change is where an operation goes over to another level.
type Change struct {
	// Run is the name of the first run at the new level.
	Run string `json:"run"`
	// Before and After are the geometric means on either side.
	Before time.Duration `json:"before_ns"`
	After  time.Duration `json:"after_ns"`
	P      float64       `json:"p"`
}

// leastRuns is how many runs a history has before a change can be seen.
const leastRuns = 6

// Follow finds where the level of operations has changed over earlier runs,
// which come in the order of time, one for a night or a release. An operation
// fails when its last change was to a slower level, by more than the floor;
// the name of that run goes into the finding, so that a change that is known
// can be left alone. It is inconclusive while there are fewer than six runs.
// The plan says where operations are; it may be nil.
func Follow(runs []Past, p *perf.Plan, o Options) (*Trend, error) {
	o, err := o.withDefaults()
	if err != nil {
		return nil, err
	}
	if len(runs) == 0 {
		return nil, fmt.Errorf("a history needs results")
	}
	clock := runs[len(runs)-1].Result.Clock
	t := &Trend{Quantile: o.Quantile, Verdict: perf.Pass, Runs: []string{}, Operations: []Followed{}}
	for _, r := range runs {
		if r.Result.Clock != clock {
			return nil, fmt.Errorf("%s measures response times from another moment (%s) than %s (%s): they cannot be compared",
				r.Name, r.Result.Clock, runs[len(runs)-1].Name, clock)
		}
		t.Runs = append(t.Runs, r.Name)
	}
	last := runs[len(runs)-1].Result
	for i := range last.Operations {
		f := follow(runs, i, last.Operations[i].Operation, o)
		f.Location = check.Location{File: runs[len(runs)-1].Name}
		if p != nil {
			if k := p.Operation(f.Operation); k >= 0 {
				f.Location = p.Operations[k].Location
			}
		}
		t.Verdict = perf.Worse(t.Verdict, f.Verdict)
		t.Operations = append(t.Operations, f)
	}
	if len(t.Operations) == 0 {
		t.Verdict = perf.Invalid
	}
	return t, nil
}

func follow(runs []Past, i int, name string, o Options) Followed {
	f := Followed{Operation: name, Verdict: perf.Pass, Values: make([]time.Duration, len(runs)), Changes: []Change{}}
	var values []float64
	var at []int
	for k, r := range runs {
		m := measured(r.Result, i, name)
		if m == nil || m.Response == nil || m.Sent < leastRequests {
			continue
		}
		if b, ok := m.Response.Quantile(o.Quantile); ok && b.Mid() > 0 {
			f.Values[k] = b.Mid()
			values, at = append(values, math.Log(float64(b.Mid()))), append(at, k)
		}
	}
	if f.Values[len(runs)-1] == 0 {
		f.Verdict, f.Reason = perf.Invalid, fmt.Sprintf("the last run has fewer than %d requests", leastRequests)
		return f
	}
	for _, c := range stat.ChangePoints(values, stat.ChangeOptions{Floor: math.Log1p(o.Floor)}) {
		f.Changes = append(f.Changes, Change{
			Run: runs[at[c.Index]].Name, Before: time.Duration(math.Exp(c.Before)), After: time.Duration(math.Exp(c.After)), P: c.P,
		})
	}
	now := words.Duration(f.Values[len(runs)-1])
	switch {
	case len(values) < leastRuns:
		f.Verdict = perf.Inconclusive
		f.Reason = fmt.Sprintf("%s; a change shows in %d runs or more", words.Count(len(values), "run"), leastRuns)
	case len(f.Changes) == 0:
		f.Reason = fmt.Sprintf("no change of level in %s; now %s", words.Count(len(values), "run"), now)
	default:
		c := f.Changes[len(f.Changes)-1]
		f.Reason = fmt.Sprintf("from %s to %s since %s", words.Duration(c.Before), words.Duration(c.After), c.Run)
		if c.After > c.Before {
			f.Verdict = perf.Fail
		}
	}
	return f
}
