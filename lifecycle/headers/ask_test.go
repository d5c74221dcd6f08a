package headers_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/lifecycle/headers"
	"github.com/plumbapi/plumb/lifecycle/server"
)

const asked = `openapi: 3.1.0
info: {title: Garden, version: "1"}
servers: [{url: "https://garden.example/v1"}]
paths:
  /plants:
    get: {deprecated: true, x-deprecated-at: 2026-01-15, x-sunset: 2026-12-31, x-replaced-by: GET /flora, responses: {}}
    post: {deprecated: true, responses: {}}
  /plants/{id}:
    get:
      deprecated: true
      parameters:
        - {name: id, in: path, required: true, schema: {type: string, examples: ["../a b"]}}
        - {name: part, in: query, required: true, schema: {type: string, enum: [leaf]}}
        - {name: X-Tenant, in: header, required: true, example: acme, schema: {type: string}}
        - {name: page, in: query, example: 7, schema: {type: integer}}
      responses: {}
  /plants/{id}/parts/{part}:
    get: {deprecated: true, parameters: [{name: id, in: path, required: true, schema: {type: string}}, {name: part, in: path, required: true, example: root, schema: {type: string}}], responses: {}}
  /soil/{kind}:
    head: {deprecated: true, parameters: [{$ref: "#/components/parameters/kind"}], responses: {}}
  /files/{path}:
    get: {deprecated: true, parameters: [{name: path, in: path, required: true, x-multi-segment: true, example: a/../b c, schema: {type: string}}], responses: {}}
  /shape/{of}:
    get: {deprecated: true, parameters: [{name: of, in: path, required: true, example: [1, 2], schema: {type: array}}], responses: {}}
  /hidden/{x}:
    get: {deprecated: true, responses: {}}
  /cookie:
    get: {deprecated: true, parameters: [{name: s, in: cookie, required: true, example: x, schema: {type: string}}], responses: {}}
  /flora:
    get: {responses: {}}
components:
  parameters:
    kind: {name: kind, in: path, required: true, examples: {one: {value: clay}}, schema: {type: string}}
`

func TestPlan(t *testing.T) {
	t.Parallel()
	doc := parse(t, asked)
	brief := func(o headers.PlanOptions) (asks, skipped []string) {
		plan := headers.NewPlan(doc, o)
		for _, a := range plan.Asks {
			asks = append(asks, a.Operation+" = "+a.Target)
		}
		for _, s := range plan.Skipped {
			skipped = append(skipped, s.Operation+": "+s.Reason)
		}
		return asks, skipped
	}
	asks, skipped := brief(headers.PlanOptions{})
	if diff := cmp.Diff([]string{
		"GET /plants = /plants", "GET /plants/{id} = /plants/..%2Fa%20b?part=leaf", "HEAD /soil/{kind} = /soil/clay", "GET /files/{path} = /files/a/%2E%2E/b%20c",
	}, asks); diff != "" {
		t.Errorf("asks (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{
		"POST /plants: POST may change something",
		`GET /plants/{id}/parts/{part}: the path parameter "id" has no example`,
		`GET /shape/{of}: the path parameter "of" has no example`,
		"GET /hidden/{x}: the path has a parameter that is not described",
		`GET /cookie: it needs the cookie parameter "s"`,
	}, skipped); diff != "" {
		t.Errorf("skipped (-want +got):\n%s", diff)
	}
	asks, skipped = brief(headers.PlanOptions{All: true, Values: map[string]string{"id": "7"}})
	if !slices.Contains(asks, "GET /flora = /flora") || !slices.Contains(asks, "GET /plants/{id}/parts/{part} = /plants/7/parts/root") || len(skipped) != 4 {
		t.Errorf("asks %q, skipped %q", asks, skipped)
	}
}

// noWait never waits, but notes that it was to.
type noWait struct {
	mu    sync.Mutex
	waits []time.Duration
}

func (n *noWait) wait(ctx context.Context, d time.Duration) error {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.waits = append(n.waits, d)
	return ctx.Err()
}

func ask(t *testing.T, o headers.AskOptions) (*headers.Result, error) {
	t.Helper()
	doc := parse(t, asked)
	j := headers.NewJudge(doc, headers.JudgeOptions{Now: time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC), Bases: []string{"/api"}})
	err := headers.NewPlan(doc, headers.PlanOptions{All: true}).Run(t.Context(), j, o)
	return j.Result(), err
}

