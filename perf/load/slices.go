package load

import (
	"math/bits"
	"sync/atomic"
	"time"

	"github.com/plumbapi/plumb/perf"
	"github.com/plumbapi/plumb/perf/schedule"
)

const (
	fewestSlices = 64
	mostSlices   = 1024
	mostCells    = 64 << 10 // slices times operations
	sliceFilling = 8        // requests of an operation in a slice, on average, that make more of them worth while
)

// cut is how the judged part of a run is cut into slices. It is the same for
// all shards of a plan.
type cut struct {
	from   time.Duration // where warming up ends
	length time.Duration // of the judged part
	n      int
}

func newCut(plan *perf.Plan, whole *schedule.Schedule) cut {
	c := cut{from: whole.WarmUp(), n: mostSlices}
	c.length = whole.Duration() - c.from
	operations := max(len(plan.Operations), 1)
	judged := whole.Total() - whole.Count(c.from)
	c.n = int(min(uint64(c.n), judged/uint64(operations*sliceFilling), uint64(mostCells/operations)))
	c.n = max(c.n, fewestSlices)
	return c
}

// at returns the slice of a moment; false before they begin.
func (c cut) at(due time.Duration) (int, bool) {
	if due < c.from || due >= c.from+c.length {
		return 0, false
	}
	high, low := bits.Mul64(uint64(due-c.from), uint64(c.n))
	q, _ := bits.Div64(high, low, uint64(c.length))
	return int(q), true
}

// start returns the first moment of slice i; that of slice n is the end.
func (c cut) start(i int) time.Duration {
	high, low := bits.Mul64(uint64(c.length), uint64(i))
	q, r := bits.Div64(high, low, uint64(c.n))
	if r > 0 {
		q++
	}
	return c.from + time.Duration(q)
}

// settling counts, for each slice, the requests and sessions of which nothing
// is open any more.
type settling struct {
	cut  cut
	due  []uint64
	done []atomic.Uint64
}

func newSettling(c cut, s *schedule.Schedule) *settling {
	t := &settling{cut: c, due: make([]uint64, c.n), done: make([]atomic.Uint64, c.n)}
	before := s.Count(c.start(0))
	for i := range t.due {
		end := s.Count(c.start(i + 1))
		t.due[i], before = end-before, end
	}
	return t
}

// settled returns how many slices, from the first on, are complete.
func (t *settling) settled(now time.Duration) int {
	for i := range t.due {
		if t.cut.start(i+1) > now || t.done[i].Load() < t.due[i] {
			return i
		}
	}
	return len(t.due)
}
