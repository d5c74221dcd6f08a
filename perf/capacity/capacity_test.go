package capacity_test

import (
	"context"
	"errors"
	"io/fs"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"go.yaml.in/yaml/v4"

	"github.com/plumbapi/plumb/check/checktest"
	"github.com/plumbapi/plumb/perf"
	"github.com/plumbapi/plumb/perf/capacity"
)

// TestQueues searches on queues whose capacity is known, from starts between
// an eighth and four times of it.
func TestQueues(t *testing.T) {
	t.Parallel()
	var offs []float64
	for _, tt := range []struct {
		servers int
		mean    time.Duration
		within  time.Duration
		budget  float64
	}{
		{1, 10 * time.Millisecond, 100 * time.Millisecond, 0.05},
		{4, 40 * time.Millisecond, 200 * time.Millisecond, 0.05},
		{16, 100 * time.Millisecond, 500 * time.Millisecond, 0.05},
	} {
		seeds := 2
		if full() {
			seeds = 100
		}
		for seed := range uint64(seeds) {
			q := &queue{servers: tt.servers, mean: tt.mean, rng: rand.New(rand.NewPCG(seed, 5))}
			want := q.capacity(tt.within, tt.budget)
			start := want * math.Exp2(q.rng.Float64()*5-3)
			c, err := capacity.Search(t.Context(), plan(start, tt.within, 1-tt.budget), capacity.Options{
				Length: time.Duration(20_000 / want * float64(time.Second)),
			}, q.probe)
			if err != nil {
				t.Fatal(err)
			}
			off := math.Abs(c.Rate/want - 1)
			offs = append(offs, off)
			if len(c.Probes) > 12 {
				t.Errorf("%d probes", len(c.Probes))
			}
			if off > 0.05 {
				t.Logf("%+v, seed %d: %.1f/s found, %.1f/s is true, %d probes: %s", tt, seed, c.Rate, want, len(c.Probes), c.Reason)
			}
		}
	}
	slices.Sort(offs)
	within := 0
	for _, off := range offs {
		if off <= 0.05 {
			within++
		}
	}
	t.Logf("%d of %d searches end within 5 %% of the truth, half of them within %.1f %%, the worst is off by %.1f %%",
		within, len(offs), 100*offs[len(offs)/2], 100*offs[len(offs)-1])
	if float64(within) < 0.99*float64(len(offs)) {
		t.Errorf("only %d of %d searches end within 5 %% of the truth", within, len(offs))
	}
}

func TestVerdicts(t *testing.T) {
	t.Parallel()
	one := func() *queue {
		return &queue{servers: 1, mean: 10 * time.Millisecond, rng: rand.New(rand.NewPCG(1, 2))}
	}
	for _, tt := range []struct {
		name   string
		queue  func(q *queue)
		o      capacity.Options
		broken int // the probe that cannot be made, from 1
		want   perf.Verdict
		reason string
	}{
		{name: "found", want: perf.Pass, reason: "then GET /issues misses its budget first (within 100 ms)"},
		{name: "enough", o: capacity.Options{Min: 50}, want: perf.Pass, reason: "and has to bear 50/s"},
		{name: "too little", o: capacity.Options{Min: 95}, want: perf.Fail, reason: "bears only"},
		{name: "nothing is borne", queue: func(q *queue) { q.mean = time.Second }, o: capacity.Options{Start: 50, Lowest: 20}, want: perf.Fail, reason: "no rate down to 20/s is borne"},
		{name: "everything is borne", o: capacity.Options{Start: 10, Highest: 20}, want: perf.Pass, reason: "bears 20/s and more"},
		{name: "the generator is the limit", queue: func(q *queue) { q.servers, q.ceiling = 100, 300 }, want: perf.Pass, reason: "and more; at 400/s the generator was the limit"},
		{name: "the generator is the limit below what is asked", queue: func(q *queue) { q.servers, q.ceiling = 100, 300 }, o: capacity.Options{Min: 1000}, want: perf.Inconclusive, reason: "has to bear 1,000/s"},
		{name: "the generator is late from the start", queue: func(q *queue) { q.ceiling = 1 }, want: perf.Invalid, reason: "nothing was found"},
		{name: "gone at once", broken: 1, want: perf.Invalid, reason: "nothing was found: the search ended after 0 probes: connection refused"},
		{name: "gone later", broken: 4, want: perf.Inconclusive, reason: "the search ended after 3 probes: connection refused"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			q, made := one(), 0
			if tt.queue != nil {
				tt.queue(q)
			}
			o := tt.o
			o.Length = 100 * time.Second
			c, err := capacity.Search(t.Context(), plan(100, 100*time.Millisecond, 0.95), o, func(ctx context.Context, rate float64, p *perf.Plan) (*perf.Result, error) {
				if made++; made == tt.broken {
					return nil, errors.New("connection refused")
				}
				return q.probe(ctx, rate, p)
			})
			if err != nil {
				t.Fatal(err)
			}
			if c.Verdict != tt.want || !strings.Contains(c.Reason, tt.reason) {
				t.Errorf("verdict %s (%s), want %s with %q", c.Verdict, c.Reason, tt.want, tt.reason)
			}
		})
	}
}

func TestWrongOptions(t *testing.T) {
	t.Parallel()
	bare := plan(10, time.Second, 0.9)
	bare.Operations[0].Budget = perf.Budget{}
	for _, tt := range []struct {
		plan *perf.Plan
		o    capacity.Options
		want string
	}{
		{bare, capacity.Options{}, "any rate would be borne"},
		{plan(10, time.Second, 0.9), capacity.Options{Length: time.Millisecond}, "probes of 1ms are too short"},
		{plan(10, time.Second, 0.999), capacity.Options{}, "a probe of 30.0 s has 300 requests of GET /issues, and a budget of 0.1 % needs 1,000: let probes last 1m40s or more"},
		{plan(10, time.Second, 0.9), capacity.Options{Min: -1}, "cannot have to bear -1"},
		{plan(10, time.Second, 0.9), capacity.Options{Highest: 5}, "cannot be held between"},
	} {
		_, err := capacity.Search(t.Context(), tt.plan, tt.o, nil)
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("error %v, want %q", err, tt.want)
		}
	}
}

// TestRules runs each rule over queues that are described.
func TestRules(t *testing.T) {
	t.Parallel()
	checktest.RunFS(t, capacity.Rules(), "testdata/rules", func(fsys fs.FS, root string) (*capacity.Capacity, error) {
		data, err := fs.ReadFile(fsys, root)
		if err != nil {
			return nil, err
		}
		var d struct {
			Servers, Milliseconds, Within int
			Min                           float64
		}
		if err := yaml.Unmarshal(data, &d); err != nil {
			return nil, err
		}
		q := &queue{servers: d.Servers, mean: time.Duration(d.Milliseconds) * time.Millisecond, rng: rand.New(rand.NewPCG(7, 7))}
		p := plan(50, time.Duration(d.Within)*time.Millisecond, 0.95)
		p.Operations[0].Location.File = root
		return capacity.Search(t.Context(), p, capacity.Options{Min: d.Min, Length: 200 * time.Second}, q.probe)
	})
}
