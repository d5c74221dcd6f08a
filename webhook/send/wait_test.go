package send_test

import (
	"context"
	"errors"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/plumbapi/plumb/webhook/send"
)

// TestWaitForAnother waits for what another Sender, with the same outbox,
// delivers.
func TestWaitForAnother(t *testing.T) {
	bubble(t, func(t *testing.T) {
		w := newWorld(t, func(http.ResponseWriter, *http.Request) { time.Sleep(10 * time.Second) })
		o := send.Options{Guard: w.guard(), Outbox: send.NewMemory(), Endpoints: []send.Endpoint{{ID: "a", URL: inbox, Unsigned: true}}}
		one, other := open(t, o), open(t, o)
		put(t, one, send.Message{})
		synctest.Wait()
		start := time.Now()
		wait(t, other)
		if took := time.Since(start); took < 10*time.Second || took > time.Minute {
			t.Errorf("it waited for %v", took)
		}
		attempts := 0
		for _, s := range []*send.Sender{one, other} {
			wait(t, s)
			n, err := s.Count(t.Context(), send.Query{State: send.Delivered})
			if err != nil {
				t.Fatal(err)
			}
			attempts += n
		}
		if attempts != 2 {
			t.Errorf("each of two counts 1 delivered: %d", attempts)
		}
	})
}

func TestWaitEnds(t *testing.T) {
	bubble(t, func(t *testing.T) {
		w := newWorld(t, func(rw http.ResponseWriter, _ *http.Request) { rw.WriteHeader(500) })
		s := open(t, send.Options{Guard: w.guard(), Endpoints: []send.Endpoint{{ID: "a", URL: inbox, Unsigned: true}}})
		put(t, s, send.Message{})
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		if err := s.Wait(ctx); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("Wait: %v", err)
		}
		go func() {
			time.Sleep(time.Second)
			if err := s.Close(context.Background()); err != nil {
				t.Error(err)
			}
		}()
		if err := s.Wait(t.Context()); !errors.Is(err, send.ErrClosed) {
			t.Errorf("Wait while it is closed: %v", err)
		}
	})
}
