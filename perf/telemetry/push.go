package telemetry

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"
)

// Doer sends a request; *http.Client does.
type Doer interface {
	Do(*http.Request) (*http.Response, error)
}

// Push sends a run's metrics to a collector of OpenTelemetry, again and again.
type Push struct {
	Source
	// URL is the endpoint of metrics, see [Endpoint]; Header goes with every
	// request and may hold secrets, which are never shown.
	URL    string
	Header http.Header
	Client Doer
	// Version is that of plumb.
	Version string
	// Now is the clock.
	Now func() time.Time
	// Timeout is how long one push may take; 0 means five seconds.
	Timeout time.Duration
}

// Endpoint returns where metrics are sent for the URL of a collector: a URL
// without a path gets /v1/metrics, as OTEL_EXPORTER_OTLP_ENDPOINT has it.
func Endpoint(collector string) (string, error) {
	u, err := url.Parse(collector)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.User != nil {
		return "", errors.New("this is no URL of a collector, such as http://127.0.0.1:4318; a password goes into OTEL_EXPORTER_OTLP_HEADERS")
	}
	if u.Path == "" || u.Path == "/" {
		u.Path = "/v1/metrics"
	}
	return u.String(), nil
}

// Run pushes at every tick, and once more when ctx ends. It returns the first
// error with how many pushes failed, and never ends early for one: what is
// pushed is everything since the start, so a later push makes up for a lost
// one.
func (p *Push) Run(ctx context.Context, ticks <-chan time.Time) error {
	var first error
	failed, all := 0, 0
	push := func() {
		sent, err := p.once(ctx)
		if err != nil {
			first = cmp.Or(first, err)
			failed++
		}
		if sent {
			all++
		}
	}
	for {
		select {
		case <-ctx.Done():
			push()
			if first != nil {
				return fmt.Errorf("%d of %d pushes of metrics failed: %w", failed, all, first)
			}
			return nil
		case <-ticks:
			push()
		}
	}
}

// once pushes what there is, and tells whether there was something. What is
// under way when the run ends is not broken off.
func (p *Push) once(ctx context.Context) (bool, error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), cmp.Or(p.Timeout, 5*time.Second))
	defer cancel()
	r := p.Result()
	if r == nil {
		return false, nil
	}
	body, err := p.Encode(r, p.Version, p.Now())
	if err != nil {
		return true, err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, p.URL, bytes.NewReader(body))
	if err != nil {
		return true, errors.New("the URL of the collector cannot be used")
	}
	for name, values := range p.Header {
		req.Header[name] = values
	}
	req.Header.Set("Content-Type", "application/json")
	resp, err := p.Client.Do(req)
	if err != nil {
		var told *url.Error // its text has the whole URL, which may hold a key
		if errors.As(err, &told) {
			err = told.Err
		}
		return true, fmt.Errorf("%s: %w", req.URL.Host, err)
	}
	defer func() { _ = resp.Body.Close() }()
	_, _ = io.Copy(io.Discard, io.LimitReader(resp.Body, 64<<10))
	if resp.StatusCode/100 != 2 {
		return true, fmt.Errorf("%s answered %s", req.URL.Host, resp.Status)
	}
	return true, nil
}
