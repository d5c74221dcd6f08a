package live_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/parity/live"
)

func TestUnreachable(t *testing.T) {
	t.Parallel()
	for _, side := range []live.Side{live.RESTSide, live.GraphQLSide} {
		t.Run(string(side), func(t *testing.T) {
			t.Parallel()
			s := serve(t, fault{})
			at := s.endpoints()
			if side == live.RESTSide {
				s.rest.Close()
			} else {
				s.gql.Close()
			}
			at.REST = strings.Replace(at.REST, "http://", "http://someone:hunter2@", 1) + "?key=hunter2"
			res, err := live.Verify(t.Context(), plan(t, quick()), at, quick())
			var gone *live.UnreachableError
			if !errors.As(err, &gone) || gone.Side != side || strings.Contains(err.Error(), "hunter2") {
				t.Fatalf("error: %v", err)
			}
			if res == nil || res.Complete || res.Counts.Declined == 0 || res.Counts.Equal > 0 || res.Requests > 12 {
				t.Errorf("result: %+v", res)
			}
		})
	}
}

func TestEndpoints(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", "api.example", "ftp://api.example", "http://", "http://a b"} {
		at := live.Endpoints{REST: text, GraphQL: "http://graphql.example"}
		if _, err := live.Verify(t.Context(), plan(t, quick()), at, quick()); err == nil || !strings.Contains(err.Error(), "no http or https URL") {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// clock is a time that passes only when somebody waits.
type clock struct {
	mu     sync.Mutex
	at     time.Time
	waited []time.Duration
}

func (c *clock) clock() live.Clock {
	return live.Clock{
		Now: func() time.Time {
			c.mu.Lock()
			defer c.mu.Unlock()
			return c.at
		},
		Wait: func(ctx context.Context, d time.Duration) error {
			c.mu.Lock()
			defer c.mu.Unlock()
			c.at = c.at.Add(d)
			c.waited = append(c.waited, d)
			return ctx.Err()
		},
	}
}

func TestPace(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name string
		now  bool
		most time.Duration // of all waits
	}{{"with a clock", true, 0}, {"without", false, 0}} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			c := &clock{at: time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)}
			begin := c.at
			opts := live.Options{Rate: 4, Clock: c.clock(), Only: []string{"GET /books"}}
			if !test.now {
				opts.Clock.Now = nil
			}
			_, at := direct(t, fault{})
			res, err := live.Verify(t.Context(), plan(t, opts), at, opts)
			if err != nil {
				t.Fatal(err)
			}
			if got, want := c.at.Sub(begin), time.Duration(res.Requests-1)*250*time.Millisecond; got != want {
				t.Errorf("%d requests took %v, want %v", res.Requests, got, want)
			}
		})
	}
}

func TestRetryAfter(t *testing.T) {
	t.Parallel()
	begin := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	limit := func(value string, times int) fault {
		return fault{http: func(s *server, w http.ResponseWriter, r *http.Request) bool {
			if s.count(r.URL.Path) >= times {
				return false
			}
			w.Header().Set("Retry-After", value)
			w.WriteHeader(http.StatusTooManyRequests)
			return true
		}}
	}
	for _, test := range []struct {
		name       string
		fault      fault
		want       time.Duration
		equal      bool
		incomplete []string
	}{
		{"seconds", limit("7", 1), 7 * time.Second, true, nil},
		{"a moment", limit(begin.Add(9*time.Second).Format(http.TimeFormat), 1), 9 * time.Second, true, nil},
		{"again and again", limit("1", 100), time.Second, false, []string{"no value was compared"}},
		{"too long", limit("3600", 100), 0, false, []string{"no value was compared"}},
		{"nonsense", limit("soon", 100), 0, false, []string{"no value was compared"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			c := &clock{at: begin}
			opts := live.Options{Rate: 1e6, Clock: c.clock(), Only: []string{"GET /books"}}
			_, at := direct(t, test.fault)
			res, err := live.Verify(t.Context(), plan(t, opts), at, opts)
			if err != nil {
				t.Fatal(err)
			}
			var longest time.Duration
			for _, d := range c.waited {
				longest = max(longest, d)
			}
			if longest = longest.Round(time.Millisecond); longest != test.want {
				t.Errorf("waited for %v, want %v", longest, test.want)
			}
			if (res.Counts.Equal > 0) != test.equal || (res.Counts.Declined > 0) == test.equal {
				t.Errorf("counts: %+v", res.Counts)
			}
			if diff := cmp.Diff(append([]string{}, test.incomplete...), res.Incomplete); diff != "" {
				t.Errorf("incomplete (-want +got):\n%s", diff)
			}
		})
	}
}

// A server that refuses again and again is left alone.
func TestRefused(t *testing.T) {
	t.Parallel()
	_, at := direct(t, fault{http: func(_ *server, w http.ResponseWriter, _ *http.Request) bool {
		w.WriteHeader(http.StatusTooManyRequests)
		return true
	}})
	res, err := live.Verify(t.Context(), plan(t, quick()), at, quick())
	if err != nil {
		t.Fatal(err)
	}
	if res.Requests != 3 || res.Complete || res.Incomplete[0] != "no value was compared" || res.Incomplete[1] != "REST keeps asking to wait" {
		t.Errorf("%d requests, incomplete %q", res.Requests, res.Incomplete)
	}
}

