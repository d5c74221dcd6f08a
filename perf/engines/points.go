package engines

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/plumbapi/plumb/perf"
	"github.com/plumbapi/plumb/perf/histogram"
)

// point is what an engine says of a distribution at one duration: at least
// atMost values do not exceed it, and at most below are less than it. Since it
// was rounded when it was written down, the duration lies from low to high.
type point struct {
	low, high time.Duration
	atMost    uint64
	below     uint64
}

// distribution is all that a file says of the requests of one operation, where
// it has no rows.
type distribution struct {
	operation int
	total     uint64 // requests that were sent
	timed     uint64 // those of them that the points are of
	lost      uint64 // bad ones that the points are not of
	bad       perf.Bad
	statuses  map[int]uint64
	classes   map[string]uint64
	points    []point
	// margin is added to a duration before it counts as within a threshold:
	// what the engine leaves out of it.
	margin time.Duration
}

// put adds a distribution to the result.
func (c *collector) put(d *distribution) error {
	m := c.measured(d.operation)
	bad := d.bad.Total()
	if bad > d.total || d.timed > d.total {
		return c.file.wrong(0, "contradicts itself: of %d requests, %d are bad and %d were timed", d.total, bad, d.timed)
	}
	m.Due, m.Sent, m.Bad, m.Good = d.total, d.total, d.bad, d.total-bad
	for status, n := range d.statuses {
		m.Statuses[status] += n
	}
	for _, class := range sortedKeys(d.classes) {
		countN(m.Classes, class, d.classes[class])
	}
	slices.SortStableFunc(d.points, func(a, b point) int {
		return cmp.Or(cmp.Compare(a.high, b.high), cmp.Compare(a.atMost, b.atMost))
	})
	fill(m.Response, d)
	m.Service = m.Response.Clone()
	c.loose[d.operation] = true
	for k, o := range c.file.plan.Operations[d.operation].Budget.Latency {
		m.Between[k] = d.within(o.Within, m.Good)
	}
	if m.Good > 0 && c.file.plan.Operations[d.operation].Document != "" {
		c.blind[d.operation] = true
	}
	return nil
}

// within returns between which numbers the count of good requests lies that
// took at most a time. Bad ones may have been the fast ones, or the slow ones.
func (d *distribution) within(threshold time.Duration, good uint64) perf.Between {
	low, high := uint64(0), d.timed
	for _, p := range d.points {
		if p.high+d.margin <= threshold {
			low = max(low, min(p.atMost, d.timed))
		}
		if p.low > threshold {
			high = min(high, p.below)
		}
	}
	high = min(high, good)
	bad := d.total - good
	bad -= min(bad, d.lost)
	if low > bad {
		low = min(low-bad, high)
	} else {
		low = 0
	}
	return perf.Between{Low: low, High: high}
}

// fill puts values into a histogram, each where it lies at the latest.
func fill(h *histogram.Histogram, d *distribution) {
	var done uint64
	var last time.Duration
	for _, p := range d.points {
		if n := min(p.atMost, d.timed); n > done {
			h.AddN(p.high, n-done)
			done = n
		}
		last = p.high
	}
	if len(d.points) > 0 {
		h.AddN(last, d.timed-done)
	}
}

func countN(classes map[string]uint64, class string, n uint64) {
	if n == 0 {
		return
	}
	if _, ok := classes[class]; !ok && len(classes) >= mostNames {
		class = "others"
	}
	classes[class] += n
}

// soleOperation returns the operation of a file that does not say which.
func (c *collector) soleOperation() (int, error) {
	if op := c.match.sole(); op >= 0 {
		return op, nil
	}
	return -1, c.file.wrong(0, "does not say which of the %d operations of the plan it measured; name it with --operation", len(c.file.plan.Operations))
}

// byStatus counts status codes as good or bad by the rules of the plan.
func (d *distribution) byStatus(o *perf.Operation, statuses map[int]uint64) {
	d.statuses = statuses
	for _, status := range sortedKeys(statuses) {
		if cause, class := worth(o, row{status: status}); cause != perf.Good {
			d.bad.Status += statuses[status]
			countN(d.classes, class, statuses[status])
		}
	}
}

// seconds turns seconds into a duration, and says whether they can be one.
func seconds(s float64) (time.Duration, error) {
	const most = 1e9 // some thirty years
	if !(s >= 0 && s <= most) {
		return 0, fmt.Errorf("%v seconds are no latency", s)
	}
	return time.Duration(s * 1e9), nil
}
