package histogram_test

import (
	"math"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/prometheus/client_golang/prometheus"
	dto "github.com/prometheus/client_model/go"

	"github.com/plumbapi/plumb/perf/histogram"
)

// TestPrometheus lets Prometheus' client library count the same values.
func TestPrometheus(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"lognormal", "a cliff at 95.1 %", "Pareto without a mean", "uniform", "nanoseconds", "all alike"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			client := prometheus.NewHistogram(prometheus.HistogramOpts{Name: "latency_seconds", NativeHistogramBucketFactor: 1.011})
			h := new(histogram.Histogram)
			for _, v := range draw(name, 3000, 6) {
				h.Add(v)
				client.Observe(v.Seconds())
			}
			var metric dto.Metric
			if err := client.Write(&metric); err != nil {
				t.Fatal(err)
			}
			theirs := metric.GetHistogram()
			want := histogram.Prometheus{
				SampleCount: theirs.GetSampleCount(), SampleSum: theirs.GetSampleSum(), Schema: theirs.GetSchema(),
				ZeroThreshold: theirs.GetZeroThreshold(), ZeroCount: theirs.GetZeroCount(), PositiveDeltas: theirs.GetPositiveDelta(),
			}
			for _, s := range theirs.GetPositiveSpan() {
				want.PositiveSpans = append(want.PositiveSpans, histogram.Span{Offset: s.GetOffset(), Length: s.GetLength()})
			}
			got := h.Prometheus(0)
			if math.Abs(got.SampleSum-want.SampleSum) > 1e-9*want.SampleSum {
				t.Errorf("sum is %v, want %v", got.SampleSum, want.SampleSum)
			}
			got.SampleSum = want.SampleSum // theirs is rounded at every step
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("Prometheus (-want +got):\n%s", diff)
			}
		})
	}
}

// TestOTel counts by the mapping that the standard defines, in logarithms.
func TestOTel(t *testing.T) {
	t.Parallel()
	for name := range distributions() {
		for _, limit := range []int{0, 160, 20, 2, 1} {
			values := draw(name, 2000, 8)
			h := of(values)
			got := h.OTel(limit)
			counts := map[int32]uint64{}
			for _, v := range values {
				if v > 0 {
					exact := math.Log2(v.Seconds()) * math.Exp2(float64(got.Scale))
					if near := math.Round(exact); math.Abs(exact-near) < 1e-9 {
						exact = near
					}
					counts[int32(math.Ceil(exact))-1]++
				}
			}
			for k, n := range got.BucketCounts {
				if i := got.Offset + int32(k); counts[i] != n {
					t.Errorf("%s in %d buckets: bucket %d at scale %d holds %d, want %d", name, limit, i, got.Scale, n, counts[i])
				} else {
					delete(counts, i)
				}
			}
			if len(counts) > 0 {
				t.Errorf("%s in %d buckets: %v are missing", name, limit, counts)
			}
			if limit > 0 && len(got.BucketCounts) > max(limit, 2) {
				t.Errorf("%s: %d buckets, at most %d were asked for", name, len(got.BucketCounts), limit)
			}
			if got.Count != 2000 || got.ZeroCount != h.Zero() || got.Min != h.Min().Seconds() || got.Max != h.Max().Seconds() {
				t.Errorf("%s: the point is %+v", name, got)
			}
		}
	}
}

func TestPrometheusInFewBuckets(t *testing.T) {
	t.Parallel()
	h := of(draw("all of time", 5000, 9))
	for _, limit := range []int{1, 5, 40, 160} {
		got := h.Prometheus(limit)
		var total, count int64
		for _, d := range got.PositiveDeltas {
			count += d
			total += count
		}
		if uint64(total)+got.ZeroCount != h.Count() {
			t.Errorf("%d buckets hold %d and %d of %d values", limit, total, got.ZeroCount, h.Count())
		}
		if len(got.PositiveDeltas) > max(limit, 5) || got.Schema < -4 {
			t.Errorf("%d buckets at schema %d, at most %d were asked for", len(got.PositiveDeltas), got.Schema, limit)
		}
	}
}

func TestEmptyPoints(t *testing.T) {
	t.Parallel()
	var h histogram.Histogram
	if diff := cmp.Diff(histogram.OTel{Scale: 6}, h.OTel(160)); diff != "" {
		t.Errorf("OTel (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(histogram.Prometheus{Schema: 6, ZeroThreshold: math.Ldexp(1, -128)}, h.Prometheus(160)); diff != "" {
		t.Errorf("Prometheus (-want +got):\n%s", diff)
	}
	h.Add(0)
	h.Add(time.Second)
	if diff := cmp.Diff(histogram.OTel{Count: 2, Sum: 1, Scale: 6, ZeroCount: 1, Offset: -1, BucketCounts: []uint64{1}, Max: 1}, h.OTel(0)); diff != "" {
		t.Errorf("OTel (-want +got):\n%s", diff)
	}
}
