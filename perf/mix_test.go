package perf_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/perf"
)

func mixed() *perf.Plan {
	return &perf.Plan{
		Seed: 7,
		Operations: []perf.Operation{
			{Name: "GET /issues", Weight: 6}, {Name: "GET /issues/{id}", Weight: 3}, {Name: "POST /issues"},
		},
		Sessions: []perf.Session{{Name: "file an issue", Weight: 1, Steps: []perf.Step{{Operation: 2}, {Operation: 1}}}},
	}
}

func TestMixGivesEachItsShareOfAnyStretch(t *testing.T) {
	t.Parallel()
	m := perf.NewMix(mixed())
	for _, first := range []uint64{0, 12345, 1 << 40} {
		counts := make([]uint64, 3)
		m.Count(counts, first, first+10_000)
		for i, want := range []float64{6000, 4000, 1000} {
			if math.Abs(float64(counts[i])-want) > 5 {
				t.Errorf("from %d, operation %d has %d requests, want %v to within 5", first, i, counts[i], want)
			}
		}
	}
}

func TestMixOfShardsIsTheMixOfTheWhole(t *testing.T) {
	t.Parallel()
	m := perf.NewMix(mixed())
	whole := make([]uint64, 3)
	m.Count(whole, 0, 1000)
	parts := make([]uint64, 3)
	for shard := range uint64(4) {
		for seq := shard; seq < 1000; seq += 4 {
			m.Count(parts, seq, seq+1)
		}
	}
	if diff := cmp.Diff(whole, parts); diff != "" {
		t.Errorf("shards send something else (-whole +parts):\n%s", diff)
	}
}

func TestMixStartsSessionsWithTheirFirstStep(t *testing.T) {
	t.Parallel()
	m := perf.NewMix(mixed())
	for seq := range uint64(1000) {
		op, session := m.At(seq)
		if (session >= 0) != (op == 2) {
			t.Fatalf("request %d is operation %d in session %d", seq, op, session)
		}
	}
}

// TestMixCountsAsAtSays counts one by one what CountEvery works out.
func TestMixCountsAsAtSays(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(1, 2))
	for range 300 {
		p := &perf.Plan{Seed: rng.Uint64()}
		for range 1 + rng.IntN(40) {
			weight := float64(rng.IntN(4))
			if rng.IntN(3) == 0 {
				weight = rng.ExpFloat64()
			}
			p.Operations = append(p.Operations, perf.Operation{Weight: weight})
		}
		p.Operations[rng.IntN(len(p.Operations))].Weight = 1
		for range rng.IntN(3) {
			s := perf.Session{Weight: float64(rng.IntN(3)), Steps: []perf.Step{{Operation: rng.IntN(len(p.Operations))}, {Operation: rng.IntN(len(p.Operations))}}}
			p.Sessions = append(p.Sessions, s)
		}
		m := perf.NewMix(p)
		first, step, n := rng.Uint64()>>rng.IntN(64), 1+rng.Uint64N(20), rng.Uint64N(3000)
		want := make([]uint64, len(p.Operations))
		for i := range n {
			op, session := m.At(first + i*step)
			if session < 0 {
				want[op]++
				continue
			}
			for _, s := range p.Sessions[session].Steps {
				want[s.Operation]++
			}
		}
		got := make([]uint64, len(p.Operations))
		m.CountEvery(got, first, step, n)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("seed %d, from %d by %d, %d numbers (-one by one +counted):\n%s", p.Seed, first, step, n, diff)
		}
	}
}

// A run of a day at 10,000 a second is counted at once.
func TestMixCountsVeryMany(t *testing.T) {
	t.Parallel()
	m := perf.NewMix(mixed())
	const n = 1 << 40
	counts := make([]uint64, 3)
	m.Count(counts, 1, n+1)
	for i, want := range []float64{0.6 * n, 0.4 * n, 0.1 * n} {
		if math.Abs(float64(counts[i])-want) > 50 {
			t.Errorf("operation %d has %d requests, want %.0f to within 50", i, counts[i], want)
		}
	}
}

func BenchmarkMixCount(b *testing.B) {
	b.ReportAllocs()
	p := &perf.Plan{Operations: make([]perf.Operation, 2000)}
	for i := range p.Operations {
		p.Operations[i].Weight = float64(i % 7)
	}
	m := perf.NewMix(p)
	counts := make([]uint64, 2000)
	for b.Loop() {
		m.Count(counts, 0, 86_400_000)
	}
}

func BenchmarkMix(b *testing.B) {
	b.ReportAllocs()
	p := &perf.Plan{Operations: make([]perf.Operation, 2000)}
	for i := range p.Operations {
		p.Operations[i].Weight = float64(i % 7)
	}
	m := perf.NewMix(p)
	var seq uint64
	for b.Loop() {
		m.At(seq)
		seq++
	}
}

func TestPartsSayWhatAtSays(t *testing.T) {
	t.Parallel()
	p := mixed()
	m := perf.NewMix(p)
	ends, offset := m.Parts()
	for seq := range uint64(10_000) {
		x := float64(seq*0x9e3779b97f4a7c15>>11)/(1<<53) + offset
		if x >= 1 {
			x--
		}
		part := 0
		for ends[part] <= x {
			part++
		}
		want, session := m.At(seq)
		if session >= 0 {
			want = len(p.Operations) + session
		}
		if part != want {
			t.Fatalf("request %d is for part %d by Parts, %d by At", seq, part, want)
		}
	}
}
