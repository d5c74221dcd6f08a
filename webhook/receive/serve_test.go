package receive_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/webhook/hook"
	"github.com/plumbapi/plumb/webhook/receive"
	"github.com/plumbapi/plumb/webhook/signature"
)

const secret = "it is a secret that no log may hold"

// gitHub routes as GitHub's deliveries say what they are.
var gitHub = hook.Routing{EventHeader: "X-GitHub-Event", ActionPointers: []string{"/action"}, DeliveryHeader: "X-GitHub-Delivery"}

// inbox is a handler that keeps what it gets.
type inbox struct {
	mu  sync.Mutex
	got []*hook.Delivery
}

func (in *inbox) Serve(_ context.Context, d *hook.Delivery) error {
	in.mu.Lock()
	defer in.mu.Unlock()
	in.got = append(in.got, d)
	return nil
}

// newReceiver returns a receiver that is closed with the test, and what it
// logs.
func newReceiver(t testing.TB, h receive.Handler, o receive.Options) *receive.Receiver {
	t.Helper()
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	r := receive.New(h, o)
	t.Cleanup(func() { closeReceiver(t, r) })
	return r
}

func closeReceiver(t testing.TB, r *receive.Receiver) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	if err := r.Close(ctx); err != nil {
		t.Error(err)
	}
}

// request returns a delivery signed as GitHub signs.
func request(t testing.TB, id, body string) *http.Request {
	t.Helper()
	req := httptest.NewRequest(http.MethodPost, "/", strings.NewReader(body))
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("X-GitHub-Event", "issues")
	req.Header.Set("X-GitHub-Delivery", id)
	if err := signature.GitHub(secret).Sign(req.Header, id, []byte(body), time.Now()); err != nil {
		t.Fatal(err)
	}
	return req
}

