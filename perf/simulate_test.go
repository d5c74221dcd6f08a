package perf_test

import (
	"math"
	"math/rand/v2"
	"os"
	"testing"
	"time"

	"github.com/plumbapi/plumb/perf"
	"github.com/plumbapi/plumb/perf/schedule"
)

// dependence is a way in which requests of one run depend on each other. It
// returns a number from 0 to 1 for each request in turn, evenly spread over
// many runs: a request is slow where that is below the true share.
type dependence struct {
	name string
	next func(*rand.Rand) func() float64
}

func dependences() []dependence {
	clusters := func(size func(*rand.Rand) int) func(*rand.Rand) func() float64 {
		return func(rng *rand.Rand) func() float64 {
			left, u := 0, 0.0
			return func() float64 {
				if left == 0 {
					left, u = size(rng), rng.Float64()
				}
				left--
				return u
			}
		}
	}
	return []dependence{
		{"independent", clusters(func(*rand.Rand) int { return 1 })},
		{"clusters of five", clusters(func(*rand.Rand) int { return 5 })},
		{"clusters of 1 to 20", clusters(func(rng *rand.Rand) int { return 1 + rng.IntN(20) })},
		{"a level that drifts", func(rng *rand.Rand) func() float64 {
			// A level of correlation 0.9 from request to request, and noise.
			const rho = 0.9
			level := rng.NormFloat64()
			return func() float64 {
				level = rho*level + math.Sqrt(1-rho*rho)*rng.NormFloat64()
				z := (level + rng.NormFloat64()) / math.Sqrt2
				return math.Erfc(z/math.Sqrt2) / 2
			}
		}},
	}
}

// simulation is a run of one operation with one latency objective.
type simulation struct {
	plan     *perf.Plan
	requests int
}

func newSimulation(allowed float64, requests int) simulation {
	d := time.Duration(requests) * 10 * time.Millisecond
	return simulation{
		plan: &perf.Plan{
			Stages:     schedule.Constant(100, d),
			Operations: []perf.Operation{{Name: "GET /plants", Weight: 1, Budget: within(1-allowed, 500*time.Millisecond)}},
		},
		requests: requests,
	}
}

// slices is into how many stretches a run is cut, about as perf/load does it;
// asked is how often a run is asked whether it may end.
func (s simulation) slices() int { return min(960, s.requests/8) }

const asked = 120

// run measures; stop says whether to end the run.
func (s simulation) run(share float64, next func() float64, stop func(*perf.Result) bool) (r *perf.Result, early bool) {
	d, n := time.Duration(s.requests)*10*time.Millisecond, s.slices()
	r = &perf.Result{
		Version: 1, Clock: perf.FromIntended, Shards: []perf.Shard{{Index: 0, Of: 1}}, Planned: d, Slices: n,
		Operations: []perf.Measured{{Operation: "GET /plants", Planned: uint64(s.requests), Within: []uint64{0}, Slices: make([]perf.Slice, n)}},
	}
	m := &r.Operations[0]
	for k := range m.Slices {
		slice := &m.Slices[k]
		slice.Within = []uint64{0}
		for range s.requests*(k+1)/n - s.requests*k/n {
			took := 10 * time.Millisecond
			switch u := next(); {
			case u < share:
				took = time.Second
			case u < 0.5:
				took = 20 * time.Millisecond
			}
			slice.Octaves.Add(took)
			slice.Due++
			if took < 500*time.Millisecond {
				slice.Within[0]++
			}
		}
		slice.Sent, slice.Good = slice.Due, slice.Due
		m.Due, m.Sent, m.Good = m.Due+slice.Due, m.Sent+slice.Due, m.Good+slice.Due
		m.Within[0] += slice.Within[0]
		r.Elapsed = d * time.Duration(k+1) / time.Duration(n)
		if stop != nil && k < n-1 && (k+1)%max(1, n/asked) == 0 && stop(r) {
			r.Decided = true
			return r, true
		}
	}
	return r, false
}

