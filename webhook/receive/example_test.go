package receive_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"time"

	"github.com/plumbapi/plumb/webhook/hook"
	"github.com/plumbapi/plumb/webhook/receive"
	"github.com/plumbapi/plumb/webhook/signature"
)

// A receiver for GitHub. Generated packages bring the routing and a Mux whose
// handlers get typed payloads; this one gets deliveries as they came.
func ExampleNew() {
	mux := hook.NewMux()
	mux.HandleEvent("issues", func(_ context.Context, d *hook.Delivery) error {
		fmt.Println(d.ID, d.Event, d.Action)
		return nil
	})
	keys := signature.GitHub("the secret") // os.Getenv in a program
	receiver := receive.New(mux, receive.Options{
		Verify: keys,
		Routing: hook.Routing{
			EventHeader: "X-GitHub-Event", ActionPointers: []string{"/action"}, DeliveryHeader: "X-GitHub-Delivery",
		},
	})
	server := httptest.NewServer(receiver) // receive.Server(":8080", receiver).ListenAndServe() in a program

	// What GitHub sends, twice.
	body := `{"action":"opened"}`
	for range 2 {
		req, err := http.NewRequest(http.MethodPost, server.URL, strings.NewReader(body))
		if err != nil {
			panic(err)
		}
		req.Header = http.Header{"Content-Type": {"application/json"}, "X-Github-Event": {"issues"}, "X-Github-Delivery": {"72d3162e"}}
		if err := keys.Sign(req.Header, "", []byte(body), time.Now()); err != nil {
			panic(err)
		}
		response, err := http.DefaultClient.Do(req)
		if err != nil {
			panic(err)
		}
		fmt.Println(response.Status)
		if err := response.Body.Close(); err != nil {
			panic(err)
		}
	}
	server.Close()
	if err := receiver.Close(context.Background()); err != nil {
		panic(err)
	}
	// Unordered output:
	// 202 Accepted
	// 200 OK
	// 72d3162e issues opened
}
