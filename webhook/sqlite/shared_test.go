package sqlite_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"sync"
	"testing"

	"github.com/plumbapi/plumb/webhook/send"
)

// TestTwoSenders lets two senders, each with the file open for itself as two
// processes would have it, send and deliver at the same time: each message is
// delivered once.
func TestTwoSenders(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	taken := map[string]int{}
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		taken[r.Header.Get("Webhook-Id")]++
	}))
	t.Cleanup(server.Close)
	path := filepath.Join(t.TempDir(), "hooks.db")
	var senders []*send.Sender
	for range 2 {
		s, err := send.New(options(openFile(t, path), server.URL, 0))
		if err != nil {
			t.Fatal(err)
		}
		senders = append(senders, s)
	}
	var wg sync.WaitGroup
	for i, s := range senders {
		wg.Go(func() {
			for n := range 100 {
				// Every third is sent by both.
				id := fmt.Sprintf("m%d-%d", i, n)
				if n%3 == 0 {
					id = fmt.Sprintf("both-%d", n)
				}
				if _, err := s.Send(t.Context(), send.Message{ID: id, Body: []byte(`{}`)}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	for _, s := range senders {
		if err := s.Wait(t.Context()); err != nil {
			t.Error(err)
		}
	}
	for _, s := range senders {
		if err := s.Close(context.Background()); err != nil {
			t.Error(err)
		}
	}
	if want := 100 + 66; len(taken) != want {
		t.Errorf("%d messages were delivered, not %d", len(taken), want)
	}
	for id, n := range taken {
		if n != 1 {
			t.Errorf("%s was delivered %d times", id, n)
		}
	}
}
