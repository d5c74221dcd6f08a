package main

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/integration"
	"github.com/plumbapi/plumb/integration/catalog"
)

// usual is how many deliveries a second are usual: a busy group of repositories
// has six pipelines a minute. Ten times that is what is run.
const (
	usual = 0.1
	times = 10
)

// loaded is what a run under load came to.
type loaded struct {
	mu        sync.Mutex
	good, bad int
	exchanges []time.Duration
	length    time.Duration
	rate      float64
	first     string // error
}

// loadAll delivers to all tools side by side, each on a clock of its own.
func loadAll(ctx context.Context, tools []integration.Tool, length time.Duration) map[string]*loaded {
	results := map[string]*loaded{}
	var wg sync.WaitGroup
	for _, t := range tools {
		l := &loaded{}
		results[t.Manifest().Name] = l
		wg.Go(func() { l.run(ctx, t, length) })
	}
	fmt.Printf("%d integrations under load for %s\n", len(tools), length)
	wg.Wait()
	return results
}

// run sends a delivery, each with another finding, at a steady rate to the fake,
// which listens on loopback.
func (l *loaded) run(ctx context.Context, t integration.Tool, length time.Duration) {
	var fake http.Handler
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { fake.ServeHTTP(w, r) }))
	defer server.Close()
	inputs := t.Manifest().Examples()
	fake = t.Fake(inputs)
	base, err := url.Parse(server.URL)
	if err != nil {
		l.first = err.Error()
		return
	}
	sender := &timed{l: l, to: base, client: server.Client()}
	memory := integration.NewMemory()
	l.rate = usual * times
	tick := time.NewTicker(time.Duration(float64(time.Second) / l.rate))
	defer tick.Stop()
	start := time.Now()
	for n := 0; time.Since(start) < length && ctx.Err() == nil; n++ {
		c := integration.NewClient(t.Manifest(), inputs, sender)
		c.Memory = memory
		_, err := t.Deliver(ctx, c, deliveryOf(n))
		l.mu.Lock()
		if err == nil {
			l.good++
		} else if l.bad++; l.first == "" {
			l.first = err.Error()
		}
		l.mu.Unlock()
		<-tick.C
	}
	l.length = time.Since(start)
}

// deliveryOf is the n-th: what the one before had is mended, and two are new.
func deliveryOf(n int) *integration.Delivery {
	finding := func(i int) check.Finding {
		element := fmt.Sprintf("/paths/~1load~1%d/get", i%20)
		return check.Finding{
			Rule: "operation-tags", Severity: check.Error, Message: fmt.Sprintf("operation %d has no tags", i),
			Fingerprint: check.Fingerprint("operation-tags", "api.yaml", element, ""),
			Location:    check.Location{File: "api.yaml", Line: 1 + i%20, Element: element}, Related: []check.Related{}, Properties: map[string]any{},
		}
	}
	d := &integration.Delivery{
		ID: fmt.Sprintf("load-%d", n), Product: "load", At: time.Now().UTC(), Branch: "main", URL: "https://reports.example.com/load",
		FailOn: check.Error, Report: &check.Report{Findings: []check.Finding{finding(n), finding(n + 1)}}, Before: []check.Finding{},
	}
	if n > 0 {
		d.Before = []check.Finding{finding(n - 1), finding(n)}
	}
	return d
}

// timed sends everything to the fake, whatever host it is for, and takes the
// time of each exchange.
type timed struct {
	l      *loaded
	to     *url.URL
	client *http.Client
}

func (s *timed) Do(r *http.Request) (*http.Response, error) {
	host := r.URL.Host
	r = r.Clone(r.Context())
	r.URL.Scheme, r.URL.Host, r.Host = s.to.Scheme, s.to.Host, host
	r.RequestURI = ""
	start := time.Now()
	answer, err := s.client.Transport.RoundTrip(r)
	took := time.Since(start)
	s.l.mu.Lock()
	defer s.l.mu.Unlock()
	s.l.exchanges = append(s.l.exchanges, took)
	return answer, err
}

// measurement is C03.
func (l *loaded) measurement() []catalog.Measurement {
	all := l.good + l.bad
	if all == 0 || len(l.exchanges) == 0 {
		return []catalog.Measurement{{Check: "C03", Values: map[string]float64{}, Detail: "no delivery was made: " + strings.TrimSpace(l.first)}}
	}
	slices.Sort(l.exchanges)
	p95 := float64(l.exchanges[min(len(l.exchanges)*95/100, len(l.exchanges)-1)]) / float64(time.Millisecond)
	success := 100 * float64(l.good) / float64(all)
	detail := fmt.Sprintf("%d deliveries in %.0f s, not in the 30 minutes of a full run, to the fake on loopback; %d exchanges, 95 %% within %.1f ms", all, l.length.Seconds(), len(l.exchanges), p95)
	if l.first != "" {
		detail += "; first error: " + l.first
	}
	return []catalog.Measurement{{Check: "C03", Values: map[string]float64{
		"success_percent": success, "p95_ms": p95, "seconds": l.length.Seconds(), "rate": l.rate, "times_usual": times, "deliveries": float64(all),
	}, Detail: detail}}
}
