package perf

import (
	"fmt"
	"math"
	"time"

	"github.com/plumbapi/plumb/internal/words"
)

// The kinds of demands.
const (
	latencyKind = "latency"
	errorsKind  = "errors"
	rateKind    = "rate"
)

// operation judges one operation of the plan.
func (j *judging) operation(i int) Judged {
	op, m := &j.plan.Operations[i], j.measured[i]
	judged := Judged{Operation: op.Name, Demands: []Demand{}}
	if m == nil {
		m = &Measured{}
	}
	doubt := j.doubt(i, m)
	for k := range op.Budget.Latency {
		judged.Demands = append(judged.Demands, j.latency(op, m, k))
	}
	if op.Budget.HasErrors {
		judged.Demands = append(judged.Demands, j.errors(op, m))
	}
	if op.Budget.Rate > 0 {
		judged.Demands = append(judged.Demands, j.rate(op, m))
	}
	if doubt != "" {
		judged.Verdict, judged.Reason = Invalid, doubt
		for k := range judged.Demands {
			judged.Demands[k].Verdict, judged.Demands[k].Reason, judged.Demands[k].By = Invalid, doubt, ""
		}
		return judged
	}
	if len(judged.Demands) == 0 {
		judged.Verdict = Pass
		judged.Reason = fmt.Sprintf("no budget to keep; %s of %s bad", shareOf(m.Bad.Total(), m.Due, 1), number(m.Due, "request"))
		return judged
	}
	worst := 0
	for k := range judged.Demands {
		d, w := &judged.Demands[k], &judged.Demands[worst]
		judged.Verdict = Worse(judged.Verdict, d.Verdict)
		if d.Verdict != w.Verdict && Worse(d.Verdict, w.Verdict) == d.Verdict || d.Verdict == w.Verdict && d.burnt() > w.burnt() {
			worst = k
		}
	}
	judged.Reason = judged.Demands[worst].Reason
	return judged
}

// burnt is how much of its budget a demand used: 1 is all of it.
func (d *Demand) burnt() float64 {
	if d.Total == 0 || d.Missed == 0 {
		return 0
	}
	if d.Allowed <= 0 {
		return math.Inf(1)
	}
	return float64(d.Missed) / float64(d.Total) / d.Allowed
}

// doubt says why what was measured of an operation cannot be trusted; "" where
// it can.
func (j *judging) doubt(i int, m *Measured) string {
	switch {
	case m.Operation == "":
		return "nothing was measured"
	case m.Planned == 0:
		return "the plan sends nothing to it"
	case m.Due == 0:
		return fmt.Sprintf("none of %s was due before the run ended", number(m.Planned, "planned request"))
	case m.Sent == 0:
		return fmt.Sprintf("none of %s was sent: %s", number(m.Due, "request"), m.Unsent.why())
	case float64(m.Unsent.Empty) > MaxNotSent*float64(m.Due):
		return fmt.Sprintf("%s of %s had no data, more than %s", shareOf(m.Unsent.Empty, m.Due, 1), number(m.Due, "request"), percent(MaxNotSent))
	case float64(m.Unsent.Late) > MaxNotSent*float64(m.Due) && m.Unsent.Late > 1:
		return fmt.Sprintf("the generator was too slow for %s of %s, more than %s", shareOf(m.Unsent.Late, m.Due, 1), number(m.Due, "request"), percent(MaxNotSent))
	case j.unreachable(j.plan.Operations[i].Target):
		return fmt.Sprintf("the target could not be reached: not one of %s got an answer%s", number(m.Sent, "request"), m.commonest())
	}
	return ""
}

// unreachable reports whether all that was sent to a target ended in transport
// errors.
func (j *judging) unreachable(target string) bool {
	var sent, failed uint64
	for i, m := range j.measured {
		if m != nil && j.plan.Operations[i].Target == target {
			sent, failed = sent+m.Sent, failed+m.Bad.Transport
		}
	}
	return sent > 0 && sent == failed
}

// commonest names the most frequent class of bad requests.
func (m *Measured) commonest() string {
	name, most := "", uint64(0)
	for class, n := range m.Classes {
		if n > most || n == most && class < name {
			name, most = class, n
		}
	}
	if name == "" {
		return ""
	}
	return " (" + name + ")"
}

// why says why requests were not sent, by the most frequent cause.
func (u Unsent) why() string {
	switch most := max(u.Busy, u.Late, u.Empty, u.Broken); most {
	case 0:
		return "nobody said why"
	case u.Busy:
		return "all workers waited for answers"
	case u.Late:
		return "the generator was too slow"
	case u.Empty:
		return "there was no data"
	}
	return "their sessions had ended before"
}

// unknown is how many requests were not sent for reasons that say nothing of
// the operation.
func (u Unsent) unknown() uint64 { return u.Late + u.Empty + u.Broken }

