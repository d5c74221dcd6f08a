package histogram_test

import (
	"testing"
	"time"

	vegeta "github.com/tsenart/vegeta/v12/lib"

	"github.com/plumbapi/plumb/perf/histogram"
)

// latencies are 4,096 durations to go round and round.
func latencies() []time.Duration { return draw("lognormal", 4096, 1) }

func BenchmarkAdd(b *testing.B) {
	values, h := latencies(), new(histogram.Histogram)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		h.Add(values[i%len(values)])
	}
}

// BenchmarkAddFloor does what no histogram can do without: it fetches the
// value and increments a number in an array.
func BenchmarkAddFloor(b *testing.B) {
	values := latencies()
	var buckets [1024]uint64
	for i := 0; b.Loop(); i++ {
		buckets[uint64(values[i%len(values)])%1024]++
	}
}

// BenchmarkAddVegeta adds to vegeta's metrics of latency: a t-digest, a sum
// and a maximum.
func BenchmarkAddVegeta(b *testing.B) {
	values := latencies()
	var m vegeta.LatencyMetrics
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		m.Add(values[i%len(values)])
	}
}

// million is how many latencies BenchmarkMillion and its peer count, for
// tables that run a benchmark a few times only.
const million = 1_000_000

func BenchmarkMillion(b *testing.B) {
	values := latencies()
	b.ReportAllocs()
	for b.Loop() {
		h := new(histogram.Histogram)
		for i := range million {
			h.Add(values[i%len(values)])
		}
	}
}

func BenchmarkMillionVegeta(b *testing.B) {
	values := latencies()
	b.ReportAllocs()
	for b.Loop() {
		var m vegeta.LatencyMetrics
		for i := range million {
			m.Add(values[i%len(values)])
		}
	}
}

func BenchmarkMerge(b *testing.B) {
	one, into := of(latencies()), new(histogram.Histogram)
	b.ReportAllocs()
	for b.Loop() {
		into.Merge(one)
	}
}

func BenchmarkQuantile(b *testing.B) {
	h := of(latencies())
	b.ReportAllocs()
	for b.Loop() {
		if _, ok := h.Quantile(0.95); !ok {
			b.Fatal("no quantile")
		}
	}
}

func BenchmarkMarshal(b *testing.B) {
	h := of(latencies())
	b.ReportAllocs()
	for b.Loop() {
		if _, err := h.MarshalJSON(); err != nil {
			b.Fatal(err)
		}
	}
}