// TestEarlyVerdicts simulates runs of 12,000 requests whose true share of slow
// ones is the budget, through Decided and Judge. The sequential test ends no
// more than one run in a hundred either way, however requests depend on each
// other; and what ends a run since it is certain is what the whole run comes to.
func TestEarlyVerdicts(t *testing.T) {
	t.Parallel()
	runs := scaled(40, 1000)
	for _, allowed := range []float64{0.05, 0.01} {
		for _, kind := range dependences() {
			t.Run(kind.name, func(t *testing.T) {
				t.Parallel()
				s := newSimulation(allowed, 12_000)
				var passed, failed, certain float64
				for seed := range uint64(runs) {
					begin := func() func() float64 { return kind.next(rand.New(rand.NewPCG(seed, 11))) }
					r, early := s.run(allowed, begin(), func(r *perf.Result) bool { return perf.Decided(s.plan, r) })
					v := perf.Judge(s.plan, r).Operations[0]
					switch d := v.Demands[0]; {
					case !early:
					case v.Verdict != perf.Pass && v.Verdict != perf.Fail:
						t.Errorf("seed %d ended early and is %s: %s", seed, v.Verdict, v.Reason)
					case d.By == "certain":
						certain++
						whole, _ := s.run(allowed, begin(), nil)
						if w := perf.Judge(s.plan, whole).Operations[0]; w.Verdict != v.Verdict {
							t.Errorf("seed %d was certain to %s and is %s: %s", seed, v.Verdict, w.Verdict, w.Reason)
						}
					case v.Verdict == perf.Pass:
						passed++
					default:
						failed++
					}
				}
				n := float64(runs)
				t.Logf("budget %g %%, %s: the sequential test passes %.2f %%, fails %.2f %%; certain before the end %.1f %%", 100*allowed, kind.name, 100*passed/n, 100*failed/n, 100*certain/n)
				if passed/n > atMost(0.01, n) || failed/n > atMost(0.01, n) {
					t.Errorf("of %v runs at a budget of %g, %v ended early as passed and %v as failed", runs, allowed, passed, failed)
				}
			})
		}
	}
}

// TestHealthyRunsEndSoon is the use of ending early: a service that misses a
// quarter of what it may is known to keep its budget long before the end.
func TestHealthyRunsEndSoon(t *testing.T) {
	t.Parallel()
	runs := scaled(10, 200)
	for _, allowed := range []float64{0.05, 0.01} {
		for _, kind := range dependences() {
			s := newSimulation(allowed, 12_000)
			var sent float64
			for seed := range uint64(runs) {
				r, _ := s.run(allowed/4, kind.next(rand.New(rand.NewPCG(seed, 13))), func(r *perf.Result) bool { return perf.Decided(s.plan, r) })
				sent += float64(r.Operations[0].Due)
				if v := perf.Judge(s.plan, r).Operations[0]; v.Verdict == perf.Fail {
					t.Errorf("budget %g, %s, seed %d: %s", allowed, kind.name, seed, v.Reason)
				}
			}
			mean := sent / float64(runs)
			t.Logf("budget %g %%, a quarter of it, %s: %.0f requests to a verdict", 100*allowed, kind.name, mean)
			if kind.name == "independent" && mean > 3000 {
				t.Errorf("a healthy service is known after %.0f of 12,000 requests on average", mean)
			}
		}
	}
}

// TestWholeRuns simulates runs that go to their ends, at half of the budget, at
// the budget and at twice of it: what is well within never fails, what is
// well beyond never passes, and what is at the budget does not fail.
func TestWholeRuns(t *testing.T) {
	t.Parallel()
	runs := scaled(40, 1000)
	for i, allowed := range []float64{0.05, 0.01, 0.05, 0.01} {
		requests := []int{12_000, 1_200}[i/2]
		for _, kind := range dependences() {
			t.Run(kind.name, func(t *testing.T) {
				t.Parallel()
				s := newSimulation(allowed, requests)
				for _, times := range []float64{0.5, 1, 2} {
					count := map[perf.Verdict]float64{}
					for seed := range uint64(runs) {
						r, _ := s.run(times*allowed, kind.next(rand.New(rand.NewPCG(seed, 12))), nil)
						count[perf.Judge(s.plan, r).Verdict]++
					}
					n := float64(runs)
					t.Logf("%d requests, budget %g %%, %g of it, %s: pass %.1f %%, fail %.2f %%, inconclusive %.1f %%", requests, 100*allowed, times, kind.name,
						100*count[perf.Pass]/n, 100*count[perf.Fail]/n, 100*count[perf.Inconclusive]/n)
					switch wrong := atMost(0.01, n); {
					case times <= 1 && count[perf.Fail]/n > wrong:
						t.Errorf("%v of %d runs at %g of a budget of %g fail", count[perf.Fail], runs, times, allowed)
					case times > 1 && count[perf.Pass]/n > wrong:
						t.Errorf("%v of %d runs at %g of a budget of %g pass", count[perf.Pass], runs, times, allowed)
					}
				}
			})
		}
	}
}

// scaled returns how often to simulate: often enough to see a fault, and
// often enough to state a number where PLUMB_SIMULATIONS is set.
func scaled(usual, full int) int {
	switch {
	case os.Getenv("PLUMB_SIMULATIONS") != "":
		return full
	case testing.Short():
		return usual / 4
	}
	return usual
}

// atMost is a share that n trials of a probability exceed once in 10,000 times.
func atMost(p, n float64) float64 { return p + 3.72*math.Sqrt(p*(1-p)/n) + 1/n }
