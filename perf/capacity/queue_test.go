package capacity_test

import (
	"context"
	"math"
	"math/bits"
	"math/rand/v2"
	"os"
	"time"

	"github.com/plumbapi/plumb/perf"
	"github.com/plumbapi/plumb/perf/histogram"
	"github.com/plumbapi/plumb/perf/schedule"
)

// full says that simulations run as often as their numbers promise.
func full() bool { return os.Getenv("PLUMB_SIMULATIONS") != "" }

// queue is a service of some servers, each of which takes an exponential time,
// before which requests wait in line (M/M/c).
type queue struct {
	servers int
	mean    time.Duration
	rng     *rand.Rand
	// ceiling is the rate from which on the generator is late; 0 for none.
	ceiling float64
}

// capacity is the highest rate at which the share of requests that take longer
// is within the budget, by Erlang's formula C for waiting at all:
//
//	P(R > t) = e^{−μt}·(1 + C·(1 − e^{−μt(c−1−a)})/(c−1−a)), a = λ/μ
func (q *queue) capacity(within time.Duration, budget float64) float64 {
	mu, t, c := 1/q.mean.Seconds(), within.Seconds(), float64(q.servers)
	slow := func(rate float64) float64 {
		a := rate / mu
		blocked := 1.0
		for k := 1; k <= q.servers; k++ {
			blocked = a * blocked / (float64(k) + a*blocked)
		}
		waits := blocked / (1 - a/c*(1-blocked))
		x, more := c-1-a, mu*t
		if math.Abs(x) > 1e-9 {
			more = (1 - math.Exp(-mu*t*x)) / x
		}
		return math.Exp(-mu*t) * (1 + waits*more)
	}
	low, high := 0.0, c*mu
	for range 60 {
		if middle := (low + high) / 2; slow(middle) <= budget {
			low = middle
		} else {
			high = middle
		}
	}
	return low
}

const stretches = 64

// probe is what a run at a rate measures, warm-up left out.
func (q *queue) probe(_ context.Context, rate float64, p *perf.Plan) (*perf.Result, error) {
	s, err := p.Schedule()
	if err != nil {
		return nil, err
	}
	warm := s.WarmUp()
	judged := s.Duration() - warm
	m := perf.Measured{
		Operation: p.Operations[0].Name, Within: []uint64{0}, Slices: make([]perf.Slice, stretches),
		Response: new(histogram.Histogram), Service: new(histogram.Histogram), FirstByte: new(histogram.Histogram),
		Statuses: map[int]uint64{}, Classes: map[string]uint64{},
	}
	for i := range m.Slices {
		m.Slices[i].Within = []uint64{0}
	}
	lag := time.Duration(0)
	r := &perf.Result{Version: 1, Plan: p.Digest(), Clock: perf.FromIntended, Planned: judged, Elapsed: judged, Slices: stretches, Lag: new(histogram.Histogram)}
	if q.ceiling > 0 && rate > q.ceiling {
		lag = time.Second
	}
	free := make([]float64, q.servers) // when each server is free
	cursor := s.Cursor()
	for seq := range s.Total() {
		at := cursor.Intended(seq)
		server := 0
		for k, t := range free {
			if t < free[server] {
				server = k
			}
		}
		free[server] = max(free[server], at.Seconds()) + q.rng.ExpFloat64()*q.mean.Seconds()
		if at < warm {
			continue
		}
		took := time.Duration((free[server] - at.Seconds()) * float64(time.Second))
		sl := &m.Slices[min(stretches-1, int(float64(at-warm)/float64(judged)*stretches))]
		m.Due, m.Sent, m.Good, sl.Due, sl.Sent, sl.Good = m.Due+1, m.Sent+1, m.Good+1, sl.Due+1, sl.Sent+1, sl.Good+1
		sl.Octaves[min(len(sl.Octaves)-1, bits.Len64(uint64(took.Microseconds())))]++
		sl.Max = max(sl.Max, took)
		if took <= p.Operations[0].Budget.Latency[0].Within {
			m.Within[0]++
			sl.Within[0]++
		}
		m.Response.Add(took)
		m.Service.Add(took)
		m.FirstByte.Add(took)
		r.Lag.Add(lag)
	}
	m.Planned, m.Statuses[200] = m.Due, m.Sent
	r.Operations = []perf.Measured{m}
	return r, nil
}

// plan sends one operation, at moments as those of many users, with a budget.
func plan(rate float64, within time.Duration, share float64) *perf.Plan {
	return &perf.Plan{
		Poisson: true, Seed: 1, Stages: schedule.Constant(rate, time.Minute), Timeout: time.Minute,
		Operations: []perf.Operation{{
			Name: "GET /issues", Weight: 1, Budget: perf.Budget{Latency: []perf.Objective{{Within: within, Share: share}}},
		}},
	}
}
