package webhook

import (
	"encoding/json"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/plumbapi/plumb/integration"
	"github.com/plumbapi/plumb/webhook/signature"
)

// fake is a receiver that does what the specification asks of one: it verifies
// the signature over the bytes, takes each id once, and refuses what is larger
// than advised.
type fake struct {
	keys *signature.Keyring

	mu      sync.Mutex
	had     map[string]bool
	objects []string
}

func newFake(inputs integration.Inputs) *fake {
	// It has no clock, so a signature is judged by its own time.
	return &fake{keys: signature.Standard(inputs["secret"], inputs["secret_next"]), had: map[string]bool{}}
}

// ServeHTTP implements http.Handler.
func (f *fake) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	limit := int64(manifest().LimitOf("body"))
	body, err := io.ReadAll(io.LimitReader(r.Body, limit+1))
	sent, timeErr := strconv.ParseInt(r.Header.Get("Webhook-Timestamp"), 10, 64)
	switch {
	case r.Method != http.MethodPost:
		http.Error(w, "only POST", http.StatusMethodNotAllowed)
	case err != nil || int64(len(body)) > limit:
		http.Error(w, "the body is too large", http.StatusRequestEntityTooLarge)
	case timeErr != nil || f.keys.Verify(r.Header, body, time.Unix(sent, 0)) != nil:
		http.Error(w, "the signature does not match", http.StatusUnauthorized)
	default:
		f.take(w, r, body)
	}
}

// take reads an event in either form.
func (f *fake) take(w http.ResponseWriter, r *http.Request, body []byte) {
	var e struct {
		Type, Timestamp, Time, ID, Source string
		SpecVersion                       string `json:"specversion"`
		Data                              *struct{ Text, Subject string }
	}
	if json.Unmarshal(body, &e) != nil || e.Type == "" || e.Data == nil || e.Data.Text == "" {
		http.Error(w, "no event", http.StatusBadRequest)
		return
	}
	id, at := r.Header.Get("Webhook-Id"), e.Timestamp
	if strings.HasPrefix(r.Header.Get("Content-Type"), "application/cloudevents+json") {
		at = e.Time
		if e.SpecVersion != "1.0" || e.ID != id || e.Source == "" {
			http.Error(w, "no CloudEvent", http.StatusBadRequest)
			return
		}
	}
	if _, err := time.Parse(time.RFC3339, at); err != nil {
		http.Error(w, "no time", http.StatusBadRequest)
		return
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if !f.had[id] {
		f.had[id] = true
		f.objects = append(f.objects, "event "+e.Type+": "+e.Data.Text)
	}
	w.WriteHeader(http.StatusNoContent)
}

// Objects implements integration.Fake.
func (f *fake) Objects() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return append([]string(nil), f.objects...)
}
