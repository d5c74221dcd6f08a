package demo_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/internal/demo"
	"github.com/plumbapi/plumb/webhook/signature"
)

var now = time.Date(2026, 11, 27, 18, 0, 0, 0, time.UTC)

const secret = "whsec_c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0"

// start serves a product, whose webhooks go to a URL.
func start(t *testing.T, hooks string) (*demo.Product, string) {
	t.Helper()
	p, err := demo.New(demo.Options{Now: func() time.Time { return now }, Token: "opensesame", Secret: secret, Hooks: hooks})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(p.Handler())
	t.Cleanup(server.Close)
	t.Cleanup(func() { _ = p.Close(t.Context()) })
	return p, server.URL
}

// call sends a request and returns the status and the body.
func call(t *testing.T, method, url, token, body string) (int, string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if token != "" {
		req.Header.Set("Authorization", "Bearer "+token)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	said, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, strings.TrimSpace(string(said))
}

func query(t *testing.T, text string) string {
	t.Helper()
	body, err := json.Marshal(map[string]any{"query": text})
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

func TestREST(t *testing.T) {
	t.Parallel()
	_, url := start(t, "")
	tests := []struct {
		name, method, path, token, body string
		status                          int
		want                            string
	}{
		{"one", "GET", "/v1/projects/1", "", "", 200, `{"created_at":"2026-03-01T09:30:00Z","id":"1","name":"Harbour house","visibility":"private"}`},
		{"none", "GET", "/v1/projects/99", "", "", 404, `{"detail":"There is no such thing.","status":404,"title":"Not Found"}`},
		{"page", "GET", "/v1/projects/1/milestones?per_page=1&page=2", "", "", 200, `[{"due_on":"2026-03-11","id":"2","title":"Pipes"}]`},
		{"beyond the last page", "GET", "/v1/projects?page=9", "", "", 200, `[]`},
		{"a page that is none", "GET", "/v1/issues/1/comments?page=x", "", "", 200, `[{"author":{"id":"2","username":"grace"},"body":"Seen on the site.","created_at":"2026-03-03T09:30:00Z","id":"1"}]`},
		{"write without the token", "POST", "/v1/issues/1/close", "", "", 401, `{"detail":"The token is missing or unknown.","status":401,"title":"Unauthorized"}`},
		{"write with another", "POST", "/v1/projects/1/issues", "sesame", `{"title":"x"}`, 401, `{"detail":"The token is missing or unknown.","status":401,"title":"Unauthorized"}`},
		{"no title", "POST", "/v1/projects/1/issues", "opensesame", `{}`, 422, `{"detail":"A title has 1 to 200 characters.","status":422,"title":"Unprocessable Entity"}`},
		{"no JSON", "POST", "/v1/issues/1/comments", "opensesame", `{`, 422, `{"detail":"The body is not the JSON that is asked for.","status":422,"title":"Unprocessable Entity"}`},
		{"comment", "POST", "/v1/issues/3/comments", "opensesame", `{"body":"Worse."}`, 201, `{"author":{"id":"2","username":"grace"},"body":"Worse.","created_at":"2026-11-27T18:00:00Z","id":"20"}`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			status, got := call(t, tt.method, url+tt.path, tt.token, tt.body)
			if status != tt.status {
				t.Errorf("status %d, want %d", status, tt.status)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", tt.path, diff)
			}
		})
	}
}

func TestGraphQL(t *testing.T) {
	t.Parallel()
	_, url := start(t, "")
	tests := []struct{ name, query, token, want string }{
		{"one", `{project(id: "1") {name visibility createdAt}}`, "", `{"data":{"project":{"createdAt":"2026-03-01T09:30:00Z","name":"Harbour house","visibility":"PRIVATE"}}}`},
		{"none", `{issue(id: "99") {title}}`, "", `{"data":{"issue":null}}`},
		{
			"page", `{projects(first: 1, after: "1") {edges {cursor node {name}} pageInfo {hasNextPage hasPreviousPage startCursor endCursor}}}`, "",
			`{"data":{"projects":{"edges":[{"cursor":"2","node":{"name":"Mill lane"}}],"pageInfo":{"endCursor":"2","hasNextPage":true,"hasPreviousPage":true,"startCursor":"2"}}}}`,
		},
		{"state", `{project(id: "2") {issues(state: CLOSED) {edges {node {id state}}}}}`, "", `{"data":{"project":{"issues":{"edges":[{"node":{"id":"4","state":"CLOSED"}},{"node":{"id":"8","state":"CLOSED"}}]}}}}`},
		{"refused", `mutation {createIssue(input: {projectId: "1", title: ""}) {issue {id} errors}}`, "opensesame", `{"data":{"createIssue":{"errors":["A title has 1 to 200 characters."],"issue":null}}}`},
		{"done", `mutation {closeIssue(input: {issueId: "9"}) {issue {state closedAt} errors}}`, "opensesame", `{"data":{"closeIssue":{"errors":[],"issue":{"closedAt":"2026-11-27T18:00:00Z","state":"CLOSED"}}}}`},
		{"archived", `mutation {archiveProject(input: {projectId: "6"}) {project {name} errors}}`, "opensesame", `{"data":{"archiveProject":{"errors":[],"project":{"name":"Library"}}}}`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, got := call(t, "POST", url+"/graphql", tt.token, query(t, tt.query))
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", tt.query, diff)
			}
		})
	}
	_, got := call(t, "POST", url+"/graphql", "", query(t, `mutation {closeIssue(input: {issueId: "1"}) {errors}}`))
	if !strings.Contains(got, "the token is missing or unknown") {
		t.Errorf("a mutation without the token gives %s", got)
	}
}

