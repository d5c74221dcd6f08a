package perf_test

import (
	"bytes"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/perf"
)

// sharded sends a plan on n machines.
func sharded(p *perf.Plan, n int, of func(uint64) answer) []*perf.Result {
	list := make([]*perf.Result, n)
	for i := range list {
		r := newRecorder(p, i, n)
		for seq := uint64(i); seq < r.total; seq += uint64(n) {
			r.result.Operations[seq%uint64(len(p.Operations))].Planned++
			r.add(seq, of(seq))
		}
		list[i] = r.result
	}
	return list
}

// uneven answers differently by number, with all that can go wrong.
func uneven(seq uint64) answer {
	a := answer{took: time.Duration(1+seq*seq%977) * 700 * time.Microsecond}
	switch seq % 101 {
	case 1:
		a.cause = perf.BadStatus
	case 2:
		a.cause = perf.Transport
	case 3:
		a.cause = perf.Timeout
	case 4:
		a.unsent = "busy"
	case 5:
		a.unsent = "broken"
	}
	return a
}

func text(t *testing.T, r *perf.Result) string {
	t.Helper()
	var b bytes.Buffer
	if err := perf.WriteResult(&b, r); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestMergeOfShardsIsTheWhole merges 1, 4 and 16 shards in any order and
// grouping; the bytes are those of a single machine.
func TestMergeOfShardsIsTheWhole(t *testing.T) {
	t.Parallel()
	p := fixture(100, 40*time.Second, within(0.99, 500*time.Millisecond), perf.Budget{HasErrors: true, Errors: 0.1}, within(0.95, 100*time.Millisecond))
	want := text(t, run(p, uneven))
	for _, n := range []int{1, 4, 16} {
		shards := sharded(p, n, uneven)
		rng := rand.New(rand.NewPCG(uint64(n), 1))
		rng.Shuffle(n, func(i, j int) { shards[i], shards[j] = shards[j], shards[i] })
		whole, err := perf.Merge(shards...)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, text(t, whole)); diff != "" {
			t.Errorf("%d shards (-whole +merged):\n%.2000s", n, diff)
		}
		if n == 1 {
			continue
		}
		left, err := perf.Merge(shards[:n/2]...)
		if err != nil {
			t.Fatal(err)
		}
		right, err := perf.Merge(shards[n/2:]...)
		if err != nil {
			t.Fatal(err)
		}
		if whole, err = perf.Merge(right, left); err != nil {
			t.Fatal(err)
		}
		if text(t, whole) != want {
			t.Errorf("%d shards in two halves are not the whole", n)
		}
	}
}

// TestMergeOfRepeats puts runs one behind the other.
func TestMergeOfRepeats(t *testing.T) {
	t.Parallel()
	p := fixture(100, 40*time.Second, within(0.99, 500*time.Millisecond))
	first := run(p, uneven)
	second := sharded(p, 2, every(50, time.Second))
	for _, r := range second {
		r.Start = r.Start.Add(time.Hour)
	}
	both, err := perf.Merge(second[1], first, second[0])
	if err != nil {
		t.Fatal(err)
	}
	got := []any{both.Shards, both.Slices, both.Planned, both.Operations[0].Due, len(both.Operations[0].Slices), both.Start}
	want := []any{[]perf.Shard{{Index: 0, Of: 1}, {Index: 0, Of: 1}}, 120, 80 * time.Second, uint64(8000), 120, first.Start}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("two runs (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(first.Operations[0].Slices, both.Operations[0].Slices[:60]); diff != "" {
		t.Errorf("the first run does not come first (-want +got):\n%s", diff)
	}
	if got := perf.Judge(p, both); got.Verdict != perf.Fail {
		t.Errorf("the two runs are judged as %s: %v", got.Verdict, got.Reasons)
	}
}

func TestMergeRefuses(t *testing.T) {
	t.Parallel()
	p := fixture(100, 10*time.Second, within(0.99, 500*time.Millisecond))
	for _, tt := range []struct {
		name   string
		change func(*perf.Result)
		want   string
	}{
		{"another plan", func(r *perf.Result) { r.Plan = "0123" }, "what they sent or owe differs"},
		{"another clock", func(r *perf.Result) { r.Clock = perf.FromSend }, "measures from another moment"},
		{"the same shard twice", func(r *perf.Result) { r.Shards[0].Index = 0 }, "is there twice"},
		{"other stretches", func(r *perf.Result) {
			r.Slices = 30
			r.Operations[0].Slices = nil
		}, "has 30 stretches"},
		{"other objectives", func(r *perf.Result) { r.Operations[0].Within = nil }, "counts 1 objectives in one shard and 0"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			shards := sharded(p, 2, uneven)
			tt.change(shards[1])
			_, err := perf.Merge(shards...)
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("error is %v, want %q in it", err, tt.want)
			}
		})
	}
}

// TestMergeLeavesResultsAsTheyAre is about what is shared by mistake.
func TestMergeLeavesResultsAsTheyAre(t *testing.T) {
	t.Parallel()
	p := fixture(100, 10*time.Second, within(0.99, 500*time.Millisecond))
	shards := sharded(p, 2, uneven)
	before := text(t, shards[0]) + text(t, shards[1])
	if _, err := perf.Merge(shards...); err != nil {
		t.Fatal(err)
	}
	if text(t, shards[0])+text(t, shards[1]) != before {
		t.Error("merging changed a result")
	}
}
