package histogram_test

import (
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"sort"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/perf/histogram"
)

// distributions are shapes of latency, from friendly to those on which
// estimates are known to fail.
func distributions() map[string]func(*rand.Rand) time.Duration {
	seconds := func(s float64) time.Duration {
		return time.Duration(min(s*1e9, math.MaxInt64/2))
	}
	return map[string]func(*rand.Rand) time.Duration{
		"lognormal": func(r *rand.Rand) time.Duration { return seconds(0.05 * math.Exp(0.5*r.NormFloat64())) },
		"a cliff at 95.1 %": func(r *rand.Rand) time.Duration {
			if r.Float64() < 0.951 {
				return 5 * time.Millisecond
			}
			return 800 * time.Millisecond
		},
		"Pareto without a mean": func(r *rand.Rand) time.Duration { return seconds(1e-3 * math.Pow(1-r.Float64(), -1/0.9)) },
		"uniform":               func(r *rand.Rand) time.Duration { return time.Duration(r.Int64N(1e9)) },
		"nanoseconds":           func(r *rand.Rand) time.Duration { return time.Duration(r.Int64N(50)) },
		"all alike":             func(*rand.Rand) time.Duration { return 123456789 },
		"all of time":           func(r *rand.Rand) time.Duration { return time.Duration(r.Int64() >> r.IntN(63)) },
	}
}

func draw(name string, n int, seed uint64) []time.Duration {
	r, from := rand.New(rand.NewPCG(seed, 7)), distributions()[name]
	values := make([]time.Duration, n)
	for i := range values {
		values[i] = from(r)
	}
	return values
}

func of(values []time.Duration) *histogram.Histogram {
	h := new(histogram.Histogram)
	for _, v := range values {
		h.Add(v)
	}
	return h
}

func encoded(t testing.TB, h *histogram.Histogram) string {
	t.Helper()
	text, err := json.Marshal(h)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestQuantile compares every quantile with that of the sorted values.
func TestQuantile(t *testing.T) {
	t.Parallel()
	for name := range distributions() {
		for _, n := range []int{1, 2, 3, 99, 1000, 20_000} {
			t.Run(fmt.Sprint(name, " ", n), func(t *testing.T) {
				t.Parallel()
				values := draw(name, n, uint64(n))
				h := of(values)
				slices.Sort(values)
				for _, q := range []float64{0, 0.001, 0.07, 0.25, 0.5, 0.9, 0.95, 0.99, 0.999, 0.9999, 1} {
					rank := max(int(math.Ceil(math.Round(q*float64(n)*1e6)/1e6)), 1)
					want := values[rank-1]
					got, ok := h.Quantile(q)
					if !ok || want < got.Low || want > got.High {
						t.Errorf("Quantile(%v) = %v to %v, %v; want one that holds %v", q, got.Low, got.High, ok, want)
					}
					if off := math.Abs(float64(got.Mid()-want)) - 0.5; off > h.Error()*float64(want) {
						t.Errorf("Mid of Quantile(%v) = %v, want %v within %.2f %%", q, got.Mid(), want, 100*h.Error())
					}
				}
				if h.Scale() == 6 && h.Error() > 0.006 {
					t.Errorf("the error is %v, more than was promised", h.Error())
				}
			})
		}
	}
}

func TestQuantileOfNothing(t *testing.T) {
	t.Parallel()
	h := new(histogram.Histogram)
	if _, ok := h.Quantile(0.5); ok {
		t.Error("an empty histogram has a median")
	}
	h.Add(time.Second)
	for _, q := range []float64{-0.1, 1.1, math.NaN(), math.Inf(1)} {
		if _, ok := h.Quantile(q); ok {
			t.Errorf("there is a quantile of %v", q)
		}
	}
}

// TestAtMost compares counts with those of the values themselves.
func TestAtMost(t *testing.T) {
	t.Parallel()
	for name := range distributions() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			values := draw(name, 5000, 3)
			h := of(values)
			thresholds := append(draw(name, 500, 4), -1, 0, 1, 5*time.Millisecond, time.Second, 5*time.Second, h.Min(), h.Max(), h.Min()-1, h.Max()-1, math.MaxInt64)
			for e := -9; e < 5; e++ {
				thresholds = append(thresholds, time.Duration(math.Ldexp(1e9, e)))
			}
			for _, at := range thresholds {
				var want uint64
				for _, v := range values {
					if v <= at {
						want++
					}
				}
				low, high := h.AtMost(at)
				if want < low || want > high {
					t.Errorf("AtMost(%v) = %d to %d, want one that holds %d", at, low, high, want)
				}
				if h.Scale() == 6 && histogram.IsEdge(at) && low != high {
					t.Errorf("AtMost(%v) = %d to %d, though it is an edge", at, low, high)
				}
			}
		})
	}
}

// TestBoundsAreTight: minimum and maximum narrow what is known, and rounding
// does not move a rank.
func TestBoundsAreTight(t *testing.T) {
	t.Parallel()
	two := of([]time.Duration{1001 * time.Millisecond, 1009 * time.Millisecond})
	if low, high := two.AtMost(1005 * time.Millisecond); low != 1 || high != 1 {
		t.Errorf("of two values in a bucket, %d to %d are at most the middle, want 1", low, high)
	}
	var hundred histogram.Histogram
	for i := range 100 {
		hundred.Add(time.Duration(i+1) * 10 * time.Millisecond)
	}
	for i := 1; i <= 100; i++ {
		want := time.Duration(i) * 10 * time.Millisecond
		if got, ok := hundred.Quantile(float64(i) / 100); !ok || want < got.Low || want > got.High {
			t.Errorf("Quantile(%v) = %v to %v, want one that holds %v", float64(i)/100, got.Low, got.High, want)
		}
	}
}

