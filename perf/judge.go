package perf

import (
	"fmt"
	"strings"
	"time"

	"github.com/plumbapi/plumb/internal/words"
	"github.com/plumbapi/plumb/perf/schedule"
)

// Limits of a measurement that can be trusted.
const (
	// MaxNotSent is which share of requests, of a run or of an operation, may
	// be left out by the generator's fault: sent too late, or without data.
	MaxNotSent = 0.01
	// mostLag and leastLag bound what LagLimit says.
	mostLag  = 100 * time.Millisecond
	leastLag = 10 * time.Millisecond
)

// LagLimit returns how late the generator may be, for 99 % of the requests
// that did not wait for a worker: a tenth of the shortest latency objective of
// the plan, but no less than 10 ms and no more than 100 ms, unless the plan says
// otherwise. Response times include it, so beyond that a verdict would be about
// the generator.
func LagLimit(plan *Plan) time.Duration {
	if plan.MaxLag > 0 {
		return plan.MaxLag
	}
	limit := mostLag
	for i := range plan.Operations {
		for _, o := range plan.Operations[i].Budget.Latency {
			limit = min(limit, o.Within/10)
		}
	}
	return max(limit, leastLag)
}

// Judge says what a result is worth by the budgets of its plan. Every
// operation of the plan has a verdict, in its order. First comes whether the
// measurement can be trusted at all, then each demand of each budget:
//
//   - All requests that were due count, those that were not sent too. Where
//     all workers waited for answers, the service was too slow, and they missed
//     every demand. Where the generator was late, data was used up or a session
//     had ended before, nobody knows: a demand is only kept if it would be with
//     all of them missing it, and only broken if it would be without.
//   - "certain": a run is long enough when it would have shown twice the
//     budget in nine of ten cases. Such a run passes when no more missed than
//     the budget allows of all that was planned, whatever else may come. It
//     fails when more than twice as many missed, and so many that it is no
//     chance though ten miss it together. A budget of none is judged by the count alone.
//   - "sequential": under a steady load, the test of package stat on stretches
//     of the run, at 1 %, with the design effect of these.
//   - "interval": for a run that went to its end, the exact interval of the
//     share at 99 %, with the design effect, lies on one side of the budget.
//   - Else it is inconclusive.
//
// A run that ended before its plan passes by what is certain only, or by the
// sequential test where that is what ended it. docs/decisions/perf-statistics.md
// says how often verdicts are wrong.
func Judge(plan *Plan, r *Result) *Judgement {
	j := newJudging(plan, r, r.Slices)
	judgement := &Judgement{Reasons: j.doubts(), Notes: j.notes(), Operations: []Judged{}}
	for i := range plan.Operations {
		judged := j.operation(i)
		if len(judgement.Reasons) > 0 {
			judged.Verdict, judged.Reason = Invalid, judgement.Reasons[0]
			for k := range judged.Demands {
				d := &judged.Demands[k]
				d.Verdict, d.Reason, d.By = Invalid, judged.Reason, ""
			}
		}
		judgement.Operations = append(judgement.Operations, judged)
		judgement.Verdict = Worse(judgement.Verdict, judged.Verdict)
	}
	if len(judgement.Operations) == 0 {
		judgement.Verdict = Invalid
		judgement.Reasons = append(judgement.Reasons, "the plan has no operation")
	}
	return judgement
}

// Decided reports whether every demand of every budget is decided, so that a
// run may end early: what Judge says of the result then does not change by
// going on. R is what is known of a run up to Elapsed, a moment before which
// nothing is under way any more: slow answers that are still to come would be
// missing from it else. Nothing is decided within the first five seconds, nor
// where the measurement cannot be trusted.
func Decided(plan *Plan, r *Result) bool {
	if r.Elapsed < leastElapsed || len(plan.Operations) == 0 {
		return false
	}
	closed := 0
	if r.Slices > 0 && r.Planned > 0 {
		closed = int(min(float64(r.Slices), max(0, float64(r.Elapsed)/float64(r.Planned)*float64(r.Slices))))
	}
	j := newJudging(plan, r, closed)
	j.stopping = true
	if len(j.doubts()) > 0 {
		return false
	}
	for i := range plan.Operations {
		if v := j.operation(i).Verdict; v != Pass && v != Fail {
			return false
		}
	}
	return true
}

// leastElapsed is how long a run lasts at least.
const leastElapsed = 5 * time.Second

// judging is one call of Judge.
type judging struct {
	plan *Plan
	r    *Result
	// closed is how many slices all of whose requests have ended.
	closed int
	// counted says that Within is by the objectives of this plan.
	counted bool
	// steady says that the rate of the judged part does not change.
	steady bool
	// stopping says that the question is whether the run may end.
	stopping bool
	measured []*Measured // by operation of the plan, nil where there is none
}

