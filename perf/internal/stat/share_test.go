package stat_test

import (
	"math"
	"testing"

	"github.com/plumbapi/plumb/perf/internal/stat"
)

// near reports whether two numbers agree to a share of 1e-11.
func near(a, b float64) bool { return math.Abs(a-b) <= 1e-11*math.Max(math.Abs(a), math.Abs(b)) }

// TestQuantiles compares with numbers worked out to 30 digits.
func TestQuantiles(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ df, tail, want float64 }{
		{1, 0.01, 31.82051595377396},
		{1, 0.00005, 6366.197671315936},
		{1, 1e-10, 3183098861.837907},
		{2, 0.01, 6.964556734283274},
		{2, 0.00005, 99.99249984374453},
		{2, 1e-10, 70710.67810804815},
		{4.5, 0.01, 3.527050890626092},
		{4.5, 0.00005, 12.90943131432212},
		{4.5, 1e-10, 241.117429191934},
		{23, 0.01, 2.499866739494668},
		{23, 0.00005, 4.693189001074786},
		{23, 1e-10, 10.72734023410948},
		{100, 0.01, 2.364217366238482},
		{100, 0.00005, 4.053336701201518},
		{100, 1e-10, 7.083375481400722},
		{10000, 0.01, 2.326720838669476},
		{10000, 0.00005, 3.892161983569836},
		{10000, 1e-10, 6.367941351482803},
	} {
		if got := stat.TTail(test.want, test.df); math.Abs(got-test.tail) > 1e-10*test.tail {
			t.Errorf("TTail(%v, %v) = %v, want %v", test.want, test.df, got, test.tail)
		}
		if got := -stat.TQuantile(test.tail, test.df); !near(got, test.want) {
			t.Errorf("TQuantile(%v, %v) = -%v, want -%v", test.tail, test.df, got, test.want)
		}
		// Near 1, a float64 holds fewer digits of the tail.
		if got := stat.TQuantile(1-test.tail, test.df); test.tail > 1e-9 && math.Abs(got-test.want) > 1e-8*test.want {
			t.Errorf("TQuantile(1-%v, %v) = %v, want %v", test.tail, test.df, got, test.want)
		}
	}
	for p, want := range map[float64]float64{0.5: 0, 0.975: 1.959963984540054, 0.99: 2.326347874040841, 1e-10: -6.361340902404056} {
		if got := stat.NormalQuantile(p); math.Abs(got-want) > 1e-11 {
			t.Errorf("NormalQuantile(%v) = %v, want %v", p, got, want)
		}
	}
	for _, got := range []float64{stat.TQuantile(2, 5), stat.TQuantile(0.5, 0), stat.TQuantile(math.NaN(), 5), stat.TTail(1, -1), stat.TTail(math.NaN(), 3)} {
		if !math.IsNaN(got) {
			t.Errorf("what is not defined is %v", got)
		}
	}
	if !math.IsInf(stat.TQuantile(1, 5), 1) || !math.IsInf(stat.TQuantile(0, 5), -1) || stat.TQuantile(0.5, 5) != 0 {
		t.Error("the ends and the middle of t are not where they should be")
	}
}

// TestIntervals compares with numbers worked out to 30 digits.
func TestIntervals(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		bad, n, confidence float64
		exact              stat.Interval
	}{
		{0, 10, 0.95, stat.Interval{0, 0.30849710781876}},
		{1, 10, 0.95, stat.Interval{0.0025285785444618, 0.4450161170282}},
		{10, 10, 0.95, stat.Interval{0.69150289218124, 1}},
		{5, 100, 0.99, stat.Interval{0.01094033358479, 0.13514468253562}},
		{3, 12_000, 0.99, stat.Interval{2.8157232511434e-5, 0.00091448576977918}},
		{600, 12_000, 0.99, stat.Interval{0.045012997475627, 0.055347673849985}},
		{0, 0, 0.95, stat.Interval{0, 1}},
	} {
		if got := stat.ClopperPearson(test.bad, test.n, test.confidence); !near(got.Low, test.exact.Low) || !near(got.High, test.exact.High) {
			t.Errorf("ClopperPearson(%v, %v, %v) = %v, want %v", test.bad, test.n, test.confidence, got, test.exact)
		}
	}
}

// TestCoverage adds up, over every outcome, how probable it is that an
// interval holds the true share: no less often than it says.
func TestCoverage(t *testing.T) {
	t.Parallel()
	const confidence = 0.99
	for _, n := range []int{30, 200} {
		for p := 0.005; p < 1; p += 0.011 {
			var exact float64
			logP, logQ := math.Log(p), math.Log1p(-p)
			all, _ := math.Lgamma(float64(n + 1))
			for x := range n + 1 {
				a, _ := math.Lgamma(float64(x + 1))
				b, _ := math.Lgamma(float64(n - x + 1))
				probability := math.Exp(all - a - b + float64(x)*logP + float64(n-x)*logQ)
				if in := stat.ClopperPearson(float64(x), float64(n), confidence); in.Low <= p && p <= in.High {
					exact += probability
				}
			}
			if exact < confidence-1e-9 {
				t.Errorf("the exact interval of %d holds %v in %.4f of all cases", n, p, exact)
			}
		}
	}
}

func TestAllowed(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name    string
		share   float64
		planned uint64
		want    uint64
	}{
		{"whole", 0.01, 1000, 10},
		{"rounded down", 0.01, 1099, 10},
		{"a product that rounding spoils", 0.07, 100, 7},
		{"no budget at all", 0, 100, 0},
		{"nothing planned", 0.01, 0, 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			if got := stat.Allowed(test.share, test.planned); got != test.want {
				t.Errorf("Allowed = %v, want %v", got, test.want)
			}
		})
	}
}
