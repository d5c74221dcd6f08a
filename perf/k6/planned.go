package k6

import (
	"fmt"
	"time"

	"github.com/plumbapi/plumb/perf"
	"github.com/plumbapi/plumb/perf/schedule"
)

// plannedCounts are how many requests a plan, or a shard of it, has for each
// operation in what is measured.
type plannedCounts struct {
	whole  []uint64
	begun  uint64     // requests and sessions
	slices [][]uint64 // by operation and stretch
}

// plans counts what a plan says.
func plans(plan *perf.Plan, s *schedule.Schedule, shard perf.Shard, stretches int) (*plannedCounts, error) {
	const most = 10_000
	if stretches < 0 || stretches > most {
		return nil, fmt.Errorf("the run is cut into %d stretches", stretches)
	}
	c := &plannedCounts{whole: make([]uint64, len(plan.Operations)), slices: make([][]uint64, len(plan.Operations))}
	for i := range c.slices {
		c.slices[i] = make([]uint64, stretches)
	}
	mix := perf.NewMix(plan)
	edge := s.WarmUp()
	begin := s.Count(edge)
	first := begin
	for k := range max(stretches, 1) {
		end := s.Total()
		if k+1 < stretches {
			end = s.Count(edge + (s.Duration()-edge)/time.Duration(stretches)*time.Duration(k+1))
		}
		counts, begun := deal(mix, plan, shard, first-begin, end-begin, begin)
		c.begun += begun
		for i, n := range counts {
			c.whole[i] += n
			if stretches > 0 {
				c.slices[i][k] += n
			}
		}
		first = end
	}
	return c, nil
}

// deal counts the requests of a shard, of those that are measured from first to
// before end; the first measured one has the number begin. k6 deals them out in
// turn, and begins anew with what is measured.
func deal(mix *perf.Mix, plan *perf.Plan, shard perf.Shard, first, end, begin uint64) (counts []uint64, begun uint64) {
	counts = make([]uint64, len(plan.Operations))
	of, index := uint64(shard.Of), uint64(shard.Index)
	if n := first + (index+of-first%of)%of; n < end {
		begun = (end - n + of - 1) / of
		mix.CountEvery(counts, begin+n, of, begun)
	}
	return counts, begun
}
