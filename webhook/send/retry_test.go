package send_test

import (
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/plumbapi/plumb/webhook/send"
)

// FuzzRetryAfter sends with a strange Retry-After, and sees that the second
// attempt is made no earlier than the schedule says and no later than the cap.
func FuzzRetryAfter(f *testing.F) {
	for _, s := range []string{"", "0", "5", "120", "-1", "1e9", "99999999999999999999", "1.5", " 7 ", "+7", "Sat, 01 Jan 2000 00:10:00 GMT",
		"Saturday, 01-Jan-00 00:10:00 GMT", "Sat Jan  1 00:10:00 2000", "Mon, 01 Jan 9999 00:00:00 GMT", "Mon, 01 Jan 0001 00:00:00 GMT", "٣"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, value string) {
		synctest.Test(t, func(t *testing.T) {
			b := newBook()
			w := newWorld(t, func(rw http.ResponseWriter, r *http.Request) {
				if b.note(r); len(b.all()) == 1 {
					rw.Header()["Retry-After"] = []string{value}
					rw.WriteHeader(http.StatusTooManyRequests)
				}
			})
			s := open(t, send.Options{
				Guard: w.guard(), Retry: send.Retry{MaxRetryAfter: time.Hour},
				Endpoints: []send.Endpoint{{ID: "a", URL: inbox, Unsigned: true}},
			})
			id := put(t, s, send.Message{})
			wait(t, s)
			hops := b.all()
			if len(hops) != 2 || hops[1].At < 5*time.Second || hops[1].At > time.Hour {
				t.Fatalf("Retry-After %q: %+v", value, hops)
			}
			attempts, err := s.Attempts(t.Context(), id)
			if err != nil || attempts[0].RetryAfter < 0 || attempts[0].RetryAfter > 366*24*time.Hour {
				t.Fatalf("Retry-After %q: %+v, %v", value, attempts, err)
			}
		})
	})
}
