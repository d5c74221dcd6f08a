package k6_test

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/perf"
	"github.com/plumbapi/plumb/perf/k6"
	"github.com/plumbapi/plumb/perf/schedule"
)

// binary returns where k6 is; without it the test is skipped.
func binary(t *testing.T) string {
	t.Helper()
	if path, err := filepath.Abs("../../.tmp/bin/k6"); err == nil {
		if _, err := os.Stat(path); err == nil {
			return path
		}
	}
	path, err := exec.LookPath("k6")
	if err != nil {
		t.Skip("k6 is not installed; .ci/run puts it into .tmp/bin")
	}
	return path
}

// run runs a script and returns what it printed and its exit code.
func run(t *testing.T, script []byte, args ...string) (output string, dir string, code int) {
	t.Helper()
	dir = t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "script.js"), script, 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), binary(t), append([]string{"run", "--quiet", "--no-usage-report", "--no-color", "script.js"}, args...)...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "HOME="+dir, "K6_WEB_DASHBOARD=false")
	var b bytes.Buffer
	cmd.Stdout, cmd.Stderr = &b, &b
	err := cmd.Run()
	if err != nil && cmd.ProcessState == nil {
		t.Fatal(err)
	}
	return b.String(), dir, cmd.ProcessState.ExitCode()
}

// counter counts what it is asked for, and fails where the path says so.
type counter struct {
	sync.Mutex
	paths map[string]uint64
}

func (c *counter) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	c.Lock()
	c.paths[r.URL.Path]++
	c.Unlock()
	if r.URL.Path == "/broken" {
		w.WriteHeader(http.StatusServiceUnavailable)
	}
	_, _ = w.Write([]byte("{}"))
}

func TestK6SendsWhatThePlanSays(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("runs k6 for some seconds")
	}
	binary(t)
	c := &counter{paths: map[string]uint64{}}
	server := httptest.NewServer(c)
	defer server.Close()
	p := plan(server.URL)
	e, err := k6.Script(p, paths(p), k6.Options{})
	if err != nil {
		t.Fatal(err)
	}
	output, dir, code := run(t, e.Script)
	if code != 99 {
		t.Fatalf("k6 ends with %d, want 99, since one operation fails:\n%s", code, output)
	}
	s, err := p.Schedule()
	if err != nil {
		t.Fatal(err)
	}
	counts := make([]uint64, 2)
	perf.NewMix(p).Count(counts, 0, s.Total())
	want := map[string]uint64{"/issues": counts[0], "/broken": counts[1]}
	if diff := cmp.Diff(want, c.paths); diff != "" {
		t.Errorf("k6 sent something else (-planned +sent):\n%s\n%s", diff, output)
	}
	text, err := os.ReadFile(filepath.Join(dir, "plumb-k6.json"))
	if err != nil {
		t.Fatalf("%v\n%s", err, output)
	}
	got, err := k6.ReadResult(text, p)
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	measured := make([]uint64, 2)
	perf.NewMix(p).Count(measured, s.Count(s.WarmUp()), s.Total())
	for i, m := range got.Operations {
		if m.Due != measured[i] || m.Sent != measured[i] || m.Unsent.Total() != 0 {
			t.Errorf("%s: %d due, %d sent, %d not sent; %d are planned", m.Operation, m.Due, m.Sent, m.Unsent.Total(), measured[i])
		}
		if m.Response.Count() != m.Sent {
			t.Errorf("%s: %d latencies of %d requests", m.Operation, m.Response.Count(), m.Sent)
		}
		var sent, due uint64
		for _, slice := range m.Slices {
			sent, due = sent+slice.Sent, due+slice.Due
		}
		if sent != m.Sent || due != m.Due {
			t.Errorf("%s: the stretches have %d due and %d sent, the whole %d and %d", m.Operation, due, sent, m.Due, m.Sent)
		}
	}
	if got.Operations[0].Good != measured[0] || got.Operations[1].Bad.Status != measured[1] {
		t.Errorf("good %d, bad %+v", got.Operations[0].Good, got.Operations[1].Bad)
	}
	if got.Lag.Count() != measured[0]+measured[1] {
		t.Errorf("lag of %d requests, of %d", got.Lag.Count(), measured[0]+measured[1])
	}
	if diff := cmp.Diff(map[int]uint64{503: measured[1]}, got.Operations[1].Statuses); diff != "" {
		t.Errorf("statuses (-want +got):\n%s", diff)
	}
}

