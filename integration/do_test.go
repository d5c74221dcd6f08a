package integration_test

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/integration"
)

// step is one answer of a script; an error in its place is what Do returns.
type step struct {
	status int
	header http.Header
	body   string
	err    error
}

// script answers one request after another, the last for ever.
type script struct {
	steps []step
	seen  []string // method, address and credentials of each request
}

func (s *script) Do(r *http.Request) (*http.Response, error) {
	at := s.steps[min(len(s.seen), len(s.steps)-1)]
	s.seen = append(s.seen, strings.TrimSpace(r.Method+" "+r.URL.String()+" "+r.Header.Get("Authorization")))
	if at.err != nil {
		return nil, &url.Error{Op: "Get", URL: r.URL.String(), Err: at.err}
	}
	header := at.header
	if header == nil {
		header = http.Header{}
	}
	return &http.Response{StatusCode: at.status, Header: header, Body: io.NopCloser(strings.NewReader(at.body))}, nil
}

var now = time.Date(2026, 11, 22, 9, 30, 0, 0, time.UTC)

// client has a clock that only sleeping moves, and the secrets token and hook.
func client(sender integration.Sender) (*integration.Client, *[]time.Duration) {
	m := &integration.Manifest{Name: "tool", Inputs: []integration.Input{
		{Name: "token", Type: integration.TypeSecret, Env: "TOOL_TOKEN"}, {Name: "hook", Type: integration.TypeSecret, Env: "TOOL_HOOK"},
	}}
	c := integration.NewClient(m, integration.Inputs{"token": "s3cret-token", "hook": "https://hooks.example/services/T0/B1/abcdef123456"}, sender)
	var slept []time.Duration
	at := now
	c.Now = func() time.Time { return at }
	c.Sleep = func(ctx context.Context, d time.Duration) error {
		slept, at = append(slept, d), at.Add(d)
		return ctx.Err()
	}
	c.Random = func() float64 { return 0 }
	return c, &slept
}

func after(value string) http.Header { return http.Header{"Retry-After": {value}} }

