package cli_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/perf"
)

// k6Binary returns where k6 is; without it the test is skipped.
func k6Binary(t *testing.T) string {
	t.Helper()
	k6, err := filepath.Abs("../../.tmp/bin/k6")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(k6); err != nil {
		if k6, err = exec.LookPath("k6"); err != nil {
			t.Skip("k6 is not installed; .ci/run puts it into .tmp/bin")
		}
	}
	return k6
}

// TestK6AndPlumbAgree sends one plan with plumb and with the script that plumb
// writes for k6, both to a server of which one operation works and one does
// not, and compares the verdicts.
func TestK6AndPlumbAgree(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("sends requests for some seconds")
	}
	k6, plumb := k6Binary(t), binary(t)
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

// TestK6SendsSessions sends a session with plumb and with k6, to a server that
// looks whether each value comes back as it was given, wherever it stands.
func TestK6SendsSessions(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("sends requests for some seconds")
	}
	k6, plumb := k6Binary(t), binary(t)
	const odd = "a/b ?\"c\\'%&é!"
	var wrong atomic.Value
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		got, want := "", ""
		switch r.Method {
		case http.MethodPost:
			w.Header().Set("X-Mark", "m1")
			_, _ = w.Write([]byte(`{"made": [{"none": 1}, {"id": "a/b ?\"c\\'%&é!", "n": 42, "last": null}]}`))
		case http.MethodPut:
			got, want = r.URL.EscapedPath()+r.URL.RawQuery+r.Header.Get("X-Mark")+string(body), ""
			var sent struct{ N, Last, Label, Mark any }
			if err := json.Unmarshal(body, &sent); err == nil && r.URL.Path == "/loans/"+odd && r.URL.Query().Get("q") == odd && r.Header.Get("X-Mark") == "m1" &&
				cmp.Diff([]any{42.0, nil, "to " + odd, "m1"}, []any{sent.N, sent.Last, sent.Label, sent.Mark}) == "" {
				got = ""
			}
		default:
			w.WriteHeader(http.StatusServiceUnavailable)
		}
		if got != want {
			wrong.Store(got)
			w.WriteHeader(http.StatusBadRequest)
		}
	}))
	t.Cleanup(server.Close)
	dir := t.TempDir()
	// Within these limits a busy machine does not change the verdict.
	if err := os.WriteFile(filepath.Join(dir, "slo.yaml"), []byte(`targets: {rest: {url: "`+server.URL+`"}}
load: {warm-up: {rate: 10/s, for: 1s}, constant: {rate: 40/s, for: 5s}, seed: 1, timeout: 20s, catch-up: 20s, max-lag: 20s, workers: 40}
budgets: {default: {latency: {90%: 10s}, errors: 10%}}
operations:
  GET /shelves: {}
  POST /loans: {weight: 0}
sessions:
  borrow:
    weight: 8
    steps:
      - {operation: POST /loans, body: {seq: "{{seq}}"}, keep: {id: /made/*/id, n: /made/1/n, last: /made/1/last, mark: header X-Mark}}
      - {operation: "PUT /loans/{id}", path: {id: "{{id}}"}, query: {q: "{{id}}"}, header: {X-Mark: "{{mark}}"},
         body: {n: "{{n}}", last: "{{last}}", label: "to {{id}}", mark: "{{mark}}"}}
      - {operation: GET /shelves}
      - {operation: DELETE /loans}
      - {operation: GET /cards, query: {card: "{{cards.id}}"}}
  look around: {weight: 1, steps: [{operation: GET /cards, query: {card: "{{cards.id}}"}}]}
data: {cards: {file: cards.csv, order: once}}
`), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "cards.csv"), []byte("id\nc1\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	call := func(name string, args ...string) string {
		cmd := exec.CommandContext(t.Context(), name, args...)
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), "HOME="+dir)
		out, err := cmd.CombinedOutput()
		if err != nil && cmd.ProcessState == nil {
			t.Fatal(err)
		}
		return string(out)
	}
	type counted struct {
		Operation, Verdict       string
		Planned, Due, Sent, Good uint64
		Broken, Empty            uint64
	}
	counts := func(file, said string) []counted {
		text, err := os.ReadFile(filepath.Join(dir, file))
		if err != nil {
			t.Fatalf("%v\n%s", err, said)
		}
		var report struct {
			Operations []struct {
				Operation, Verdict       string
				Planned, Due, Sent, Good uint64
				Unsent                   perf.Unsent
			} `json:"operations"`
		}
		if err := json.Unmarshal(text, &report); err != nil {
			t.Fatal(err)
		}
		var list []counted
		for _, o := range report.Operations {
			list = append(list, counted{o.Operation, o.Verdict, o.Planned, o.Due, o.Sent, o.Good, o.Unsent.Broken, o.Unsent.Empty})
		}
		return list
	}
	said := call(plumb, "perf", "run", "--allow-writes", "--save", "result.json", "--report", "json=own.json", "slo.yaml")
	own := counts("own.json", said)
	if len(own) != 5 || own[4].Empty < 5 || own[1].Verdict != "pass" || own[2].Verdict != "pass" || own[0].Verdict != "fail" || own[3].Verdict != "invalid" {
		t.Fatalf("plumb: %+v, wrong %v\n%s", own, wrong.Load(), said)
	}
	for requests, same := range map[string]int{"20000": 5, "50": 4} { // all of them, or some again and again, where data is not used up
		said = call(plumb, "perf", "export", "k6", "--allow-writes", "--requests", requests, "--output", "script.js", "slo.yaml")
		said += call(k6, "run", "--quiet", "--no-usage-report", "--no-color", "script.js")
		said += call(plumb, "perf", "judge", "--report", "json=k6.json", "plumb-k6.json")
		if diff := cmp.Diff(own[:same], counts("k6.json", said)[:same]); diff != "" {
			t.Errorf("--requests %s: what k6 counted (-plumb +k6), wrong %v:\n%s\n%s", requests, wrong.Load(), diff, said)
		}
	}
}
