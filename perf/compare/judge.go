package compare

import (
	"fmt"
	"math"
	"strconv"
	"time"

	"github.com/plumbapi/plumb/internal/words"
	"github.com/plumbapi/plumb/perf"
	"github.com/plumbapi/plumb/perf/internal/stat"
)

// The probabilities that any operation is called worse when none is: of
// latency as package stat says, of errors less. Together they stay below one
// in a hundred.
const (
	latencyAlpha = stat.FamilyAlpha
	errorAlpha   = 0.002
	// sideAlpha is that of either end of the intervals that are shown.
	sideAlpha = 0.01
	// power is how often a detectable difference is found.
	power = 0.9
)

// comparison judges what was gathered.
func (c *collector) comparison() *Comparison {
	r := &Comparison{
		Design: *c.design, Quantile: c.options.Quantile, Pairs: c.pairs, Dropped: c.dropped,
		Verdict: perf.Pass, Operations: []Operation{}, Incomplete: c.incomplete, Trouble: []string{},
	}
	r.Trouble = append(r.Trouble, c.trouble...)
	var latency, failures []stat.Paired
	var judged []int
	for i := range c.plan.Operations {
		if !c.sends(i) {
			continue
		}
		op := Operation{Operation: c.plan.Operations[i].Name, Blocks: []Pair{}, Location: c.plan.Operations[i].Location}
		if i < len(c.operations) {
			g := &c.operations[i]
			op.Blocks = append(op.Blocks, g.pairs...)
			op.Base, op.Head = g.level(Base), g.level(Head)
			if op.Reason = g.doubt(); op.Reason == "" && c.dropped <= c.pairs/3 {
				l, f := g.differences()
				latency, failures = append(latency, stat.Pair(l)), append(failures, stat.Pair(f))
				judged = append(judged, len(r.Operations))
			}
		} else {
			op.Reason = "nothing was measured"
		}
		if c.dropped > c.pairs/3 {
			op.Reason = fmt.Sprintf("the generator was late in %s of %s", words.Number(c.dropped), words.Count(c.pairs+c.dropped, "pair"))
		}
		op.Verdict = perf.Invalid
		r.Operations = append(r.Operations, op)
	}
	c.decide(r, judged, latency, failures)
	for i := range r.Operations {
		r.Verdict = perf.Worse(r.Verdict, r.Operations[i].Verdict)
	}
	if len(r.Operations) == 0 {
		r.Verdict = perf.Invalid
	}
	return r
}

// sends reports whether the plan has traffic for an operation.
func (c *collector) sends(i int) bool {
	if c.plan.Operations[i].Weight > 0 {
		return true
	}
	for _, s := range c.plan.Sessions {
		for _, step := range s.Steps {
			if step.Operation == i && s.Weight > 0 {
				return true
			}
		}
	}
	return false
}

// decide judges the operations that were measured, all at once.
func (c *collector) decide(r *Comparison, judged []int, latency, failures []stat.Paired) {
	floor := math.Log1p(c.options.Floor)
	slower, slowerP := stat.Family(latency, latencyAlpha, floor)
	worse, worseP := stat.Family(failures, errorAlpha, c.options.ErrorFloor)
	m := float64(len(judged))
	tests := map[int][2]stat.PairedTest{} // by the number of pairs
	for k, i := range judged {
		op, l, f := &r.Operations[i], latency[k], failures[k]
		planned, ok := tests[l.N]
		if !ok {
			planned = [2]stat.PairedTest{stat.NewPairedTest(l.N, latencyAlpha/m), stat.NewPairedTest(l.N, errorAlpha/m)}
			tests[l.N] = planned
		}
		op.Latency = Difference{
			Mean: math.Expm1(l.Mean), Low: math.Expm1(l.Low(sideAlpha)), High: math.Expm1(l.High(sideAlpha)), P: slowerP[k],
			Detectable: math.Expm1(planned[0].Detectable(l.SD, floor, power)), Worse: slower[k],
		}
		op.Errors = Difference{
			Mean: f.Mean, Low: f.Low(sideAlpha), High: f.High(sideAlpha), P: worseP[k],
			Detectable: planned[1].Detectable(f.SD, c.options.ErrorFloor, power), Worse: worse[k],
		}
		c.verdict(r, op)
	}
}

