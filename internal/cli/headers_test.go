package cli_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
)

const headersAPI = `openapi: 3.1.0
info: {title: Nursery, version: "1.0"}
servers: [{url: "https://api.nursery.example/v1"}]
paths:
  /plants:
    get: {deprecated: true, x-deprecated-at: 2026-01-15, x-sunset: 2026-12-31, responses: {"200": {description: The plants.}}}
  /plants/{id}:
    get: {deprecated: true, x-deprecated-at: 2026-01-15, parameters: [{name: id, in: path, required: true, schema: {type: string}}], responses: {"200": {description: A plant.}}}
    delete: {deprecated: true, responses: {"204": {description: Gone.}}}
  /flora:
    get: {responses: {"200": {description: The flora.}}}
`

// TestHeadersOfServer asks a running server: only what is safe, with the
// token, and without following it elsewhere.
func TestHeadersOfServer(t *testing.T) {
	t.Parallel()
	inside := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("a redirect was followed") }))
	t.Cleanup(inside.Close)
	tests := []struct {
		name    string
		handler http.HandlerFunc
		args    []string
		code    int
		asked   string
		want    []string // in the output
	}{
		{
			"one that says it", func(w http.ResponseWriter, r *http.Request) {
				w.Header().Set("Deprecation", "@1768435200")
				if r.URL.Path == "/v1/plants" {
					w.Header().Set("Sunset", "Thu, 31 Dec 2026 00:00:00 GMT")
				}
			},
			[]string{"--param", "id=7/8"}, 0, "GET /v1/plants secret\nGET /v1/plants/7%2F8 secret",
			[]string{"Responses of 2 of 3 operations say what the description promises", "not asked: DELETE may change something"},
		},
		{
			"one that says nothing", func(http.ResponseWriter, *http.Request) {}, []string{"--fail-on", "warning"}, 1, "GET /v1/plants secret",
			[]string{`responses of "GET /plants" lack Deprecation, 1 of 1`, `the path parameter "id" has no example`},
		},
		{
			"one that leads elsewhere", func(w http.ResponseWriter, r *http.Request) {
				w.Header().Set("Deprecation", "@1768435200")
				http.Redirect(w, r, inside.URL, http.StatusFound)
			}, []string{"--fail-on", "warning"}, 1, "GET /v1/plants secret", []string{`responses of "GET /plants" lack Sunset, 1 of 1`},
		},
		{
			"one that refuses", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusUnauthorized) }, nil, 3, "GET /v1/plants secret",
			[]string{"no response could be judged: 1 of 1 are errors or missing"},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var mu sync.Mutex
			var asked []string
			s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				mu.Lock()
				asked = append(asked, r.Method+" "+r.RequestURI+" "+r.Header.Get("Private-Token"))
				mu.Unlock()
				tt.handler(w, r)
			}))
			t.Cleanup(s.Close)
			args := append([]string{"lifecycle", "headers", "--rate", "1000", "--header", "Private-Token: ${TOKEN}"}, tt.args...)
			code, stdout, stderr := run(t, map[string]string{"api.yaml": headersAPI}, append(args, "api.yaml", s.URL+"/v1")...)
			if code != tt.code {
				t.Errorf("exit code %d, want %d; %s%s", code, tt.code, stdout, stderr)
			}
			if got := strings.Join(asked, "\n"); got != tt.asked {
				t.Errorf("asked %q, want %q", got, tt.asked)
			}
			for _, want := range tt.want {
				if !strings.Contains(stdout, want) {
					t.Errorf("output lacks %q:\n%s", want, stdout)
				}
			}
			if strings.Contains(stdout+stderr, "secret") {
				t.Errorf("the token is shown:\n%s%s", stdout, stderr)
			}
		})
	}
}