func TestIsEdge(t *testing.T) {
	t.Parallel()
	for threshold, want := range map[time.Duration]bool{
		-1: false, 0: true, 250 * time.Millisecond: true, 500 * time.Millisecond: true, time.Second: true, 4 * time.Second: true,
		500*time.Millisecond - 1: false, 300 * time.Millisecond: false, 5 * time.Second: false, 1010889286: true, math.MaxInt64: true,
	} {
		if got := histogram.IsEdge(threshold); got != want {
			t.Errorf("IsEdge(%d ns) = %v, want %v", threshold, got, want)
		}
	}
}

// TestMerge shards values in several ways; whatever the way and the order of
// merging, the result is the histogram of all of them, to the byte.
func TestMerge(t *testing.T) {
	t.Parallel()
	for name := range distributions() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			values := draw(name, 10_000, 5)
			whole := of(values)
			want := encoded(t, whole)
			for _, shards := range []int{1, 4, 16} {
				parts := make([]*histogram.Histogram, shards)
				for i := range parts {
					parts[i] = new(histogram.Histogram)
				}
				for seq, v := range values {
					parts[seq%shards].Add(v)
				}
				merged := new(histogram.Histogram)
				for _, p := range parts {
					merged.Merge(p)
				}
				backwards := new(histogram.Histogram)
				for _, p := range slices.Backward(parts) {
					backwards.Merge(p)
				}
				for len(parts) > 1 { // in pairs
					var next []*histogram.Histogram
					for pair := range slices.Chunk(parts, 2) {
						p := pair[0].Clone()
						p.Merge(pair[1])
						next = append(next, p)
					}
					parts = next
				}
				for how, got := range map[string]*histogram.Histogram{"in order": merged, "backwards": backwards, "in pairs": parts[0]} {
					if diff := cmp.Diff(want, encoded(t, got)); diff != "" {
						t.Errorf("%d shards merged %s (-want +got):\n%s", shards, how, diff)
					}
					if !got.Equal(whole) {
						t.Errorf("%d shards merged %s are not equal to the whole", shards, how)
					}
				}
			}
		})
	}
}

func TestMergeWithItself(t *testing.T) {
	t.Parallel()
	values := draw("lognormal", 100, 1)
	h := of(values)
	h.Merge(h)
	if want := of(append(values, values...)); !h.Equal(want) {
		t.Errorf("merging with itself gives %s, want %s", encoded(t, h), encoded(t, want))
	}
}

// TestMomentsAreExact adds what overflows 64 bits and what clocks may yield.
func TestMomentsAreExact(t *testing.T) {
	t.Parallel()
	h := new(histogram.Histogram)
	h.AddN(math.MaxInt64, 1000)
	h.AddN(-time.Second, 2)
	h.AddN(time.Minute, 0)
	if h.Count() != 1002 || h.Zero() != 2 || h.Min() != 0 || h.Max() != math.MaxInt64 {
		t.Errorf("count, zero, min and max are %d, %d, %d and %d", h.Count(), h.Zero(), h.Min(), h.Max())
	}
	if got, want := h.Mean(), time.Duration(9204962112629516773); got != want {
		t.Errorf("mean is %d, want %d", got, want)
	}
	if got, want := h.Sum(), 1000*float64(math.MaxInt64)/1e9; math.Abs(got-want) > 1e-12*want {
		t.Errorf("sum is %v, want %v", got, want)
	}
}

// TestMemoryIsBounded spreads values over all of time: buckets are joined,
// once, and the scale says so.
func TestMemoryIsBounded(t *testing.T) {
	t.Parallel()
	h := new(histogram.Histogram)
	for e := range 32 {
		h.Add(1 << e)
	}
	if h.Scale() != 6 {
		t.Errorf("32 octaves give scale %d, want 6", h.Scale())
	}
	for e := 32; e < 63; e++ {
		h.Add(1 << e)
	}
	if h.Scale() != 5 || h.Count() != 63 || h.Error() > 0.0109 {
		t.Errorf("63 octaves give scale %d, count %d, error %v; want 5, 63, 0.0108", h.Scale(), h.Count(), h.Error())
	}
	for b := range h.Buckets() {
		if b.Low > b.High || b.Count == 0 {
			t.Errorf("bucket %+v is empty", b)
		}
	}
}

func TestEdgesAreThoseOfBuckets(t *testing.T) {
	t.Parallel()
	edges := histogram.Edges()
	for _, d := range []time.Duration{time.Second + 1, 1_010_889_286, 1_010_889_287, 1_500_000_000, 2 * time.Second} {
		var h histogram.Histogram
		h.Add(1)
		h.Add(d)
		h.Add(time.Hour)
		var b histogram.Bucket
		for next := range h.Buckets() {
			if next.Low <= d && d <= next.High {
				b = next
			}
		}
		i := sort.SearchFloat64s(edges, d.Seconds()) - 1
		if low, high := edges[i]*1e9, edges[i+1]*1e9; float64(b.Low) <= low || float64(b.High) > high || high-float64(b.High) > 2 {
			t.Errorf("%v lies from %v to %v by its bucket, above %v up to %v by the edges", d, b.Low, b.High, low, high)
		}
	}
}
