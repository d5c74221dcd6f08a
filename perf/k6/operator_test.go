package k6_test

import (
	"encoding/json"
	"errors"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v4"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/perf"
	"github.com/plumbapi/plumb/perf/k6"
)

func TestTestRunHoldsTheScript(t *testing.T) {
	t.Parallel()
	p := plan("http://127.0.0.1:1")
	p.Operations[0].Name = "GET /é\u0085\U0001F600: - #"
	p.Targets[0].Headers = []perf.Header{{Name: "Authorization", Env: "on"}}
	e, err := k6.Script(p, paths(p), k6.Options{})
	if err != nil {
		t.Fatal(err)
	}
	text, err := k6.TestRun(p, e, k6.OperatorOptions{Parallelism: 3, Claim: "results"})
	if err != nil {
		t.Fatal(err)
	}
	var config struct {
		Data map[string]string `yaml:"data"`
	}
	var run struct {
		Kind string `yaml:"kind"`
		Spec struct {
			Parallelism int `yaml:"parallelism"`
			Runner      struct {
				Env []struct {
					Name string `yaml:"name"`
				} `yaml:"env"`
			} `yaml:"runner"`
		} `yaml:"spec"`
	}
	first, second, _ := strings.Cut(string(text), "---\n")
	if err := yaml.Unmarshal([]byte(first), &config); err != nil {
		t.Fatal(err)
	}
	if err := yaml.Unmarshal([]byte(second), &run); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(e.Script), config.Data["script.js"]); diff != "" {
		t.Errorf("script in the ConfigMap (-want +got):\n%s", diff)
	}
	if run.Kind != "TestRun" || run.Spec.Parallelism != 3 || len(run.Spec.Runner.Env) != 2 || run.Spec.Runner.Env[1].Name != "on" {
		t.Errorf("TestRun is %+v", run)
	}
	e.Script = make([]byte, 2<<20)
	if _, err := k6.TestRun(p, e, k6.OperatorOptions{Parallelism: 1}); err == nil || !strings.Contains(err.Error(), "a ConfigMap holds") {
		t.Errorf("a script that is too long gives %v", err)
	}
}

func TestCheckRefusesWhatK6CannotDo(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name   string
		change func(*perf.Plan)
		want   string
	}{
		{"session that keeps too much", func(p *perf.Plan) {
			s := perf.Session{Name: "s", Weight: 1, Steps: []perf.Step{{}}, Location: check.Location{File: "slo.yaml", Line: 7}}
			for i := range 1001 {
				s.Steps[0].Keeps = append(s.Steps[0].Keeps, perf.Keep{Name: strconv.Itoa(i), Pointer: "/id"})
			}
			p.Sessions = []perf.Session{s}
		}, `slo.yaml:7: session "s" keeps more than 1000 values`},
		{"pool", func(p *perf.Plan) {
			p.Pools = []perf.Pool{{Name: "p", Location: check.Location{File: "slo.yaml", Line: 8}}}
		}, `slo.yaml:8: pool "p" cannot be used in k6`},
		{"unix socket", func(p *perf.Plan) { p.Targets[0].URL = "unix:///run/s" }, `target "rest" is a unix socket`},
		{"h2c", func(p *perf.Plan) { p.Targets[0].URL = "h2c://127.0.0.1" }, `target "rest" is HTTP/2 without TLS`},
		{"many operations", func(p *perf.Plan) {
			for range 100 {
				p.Operations = append(p.Operations, p.Operations[0])
			}
		}, "k6 can count at most 100 operations"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			p := plan("http://127.0.0.1:1")
			tt.change(p)
			_, err := k6.Script(p, paths(p), k6.Options{})
			var refusal *k6.Refusal
			if !errors.As(err, &refusal) || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("error %v, want %q", err, tt.want)
			}
		})
	}
}

// written is what a script writes, in short.
const written = `{"plumb_k6":1,"plan":"DIGEST","segment":"1/4:1/2","end_ms":1795786555390,"ran_ms":4400,"dropped":2,"begun":44,"slices":0,
"lag":{"buckets":[],"sum_ns":0,"min_ns":0,"max_ns":0},"operations":[
{"name":"GET /issues","good":30,"empty":0,"objectives_ns":[500000000],"within":[29],"bad":{"transport":1},"errors":{"1212":1},"statuses":{"200":30},
"latency":{"buckets":[[-1,31]],"sum_ns":31000000000,"min_ns":1000000000,"max_ns":1000000000},"slices":[]}]}`

func TestReadResultOfAShard(t *testing.T) {
	t.Parallel()
	p := plan("http://127.0.0.1:1")
	r, err := k6.ReadResult([]byte(strings.ReplaceAll(written, "DIGEST", p.Digest())), p)
	if err != nil {
		t.Fatal(err)
	}
	m := r.Operations[0]
	if diff := cmp.Diff([]perf.Shard{{Index: 1, Of: 4}}, r.Shards); diff != "" {
		t.Errorf("shards (-want +got):\n%s", diff)
	}
	if m.Sent != 31 || m.Unsent.Busy != 2 || m.Due != m.Sent+m.Unsent.Total() || r.Incomplete == "" {
		t.Errorf("due %d, sent %d, not sent %+v, incomplete %q", m.Due, m.Sent, m.Unsent, r.Incomplete)
	}
	if diff := cmp.Diff(map[string]uint64{"transport: connection refused": 1}, m.Classes); diff != "" {
		t.Errorf("classes (-want +got):\n%s", diff)
	}
	for text, want := range map[string]string{
		strings.ReplaceAll(written, "DIGEST", "other"):                                                     "was measured by another plan",
		strings.ReplaceAll(strings.ReplaceAll(written, "DIGEST", p.Digest()), "[[-1,31]]", "[[-1,30]]"):    "contradicts itself",
		strings.ReplaceAll(strings.ReplaceAll(written, "DIGEST", p.Digest()), "1/4:1/2", "1/4:3/4"):        "not one of equal parts",
		strings.ReplaceAll(strings.ReplaceAll(written, "DIGEST", p.Digest()), "500000000", "400000000"):    "other latency objectives",
		strings.ReplaceAll(strings.ReplaceAll(written, "DIGEST", p.Digest()), `"good":30`, `"good":30000`): "has more requests of",
	} {
		if _, err := k6.ReadResult([]byte(text), p); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want %q", err, want)
		}
	}
}

func FuzzReadResult(f *testing.F) {
	p := plan("http://127.0.0.1:1")
	f.Add([]byte(strings.ReplaceAll(written, "DIGEST", p.Digest())))
	f.Fuzz(func(t *testing.T, text []byte) {
		r, err := k6.ReadResult(text, p)
		if err != nil {
			return
		}
		for _, m := range r.Operations {
			if m.Due != m.Sent+m.Unsent.Total() {
				t.Fatalf("%+v", m)
			}
		}
		if _, err := json.Marshal(r); err != nil {
			t.Fatal(err)
		}
	})
}
