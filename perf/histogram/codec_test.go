package histogram_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/perf/histogram"
)

func TestRoundTrip(t *testing.T) {
	t.Parallel()
	for name := range distributions() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, n := range []int{0, 1, 1000} {
				h := of(draw(name, n, 10))
				var got histogram.Histogram
				if err := json.Unmarshal([]byte(encoded(t, h)), &got); err != nil {
					t.Fatal(err)
				}
				if !got.Equal(h) {
					t.Errorf("%d values come back as %s, want %s", n, encoded(t, &got), encoded(t, h))
				}
			}
		})
	}
}

func TestJSON(t *testing.T) {
	t.Parallel()
	var h histogram.Histogram
	h.AddN(0, 2)
	h.AddN(1_000_000_000, 3)
	h.AddN(1_015_000_000, 4)
	h.AddN(1_040_000_000, 1)
	h.AddN(2_000_000_000, 5)
	want := `{"version":1,"scale":6,"count":15,"zero":2,"min_ns":0,"max_ns":2000000000,"sum_ns":18100000000,"runs":[[-1,3,0,4,0,1],[63,5]]}`
	if diff := cmp.Diff(want, encoded(t, &h)); diff != "" {
		t.Errorf("JSON (-want +got):\n%s", diff)
	}
}

// TestDecodeRefuses changes one part of a good text.
func TestDecodeRefuses(t *testing.T) {
	t.Parallel()
	const good = `{"version":1,"scale":6,"count":5,"zero":2,"min_ns":0,"max_ns":1000000000,"sum_ns":3000000000,"runs":[[-1,3]]}`
	var h histogram.Histogram
	if err := json.Unmarshal([]byte(good), &h); err != nil {
		t.Fatal(err)
	}
	tests := []struct{ name, old, new, want string }{
		{"a later version", `"version":1`, `"version":2`, "version 2 is unknown; this is version 1"},
		{"another scale", `"scale":6`, `"scale":20`, "scale 20 is none of 5 and 6"},
		{"a wrong count", `"count":5`, `"count":6`, "count is 6, the buckets hold 5"},
		{"a huge count", `[-1,3]`, `[-1,9223372036854775807]`, "run 1 has the count 9223372036854775807"},
		{"a negative count", `[-1,3]`, `[-1,-3]`, "run 1 has the count -3"},
		{"zeros that overflow", `"zero":2`, `"zero":18446744073709551615`, "more than 9007199254740992 values"},
		{"a run before time", `[-1,3]`, `[-1921,3]`, "run 1 at index -1921 overlaps another or leaves the range of durations"},
		{"a run beyond time", `[-1,3]`, `[2176,3]`, "run 1 at index 2176 overlaps another or leaves the range of durations"},
		{"an index that overflows", `[-1,3]`, `[9223372036854775807,3]`, "run 1 at index 9223372036854775807 overlaps another or leaves the range of durations"},
		{"runs that overlap", `[-1,3]`, `[-1,1],[-1,2]`, "run 2 at index -1 overlaps another or leaves the range of durations"},
		{"a bucket without a nanosecond", `[-1,3]`, `[-1910,1],[-1,2]`, "run 1 counts in a bucket that holds no whole nanosecond"},
		{"an empty run", `[-1,3]`, `[-1]`, "run 1 has no counts"},
		{"a minimum of another bucket", `"min_ns":0`, `"min_ns":1`, "the minimum of 1ns is not in the first bucket, 0s to 0s"},
		{"a maximum of another bucket", `"max_ns":1000000000`, `"max_ns":1000000001`, "the maximum of 1.000000001s is not in the last bucket, 989.228014ms to 1s"},
		{"a sum beyond the buckets", `"sum_ns":3000000000`, `"sum_ns":3000000001`, "a sum of 3000000001 ns is beyond what the buckets hold, 2978456028 to 3000000000"},
		{"a sum that leaves no room for the maximum", `"sum_ns":3000000000`, `"sum_ns":2978456027`, "a sum of 2978456027 ns is beyond what the buckets hold, 2978456028 to 3000000000"},
		{"a sum below the minimum of all", good, `{"version":1,"scale":6,"count":3,"zero":0,"min_ns":1000000000,"max_ns":1000000000,"sum_ns":2999999999,"runs":[[-1,3]]}`, "a sum of 2999999999 ns is beyond what the buckets hold, 3000000000 to 3000000000"},
		{"one value that is two", good, `{"version":1,"scale":6,"count":1,"zero":0,"min_ns":999999999,"max_ns":1000000000,"sum_ns":1000000000,"runs":[[-1,1]]}`, "one value is not both the minimum of 999.999999ms and the maximum of 1s"},
		{"no sum", `"sum_ns":3000000000,`, ``, "there is no sum"},
		{"a fraction", `"zero":2`, `"zero":2.5`, "json: cannot unmarshal"},
		{"a sum of nothing", `"count":5,"zero":2`, `"count":0,"zero":0`, "count is 0, the buckets hold 3"},
		{"spaces without end", `"zero":2`, `"zero":` + strings.Repeat(" ", 300_000) + `2`, "bytes are more than any histogram takes"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			text := strings.Replace(good, test.old, test.new, 1)
			var h histogram.Histogram
			h.Add(1)
			err := h.UnmarshalJSON([]byte(text))
			if err == nil || !strings.HasPrefix(err.Error(), "histogram: ") || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error is %v, want %q", err, test.want)
			}
			if h.Count() != 1 {
				t.Error("a text that was refused changed the histogram")
			}
		})
	}
}