func TestBudget(t *testing.T) {
	t.Parallel()
	s, at := direct(t, fault{})
	opts := quick()
	opts.Budget = 20
	res, err := live.Verify(t.Context(), plan(t, opts), at, opts)
	if err != nil {
		t.Fatal(err)
	}
	if res.Requests != 20 || len(s.log) != 20 || res.Complete || res.Counts.Equal == 0 {
		t.Errorf("%d requests, %d sent, complete %v", res.Requests, len(s.log), res.Complete)
	}
}

// Ctx ends a run at once, with what was found until then.
func TestCancelled(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	s, at := direct(t, fault{http: func(s *server, _ http.ResponseWriter, _ *http.Request) bool {
		if s.count("all") == 9 {
			cancel()
		}
		return false
	}})
	res, err := live.Verify(ctx, plan(t, quick()), at, quick())
	if !errors.Is(err, context.Canceled) {
		t.Fatalf("error: %v", err)
	}
	if res.Complete || len(s.log) > 20 || res.Counts.Equal == 0 {
		t.Errorf("complete %v, %d requests, %+v", res.Complete, len(s.log), res.Counts)
	}
}

func TestRedirect(t *testing.T) {
	t.Parallel()
	elsewhere := serve(t, fault{})
	for _, test := range []struct {
		name, to string
		equal    bool
	}{
		{"within the host", "", true},
		{"to another host", elsewhere.rest.URL, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			s := serve(t, fault{http: func(_ *server, w http.ResponseWriter, r *http.Request) bool {
				if r.URL.Query().Has("moved") {
					return false
				}
				q := r.URL.Query()
				q.Set("moved", "1")
				http.Redirect(w, r, test.to+r.URL.Path+"?"+q.Encode(), http.StatusTemporaryRedirect)
				return true
			}})
			opts := quick()
			opts.Only = []string{"GET /books"}
			at := s.endpoints()
			at.Header = http.Header{"Authorization": {"Bearer hunter2"}}
			res, err := live.Verify(t.Context(), plan(t, opts), at, opts)
			if test.equal != (err == nil && res.Counts.Equal > 0) {
				t.Errorf("error %v, %+v", err, res)
			}
			if err != nil && strings.Contains(err.Error(), "hunter2") {
				t.Errorf("error: %v", err)
			}
		})
	}
	for _, line := range elsewhere.log {
		t.Errorf("the other host was asked: %s", line)
	}
}

func TestTooLarge(t *testing.T) {
	t.Parallel()
	_, at := direct(t, fault{})
	opts := quick()
	opts.MaxBytes = 3000
	res, err := live.Verify(t.Context(), plan(t, opts), at, opts)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range res.Probes {
		if p.Operation != "GET /books" {
			continue
		}
		if want := []live.Decline{{Side: live.RESTSide, Status: 200, Reason: "the answer is larger than 3000 bytes", Count: 1}}; p.Outcome != live.Declined || cmp.Diff(want, p.Declines) != "" {
			t.Errorf("%s: %+v", p.Outcome, p.Declines)
		}
	}
}

// What a server says of the query does not show the values that it was asked
// with.
func TestMessagesAreMasked(t *testing.T) {
	t.Parallel()
	_, at := direct(t, fault{post: func(_ *server, w http.ResponseWriter, r *http.Request) bool {
		if !strings.Contains(body(r), "book(") {
			return false
		}
		_, _ = w.Write([]byte(`{"errors":[{"message":"no book 9780140404931\n is here"}]}`))
		return true
	}})
	opts := quick()
	opts.Only = []string{"GET /books/{isbn}"}
	opts.Fixtures = fixtures(t, `operations: {"GET /books/{isbn}": [{isbn: "9780140404931"}]}`)
	for show, want := range map[bool]string{false: "no book … is here", true: "no book 9780140404931 is here"} {
		opts.ShowValues = show
		res, err := live.Verify(t.Context(), plan(t, opts), at, opts)
		if err != nil {
			t.Fatal(err)
		}
		if got := res.Probes[0].Reason; got != "GraphQL: the query is declined: "+want {
			t.Errorf("reason: %q", got)
		}
	}
}

// The headers of the caller are sent, and the path and query of an endpoint
// are kept.
func TestRequests(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	var urls []url.URL
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		urls = append(urls, *r.URL)
		if r.Header.Get("X-Key") != "k" {
			t.Errorf("%s has no header", r.URL)
		}
		fmt.Fprint(w, `[]`)
	}))
	defer s.Close()
	opts := quick()
	opts.Only = []string{"GET /branches"}
	at := live.Endpoints{REST: s.URL + "/a%2Fb/v1/?tenant=t#x", GraphQL: s.URL + "/g?tenant=t", Header: http.Header{"x-key": {"k"}}}
	if _, err := live.Verify(t.Context(), plan(t, opts), at, opts); err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, u := range urls {
		got = append(got, u.RequestURI())
	}
	if diff := cmp.Diff([]string{"/a%2Fb/v1/branches?tenant=t", "/g?tenant=t"}, got); diff != "" {
		t.Errorf("requests (-want +got):\n%s", diff)
	}
}
