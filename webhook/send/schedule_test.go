package send_test

import (
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/webhook/send"
)

// TestSchedule lives through the whole schedule of Standard Webhooks: 75 hours,
// 35 minutes and 5 seconds.
func TestSchedule(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBook()
		w := newWorld(t, func(rw http.ResponseWriter, r *http.Request) {
			b.note(r)
			rw.WriteHeader(http.StatusInternalServerError)
		})
		s := open(t, send.Options{
			Guard:     w.guard(),
			Endpoints: []send.Endpoint{{ID: "a", URL: "http://hooks.example/in", Unsigned: true}},
		})
		id := put(t, s, send.Message{Event: "issues"})
		wait(t, s)

		var got []time.Duration
		for _, h := range b.all() {
			if h.ID != id {
				t.Errorf("an attempt has the id %q, not %q", h.ID, id)
			}
			got = append(got, h.At)
		}
		const h, m, sec = time.Hour, time.Minute, time.Second
		want := []time.Duration{
			0, 5 * sec, 5*m + 5*sec, 35*m + 5*sec, 2*h + 35*m + 5*sec, 7*h + 35*m + 5*sec,
			17*h + 35*m + 5*sec, 31*h + 35*m + 5*sec, 51*h + 35*m + 5*sec, 75*h + 35*m + 5*sec,
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("attempts (-want +got):\n%s", diff)
		}
		dead, err := s.Deliveries(t.Context(), send.Query{State: send.Dead})
		if err != nil || len(dead) != 1 || dead[0].Attempts != 10 || dead[0].Status != 500 || dead[0].Class != send.ClassServer {
			t.Errorf("dead letters: %+v, %v", dead, err)
		}
		attempts, err := s.Attempts(t.Context(), id)
		if err != nil || len(attempts) != 10 || attempts[9].Number != 10 || attempts[9].Start.Sub(attempts[0].Start) != want[9] {
			t.Errorf("attempts: %+v, %v", attempts, err)
		}
	})
}
