package load

import (
	"fmt"
	"math"
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

// p99 returns the 99th percentile since newLatencies, rounded up to a bucket.
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
			edge := h.Buckets[i+1]
			if math.IsInf(edge, 1) {
				edge = h.Buckets[i]
			}
			return time.Duration(edge * 1e9)
		}
	}
	return 0
}

// mostLate is the share of requests that the generator may send too late to
// count before the measurement is in doubt.
const mostLate = 1e-4

// trouble says, a sentence each, what makes a measurement doubtful.
func trouble(r *perf.Result, lagLimit, waiting time.Duration) []string {
	said := []string{}
	if lag, ok := quantile(r.Lag, 0.99); ok && lag > lagLimit {
		said = append(said, fmt.Sprintf("the generator sent 1 %% of its requests more than %s after their time; at most %s are accepted", round(lag), round(lagLimit)))
	}
	if waiting > lagLimit {
		said = append(said, fmt.Sprintf("the generator waited for a processor for more than %s one time in a hundred; at most %s are accepted", round(waiting), round(lagLimit)))
	}
	var late, due, ports, files uint64
	for i := range r.Operations {
		m := &r.Operations[i]
		late, due = late+m.Unsent.Late, due+m.Due
		ports, files = ports+m.Classes[classNoPort], files+m.Classes[classNoFile]
	}
	if float64(late) > mostLate*float64(due) {
		said = append(said, fmt.Sprintf("the generator was too slow to send %d of %d requests in time", late, due))
	}
	if ports > 0 {
		said = append(said, fmt.Sprintf("%d requests found no free local port", ports))
	}
	if files > 0 {
		said = append(said, fmt.Sprintf("%d requests could not open a connection, since too many files were open", files))
	}
	return said
}

func quantile(h *histogram.Histogram, q float64) (time.Duration, bool) {
	b, ok := h.Quantile(q)
	return b.Mid(), ok
}

// round leaves three digits of a duration.
func round(d time.Duration) time.Duration {
	unit := time.Duration(1)
	for d/unit >= 1000 {
		unit *= 10
	}
	return d.Round(unit)
}
