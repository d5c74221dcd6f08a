package send_test

import (
	"errors"
	"net/http"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/webhook/send"
)

func TestGoneDisables(t *testing.T) {
	bubble(t, func(t *testing.T) {
		b := newBook()
		gone := true
		w := newWorld(t, func(rw http.ResponseWriter, r *http.Request) {
			b.note(r)
			if gone {
				rw.WriteHeader(http.StatusGone)
			}
		})
		box := send.NewMemory()
		o := send.Options{Guard: w.guard(), Outbox: box, Endpoints: []send.Endpoint{{ID: "a", URL: inbox, Unsigned: true, Ordered: true}}}
		s := open(t, o)
		for _, id := range []string{"1", "2", "3"} {
			put(t, s, send.Message{ID: id})
		}
		wait(t, s)
		r, err := s.Send(t.Context(), send.Message{ID: "4", Body: []byte(`4`)})
		if err != nil || len(r.Endpoints) != 0 || !slices.Equal(r.Held, []string{"a"}) {
			t.Errorf("receipt %+v, %v", r, err)
		}
		// Another Sender knows it from the outbox.
		if err := s.Close(t.Context()); err != nil {
			t.Fatal(err)
		}
		s = open(t, o)
		put(t, s, send.Message{ID: "5"})
		wait(t, s)
		health, err := s.Health(t.Context())
		if err != nil || len(health) != 1 || health[0].Reason != send.ReasonGone || health[0].Disabled.IsZero() {
			t.Errorf("health %+v, %v", health, err)
		}
		var classes []string
		dead, err := s.Deliveries(t.Context(), send.Query{State: send.Dead})
		for _, d := range dead {
			classes = append(classes, d.Message.ID+" "+string(d.Class))
		}
		if diff := cmp.Diff([]string{"1 gone", "2 disabled", "3 disabled", "4 disabled", "5 disabled"}, classes); diff != "" || err != nil {
			t.Errorf("dead letters (-want +got):\n%s%v", diff, err)
		}
		if n := len(b.all()); n != 1 {
			t.Errorf("%d attempts", n)
		}

		gone = false
		if err := s.Enable(t.Context(), "a"); err != nil {
			t.Fatal(err)
		}
		if n, err := s.Replay(t.Context(), send.Query{State: send.Dead}); n != 5 || err != nil {
			t.Errorf("%d replayed, %v", n, err)
		}
		wait(t, s)
		if diff := cmp.Diff(map[string]int{"1": 2, "2": 1, "3": 1, "4": 1, "5": 1}, b.ids()); diff != "" {
			t.Errorf("attempts (-want +got):\n%s", diff)
		}
		if err := s.Enable(t.Context(), "none"); err == nil {
			t.Error("an endpoint that is not there is enabled")
		}
	})
}

// TestFailingDisables sees when an endpoint that always fails gets nothing
// more.
func TestFailingDisables(t *testing.T) {
	for _, c := range []struct {
		name    string
		disable send.Disable
		every   time.Duration // a message is sent so often
		want    time.Duration // when it is disabled, 0 for never, within 10 days
	}{
		{"by count", send.Disable{Failures: 4}, 24 * time.Hour, 24*time.Hour + 5*time.Second},
		{"by time", send.Disable{}, 24 * time.Hour, 5 * 24 * time.Hour},
		{"never", send.Disable{After: -1}, 24 * time.Hour, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			bubble(t, func(t *testing.T) {
				w := newWorld(t, func(rw http.ResponseWriter, _ *http.Request) { rw.WriteHeader(500) })
				s := open(t, send.Options{
					Guard: w.guard(), Disable: c.disable, Retry: send.Retry{Waits: []time.Duration{0, 5 * time.Second}},
					Endpoints: []send.Endpoint{{ID: "a", URL: inbox, Unsigned: true}},
				})
				start := time.Now()
				for range 10 {
					put(t, s, send.Message{})
					time.Sleep(c.every)
				}
				health, err := s.Health(t.Context())
				if err != nil || len(health) != 1 {
					t.Fatalf("health %+v, %v", health, err)
				}
				var at time.Duration
				if !health[0].Disabled.IsZero() {
					at = health[0].Disabled.Sub(start)
				}
				if at != c.want || (at != 0 && health[0].Reason != send.ReasonFailing) {
					t.Errorf("it is disabled after %v, not %v: %+v", at, c.want, health[0])
				}
			})
		})
	}
}

func TestReplay(t *testing.T) {
	bubble(t, func(t *testing.T) {
		b := newBook()
		w := newWorld(t, func(_ http.ResponseWriter, r *http.Request) { b.note(r) })
		s := open(t, send.Options{Guard: w.guard(), Endpoints: []send.Endpoint{
			{ID: "a", URL: "http://hooks.example/a", Unsigned: true}, {ID: "b", URL: "http://hooks.example/b", Unsigned: true},
		}})
		start := time.Now()
		for _, id := range []string{"1", "2", "3", "4"} {
			put(t, s, send.Message{ID: id})
			time.Sleep(time.Hour)
		}
		for _, c := range []struct {
			name string
			q    send.Query
			want map[string]int
		}{
			{"by id", send.Query{Message: "2"}, map[string]int{"2": 2}},
			{"by id and endpoint", send.Query{Message: "2", Endpoint: "b"}, map[string]int{"2": 1}},
			{"by time", send.Query{Since: start.Add(time.Hour), Until: start.Add(3 * time.Hour)}, map[string]int{"2": 2, "3": 2}},
			{"dead letters", send.Query{State: send.Dead}, map[string]int{}},
			{"all", send.Query{}, map[string]int{"1": 2, "2": 2, "3": 2, "4": 2}},
			{"one that is not there", send.Query{Message: "9"}, map[string]int{}},
		} {
			before := b.ids()
			n, err := s.Replay(t.Context(), c.q)
			if err != nil {
				t.Fatal(err)
			}
			wait(t, s)
			got, sum := map[string]int{}, 0
			for id, k := range b.ids() {
				if k -= before[id]; k > 0 {
					got[id] = k
					sum += k
				}
			}
			if diff := cmp.Diff(c.want, got); diff != "" || n != sum {
				t.Errorf("%s: %d (-want +got):\n%s", c.name, n, diff)
			}
		}
		m, err := s.Message(t.Context(), "3")
		if err != nil || string(m.Body) != "{}" {
			t.Errorf("message %+v, %v", m, err)
		}
		if _, err := s.Message(t.Context(), "9"); !errors.Is(err, send.ErrNoMessage) {
			t.Errorf("a message that is not there: %v", err)
		}
		if _, err := s.Attempts(t.Context(), "9"); !errors.Is(err, send.ErrNoMessage) {
			t.Errorf("attempts of one that is not there: %v", err)
		}
	})
}
