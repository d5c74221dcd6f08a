package live

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"
)

// asker sends requests, at a pace and within a budget. It is safe for
// concurrent use.
type asker struct {
	client  *http.Client
	header  http.Header
	rest    *url.URL
	graphql *url.URL
	opts    Options

	mu    sync.Mutex
	sent  int
	next  time.Time // when the next request may be sent, where the time is known
	state map[Side]*sideState
}

// sideState is what is known of a server.
type sideState struct {
	answered bool
	failures int // without an answer, in a row
	refusals int // that asked to wait, in a row
	last     error
}

// The run ends where a server shows so often in a row that it will not
// answer.
const (
	maxFailures = 3
	maxRefusals = 3
	maxRetries  = 2
)

// errBudget and refusedError end a run early.
var errBudget = errors.New("the budget of requests is used up")

type refusedError struct{ side Side }

func (e *refusedError) Error() string {
	return fmt.Sprintf("%s keeps asking to wait", e.side)
}

func newAsker(at Endpoints, opts Options) (*asker, error) {
	a := &asker{header: at.Header, opts: opts, state: map[Side]*sideState{RESTSide: {}, GraphQLSide: {}}}
	var err error
	if a.rest, err = endpoint(RESTSide, at.REST); err != nil {
		return nil, err
	}
	if a.graphql, err = endpoint(GraphQLSide, at.GraphQL); err != nil {
		return nil, err
	}
	a.client = sameHost(at.Client)
	return a, nil
}

func endpoint(side Side, text string) (*url.URL, error) {
	u, err := url.Parse(text)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return nil, fmt.Errorf("the %s endpoint %q is no http or https URL", side, text)
	}
	return u, nil
}

// sameHost returns a copy of the client that follows redirects within one
// host only and never drops the body of a query.
func sameHost(client *http.Client) *http.Client {
	c := http.Client{}
	if client != nil {
		c = *client
	}
	ask := c.CheckRedirect
	c.CheckRedirect = func(req *http.Request, via []*http.Request) error {
		from, to := via[0].URL, req.URL
		switch {
		case from.Host != to.Host || from.Scheme == "https" && to.Scheme != "https":
			return errors.New("it redirects to another place")
		case req.Method != via[0].Method:
			return errors.New("it redirects in a way that drops the query")
		case len(via) > 5:
			return errors.New("it redirects without end")
		case ask != nil:
			return ask(req, via)
		}
		return nil
	}
	return &c
}

// get asks REST.
func (a *asker) get(ctx context.Context, path string, query url.Values) (*reply, error) {
	u := *a.rest
	u.Path, u.RawPath = "", ""
	target := strings.TrimSuffix(u.String(), "/")
	if i := strings.IndexAny(target, "?#"); i >= 0 {
		target = target[:i]
	}
	target += strings.TrimSuffix(a.rest.EscapedPath(), "/") + path
	all := a.rest.Query()
	for name, values := range query {
		all[name] = values
	}
	if len(all) > 0 {
		target += "?" + all.Encode()
	}
	return a.send(ctx, RESTSide, http.MethodGet, target, nil)
}

// query asks GraphQL.
func (a *asker) query(ctx context.Context, document string, variables map[string]any) (*reply, error) {
	body := map[string]any{"query": document}
	if len(variables) > 0 {
		body["variables"] = variables
	}
	text, err := json.Marshal(body)
	if err != nil {
		return nil, err
	}
	r, err := a.send(ctx, GraphQLSide, http.MethodPost, a.graphql.String(), text)
	if r != nil && !a.opts.ShowValues {
		r.hide(variables)
	}
	return r, err
}

// send sends a request, and again where the server asks to wait for a time
// that is not too long. The error ends the run.
func (a *asker) send(ctx context.Context, side Side, method, target string, body []byte) (*reply, error) {
	for attempt := 0; ; attempt++ {
		if err := a.pace(ctx); err != nil {
			return nil, err
		}
		r, err := a.once(ctx, side, method, target, body)
		if err != nil {
			return nil, err
		}
		wait, asks := a.retryAfter(r)
		switch {
		case !asks && r.status != http.StatusTooManyRequests:
			a.note(side, func(s *sideState) { s.refusals = 0 })
			return r, nil
		case !asks || wait > a.maxWait() || attempt == maxRetries:
			return r, a.refused(side)
		}
		if err := a.wait(ctx, wait); err != nil {
			return nil, err
		}
	}
}

func (a *asker) once(ctx context.Context, side Side, method, target string, body []byte) (*reply, error) {
	req, err := http.NewRequestWithContext(ctx, method, target, bytes.NewReader(body))
	if err != nil {
		return nil, fmt.Errorf("the %s endpoint is no URL", side)
	}
	req.Header.Set("Accept", "application/json")
	if body != nil {
		req.Header.Set("Accept", "application/graphql-response+json, application/json")
		req.Header.Set("Content-Type", "application/json")
	}
	for name, values := range a.header {
		req.Header[http.CanonicalHeaderKey(name)] = values
	}
	resp, err := a.client.Do(req)
	if err != nil {
		return a.failed(ctx, side, err)
	}
	defer func() { _ = resp.Body.Close() }()
	limit := a.opts.MaxBytes
	if limit <= 0 {
		limit = DefaultMaxBytes
	}
	text, err := io.ReadAll(io.LimitReader(resp.Body, limit+1))
	if err != nil {
		return a.failed(ctx, side, err)
	}
	a.note(side, func(s *sideState) { s.answered, s.failures = true, 0 })
	r := &reply{side: side, status: resp.StatusCode, header: resp.Header}
	if int64(len(text)) > limit {
		r.decline = fmt.Sprintf("the answer is larger than %d bytes", limit)
		return r, nil
	}
	r.read(text, a.opts.Degraded)
	return r, nil
}

// failed makes the reply of a request without an answer, or ends the run:
// where ctx ended, where a cassette has no answer, and where the server
// cannot be reached.
func (a *asker) failed(ctx context.Context, side Side, err error) (*reply, error) {
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	var full *url.Error
	if errors.As(err, &full) {
		err = full.Err // the address may hold secrets
	}
	var miss *MissError
	if errors.As(err, &miss) {
		return nil, miss
	}
	gone := false
	a.note(side, func(s *sideState) {
		s.failures++
		s.last = err
		gone = s.failures >= maxFailures
	})
	if gone {
		return nil, a.unreachable(side, err)
	}
	return &reply{side: side, decline: "no answer: " + err.Error()}, nil
}

func (a *asker) unreachable(side Side, err error) error {
	u := *a.rest
	if side == GraphQLSide {
		u = *a.graphql
	}
	u.User, u.RawQuery, u.Fragment = nil, "", ""
	return &UnreachableError{Side: side, URL: u.String(), Err: err}
}

// silent returns the error for a server that was asked and never answered.
func (a *asker) silent() error {
	for _, side := range [...]Side{RESTSide, GraphQLSide} {
		if s := a.state[side]; !s.answered && s.failures > 0 {
			return a.unreachable(side, s.last)
		}
	}
	return nil
}

func (a *asker) note(side Side, what func(*sideState)) {
	a.mu.Lock()
	defer a.mu.Unlock()
	what(a.state[side])
}
