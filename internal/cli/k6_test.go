package cli_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestK6AndPlumbAgree sends one plan with plumb and with the script that plumb
// writes for k6, both to a server of which one operation works and one does
// not, and compares the verdicts.
func TestK6AndPlumbAgree(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("sends requests for some seconds")
	}
	k6, err := filepath.Abs("../../.tmp/bin/k6")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(k6); err != nil {
		if k6, err = exec.LookPath("k6"); err != nil {
			t.Skip("k6 is not installed; .ci/run puts it into .tmp/bin")
		}
	}
	plumb := binary(t)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.Header.Get("Authorization") != "Bearer s3cret":
			w.WriteHeader(http.StatusUnauthorized)
		case r.URL.Path == "/graphql":
			_, _ = w.Write([]byte(`{"errors":[{"message":"no"}],"data":null}`))
		case r.URL.Path != "/loans":
			w.WriteHeader(http.StatusServiceUnavailable)
		}
	}))
	t.Cleanup(server.Close)
	dir := t.TempDir()
	for name, text := range map[string]string{
		"api.yaml": `openapi: 3.1.0
info: {title: Library, version: "1"}
paths:
  /loans: {get: {responses: {"200": {description: all}}}}
  /shelves: {get: {responses: {"200": {description: all}}}}
`,
		"schema.graphql": "type Query { loans: [String] }\n",
		// Within these limits a busy machine does not change the verdict.
		"slo.yaml": `service: library
descriptions: [api.yaml, schema.graphql]
targets:
  rest: {url: "` + server.URL + `", headers: {Authorization: "Bearer ${TOKEN}"}}
  graphql: {url: "` + server.URL + `/graphql", graphql: true, headers: {Authorization: "Bearer ${TOKEN}"}}
load:
  warm-up: {rate: 10/s, for: 1s}
  stages:
    - {ramp: [0/s, 40/s], for: 2s}
    - {rate: 40/s, for: 5s}
  seed: 1
  timeout: 20s
  catch-up: 20s
  max-lag: 20s
  workers: 80
budgets:
  default: {latency: {90%: 10s}, errors: 10%}
operations:
  GET /loans: {weight: 4}
  GET /shelves: {weight: 1}
  query Loans: {weight: 1, document: "query Loans { loans }"}
`,
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	call := func(name string, args ...string) string {
		cmd := exec.CommandContext(t.Context(), name, args...)
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), "TOKEN=s3cret", "HOME="+dir)
		var stderr strings.Builder
		cmd.Stderr = &stderr
		out, err := cmd.Output()
		if err != nil && cmd.ProcessState == nil {
			t.Fatal(err)
		}
		if strings.Contains(string(out)+stderr.String(), "s3cret") {
			t.Errorf("%s %v shows a secret", name, args)
		}
		return string(out) + stderr.String()
	}
	type judged struct {
		Operation, Verdict string
	}
	verdicts := func(file string) []judged {
		text, err := os.ReadFile(filepath.Join(dir, file))
		if err != nil {
			t.Fatal(err)
		}
		var report struct {
			Operations []judged `json:"operations"`
		}
		if err := json.Unmarshal(text, &report); err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
		return report.Operations
	}
	said := call(plumb, "perf", "run", "--save", "result.json", "slo.yaml")
	said += call(plumb, "perf", "judge", "--report", "json=own.json", "result.json")
	own := verdicts("own.json")
	want := []judged{{"GET /loans", "pass"}, {"GET /shelves", "fail"}, {"query Loans", "fail"}}
	if diff := cmp.Diff(want, own); diff != "" {
		t.Fatalf("verdicts of plumb (-want +got):\n%s\n%s", diff, said)
	}
	call(plumb, "perf", "export", "k6", "--output", "script.js", "slo.yaml")
	said = call(k6, "run", "--quiet", "--no-usage-report", "--no-color", "script.js")
	said += call(plumb, "perf", "judge", "--report", "json=k6.json", "plumb-k6.json")
	if diff := cmp.Diff(own, verdicts("k6.json")); diff != "" {
		t.Errorf("verdicts on what k6 measured (-plumb +k6):\n%s\n%s", diff, said)
	}
}
