package schedule_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/perf/schedule"
)

const minute = time.Minute

// plans are stages of every shape.
func plans() map[string][]schedule.Stage {
	return map[string][]schedule.Stage{
		"constant":              schedule.Constant(100, minute),
		"slow":                  schedule.Constant(1.0/7, 10*minute),
		"ramp from nothing":     schedule.Ramp(0, 250, minute),
		"ramp to nothing":       schedule.Ramp(250, 0, minute),
		"ramp a little":         schedule.Ramp(100, 100.001, minute),
		"steps":                 schedule.Steps(10, 200, 5, 7*time.Second),
		"spike":                 schedule.Spike(20, 400, 10*time.Second, 2*time.Second, 5*time.Second),
		"jump":                  schedule.Spike(20, 400, 10*time.Second, 0, 5*time.Second),
		"soak":                  schedule.Soak(30, minute, 5*minute),
		"warm-up":               slices.Concat(schedule.WarmUp(10, 5*time.Second), schedule.Ramp(10, 100, 10*time.Second), schedule.Constant(100, 20*time.Second)),
		"pause":                 slices.Concat(schedule.Constant(50, 3*time.Second), schedule.Constant(0, 5*time.Second), schedule.Constant(50, 3*time.Second)),
		"thirds":                slices.Concat(schedule.Constant(100.0/3, time.Second), schedule.Constant(200.0/3, time.Second), schedule.Constant(0, time.Second), schedule.Ramp(0.1, 0.7, minute)),
		"less than one":         schedule.Constant(0.01, time.Second),
		"ten thousand a second": schedule.Constant(10_000, 11*time.Second),
	}
}

// both makes an even and a random schedule of every plan.
func both(t *testing.T, f func(t *testing.T, s *schedule.Schedule)) {
	t.Helper()
	for name, stages := range plans() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, err := schedule.New(stages...)
			if err != nil {
				t.Fatal(err)
			}
			f(t, s)
		})
		t.Run(name+", Poisson", func(t *testing.T) {
			t.Parallel()
			s, err := schedule.Poisson(1, stages...)
			if err != nil {
				t.Fatal(err)
			}
			f(t, s)
		})
	}
}

func all(s *schedule.Schedule) []time.Duration {
	c, moments := s.Cursor(), make([]time.Duration, s.Total())
	for seq := range moments {
		moments[seq] = c.Intended(uint64(seq))
	}
	return moments
}

// TestMomentsAscend also shows that a cursor answers what the schedule does,
// in whatever order it is asked.
func TestMomentsAscend(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, s *schedule.Schedule) {
		moments := all(s)
		if !slices.IsSorted(moments) {
			t.Error("moments do not ascend")
		}
		if first, last := moments[0], moments[len(moments)-1]; first < 0 || last >= s.Duration() {
			t.Errorf("moments go from %v to %v, of %v", first, last, s.Duration())
		}
		rng, c := rand.New(rand.NewPCG(1, 1)), s.Cursor()
		for range 500 {
			seq := rng.Uint64N(s.Total())
			if got, fast := s.Intended(seq), c.Intended(seq); got != moments[seq] || fast != moments[seq] {
				t.Fatalf("Intended(%d) = %v, by a cursor %v, before that %v", seq, got, fast, moments[seq])
			}
		}
		if got := s.Intended(s.Total()); got != s.Duration() {
			t.Errorf("Intended(Total) = %v, want the end", got)
		}
		if got := c.Intended(math.MaxUint64); got != s.Duration() {
			t.Errorf("a cursor's Intended(MaxUint64) = %v, want the end", got)
		}
	})
}

// TestIntendedInvertsTheIntegral adds the rate up by small steps, which knows
// nothing of closed forms, and looks where request k is.
func TestIntendedInvertsTheIntegral(t *testing.T) {
	t.Parallel()
	for name, stages := range plans() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, err := schedule.New(stages...)
			if err != nil {
				t.Fatal(err)
			}
			step := time.Millisecond
			var sum float64
			for at := time.Duration(0); at < s.Duration(); at += step {
				if got := s.Expected(at); math.Abs(got-sum) > 1e-6*(1+sum) {
					t.Fatalf("Expected(%v) = %v, the sum of the rate is %v", at, got, sum)
				}
				sum += s.Rate(at+step/2) * step.Seconds()
			}
			if want := uint64(math.Ceil(sum - 1e-4)); s.Total() != want {
				t.Errorf("Total = %d, want %d", s.Total(), want)
			}
			for seq := range s.Total() {
				at := s.Intended(seq)
				// A nanosecond is this many requests.
				allowed := (s.Rate(at-1)+s.Rate(at)+s.Rate(at+1))*1e-9 + 1e-6
				if got := s.Expected(at); math.Abs(got-float64(seq)) > allowed {
					t.Fatalf("Expected(Intended(%d)) = %v", seq, got)
				}
			}
		})
	}
}

