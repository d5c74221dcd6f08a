package engines

import (
	"time"

	"github.com/plumbapi/plumb/perf"
)

// mostSlices is into how many stretches a run is cut at most; at least half as
// many are left when they are joined.
const mostSlices = 64

// timeline cuts a run, whose end nobody knows before it is read, into stretches
// of equal length: when there are too many, neighbours become one.
type timeline struct {
	width  time.Duration
	origin time.Time                     // where stretch 0 begins
	low    int64                         // the first stretch and the last
	high   int64                         //
	by     map[int]map[int64]*perf.Slice // by operation and stretch
}

// slice returns the stretch of a moment; nil where it has none.
func (t *timeline) slice(c *collector, op int, at time.Time) *perf.Slice {
	if at.IsZero() {
		return nil
	}
	if t.by == nil {
		t.width, t.origin, t.by = 10*time.Millisecond, at, map[int]map[int64]*perf.Slice{}
	}
	k := floor(at.Sub(t.origin), t.width)
	for max(t.high, k)-min(t.low, k) >= mostSlices {
		t.join()
		k = floor(at.Sub(t.origin), t.width)
	}
	t.low, t.high = min(t.low, k), max(t.high, k)
	if t.by[op] == nil {
		t.by[op] = map[int64]*perf.Slice{}
	}
	s := t.by[op][k]
	if s == nil {
		s = &perf.Slice{Within: make([]uint64, len(c.file.plan.Operations[op].Budget.Latency))}
		t.by[op][k] = s
	}
	return s
}

// floor divides, rounding down.
func floor(d, width time.Duration) int64 {
	k := int64(d / width)
	if d%width < 0 {
		k--
	}
	return k
}

// join makes one stretch of every two.
func (t *timeline) join() {
	t.width *= 2
	t.low, t.high = t.low>>1, t.high>>1
	for op, old := range t.by {
		joined := make(map[int64]*perf.Slice, len(old))
		for k, s := range old {
			into := joined[k>>1]
			if into == nil {
				joined[k>>1] = s
				continue
			}
			into.Due += s.Due
			into.Sent += s.Sent
			into.Good += s.Good
			into.Max = max(into.Max, s.Max)
			for i, n := range s.Within {
				into.Within[i] += n
			}
			for i, n := range s.Octaves {
				into.Octaves[i] += n
			}
		}
		t.by[op] = joined
	}
}

// finish writes the stretches into the counts. An operation of which some
// requests have no moment, as those that were never sent, has none.
func (t *timeline) finish(c *collector) {
	if t.by == nil {
		return
	}
	n := int(t.high - t.low + 1)
	c.result.Slices = n
	for op, m := range c.at {
		if m == nil {
			continue
		}
		all := make([]perf.Slice, n)
		var due uint64
		for k := range all {
			if s := t.by[op][t.low+int64(k)]; s != nil {
				all[k] = *s
			}
			due += all[k].Due
			switch {
			case c.loose[op]:
				all[k].Within = []uint64{}
			case all[k].Within == nil:
				all[k].Within = make([]uint64, len(m.Within))
			}
		}
		if due == m.Due {
			m.Slices = all
		}
	}
}
