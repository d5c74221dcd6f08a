package compare

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/plumbapi/plumb/perf"
	"github.com/plumbapi/plumb/perf/schedule"
)

// Design is how a comparison is laid out.
type Design struct {
	// Pairs is how many pairs of blocks there are, Block how long each block
	// is, WarmUp what comes before it and is not judged, Rate that of both.
	Pairs  int           `json:"pairs"`
	Block  time.Duration `json:"block_ns"`
	WarmUp time.Duration `json:"warm_up_ns"`
	Rate   float64       `json:"rate"`
	// Rare is the operation that has the fewest requests in a block, and Least
	// how many these are.
	Rare  string `json:"rare"`
	Least uint64 `json:"least"`

	plan *perf.Plan
}

// Duration returns how long the whole comparison lasts.
func (d *Design) Duration() time.Duration {
	return time.Duration(2*d.Pairs) * (d.Block + d.WarmUp)
}

// Plan returns how a comparison of the plan would be laid out, to say so
// before anything is sent.
func Plan(p *perf.Plan, o Options) (*Design, error) {
	o, err := o.withDefaults()
	if err != nil {
		return nil, err
	}
	return newDesign(p, o)
}

// shareSample is how many numbers are looked at to know which share of all
// requests an operation has: the mix is even to within a few.
const shareSample = 100_000

func newDesign(p *perf.Plan, o Options) (*Design, error) {
	rate := o.Rate
	if rate == 0 {
		for _, s := range p.Stages {
			if !s.WarmUp {
				rate = max(rate, s.From, s.To)
			}
		}
	}
	if !(rate > 0) || math.IsInf(rate, 0) {
		return nil, fmt.Errorf("blocks cannot be sent at %v requests a second", rate)
	}
	counts := make([]uint64, len(p.Operations))
	perf.NewMix(p).Count(counts, 0, shareSample)
	least, rare := uint64(math.MaxUint64), -1
	for i, n := range counts {
		if n > 0 && n < least {
			least, rare = n, i
		}
	}
	if rare < 0 {
		return nil, errors.New("the plan sends nothing")
	}
	d := &Design{Pairs: o.Pairs, Rate: rate, Rare: p.Operations[rare].Name}
	length := float64(o.Requests) * shareSample / float64(least) / rate
	d.Block = min(time.Duration(math.Ceil(length*1000))*time.Millisecond, o.Longest)
	d.WarmUp = min(time.Second, d.Block/5)
	d.Least = uint64(d.Block.Seconds() * rate * float64(least) / shareSample)
	plan := *p
	plan.Stages = slices.Concat(schedule.WarmUp(rate, d.WarmUp), schedule.Constant(rate, d.Block))
	d.plan = &plan
	return d, nil
}