// FuzzDecode decodes what nobody wrote: no panic, and what is accepted is a
// histogram that can be asked everything and comes back the same.
func FuzzDecode(f *testing.F) {
	for name := range distributions() {
		f.Add([]byte(encoded(f, of(draw(name, 200, 1)))))
	}
	f.Add([]byte(`{"version":1,"scale":6,"count":0,"zero":0,"min_ns":0,"max_ns":0,"sum_ns":0,"runs":[]}`))
	f.Add([]byte(`{"version":1,"scale":5,"count":2,"zero":0,"min_ns":1,"max_ns":9223372036854775807,"sum_ns":9223372036854775808,"runs":[[-957,1],[1059,1]]}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		var h histogram.Histogram
		if err := h.UnmarshalJSON(text); err != nil {
			if h.Count() != 0 {
				t.Error("a text that was refused changed the histogram")
			}
			return
		}
		var again histogram.Histogram
		if err := json.Unmarshal([]byte(encoded(t, &h)), &again); err != nil || !again.Equal(&h) {
			t.Errorf("%s does not come back: %v", encoded(t, &h), err)
		}
		var total uint64
		for b := range h.Buckets() {
			total += b.Count
			if b.Low > b.High || b.Low < h.Min() || b.High > h.Max() {
				t.Errorf("bucket %+v is outside %v to %v", b, h.Min(), h.Max())
			}
			if low, high := h.AtMost(b.High); low > high || low > total || high < total {
				t.Errorf("AtMost(%d) = %d to %d, want one that holds %d", b.High, low, high, total)
			}
		}
		if total != h.Count() {
			t.Errorf("buckets hold %d of %d", total, h.Count())
		}
		if m := h.Mean(); m < h.Min() || m > h.Max() {
			t.Errorf("mean %v is outside %v to %v", m, h.Min(), h.Max())
		}
		for _, q := range []float64{0, 0.5, 0.95, 1} {
			if b, ok := h.Quantile(q); ok != (h.Count() > 0) || b.Low > b.High {
				t.Errorf("Quantile(%v) = %v, %v", q, b, ok)
			}
		}
		h.Merge(&again)
		_, _ = h.OTel(160), h.Prometheus(160)
	})
}