// TestCount compares with counting.
func TestCount(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, s *schedule.Schedule) {
		moments, rng := all(s), rand.New(rand.NewPCG(2, 2))
		asked := []time.Duration{-1, 0, 1, s.Duration() - 1, s.Duration(), s.Duration() + 1, math.MaxInt64}
		for range 500 {
			near := moments[rng.IntN(len(moments))]
			asked = append(asked, near, near+1, near-1, time.Duration(rng.Int64N(int64(s.Duration()))))
		}
		for _, at := range asked {
			want, _ := slices.BinarySearch(moments, at)
			if got := s.Count(at); got != uint64(want) {
				t.Errorf("Count(%v) = %d, want %d", at, got, want)
			}
		}
	})
}

// TestRateIsKept looks at every window of ten seconds: what is due there is
// what the rate says to within 0.1 % or one request.
func TestRateIsKept(t *testing.T) {
	t.Parallel()
	for name, stages := range plans() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, err := schedule.New(stages...)
			if err != nil {
				t.Fatal(err)
			}
			for at := time.Duration(0); at+10*time.Second <= s.Duration(); at += 377 * time.Millisecond {
				end := at + 10*time.Second
				got, want := float64(s.Count(end)-s.Count(at)), s.Expected(end)-s.Expected(at)
				if math.Abs(got-want) > max(0.001*want, 1+1e-6) {
					t.Errorf("%v requests are due from %v to %v, want %v", got, at, end, want)
				}
			}
		})
	}
}

// TestShards deals requests out and collects them again.
func TestShards(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, s *schedule.Schedule) {
		want := all(s)
		for _, n := range []int{1, 2, 3, 16} {
			if s.Total() < uint64(n) {
				continue
			}
			got := make([]time.Duration, len(want))
			var rate float64
			at := s.Duration() / 3
			var count uint64
			for i := range n {
				shard, err := s.Shard(i, n)
				if err != nil {
					t.Fatal(err)
				}
				for seq, moment := range all(shard) {
					got[shard.Number(uint64(seq))] = moment
				}
				rate += shard.Rate(at)
				count += shard.Count(at)
			}
			if !slices.Equal(want, got) {
				t.Errorf("%d shards are not the whole", n)
			}
			if math.Abs(rate-s.Rate(at)) > 1e-9*rate || count != s.Count(at) {
				t.Errorf("%d shards have the rate %v and %d requests at %v, want %v and %d", n, rate, count, at, s.Rate(at), s.Count(at))
			}
		}
	})
}

func TestShardOfAShard(t *testing.T) {
	t.Parallel()
	s, err := schedule.New(schedule.Constant(10, minute)...)
	if err != nil {
		t.Fatal(err)
	}
	half, err := s.Shard(1, 2)
	if err != nil {
		t.Fatal(err)
	}
	quarter, err := half.Shard(1, 2)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := quarter.Intended(1), s.Intended(7); got != want {
		t.Errorf("the second request of the last quarter is at %v, want %v", got, want)
	}
	for _, bad := range [][2]int{{2, 2}, {-1, 2}, {0, 0}, {0, 1000}} {
		if _, err := s.Shard(bad[0], bad[1]); err == nil {
			t.Errorf("there is a shard %d of %d", bad[0], bad[1])
		}
	}
}

// pacer is vegeta's Pacer.
type pacer interface {
	Pace(elapsed time.Duration, hits uint64) (wait time.Duration, stop bool)
	Rate(elapsed time.Duration) float64
}

func TestPace(t *testing.T) {
	t.Parallel()
	s, err := schedule.New(schedule.Constant(10, time.Second)...)
	if err != nil {
		t.Fatal(err)
	}
	var p pacer = s.Cursor()
	tests := []struct {
		elapsed time.Duration
		hits    uint64
		wait    time.Duration
		stop    bool
	}{
		{0, 0, 0, false},
		{0, 1, 100 * time.Millisecond, false},
		{30 * time.Millisecond, 1, 70 * time.Millisecond, false},
		{500 * time.Millisecond, 1, 0, false},
		{500 * time.Millisecond, 10, 0, true},
	}
	for _, test := range tests {
		if wait, stop := p.Pace(test.elapsed, test.hits); wait != test.wait || stop != test.stop {
			t.Errorf("Pace(%v, %d) = %v, %v; want %v, %v", test.elapsed, test.hits, wait, stop, test.wait, test.stop)
		}
	}
	if got := p.Rate(time.Second / 2); got != 10 {
		t.Errorf("Rate = %v, want 10", got)
	}
}