func TestShardsOfK6AddUpToThePlan(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("runs k6 for some seconds")
	}
	binary(t)
	c := &counter{paths: map[string]uint64{}}
	server := httptest.NewServer(c)
	defer server.Close()
	p := plan(server.URL)
	p.Targets[0].Headers = []perf.Header{{Name: "Authorization", Prefix: "Bearer ", Env: "PLUMB_TEST_TOKEN"}}
	e, err := k6.Script(p, paths(p), k6.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var results []*perf.Result
	for _, segment := range []string{"0:1/3", "1/3:2/3", "2/3:1"} {
		output, dir, code := run(t, e.Script, "--no-thresholds", "-e", "PLUMB_TEST_TOKEN=s3cret",
			"--execution-segment", segment, "--execution-segment-sequence", "0,1/3,2/3,1")
		if code != 0 {
			t.Fatalf("k6 ends with %d:\n%s", code, output)
		}
		files, err := filepath.Glob(filepath.Join(dir, "plumb-k6.*.json"))
		if err != nil || len(files) != 1 {
			t.Fatalf("%v %v\n%s", files, err, output)
		}
		text, err := os.ReadFile(files[0])
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(text, []byte("s3cret")) {
			t.Error("the result holds a secret")
		}
		r, err := k6.ReadResult(text, p)
		if err != nil {
			t.Fatal(err)
		}
		// They ran one after the other here; on a cluster they begin together.
		r.Start = time.Time{}
		results = append(results, r)
	}
	whole, err := perf.Merge(results...)
	if err != nil {
		t.Fatal(err)
	}
	s, err := p.Schedule()
	if err != nil {
		t.Fatal(err)
	}
	measured := make([]uint64, 2)
	perf.NewMix(p).Count(measured, s.Count(s.WarmUp()), s.Total())
	for i, m := range whole.Operations {
		if m.Due != measured[i] || m.Sent != measured[i] {
			t.Errorf("%s: %d due, %d sent; %d are planned", m.Operation, m.Due, m.Sent, measured[i])
		}
	}
	if diff := cmp.Diff([]perf.Shard{{Index: 0, Of: 1}}, whole.Shards); diff != "" {
		t.Errorf("shards (-want +got):\n%s", diff)
	}
}

func TestK6NeedsTheEnvironment(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("runs k6")
	}
	binary(t)
	p := plan("http://127.0.0.1:1")
	p.Targets[0].Headers = []perf.Header{{Name: "Authorization", Prefix: "Bearer ", Env: "PLUMB_TEST_NONE"}}
	e, err := k6.Script(p, paths(p), k6.Options{})
	if err != nil {
		t.Fatal(err)
	}
	output, _, code := run(t, e.Script)
	if code != 108 || !strings.Contains(output, "set PLUMB_TEST_NONE") {
		t.Errorf("k6 ends with %d without a variable that it needs:\n%s", code, output)
	}
}

func TestK6RunsAHostilePlan(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("runs k6")
	}
	binary(t)
	c := &counter{paths: map[string]uint64{}}
	server := httptest.NewServer(c)
	defer server.Close()
	p := plan(server.URL)
	p.Operations[0].Name = "GET /a`${x}'\"\\\n\u2028\u2029</script>*/ {b:1},{op:x} \u0085 \U0001F600"
	p.Stages = []schedule.Stage{{For: time.Second, From: 20, To: 20}}
	e, err := k6.Script(p, paths(p), k6.Options{})
	if err != nil {
		t.Fatal(err)
	}
	output, dir, code := run(t, e.Script)
	if code != 99 {
		t.Fatalf("k6 ends with %d:\n%s", code, output)
	}
	text, err := os.ReadFile(filepath.Join(dir, "plumb-k6.json"))
	if err != nil {
		t.Fatal(err)
	}
	r, err := k6.ReadResult(text, p)
	if err != nil {
		t.Fatal(err)
	}
	if r.Operations[0].Operation != p.Operations[0].Name || r.Operations[0].Good == 0 {
		t.Errorf("measured %+v", r.Operations[0])
	}
}
