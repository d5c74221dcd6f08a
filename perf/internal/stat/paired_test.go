package stat_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/perf/internal/stat"
)

// Head is compared with base in 24 pairs; what is called worse is significant
// over all operations, and more than 5 % worse.
const pairs = 24

var floor = math.Log(1.05)

// environment draws what two versions measure of one operation: log p95 of a
// block is that of the version, plus noise that lasts from block to block,
// plus what comes of looking at a few requests only.
type environment struct {
	blockSD     float64 // of the noise between blocks
	correlation float64 // of that noise in neighbouring blocks
	samplingSD  float64 // of log p95 of one block
	longTails   bool    // whether the noise has long tails
}

// differences draws the differences of all pairs.
func (e environment) differences(rng *rand.Rand, baseFirst []bool, effect float64, into []float64) {
	draw := rng.NormFloat64
	if e.longTails { // one in ten is three times as far off; the variance is 1
		draw = func() float64 {
			x := rng.NormFloat64() / math.Sqrt(0.9+0.1*9)
			if rng.IntN(10) == 0 {
				x *= 3
			}
			return x
		}
	}
	noise := e.blockSD * draw()
	keep := math.Sqrt(1 - e.correlation*e.correlation)
	block := func() float64 {
		noise = e.correlation*noise + keep*e.blockSD*draw()
		return noise + e.samplingSD*rng.NormFloat64()
	}
	for i, first := range baseFirst {
		a, b := block(), block()
		if !first {
			a, b = b, a
		}
		into[i] = effect + b - a
	}
}

// pipelines runs a comparison of so many operations again and again, of which
// the first has an effect, and returns how often any other operation is
// called worse, and how often the first is.
func pipelines(runs, operations int, e environment, effect float64) (alarms, found float64) {
	rng := rand.New(rand.NewPCG(11, uint64(operations)))
	all, differences := make([]stat.Paired, operations), make([]float64, pairs)
	for run := range runs {
		order := stat.BaseFirst(uint64(run), pairs)
		for i := range all {
			e.differences(rng, order, effect, differences)
			if i > 0 {
				for k := range differences {
					differences[k] -= effect
				}
			}
			all[i] = stat.Pair(differences)
		}
		worse, _ := stat.Family(all, stat.FamilyAlpha, floor)
		if worse[0] && effect > 0 {
			found++
			worse[0] = false
		}
		for _, w := range worse {
			if w {
				alarms++
				break
			}
		}
	}
	return alarms / float64(runs), found / float64(runs)
}

// TestFalseAlarms runs pipelines over 200 operations in which nothing has
// changed.
func TestFalseAlarms(t *testing.T) {
	t.Parallel()
	sampling := stat.LogQuantileSD(0.95, 0.5, 300)
	for _, test := range []struct {
		name string
		environment
	}{
		{"5 % noise that lasts", environment{0.05, 0.5, sampling, false}},
		{"5 % noise that lasts, many requests", environment{0.05, 0.5, sampling / 4, false}},
		{"10 % noise that lasts, many requests", environment{0.10, 0.5, sampling / 4, false}},
		{"10 % noise with long tails, many requests", environment{0.10, 0.5, sampling / 4, true}},
		{"sampling alone", environment{0, 0, sampling, false}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			runs := scaled(200, 10_000)
			alarms, _ := pipelines(runs, 200, test.environment, 0)
			t.Logf("%s: %.2f %% of %d pipelines have a false alarm", test.name, 100*alarms, runs)
			if alarms > atMost(0.01, float64(runs)) {
				t.Errorf("%.2f %% of %d pipelines have a false alarm, want at most 1 %%", 100*alarms, runs)
			}
		})
	}
}