// TestRunAgainstMiddleware shows that both halves agree.
func TestRunAgainstMiddleware(t *testing.T) {
	t.Parallel()
	wrap, err := server.Middleware(parse(t, asked), server.Options{Now: func() time.Time { return time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC) }, Bases: []string{"/api"}})
	if err != nil {
		t.Fatal(err)
	}
	var mu sync.Mutex
	var seen []string
	s := httptest.NewServer(wrap(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		seen = append(seen, r.Method+" "+r.RequestURI+" "+r.Header.Get("X-Tenant"))
	})))
	t.Cleanup(s.Close)
	pace := &noWait{}
	res, err := ask(t, headers.AskOptions{Base: s.URL + "/api/?key=k", Client: s.Client(), Rate: 10, Wait: pace.wait})
	if err != nil {
		t.Fatal(err)
	}
	report, err := headers.Check(t.Context(), res, check.Policy{})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, f := range report.Findings {
		got = append(got, f.Message)
	}
	// Links lead to where the description says that the API is, /v1: clients
	// may see another path than the server does.
	if diff := cmp.Diff([]string(nil), got); diff != "" || !report.Complete() {
		t.Errorf("complete %t, findings (-want +got):\n%s", report.Complete(), diff)
	}
	want := []string{
		"GET /api/plants?key=k ", "GET /api/plants/..%2Fa%20b?key=k&part=leaf acme", "HEAD /api/soil/clay?key=k ", "GET /api/files/a/%2E%2E/b%20c?key=k ", "GET /api/flora?key=k ",
	}
	if diff := cmp.Diff(want, seen); diff != "" {
		t.Errorf("requests (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]time.Duration{1e8, 1e8, 1e8, 1e8}, pace.waits); diff != "" {
		t.Errorf("waits (-want +got):\n%s", diff)
	}
}

// TestRunFaults is about servers that do not answer as they should.
func TestRunFaults(t *testing.T) {
	t.Parallel()
	status := func(code int) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(code) }
	}
	tests := []struct {
		name       string
		handler    http.HandlerFunc
		budget     int
		incomplete []string
		missing    int // findings
		err        string
	}{
		{"says nothing", status(200), 0, nil, 6, ""},
		{"refuses", status(401), 0, []string{"no response could be judged: 5 of 5 are errors or missing"}, 0, ""},
		{"redirects", func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "http://169.254.169.254/latest", http.StatusFound)
		}, 0, nil, 6, ""},
		{"hangs up", func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, 0, nil, 0, "gives no answer, 0 of 5 requests were answered: EOF"},
		{"hangs up once", func(_ http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/plants" {
				panic(http.ErrAbortHandler)
			}
		}, 0, []string{"1 of 5 requests were not answered"}, 3, ""},
		{"small budget", status(200), 1, []string{"the budget of 1 requests is used up, 1 of 5 operations were asked"}, 3, ""},
		{"asks to wait", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Retry-After", "7")
			w.WriteHeader(http.StatusTooManyRequests)
		}, 0, []string{"no response could be judged: 5 of 5 are errors or missing"}, 0, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := httptest.NewServer(tt.handler)
			s.Config.ErrorLog = nil
			t.Cleanup(s.Close)
			pace := &noWait{}
			res, err := ask(t, headers.AskOptions{Base: s.URL, Client: s.Client(), Budget: tt.budget, Wait: pace.wait})
			var gone *headers.UnreachableError
			if tt.err != "" && (!errors.As(err, &gone) || !strings.Contains(err.Error(), tt.err)) || tt.err == "" && err != nil {
				t.Fatalf("error %v, want %q", err, tt.err)
			}
			if tt.err != "" {
				return
			}
			for i := range res.Incomplete {
				_, after, ok := strings.Cut(res.Incomplete[i], s.URL+": ")
				if ok {
					res.Incomplete[i] = after
				}
			}
			if diff := cmp.Diff(tt.incomplete, append([]string(nil), res.Incomplete...)); diff != "" {
				t.Errorf("incomplete (-want +got):\n%s", diff)
			}
			report, err := headers.Check(t.Context(), res, check.Policy{})
			if err != nil {
				t.Fatal(err)
			}
			if len(report.Findings) != tt.missing {
				t.Errorf("%d findings, want %d: %+v", len(report.Findings), tt.missing, report.Findings)
			}
			if tt.name == "asks to wait" && !slices.Contains(pace.waits, 7*time.Second) {
				t.Errorf("waits %v, want one of 7 s", pace.waits)
			}
		})
	}
}

func TestRunProblems(t *testing.T) {
	t.Parallel()
	unsafe := parse(t, "openapi: 3.1.0\ninfo: {title: t, version: '1'}\npaths: {/a: {post: {deprecated: true, responses: {}}}}\n")
	silent := headers.NewJudge(unsafe, headers.JudgeOptions{})
	if err := headers.NewPlan(unsafe, headers.PlanOptions{}).Run(t.Context(), silent, headers.AskOptions{Base: "http://localhost:1"}); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"nothing can be asked: all 1 operations that promise something change things or lack values of parameters"}, silent.Result().Incomplete); diff != "" {
		t.Errorf("incomplete (-want +got):\n%s", diff)
	}
	for _, base := range []string{"", "localhost", "ftp://x/", "http://user:secret@"} {
		if _, err := ask(t, headers.AskOptions{Base: base}); err == nil || strings.Contains(err.Error(), "secret") {
			t.Errorf("%q: %v, want an error without a password", base, err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	doc := parse(t, asked)
	j := headers.NewJudge(doc, headers.JudgeOptions{})
	if err := headers.NewPlan(doc, headers.PlanOptions{}).Run(ctx, j, headers.AskOptions{Base: "http://localhost:1"}); !errors.Is(err, context.Canceled) {
		t.Errorf("a run that is over: %v", err)
	}
}