func newJudging(plan *Plan, r *Result, closed int) *judging {
	j := &judging{
		plan: plan, r: r, closed: closed,
		counted: r.Plan == "" || r.Plan == plan.Digest(), steady: steady(plan.Stages),
		measured: make([]*Measured, len(plan.Operations)),
	}
	byName := make(map[string]*Measured, len(r.Operations))
	for i := range r.Operations {
		byName[r.Operations[i].Operation] = &r.Operations[i]
	}
	for i := range plan.Operations {
		j.measured[i] = byName[plan.Operations[i].Name]
	}
	return j
}

// steady reports whether what is judged is sent at one rate.
func steady(stages []schedule.Stage) bool {
	rate := -1.0
	for _, s := range stages {
		if s.WarmUp || s.For <= 0 {
			continue
		}
		if s.From != s.To || rate >= 0 && rate != s.From {
			return false
		}
		rate = s.From
	}
	return rate > 0
}

// whole reports whether the run went to the end of its plan.
func (j *judging) whole() bool {
	return j.r.Incomplete == "" && !j.r.Decided && !j.stopping && j.r.Elapsed >= j.r.Planned-j.r.Planned/100
}

// doubts says why the measurement cannot be trusted.
func (j *judging) doubts() []string {
	doubts := []string{}
	for _, t := range j.r.Troubles(LagLimit(j.plan)) {
		doubts = append(doubts, strings.TrimSuffix(t, "."))
	}
	if missing := missingShards(j.r.Shards); missing != "" {
		doubts = append(doubts, missing)
	}
	var due, sent, late uint64
	for i := range j.r.Operations {
		m := &j.r.Operations[i]
		due, sent, late = due+m.Due, sent+m.Sent, late+m.Unsent.Late
	}
	switch {
	case due == 0 && len(doubts) > 0: // which say why
		return doubts
	case due == 0:
		return append(doubts, "nothing was due: the run ended before its first request that is judged")
	case sent == 0 && late == 0:
		return append(doubts, fmt.Sprintf("nothing was sent of %s that were due", number(due, "request")))
	}
	if float64(late) > MaxNotSent*float64(due) {
		doubts = append(doubts, fmt.Sprintf("the generator was too slow: %s of %s could not be sent in time though workers were free, more than %s",
			shareOf(late, due, 1), number(due, "request"), percent(MaxNotSent)))
	}
	if lag := j.r.Lag; lag != nil && lag.Count() > 0 {
		p99, _ := lag.Quantile(0.99)
		if limit := LagLimit(j.plan); p99.Low > limit {
			doubts = append(doubts, fmt.Sprintf("the generator was late: 1 of 100 requests was sent %s or more after it was due, the limit is %s",
				words.Duration(p99.Mid()), words.Duration(limit)))
		}
	}
	return doubts
}

// missingShards says which parts of a schedule are not there as often as
// others.
func missingShards(shards []Shard) string {
	count := map[Shard]int{}
	most := map[int]int{}
	order := []int{}
	for _, s := range shards {
		if most[s.Of] == 0 {
			order = append(order, s.Of)
		}
		count[s]++
		most[s.Of] = max(most[s.Of], count[s])
	}
	for _, of := range order {
		var missing []string
		for i := 0; i < of && len(missing) < 4; i++ {
			if count[Shard{i, of}] < most[of] {
				missing = append(missing, words.Number(i+1))
			}
		}
		if len(missing) > 0 {
			return fmt.Sprintf("the result of shard %s of %s is missing", strings.Join(missing, ", "), words.Number(of))
		}
	}
	return ""
}

// notes says what has to be known to take the numbers rightly.
func (j *judging) notes() []string {
	notes := []string{}
	switch j.r.Clock {
	case FromSend:
		notes = append(notes, "times are measured from when a request was sent, not from when it was due: what waited to be sent looks faster than it was")
	case Closed:
		notes = append(notes, "users waited for answers before they asked again: a slow server was asked less often, so slow answers are rarer than users at a fixed rate would see")
	}
	if !j.counted {
		notes = append(notes, "the plan is not the one that was run: latency is judged by the histogram, not by exact counters")
	}
	if j.r.Incomplete != "" {
		notes = append(notes, "the run ended before its plan: "+j.r.Incomplete)
	}
	if j.r.Decided {
		notes = append(notes, "the run ended early since every verdict was certain")
	}
	known := map[string]bool{}
	for i := range j.plan.Operations {
		known[j.plan.Operations[i].Name] = true
	}
	var strangers []string
	for i := range j.r.Operations {
		if name := j.r.Operations[i].Operation; !known[name] {
			strangers = append(strangers, fmt.Sprintf("%q", name))
		}
	}
	if len(strangers) > 0 {
		more := ""
		if n := len(strangers); n > 3 {
			strangers, more = strangers[:3], fmt.Sprintf(" and %s more", words.Number(n-3))
		}
		notes = append(notes, "the plan does not have "+strings.Join(strangers, ", ")+more+", which was measured: it is not judged")
	}
	return notes
}