func zip(t *testing.T, text string) string {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, err := z.Write([]byte(text))
	if err = errors.Join(err, z.Close()); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestServe sends what may come, and looks at the answer, at what is handed
// on, and at the log, in which neither secret nor body may be.
func TestServe(t *testing.T) {
	t.Parallel()
	const marker = "marker-of-the-body"
	const body = `{"action":"opened","title":"` + marker + `"}`
	form := "payload=" + url.QueryEscape(body)
	with := func(f func(*http.Request)) func(*testing.T) *http.Request {
		return func(t *testing.T) *http.Request {
			req := request(t, "one", body)
			f(req)
			return req
		}
	}
	of := func(text, kind string, f func(*http.Request)) func(*testing.T) *http.Request {
		return func(t *testing.T) *http.Request {
			req := request(t, "one", text)
			req.Header.Set("Content-Type", kind)
			if f != nil {
				f(req)
			}
			return req
		}
	}
	coded := func(signed, sent, coding string) func(*testing.T) *http.Request {
		return func(t *testing.T) *http.Request {
			req := request(t, "one", signed)
			req.Body, req.ContentLength = io.NopCloser(strings.NewReader(sent)), int64(len(sent))
			req.Header.Set("Content-Encoding", coding)
			return req
		}
	}
	for name, c := range map[string]struct {
		request func(*testing.T) *http.Request
		options receive.Options
		status  int
		answer  string // a part of it
		handed  string // the body, "" where nothing is handed on
		header  map[string]string
	}{
		"a delivery":           {request: with(func(*http.Request) {}), status: 202, answer: "accepted", handed: body},
		"an unknown event":     {request: with(func(r *http.Request) { r.Header.Set("X-GitHub-Event", "new") }), status: 202, handed: body},
		"no event at all":      {request: with(func(r *http.Request) { r.Header.Del("X-GitHub-Event") }), status: 202, handed: body},
		"a form":               {request: of(form, "application/x-www-form-urlencoded", nil), status: 202, handed: body},
		"a form with more":     {request: of("a=1&"+form+"&b=2", "application/x-www-form-urlencoded; charset=UTF-8", nil), status: 202, handed: body},
		"no content type":      {request: with(func(r *http.Request) { r.Header.Del("Content-Type") }), status: 202, handed: body},
		"a kind of JSON":       {request: of(body, "application/cloudevents+json; charset=utf-8", nil), status: 202, handed: body},
		"white space":          {request: of(" "+body+"\n", "application/json", nil), status: 202, handed: " " + body + "\n"},
		"unknown length":       {request: with(func(r *http.Request) { r.ContentLength = -1 }), status: 202, handed: body},
		"identity":             {request: coded(body, body, "identity"), status: 202, handed: body},
		"gzip":                 {request: coded(body, zip(t, body), "gzip"), options: receive.Options{Gzip: true}, status: 202, handed: body},
		"GET":                  {request: with(func(r *http.Request) { r.Method = http.MethodGet }), status: 405, header: map[string]string{"Allow": "POST"}},
		"OPTIONS":              {request: with(func(r *http.Request) { r.Method = http.MethodOptions }), status: 405},
		"PUT":                  {request: with(func(r *http.Request) { r.Method = http.MethodPut }), status: 405},
		"text":                 {request: of(body, "text/plain", nil), status: 415, answer: "neither JSON nor a form"},
		"multipart":            {request: of(body, "multipart/form-data; boundary=x", nil), status: 415},
		"a broken type":        {request: of(body, "application/json; charset", nil), status: 415},
		"another charset":      {request: of(body, "application/json; charset=utf-16", nil), status: 415},
		"gzip not wanted":      {request: coded(body, zip(t, body), "gzip"), status: 415, header: map[string]string{"Accept-Encoding": "identity"}},
		"brotli":               {request: coded(body, body, "br"), options: receive.Options{Gzip: true}, status: 415},
		"gzip that is none":    {request: coded(body, body, "gzip"), options: receive.Options{Gzip: true}, status: 400, answer: "Content-Encoding"},
		"gzip, half":           {request: coded(body, zip(t, body)[:30], "gzip"), options: receive.Options{Gzip: true}, status: 400},
		"gzip and more":        {request: coded(body, zip(t, body)+"x", "gzip"), options: receive.Options{Gzip: true}, status: 400},
		"a bomb":               {request: coded(body, zip(t, strings.Repeat(" ", 1<<20)), "gzip"), options: receive.Options{Gzip: true, MaxBody: 1 << 16}, status: 413},
		"gzip, large":          {request: coded(body, zip(t, body)+strings.Repeat(zip(t, ""), 10), "gzip"), options: receive.Options{Gzip: true, MaxBody: 100}, status: 413},
		"just small enough":    {request: with(func(*http.Request) {}), options: receive.Options{MaxBody: int64(len(body))}, status: 202, handed: body},
		"too large":            {request: with(func(*http.Request) {}), options: receive.Options{MaxBody: int64(len(body)) - 1}, status: 413},
		"too large, unsaid":    {request: with(func(r *http.Request) { r.ContentLength = -1 }), options: receive.Options{MaxBody: int64(len(body)) - 1}, status: 413},
		"half a body":          {request: with(func(r *http.Request) { r.Body = io.NopCloser(io.MultiReader(strings.NewReader("{"), broken{})) }), status: 400, answer: "not complete"},
		"no room to read":      {request: with(func(r *http.Request) { r.ContentLength = -1 }), options: receive.Options{MaxBody: 100, Limit: receive.Limit{Bytes: 1}}, status: 503, header: map[string]string{"Retry-After": "10"}},
		"no room to keep":      {request: with(func(*http.Request) {}), options: receive.Options{Limit: receive.Limit{Bytes: 1}}, status: 503, header: map[string]string{"Retry-After": "10"}},
		"no signature":         {request: with(func(r *http.Request) { r.Header.Del("X-Hub-Signature-256") }), status: 401, answer: "github: X-Hub-Signature-256 is missing"},
		"a wrong signature":    {request: with(func(r *http.Request) { r.Header.Set("X-Hub-Signature-256", "sha256="+strings.Repeat("0", 64)) }), status: 401, answer: "does not match"},
		"another verifier":     {request: with(func(*http.Request) {}), options: receive.Options{Verify: refuses{}}, status: 401, answer: "the signature is not accepted"},
		"a tampered body":      {request: coded(body, body+" ", ""), status: 401},
		"no JSON":              {request: of("<"+marker+">", "application/json", nil), status: 400, answer: "not JSON"},
		"nothing":              {request: of("", "application/json", nil), status: 400},
		"more than JSON":       {request: of(body+body, "application/json", nil), status: 400},
		"deep":                 {request: of(strings.Repeat("[", 10000), "application/json", nil), status: 400},
		"a form without":       {request: of("a=1", "application/x-www-form-urlencoded", nil), status: 400, answer: "no payload"},
		"a form with two":      {request: of(form+"&"+form, "application/x-www-form-urlencoded", nil), status: 400},
		"a form, escaped ill":  {request: of("payload=%zz", "application/x-www-form-urlencoded", nil), status: 400},
		"a form with no JSON":  {request: of("payload=x", "application/x-www-form-urlencoded", nil), status: 400},
		"JSON as a form":       {request: of(body, "application/x-www-form-urlencoded", nil), status: 400},
		"no verifier":          {request: with(func(*http.Request) {}), options: receive.Options{Verify: signature.GitHub("")}, status: 500, answer: "not set up"},
		"a challenge":          {request: of(`{"type":"url_verification","challenge":"abc"}`, "application/json", nil), status: 200, answer: "abc", header: map[string]string{"X-Content-Type-Options": "nosniff"}},
		"a challenge unsigned": {request: of(`{"type":"url_verification","challenge":"abc"}`, "application/json", func(r *http.Request) { r.Header.Del("X-Hub-Signature-256") }), status: 401},
		"no challenge in it":   {request: of(`{"type":"url_verification"}`, "application/json", nil), status: 202, handed: `{"type":"url_verification"}`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var log bytes.Buffer
			o := c.options
			if o.Verify == nil {
				o.Verify = signature.GitHub(secret)
			}
			o.Routing, o.Log = gitHub, slog.New(slog.NewJSONHandler(&log, nil))
			h := &inbox{}
			r := receive.New(h, o)
			w := httptest.NewRecorder()
			r.ServeHTTP(w, c.request(t))
			closeReceiver(t, r)
			if w.Code != c.status || !strings.Contains(w.Body.String(), c.answer) {
				t.Errorf("answered with %d %q, want %d %q", w.Code, w.Body, c.status, c.answer)
			}
			for name, want := range c.header {
				if got := w.Header().Get(name); got != want {
					t.Errorf("%s: %q, want %q", name, got, want)
				}
			}
			handed := ""
			for _, d := range h.got {
				handed += string(d.Body)
			}
			if diff := cmp.Diff(c.handed, handed); diff != "" {
				t.Errorf("handed on (-want +got):\n%s", diff)
			}
			if said := log.String() + w.Body.String(); strings.Contains(said, secret) || strings.Contains(said, marker) {
				t.Errorf("the secret or the body is told: %s", said)
			}
		})
	}
}

