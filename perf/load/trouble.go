package load

import (
	"fmt"
	"runtime/metrics"
	"time"

	"github.com/plumbapi/plumb/perf"
	"github.com/plumbapi/plumb/perf/histogram"
)

// latencies are how long goroutines that could run waited for a processor: the
// generator's own health, which no lag shows, since answers are read late too.
type latencies struct{ before []uint64 }

const schedLatencies = "/sched/latencies:seconds"

func newLatencies() latencies {
	h := readLatencies()
	if h == nil {
		return latencies{}
	}
	return latencies{before: h.Counts}
}

func readLatencies() *metrics.Float64Histogram {
	sample := []metrics.Sample{{Name: schedLatencies}}
	metrics.Read(sample)
	if sample[0].Value.Kind() != metrics.KindFloat64Histogram {
		return nil
	}
	return sample[0].Value.Float64Histogram()
}

// p99 returns what the 99th percentile since newLatencies is at least.
func (l latencies) p99() time.Duration {
	h := readLatencies()
	if h == nil || len(l.before) != len(h.Counts) {
		return 0
	}
	counts := make([]uint64, len(h.Counts))
	var total uint64
	for i := range counts {
		counts[i] = h.Counts[i] - l.before[i]
		total += counts[i]
	}
	var sum uint64
	for i, n := range counts {
		sum += n
		if float64(sum) >= 0.99*float64(total) && total > 0 {
			return time.Duration(max(h.Buckets[i], 0) * 1e9) // the first bucket begins at -Inf
		}
	}
	return 0
}

// trouble says, a sentence each, what makes a measurement doubtful that its
// numbers do not show by themselves, as lag and late requests do.
func trouble(r *perf.Result) []string {
	said := []string{}
	var ports, files uint64
	for i := range r.Operations {
		m := &r.Operations[i]
		ports, files = ports+m.Classes[classNoPort], files+m.Classes[classNoFile]
	}
	if ports > 0 {
		said = append(said, fmt.Sprintf("the generator had no free local port for %d requests", ports))
	}
	if files > 0 {
		said = append(said, fmt.Sprintf("the generator had too many files open to connect for %d requests", files))
	}
	return said
}

func quantile(h *histogram.Histogram, q float64) (time.Duration, bool) {
	b, ok := h.Quantile(q)
	return b.Mid(), ok
}
