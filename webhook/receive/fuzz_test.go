package receive_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/plumbapi/plumb/webhook/receive"
)

// FuzzServe sends strange requests to a receiver that verifies nothing. What it
// accepts is JSON; what it does not is one of the answers that are described.
func FuzzServe(f *testing.F) {
	f.Add("POST", "application/json", "", "one", []byte(`{"action":"opened"}`))
	f.Add("POST", "application/x-www-form-urlencoded", "", "", []byte("a=b&payload="+url.QueryEscape(`{"a":1}`)))
	f.Add("POST", "application/x-www-form-urlencoded", "", "", []byte("payload=%7b%7d;payload=%zz&payload=+"))
	f.Add("POST", "application/cloudevents+json; charset=utf-8", "gzip", "one", []byte("\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff\xab\xae\x05\x00\x43\xbf\xa6\xa3\x02\x00\x00\x00"))
	f.Add("OPTIONS", "text/plain", "br", strings.Repeat("x", 300), []byte(`{"type":"url_verification","challenge":"abc"}`))
	f.Add("POST", `application/json; x="`, "identity", "one", []byte(`{"type":"url_verification","challenge":"a\r\nb"}`))
	in := &inbox{}
	r := newReceiver(f, in, receive.Options{Unverified: true, Gzip: true, MaxBody: 1 << 12, Routing: gitHub, Origins: []string{"*"}})
	statuses := []int{200, 202, 400, 405, 413, 415}
	f.Fuzz(func(t *testing.T, method, kind, coding, id string, body []byte) {
		req := httptest.NewRequest(http.MethodPost, "/", strings.NewReader(string(body)))
		req.Method = method
		req.Header = http.Header{
			"Content-Type": {kind}, "Content-Encoding": {coding}, "X-Github-Delivery": {id}, "X-Github-Event": {id}, "Webhook-Request-Origin": {id},
		}
		w := httptest.NewRecorder()
		r.ServeHTTP(w, req)
		if !slices.Contains(statuses, w.Code) {
			t.Errorf("answered with %d %s", w.Code, w.Body)
		}
		in.mu.Lock()
		defer in.mu.Unlock()
		for _, d := range in.got {
			if !json.Valid(d.Body) {
				t.Errorf("%q is handed on", d.Body)
			}
		}
		in.got = nil
	})
}
