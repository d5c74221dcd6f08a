package view_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/lifecycle/headers"
	"github.com/plumbapi/plumb/lifecycle/headers/view"
	"github.com/plumbapi/plumb/openapi"
)

// result has one operation of each kind.
func result(t *testing.T) (*headers.Result, *headers.Plan) {
	t.Helper()
	doc, err := openapi.Parse("api.yaml", []byte(`openapi: 3.1.0
info: {title: Garden, version: "1"}
paths:
  /kept: {get: {deprecated: true, responses: {}}}
  /silent: {get: {deprecated: true, x-sunset: 2026-12-31, x-replaced-by: /kept, responses: {}}}
  "/<script>|\u001b[31m": {get: {responses: {}}}
  /away: {get: {deprecated: true, responses: {}}}
  /unseen: {post: {deprecated: true, responses: {}}}
`))
	if err != nil {
		t.Fatal(err)
	}
	j := headers.NewJudge(doc, headers.JudgeOptions{})
	for _, e := range []headers.Exchange{
		{URL: "/kept", Status: 200, Header: http.Header{"Deprecation": {"@1"}}},
		{URL: "/silent", Status: 200, Header: http.Header{}},
		{URL: "/silent", Status: 301, Header: http.Header{"Deprecation": {"true"}, "Sunset": {"Thu, 31 Dec 2026 00:00:00 GMT"}, "Link": {`</away>; rel="successor-version"`}}},
		{URL: "/%3Cscript%3E%7C%1B%5B31m", Status: 200, Header: http.Header{"Sunset": {"never"}}},
		{URL: "/away", Status: 503, Header: http.Header{}},
		{URL: "/elsewhere", Status: 200, Header: http.Header{}},
	} {
		e.Method = "GET"
		j.Add(&e)
	}
	return j.Result(), headers.NewPlan(doc, headers.PlanOptions{})
}

func TestText(t *testing.T) {
	t.Parallel()
	res, plan := result(t)
	b := &strings.Builder{}
	if err := view.Text(b, res, 0, false); err != nil {
		t.Fatal(err)
	}
	want := `operation               responses  what they say
GET /kept                       1  as promised
GET /silent                     2  Deprecation missing, Sunset missing, successor missing, Deprecation invalid, successor disagrees
GET /<script>|\x1b[31m          1  Sunset unexpected
GET /away                       0  no response that could be judged
POST /unseen                    0  no response

Responses of 1 of 4 operations say what the description promises; 2 gave no response that could be judged · 6 exchanges, 1 not judged, 1 for no operation
`
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Errorf("text (-want +got):\n%s", diff)
	}
	b.Reset()
	if err := view.Plan(b, plan); err != nil {
		t.Fatal(err)
	}
	want = `GET /kept  /kept
GET /silent  /silent
GET /away  /away
POST /unseen  not asked: POST may change something
3 requests to send, 1 operation not asked
`
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Errorf("plan (-want +got):\n%s", diff)
	}
}

// TestHostile shows that names stay text in every form.
func TestHostile(t *testing.T) {
	t.Parallel()
	res, _ := result(t)
	facts := view.Facts(res, true)
	html, err := facts.HTML()
	if err != nil {
		t.Fatal(err)
	}
	b := &strings.Builder{}
	if err := facts.Markdown(b); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(html), "<script>") || strings.Contains(string(html)+b.String(), "\x1b") {
		t.Errorf("a name is no text:\n%s\n%s", html, b)
	}
	if !strings.Contains(b.String(), "| `GET /silent` | 2 | Deprecation missing") || !strings.Contains(string(html), "&lt;script&gt;") {
		t.Errorf("a row is missing:\n%s\n%s", html, b)
	}
	if !strings.Contains(b.String(), `&lt;script>\|`) && !strings.Contains(b.String(), "script>\\|") {
		t.Errorf("a cell ends early:\n%s", b)
	}
}
