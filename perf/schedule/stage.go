package schedule

import (
	"errors"
	"fmt"
	"math"
	"time"
)

// Stage is a stretch of a schedule in which the rate moves along a straight
// line.
type Stage struct {
	// Name is how a report calls it; it may be empty.
	Name string
	// For is how long it lasts.
	For time.Duration
	// From and To are the rates at its two ends, in requests per second.
	From, To float64
	// WarmUp marks what is sent and not judged. Such stages come first.
	WarmUp bool
}

// Constant keeps a rate.
func Constant(rate float64, d time.Duration) []Stage {
	return []Stage{{Name: "constant", For: d, From: rate, To: rate}}
}

// Ramp moves from one rate to another.
func Ramp(from, to float64, d time.Duration) []Stage {
	return []Stage{{Name: "ramp", For: d, From: from, To: to}}
}

// Steps keeps each of n rates for a while: from, to, and those between at even
// distances.
func Steps(from, to float64, n int, each time.Duration) []Stage {
	var stages []Stage
	for i := range n {
		rate := from
		if n > 1 {
			rate += (to - from) * float64(i) / float64(n-1)
		}
		stages = append(stages, Stage{Name: fmt.Sprintf("step %d of %d", i+1, n), For: each, From: rate, To: rate})
	}
	return stages
}

// Spike keeps a base rate, rises to a peak, stays there, falls, and keeps the
// base rate for as long again, to see the service recover. With an edge of 0
// the load jumps.
func Spike(base, peak float64, around, edge, hold time.Duration) []Stage {
	return withoutEmpty(
		Stage{Name: "before", For: around, From: base, To: base},
		Stage{Name: "rise", For: edge, From: base, To: peak},
		Stage{Name: "peak", For: hold, From: peak, To: peak},
		Stage{Name: "fall", For: edge, From: peak, To: base},
		Stage{Name: "after", For: around, From: base, To: base},
	)
}

// Soak rises from nothing to a rate and keeps it. With an edge of 0 the load
// begins at the rate.
func Soak(rate float64, edge, hold time.Duration) []Stage {
	return withoutEmpty(
		Stage{Name: "rise", For: edge, To: rate},
		Stage{Name: "soak", For: hold, From: rate, To: rate},
	)
}

// WarmUp keeps a rate, and what is sent is not judged. Other stages follow:
// slices.Concat(WarmUp(…), Ramp(…), Constant(…)).
func WarmUp(rate float64, d time.Duration) []Stage {
	return []Stage{{Name: "warm-up", For: d, From: rate, To: rate, WarmUp: true}}
}

// withoutEmpty drops the edges that a caller did without.
func withoutEmpty(stages ...Stage) []Stage {
	var kept []Stage
	for _, s := range stages {
		if s.For != 0 || s.Name != "rise" && s.Name != "fall" {
			kept = append(kept, s)
		}
	}
	return kept
}

// rate is the rate t seconds into the stage.
func (s Stage) rate(t float64) float64 {
	return s.From + (s.To-s.From)*t/s.For.Seconds()
}

// requests is the integral of the rate over the stage.
func (s Stage) requests() float64 { return s.within(s.For.Seconds()) }

// within is the integral of the rate over the first t seconds: a trapezium.
func (s Stage) within(t float64) float64 { return (s.From + s.rate(t)) / 2 * t }

// after is the inverse of within: the t that solves from·t + slope·t²/2 = n,
// in the form of the quadratic formula that does not subtract what is nearly
// equal.
func (s Stage) after(n float64) float64 {
	if n <= 0 {
		return 0
	}
	slope := (s.To - s.From) / s.For.Seconds()
	return 2 * n / (s.From + math.Sqrt(max(s.From*s.From+2*slope*n, 0)))
}

// silent reports whether the stage sends nothing.
func (s Stage) silent() bool { return s.From == 0 && s.To == 0 }

// Error is what contradicts itself in a list of stages.
type Error struct {
	// Stage is the index of the stage, or −1 where it is the whole list.
	Stage int
	// Name is the stage's name.
	Name string
	// Problem is the contradiction.
	Problem string
}

// Error names the stage, counted from 1, and the contradiction.
func (e *Error) Error() string {
	switch {
	case e.Stage < 0:
		return e.Problem
	case e.Name == "":
		return fmt.Sprintf("stage %d %s", e.Stage+1, e.Problem)
	}
	return fmt.Sprintf("stage %d (%s) %s", e.Stage+1, e.Name, e.Problem)
}

// Limits beyond which a number in float64 would no longer stand for a
// nanosecond or a request.
const (
	mostRate     = 1e9
	mostRequests = 1 << 36
	mostDuration = 10 * 366 * 24 * time.Hour
)

// check finds what contradicts itself.
func check(stages []Stage) error {
	var problems []error
	at := func(i int, format string, args ...any) {
		e := &Error{Stage: i, Problem: fmt.Sprintf(format, args...)}
		if i >= 0 {
			e.Name = stages[i].Name
		}
		problems = append(problems, e)
	}
	measured := -1
	for i, s := range stages {
		if s.For <= 0 {
			at(i, "lasts %v; it has to last longer than nothing", s.For)
		}
		for _, rate := range []float64{s.From, s.To} {
			switch {
			case math.IsNaN(rate) || math.IsInf(rate, 0):
				at(i, "has the rate %v, which is no number", rate)
			case rate < 0:
				at(i, "has the rate %v/s, which is below zero", rate)
			case rate > mostRate:
				at(i, "has the rate %v/s, more than one request a nanosecond", rate)
			default:
				continue
			}
			break
		}
		switch {
		case !s.WarmUp && measured < 0:
			measured = i
		case s.WarmUp && measured >= 0:
			at(i, "is for warming up, but stage %d before it is measured already", measured+1)
		}
	}
	if len(problems) > 0 {
		return errors.Join(problems...)
	}
	checkWhole(stages, measured, at)
	return errors.Join(problems...)
}

// checkWhole finds what stages contradict together.
func checkWhole(stages []Stage, measured int, at func(int, string, ...any)) {
	var lasts time.Duration
	var requests float64
	traffic := false
	for i, s := range stages {
		if s.For > mostDuration-lasts {
			at(i, "ends later than ten years after the start")
			return
		}
		lasts += s.For
		requests += s.requests()
		traffic = traffic || i >= measured && !s.silent()
	}
	last := len(stages) - 1
	switch {
	case last < 0:
		at(-1, "there are no stages, so nothing is ever sent")
	case measured < 0:
		at(-1, "every stage is for warming up, so nothing is measured")
	case !traffic:
		at(-1, "every measured stage has the rate 0, so nothing is ever measured")
	case stages[0].silent():
		at(0, "has the rate 0 from end to end and is the first: the run would wait %v for nothing", stages[0].For)
	case stages[last].silent():
		at(last, "has the rate 0 from end to end and is the last: the run would wait %v for nothing", stages[last].For)
	case requests < slack:
		at(-1, "the rates are so low that no request is due in %v", lasts)
	case requests > mostRequests:
		at(-1, "there are %.3g requests; at most %d can be numbered", requests, int64(mostRequests))
	}
}
