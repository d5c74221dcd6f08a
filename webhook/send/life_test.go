package send_test

import (
	"context"
	"errors"
	"net/http"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/webhook/send"
)

func TestKeep(t *testing.T) {
	bubble(t, func(t *testing.T) {
		w := newWorld(t, func(rw http.ResponseWriter, r *http.Request) {
			if r.Header.Get("Webhook-Id") == "waits" {
				rw.WriteHeader(500)
			}
		})
		day := 24 * time.Hour
		s := open(t, send.Options{
			Guard: w.guard(), Keep: 10 * day, Disable: send.Disable{After: -1},
			Retry:     send.Retry{Waits: []time.Duration{0, 20 * day, day}},
			Endpoints: []send.Endpoint{{ID: "a", URL: inbox, Unsigned: true}},
		})
		put(t, s, send.Message{ID: "old"})
		put(t, s, send.Message{ID: "waits"})
		time.Sleep(5 * day)
		put(t, s, send.Message{ID: "young"})
		for _, c := range []struct {
			after time.Duration
			want  []string
		}{
			{4 * day, []string{"old", "waits", "young"}},
			{2 * day, []string{"waits", "young"}},
			{8 * day, []string{"waits"}},
			{4 * day, nil},
		} {
			time.Sleep(c.after)
			list, err := s.Deliveries(t.Context(), send.Query{})
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, d := range list {
				got = append(got, d.Message.ID)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("after %v (-want +got):\n%s", c.after, diff)
			}
		}
	})
}

// TestSetEndpoints takes an endpoint away while something waits for it, brings
// it back at another URL, and turns another off and on.
func TestSetEndpoints(t *testing.T) {
	bubble(t, func(t *testing.T) {
		b := newBook()
		w := newWorld(t, func(rw http.ResponseWriter, r *http.Request) {
			if b.note(r); r.URL.Path == "/old" {
				rw.WriteHeader(500)
			}
		})
		old := send.Endpoint{ID: "a", URL: "http://hooks.example/old", Unsigned: true}
		off := send.Endpoint{ID: "b", URL: "http://hooks.example/b", Unsigned: true, Disabled: true}
		s := open(t, send.Options{Guard: w.guard(), Endpoints: []send.Endpoint{old, off}})
		put(t, s, send.Message{ID: "1"})
		time.Sleep(time.Second)
		if err := s.SetEndpoints(t.Context(), nil); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Hour)
		if r, err := s.Send(t.Context(), send.Message{ID: "2", Body: []byte(`2`)}); err != nil || r.Endpoints != nil {
			t.Errorf("%+v, %v", r, err)
		}
		fresh := old
		fresh.URL, fresh.Concurrency = "http://hooks.example/new", 1
		off.Disabled = false
		if err := s.SetEndpoints(t.Context(), []send.Endpoint{off, fresh}); err != nil {
			t.Fatal(err)
		}
		put(t, s, send.Message{ID: "3"})
		wait(t, s)
		if err := s.SetEndpoints(t.Context(), []send.Endpoint{{ID: "c"}}); err == nil {
			t.Error("an endpoint without a URL is taken")
		}
		put(t, s, send.Message{ID: "4"})
		wait(t, s)
		got := map[string]int{}
		for _, h := range b.all() {
			got[h.Path+" "+h.ID]++
		}
		want := map[string]int{"/old 1": 1, "/new 1": 1, "/new 3": 1, "/b 3": 1, "/new 4": 1, "/b 4": 1}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("deliveries (-want +got):\n%s", diff)
		}
	})
}

// sick is an outbox that fails now and then.
type sick struct {
	send.Outbox
	calls atomic.Int64
}

var errSick = errors.New("the disk is full")

func (s *sick) fails() bool { return s.calls.Add(1)%3 != 0 }

func (s *sick) Claim(ctx context.Context, c send.Claim) ([]send.Delivery, time.Time, error) {
	if s.fails() {
		return nil, time.Time{}, errSick
	}
	return s.Outbox.Claim(ctx, c)
}

func (s *sick) Record(ctx context.Context, a send.Attempt, d send.Delivery) (send.Health, error) {
	if s.fails() {
		return send.Health{}, errSick
	}
	return s.Outbox.Record(ctx, a, d)
}

func (s *sick) Put(ctx context.Context, m send.Message, d []send.Delivery) (bool, error) {
	if s.fails() {
		return false, errSick
	}
	return s.Outbox.Put(ctx, m, d)
}

// TestSickOutbox delivers everything though two of three uses of the outbox
// fail: what is not recorded is attempted again under the same id.
func TestSickOutbox(t *testing.T) {
	bubble(t, func(t *testing.T) {
		b := newBook()
		w := newWorld(t, func(_ http.ResponseWriter, r *http.Request) { b.note(r) })
		s := open(t, send.Options{
			Guard: w.guard(), Outbox: &sick{Outbox: send.NewMemory()},
			Endpoints: []send.Endpoint{{ID: "a", URL: inbox, Unsigned: true}},
		})
		sent := map[string]bool{}
		for i := range 50 {
			id := string(rune('A'+i%26)) + string(rune('a'+i/26))
			for tries := 0; !sent[id]; tries++ {
				_, err := s.Send(t.Context(), send.Message{ID: id, Body: []byte(`1`)})
				if err != nil && (!errors.Is(err, errSick) || tries > 20) {
					t.Fatal(err)
				}
				sent[id] = err == nil
			}
		}
		wait(t, s)
		for id := range sent {
			if b.ids()[id] == 0 {
				t.Errorf("%s was not delivered", id)
			}
		}
	})
}
