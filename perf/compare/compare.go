// Package compare says which operations of one version of an API are slower,
// or fail more often, than those of another.
//
// Two versions that run at the same time are sent the same requests in blocks
// that take turns ([Run]); each pair of blocks gives one difference for an
// operation, and what slows both down cancels. Where only results of earlier
// runs exist, [Follow] finds where their level has changed, which is weaker
// evidence: what else changed between two nights is in it.
//
// The package sends nothing itself: the caller gives it the function that
// sends a block. How often a verdict is wrong, and what was simulated to know
// that, is in docs/decisions/perf-statistics.md.
package compare

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/plumbapi/plumb/perf"
	"github.com/plumbapi/plumb/perf/internal/stat"
)

// Options are what a comparison may be told. The zero value is useful.
type Options struct {
	// Pairs is how many pairs of blocks are sent; 0 stands for 24.
	Pairs int
	// Requests is how many requests of each operation a block has at least;
	// 0 stands for 300.
	Requests int
	// Longest bounds the length of a block where one operation is rare; 0
	// stands for a minute.
	Longest time.Duration
	// Rate is that of the blocks in requests per second; 0 stands for the
	// highest of the plan.
	Rate float64
	// Quantile is the one that is compared, 0 to 1; 0 stands for 0.95.
	Quantile float64
	// Floor is the least slowdown that counts, 0.05 for 5 %, whatever its
	// significance; 0 stands for that.
	Floor float64
	// Effect is the slowdown that must be ruled out for a pass; 0 stands for
	// 0.10.
	Effect float64
	// ErrorFloor is the least increase of the share of bad requests that
	// counts; 0 stands for 0.001.
	ErrorFloor float64
	// Seed decides which version goes first in each pair.
	Seed uint64
}

// The defaults of Options.
const (
	defaultPairs      = 24
	defaultRequests   = 300
	defaultLongest    = time.Minute
	defaultQuantile   = 0.95
	defaultFloor      = 0.05
	defaultEffect     = 0.10
	defaultErrorFloor = 0.001
)

func (o Options) withDefaults() (Options, error) {
	setInt(&o.Pairs, defaultPairs)
	setInt(&o.Requests, defaultRequests)
	if o.Longest == 0 {
		o.Longest = defaultLongest
	}
	setFloat(&o.Quantile, defaultQuantile)
	setFloat(&o.Floor, defaultFloor)
	setFloat(&o.Effect, defaultEffect)
	setFloat(&o.ErrorFloor, defaultErrorFloor)
	switch {
	case o.Pairs < leastPairs || o.Pairs > mostPairs:
		return o, fmt.Errorf("%d pairs of blocks are not between %d and %d", o.Pairs, leastPairs, mostPairs)
	case o.Requests < leastRequests:
		return o, fmt.Errorf("a block of %d requests is too short: no quantile stands on fewer than %d", o.Requests, leastRequests)
	case !(o.Quantile > 0 && o.Quantile < 1):
		return o, fmt.Errorf("quantile %v is not between 0 and 1", o.Quantile)
	case !(o.Floor >= 0) || !(o.ErrorFloor >= 0):
		return o, errors.New("the least difference that counts is not negative")
	case !(o.Effect > o.Floor):
		return o, fmt.Errorf("a slowdown of %g %% cannot be ruled out when less than %g %% does not count", 100*o.Effect, 100*o.Floor)
	}
	return o, nil
}

func setInt(v *int, to int) {
	if *v == 0 {
		*v = to
	}
}

func setFloat(v *float64, to float64) {
	if *v == 0 {
		*v = to
	}
}

const (
	leastPairs    = 3
	mostPairs     = 1000
	leastRequests = 20
)

// Side is one of the two versions.
type Side int

// The versions.
const (
	Base Side = iota
	Head
)

// String returns base or head.
func (s Side) String() string { return [...]string{"base", "head"}[s] }

// Block is what is sent to one version at a time.
type Block struct {
	// Pair counts from 0.
	Pair int
	Side Side
	// Plan is the plan with the load of a block. Its targets are those of the
	// plan that was given: the sender puts those of the side in their place.
	Plan *perf.Plan
}

// Sender sends a block and measures it.
type Sender func(ctx context.Context, b Block) (*perf.Result, error)

// Run compares two versions of an API. An error says that the comparison could
// not take place at all. When the context ends, or a block cannot be sent,
// what was measured before is judged, and the comparison is incomplete.
func Run(ctx context.Context, p *perf.Plan, o Options, send Sender) (*Comparison, error) {
	o, err := o.withDefaults()
	if err != nil {
		return nil, err
	}
	design, err := newDesign(p, o)
	if err != nil {
		return nil, err
	}
	c := &collector{plan: p, options: o, design: design}
	for pair, baseFirst := range stat.BaseFirst(o.Seed, o.Pairs) {
		both, err := sendPair(ctx, design, pair, baseFirst, send)
		if err != nil {
			c.incomplete = fmt.Sprintf("after %d of %d pairs: %v", pair, o.Pairs, err)
			break
		}
		c.add(both)
	}
	return c.comparison(), nil
}

// sendPair sends both blocks of a pair and returns what base and head gave.
func sendPair(ctx context.Context, d *Design, pair int, baseFirst bool, send Sender) (both [2]*perf.Result, err error) {
	order := [2]Side{Base, Head}
	if !baseFirst {
		order = [2]Side{Head, Base}
	}
	for _, side := range order {
		if err := ctx.Err(); err != nil {
			return both, context.Cause(ctx)
		}
		r, err := send(ctx, Block{Pair: pair, Side: side, Plan: d.plan})
		if err != nil {
			return both, fmt.Errorf("%s: %w", side, err)
		}
		if r.Incomplete != "" {
			return both, fmt.Errorf("%s: %s", side, r.Incomplete)
		}
		both[side] = r
	}
	return both, nil
}
