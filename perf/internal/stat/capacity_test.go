package stat_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/plumbapi/plumb/perf/internal/stat"
)

// queue is a service of c servers, each of which takes an exponential time of
// mean 1/mu, before which requests wait in line.
type queue struct {
	c  int
	mu float64
}

// slow returns the share of requests that take longer than t in the long run,
// by Erlang's formula C for waiting at all: with a = λ/μ,
//
//	P(R > t) = e^{−μt}·(1 + C·(1 − e^{−μt(c−1−a)})/(c−1−a))
func (q queue) slow(rate, t float64) float64 {
	a := rate / q.mu
	if a >= float64(q.c) {
		return 1
	}
	blocked := 1.0 // Erlang's formula B, by its recursion
	for k := 1; k <= q.c; k++ {
		blocked = a * blocked / (float64(k) + a*blocked)
	}
	waits := blocked / (1 - a/float64(q.c)*(1-blocked))
	x := float64(q.c-1) - a
	more := q.mu * t
	if math.Abs(x) > 1e-9 {
		more = (1 - math.Exp(-q.mu*t*x)) / x
	}
	return math.Exp(-q.mu*t) * (1 + waits*more)
}

// capacity returns the highest rate whose share of slow requests is within
// the budget.
func (q queue) capacity(t, budget float64) float64 {
	low, high := 0.0, float64(q.c)*q.mu
	for range 60 {
		if middle := (low + high) / 2; q.slow(middle, t) <= budget {
			low = middle
		} else {
			high = middle
		}
	}
	return low
}

// run sends requests at random moments and counts slow ones in batches, after
// a tenth of them, which warm up.
func (q queue) run(rng *rand.Rand, rate, t float64, requests int) *stat.Batches {
	free := make([]float64, q.c) // when each server is free
	var now float64
	batches, batch := new(stat.Batches), stat.Batch{}
	for i := range requests {
		now += rng.ExpFloat64() / rate
		server := 0
		for k, at := range free {
			if at < free[server] {
				server = k
			}
		}
		free[server] = max(free[server], now) + rng.ExpFloat64()/q.mu
		if i < requests/10 {
			continue
		}
		batch.Total++
		if free[server]-now > t {
			batch.Bad++
		}
		if batch.Total == 50 {
			batches.Add(batch)
			batch = stat.Batch{}
		}
	}
	return batches
}

func TestQueueFormula(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(1, 1))
	for _, q := range []queue{{1, 100}, {4, 25}, {16, 10}} {
		rate := 0.8 * float64(q.c) * q.mu
		all, want := q.run(rng, rate, 2/q.mu, 400_000).Sum(), q.slow(rate, 2/q.mu)
		got := float64(all.Bad) / float64(all.Total)
		if math.Abs(got-want) > 0.05*want {
			t.Errorf("%+v at %v/s: %v are slow, the formula says %v", q, rate, got, want)
		}
	}
}

// TestCapacity searches on queues whose capacity is known, from starts
// between an eighth and four times of it.
func TestCapacity(t *testing.T) {
	t.Parallel()
	var offs []float64
	for _, service := range []struct {
		queue
		slowAt, budget float64
	}{
		{queue{1, 100}, 0.1, 0.05},
		{queue{1, 100}, 0.1, 0.01},
		{queue{4, 25}, 0.2, 0.05},
		{queue{8, 50}, 0.1, 0.01},
		{queue{16, 10}, 0.5, 0.05},
	} {
		want := service.capacity(service.slowAt, service.budget)
		for seed := range uint64(scaled(8, 200)) {
			rng := rand.New(rand.NewPCG(seed, 2))
			c := find(t, stat.SearchOptions{Start: want * math.Exp2(rng.Float64()*5-3)}, func(rate float64) stat.Probe {
				batches := service.run(rng, rate, service.slowAt, 20_000)
				all, effective := batches.Sum(), batches.Effective()
				p := stat.Probe{Rate: rate}
				p.Margin, p.SD = stat.Margin(float64(all.Bad)*effective/float64(all.Total), effective, service.budget)
				return p
			})
			off := c.Rate/want - 1
			offs = append(offs, math.Abs(off))
			if math.Abs(off) > 0.05 {
				t.Logf("%+v, seed %d: %.1f/s found, %.1f/s is true (%+.1f %%), %d probes, sd %.3f", service, seed, c.Rate, want, 100*off, len(c.Probes), c.SD)
			}
		}
	}
	slices.Sort(offs)
	within, _ := slices.BinarySearch(offs, 0.05)
	share := float64(within) / float64(len(offs))
	t.Logf("%.1f %% of %d searches end within 5 %% of the truth; half of them within %.1f %%, 95 %% within %.1f %%, the worst is off by %.1f %%",
		100*share, len(offs), 100*offs[len(offs)/2], 100*offs[len(offs)*95/100], 100*offs[len(offs)-1])
	if share < 0.97 || offs[len(offs)-1] > 0.1 {
		t.Error("want at least 97 % within 5 %, and none off by more than 10 %")
	}
}