type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

// refuses is a verifier whose error holds what must not be told.
type refuses struct{}

func (refuses) Verify(_ http.Header, body []byte, _ time.Time) error {
	return fmt.Errorf("%s does not go with %s", body, secret)
}

// TestDelivery looks at what a handler gets.
func TestDelivery(t *testing.T) {
	t.Parallel()
	h := &inbox{}
	now := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	r := newReceiver(t, h, receive.Options{Verify: signature.GitLab("a token"), Routing: gitHub, Now: func() time.Time { return now }})
	req := httptest.NewRequest(http.MethodPost, "/", strings.NewReader(`{"action":"opened"}`))
	req.Header = http.Header{
		"X-Gitlab-Token": {"a token"}, "Authorization": {"Basic x"}, "Cookie": {"a=b"},
		"X-Github-Event": {"issues"}, "X-Github-Delivery": {"one"}, "X-More": {"a", "b"},
	}
	w := httptest.NewRecorder()
	r.ServeHTTP(w, req)
	if w.Code != http.StatusAccepted || req.Header.Get("Authorization") == "" {
		t.Fatalf("%d, headers %v", w.Code, req.Header)
	}
	closeReceiver(t, r)
	want := []*hook.Delivery{{
		ID: "one", Event: "issues", Action: "opened", Body: []byte(`{"action":"opened"}`), Received: now,
		Header: map[string][]string{"X-Github-Event": {"issues"}, "X-Github-Delivery": {"one"}, "X-More": {"a", "b"}},
	}}
	if diff := cmp.Diff(want, h.got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestHandshake(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		allowed []string
		origin  string
		status  int
		want    string
	}{
		"nobody":  {nil, "events.example", 405, ""},
		"all":     {[]string{"*"}, "events.example", 200, "events.example"},
		"one":     {[]string{"events.example"}, "events.example", 200, "events.example"},
		"another": {[]string{"events.example"}, "evil.example", 405, ""},
		"no name": {[]string{"*"}, "", 405, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newReceiver(t, &inbox{}, receive.Options{Unverified: true, Origins: c.allowed})
			req := httptest.NewRequest(http.MethodOptions, "/", http.NoBody)
			req.Header.Set("WebHook-Request-Origin", c.origin)
			req.Header.Set("WebHook-Request-Rate", "120")
			w := httptest.NewRecorder()
			r.ServeHTTP(w, req)
			if w.Code != c.status || w.Header().Get("WebHook-Allowed-Origin") != c.want || w.Header().Get("Allow") != "POST" {
				t.Errorf("%d, %v", w.Code, w.Header())
			}
			if c.want != "" && w.Header().Get("WebHook-Allowed-Rate") != "*" {
				t.Error("no rate is allowed")
			}
		})
	}
}

func TestNotSetUp(t *testing.T) {
	t.Parallel()
	for name, r := range map[string]*receive.Receiver{
		"no handler":  newReceiver(t, nil, receive.Options{Unverified: true}),
		"no verifier": newReceiver(t, &inbox{}, receive.Options{}),
		"no secret":   newReceiver(t, &inbox{}, receive.Options{Verify: signature.Slack("")}),
	} {
		w := httptest.NewRecorder()
		r.ServeHTTP(w, request(t, "one", "{}"))
		if r.Err() == nil || w.Code != http.StatusInternalServerError {
			t.Errorf("%s: Err is %v, the answer %d", name, r.Err(), w.Code)
		}
	}
}