func TestDo(t *testing.T) {
	t.Parallel()
	const s = time.Second
	tests := []struct {
		name   string
		method string
		steps  []step
		sent   int
		slept  []time.Duration
		want   string // the error, "" for none
	}{
		{"at once", "POST", []step{{status: 201}}, 1, nil, ""},
		{"429 in seconds", "POST", []step{{status: 429, header: after("2")}, {status: 200}}, 2, []time.Duration{2 * s}, ""},
		{"429 until a date", "POST", []step{{status: 429, header: after(now.Add(9 * s).Format(http.TimeFormat))}, {status: 200}}, 2, []time.Duration{9 * s}, ""},
		{"429 until a date that has passed", "POST", []step{{status: 429, header: after(now.Add(-9 * s).Format(http.TimeFormat))}, {status: 200}}, 2, []time.Duration{0}, ""},
		{"429 without a time", "POST", []step{{status: 429}, {status: 429, header: after("soon")}, {status: 200}}, 3, []time.Duration{s / 4, s / 2}, ""},
		{"429 for longer than it is waited", "POST", []step{{status: 429, header: after("61")}}, 1, nil,
			"tool: POST https://api.example/x: it answers 429 Too Many Requests; try again in 1 min 1 s"},
		{"429 for ever", "POST", []step{{status: 429, header: after("99999999999999999999")}}, 1, nil,
			"tool: POST https://api.example/x: it answers 429 Too Many Requests; try again after 22 Nov 2027 09:30 UTC"},
		{"503 that says when", "POST", []step{{status: 503, header: after("1")}, {status: 200}}, 2, []time.Duration{s}, ""},
		{"503 after a POST", "POST", []step{{status: 503}}, 1, nil,
			"tool: POST https://api.example/x: it answers 503 Service Unavailable; try again later; the tool has a fault of its own"},
		{"503 after a GET", "GET", []step{{status: 503}, {status: 200}}, 2, []time.Duration{s / 4}, ""},
		{"500 after a POST", "POST", []step{{status: 500, body: `{"message":"oops"}`}}, 1, nil,
			`tool: POST https://api.example/x: it answers 500 Internal Server Error: "oops"; try again later; the tool has a fault of its own`},
		{"500 after a PUT, each time", "PUT", []step{{status: 500}}, 4, []time.Duration{s / 4, s / 2, s},
			"tool: PUT https://api.example/x: it answers 500 Internal Server Error after 4 attempts; try again later; the tool has a fault of its own"},
		{"403 that says when", "POST", []step{{status: 403, header: after("3")}, {status: 200}}, 2, []time.Duration{3 * s}, ""},
		{"lost after a POST", "POST", []step{{err: io.ErrUnexpectedEOF}}, 1, nil,
			"tool: POST https://api.example/x: unexpected EOF; check that the tool can be reached from here, and try again later"},
		{"lost after a GET", "GET", []step{{err: io.ErrUnexpectedEOF}, {status: 200}}, 2, []time.Duration{s / 4}, ""},
		{"no such host", "POST", []step{{err: &net.DNSError{Name: "api.example", IsNotFound: true}}}, 1, nil,
			`tool: POST https://api.example/x: there is no host "api.example"; check the name of the host`},
		{"401", "POST", []step{{status: 401, body: "<html>login</html>"}}, 1, nil,
			"tool: POST https://api.example/x: it answers 401 Unauthorized; check the credentials: they are wrong, or have expired"},
		{"what is wrong with a field", "POST", []step{{status: 422, body: `{"errors":[{"resource":"x","field":"title"},{"title":["is too long"]}]}`}}, 1, nil,
			`tool: POST https://api.example/x: it answers 422 Unprocessable Entity: "field: title; resource: x; is too long"; check the inputs; --dry-run shows what is sent`},
		{"control characters", "POST", []step{{status: 400, body: "bad\x1b[31m\r\nX: y\xff"}}, 1, nil,
			`tool: POST https://api.example/x: it answers 400 Bad Request: "bad\\x1b[31m X: y\\xff"; check the inputs; --dry-run shows what is sent`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			sender := &script{steps: tt.steps}
			c, slept := client(sender)
			_, err := c.Do(t.Context(), &integration.Request{Method: tt.method, URL: "https://api.example/x"})
			got := ""
			if err != nil {
				got = err.Error()
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("error (-want +got):\n%s", diff)
			}
			if len(sender.seen) != tt.sent {
				t.Errorf("%d requests, want %d", len(sender.seen), tt.sent)
			}
			if diff := cmp.Diff(tt.slept, *slept); diff != "" {
				t.Errorf("waits (-want +got):\n%s", diff)
			}
		})
	}
}

// TestKinds shows whose fault each status is, and that no hint is missing.
func TestKinds(t *testing.T) {
	t.Parallel()
	want := map[int]integration.Kind{
		301: integration.Config, 400: integration.Config, 401: integration.Auth, 403: integration.Auth, 404: integration.Config, 407: integration.Auth,
		408: integration.Remote, 409: integration.Remote, 410: integration.Config, 412: integration.Remote, 413: integration.Limit, 414: integration.Limit,
		418: integration.Config, 422: integration.Config, 423: integration.Remote, 429: integration.Limit, 431: integration.Limit,
		500: integration.Remote, 502: integration.Remote, 503: integration.Remote, 504: integration.Remote, 599: integration.Remote, 304: integration.Remote, 100: integration.Remote,
	}
	got := map[int]integration.Kind{}
	for status := range want {
		c, _ := client(&script{steps: []step{{status: status}}})
		_, err := c.Do(t.Context(), &integration.Request{Method: http.MethodPost, URL: "https://api.example/x"})
		var e *integration.Error
		if !errors.As(err, &e) || e.Hint == "" || e.Status != status {
			t.Errorf("%d: error %v", status, err)
			continue
		}
		got[status] = e.Kind
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("kinds (-want +got):\n%s", diff)
	}
}

