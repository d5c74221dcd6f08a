package perf_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/perf"
)

func TestReadResultReadsWhatIsWritten(t *testing.T) {
	t.Parallel()
	p := fixture(100, 10*time.Second, within(0.99, 500*time.Millisecond), perf.Budget{})
	want := run(p, uneven)
	got, err := perf.ReadResult(strings.NewReader(text(t, want)))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(text(t, want), text(t, got)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(perf.Judge(p, want), perf.Judge(p, got)); diff != "" {
		t.Errorf("judgement (-want +got):\n%s", diff)
	}
}

// TestReadResultRefuses changes a number of a written result, each so that two
// contradict each other.
func TestReadResultRefuses(t *testing.T) {
	t.Parallel()
	p := fixture(100, 10*time.Second, within(0.99, 500*time.Millisecond))
	whole := text(t, run(p, every(10, time.Second)))
	for _, tt := range []struct{ name, old, changed, want string }{
		{"no JSON", `{"version"`, `{version"`, "line 1: "},
		{"another type", `"good":1000`, `"good":"many"`, "line 2: "},
		{"another file", `"clock"`, `"kind"`, "it is not a result of plumb perf"},
		{"a later version", `"version":1,"plan"`, `"version":2,"plan"`, "version 2 is unknown"},
		{"clock", `"intended"`, `"sundial"`, `clock "sundial" is none of`},
		{"shard", `"index":0,"of":1`, `"index":1,"of":1`, "shard 1 of 1 is none"},
		{"due", `"due":1000`, `"due":999`, "due is 999, sent and unsent together 1000"},
		{"planned", `"planned":1000`, `"planned":10`, "due is 1000, planned only 10"},
		{"good", `"good":1000`, `"good":900`, "sent is 1000, good and bad together 900"},
		{"overflow", `"busy":0`, `"busy":18446744073709551615`, "more than can have been counted"},
		{"within", `"within":[900]`, `"within":[1001]`, "objective 1 was met by 1001"},
		{"statuses", `"200":1000`, `"200":1001`, "statuses counts 1001 of 200"},
		{"no status", `"200":1000`, `"2":1000`, "statuses counts 1000 of 2"},
		{"slices", `"slices":60`, `"slices":59`, "it has 60 slices, the result 59"},
		{"slice", `{"due":17,`, `{"due":16,`, "contradict each other"},
		{"sum of slices", `{"due":17,"sent":17`, `{"due":18,"sent":17`, "slices add up to due 1001"},
		{"octaves", `"octaves":[12,`, `"octaves":[27,`, "octaves"},
		{"histogram", `"response":{"version":1`, `"response":{"version":3`, "histogram"},
		{"negative", `"elapsed_ns":10000000000`, `"elapsed_ns":-1`, "not negative"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			changed := strings.Replace(whole, tt.old, tt.changed, 1)
			if changed == whole {
				t.Fatalf("%s is not in the result:\n%.1500s", tt.old, whole)
			}
			_, err := perf.ReadResult(strings.NewReader(changed))
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("error is %v, want %q in it", err, tt.want)
			}
		})
	}
}

// FuzzReadResult reads anything; what is read is judged, written, read again
// and merged without a panic, and is the same.
func FuzzReadResult(f *testing.F) {
	p := fixture(50, 2*time.Second, within(0.99, 500*time.Millisecond), perf.Budget{HasErrors: true, Rate: 1})
	for _, r := range append(sharded(p, 2, uneven), run(p, every(7, time.Second))) {
		var b bytes.Buffer
		if err := perf.WriteResult(&b, r); err != nil {
			f.Fatal(err)
		}
		f.Add(b.Bytes())
	}
	f.Add([]byte(`{"version":1,"clock":"closed","shards":[{"index":0,"of":1}],"operations":[{"operation":"GET /plants","planned":3,"due":2,"sent":1,"good":1,"unsent":{"late":1}}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := perf.ReadResult(bytes.NewReader(data))
		if err != nil {
			return
		}
		perf.Judge(p, r)
		perf.Decided(p, r)
		var first, second bytes.Buffer
		if err := perf.WriteResult(&first, r); err != nil {
			t.Fatalf("a result that was read cannot be written: %v", err)
		}
		again, err := perf.ReadResult(bytes.NewReader(first.Bytes()))
		if err != nil {
			t.Fatalf("a result that was written cannot be read: %v", err)
		}
		if err := perf.WriteResult(&second, again); err != nil || !bytes.Equal(first.Bytes(), second.Bytes()) {
			t.Fatalf("what was written is not what is read (%v)", err)
		}
		if _, err := perf.Merge(r); err != nil {
			t.Fatalf("one result cannot be merged: %v", err)
		}
	})
}
