package sqlite_test

import (
	"bufio"
	"context"
	"io"
	"net"
	"net/http"
	"net/netip"
	"path/filepath"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/webhook/send"
	"github.com/plumbapi/plumb/webhook/sqlite"
)

// TestRestartKeepsSchedule closes the sender and the file every 50 minutes of
// the 75 hours that the schedule takes, and sees that attempts are made when
// they would have been.
func TestRestartKeepsSchedule(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		path := filepath.Join(t.TempDir(), "hooks.db")
		start := time.Now()
		var mu sync.Mutex
		var got []time.Duration
		answer := func(r *http.Request) int {
			mu.Lock()
			defer mu.Unlock()
			got = append(got, time.Since(start))
			return http.StatusInternalServerError
		}
		o := send.Options{
			Random: func() float64 { return 0.5 },
			Guard: send.Guard{HTTP: true, Dial: func(context.Context, string, string) (net.Conn, error) { return pipe(answer), nil }, Resolve: func(context.Context, string) ([]netip.Addr, error) {
				return []netip.Addr{netip.MustParseAddr("93.184.216.34")}, nil
			}},
			Endpoints: []send.Endpoint{{ID: "a", URL: "http://hooks.example/", Unsigned: true}},
		}
		for round := range 100 {
			db, err := sqlite.Open(t.Context(), path)
			if err != nil {
				t.Fatal(err)
			}
			o.Outbox = db.Outbox()
			s, err := send.New(o)
			if err != nil {
				t.Fatal(err)
			}
			if round == 0 {
				if _, err := s.Send(t.Context(), send.Message{ID: "one", Body: []byte(`1`)}); err != nil {
					t.Fatal(err)
				}
			}
			time.Sleep(50 * time.Minute)
			if err := s.Close(t.Context()); err != nil {
				t.Fatal(err)
			}
			if round == 99 {
				attempts, err := db.Outbox().Attempts(t.Context(), "one")
				dead, err2 := db.Outbox().Count(t.Context(), send.Query{State: send.Dead})
				if err != nil || err2 != nil || len(attempts) != 10 || dead != 1 {
					t.Errorf("%d attempts, %d dead letters: %v %v", len(attempts), dead, err, err2)
				}
			}
			if err := db.Close(); err != nil {
				t.Fatal(err)
			}
		}
		const h, m, sec = time.Hour, time.Minute, time.Second
		want := []time.Duration{
			0, 5 * sec, 5*m + 5*sec, 35*m + 5*sec, 2*h + 35*m + 5*sec, 7*h + 35*m + 5*sec,
			17*h + 35*m + 5*sec, 31*h + 35*m + 5*sec, 51*h + 35*m + 5*sec, 75*h + 35*m + 5*sec,
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("attempts (-want +got):\n%s", diff)
		}
	})
}

// pipe is a connection to a server in memory that answers one request with a
// status.
func pipe(answer func(*http.Request) int) net.Conn {
	ours, theirs := net.Pipe()
	go func() {
		defer theirs.Close()
		r, err := http.ReadRequest(bufio.NewReader(theirs))
		if err != nil {
			return
		}
		_, _ = io.Copy(io.Discard, r.Body)
		_ = (&http.Response{StatusCode: answer(r), ProtoMajor: 1, ProtoMinor: 1, Close: true}).Write(theirs)
	}()
	return ours
}
