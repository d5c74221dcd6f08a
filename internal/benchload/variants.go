package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	vegeta "github.com/tsenart/vegeta/v12/lib"

	"github.com/plumbapi/plumb/perf"
	"github.com/plumbapi/plumb/perf/load"
	"github.com/plumbapi/plumb/perf/schedule"
)

// variant is one way to send the same requests.
type variant struct {
	name     string
	beside   string  // what it is compared with
	rate     bool    // the highest rate, rather than processor time
	bound    float64 // of the ratio
	external func(url string, s settings) (sample, error)
}

func all() []variant {
	return []variant{
		{name: "vegeta"},
		{name: "plain", beside: "vegeta", bound: 1.15},
		{name: "budgets", beside: "vegeta", bound: 1.35},
		{name: "validated", beside: "vegeta", bound: 2},
		{name: "k6", beside: "vegeta", external: k6},
		{name: "vegeta at most", rate: true},
		{name: "plain at most", beside: "vegeta at most", rate: true, bound: 0.90},
		{name: "budgets at most", beside: "vegeta at most", rate: true, bound: 0.80},
		{name: "validated at most", beside: "vegeta at most", rate: true, bound: 0.50},
	}
}

func (v variant) value(s sample) float64 {
	if v.rate {
		return s.rate()
	}
	return s.perRequest()
}

func (v variant) unit(x float64) string {
	if v.rate {
		return fmt.Sprintf("%.0f/s", x)
	}
	return fmt.Sprintf("%.1f µs", x/1e3)
}

func (v variant) sign() string {
	if v.rate {
		return "≥"
	}
	return "≤"
}

func (v variant) over(ratio float64) bool {
	if v.rate {
		return ratio < v.bound
	}
	return ratio > v.bound
}

// errMissing says that a program is not installed.
var errMissing = errors.New("not installed")

// measure sends in this process and says what it cost.
func measure(name, url string, s settings) (sample, error) {
	kind, most := strings.CutSuffix(name, " at most")
	before, began := cpu(syscall.RUSAGE_SELF), time.Now()
	var one sample
	var err error
	if kind == "vegeta" {
		one = plainVegeta(url, s, most)
	} else {
		one, err = ours(kind, url, s, most)
	}
	one.CPU = cpu(syscall.RUSAGE_SELF) - before
	if one.Wall == 0 {
		one.Wall = time.Since(began)
	}
	return one, err
}

func cpu(who int) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(who, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// plainVegeta is vegeta as its README shows it.
func plainVegeta(url string, s settings, most bool) sample {
	targeter := vegeta.NewStaticTargeter(vegeta.Target{Method: http.MethodGet, URL: url + "/issues?per_page=10"})
	options := []func(*vegeta.Attacker){vegeta.Timeout(5 * time.Second)}
	pacer := vegeta.Pacer(vegeta.Rate{Freq: int(s.rate), Per: time.Second})
	if most {
		options = append(options, vegeta.MaxWorkers(uint64(s.workers)), vegeta.Workers(uint64(s.workers)))
		pacer = vegeta.Rate{}
	}
	var m vegeta.Metrics
	for r := range vegeta.NewAttacker(options...).Attack(targeter, pacer, s.length, "") {
		m.Add(r)
	}
	m.Close()
	return sample{Requests: m.Requests, Wall: m.Duration + m.Wait, P99: m.Latencies.P99}
}

// ours sends the same through perf/load.
func ours(kind, url string, s settings, most bool) (sample, error) {
	plan := &perf.Plan{
		Targets:    []perf.Target{{Name: "rest", URL: url}},
		Operations: []perf.Operation{{Name: "GET /issues", Target: "rest", Method: http.MethodGet, Path: "/issues", Weight: 1}},
		Stages:     schedule.Constant(s.rate, s.length), Timeout: 5 * time.Second, CatchUp: time.Hour,
	}
	if kind != "plain" {
		plan.Operations[0].Budget = perf.Budget{Latency: []perf.Objective{{Share: 0.99, Within: 100 * time.Millisecond}, {Share: 0.999, Within: time.Second}}, Errors: 0.001, HasErrors: true}
	}
	traffic, err := trafficOf(kind, plan, url)
	if err != nil {
		return sample{}, err
	}
	o := load.Options{MaxRate: math.Inf(1)}
	ctx := context.Background()
	if most {
		// More is always due than can be sent; the end comes by the clock.
		const far = 100_000
		plan.Stages, plan.MaxWorkers = schedule.Constant(far, s.length), s.workers
		c, cancel := context.WithTimeout(ctx, s.length)
		defer cancel()
		ctx = c
	}
	r, err := load.Run(ctx, plan, traffic, o)
	if err != nil {
		return sample{}, err
	}
	m := r.Operations[0]
	if bad := m.Bad.Total(); bad > uint64(s.workers) {
		return sample{}, fmt.Errorf("%d of %d answers are bad: %v", bad, m.Sent, m.Classes)
	}
	p99, _ := m.Response.Quantile(0.99)
	return sample{Requests: m.Sent, Wall: r.Elapsed, P99: p99.Mid()}, nil
}

// serve answers every request with a list of issues of about 4 KB.
func serve(stdout io.Writer) error {
	body, err := json.Marshal(issues())
	if err != nil {
		return err
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	if _, err := fmt.Fprintf(stdout, "http://%s\n", l.Addr()); err != nil {
		return err
	}
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin) // until the parent is gone
		_ = l.Close()
	}()
	server := http.Server{ReadHeaderTimeout: time.Minute, Handler: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write(body)
	})}
	if err := server.Serve(l); !errors.Is(err, net.ErrClosed) {
		return err
	}
	return nil
}

// k6 sends the same rate from a script.
func k6(url string, s settings) (sample, error) {
	program, err := filepath.Abs(filepath.Join(".tmp", "bin", "k6"))
	if err != nil {
		return sample{}, err
	}
	if _, err := os.Stat(program); err != nil {
		if program, err = exec.LookPath("k6"); err != nil {
			return sample{}, errMissing
		}
	}
	script := fmt.Sprintf(`import http from "k6/http";
export const options = { discardResponseBodies: true, scenarios: { one: { executor: "constant-arrival-rate",
  rate: %d, timeUnit: "1s", duration: "%s", preAllocatedVUs: 100, maxVUs: 1000 } } };
export default function () { http.get(%q); }
export function handleSummary(data) { return { stdout: JSON.stringify({ n: data.metrics.http_reqs.values.count }) }; }
`, int(s.rate), s.length, url+"/issues?per_page=10")
	cmd := exec.Command(program, "run", "--quiet", "--no-usage-report", "-")
	cmd.Stdin, cmd.Stderr = strings.NewReader(script), io.Discard
	before, began := cpu(syscall.RUSAGE_CHILDREN), time.Now()
	out, err := cmd.Output()
	if err != nil {
		return sample{}, err
	}
	one := sample{CPU: cpu(syscall.RUSAGE_CHILDREN) - before, Wall: time.Since(began)}
	var summary struct{ N uint64 }
	if err := json.Unmarshal(bytes.TrimSpace(out), &summary); err != nil {
		return sample{}, fmt.Errorf("what k6 says: %w", err)
	}
	one.Requests = summary.N
	return one, nil
}
