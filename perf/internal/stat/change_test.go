package stat_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/perf/internal/stat"
)

// history draws values around levels, each of which lasts for so many values.
func history(rng *rand.Rand, sd float64, levels ...[2]float64) []float64 {
	var values []float64
	for _, l := range levels {
		for range int(l[1]) {
			values = append(values, l[0]+sd*rng.NormFloat64())
		}
	}
	return values
}

func TestChangePoints(t *testing.T) {
	t.Parallel()
	steps := func(levels ...[2]float64) []float64 {
		return history(rand.New(rand.NewPCG(1, 1)), 0.01, levels...)
	}
	for _, test := range []struct {
		name   string
		values []float64
		floor  float64
		want   []int
	}{
		{"nothing", nil, 0, nil},
		{"too few", []float64{1, 1, 9, 9, 9}, 0, nil},
		{"no number", append(steps([2]float64{1, 20}, [2]float64{2, 20}), math.NaN()), 0, nil},
		{"no noise at all", []float64{1, 1, 1, 1, 2, 2, 2, 2}, 0, []int{4}},
		{"a constant", []float64{3, 3, 3, 3, 3, 3, 3, 3, 3}, 0, nil},
		{"one step", steps([2]float64{1, 30}, [2]float64{1.1, 30}), 0, []int{30}},
		{"one step below the floor", steps([2]float64{1, 30}, [2]float64{1.1, 30}), 0.2, nil},
		{"up and down", steps([2]float64{1, 25}, [2]float64{1.1, 25}, [2]float64{1, 25}), 0, []int{25, 50}},
		{"late", steps([2]float64{1, 195}, [2]float64{1.1, 5}), 0, []int{195}},
		{"many", steps([2]float64{1, 20}, [2]float64{2, 20}, [2]float64{3, 20}, [2]float64{1, 40}, [2]float64{4, 20}), 0, []int{20, 40, 60, 100}},
		{"one outlier", append(steps([2]float64{1, 30}), append([]float64{5}, steps([2]float64{1, 30})...)...), 0, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			var got []int
			for _, c := range stat.ChangePoints(test.values, stat.ChangeOptions{Floor: test.floor}) {
				got = append(got, c.Index)
				if c.P > 1e-4 || c.Before == c.After {
					t.Errorf("%+v is no change", c)
				}
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("ChangePoints (-want +got):\n%s", diff)
			}
		})
	}
}

// TestChangePointsInNoise counts histories of 100 values without a change in
// which one is found, and how soon a change is seen.
func TestChangePointsInNoise(t *testing.T) {
	t.Parallel()
	rng, runs := rand.New(rand.NewPCG(3, 3)), scaled(200, 20_000)
	for _, level := range []float64{1e-3, 1e-4} {
		alarms := 0.0
		for range runs {
			if len(stat.ChangePoints(history(rng, 1, [2]float64{0, 100}), stat.ChangeOptions{Level: level})) > 0 {
				alarms++
			}
		}
		share := alarms / float64(runs)
		t.Logf("level %v: %.2f %% of %d histories of 100 values have a false alarm", level, 100*share, runs)
		if level == 1e-4 && share > atMost(0.01, float64(runs)) {
			t.Errorf("%.2f %% of histories have a false alarm, want at most 1 %%", 100*share)
		}
	}
	for _, test := range []struct{ shift, after, least float64 }{{2, 5, 0}, {2, 10, 0.85}, {3, 5, 0.9}, {5, 3, 0.9}} {
		found := 0.0
		for range runs {
			values := history(rng, 1, [2]float64{0, 60}, [2]float64{test.shift, test.after})
			for _, c := range stat.ChangePoints(values, stat.ChangeOptions{}) {
				if math.Abs(float64(c.Index-60)) <= 3 {
					found++
					break
				}
			}
		}
		share := found / float64(runs)
		t.Logf("a shift of %v standard deviations is found after %v values in %.1f %%", test.shift, test.after, 100*share)
		if share < test.least {
			t.Errorf("a shift of %v standard deviations is found after %v values in %.1f %%, want %.0f %%", test.shift, test.after, 100*share, 100*test.least)
		}
	}
}

// TestChangePointsDoNotDependOnDirection: a history read backwards changes at
// the same places, and one turned upside down as well.
func TestChangePointsDoNotDependOnDirection(t *testing.T) {
	t.Parallel()
	values := history(rand.New(rand.NewPCG(5, 5)), 0.5, [2]float64{1, 20}, [2]float64{4, 15}, [2]float64{2, 15})
	backwards, upsideDown := make([]float64, len(values)), make([]float64, len(values))
	for i, v := range values {
		backwards[len(values)-1-i] = v
		upsideDown[i] = -v
	}
	want := []int{20, 35}
	index := func(values []float64, read func(int) int) (got []int) {
		for _, c := range stat.ChangePoints(values, stat.ChangeOptions{}) {
			got = append(got, read(c.Index))
		}
		return got
	}
	same := func(i int) int { return i }
	if diff := cmp.Diff(want, index(values, same)); diff != "" {
		t.Errorf("forwards (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(want, index(upsideDown, same)); diff != "" {
		t.Errorf("upside down (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]int{35, 20}, index(backwards, func(i int) int { return len(values) - i })); diff != "" {
		t.Errorf("backwards (-want +got):\n%s", diff)
	}
}

func BenchmarkChangePoints(b *testing.B) {
	values := history(rand.New(rand.NewPCG(1, 1)), 1, [2]float64{0, 200}, [2]float64{3, 165})
	b.ReportAllocs()
	for b.Loop() {
		if len(stat.ChangePoints(values, stat.ChangeOptions{})) == 0 {
			b.Fatal("nothing is found")
		}
	}
}