// find runs a search to its end, which has to come after 12 probes.
func find(t *testing.T, o stat.SearchOptions, run func(rate float64) stat.Probe) stat.Capacity {
	t.Helper()
	search, err := stat.NewSearch(o)
	if err != nil {
		t.Fatal(err)
	}
	for {
		rate, ok := search.Next()
		if !ok {
			break
		}
		search.Add(run(rate))
	}
	c := search.Capacity()
	if len(c.Probes) > 12 {
		t.Errorf("%d probes were made", len(c.Probes))
	}
	return c
}

// TestCapacityOfACliff searches where a service bears a rate entirely or not
// at all.
func TestCapacityOfACliff(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name  string
		o     stat.SearchOptions
		cliff float64
		off   float64 // share by which the estimate may be off
	}{
		{"near the start", stat.SearchOptions{Start: 100}, 130, 0.02},
		{"far above", stat.SearchOptions{Start: 10}, 130, 0.03},
		{"far below", stat.SearchOptions{Start: 1000}, 130, 0.03},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			c := find(t, test.o, func(rate float64) stat.Probe {
				if rate <= test.cliff {
					return stat.Probe{Rate: rate, Margin: -6, SD: 1}
				}
				return stat.Probe{Rate: rate, Margin: 6, SD: 1}
			})
			if math.Abs(c.Rate/test.cliff-1) > test.off || c.Borne > test.cliff || c.Above <= test.cliff {
				t.Errorf("%v/s is found, between %v/s and %v/s; the cliff is at %v/s", c.Rate, c.Borne, c.Above, test.cliff)
			}
		})
	}
}

// TestCapacityOutOfReach: the ends of the range are probed twice, and said to
// be no more than that.
func TestCapacityOutOfReach(t *testing.T) {
	t.Parallel()
	o := stat.SearchOptions{Start: 100, Lowest: 30, Highest: 350}
	all := find(t, o, func(rate float64) stat.Probe { return stat.Probe{Rate: rate, Margin: -6, SD: 1} })
	if all.Rate != 350 || all.Above != 0 || !math.IsNaN(all.SD) || len(all.Probes) != 4 {
		t.Errorf("where all is borne, the result is %+v", all)
	}
	none := find(t, o, func(rate float64) stat.Probe { return stat.Probe{Rate: rate, Margin: 6, SD: 1} })
	if none.Rate != 0 || none.Above != 30 || !math.IsNaN(none.SD) || len(none.Probes) != 4 {
		t.Errorf("where nothing is borne, the result is %+v", none)
	}
}

// TestCapacityOutvotes: one probe is wrong, far from the truth.
func TestCapacityOutvotes(t *testing.T) {
	t.Parallel()
	made := 0
	c := find(t, stat.SearchOptions{Start: 50}, func(rate float64) stat.Probe {
		margin, sd := 10*math.Log(rate/300), 0.2
		if made++; made == 2 {
			margin = 1 // 100/s is called too much
		}
		return stat.Probe{Rate: rate, Margin: margin, SD: sd}
	})
	if math.Abs(c.Rate/300-1) > 0.05 {
		t.Errorf("%v/s is found, 300/s is true: %+v", c.Rate, c.Probes)
	}
}

func TestNewSearchRefuses(t *testing.T) {
	t.Parallel()
	for _, o := range []stat.SearchOptions{
		{}, {Start: -1}, {Start: math.NaN()}, {Start: math.Inf(1)}, {Start: 10, Highest: 5}, {Start: 10, Lowest: 20}, {Start: 10, Lowest: -1},
		{Start: 10, Tolerance: -1}, {Start: 10, Probes: -1}, {Start: 10, Highest: math.Inf(1)}, {Start: 10, Tolerance: math.NaN()},
	} {
		if _, err := stat.NewSearch(o); err == nil {
			t.Errorf("a search with %+v begins", o)
		}
	}
}
