package send_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"time"

	"github.com/plumbapi/plumb/webhook/send"
	"github.com/plumbapi/plumb/webhook/signature"
)

// A receiver that is down at first gets its delivery all the same, and can see
// who sent it.
func ExampleSender() {
	keys := signature.Standard("whsec_cGx1bWIncyBleGFtcGxlIHNlY3JldCwgMzIgYnl0ZXM=")
	up := false
	receiver := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !up {
			up = true
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		body, _ := io.ReadAll(io.LimitReader(r.Body, 1<<20))
		fmt.Println("verified:", keys.Verify(r.Header, body, time.Now()) == nil)
		fmt.Println(r.Header.Get("webhook-id"), string(body))
	}))
	defer receiver.Close()

	sender, err := send.New(send.Options{
		Endpoints: []send.Endpoint{{ID: "acme", URL: receiver.URL, Signer: keys, Events: []string{"issue.*"}}},
		// Without the two, nothing is delivered to this machine, nor by plain http.
		Guard: send.Guard{HTTP: true, Networks: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}},
		Retry: send.Retry{Waits: []time.Duration{0, 10 * time.Millisecond, time.Minute}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	ctx := context.Background()
	receipt, err := sender.Send(ctx, send.Message{ID: "issue-7-opened", Event: "issue.opened", Body: []byte(`{"number":7}`)})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("accepted for", receipt.Endpoints)
	if err := sender.Wait(ctx); err != nil {
		fmt.Println(err)
	}
	attempts, err := sender.Attempts(ctx, receipt.ID)
	if err != nil {
		fmt.Println(err)
	}
	for _, a := range attempts {
		fmt.Println(a.Number, a.Class, a.Status)
	}
	if err := sender.Close(ctx); err != nil {
		fmt.Println(err)
	}
	// Output:
	// accepted for [acme]
	// verified: true
	// issue-7-opened {"number":7}
	// 1 server 503
	// 2 ok 200
}

// What could not be delivered is kept, and sent again when asked to.
func ExampleSender_Replay() {
	broken := true
	receiver := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		if broken {
			w.WriteHeader(http.StatusInternalServerError)
		}
	}))
	defer receiver.Close()
	sender, err := send.New(send.Options{
		Endpoints: []send.Endpoint{{ID: "acme", URL: receiver.URL, Unsigned: true}},
		Guard:     send.Guard{HTTP: true, Networks: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}},
		Retry:     send.Retry{Waits: []time.Duration{0, time.Millisecond}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	ctx := context.Background()
	if _, err := sender.Send(ctx, send.Message{ID: "one", Body: []byte(`{}`)}); err != nil {
		fmt.Println(err)
	}
	_ = sender.Wait(ctx)
	dead, _ := sender.Deliveries(ctx, send.Query{State: send.Dead})
	for _, d := range dead {
		fmt.Println(d.Message.ID, "for", d.Endpoint, "is", d.State, "after", d.Attempts, "attempts:", d.Class)
	}
	broken = false
	n, _ := sender.Replay(ctx, send.Query{State: send.Dead})
	_ = sender.Wait(ctx)
	delivered, _ := sender.Count(ctx, send.Query{State: send.Delivered})
	fmt.Println(n, "replayed,", delivered, "delivered")
	_ = sender.Close(ctx)
	// Output:
	// one for acme is dead after 2 attempts: server
	// 1 replayed, 1 delivered
}
