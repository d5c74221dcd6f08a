package snapshot_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/snapshot"
)

var day = time.Date(2026, 11, 27, 0, 0, 0, 0, time.UTC)

// one is the snapshot of an API on a day, with its breadth and its lint errors.
func one(product, name string, at time.Time, revision string, match, errors int) *snapshot.Snapshot {
	return &snapshot.Snapshot{
		Version: 1, Tool: "plumb 0.1.0", Product: product, Revision: revision, At: at,
		APIs: []snapshot.API{{
			Name: name, Product: product, Revision: revision, At: at,
			Parity: &snapshot.Parity{RESTToGraphQL: snapshot.Breadth{Total: 10, Match: match, None: 10 - match}},
			Lint:   &snapshot.Debt{Errors: errors},
		}},
	}
}

func text(t *testing.T, s *snapshot.Snapshot) string {
	t.Helper()
	var b bytes.Buffer
	if err := snapshot.Write(&b, s); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestWriteRead(t *testing.T) {
	t.Parallel()
	first := text(t, one("p", "a", day, "r1", 5, 2))
	for line := range strings.Lines(first) {
		name, isNull := strings.CutSuffix(strings.TrimRight(line, ",\n"), ": null")
		if isNull && !strings.Contains(`"slo" "docs" "webhooks" "lifecycle"`, strings.TrimSpace(name)) {
			t.Errorf("an array is null: %s", line)
		}
	}
	s, err := snapshot.Read(strings.NewReader(first))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(first, text(t, s)); diff != "" {
		t.Errorf("read and written again (-want +got):\n%s", diff)
	}
}

func TestReadProblems(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ name, text, want string }{
		{"nothing", "", "this is no JSON: unexpected end of JSON input, at byte 0"},
		{"no JSON", "{", "this is no JSON: unexpected end of JSON input, at byte 1"},
		{"a list", "[]", "this is no snapshot: expected an object, found array"},
		{"no version", "{}", "this is no snapshot: it has no version; plumb report --save writes one"},
		{"a later version", `{"version": 9}`, "the snapshot has version 9, and this plumb reads up to version 1; update plumb, or write it with this one"},
		{"a wrong type", `{"version": 1, "at": "2026-11-27T00:00:00Z", "apis": [{"name": 1}]}`, "this is no snapshot: apis.name is number; expected string"},
		{"no time", `{"version": 1}`, "the snapshot does not say when it was made (at)"},
		{"no name", `{"version": 1, "at": "2026-11-27T00:00:00Z", "apis": [{}]}`, "API 1 of the snapshot has no name"},
		{"twice", `{"version": 1, "at": "2026-11-27T00:00:00Z", "apis": [{"name": "a"}, {"name": "a"}]}`, `the snapshot has two APIs "a" of product ""`},
		{"no day", `{"version": 1, "at": "2026-11-27T00:00:00Z", "waivers": [{"owner": "ann", "until": "soon"}]}`, `a waiver of ann ends on "soon"; expected a day such as 2026-12-31`},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			_, err := snapshot.Read(strings.NewReader(test.text))
			if err == nil {
				t.Fatal("no error")
			}
			if diff := cmp.Diff(test.want, err.Error()); diff != "" {
				t.Errorf("Read (-want +got):\n%s", diff)
			}
			var later *snapshot.VersionError
			if errors.As(err, &later) != (test.name == "a later version") {
				t.Errorf("%v is a VersionError: %v", err, later != nil)
			}
		})
	}
}

func TestMerge(t *testing.T) {
	t.Parallel()
	old, newer := one("p", "a", day, "r1", 5, 2), one("p", "a", day.AddDate(0, 0, 1), "r2", 6, 1)
	other := one("q", "a", day, "r9", 1, 0)
	old.Waivers = []snapshot.Waiver{{Product: "p", Owner: "gone", Until: "2026-01-01"}}
	newer.Waivers = []snapshot.Waiver{{Product: "p", Owner: "ann", Until: "2026-12-31"}}
	other.Waivers = []snapshot.Waiver{{Product: "q", Owner: "bo", Until: "2026-12-01"}}
	for _, list := range [][]*snapshot.Snapshot{{old, newer, other}, {other, newer, old}} {
		got, err := snapshot.Merge("all", list...)
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		for _, a := range got.APIs {
			names = append(names, a.Product+"/"+a.Name+"@"+a.Revision)
		}
		for _, w := range got.Waivers {
			names = append(names, w.Owner)
		}
		if diff := cmp.Diff([]string{"p/a@r2", "q/a@r9", "bo", "ann"}, names); diff != "" {
			t.Errorf("Merge (-want +got):\n%s", diff)
		}
		if got.Product != "all" || got.Revision != "" || !got.At.Equal(newer.At) {
			t.Errorf("product %q, revision %q, at %v", got.Product, got.Revision, got.At)
		}
	}
	if _, err := snapshot.Merge("", old, one("p", "a", day, "r3", 5, 2)); err == nil {
		t.Error("two that disagree are merged")
	}
}

