package perf_test

import (
	"math"
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
