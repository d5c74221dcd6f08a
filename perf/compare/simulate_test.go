package compare_test

import (
	"context"
	"math"
	"math/rand/v2"
	"os"
	"strconv"
	"testing"
	"time"

	"github.com/plumbapi/plumb/perf"
	"github.com/plumbapi/plumb/perf/compare"
	"github.com/plumbapi/plumb/perf/histogram"
	"github.com/plumbapi/plumb/perf/schedule"
)

// full says that simulations run as often as their numbers promise.
func full() bool { return os.Getenv("PLUMB_SIMULATIONS") != "" }

// world is a simulated service in two versions.
type world struct {
	rng *rand.Rand
	// between is the standard deviation of the logarithm of latency from block
	// to block, within the one of a block's quantile around that.
	between, within float64
	requests        uint64
	// slower multiplies the latency of an operation of head.
	slower map[string]float64
	// failing is the share of bad requests of an operation of head.
	failing map[string]float64
	level   float64 // of the noise, which goes on from block to block
}

// send returns what a block measures. A block's requests all take its
// quantile: nothing else of them is looked at.
func (w *world) send(_ context.Context, b compare.Block) (*perf.Result, error) {
	const correlation = 0.5
	w.level = correlation*w.level + math.Sqrt(1-correlation*correlation)*w.rng.NormFloat64()
	r := &perf.Result{Clock: perf.FromIntended}
	for _, op := range b.Plan.Operations {
		m := perf.Measured{Operation: op.Name, Due: w.requests, Sent: w.requests, Response: new(histogram.Histogram)}
		q := 0.080 * math.Exp(w.between*w.level+w.within*w.rng.NormFloat64())
		if b.Side == compare.Head {
			q *= 1 + w.slower[op.Name]
			for range w.requests {
				if w.rng.Float64() < w.failing[op.Name] {
					m.Bad.Status++
				}
			}
		}
		m.Good = m.Sent - m.Bad.Total()
		m.Response.AddN(time.Duration(q*float64(time.Second)), w.requests)
		r.Operations = append(r.Operations, m)
	}
	return r, nil
}

func plan(operations int) *perf.Plan {
	p := &perf.Plan{Stages: schedule.Constant(100, time.Minute)}
	for i := range operations {
		p.Operations = append(p.Operations, perf.Operation{Name: "GET /" + strconv.Itoa(i), Weight: 1})
	}
	return p
}

// TestFalseAlarms counts pipelines that fail although nothing has changed.
func TestFalseAlarms(t *testing.T) {
	t.Parallel()
	pipelines, operations := 200, 10
	switch {
	case full():
		pipelines, operations = 10_000, 50
	case testing.Short():
		pipelines = 20
	}
	alarms := 0
	p := plan(operations)
	for i := range pipelines {
		w := &world{rng: rand.New(rand.NewPCG(1, uint64(i))), between: 0.05, within: 0.061, requests: 300}
		c, err := compare.Run(t.Context(), p, compare.Options{Seed: uint64(i)}, w.send)
		if err != nil {
			t.Fatal(err)
		}
		if c.Verdict == perf.Fail {
			alarms++
		}
	}
	t.Logf("%d of %d pipelines over %d operations raise a false alarm", alarms, pipelines, operations)
	if share := float64(alarms) / float64(pipelines); share > 0.01 {
		t.Errorf("%.2f %% of pipelines raise a false alarm, want at most 1 %%", 100*share)
	}
}

// TestPower counts how often a slowdown of 10 % is found, alone.
func TestPower(t *testing.T) {
	t.Parallel()
	pipelines := 400
	switch {
	case full():
		pipelines = 10_000
	case testing.Short():
		t.Skip("a share of few pipelines says little")
	}
	found, passed, p := 0, 0, plan(1)
	for i := range pipelines {
		w := &world{
			rng: rand.New(rand.NewPCG(2, uint64(i))), between: 0.03, within: 0.061, requests: 300,
			slower: map[string]float64{"GET /0": 0.10},
		}
		c, err := compare.Run(t.Context(), p, compare.Options{Seed: uint64(i)}, w.send)
		if err != nil {
			t.Fatal(err)
		}
		if c.Operations[0].Latency.Worse {
			found++
		}
		if c.Verdict == perf.Pass {
			passed++
		}
	}
	share := float64(found) / float64(pipelines)
	wrong := float64(passed) / float64(pipelines)
	t.Logf("10 %% slower is found in %.1f %% of pipelines, and passed in %.2f %%", 100*share, 100*wrong)
	// The bound of a pass is wrong in one of a hundred, at most.
	if wrong > 0.015 {
		t.Errorf("10 %% slower passes in %.2f %% of pipelines, want at most 1 %%", 100*wrong)
	}
	if share < 0.90 {
		t.Errorf("10 %% slower is found in %.1f %% of pipelines, want 90 %% or more", 100*share)
	}
}
