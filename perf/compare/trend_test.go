package compare_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/plumbapi/plumb/perf"
	"github.com/plumbapi/plumb/perf/compare"
	"github.com/plumbapi/plumb/perf/histogram"
)

// nights makes a history of one operation with a level for each run.
func nights(levels ...float64) []compare.Past {
	rng := rand.New(rand.NewPCG(9, 9))
	var runs []compare.Past
	for i, level := range levels {
		h := new(histogram.Histogram)
		h.AddN(time.Duration(level*(1+0.01*rng.NormFloat64())*float64(time.Millisecond)), 500)
		runs = append(runs, compare.Past{Name: fmt.Sprintf("night-%02d", i), Result: &perf.Result{
			Clock:      perf.FromIntended,
			Operations: []perf.Measured{{Operation: "GET /issues", Due: 500, Sent: 500, Good: 500, Response: h}},
		}})
	}
	return runs
}

func levels(parts ...[2]float64) []float64 {
	var list []float64
	for _, p := range parts {
		for range int(p[1]) {
			list = append(list, p[0])
		}
	}
	return list
}

func TestFollow(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name   string
		levels []float64
		want   perf.Verdict
		reason string
	}{
		{"level", levels([2]float64{80, 20}), perf.Pass, "no change of level in 20 runs"},
		{"slower since the fifteenth", levels([2]float64{80, 14}, [2]float64{100, 6}), perf.Fail, "since night-14"},
		{"faster", levels([2]float64{80, 14}, [2]float64{60, 6}), perf.Pass, "since night-14"},
		{"slower and mended", levels([2]float64{80, 10}, [2]float64{120, 8}, [2]float64{80, 8}), perf.Pass, "since night-18"},
		{"below the floor", levels([2]float64{80, 15}, [2]float64{82, 15}), perf.Pass, "no change"},
		{"young", levels([2]float64{80, 3}), perf.Inconclusive, "3 runs; a change shows in 6 runs or more"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			trend, err := compare.Follow(nights(tt.levels...), nil, compare.Options{})
			if err != nil {
				t.Fatal(err)
			}
			op := trend.Operations[0]
			if op.Verdict != tt.want || trend.Verdict != tt.want || !strings.Contains(op.Reason, tt.reason) {
				t.Errorf("verdict %s (%s), want %s with %q", op.Verdict, op.Reason, tt.want, tt.reason)
			}
		})
	}
}

func TestFollowRefusesOtherClocks(t *testing.T) {
	t.Parallel()
	runs := nights(80, 80, 80)
	runs[1].Result.Clock = perf.Closed
	_, err := compare.Follow(runs, nil, compare.Options{})
	if err == nil || !strings.Contains(err.Error(), "night-01 measures response times from another moment (closed)") {
		t.Errorf("error %v", err)
	}
}

// TestFollowNeedsTheLastRun shows that an operation that the last run did not
// reach is not passed on what runs before it say.
func TestFollowNeedsTheLastRun(t *testing.T) {
	t.Parallel()
	runs := nights(levels([2]float64{80, 12})...)
	runs[11].Result.Operations[0] = perf.Measured{Operation: "GET /issues"}
	trend, err := compare.Follow(runs, nil, compare.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if trend.Verdict != perf.Invalid {
		t.Errorf("verdict %s", trend.Verdict)
	}
}
