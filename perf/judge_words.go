package perf

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/plumbapi/plumb/internal/words"
)

// sentence says how a demand was met, with the numbers.
func (j *judging) sentence(d *Demand, m *Measured, t tally) string {
	var b strings.Builder
	digits := decimals(d.Allowed)
	if d.Kind == latencyKind {
		kept := less(d.Total, d.Missed)
		if d.Missed != d.MissedAtLeast {
			fmt.Fprintf(&b, "%s to ", shareOf(kept, d.Total, digits))
			kept = less(d.Total, d.MissedAtLeast)
		}
		fmt.Fprintf(&b, "%s of %s within %s, budget %s", shareOf(kept, d.Total, digits), number(d.Total, "request"), shortest(d.Objective.Within), percent(d.Objective.Share))
	} else {
		if d.Missed != d.MissedAtLeast {
			fmt.Fprintf(&b, "%s to ", shareOf(d.MissedAtLeast, d.Total, digits))
		}
		fmt.Fprintf(&b, "%s of %s bad, budget %s", shareOf(d.Missed, d.Total, digits), number(d.Total, "request"), percent(d.Allowed))
	}
	switch {
	case d.Verdict == Inconclusive:
		b.WriteString(j.undecided(d, t))
	case d.Missed > 0:
		if causes := m.causes(); d.Kind == errorsKind && causes != "" {
			b.WriteString(": " + causes)
		} else if m.Unsent.Busy > 0 {
			fmt.Fprintf(&b, "; %s not sent since all workers waited", words.Number(int(m.Unsent.Busy)))
		}
		if d.Verdict == Fail {
			b.WriteString(concentration(t))
		}
	}
	if d.Planned > d.Total && d.Verdict != Inconclusive {
		fmt.Fprintf(&b, "; decided after %s of the plan", shareOf(d.Total, d.Planned, 0))
	}
	return b.String()
}

// undecided says why nothing could be decided, and what would.
func (j *judging) undecided(d *Demand, t tally) string {
	var b strings.Builder
	unknown := less(d.Missed, d.MissedAtLeast)
	switch {
	case j.r.Incomplete != "":
		fmt.Fprintf(&b, "; the run ended after %s of the plan", shareOf(d.Total, d.Planned, 0))
		return b.String()
	case unknown > 0 && float64(d.MissedAtLeast) <= d.Allowed*float64(d.Total) && float64(d.Missed) > d.Allowed*float64(d.Total):
		fmt.Fprintf(&b, "; of %s it is not known whether they met it", number(unknown, "request"))
		return b.String()
	case d.Effect == unknownEffect:
		b.WriteString("; too few to know")
	default:
		fmt.Fprintf(&b, "; between %s and %s may miss it in the long run", percent(significant(d.Low)), percent(significant(d.High)))
	}
	if d.Required > 0 {
		fmt.Fprintf(&b, "; %s would tell", number(nice(d.Required), "request"))
	} else {
		b.WriteString("; it is at its budget, and no number of requests would tell")
	}
	return b.String()
}

// causes lists why requests were not good, the most frequent first.
func (m *Measured) causes() string {
	type cause struct {
		n    uint64
		name string
	}
	list := []cause{
		{m.Bad.Status, "with a bad status"},
		{m.Bad.GraphQL, "with GraphQL errors"},
		{m.Bad.Contract, "against the description"},
		{m.Bad.Transport, "without an answer"},
		{m.Bad.Timeout, "without one in time"},
		{m.Unsent.Busy, "not sent since all workers waited"},
		{m.Unsent.Late, "not sent in time"},
		{m.Unsent.Empty, "without data"},
		{m.Unsent.Broken, "in sessions that had ended"},
	}
	slices.SortStableFunc(list, func(a, b cause) int { return cmp.Compare(b.n, a.n) })
	var parts []string
	for _, c := range list {
		if c.n > 0 && len(parts) < 3 {
			parts = append(parts, words.Number(int(c.n))+" "+c.name)
		}
	}
	return strings.Join(parts, ", ")
}

// concentration says whether what missed came together.
func concentration(t tally) string {
	const few, most = 10, 0.8 // at most a tenth of the stretches, four of five
	counts := make([]uint64, len(t.batches))
	var sum uint64
	for i := range t.batches {
		counts[i] = t.batches[i].Bad
		sum += counts[i]
	}
	if sum < leastBatch || len(counts) < few {
		return ""
	}
	slices.SortFunc(counts, func(a, b uint64) int { return cmp.Compare(b, a) })
	var got uint64
	for i := range len(counts) / few {
		if got += counts[i]; float64(got) >= most*float64(sum) {
			return fmt.Sprintf("; %s of those that missed it in %d of %s", shareOf(got, sum, 0), i+1, words.Number(len(counts))+" stretches")
		}
	}
	return ""
}

// number writes a count and what is counted.
func number(n uint64, noun string) string { return words.Count(int(min(n, math.MaxInt)), noun) }

// percent writes a share that somebody chose, with all its digits: 99.95 %.
func percent(share float64) string {
	return strconv.FormatFloat(math.Round(share*1e8)/1e6, 'f', -1, 64) + " %"
}

// shareOf writes part of whole with so many decimal places; only all is 100 %
// and only nothing 0 %.
func shareOf(part, whole uint64, digits int) string {
	if whole == 0 {
		return "0 %"
	}
	scale := math.Pow(10, float64(digits))
	v := math.Round(100*scale*float64(part)/float64(whole)) / scale
	switch {
	case part >= whole:
		return "100 %"
	case part == 0:
		return "0 %"
	case v >= 100:
		v = 100 - 1/scale
	case v <= 0:
		v = 1 / scale
	}
	return strconv.FormatFloat(v, 'f', digits, 64) + " %"
}

// decimals returns how many decimal places tell shares from a budget.
func decimals(allowed float64) int {
	text := strings.TrimSuffix(percent(allowed), " %")
	if _, fraction, ok := strings.Cut(text, "."); ok {
		return min(len(fraction)+1, 6)
	}
	return 1
}

// significant rounds a share to two digits.
func significant(share float64) float64 {
	if share <= 0 || share >= 1 {
		return share
	}
	scale := math.Pow(10, 1-math.Floor(math.Log10(share)))
	return math.Round(share*scale) / scale
}

// nice rounds a number of requests up to two digits.
func nice(n uint64) uint64 {
	scale := uint64(1)
	for n/scale >= 100 {
		scale *= 10
	}
	return (n + scale - 1) / scale * scale
}

// shortest writes a duration that somebody chose: 500 ms, 1.5 s, 250 µs.
func shortest(d time.Duration) string {
	unit, name := time.Second, " s"
	switch {
	case d < time.Millisecond:
		unit, name = time.Microsecond, " µs"
	case d < time.Second:
		unit, name = time.Millisecond, " ms"
	}
	return strconv.FormatFloat(float64(d)/float64(unit), 'f', -1, 64) + name
}
