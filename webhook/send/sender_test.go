package send_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/webhook/send"
	"github.com/plumbapi/plumb/webhook/signature"
)

const inbox = "http://hooks.example/in"

// bubble runs a test in virtual time.
func bubble(t *testing.T, f func(t *testing.T)) {
	t.Helper()
	t.Parallel()
	synctest.Test(t, f)
}

func TestSigned(t *testing.T) {
	bubble(t, func(t *testing.T) {
		keys := signature.Standard("whsec_" + "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=")
		var verified []error
		var stamps, ids, seen []string
		w := newWorld(t, func(rw http.ResponseWriter, r *http.Request) {
			var body bytes.Buffer
			_, _ = body.ReadFrom(r.Body)
			verified = append(verified, keys.Verify(r.Header, body.Bytes(), time.Now()))
			stamps, ids = append(stamps, r.Header.Get("Webhook-Timestamp")), append(ids, r.Header.Get("Webhook-Id"))
			seen = []string{r.Method, r.Header.Get("Content-Type"), r.Header.Get("User-Agent"), r.Header.Get("X-Event"), r.Header.Get("X-Delivery"), r.Header.Get("X-Own"), r.Header.Get("Accept-Encoding"), body.String()}
			if len(ids) < 3 {
				rw.WriteHeader(500)
			}
		})
		s := open(t, send.Options{
			Guard: w.guard(), UserAgent: "tracker/1",
			Endpoints: []send.Endpoint{{
				ID: "a", URL: inbox, Signer: keys, EventHeader: "X-Event", DeliveryHeader: "X-Delivery",
				Header: http.Header{"X-Own": {"1"}, "Content-Type": {"text/plain"}, "Webhook-Id": {"forged"}},
			}},
		})
		id := put(t, s, send.Message{Event: "issues", Action: "opened", Body: []byte(`{"a": 1 }`)})
		wait(t, s)
		if diff := cmp.Diff([]string{id, id, id}, ids); diff != "" {
			t.Errorf("ids (-want +got):\n%s", diff)
		}
		if diff := cmp.Diff([]string{"946684800", "946684805", "946685105"}, stamps); diff != "" {
			t.Errorf("timestamps (-want +got):\n%s", diff)
		}
		for _, err := range verified {
			if err != nil {
				t.Error(err)
			}
		}
		want := []string{"POST", "application/json", "tracker/1", "issues", id, "1", "", `{"a": 1 }`}
		if diff := cmp.Diff(want, seen); diff != "" {
			t.Errorf("request (-want +got):\n%s", diff)
		}
	})
}

func TestJitter(t *testing.T) {
	for random, want := range map[float64]time.Duration{0: 4500 * time.Millisecond, 0.5: 5 * time.Second, 0.75: 5250 * time.Millisecond} {
		t.Run(fmt.Sprint(random), func(t *testing.T) {
			bubble(t, func(t *testing.T) {
				b := newBook()
				w := newWorld(t, func(rw http.ResponseWriter, r *http.Request) {
					if b.note(r); len(b.all()) == 1 {
						rw.WriteHeader(500)
					}
				})
				s := open(t, send.Options{Guard: w.guard(), Random: func() float64 { return random }, Endpoints: []send.Endpoint{{ID: "a", URL: inbox, Unsigned: true}}})
				put(t, s, send.Message{})
				wait(t, s)
				if got := b.all()[1].At; got != want {
					t.Errorf("the second attempt is made after %v, not %v", got, want)
				}
			})
		})
	}
}