func TestRedirects(t *testing.T) {
	t.Parallel()
	to := func(status int, location string) step {
		return step{status: status, header: http.Header{"Location": {location}}}
	}
	tests := []struct {
		name, method string
		steps        []step
		seen         []string
		want         string
	}{
		{"within the host", "GET", []step{to(301, "/y?z=1"), {status: 200}}, []string{"GET https://api.example/x Bearer s3cret-token", "GET https://api.example/y?z=1 Bearer s3cret-token"}, ""},
		{"a POST that stays one", "POST", []step{to(308, "/y"), {status: 200}}, []string{"POST https://api.example/x Bearer s3cret-token", "POST https://api.example/y Bearer s3cret-token"}, ""},
		{"a POST that would become a GET", "POST", []step{to(302, "/y")}, []string{"POST https://api.example/x Bearer s3cret-token"}, "it redirects, and would make a GET of this POST"},
		{"to another host", "GET", []step{to(307, "https://evil.example/x")}, []string{"GET https://api.example/x Bearer s3cret-token"}, `it redirects to another host, "https://evil.example"`},
		{"to no TLS", "GET", []step{to(307, "http://api.example/x")}, []string{"GET https://api.example/x Bearer s3cret-token"}, `it redirects to another host, "http://api.example"`},
		{"to nowhere", "GET", []step{to(307, "http:// /")}, []string{"GET https://api.example/x Bearer s3cret-token"}, "it redirects to nowhere"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			sender := &script{steps: tt.steps}
			c, _ := client(sender)
			_, err := c.Do(t.Context(), &integration.Request{Method: tt.method, URL: "https://api.example/x", Header: http.Header{"Authorization": {"Bearer s3cret-token"}}})
			if (tt.want == "") != (err == nil) || err != nil && !strings.Contains(err.Error(), tt.want) {
				t.Errorf("error %v, want %q", err, tt.want)
			}
			if diff := cmp.Diff(tt.seen, sender.seen); diff != "" {
				t.Errorf("requests (-want +got):\n%s", diff)
			}
		})
	}
	t.Run("in a circle", func(t *testing.T) {
		t.Parallel()
		sender := &script{steps: []step{to(301, "/x")}}
		c, _ := client(sender)
		if _, err := c.Do(t.Context(), &integration.Request{Method: http.MethodGet, URL: "https://api.example/x"}); err == nil || len(sender.seen) != 6 {
			t.Errorf("error %v after %d requests; want an error after 6", err, len(sender.seen))
		}
	})
}

// TestInterrupted shows that neither a wait nor an exchange outlives the
// context, and that an answer has bounds.
func TestInterrupted(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	sender := &script{steps: []step{{status: 429, header: after("1")}}}
	c, _ := client(sender)
	c.Sleep = func(ctx context.Context, _ time.Duration) error { cancel(); return ctx.Err() }
	_, err := c.Do(ctx, &integration.Request{Method: http.MethodGet, URL: "https://api.example/x"})
	if want := "tool: GET https://api.example/x: it was interrupted; run it again"; err == nil || err.Error() != want || len(sender.seen) != 1 {
		t.Errorf("error %v after %d requests, want %q after one", err, len(sender.seen), want)
	}
	c, _ = client(&script{steps: []step{{status: 200, body: strings.Repeat("x", integration.MaxAnswer+1)}}})
	if _, err := c.Do(t.Context(), &integration.Request{Method: http.MethodPost, URL: "https://api.example/x"}); err == nil || !strings.Contains(err.Error(), "larger than 16 MiB") {
		t.Errorf("error %v; want that the answer is too large", err)
	}
	if _, err := c.Do(t.Context(), &integration.Request{Method: http.MethodPost, URL: "https://exa mple/\x00"}); err == nil || !strings.Contains(err.Error(), "no URL") {
		t.Errorf("error %v; want that the address is none", err)
	}
}

func TestRotate(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, next, takes string
		want              []string
		fails             bool
	}{
		{"the first is taken", "new", "old", []string{"old", "old"}, false},
		{"the partner is taken, and kept", "new", "new", []string{"old", "new", "new"}, false},
		{"there is no partner", "", "new", []string{"old", "old"}, true},
		{"neither is taken", "new", "other", []string{"old", "new", "old", "new"}, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			c, _ := client(nil)
			c.Inputs = integration.Inputs{"token": "old"}
			if tt.next != "" {
				c.Inputs["token_next"] = tt.next
			}
			var tried []string
			for range 2 {
				_, err := c.Rotate("token", func(secret string) (*integration.Response, error) {
					tried = append(tried, secret)
					if secret != tt.takes {
						return nil, c.Errorf(integration.Auth, 401, "hint", "refused")
					}
					return &integration.Response{Status: 200}, nil
				})
				if (err != nil) != tt.fails {
					t.Errorf("error %v", err)
				}
			}
			if diff := cmp.Diff(tt.want, tried); diff != "" {
				t.Errorf("secrets tried (-want +got):\n%s", diff)
			}
		})
	}
}
