package monitor_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	yaml "go.yaml.in/yaml/v4"

	"github.com/plumbapi/plumb/perf"
	"github.com/plumbapi/plumb/perf/monitor"
)

// FuzzExport gives every format names that may be anything: what is written can
// be read, and says the same names.
func FuzzExport(f *testing.F) {
	f.Add("tracker", "GET /issues", "POST /issues/{number}", "api", `code=~"5.."`, int64(300), false)
	f.Add("a: b", "{{ $value }}", "\"\n\\", "{{", `code="5\"00", x!~"a|b"`, int64(1), true)
	f.Add("\x00\xff", "GET /a b", "GET /a-b", "'", "", int64(1500), false)
	f.Add("", "- x", "#", "| \n", `a="{{"`, int64(0), false)
	f.Fuzz(func(t *testing.T, service, first, second, team, matchers string, ms int64, native bool) {
		within := time.Duration(min(max(ms, 1), 1e9)) * time.Millisecond
		budget := perf.Budget{Latency: []perf.Objective{{Within: within, Share: 0.99}}, Errors: 0.001, HasErrors: true}
		p := &perf.Plan{
			Service:    service,
			Operations: []perf.Operation{{Name: first, Budget: budget}, {Name: second, Budget: budget}},
			Metrics:    perf.Metrics{Native: native, Errors: matchers, Labels: map[string]string{"team": team}},
		}
		if first == second {
			return
		}
		objectives, err := monitor.Objectives(p)
		if err != nil {
			return // matchers that are none
		}
		names(t, objectives)
		for name, write := range formats() {
			text, err := write(p)
			if err != nil {
				if name == "tests" && strings.HasPrefix(err.Error(), "metrics: ") {
					continue // no request fits the matchers
				}
				t.Fatalf("%s: %v", name, err)
			}
			again, err := write(p)
			if err != nil || !bytes.Equal(text, again) {
				t.Fatalf("%s is another one the second time (%v)", name, err)
			}
			said := strings.Join(read(t, name, text), "\x01")
			for _, op := range []string{first, second} {
				if name != "grafana" && name != "tests" && !strings.Contains(said, strings.ToValidUTF8(op, "\uFFFD")) {
					t.Fatalf("%s does not name %q:\n%s", name, op, text)
				}
			}
		}
	})
}

func formats() map[string]func(*perf.Plan) ([]byte, error) {
	return map[string]func(*perf.Plan) ([]byte, error){
		"prometheus": func(p *perf.Plan) ([]byte, error) { return monitor.Prometheus(p, monitor.Options{}) },
		"tests":      func(p *perf.Plan) ([]byte, error) { return monitor.PrometheusTests(p, monitor.Options{}, "r") },
		"grafana":    monitor.Grafana, "sloth": monitor.Sloth, "pyrra": monitor.Pyrra, "openslo": monitor.OpenSLO,
	}
}

// names are fit for Kubernetes, and no two are alike.
func names(t *testing.T, objectives []monitor.Objective) {
	t.Helper()
	form := regexp.MustCompile(`^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$`)
	var all []string
	for _, o := range objectives {
		if !form.MatchString(o.Name) {
			t.Fatalf("%q is no name of RFC 1123", o.Name)
		}
		if slices.Contains(all, o.Name) {
			t.Fatalf("%q is the name of two objectives", o.Name)
		}
		all = append(all, o.Name)
	}
}

// read returns every string of a document.
func read(t *testing.T, name string, text []byte) []string {
	t.Helper()
	if !utf8.Valid(text) {
		t.Fatalf("%s is no UTF-8", name)
	}
	var all []string
	var collect func(v any)
	collect = func(v any) {
		switch v := v.(type) {
		case string:
			all = append(all, v)
		case []any:
			for _, x := range v {
				collect(x)
			}
		case map[string]any:
			for k, x := range v {
				all = append(all, k)
				collect(x)
			}
		}
	}
	if name == "grafana" {
		var v any
		if err := json.Unmarshal(text, &v); err != nil {
			t.Fatalf("%s: %v\n%s", name, err, text)
		}
		collect(v)
		return all
	}
	dec := yaml.NewDecoder(bytes.NewReader(text))
	for {
		var v any
		if err := dec.Decode(&v); errors.Is(err, io.EOF) {
			return all
		} else if err != nil {
			t.Fatalf("%s: %v\n%s", name, err, text)
		}
		collect(v)
	}
}
