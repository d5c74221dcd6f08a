package live_test

import (
	"encoding/json"
	"io"
	"io/fs"
	"net/http"
	"path"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/check/checktest"
	"github.com/plumbapi/plumb/graphql"
	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/parity"
	"github.com/plumbapi/plumb/parity/live"
)

// TestRules runs every rule over the cases of its own: a pair of
// descriptions, and in answers.yaml what the servers answer: by operation, a
// body or a status; by root field, whatever is asked of it.
func TestRules(t *testing.T) {
	t.Parallel()
	checktest.RunFS(t, live.Rules(), "testdata/rules", func(fsys fs.FS, root string) (*live.Result, error) {
		dir := path.Dir(root)
		doc, err := openapi.Load(t.Context(), fsys, dir+"/openapi.yaml")
		if err != nil {
			return nil, err
		}
		schema, err := graphql.Load(t.Context(), fsys, dir+"/schema.graphql")
		if err != nil {
			return nil, err
		}
		text, err := fs.ReadFile(fsys, dir+"/answers.yaml")
		if err != nil {
			return nil, err
		}
		var says said
		if err := yaml.Unmarshal(text, &says); err != nil {
			return nil, err
		}
		res, err := parity.Match(t.Context(), doc, schema, parity.Options{})
		if err != nil {
			return nil, err
		}
		opts := live.Options{Clock: live.NoWait(), ShowValues: true}
		plan, err := live.NewPlan(res, opts)
		if err != nil {
			return nil, err
		}
		return live.Verify(t.Context(), plan, live.Endpoints{
			REST: "http://rest.example", GraphQL: "http://graphql.example", Client: &http.Client{Transport: says},
		}, opts)
	})
}

// said is what the servers of a case answer.
type said struct {
	REST    map[string]any
	GraphQL map[string]any
	Errors  []any
}

func (s said) RoundTrip(r *http.Request) (*http.Response, error) {
	w := &http.Response{StatusCode: http.StatusOK, Header: http.Header{}, Request: r}
	var value any = map[string]any{"data": alias(s.GraphQL, r), "errors": s.Errors}
	if r.URL.Host == "rest.example" {
		value = s.REST[r.Method+" "+r.URL.Path]
	}
	if status, ok := value.(int); ok {
		w.StatusCode = status
	}
	text, err := json.Marshal(value)
	w.Body = io.NopCloser(strings.NewReader(string(text)))
	return w, err
}

// alias adds the key by which a query for further fields joins objects.
func alias(v any, r *http.Request) any {
	if text := body(r); !strings.Contains(text, "key: id") {
		return v
	}
	text, _ := json.Marshal(v)
	return json.RawMessage(strings.ReplaceAll(string(text), `"id":`, `"key":`))
}

// A report over a result that is not complete is not either.
func TestCheckIncomplete(t *testing.T) {
	t.Parallel()
	opts := quick()
	opts.Budget = 3
	res := verify(t, serve(t, fault{}), opts)
	report, err := live.Check(t.Context(), res, check.Policy{})
	if err != nil {
		t.Fatal(err)
	}
	if report.Complete() || len(report.Incomplete) != 1 || report.Incomplete[0].Message != "the budget of requests is used up" {
		t.Errorf("incomplete: %+v", report.Incomplete)
	}
	if len(report.Subjects) != 2 || len(report.Findings) != 0 {
		t.Errorf("subjects %q, findings %+v", report.Subjects, report.Findings)
	}
}
