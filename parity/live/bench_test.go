package live_test

import (
	"strings"
	"testing"

	"github.com/plumbapi/plumb/parity/live"
)

// BenchmarkPlan plans the probes of the library.
func BenchmarkPlan(b *testing.B) {
	res := matched(b)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := live.NewPlan(res, live.Options{}); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkReplay asks a cassette: all of a run but the network and the
// servers. It reports how many values are compared a second.
func BenchmarkReplay(b *testing.B) {
	opts := quick()
	tape, want := record(b, fault{}, opts)
	b.SetBytes(int64(len(tape)))
	b.ReportAllocs()
	for b.Loop() {
		got, err := replay(b, tape, opts)
		if err != nil {
			b.Fatal(err)
		}
		if got.Counts != want.Counts {
			b.Fatalf("counts: %+v, want %+v", got.Counts, want.Counts)
		}
	}
	b.ReportMetric(float64(want.Counts.Compared())*float64(b.N)/b.Elapsed().Seconds(), "values/s")
}

// BenchmarkDecode is the floor of that: reading the tape and nothing else.
func BenchmarkDecode(b *testing.B) {
	tape, _ := record(b, fault{}, quick())
	b.SetBytes(int64(len(tape)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := live.LoadCassette("tape", strings.NewReader(tape)); err != nil {
			b.Fatal(err)
		}
	}
}
