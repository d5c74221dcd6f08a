package receive_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/webhook/hook"
	"github.com/plumbapi/plumb/webhook/signature"
)

// TestCorpus delivers the real payloads of GitHub three times each, as JSON and
// as forms, in another order each time, while many attempts fail: each
// is handled once, byte for byte, under its event and action.
func TestCorpus(t *testing.T) {
	t.Parallel()
	dir := os.Getenv("PLUMB_CORPUS")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared", "corpus")
	}
	text, err := os.ReadFile(filepath.Join(dir, "github", "webhooks", "examples.index.json"))
	if err != nil {
		t.Skipf("no corpus of real payloads; set PLUMB_CORPUS to its folder (%v)", err)
	}
	var index []struct {
		Name     string
		Examples []json.RawMessage
	}
	if err := json.Unmarshal(text, &index); err != nil {
		t.Fatal(err)
	}
	type delivery struct{ Event, Action, Body string }
	want := map[string]delivery{}
	for _, e := range index {
		for _, body := range e.Examples {
			var v struct{ Action string }
			if err := json.Unmarshal(body, &v); err != nil {
				t.Fatal(err)
			}
			want[fmt.Sprint(len(want))] = delivery{e.Name, v.Action, string(body)}
		}
	}
	var mu sync.Mutex
	got := map[string]delivery{}
	mux := hook.NewMux()
	mux.OnUnknown(func(_ context.Context, d *hook.Delivery) error {
		mu.Lock()
		defer mu.Unlock()
		if (len(d.Body)+d.Attempt)%3 == 0 { // never twice in a row, whatever else goes on
			return errors.New("not yet")
		}
		if _, twice := got[d.ID]; twice {
			t.Errorf("%s %s is handled twice", d.ID, d.Event)
		}
		got[d.ID] = delivery{d.Event, d.Action, string(d.Body)}
		return nil
	})
	o := options()
	o.Attempts = 50
	r := newReceiver(t, mux, o)
	keys := signature.GitHub(secret)
	var senders sync.WaitGroup
	for i, step := range []int{1, 2, 3} { // which share no factor with 329
		senders.Go(func() {
			for n := range len(want) {
				id := fmt.Sprint(n * step % len(want))
				body, kind := want[id].Body, "application/json"
				if i > 0 {
					body, kind = "payload="+url.QueryEscape(body), "application/x-www-form-urlencoded"
				}
				req := httptest.NewRequest(http.MethodPost, "/", strings.NewReader(body))
				req.Header = http.Header{"Content-Type": {kind}, "X-Github-Event": {want[id].Event}, "X-Github-Delivery": {id}}
				if err := keys.Sign(req.Header, "", []byte(body), time.Now()); err != nil {
					t.Error(err)
				}
				w := httptest.NewRecorder()
				if r.ServeHTTP(w, req); w.Code/100 != 2 {
					t.Errorf("%s: %d %s", want[id].Event, w.Code, w.Body)
				}
			}
		})
	}
	senders.Wait()
	closeReceiver(t, r)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	t.Logf("%d payloads, %d deliveries, %d failed attempts, each handled once", len(want), 3*len(want), stat(t, r, "failed"))
}
