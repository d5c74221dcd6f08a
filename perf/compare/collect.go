package compare

import (
	"slices"
	"time"

	"github.com/plumbapi/plumb/perf"
)

// collector keeps what blocks measured until all are there.
type collector struct {
	plan    *perf.Plan
	options Options
	design  *Design

	pairs      int
	dropped    int
	operations []gathered
	trouble    []string
	incomplete string
}

// gathered is what was measured of one operation.
type gathered struct {
	pairs    []Pair
	requests [2]uint64
	bad      [2]uint64
	good     [2]uint64
}

// lateShare is which share of a block's requests the generator may send too
// late for the pair to be judged.
const lateShare = 0.01

// add takes one pair.
func (c *collector) add(both [2]*perf.Result) {
	if c.operations == nil {
		c.operations = make([]gathered, len(c.plan.Operations))
	}
	late := false
	for _, r := range both {
		for _, t := range r.Troubles(perf.LagLimit(c.plan)) {
			if !slices.Contains(c.trouble, t) {
				c.trouble = append(c.trouble, t)
			}
			late = true
		}
		var unsent, due uint64
		for i := range r.Operations {
			unsent += r.Operations[i].Unsent.Late
			due += r.Operations[i].Due
		}
		late = late || float64(unsent) > lateShare*float64(due)
	}
	if late {
		c.dropped++
		return
	}
	c.pairs++
	for i := range c.operations {
		name := c.plan.Operations[i].Name
		base, head := measured(both[Base], i, name), measured(both[Head], i, name)
		if base != nil && head != nil {
			c.operations[i].add(c.options.Quantile, base, head)
		}
	}
}

// measured finds an operation in a result, in the plan's order as a rule.
func measured(r *perf.Result, i int, name string) *perf.Measured {
	if i < len(r.Operations) && r.Operations[i].Operation == name {
		return &r.Operations[i]
	}
	for k := range r.Operations {
		if r.Operations[k].Operation == name {
			return &r.Operations[k]
		}
	}
	return nil
}

// add takes a pair of blocks. One in which a side has too few answers to have
// a quantile tells nothing of latency, and is left out.
func (g *gathered) add(quantile float64, base, head *perf.Measured) {
	sides := [2]*perf.Measured{base, head}
	var q [2]time.Duration
	var share [2]float64
	usable := true
	for s, m := range sides {
		n, bad := tally(m)
		g.requests[s] += n
		g.bad[s] += bad
		g.good[s] += m.Good
		if n < leastRequests || m.Response == nil {
			usable = false
			continue
		}
		b, ok := m.Response.Quantile(quantile)
		usable = usable && ok && b.Mid() > 0
		q[s], share[s] = b.Mid(), float64(bad)/float64(n)
	}
	if usable {
		n, _ := tally(base)
		g.pairs = append(g.pairs, Pair{Base: q[Base], Head: q[Head], BaseBad: share[Base], HeadBad: share[Head], Requests: n})
	}
}

// tally returns how many requests of a block count, and how many of those are
// bad: what could not be sent since all workers waited is.
func tally(m *perf.Measured) (n, bad uint64) {
	return m.Sent + m.Unsent.Busy, m.Bad.Total() + m.Unsent.Busy
}
