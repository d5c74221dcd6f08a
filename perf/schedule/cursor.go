package schedule

import (
	"fmt"
	"time"
)

// Cursor reads a schedule in order. What it answers is what the schedule
// answers; it only remembers the way to the last request, so that the next
// one of a Poisson schedule costs one step. It is not safe for concurrent
// use.
type Cursor struct {
	s   *Schedule
	way []stretch // from the whole to the last request
}

// Cursor returns a reader of the schedule.
func (s *Schedule) Cursor() *Cursor { return &Cursor{s: s} }

// Intended is [Schedule.Intended], fast for numbers that are near to those
// asked before.
func (c *Cursor) Intended(seq uint64) time.Duration {
	s := c.s
	if !s.random || seq >= s.Total() {
		return s.Intended(seq)
	}
	k := s.first + seq*s.step + 1
	for len(c.way) > 0 {
		if last := c.way[len(c.way)-1]; last.low < k && k < last.high {
			break
		}
		c.way = c.way[:len(c.way)-1]
	}
	at := s.root()
	if n := len(c.way); n > 0 {
		at, c.way = c.way[n-1], c.way[:n-1]
	}
	return s.moment(s.split(at, k, func(passed stretch) { c.way = append(c.way, passed) }))
}

// Pace returns how long to wait, elapsed since the start, before the request
// that follows those that were sent: 0 when it is late. stop is true when all
// were sent. It never skips a request; how much of a delay may be caught up
// is for the caller to decide. With Rate, it is what vegeta's Pacer asks for.
func (c *Cursor) Pace(elapsed time.Duration, hits uint64) (wait time.Duration, stop bool) {
	if hits >= c.s.Total() {
		return 0, true
	}
	return max(c.Intended(hits)-elapsed, 0), false
}

// Rate is [Schedule.Rate].
func (c *Cursor) Rate(elapsed time.Duration) float64 { return c.s.Rate(elapsed) }

// Shard returns the part of a schedule that one of n machines sends: of all
// requests the i-th, the (i+n)-th and so on, numbered anew from 0. All shards
// together are the whole. They need to know nothing of each other but the
// moment at which the run starts.
func (s *Schedule) Shard(i, n int) (*Schedule, error) {
	if n < 1 || i < 0 || i >= n {
		return nil, fmt.Errorf("shard %d of %d does not exist; they count from 0 to %d", i, n, n-1)
	}
	if s.Total() < uint64(n) {
		return nil, fmt.Errorf("%d requests cannot be dealt out to %d shards", s.Total(), n)
	}
	part := *s
	part.first = s.first + uint64(i)*s.step
	part.step = s.step * uint64(n)
	return &part, nil
}

// Number returns the number that a request has in the schedule that shards
// were made of.
func (s *Schedule) Number(seq uint64) uint64 { return s.first + seq*s.step }
