package check_test

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/check"
)

func write(t *testing.T, b *check.Baseline) string {
	t.Helper()
	var out bytes.Buffer
	if err := b.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestBaselineWrite(t *testing.T) {
	t.Parallel()
	subject := []place{{line: 1, element: "/b", message: "r: 1"}, {line: 2, element: "/a", message: "s: 1"}, {line: 3, element: "/a", message: "r: <1>"}}
	b := baselineOf(t, set{reporter("r"), reporter("s")}, subject)
	want := `{
  "version": 1,
  "findings": [
    {"fingerprint":"` + check.Fingerprint("r", file, "/a", "") + `","rule":"r","file":"api.yaml","element":"/a"},
    {"fingerprint":"` + check.Fingerprint("s", file, "/a", "") + `","rule":"s","file":"api.yaml","element":"/a"},
    {"fingerprint":"` + check.Fingerprint("r", file, "/b", "") + `","rule":"r","file":"api.yaml","element":"/b"}
  ]
}
`
	if diff := cmp.Diff(want, write(t, b)); diff != "" {
		t.Errorf("Write (-want +got):\n%s", diff)
	}
	var none *check.Baseline
	if diff := cmp.Diff("{\n  \"version\": 1,\n  \"findings\": []\n}\n", write(t, none)); diff != "" {
		t.Errorf("Write of none (-want +got):\n%s", diff)
	}
	if none.Len() != 0 || none.Has("") || none.Stale(&check.Report{}) != 0 {
		t.Error("a nil baseline has findings")
	}
	if err := b.Write(failingWriter{}); !errors.Is(err, io.ErrShortWrite) {
		t.Errorf("Write to a writer that fails: %v", err)
	}
}

type failingWriter struct{}

func (failingWriter) Write([]byte) (int, error) { return 0, io.ErrShortWrite }

func TestBaselineReadsWhatItWrites(t *testing.T) {
	t.Parallel()
	rules := someRules(5)
	subject := manyPlaces(rules, 30)
	b := baselineOf(t, rules, subject)
	text := write(t, b)
	back, err := check.ReadBaseline(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	if back.Len() != 150 || b.Len() != 150 {
		t.Errorf("%d written, %d read, want 150", b.Len(), back.Len())
	}
	if diff := cmp.Diff(text, write(t, back)); diff != "" {
		t.Errorf("written again (-want +got):\n%s", diff)
	}
	rep := mustRun(t, rules, subject, check.Policy{Baseline: back})
	if len(rep.Findings) != 0 || len(rep.Suppressed) != 150 {
		t.Errorf("under its own baseline %d findings count and %d do not; want 0 and 150", len(rep.Findings), len(rep.Suppressed))
	}
}

// Only what is new counts, wherever the known moved.
func TestBaselineIsARatchet(t *testing.T) {
	t.Parallel()
	rules := set{reporter("r")}
	b := baselineOf(t, rules, []place{{line: 5, element: "/a", message: "r: known"}, {line: 6, element: "/c", message: "r: mended later"}})
	rep := mustRun(t, rules, []place{{line: 50, element: "/a", message: "r: known, reworded"}, {line: 7, element: "/b", message: "r: new"}}, check.Policy{Baseline: b})
	if diff := cmp.Diff([]string{"r: new"}, messages(rep.Findings)); diff != "" {
		t.Errorf("Findings (-want +got):\n%s", diff)
	}
	if got := b.Stale(rep); got != 1 {
		t.Errorf("Stale = %d, want 1", got)
	}
	// The next baseline keeps what still occurs, takes in what is new, and
	// leaves the mended one out.
	next := rep.Baseline()
	if next.Len() != 2 || !next.Has(check.Fingerprint("r", file, "/a", "")) || !next.Has(check.Fingerprint("r", file, "/b", "")) {
		t.Errorf("the next baseline is %s", write(t, next))
	}
}

func TestBaselineLeavesOutThePolicy(t *testing.T) {
	t.Parallel()
	b := check.NewBaseline([]check.Finding{{Rule: "waiver-stale", Fingerprint: "a"}, {Rule: "r", Fingerprint: "b"}})
	if b.Len() != 1 || !b.Has("b") {
		t.Errorf("Len = %d, Has(b) = %v; want only b", b.Len(), b.Has("b"))
	}
}

func TestReadBaselineErrors(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		in   io.Reader
		want string
	}{
		{"empty", strings.NewReader(""), "read baseline: line 1: unexpected end of JSON input"},
		{"no JSON", strings.NewReader("{\n\n<html>"), "read baseline: line 3: invalid character '<'"},
		{"an array", strings.NewReader("[]"), "read baseline: line 1: json: cannot unmarshal array"},
		{"no version", strings.NewReader("{}"), "it has no version"},
		{"a later version", strings.NewReader(`{"version": 2, "findings": []}`), "version 2 is not known; only 1 is"},
		{"no fingerprint", strings.NewReader(`{"version": 1, "findings": [{"rule": "r"}]}`), `finding 1: "" is no fingerprint`},
		{"a long one", strings.NewReader(`{"version": 1, "findings": [{"fingerprint": "` + strings.Repeat("a", 33) + `"}]}`), "is no fingerprint"},
		{"upper case", strings.NewReader(`{"version": 1, "findings": [{"fingerprint": "` + strings.Repeat("A", 32) + `"}]}`), "is no fingerprint"},
		{"a wrong type", strings.NewReader("{\"version\": 1,\n \"findings\": [{\"rule\": 3}]}"), "line 2"},
		{"too deep", strings.NewReader(strings.Repeat("[", 1_000_000)), "exceeded max depth"},
		{"too large", strings.NewReader(strings.Repeat(" ", 64<<20+1)), "larger than 64 MiB"},
		{"unreadable", iotest.ErrReader(errors.New("disk on fire")), "read baseline: disk on fire"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			b, err := check.ReadBaseline(tt.in)
			if b != nil || err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("ReadBaseline: %v, want %q in it", err, tt.want)
			}
		})
	}
}

func FuzzReadBaseline(f *testing.F) {
	print := check.Fingerprint("r", "f", "/e", "")
	for _, seed := range []string{
		"", "{}", `{"version":1}`, `{"version":1,"findings":null}`,
		`{"version":1,"findings":[{"fingerprint":"` + print + `","rule":"r","file":"f","element":"/e"}]}`,
		`{"version":1,"findings":[{"fingerprint":"` + print + `","rule":"\ud800","file":"\u0000<"}]}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		b, err := check.ReadBaseline(bytes.NewReader(data))
		if err != nil {
			return
		}
		text := write(t, b)
		back, err := check.ReadBaseline(strings.NewReader(text))
		if err != nil {
			t.Fatalf("cannot read what was written: %v\n%s", err, text)
		}
		if diff := cmp.Diff(text, write(t, back)); diff != "" {
			t.Errorf("written again (-want +got):\n%s", diff)
		}
	})
}
