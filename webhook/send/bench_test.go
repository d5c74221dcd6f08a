package send_test

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/plumbapi/plumb/webhook/send"
	"github.com/plumbapi/plumb/webhook/signature"
)

// BenchmarkDeliver is one delivery of 2 kB to a server on this machine, 16 at
// one time. The floor is what net/http needs to post the same, signed.
func BenchmarkDeliver(b *testing.B) {
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
	}))
	b.Cleanup(server.Close)
	keys := signature.Standard("whsec_cGx1bWIncyBleGFtcGxlIHNlY3JldCwgMzIgYnl0ZXM=")
	body := []byte(`{"pad":"` + strings.Repeat("x", 2000) + `"}`)
	guard := send.Guard{HTTP: true, Networks: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}}

	b.Run("floor", func(b *testing.B) {
		transport := &http.Transport{MaxIdleConnsPerHost: 16}
		b.Cleanup(transport.CloseIdleConnections)
		work := make(chan struct{})
		var wg sync.WaitGroup
		for range 16 {
			wg.Go(func() {
				for range work {
					ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
					r, _ := http.NewRequestWithContext(ctx, http.MethodPost, server.URL, bytes.NewReader(body))
					_ = keys.Sign(r.Header, "msg", body, time.Now())
					answer, err := transport.RoundTrip(r)
					if err != nil {
						b.Error(err)
						cancel()
						continue
					}
					_, _ = io.Copy(io.Discard, answer.Body)
					_ = answer.Body.Close()
					cancel()
				}
			})
		}
		b.ReportAllocs()
		for b.Loop() {
			work <- struct{}{}
		}
		close(work)
		wg.Wait()
	})
	b.Run("sender", func(b *testing.B) {
		// No more than 64 wait at one time, so that what is timed is delivery.
		room := make(chan struct{}, 64)
		s, err := send.New(send.Options{
			Observe: func(send.Attempt) { <-room },
			Guard:   guard, Endpoints: []send.Endpoint{{ID: "a", URL: server.URL, Signer: keys, Concurrency: 16}},
		})
		if err != nil {
			b.Fatal(err)
		}
		b.ReportAllocs()
		n := 0
		for b.Loop() {
			room <- struct{}{}
			if _, err := s.Send(context.Background(), send.Message{Event: "issues", Body: body}); err != nil {
				b.Fatal(err)
			}
			n++
		}
		if err := s.Wait(context.Background()); err != nil {
			b.Fatal(err)
		}
		if delivered, err := s.Count(context.Background(), send.Query{State: send.Delivered}); err != nil || delivered != n {
			b.Fatalf("%d of %d delivered, %v", delivered, n, err)
		}
		_ = s.Close(context.Background())
	})
}

// BenchmarkGuard is the look at a URL.
func BenchmarkGuard(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := (send.Guard{}).Check("https://hooks.example/services/T000/B000?x=1"); err != nil {
			b.Fatal(err)
		}
	}
}
