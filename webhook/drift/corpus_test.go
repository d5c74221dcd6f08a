package drift_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/webhook"
	"github.com/plumbapi/plumb/webhook/drift"
)

// corpus reads a file of real descriptions; the test is skipped where it is
// absent.
func corpus(tb testing.TB, name string) []byte {
	tb.Helper()
	dir := os.Getenv("PLUMB_CORPUS")
	if dir == "" {
		dir = "../../../shared/corpus"
	}
	text, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		tb.Skipf("no corpus of real descriptions; set PLUMB_CORPUS to its folder (%v)", err)
	}
	return text
}

// github reads GitHub's description of its webhooks, and the payloads that it
// gives as examples.
func github(tb testing.TB) (text []byte, doc *openapi.Document, m *webhook.Model, payloads []drift.Payload) {
	tb.Helper()
	text = corpus(tb, "github/webhooks/openapi-webhooks.api.github.com.json")
	doc, err := openapi.Parse("github.json", text)
	if err != nil {
		tb.Fatal(err)
	}
	provider, _, err := webhook.FindProvider("github")
	if err != nil {
		tb.Fatal(err)
	}
	if m, err = webhook.FromOpenAPI(doc, webhook.Options{Provider: provider}); err != nil {
		tb.Fatal(err)
	}
	var groups []struct {
		Name     string
		Examples []json.RawMessage
	}
	if err := json.Unmarshal(corpus(tb, "github/webhooks/examples.index.json"), &groups); err != nil {
		tb.Fatal(err)
	}
	for _, g := range groups {
		for i, example := range g.Examples {
			payloads = append(payloads, drift.Payload{Name: fmt.Sprintf("%s#%d", g.Name, i), Event: g.Name, JSON: example})
		}
	}
	return text, doc, m, payloads
}

// TestGitHub finds what a count with another validator finds: 228 assertions
// that fail, of them 204 required, 16 type and 4 enum outside of unions, and
// four unions that nothing fits; in 114 of 329 payloads; and 107 unknown members
// in 56. Of the four unions two lack one member in the alternative that is
// closest, two lack two: 210 members are missing.
//
// Under the overlay all payloads match, as another library applies it and
// another validator judges.
func TestGitHub(t *testing.T) {
	t.Parallel()
	text, doc, m, payloads := github(t)
	d := drift.Of(doc, m)
	res, err := drift.Compare(t.Context(), d, payloads)
	if err != nil {
		t.Fatal(err)
	}
	want := drift.Counts{
		Payloads: 329, Valid: 215, Exact: 180, Violations: 230, Violating: 114, Assertions: 228,
		Formats: 28, Unknown: 107, UnknownIn: 56,
	}
	if diff := cmp.Diff(want, res.Counts); diff != "" {
		t.Errorf("Counts (-want +got):\n%s", diff)
	}
	kinds := map[drift.Kind]int{}
	for _, k := range drift.Kinds() {
		if _, n := res.ByKind(k); n > 0 {
			kinds[k] = n
		}
	}
	if diff := cmp.Diff(map[drift.Kind]int{drift.Missing: 210, drift.Type: 16, drift.Enum: 4, drift.Format: 28, drift.Unknown: 107}, kinds); diff != "" {
		t.Errorf("kinds (-want +got):\n%s", diff)
	}

	mended, err := drift.Mend(t.Context(), res, payloads)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(drift.Counts{Payloads: 329, Valid: 329, Exact: 329}, mended.Result.Counts); diff != "" || len(mended.Left) > 0 {
		t.Errorf("what is left %q; Counts under the overlay (-want +got):\n%s", mended.Left, diff)
	}
	schemas := map[string]string{}
	for _, e := range m.Events {
		schemas[e.Name+" "+e.Action] = d.Schema(e).Pointer()
	}
	for name, description := range map[string]any{"as it is": value(t, text), "under the overlay": overlaid(t, value(t, text), mended.Overlay)} {
		j, valid := newJudge(t, description), 0
		for i, p := range payloads {
			row := res.Payloads[i]
			pointer := schemas[row.Event+" "+row.Action]
			if pointer == "" {
				pointer = schemas[row.Event+" "]
			}
			ok := j.valid(t, pointer, p.JSON)
			if ok {
				valid++
			}
			if name == "as it is" && ok != (row.Violations == 0) {
				t.Errorf("%s: valid is %t for another validator, and there are %d violations", p.Name, ok, row.Violations)
			}
		}
		if want := map[string]int{"as it is": 215, "under the overlay": 329}[name]; valid != want {
			t.Errorf("%s, another validator accepts %d of %d payloads, want %d", name, valid, len(payloads), want)
		}
	}
}

// Payloads that do not say their event are found to be of the right one, or of
// none.
func TestGitHubGuessed(t *testing.T) {
	t.Parallel()
	_, doc, m, payloads := github(t)
	want, err := drift.Compare(t.Context(), drift.Of(doc, m), payloads)
	if err != nil {
		t.Fatal(err)
	}
	events := map[string]string{}
	for i := range payloads {
		payloads[i].Name = fmt.Sprint(i)
		events[payloads[i].Name] = want.Payloads[i].Event
		payloads[i].Event = ""
	}
	got, err := drift.Compare(t.Context(), drift.Of(doc, m), payloads)
	if err != nil {
		t.Fatal(err)
	}
	if got.Counts.NotJudged+len(got.Payloads) != len(payloads) || got.Counts.NotJudged > 40 {
		t.Errorf("%d payloads are not judged and %d are, of %d", got.Counts.NotJudged, len(got.Payloads), len(payloads))
	}
	for _, p := range got.Payloads {
		if p.Event != events[p.Name] {
			t.Errorf("payload %s is taken for %q, and is %q", p.Name, p.Event, events[p.Name])
		}
	}
}

func BenchmarkCompare(b *testing.B) {
	_, doc, m, payloads := github(b)
	size := 0
	for _, p := range payloads {
		size += len(p.JSON)
	}
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := drift.Compare(b.Context(), drift.Of(doc, m), payloads); err != nil {
			b.Fatal(err)
		}
	}
}