func TestFilter(t *testing.T) {
	bubble(t, func(t *testing.T) {
		b := newBook()
		w := newWorld(t, func(_ http.ResponseWriter, r *http.Request) { b.note(r) })
		endpoint := func(id string, events ...string) send.Endpoint {
			return send.Endpoint{ID: id, URL: "http://hooks.example/" + id, Unsigned: true, Events: events}
		}
		off := endpoint("off")
		off.Disabled = true
		s := open(t, send.Options{Guard: w.guard(), Endpoints: []send.Endpoint{
			endpoint("star", "*"), endpoint("all"), endpoint("issues", "issues"), endpoint("opened", "issues.opened"), endpoint("under", "issues.*"), endpoint("push", "push", "invoice.*"), off,
		}})
		for _, c := range []struct {
			event, action string
			to            []string
			want          string
		}{
			{"issues", "opened", nil, "all issues opened star under"},
			{"issues", "closed", nil, "all issues star under"},
			{"issues", "", nil, "all issues star under"},
			{"issuesx", "opened", nil, "all star"},
			{"push", "", nil, "all push star"},
			{"invoice.paid", "", nil, "all push star"},
			{"", "", nil, "all star"},
			{"issues", "opened", []string{"push", "off"}, "push"},
			{"issues", "opened", []string{}, ""},
		} {
			r, err := s.Send(t.Context(), send.Message{Event: c.event, Action: c.action, Body: []byte(`1`), To: c.to})
			if got := strings.Join(r.Endpoints, " "); err != nil || got != c.want {
				t.Errorf("%s %s goes to %q, not %q: %v", c.event, c.action, got, c.want, err)
			}
		}
		if _, err := s.Send(t.Context(), send.Message{Body: []byte(`1`), To: []string{"none"}}); err == nil {
			t.Error("an endpoint that is not there has no error")
		}
		wait(t, s)
		if n := len(b.all()); n != 5+4+4+2+3+3+2+1 {
			t.Errorf("%d deliveries", n)
		}
	})
}

func TestSendRefuses(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := open(t, send.Options{MaxBody: 20, Endpoints: []send.Endpoint{{ID: "a", URL: "https://hooks.example/", Unsigned: true, Disabled: true}}})
		for _, c := range []struct {
			name string
			m    send.Message
			want error
		}{
			{"no JSON", send.Message{Body: []byte(`{`)}, send.ErrNotJSON},
			{"nothing", send.Message{}, send.ErrNotJSON},
			{"two values", send.Message{Body: []byte(`1 2`)}, send.ErrNotJSON},
			{"large", send.Message{Body: []byte(`"` + strings.Repeat("x", 20) + `"`)}, send.ErrTooLarge},
			{"an id with a space", send.Message{ID: "a b", Body: []byte(`1`)}, nil},
			{"an id with a line", send.Message{ID: "a\nb", Body: []byte(`1`)}, nil},
			{"an id that is long", send.Message{ID: strings.Repeat("x", 256), Body: []byte(`1`)}, nil},
			{"an event with a line", send.Message{Event: "a\r\nX-Evil: 1", Body: []byte(`1`)}, nil},
		} {
			_, err := s.Send(t.Context(), c.m)
			if err == nil || (c.want != nil && !errors.Is(err, c.want)) || strings.Contains(err.Error(), "xxx\"") {
				t.Errorf("%s: %v", c.name, err)
			}
		}
	})
}

