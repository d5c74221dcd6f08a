package stat_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/plumbapi/plumb/perf/internal/stat"
)

// TestRequiredRequests simulates runs of the length that is required: the
// share of them in which the score test finds the difference is the power.
func TestRequiredRequests(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(1, 1))
	for _, test := range []struct{ budget, share float64 }{{0.05, 0.075}, {0.05, 0.025}, {0.01, 0.02}, {0.1, 0.12}} {
		n := stat.RequiredRequests(test.budget, test.share, 0.01, 0.9, 1)
		z := stat.NormalQuantile(0.99)
		found, runs := 0.0, scaled(2000, 20_000)
		for range runs {
			// The count is nearly normal at these sizes.
			bad := math.Round(n*test.share + math.Sqrt(n*test.share*(1-test.share))*rng.NormFloat64())
			off := (bad/n - test.budget) / math.Sqrt(test.budget*(1-test.budget)/n)
			if test.share > test.budget && off > z || test.share < test.budget && off < -z {
				found++
			}
		}
		if power := found / float64(runs); math.Abs(power-0.9) > 0.03 {
			t.Errorf("%.0f requests tell %v from %v in %.3f of runs, want 0.9", n, test.share, test.budget, power)
		}
		if got := stat.DetectableShare(test.budget, n, 0.01, 0.9, 1); test.share > test.budget && math.Abs(got-test.share) > 1e-4 {
			t.Errorf("%.0f requests tell %v from %v, want %v", n, got, test.budget, test.share)
		}
		if clustered := stat.RequiredRequests(test.budget, test.share, 0.01, 0.9, 5); math.Abs(clustered-5*n) > 5 {
			t.Errorf("with a design effect of 5, %v requests are required, not five times %v", clustered, n)
		}
	}
	if n := stat.RequiredRequests(0.01, 0.01, 0.01, 0.9, 1); !math.IsInf(n, 1) {
		t.Errorf("%v requests tell a share from itself", n)
	}
	if got := stat.DetectableShare(0.05, 0, 0.01, 0.9, 1); got != 1 {
		t.Errorf("no request tells %v from 0.05", got)
	}
}

func TestFaultlessRequests(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ budget, alpha, effect, want float64 }{
		{0.01, 0.05, 1, 299}, {0.01, 0.01, 1, 459}, {0.001, 0.01, 1, 4603}, {0.01, 0.05, 5, 1491}, {0.01, 0.05, 0.5, 299},
	} {
		if got := stat.FaultlessRequests(test.budget, test.alpha, test.effect); got != test.want {
			t.Errorf("FaultlessRequests(%v, %v, %v) = %v, want %v", test.budget, test.alpha, test.effect, got, test.want)
		}
	}
}

// TestPairedSizes: the sizes are inverses of the power.
func TestPairedSizes(t *testing.T) {
	t.Parallel()
	floor := math.Log(1.05)
	for _, sd := range []float64{0.01, 0.05, 0.1} {
		for _, alpha := range []float64{0.01, 0.01 / 200} {
			effect := stat.NewPairedTest(24, alpha).Detectable(sd, floor, 0.9)
			if got := stat.NewPairedTest(24, alpha).Power(effect, sd, floor); math.Abs(got-0.9) > 1e-6 {
				t.Errorf("the effect %v is found in %v of runs, want 0.9", effect, got)
			}
			n, ok := stat.RequiredPairs(effect+1e-9, sd, alpha, floor, 0.9)
			if !ok || n > 24 || stat.NewPairedTest(n-1, alpha).Power(effect, sd, floor) >= 0.9 {
				t.Errorf("the effect %v needs %d pairs, want 24 or as few as have the power", effect, n)
			}
		}
	}
	if _, ok := stat.RequiredPairs(floor, 0.1, 0.01, floor, 0.9); ok {
		t.Error("an effect at the floor is found in 90 % of runs")
	}
	if power := stat.NewPairedTest(1, 0.01).Power(1, 0.1, 0); power != 0 {
		t.Errorf("one pair has the power %v", power)
	}
	if effect := stat.NewPairedTest(1, 0.01).Detectable(0.1, 0, 0.9); !math.IsInf(effect, 1) {
		t.Errorf("one pair finds %v", effect)
	}
}

// TestLogQuantileSD takes the logarithm of the p95 of 300 latencies again and
// again.
func TestLogQuantileSD(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(2, 2))
	const n, q, sigma = 1200, 0.95, 0.5
	var sum, squares float64
	runs := scaled(500, 5000)
	top := make([]float64, n)
	for range runs {
		for i := range top {
			top[i] = sigma * rng.NormFloat64()
		}
		x := quantile(top, q)
		sum += x
		squares += x * x
	}
	mean := sum / float64(runs)
	got, want := math.Sqrt(squares/float64(runs)-mean*mean), stat.LogQuantileSD(q, sigma, n)
	if math.Abs(got-want) > 0.12*want {
		t.Errorf("the standard deviation is %v, want %v", got, want)
	}
}