// verdict says what the differences of an operation come to.
func (c *collector) verdict(r *Comparison, op *Operation) {
	quantile := "p" + trimmed(100*c.options.Quantile)
	levels := fmt.Sprintf("%s %s against %s", quantile, words.Duration(op.Head.Quantile), words.Duration(op.Base.Quantile))
	switch {
	case op.Errors.Worse:
		op.Verdict = perf.Fail
		op.Reason = fmt.Sprintf("%s of requests fail, %s at base", words.Percent(share(op.Head)), words.Percent(share(op.Base)))
		if op.Latency.Worse {
			op.Reason += fmt.Sprintf("; %s slower: %s", words.Percent(op.Latency.Mean), levels)
		}
	case op.Latency.Worse:
		op.Verdict = perf.Fail
		op.Reason = fmt.Sprintf("%s slower (%s to %s): %s", words.Percent(op.Latency.Mean), words.Percent(op.Latency.Low), words.Percent(op.Latency.High), levels)
	case r.Incomplete != "":
		op.Verdict = perf.Inconclusive
		op.Reason = fmt.Sprintf("only %s were sent; %s so far", words.Count(c.pairs, "pair"), levels)
	case op.Latency.High > c.options.Effect:
		op.Verdict = perf.Inconclusive
		op.Reason = fmt.Sprintf("between %s and %s: %s; %s", signed(op.Latency.Low), signed(op.Latency.High), levels, c.moreNeeded(op))
	default:
		op.Verdict = perf.Pass
		op.Reason = fmt.Sprintf("at most %s slower: %s", words.Percent(math.Max(op.Latency.High, 0)), levels)
	}
}

// moreNeeded says how many pairs would settle it.
func (c *collector) moreNeeded(op *Operation) string {
	sd := spread(op.Blocks)
	if pairs, ok := stat.RequiredPairs(math.Log1p(c.options.Effect), sd, sideAlpha, math.Log1p(c.options.Floor), power); ok && pairs > len(op.Blocks) {
		return words.Count(pairs, "pair") + " would tell"
	}
	return "a slowdown of " + words.Percent(c.options.Effect) + " is not ruled out"
}

func share(l Level) float64 {
	if l.Requests == 0 {
		return 0
	}
	return float64(l.Bad) / float64(l.Requests)
}

// level is what one side measured.
func (g *gathered) level(s Side) Level {
	l := Level{Requests: g.requests[s], Bad: g.bad[s]}
	if len(g.pairs) == 0 {
		return l
	}
	var sum float64
	for _, p := range g.pairs {
		sum += math.Log(float64([...]time.Duration{p.Base, p.Head}[s]))
	}
	l.Quantile = time.Duration(math.Exp(sum / float64(len(g.pairs))))
	return l
}

// doubt says why an operation cannot be judged, "" where it can.
func (g *gathered) doubt() string {
	switch {
	case g.requests[Base] == 0 && g.requests[Head] == 0:
		return "nothing was sent"
	case g.good[Base] == 0:
		return fmt.Sprintf("none of %s to base was answered well", words.Count(int(g.requests[Base]), "request"))
	case len(g.pairs) < leastPairs:
		return fmt.Sprintf("only %s have %d requests or more", words.Count(len(g.pairs), "pair"), leastRequests)
	}
	return ""
}

// differences are those of the pairs: of log quantiles, and of bad shares.
func (g *gathered) differences() (latency, failures []float64) {
	for _, p := range g.pairs {
		latency = append(latency, math.Log(float64(p.Head))-math.Log(float64(p.Base)))
		failures = append(failures, p.HeadBad-p.BaseBad)
	}
	return latency, failures
}

// spread is the standard deviation of the differences of log quantiles.
func spread(pairs []Pair) float64 {
	g := gathered{pairs: pairs}
	latency, _ := g.differences()
	return stat.Pair(latency).SD
}

// trimmed writes a number in its shortest form.
func trimmed(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

// signed writes a slowdown as a share with its sign.
func signed(v float64) string {
	switch {
	case math.IsInf(v, 0) || math.IsNaN(v):
		return "no bound"
	case v < 0:
		return words.Percent(-v) + " faster"
	}
	return words.Percent(v) + " slower"
}