// TestPower sees that what is 10 % slower is found, alone and among others,
// and that PairedTest foretells how often.
func TestPower(t *testing.T) {
	t.Parallel()
	e := environment{blockSD: 0.03, samplingSD: stat.LogQuantileSD(0.95, 0.5, 300)}
	sd := math.Sqrt2 * math.Hypot(e.blockSD, e.samplingSD)
	if n, ok := stat.RequiredPairs(math.Log(1.10), sd, stat.FamilyAlpha/200, floor, 0.9); ok {
		t.Logf("10 %% slower, one of 200 operations: %d pairs find it in 90 %% of pipelines; %d pairs find %.1f %%", n, pairs, 100*math.Expm1(stat.NewPairedTest(pairs, stat.FamilyAlpha/200).Detectable(sd, floor, 0.9)))
	}
	for _, test := range []struct {
		operations int
		effect     float64
		least      float64
	}{
		{1, 1.10, 0.90}, {1, 1.15, 0.99}, {10, 1.10, 0}, {200, 1.10, 0}, {200, 1.15, 0.90}, {200, 1.20, 0.99},
	} {
		runs := scaled(1000, 20_000) / min(test.operations, 10)
		_, found := pipelines(runs, test.operations, e, math.Log(test.effect))
		foretold := stat.NewPairedTest(pairs, stat.FamilyAlpha/float64(test.operations)).Power(math.Log(test.effect), sd, floor)
		t.Logf("%.0f %% slower, one of %d operations: found in %.1f %% of %d pipelines, foretold %.1f %%", 100*(test.effect-1), test.operations, 100*found, runs, 100*foretold)
		if math.Abs(found-foretold) > 4*math.Sqrt(foretold*(1-foretold)/float64(runs))+0.003 {
			t.Errorf("%.0f %% slower, one of %d operations: found in %.1f %% of pipelines, foretold %.1f %%", 100*(test.effect-1), test.operations, 100*found, 100*foretold)
		}
		if found < test.least {
			t.Errorf("%.0f %% slower, one of %d operations: found in %.1f %% of pipelines, want %.0f %%", 100*(test.effect-1), test.operations, 100*found, 100*test.least)
		}
	}
}

func TestPair(t *testing.T) {
	t.Parallel()
	inf := math.Inf(1)
	for _, test := range []struct {
		name        string
		differences []float64
		want        stat.Paired
	}{
		{"none", nil, stat.Paired{P: 1}},
		{"one", []float64{3}, stat.Paired{N: 1, Mean: 3, P: 1}},
		{"all alike", []float64{2, 2}, stat.Paired{N: 2, Mean: 2, T: inf}},
		{"all below", []float64{-2, -2}, stat.Paired{N: 2, Mean: -2, T: -inf, P: 1}},
		{"all zero", []float64{0, 0}, stat.Paired{N: 2, P: 1}},
		// T = 2.5/(1.29099/2); P from tables of t with 3 degrees of freedom.
		{"four", []float64{1, 2, 3, 4}, stat.Paired{N: 4, Mean: 2.5, SD: 1.290994, T: 3.872983, P: 0.015233}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got := stat.Pair(test.differences)
			round := cmp.Comparer(func(a, b float64) bool { return a == b || math.Abs(a-b) < 1e-6 })
			if diff := cmp.Diff(test.want, got, round); diff != "" {
				t.Errorf("Pair (-want +got):\n%s", diff)
			}
		})
	}
	four := stat.Pair([]float64{1, 2, 3, 4})
	if low, high := four.Low(0.05), four.High(0.05); math.Abs(low-0.980910) > 1e-6 || math.Abs(high-4.019090) > 1e-6 {
		t.Errorf("the effect is from %v to %v, want 0.980910 to 4.019090", low, high)
	}
	if low := stat.Pair(nil).Low(0.05); !math.IsInf(low, -1) {
		t.Errorf("the effect of nothing is at least %v", low)
	}
}

func TestHolm(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name    string
		p, want []float64
	}{
		{"none", nil, []float64{}},
		{"one", []float64{0.03}, []float64{0.03}},
		{"in no order", []float64{0.01, 0.04, 0.03, 0.005}, []float64{0.03, 0.06, 0.06, 0.02}},
		{"alike", []float64{0.02, 0.02}, []float64{0.04, 0.04}},
		{"not above one", []float64{0.9, 0.8}, []float64{1, 1}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			round := cmp.Comparer(func(a, b float64) bool { return math.Abs(a-b) < 1e-12 })
			if diff := cmp.Diff(test.want, stat.Holm(test.p), round); diff != "" {
				t.Errorf("Holm (-want +got):\n%s", diff)
			}
		})
	}
}

// TestBaseFirst: about half of all pairs begin with the base, and neighbours
// tell nothing of each other.
func TestBaseFirst(t *testing.T) {
	t.Parallel()
	var first, same float64
	const runs = 2000
	for seed := range uint64(runs) {
		order := stat.BaseFirst(seed, pairs)
		for i, b := range order {
			if b {
				first++
			}
			if i > 0 && b == order[i-1] {
				same++
			}
		}
	}
	if share := first / runs / pairs; math.Abs(share-0.5) > 0.01 {
		t.Errorf("%.3f of pairs begin with the base", share)
	}
	if share := same / runs / (pairs - 1); math.Abs(share-0.5) > 0.01 {
		t.Errorf("%.3f of neighbours have the same order", share)
	}
}
