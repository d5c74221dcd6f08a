package perf_test

import (
	"testing"
	"time"

	"github.com/plumbapi/plumb/perf"
)

// BenchmarkDecided asks what a run asks every second, of an operation in 60
// stretches that is not decided yet.
func BenchmarkDecided(b *testing.B) {
	b.ReportAllocs()
	p := fixture(100, time.Minute, within(0.99, 500*time.Millisecond))
	r := run(p, every(100, time.Second))
	for b.Loop() {
		perf.Decided(p, r)
	}
}

func BenchmarkJudge(b *testing.B) {
	b.ReportAllocs()
	p := fixture(100, time.Minute, within(0.99, 500*time.Millisecond))
	r := run(p, every(100, time.Second))
	for b.Loop() {
		perf.Judge(p, r)
	}
}

func BenchmarkMerge(b *testing.B) {
	b.ReportAllocs()
	p := fixture(100, time.Minute, within(0.99, 500*time.Millisecond), perf.Budget{}, perf.Budget{}, perf.Budget{})
	shards := sharded(p, 16, uneven)
	for b.Loop() {
		if _, err := perf.Merge(shards...); err != nil {
			b.Fatal(err)
		}
	}
}