// TestWebhooks verifies what is sent, and that it has the flaws.
func TestWebhooks(t *testing.T) {
	t.Parallel()
	type delivery struct{ event, body string }
	got := make(chan delivery, 8)
	keys := signature.Standard(secret)
	hooks := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		if err := keys.Verify(r.Header, body, now); err != nil {
			t.Errorf("the signature of %s: %v", body, err)
		}
		got <- delivery{r.Header.Get("X-Gutter-Event"), string(bytes.TrimSpace(body))}
		w.WriteHeader(http.StatusNoContent)
	}))
	t.Cleanup(hooks.Close)
	p, url := start(t, hooks.URL)
	if status, said := call(t, "POST", url+"/v1/issues/2/close", "opensesame", ""); status != http.StatusOK {
		t.Fatalf("status %d: %s", status, said)
	}
	if err := p.Deliver(t.Context()); err != nil {
		t.Fatal(err)
	}
	d := <-got
	if d.event != "issueClosed" {
		t.Errorf("the event is %q, want issueClosed", d.event)
	}
	if !strings.Contains(d.body, `"weight":2`) || !strings.Contains(d.body, `"priority":null`) {
		t.Errorf("the flaws are not in %s", d.body)
	}
}

// TestFlaws sees that the table can be trusted: each kind, and no finding twice.
func TestFlaws(t *testing.T) {
	t.Parallel()
	kinds, seen := map[demo.Kind]int{}, map[demo.Finding]string{}
	for _, f := range demo.Flaws() {
		kinds[f.Kind]++
		if f.Where == "" || f.What == "" || f.Why == "" || len(f.Findings) == 0 {
			t.Errorf("%+v says too little", f)
		}
		for _, finding := range f.Findings {
			if other := seen[finding]; other != "" {
				t.Errorf("%+v is of %s and of %s", finding, other, f.Where)
			}
			seen[finding] = f.Where
		}
	}
	for _, k := range demo.Kinds() {
		if kinds[k] < 2 {
			t.Errorf("%d flaws of the kind %s, want 2 or more", kinds[k], k)
		}
	}
	if len(kinds) != len(demo.Kinds()) {
		t.Errorf("flaws are of %d kinds, and there are %d", len(kinds), len(demo.Kinds()))
	}
}

// TestFilesFollowTheClock lets the days in them lie around the day.
func TestFilesFollowTheClock(t *testing.T) {
	t.Parallel()
	for _, year := range []int{2026, 2031} {
		files, err := demo.Files(time.Date(year, 6, 15, 23, 0, 0, 0, time.UTC), "http://127.0.0.1:1")
		if err != nil {
			t.Fatal(err)
		}
		for name, text := range files {
			if bytes.Contains(text, []byte("<<")) {
				t.Errorf("%s has a place that was not filled in", name)
			}
		}
		want := time.Date(year, 12, 12, 0, 0, 0, 0, time.UTC).Format("x-sunset: 2006-01-02")
		if !bytes.Contains(files["api/openapi.yaml"], []byte(want)) {
			t.Errorf("the description of %d has no %q", year, want)
		}
	}
}
