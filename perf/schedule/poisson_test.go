package schedule_test

import (
	"math"
	"slices"
	"testing"
	"time"

	"github.com/plumbapi/plumb/perf/schedule"
)

func poisson(t testing.TB, seed uint64, stages ...schedule.Stage) *schedule.Schedule {
	t.Helper()
	s, err := schedule.Poisson(seed, stages...)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// TestGapsAreExponential compares the gaps of many requests with the
// exponential distribution (Kolmogorov and Smirnov: the distance of n gaps
// exceeds 1.95/√n once in a thousand seeds), and neighbours with each other.
func TestGapsAreExponential(t *testing.T) {
	t.Parallel()
	moments := all(poisson(t, 3, schedule.Constant(1000, time.Minute)...))
	gaps := make([]float64, len(moments)-1)
	for i := range gaps {
		gaps[i] = (moments[i+1] - moments[i]).Seconds() * 1000
	}
	var product float64
	for i := range gaps[1:] {
		product += (gaps[i] - 1) * (gaps[i+1] - 1)
	}
	n := float64(len(gaps))
	if correlation := product / n; math.Abs(correlation) > 4/math.Sqrt(n) {
		t.Errorf("neighbouring gaps correlate by %v", correlation)
	}
	slices.Sort(gaps)
	var distance float64
	for i, gap := range gaps {
		distance = max(distance, math.Abs(1-math.Exp(-gap)-float64(i)/n))
	}
	if distance > 1.95/math.Sqrt(n) {
		t.Errorf("gaps are %v away from an exponential distribution", distance)
	}
}

// TestCountsScatter compares mean and variance of the counts in windows of
// very different lengths: those of a Poisson process, given the total, are
// n·p and n·p·(1−p).
func TestCountsScatter(t *testing.T) {
	t.Parallel()
	const seeds = 2000
	stages := slices.Concat(schedule.Ramp(0, 100, time.Minute), schedule.Constant(20, time.Minute))
	for _, at := range []time.Duration{time.Second, 10 * time.Second, 40 * time.Second, 70 * time.Second, 119 * time.Second} {
		var sum, squares, p, n float64
		for seed := range uint64(seeds) {
			s := poisson(t, seed, stages...)
			n, p = float64(s.Total()), s.Expected(at)/s.Expected(s.Duration())
			count := float64(s.Count(at))
			sum += count
			squares += (count - n*p) * (count - n*p)
		}
		want := n * p * (1 - p)
		if mean := sum / seeds; math.Abs(mean-n*p) > 4*math.Sqrt(want/seeds) {
			t.Errorf("%v requests are due before %v on average, want %v", mean, at, n*p)
		}
		// The variance of a variance is about 2/seeds of its square, and more
		// where the counts are small.
		if got := squares / seeds; math.Abs(got-want) > 4*want*math.Sqrt((2+1/want)/seeds) {
			t.Errorf("the variance of the count before %v is %v, want %v", at, got, want)
		}
	}
}

// TestSeeds: the seed decides, and another one decides otherwise.
func TestSeeds(t *testing.T) {
	t.Parallel()
	a, b, c := poisson(t, 1, plans()["steps"]...), poisson(t, 1, plans()["steps"]...), poisson(t, 2, plans()["steps"]...)
	if !slices.Equal(all(a), all(b)) {
		t.Error("one seed gives two schedules")
	}
	if slices.Equal(all(a), all(c)) {
		t.Error("two seeds give one schedule")
	}
	// What a shard on another machine works out must not change unnoticed.
	if got, want := a.Intended(1000), 19_503*time.Millisecond; got.Round(time.Millisecond) != want {
		t.Errorf("request 1000 is due at %v, want %v", got.Round(time.Millisecond), want)
	}
}

func BenchmarkIntended(b *testing.B) {
	stages := slices.Concat(schedule.Steps(100, 1000, 20, time.Minute), schedule.Constant(1000, 24*time.Hour))
	even, err := schedule.New(stages...)
	if err != nil {
		b.Fatal(err)
	}
	random := poisson(b, 1, stages...)
	for name, s := range map[string]*schedule.Schedule{"even": even, "Poisson": random} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for i := uint64(0); b.Loop(); i++ {
				s.Intended(i * 7919 % s.Total())
			}
		})
		b.Run(name+", in order", func(b *testing.B) {
			b.ReportAllocs()
			c := s.Cursor()
			for i := uint64(0); b.Loop(); i++ {
				c.Intended(i % s.Total())
			}
		})
	}
}