func TestNewRefuses(t *testing.T) {
	t.Parallel()
	good := send.Endpoint{ID: "a", URL: "https://hooks.example/", Unsigned: true}
	for _, c := range []struct {
		name   string
		change func(*send.Endpoint)
		want   string
	}{
		{"no id", func(e *send.Endpoint) { e.ID = "" }, "an ID is"},
		{"no signature", func(e *send.Endpoint) { e.Unsigned = false }, "no Signer"},
		{"concurrency", func(e *send.Endpoint) { e.Concurrency = -1 }, "concurrency"},
		{"a host header", func(e *send.Endpoint) { e.Header = http.Header{"Host": {"x"}} }, "Host"},
		{"a length", func(e *send.Endpoint) { e.Header = http.Header{"content-length": {"1"}} }, "Content-Length"},
		{"a header with a line", func(e *send.Endpoint) { e.Header = http.Header{"X-A": {"secret\r\nX-B: 1"}} }, "X-A"},
		{"no header", func(e *send.Endpoint) { e.EventHeader = "X A" }, "X A"},
		{"no URL", func(e *send.Endpoint) { e.URL = "" }, "guard"},
		{"http", func(e *send.Endpoint) { e.URL = "http://hooks.example/?token=secret" }, "plain http"},
	} {
		e := good
		c.change(&e)
		_, err := send.New(send.Options{Endpoints: []send.Endpoint{e}})
		if err == nil || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	if _, err := send.New(send.Options{Endpoints: []send.Endpoint{good, good}}); err == nil || !strings.Contains(err.Error(), "twice") {
		t.Errorf("twice: %v", err)
	}
}

func TestIdempotent(t *testing.T) {
	bubble(t, func(t *testing.T) {
		b := newBook()
		w := newWorld(t, func(_ http.ResponseWriter, r *http.Request) { b.note(r) })
		s := open(t, send.Options{Guard: w.guard(), Endpoints: []send.Endpoint{{ID: "a", URL: inbox, Unsigned: true}}})
		m := send.Message{ID: "one", Event: "issues", Body: []byte(`{"n":1}`)}
		var known []bool
		for range 3 {
			r, err := s.Send(t.Context(), m)
			if err != nil {
				t.Fatal(err)
			}
			known = append(known, r.Known)
			wait(t, s)
		}
		if !slices.Equal(known, []bool{false, true, true}) || len(b.all()) != 1 {
			t.Errorf("known %v, %d deliveries", known, len(b.all()))
		}
		m.Body = []byte(`{"n":2}`)
		if _, err := s.Send(t.Context(), m); !errors.Is(err, send.ErrConflict) {
			t.Errorf("another body: %v", err)
		}
	})
}

// TestOrdered lets the first of three fail for a while, and sees that an
// endpoint where order counts waits for it, and another does not.
func TestOrdered(t *testing.T) {
	for ordered, want := range map[bool]string{true: "1 1 1 2 3", false: "1 2 3 1 1"} {
		t.Run(fmt.Sprint(ordered), func(t *testing.T) {
			bubble(t, func(t *testing.T) {
				b := newBook()
				w := newWorld(t, func(rw http.ResponseWriter, r *http.Request) {
					if h := b.note(r); h.ID == "1" && b.ids()["1"] < 3 {
						rw.WriteHeader(500)
					}
				})
				s := open(t, send.Options{Guard: w.guard(), Endpoints: []send.Endpoint{{ID: "a", URL: inbox, Unsigned: true, Ordered: ordered, Concurrency: 1}}})
				for _, id := range []string{"1", "2", "3"} {
					put(t, s, send.Message{ID: id})
				}
				wait(t, s)
				var got []string
				for _, h := range b.all() {
					got = append(got, h.ID)
				}
				if g := strings.Join(got, " "); g != want {
					t.Errorf("the order is %q, not %q", g, want)
				}
			})
		})
	}
}

// TestConcurrency counts how many attempts an endpoint gets at one time, and
// that a slow one keeps no other waiting.
func TestConcurrency(t *testing.T) {
	bubble(t, func(t *testing.T) {
		var mu sync.Mutex
		now, most := map[string]int{}, map[string]int{}
		done := map[string]time.Duration{}
		start := time.Now()
		w := newWorld(t, func(_ http.ResponseWriter, r *http.Request) {
			mu.Lock()
			now[r.URL.Path]++
			most[r.URL.Path] = max(most[r.URL.Path], now[r.URL.Path])
			mu.Unlock()
			if r.URL.Path == "/slow" {
				time.Sleep(10 * time.Second)
			}
			mu.Lock()
			now[r.URL.Path]--
			done[r.URL.Path] = time.Since(start)
			mu.Unlock()
		})
		s := open(t, send.Options{Guard: w.guard(), Workers: 5, Endpoints: []send.Endpoint{
			{ID: "slow", URL: "http://hooks.example/slow", Unsigned: true, Concurrency: 3},
			{ID: "fast", URL: "http://hooks.example/fast", Unsigned: true, Concurrency: 9},
		}})
		for range 30 {
			put(t, s, send.Message{})
		}
		wait(t, s)
		if most["/slow"] != 3 || most["/fast"] > 5 || done["/fast"] != 0 || done["/slow"] != 100*time.Second {
			t.Errorf("at one time %v, done after %v", most, done)
		}
	})
}

// TestThrottled sees that an endpoint that asks to be spared gets less, and
// that what waits for it is not attempted in vain.
func TestThrottled(t *testing.T) {
	bubble(t, func(t *testing.T) {
		b := newBook()
		w := newWorld(t, func(rw http.ResponseWriter, r *http.Request) {
			if h := b.note(r); h.At < 10*time.Minute {
				rw.Header().Set("Retry-After", "600")
				rw.WriteHeader(429)
			}
		})
		s := open(t, send.Options{Guard: w.guard(), Endpoints: []send.Endpoint{{ID: "a", URL: inbox, Unsigned: true, Concurrency: 4}}})
		for range 40 {
			put(t, s, send.Message{})
		}
		wait(t, s)
		early := 0
		for _, h := range b.all() {
			if h.At < 10*time.Minute {
				early++
			}
		}
		if early > 4 || len(b.all()) != 40+early {
			t.Errorf("%d attempts while it was asked to wait, %d in all", early, len(b.all()))
		}
	})
}

// TestClose closes while attempts are under way, with time and without, and
// sees that the next Sender delivers what was cut off.
func TestClose(t *testing.T) {
	for patience, want := range map[time.Duration]map[string]int{
		time.Hour:   {"1": 1, "2": 1, "3": 1},
		time.Second: {"1": 2, "2": 1, "3": 1},
	} {
		t.Run(patience.String(), func(t *testing.T) {
			bubble(t, func(t *testing.T) {
				b := newBook()
				w := newWorld(t, func(_ http.ResponseWriter, r *http.Request) {
					if b.note(r); len(b.all()) == 1 {
						select {
						case <-r.Context().Done():
						case <-time.After(10 * time.Second):
						}
					}
				})
				o := send.Options{Guard: w.guard(), Outbox: send.NewMemory(), Endpoints: []send.Endpoint{{ID: "a", URL: inbox, Unsigned: true, Concurrency: 1}}}
				s, err := send.New(o)
				if err != nil {
					t.Fatal(err)
				}
				for _, id := range []string{"1", "2", "3"} {
					put(t, s, send.Message{ID: id})
				}
				synctest.Wait()
				ctx, cancel := context.WithTimeout(t.Context(), patience)
				defer cancel()
				err = s.Close(ctx)
				if cut := patience == time.Second; errors.Is(err, context.DeadlineExceeded) != cut {
					t.Errorf("Close: %v", err)
				}
				if err := s.Close(t.Context()); err != nil {
					t.Errorf("Close again: %v", err)
				}
				if _, err := s.Send(t.Context(), send.Message{Body: []byte(`1`)}); !errors.Is(err, send.ErrClosed) {
					t.Errorf("Send after Close: %v", err)
				}
				before := time.Now()
				s = open(t, o)
				wait(t, s)
				if diff := cmp.Diff(want, b.ids()); diff != "" {
					t.Errorf("attempts (-want +got):\n%s", diff)
				}
				if d := time.Since(before); d != 0 {
					t.Errorf("what was cut off is delivered after %v", d)
				}
			})
		})
	}
}

// TestQuiet looks through everything that is logged and kept for what must not
// be there.
func TestQuiet(t *testing.T) {
	bubble(t, func(t *testing.T) {
		w := newWorld(t, func(rw http.ResponseWriter, _ *http.Request) {
			rw.Header().Set("X-Answer", "answer-secret")
			rw.WriteHeader(http.StatusGone)
			_, _ = rw.Write([]byte("answer-secret"))
		})
		var log bytes.Buffer
		var mu sync.Mutex
		var attempts []send.Attempt
		s := open(t, send.Options{
			Guard: w.guard(), Log: slog.New(slog.NewJSONHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug})),
			Observe: func(a send.Attempt) {
				mu.Lock()
				defer mu.Unlock()
				attempts = append(attempts, a)
			},
			Endpoints: []send.Endpoint{
				{ID: "a", URL: "http://hooks.example/path-secret?token=query-secret", Signer: secretSigner("sign-secret"), Header: http.Header{"Authorization": {"Bearer header-secret"}}},
				{ID: "b", URL: "http://hooks.example/path-secret?token=query-secret", Signer: secretSigner("")},
			},
		})
		id := put(t, s, send.Message{Event: "issues", Body: []byte(`{"a":"body-secret"}`)})
		wait(t, s)
		kept, err := s.Attempts(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		dead, err := s.Deliveries(t.Context(), send.Query{})
		if err != nil {
			t.Fatal(err)
		}
		all := log.String() + fmt.Sprintf("%+v%+v%+v", attempts, kept, dead)
		if strings.Contains(all, "secret") {
			t.Errorf("a secret is told:\n%s", all)
		}
		if n := strings.Count(all, "gone"); n < 3 || len(attempts) != 11 {
			t.Errorf("too little is told (%d attempts):\n%s", len(attempts), all)
		}
	})
}
