package stat_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/plumbapi/plumb/perf/internal/stat"
)

// errand runs one sequential test over independent requests, one at a time,
// and returns the decision and how many it took, at most most.
func errand(t *testing.T, rng *rand.Rand, budget, share float64, most int) (stat.Decision, int) {
	t.Helper()
	s, err := stat.NewSequential(budget, 0.01)
	if err != nil {
		t.Fatal(err)
	}
	s.Assume(1)
	for n := 1; n <= most; n++ {
		b := stat.Batch{Total: 1}
		if rng.Float64() < share {
			b.Bad = 1
		}
		if d := s.Add(b); d != stat.Undecided {
			return d, n
		}
	}
	return stat.Undecided, most
}

// TestSequentialOnIndependentRequests has the average numbers of requests to
// a decision, by budget and true share, as they come out of many runs, and
// sees that wrong decisions are as rare as promised. At a share that is the
// budget, the run ends undecided after most requests.
func TestSequentialOnIndependentRequests(t *testing.T) {
	t.Parallel()
	tests := []struct {
		budget float64
		most   int
		// want has the averages at ¼, ½, 1, 1½, 2 and 4 times the budget.
		want [6]float64
	}{
		{0.10, 12_000, [6]float64{132, 273, 11_801, 389, 136, 37}},
		{0.05, 12_000, [6]float64{273, 578, 11_798, 824, 285, 79}},
		{0.01, 12_000, [6]float64{1396, 3017, 11_797, 4330, 1489, 419}},
		{0.001, 60_000, [6]float64{14_324, 29_077, 59_704, 36_826, 15_245, 4314}},
	}
	for _, test := range tests {
		for k, times := range []float64{0.25, 0.5, 1, 1.5, 2, 4} {
			runs := scaled(100, 10_000)
			if test.budget < 0.01 {
				runs = scaled(20, 1000)
			}
			rng := rand.New(rand.NewPCG(uint64(k), math.Float64bits(test.budget)))
			var sum, squares, within, exceeded float64
			for range runs {
				d, n := errand(t, rng, test.budget, times*test.budget, test.most)
				sum += float64(n)
				squares += float64(n) * float64(n)
				switch d {
				case stat.Within:
					within++
				case stat.Exceeded:
					exceeded++
				case stat.Undecided:
				}
			}
			n := float64(runs)
			mean := sum / n
			// Four standard errors, and 2 % since the table is a simulation
			// itself.
			allowed := 4*math.Sqrt((squares/n-mean*mean)/n) + 0.02*test.want[k]
			t.Logf("budget %v, share %v times: %.0f requests on average (%.0f), within %.2f %%, exceeded %.2f %%", test.budget, times, mean, test.want[k], 100*within/n, 100*exceeded/n)
			if math.Abs(mean-test.want[k]) > allowed {
				t.Errorf("budget %v, share %v times that: %.0f requests on average, want %.0f ± %.0f", test.budget, times, mean, test.want[k], allowed)
			}
			if times >= 1 && within/n > atMost(0.01, n) {
				t.Errorf("budget %v, share %v times that: %.2f %% are called within", test.budget, times, 100*within/n)
			}
			if times <= 1 && exceeded/n > atMost(0.01, n) {
				t.Errorf("budget %v, share %v times that: %.2f %% are called exceeded", test.budget, times, 100*exceeded/n)
			}
		}
	}
}

// atMost is what an observed share of n may be when the true one is p: three
// standard deviations above.
func atMost(p, n float64) float64 { return p + 3*math.Sqrt(p*(1-p)/n) }

// traffic yields whether one request after the other is bad and whether it is
// slower than most, where requests depend on each other.
type traffic struct {
	name string
	next func(rng *rand.Rand, share float64) func() (bad, high bool)
}

// traffics are ways of depending on each other, each with the share given in
// the long run.
func traffics() []traffic {
	// A level is a uniform number; the upper half is high, the uppermost share
	// is bad.
	read := func(level, share float64) (bad, high bool) { return level > 1-share, level > 0.5 }
	return []traffic{
		{"independent", func(rng *rand.Rand, share float64) func() (bool, bool) {
			return func() (bool, bool) { return read(rng.Float64(), share) }
		}},
		{"clusters of five", func(rng *rand.Rand, share float64) func() (bool, bool) {
			level, left := 0.0, 0
			return func() (bool, bool) {
				if left == 0 {
					level, left = rng.Float64(), 5
				}
				left--
				return read(level, share)
			}
		}},
		{"clusters of 1 to 20", func(rng *rand.Rand, share float64) func() (bool, bool) {
			level, left := 0.0, 0
			return func() (bool, bool) {
				if left == 0 {
					level, left = rng.Float64(), 1+rng.IntN(20)
				}
				left--
				return read(level, share)
			}
		}},
		{"a level that drifts", func(rng *rand.Rand, share float64) func() (bool, bool) {
			x := rng.NormFloat64()
			return func() (bool, bool) {
				x = 0.8*x + 0.6*rng.NormFloat64()
				return read(math.Erfc(-x/math.Sqrt2)/2, share)
			}
		}},
	}
}