func TestWarmUp(t *testing.T) {
	t.Parallel()
	s, err := schedule.New(plans()["warm-up"]...)
	if err != nil {
		t.Fatal(err)
	}
	if got := s.WarmUp(); got != 5*time.Second || s.Count(got) != 50 {
		t.Errorf("warming up ends after %v and %d requests, want 5s and 50", got, s.Count(got))
	}
	for at, want := range map[time.Duration]int{-1: -1, 0: 0, 5*time.Second - 1: 0, 5 * time.Second: 1, 35*time.Second - 1: 2, 35 * time.Second: -1} {
		if got := s.StageAt(at); got != want {
			t.Errorf("StageAt(%v) = %d, want %d", at, got, want)
		}
	}
	if diff := cmp.Diff(plans()["warm-up"], s.Stages()); diff != "" {
		t.Errorf("Stages (-want +got):\n%s", diff)
	}
}

// TestPauseSendsNothing: what is due when a pause begins is due after it.
func TestPauseSendsNothing(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, s *schedule.Schedule) {
		for _, at := range all(s) {
			stage := s.Stages()[s.StageAt(at)]
			if stage.From == 0 && stage.To == 0 {
				t.Fatalf("a request is due at %v, in a pause", at)
			}
		}
	})
}

// TestContradictions names each by its stage.
func TestContradictions(t *testing.T) {
	t.Parallel()
	good := schedule.Constant(10, minute)
	tests := []struct {
		name   string
		stages []schedule.Stage
		want   string
	}{
		{"nothing", nil, "there are no stages, so nothing is ever sent"},
		{"an empty stage", slices.Concat(good, schedule.Constant(10, 0)), "stage 2 (constant) lasts 0s; it has to last longer than nothing"},
		{"a negative rate", schedule.Ramp(10, -5, minute), "stage 1 (ramp) has the rate -5/s, which is below zero"},
		{"no number", schedule.Ramp(math.NaN(), 5, minute), "stage 1 (ramp) has the rate NaN, which is no number"},
		{"no end", schedule.Ramp(1, math.Inf(1), minute), "stage 1 (ramp) has the rate +Inf, which is no number"},
		{"too fast", schedule.Constant(2e9, minute), "stage 1 (constant) has the rate 2e+09/s, more than one request a nanosecond"},
		{"silence at the end", slices.Concat(good, schedule.Ramp(0, 0, minute)), "stage 2 (ramp) has the rate 0 from end to end and is the last: the run would wait 1m0s for nothing"},
		{"silence at the start", slices.Concat([]schedule.Stage{{For: minute}}, good), "stage 1 has the rate 0 from end to end and is the first: the run would wait 1m0s for nothing"},
		{"silence alone", schedule.Ramp(0, 0, minute), "every measured stage has the rate 0, so nothing is ever measured"},
		{"only warm-up", schedule.WarmUp(10, minute), "every stage is for warming up, so nothing is measured"},
		{"late warm-up", slices.Concat(good, schedule.WarmUp(10, minute)), "stage 2 (warm-up) is for warming up, but stage 1 before it is measured already"},
		{"too many", schedule.Constant(1e9, 100*time.Second), "there are 1e+11 requests; at most 68719476736 can be numbered"},
		{"too few", schedule.Constant(1e-9, time.Second), "the rates are so low that no request is due in 1s"},
		{"too long", slices.Concat(good, schedule.Constant(1, math.MaxInt64)), "stage 2 (constant) ends later than ten years after the start"},
		{"two at once", []schedule.Stage{{For: -1, From: -1, To: -2}, {Name: "b", For: 0}}, "stage 1 lasts -1ns; it has to last longer than nothing\nstage 1 has the rate -1/s, which is below zero\nstage 2 (b) lasts 0s; it has to last longer than nothing"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			for kind, f := range map[string]func() (*schedule.Schedule, error){
				"New":     func() (*schedule.Schedule, error) { return schedule.New(test.stages...) },
				"Poisson": func() (*schedule.Schedule, error) { return schedule.Poisson(1, test.stages...) },
			} {
				s, err := f()
				if err == nil || s != nil {
					t.Fatalf("%s accepts it", kind)
				}
				if diff := cmp.Diff(test.want, err.Error()); diff != "" {
					t.Errorf("%s (-want +got):\n%s", kind, diff)
				}
			}
		})
	}
}

func ExampleNew() {
	s, err := schedule.New(slices.Concat(
		schedule.WarmUp(20, 10*time.Second),
		schedule.Ramp(20, 100, 30*time.Second),
		schedule.Constant(100, time.Minute),
	)...)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(s.Total(), "requests in", s.Duration())
	fmt.Println("request 1000 is due at", s.Intended(1000).Round(time.Millisecond))
	// Output:
	// 8000 requests in 1m40s
	// request 1000 is due at 28.117s
}
