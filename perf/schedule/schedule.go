// Package schedule says when each request of a load run is meant to be sent.
//
// A schedule is made of stages between whose rates the load moves along
// straight lines. The number of requests due by a moment is the integral of
// the rate, in closed form; its inverse is the moment that belongs to a
// request's number. So [Schedule.Intended] is a pure function of the number:
// whoever knows the plan can work out how late a request was, on any machine,
// in any order and without memory of the others, and a run can be split over
// machines by dealing out the numbers ([Schedule.Shard]).
//
// Response time has to be measured from that moment, not from when somebody
// got round to sending: a server that freezes also keeps the sender busy, and
// what was not sent in time is what a user would have waited for.
//
// The package is public since a program that brings its own engine, or judges
// what another one has measured, needs the same moments. It sends nothing,
// reads no clock and knows no engine; a [Cursor] has the methods that
// vegeta's Pacer asks for.
package schedule

import (
	"math"
	"slices"
	"sort"
	"time"
)

// Schedule is an immutable plan of moments. It is safe for concurrent use.
type Schedule struct {
	stages []Stage
	starts []time.Duration // when each stage begins, and the end
	before []float64       // requests due before each stage, and all of them
	whole  uint64          // requests of all shards together
	first  uint64          // the number, in the whole, of this shard's first request
	step   uint64          // how far its numbers are apart in the whole

	random bool
	seed   uint64
}

// New returns a schedule with even distances: request k is due when the
// integral of the rate reaches k, so the first one at once, and any stretch
// of time has what its rate says to within one request. An error joins one
// [*Error] for everything that contradicts itself in the stages.
func New(stages ...Stage) (*Schedule, error) {
	if err := check(stages); err != nil {
		return nil, err
	}
	s := &Schedule{stages: slices.Clone(stages), step: 1}
	var at time.Duration
	var due float64
	for _, stage := range stages {
		s.starts, s.before = append(s.starts, at), append(s.before, due)
		at += stage.For
		due += stage.requests()
		// Rounding must not push a request over the edge of a stage.
		if whole := math.Round(due); math.Abs(due-whole) < slack {
			due = whole
		}
	}
	s.starts, s.before = append(s.starts, at), append(s.before, due)
	s.whole = uint64(math.Ceil(due))
	return s, nil
}

// slack is the share of a request by which sums of float64 may be off.
const slack = 1e-6

// Poisson returns a schedule of requests that come independently of each
// other, as those of many users do. The seed and the stages decide every
// moment. There are as many requests as New would plan, so that an error
// budget in requests is known beforehand; given their number, the moments are
// those of a Poisson process with this rate (its order statistics), and
// counts over parts of the run vary as they do there.
func Poisson(seed uint64, stages ...Stage) (*Schedule, error) {
	s, err := New(stages...)
	if err != nil {
		return nil, err
	}
	s.random, s.seed = true, seed
	return s, nil
}

// Stages returns the stages.
func (s *Schedule) Stages() []Stage { return slices.Clone(s.stages) }

// Duration returns how long the schedule lasts. The last request is due
// before that.
func (s *Schedule) Duration() time.Duration { return s.starts[len(s.stages)] }

// Total returns how many requests there are; they are numbered from 0.
func (s *Schedule) Total() uint64 { return s.shardOf(s.whole) }

// Intended returns the moment, since the start of the run, at which a request
// is due. Moments never decrease as numbers grow. A number that is not below
// Total has none and yields Duration.
//
// It takes a binary search over the stages; with Poisson also one step for
// every halving of the total, a few microseconds, which a [Cursor] saves to
// whoever asks in order.
func (s *Schedule) Intended(seq uint64) time.Duration {
	if seq >= s.Total() {
		return s.Duration()
	}
	return s.moment(s.due(s.first + seq*s.step))
}

// due returns how far the integral of the rate is when a request of the whole
// is sent.
func (s *Schedule) due(seq uint64) float64 {
	if s.random {
		return s.split(s.root(), seq+1, nil)
	}
	return float64(seq)
}

// moment returns when the integral of the rate reaches a number of requests.
func (s *Schedule) moment(due float64) time.Duration {
	i := sort.SearchFloat64s(s.before[1:], math.Nextafter(due, math.Inf(1)))
	if i >= len(s.stages) {
		return s.Duration() - 1
	}
	after := s.stages[i].after(due - s.before[i])
	at := s.starts[i] + time.Duration(math.Round(after*1e9))
	return min(max(at, s.starts[i]), s.starts[i+1]-1)
}

// Expected returns the integral of the rate from the start to a moment: how
// many requests are due by then, in fractions.
func (s *Schedule) Expected(at time.Duration) float64 {
	return s.expected(at) / float64(s.step)
}

func (s *Schedule) expected(at time.Duration) float64 {
	i := s.StageAt(at)
	switch {
	case at <= 0:
		return 0
	case i < 0:
		return s.before[len(s.stages)]
	}
	return s.before[i] + s.stages[i].within((at - s.starts[i]).Seconds())
}

// Rate returns the rate at a moment in requests per second; 0 before the
// start and from the end on. Where one stage ends another rate than the next
// begins with, it is that of the next.
func (s *Schedule) Rate(at time.Duration) float64 {
	i := s.StageAt(at)
	if i < 0 {
		return 0
	}
	return s.stages[i].rate((at - s.starts[i]).Seconds()) / float64(s.step)
}

// StageAt returns the index of the stage that a moment belongs to, or −1
// before the start and from the end on.
func (s *Schedule) StageAt(at time.Duration) int {
	if at < 0 || at >= s.Duration() {
		return -1
	}
	return sort.Search(len(s.stages), func(i int) bool { return s.starts[i+1] > at })
}

// WarmUp returns when the stages end that only warm up: what is due before is
// sent and not judged.
func (s *Schedule) WarmUp() time.Duration {
	i := slices.IndexFunc(s.stages, func(stage Stage) bool { return !stage.WarmUp })
	return s.starts[i]
}

// Count returns how many requests are due before a moment. Those from a to b
// are Count(b) − Count(a).
func (s *Schedule) Count(at time.Duration) uint64 {
	return s.shardOf(s.count(at))
}

func (s *Schedule) count(at time.Duration) uint64 {
	switch {
	case at <= 0:
		return 0
	case at >= s.Duration():
		return s.whole
	case s.random:
		return s.countRandom(at)
	}
	n := min(uint64(math.Ceil(s.expected(at))), s.whole)
	for n > 0 && s.moment(float64(n-1)) >= at {
		n--
	}
	for n < s.whole && s.moment(float64(n)) < at {
		n++
	}
	return n
}

// shardOf returns how many of the first n requests of the whole are in this
// shard.
func (s *Schedule) shardOf(n uint64) uint64 {
	if n <= s.first {
		return 0
	}
	return (n - s.first + s.step - 1) / s.step
}