func TestHistory(t *testing.T) {
	t.Parallel()
	now := one("p", "a", day, "r3", 8, 0)
	fsys := fstest.MapFS{
		"b.json":       {Data: []byte(text(t, one("p", "a", day.AddDate(0, 0, -2), "r1", 5, 3)))},
		"a.json":       {Data: []byte(text(t, one("p", "a", day.AddDate(0, 0, -1), "r2", 5, 1)))},
		"later.json":   {Data: []byte(text(t, one("p", "a", day.AddDate(0, 0, 1), "r4", 9, 0)))},
		"README.md":    {Data: []byte("no snapshot")},
		"old/x.json":   {Data: []byte("{")},
		".hidden.json": {Data: []byte("{")},
	}
	history, err := snapshot.ReadHistory(fsys)
	if err != nil {
		t.Fatal(err)
	}
	s, before := snapshot.Before(history, now, &now.APIs[0])
	if before == nil || before.Revision != "r2" {
		t.Fatalf("before is %v", before)
	}
	want := &snapshot.Change{Metrics: []snapshot.Delta{{"parity.breadth", 0.5, 0.8}, {"lint.errors", 1, 0}, {"lint.debt", 1, 0}}}
	got := snapshot.Compare(s, before, now, &now.APIs[0])
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Compare (-want +got):\n%s", diff)
	}
	var values []float64
	for _, series := range snapshot.Trend(history, now, &now.APIs[0]) {
		if series.Metric == "parity.breadth" {
			for _, p := range series.Points {
				values = append(values, p.Value)
			}
		}
	}
	if diff := cmp.Diff([]float64{0.5, 0.5, 0.8}, values); diff != "" {
		t.Errorf("Trend (-want +got):\n%s", diff)
	}
	fsys["torn.json"] = &fstest.MapFile{Data: []byte("{")}
	if _, err := snapshot.ReadHistory(fsys); err == nil || !strings.HasPrefix(err.Error(), "torn.json: ") {
		t.Errorf("a torn file: %v", err)
	}
}

// TestCompareGaps tells gaps that were closed from those whose operation is gone.
func TestCompareGaps(t *testing.T) {
	t.Parallel()
	row := func(rest, graphql, parity, exempt string) snapshot.Resource {
		return snapshot.Resource{REST: rest, GraphQL: graphql, Parity: parity, Exempt: exempt}
	}
	a, b := one("p", "a", day, "r1", 5, 0), one("p", "a", day.AddDate(0, 0, 1), "r2", 5, 0)
	a.APIs[0].Resources = []snapshot.Resource{
		row("GET /closed", "", "none", ""), row("GET /gone", "", "none", ""), row("GET /exempt", "", "none", ""), row("GET /same", "", "none", ""),
		row("GET /lost", "Query.lost", "match", ""), row("", "Query.closed", "none", ""),
	}
	b.APIs[0].Resources = []snapshot.Resource{
		row("GET /closed", "Query.closed", "match", ""), row("GET /exempt", "", "none", "who asks"), row("GET /same", "", "none", ""),
		row("GET /lost", "", "none", ""), row("POST /new", "", "none", ""),
	}
	got := snapshot.Compare(a, &a.APIs[0], b, &b.APIs[0])
	want := &snapshot.Change{Opened: []string{"GET /lost", "POST /new"}, Closed: []string{"GET /closed", "GET /exempt", "Query.closed"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Compare (-want +got):\n%s", diff)
	}
}

func TestFileName(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ revision, want string }{
		{"", "2026-11-27-000000.json"}, {"v1.2", "2026-11-27-000000-v1.2.json"}, {"../x y/é", "2026-11-27-000000-x-y.json"},
	} {
		if got := snapshot.FileName(one("p", "a", day, test.revision, 1, 1)); got != test.want {
			t.Errorf("FileName of %q is %q, want %q", test.revision, got, test.want)
		}
	}
}

// TestMetricsAreWhole checks that every metric can be found and has names, and
// that an API of which nothing is known has no made-up values.
func TestMetricsAreWhole(t *testing.T) {
	t.Parallel()
	s := &snapshot.Snapshot{At: day, APIs: []snapshot.API{{Name: "a"}}}
	seen := map[string]bool{}
	for _, m := range snapshot.Metrics() {
		if m.Title == "" || m.Short == "" || m.Topic == "" || seen[m.ID] || snapshot.FindMetric(m.ID) == nil {
			t.Errorf("metric %q is not whole", m.ID)
		}
		seen[m.ID] = true
		if v, ok := m.Value(s, &s.APIs[0]); ok && m.Topic != "Waivers" && m.Topic != "Gates" {
			t.Errorf("%s of nothing is %v", m.ID, v)
		}
	}
	if snapshot.FindMetric("parity.bredth") != nil {
		t.Error("a metric that does not exist is found")
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(`{"version": 1, "at": "2026-11-27T00:00:00Z", "apis": [{"name": "a", "lifecycle": {"deprecations": [{"due": "2026-12-31"}]}}], "waivers": [{"until": "2026-12-31"}]}`))
	f.Add([]byte(`{"version": 2}`))
	f.Add([]byte("\xef\xbb\xbf{\"version\": 1e400}"))
	f.Fuzz(func(t *testing.T, data []byte) {
		s, err := snapshot.Read(bytes.NewReader(data))
		if err != nil {
			return
		}
		var first, second bytes.Buffer
		if err := snapshot.Write(&first, s); err != nil {
			t.Fatalf("what was read cannot be written: %v", err)
		}
		again, err := snapshot.Read(bytes.NewReader(first.Bytes()))
		if err != nil {
			t.Fatalf("what was written cannot be read: %v\n%s", err, first.Bytes())
		}
		if err := snapshot.Write(&second, again); err != nil || !bytes.Equal(first.Bytes(), second.Bytes()) {
			t.Fatalf("written twice: %v\n%s\n%s", err, first.Bytes(), second.Bytes())
		}
		for i := range s.APIs {
			snapshot.Trend([]*snapshot.Snapshot{again}, s, &s.APIs[i])
			snapshot.DefaultCriteria().Answer(s, &s.APIs[i])
		}
	})
}
