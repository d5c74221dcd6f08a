package stat_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/plumbapi/plumb/perf/internal/stat"
)

// quantile sorts values and returns the one of rank ⌈q·n⌉.
func quantile(values []float64, q float64) float64 {
	slices.Sort(values)
	return values[int(math.Ceil(q*float64(len(values))))-1]
}

// TestDesignEffect estimates what is known: clusters of k alike requests have
// the effect k.
func TestDesignEffect(t *testing.T) {
	t.Parallel()
	for _, k := range []int{1, 2, 5, 20} {
		var mean, below float64
		runs := scaled(200, 5000)
		for seed := range uint64(runs) {
			rng := rand.New(rand.NewPCG(seed, uint64(k)))
			var all stat.Batches
			for range 400 {
				b := stat.Batch{}
				for b.Total < 100 {
					b.Total += uint64(k)
					if rng.Float64() < 0.05 {
						b.Bad += uint64(k)
					}
					if rng.Float64() < 0.5 {
						b.High += uint64(k)
					}
				}
				all.Add(b)
			}
			effect, ok := all.DesignEffect()
			safe, _ := all.SafeEffect()
			if !ok {
				t.Fatal("400 batches tell nothing")
			}
			mean += effect / float64(runs)
			if safe < float64(k) {
				below++
			}
			if got, want := all.Effective(), 40_000/effect; math.Abs(got-want) > 1e-6*want {
				t.Errorf("%v requests are effective, want %v", got, want)
			}
		}
		// The greater of two estimates is above the truth on average.
		if mean < 0.97*float64(k) || mean > 1.35*float64(k) {
			t.Errorf("the design effect of clusters of %d is %v on average", k, mean)
		}
		if share := below / float64(runs); share > atMost(0.05, float64(runs)) {
			t.Errorf("the safe effect of clusters of %d is too small in %.3f of runs", k, share)
		}
	}
}

// TestShareOfDependentRequests: the interval holds the true share as often as
// it says, however requests depend on each other.
func TestShareOfDependentRequests(t *testing.T) {
	t.Parallel()
	const share, confidence = 0.05, 0.99
	for _, kind := range traffics() {
		holds, runs := 0.0, scaled(150, 4000)
		var width float64
		for seed := range uint64(runs) {
			rng := rand.New(rand.NewPCG(seed, 9))
			next := kind.next(rng, share)
			var all stat.Batches
			for range 500 {
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
				all.Add(b)
			}
			in := all.Share(confidence)
			width += (in.High - in.Low) / float64(runs)
			if in.Low <= share && share <= in.High {
				holds++
			}
		}
		t.Logf("%s: the interval is %.4f wide and holds the share in %.2f %% of runs", kind.name, width, 100*holds/float64(runs))
		if missed := 1 - holds/float64(runs); missed > atMost(1-confidence, float64(runs)) {
			t.Errorf("%s: the interval misses the share in %.2f %% of runs", kind.name, 100*missed)
		}
	}
	if got := new(stat.Batches).Share(confidence); got != (stat.Interval{Low: 0, High: 1}) {
		t.Errorf("the share of nothing is %v", got)
	}
}

// TestBatchesGrow: requests that depend on each other far beyond a batch are
// recognised when batches have grown.
func TestBatchesGrow(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(1, 2))
	var all stat.Batches
	high := uint64(0)
	for i := range 100_000 {
		if i%50 == 0 { // fifty batches of ten, alike throughout
			high = 10 * rng.Uint64N(2)
		}
		all.Add(stat.Batch{Total: 10, High: high})
	}
	if effect, ok := all.DesignEffect(); !ok || effect < 250 || effect > 900 {
		t.Errorf("the design effect of clusters of 500 is %v, %v", effect, ok)
	}
	if got := all.Sum().Total; got != 1_000_000 {
		t.Errorf("%d requests were added, want a million", got)
	}
}

func TestTooLittleIsKnown(t *testing.T) {
	t.Parallel()
	var all stat.Batches
	for i := range 40 {
		if _, ok := all.DesignEffect(); ok {
			t.Fatalf("%d batches without anything bad or high tell something", i)
		}
		all.Add(stat.Batch{Total: 10})
	}
	all.Add(stat.Batch{Total: 10, Bad: 1})
	if _, ok := all.DesignEffect(); !ok {
		t.Error("a bad request in the 41st batch tells nothing")
	}
	var few stat.Batches
	for range 31 {
		few.Add(stat.Batch{Total: 10, Bad: 1})
	}
	if _, ok := few.DesignEffect(); ok {
		t.Error("31 batches are enough")
	}
}