// latency judges one latency objective.
func (j *judging) latency(op *Operation, m *Measured, k int) Demand {
	o := op.Budget.Latency[k]
	d := Demand{Kind: latencyKind, Objective: o, Allowed: rounded(1 - o.Share)}
	t := tally{due: m.Due, planned: m.Planned}
	exact := j.counted && k < len(m.Within)
	var low uint64
	high := m.Good // where nobody says, from none to all that were good
	switch {
	case exact:
		low, high = m.Within[k], m.Within[k]
	case j.counted && m.Within == nil && k < len(m.Between):
		low, high = m.Between[k].Low, m.Between[k].High
	case m.Response != nil:
		fast, most := m.Response.AtMost(o.Within)
		low, high = less(fast, m.Bad.Total()), min(most, m.Good)
	}
	t.missed, t.atLeast = less(m.Due, low), less(less(m.Due, high), m.Unsent.unknown())
	t.batches = batches(m.Slices[:min(j.closed, len(m.Slices))], func(s *Slice) uint64 {
		if exact && k < len(s.Within) {
			return less(s.Due, s.Within[k])
		}
		return max(less(s.Due, s.Good), less(s.Due, s.Octaves.upTo(o.Within)))
	})
	t.sequential = exact
	j.decide(&d, t)
	if !j.stopping {
		d.Reason = j.sentence(&d, m, t)
	}
	return d
}

// errors judges the share of bad requests.
func (j *judging) errors(op *Operation, m *Measured) Demand {
	d := Demand{Kind: errorsKind, Allowed: op.Budget.Errors}
	t := j.notGood(m)
	j.decide(&d, t)
	if !j.stopping {
		d.Reason = j.sentence(&d, m, t)
	}
	return d
}

// notGood counts the requests that were not good.
func (j *judging) notGood(m *Measured) tally {
	t := tally{due: m.Due, planned: m.Planned, missed: less(m.Due, m.Good), sequential: true}
	t.atLeast = less(t.missed, m.Unsent.unknown())
	t.batches = batches(m.Slices[:min(j.closed, len(m.Slices))], func(s *Slice) uint64 { return less(s.Due, s.Good) })
	return t
}

// rate judges the rate of good requests. Under a schedule it is a demand on
// their share of what is planned. Users who wait for answers have no schedule:
// there, what they reached counts.
func (j *judging) rate(op *Operation, m *Measured) Demand {
	d := Demand{Kind: rateKind, LeastRate: op.Budget.Rate}
	if s := j.r.Elapsed.Seconds(); s > 0 {
		d.Rate = float64(m.Good) / s
	}
	planned := j.r.Planned
	if planned <= 0 {
		planned = j.r.Elapsed
	}
	t := j.notGood(m)
	offered := 0.0
	if planned > 0 {
		offered = float64(m.Planned) / planned.Seconds()
	}
	switch {
	case j.r.Clock == Closed:
		d.Missed, d.MissedAtLeast, d.Total, d.Planned, d.High = t.missed, t.atLeast, m.Due, m.Planned, 1
		d.Verdict, d.By = Fail, byCertain
		if d.Rate >= d.LeastRate {
			d.Verdict = Pass
		}
		if j.r.Incomplete != "" || d.Rate <= 0 {
			d.Verdict, d.By = Inconclusive, ""
		}
	case offered < d.LeastRate && d.LeastRate*planned.Seconds() > float64(m.Planned)+1:
		d.Missed, d.MissedAtLeast, d.Total, d.Planned, d.High = t.missed, t.atLeast, m.Due, m.Planned, 1
		d.Verdict = Invalid
		d.Reason = fmt.Sprintf("the plan sends %s, fewer than the %s that are demanded", rateText(offered), rateText(d.LeastRate))
		return d
	default:
		d.Allowed = max(0, rounded(1-d.LeastRate/offered))
		j.decide(&d, t)
	}
	d.Reason = fmt.Sprintf("%s answered well, at least %s demanded", rateText(d.Rate), rateText(d.LeastRate))
	if d.Verdict == Inconclusive {
		d.Reason += j.undecided(&d, t)
	}
	return d
}

// less is a−b, 0 where that is negative.
func less(a, b uint64) uint64 {
	if a < b {
		return 0
	}
	return a - b
}

// rounded drops what subtracting shares leaves behind: 1 − 0.99 is 0.01.
func rounded(share float64) float64 { return math.Round(share*1e12) / 1e12 }

// rateText writes a rate.
func rateText(rate float64) string {
	if rate >= 100 {
		return words.Number(int(math.Round(rate))) + "/s"
	}
	return fmt.Sprintf("%.3g/s", rate)
}

// upTo counts response times that are surely or nearly at most a threshold:
// those below the power of two that is nearest to it.
func (o *Octaves) upTo(threshold time.Duration) uint64 {
	edge := int(math.Round(math.Log2(max(float64(threshold)/float64(time.Microsecond), 1))))
	var n uint64
	for k := 0; k <= edge && k < len(o); k++ {
		n += uint64(o[k])
	}
	return n
}