// TestSequentialOnDependentRequests: the design effect is not known but
// estimated, from batches of ten.
func TestSequentialOnDependentRequests(t *testing.T) {
	t.Parallel()
	for _, kind := range traffics() {
		for _, budget := range []float64{0.1, 0.05, 0.01} {
			for _, times := range []float64{0.25, 1, 2} {
				runs := scaled(40, 4000)
				rng := rand.New(rand.NewPCG(math.Float64bits(times), math.Float64bits(budget)))
				var within, exceeded, sum float64
				for range runs {
					s, err := stat.NewSequential(budget, 0.01)
					if err != nil {
						t.Fatal(err)
					}
					next := kind.next(rng, times*budget)
					n := 0
					for n < 12_000 && s.Decision() == stat.Undecided {
						b := stat.Batch{Total: 10}
						for range 10 {
							bad, high := next()
							if bad {
								b.Bad++
							}
							if high {
								b.High++
							}
						}
						s.Add(b)
						n += 10
					}
					sum += float64(n)
					switch s.Decision() {
					case stat.Within:
						within++
					case stat.Exceeded:
						exceeded++
					case stat.Undecided:
					}
				}
				n := float64(runs)
				t.Logf("%s, budget %v, share %v times: %.0f requests on average, within %.2f %%, exceeded %.2f %%", kind.name, budget, times, sum/n, 100*within/n, 100*exceeded/n)
				if times >= 1 && within/n > atMost(0.01, n) {
					t.Errorf("%s, budget %v, share %v times that: %.2f %% are called within", kind.name, budget, times, 100*within/n)
				}
				if times <= 1 && exceeded/n > atMost(0.01, n) {
					t.Errorf("%s, budget %v, share %v times that: %.2f %% are called exceeded", kind.name, budget, times, 100*exceeded/n)
				}
			}
		}
	}
}

func TestSequentialAverage(t *testing.T) {
	t.Parallel()
	s, err := stat.NewSequential(0.05, 0.01)
	if err != nil {
		t.Fatal(err)
	}
	for share, want := range map[float64]float64{0.0125: 273, 0.025: 578, 0.1: 285} {
		// Wald's equation leaves out what the last request goes beyond the bound.
		if got := s.Average(share, 1); math.Abs(got-want) > 0.04*want {
			t.Errorf("Average(%v) = %v, want about %v", share, got, want)
		}
		if got, want := s.Average(share, 5), 5*s.Average(share, 1); math.Abs(got-want) > 1e-9*want {
			t.Errorf("Average(%v) with a design effect of 5 is %v, want %v", share, got, want)
		}
	}
	if got := s.Average(0.05, 1); !math.IsInf(got, 1) {
		t.Errorf("Average at the budget = %v, want none", got)
	}
}

func TestSequentialStaysDecided(t *testing.T) {
	t.Parallel()
	s, err := stat.NewSequential(0.05, 0.01)
	if err != nil {
		t.Fatal(err)
	}
	for i := range 100 {
		if d := s.Add(stat.Batch{Total: 100, High: uint64(40 + i%20)}); d != stat.Undecided && i < 31 {
			t.Fatalf("%v after %d batches", d, i+1)
		}
	}
	if d := s.Decision(); d != stat.Within {
		t.Errorf("10,000 requests without a bad one are %v", d)
	}
	if d := s.Add(stat.Batch{Total: 10_000, Bad: 10_000}); d != stat.Within {
		t.Errorf("a decision became %v", d)
	}
}

// TestSequentialWithoutKnowledge: where no request is bad and none is called
// high, nothing shows how much requests depend on each other.
func TestSequentialWithoutKnowledge(t *testing.T) {
	t.Parallel()
	s, err := stat.NewSequential(0.05, 0.01)
	if err != nil {
		t.Fatal(err)
	}
	for range 1000 {
		s.Add(stat.Batch{Total: 100})
	}
	if d := s.Decision(); d != stat.Undecided {
		t.Errorf("it is %v", d)
	}
}

func TestNewSequentialRefuses(t *testing.T) {
	t.Parallel()
	for _, bad := range [][2]float64{{0, 0.01}, {-1, 0.01}, {0.7, 0.01}, {math.NaN(), 0.01}, {0.05, 0}, {0.05, 0.5}, {0.05, math.NaN()}} {
		if _, err := stat.NewSequential(bad[0], bad[1]); err == nil {
			t.Errorf("a budget of %v at %v is accepted", bad[0], bad[1])
		}
	}
}
