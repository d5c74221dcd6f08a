package compare_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/perf"
	"github.com/plumbapi/plumb/perf/compare"
	"github.com/plumbapi/plumb/perf/schedule"
)

func quiet() *world {
	return &world{rng: rand.New(rand.NewPCG(3, 4)), between: 0.02, within: 0.02, requests: 300}
}

func TestVerdicts(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name   string
		world  func(w *world)
		change func(b compare.Block, r *perf.Result)
		want   perf.Verdict
		reason string
	}{
		{"nothing changed", func(*world) {}, nil, perf.Pass, "at most"},
		{"half as slow again", func(w *world) { w.slower = map[string]float64{"GET /0": 0.5} }, nil, perf.Fail, "slower ("},
		{"fails now and then", func(w *world) { w.failing = map[string]float64{"GET /0": 0.03} }, nil, perf.Fail, "of requests fail, 0.0 % at base"},
		{"faster", func(w *world) { w.slower = map[string]float64{"GET /0": -0.3} }, nil, perf.Pass, "at most 0.0 % slower"},
		{"too noisy to tell", func(w *world) { w.within = 0.8 }, nil, perf.Inconclusive, "between"},
		{"head does not answer", func(*world) {}, func(b compare.Block, r *perf.Result) {
			if b.Side == compare.Head {
				m := &r.Operations[0]
				m.Good, m.Bad = 0, perf.Bad{Transport: m.Sent}
			}
		}, perf.Fail, "100.0 % of requests fail"},
		{"base does not answer", func(*world) {}, func(b compare.Block, r *perf.Result) {
			if b.Side == compare.Base {
				m := &r.Operations[0]
				m.Good, m.Bad = 0, perf.Bad{Transport: m.Sent}
			}
		}, perf.Invalid, "to base was answered well"},
		{"nothing sent", func(*world) {}, func(_ compare.Block, r *perf.Result) {
			r.Operations[0] = perf.Measured{Operation: "GET /0"}
		}, perf.Invalid, "nothing was sent"},
		{"a late generator", func(*world) {}, func(b compare.Block, r *perf.Result) {
			if b.Pair%2 == 0 {
				m := &r.Operations[0]
				m.Unsent.Late, m.Due = 30, m.Due+30
			}
		}, perf.Invalid, "the generator was late in 12 of 24 pairs"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			w := quiet()
			tt.world(w)
			c, err := compare.Run(t.Context(), plan(1), compare.Options{}, func(ctx context.Context, b compare.Block) (*perf.Result, error) {
				r, err := w.send(ctx, b)
				if tt.change != nil {
					tt.change(b, r)
				}
				return r, err
			})
			if err != nil {
				t.Fatal(err)
			}
			op := c.Operations[0]
			if op.Verdict != tt.want || c.Verdict != tt.want || !strings.Contains(op.Reason, tt.reason) {
				t.Errorf("verdict %s (%s), want %s with %q", op.Verdict, op.Reason, tt.want, tt.reason)
			}
		})
	}
}

// TestInterrupted shows that a comparison that ends early keeps what it has
// and does not pass.
func TestInterrupted(t *testing.T) {
	t.Parallel()
	w := quiet()
	c, err := compare.Run(t.Context(), plan(2), compare.Options{}, func(ctx context.Context, b compare.Block) (*perf.Result, error) {
		if b.Pair == 10 {
			return nil, errors.New("connection refused")
		}
		return w.send(ctx, b)
	})
	if err != nil {
		t.Fatal(err)
	}
	if c.Verdict != perf.Inconclusive || c.Pairs != 10 || !strings.Contains(c.Incomplete, "after 10 of 24 pairs: ") {
		t.Errorf("verdict %s after %d pairs, incomplete %q", c.Verdict, c.Pairs, c.Incomplete)
	}
}

// TestOrder shows that base and head take turns by coins: about half of the
// pairs begin with head.
func TestOrder(t *testing.T) {
	t.Parallel()
	w := quiet()
	first := map[int]compare.Side{}
	_, err := compare.Run(t.Context(), plan(1), compare.Options{Pairs: 100, Seed: 5}, func(ctx context.Context, b compare.Block) (*perf.Result, error) {
		if _, ok := first[b.Pair]; !ok {
			first[b.Pair] = b.Side
		}
		return w.send(ctx, b)
	})
	if err != nil {
		t.Fatal(err)
	}
	heads := 0
	for _, s := range first {
		heads += int(s)
	}
	if heads < 30 || heads > 70 {
		t.Errorf("%d of 100 pairs begin with head", heads)
	}
}

func TestDesign(t *testing.T) {
	t.Parallel()
	p := plan(3)
	p.Operations[2].Weight = 0.5
	p.Stages = []schedule.Stage{{For: time.Second, From: 500, To: 500, WarmUp: true}, {For: time.Minute, From: 10, To: 50}}
	d, err := compare.Plan(p, compare.Options{})
	if err != nil {
		t.Fatal(err)
	}
	// A fifth of 50/s is 10/s: 300 requests take 30 s.
	if d.Rate != 50 || d.Rare != "GET /2" || d.Block.Round(100*time.Millisecond) != 30*time.Second || d.Least < 299 {
		t.Errorf("design %+v", d)
	}
	if got, want := d.Duration().Round(time.Minute), 25*time.Minute; got != want {
		t.Errorf("it lasts %v, want %v", got, want)
	}
}

func TestWrongOptions(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		o    compare.Options
		want string
	}{
		{compare.Options{Pairs: 1}, "1 pairs of blocks are not between 3 and 1000"},
		{compare.Options{Requests: 5}, "a block of 5 requests is too short: no quantile stands on fewer than 20"},
		{compare.Options{Quantile: 95}, "quantile 95 is not between 0 and 1"},
		{compare.Options{Effect: 0.02}, "a slowdown of 2 % cannot be ruled out when less than 5 % does not count"},
		{compare.Options{Rate: -1}, "blocks cannot be sent at -1 requests a second"},
	} {
		_, err := compare.Plan(plan(1), tt.o)
		if err == nil {
			t.Errorf("no error for %+v", tt.o)
			continue
		}
		if diff := cmp.Diff(tt.want, err.Error()); diff != "" {
			t.Errorf("error (-want +got):\n%s", diff)
		}
	}
}
