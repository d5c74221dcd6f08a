package slack_test

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/integration"
	"github.com/plumbapi/plumb/integration/integrationtest"
	"github.com/plumbapi/plumb/integration/slack"
	"github.com/plumbapi/plumb/webhook/signature"
)

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

const (
	oldSecret = "signing-secret-in-force"
	newSecret = "signing-secret-to-come"
)

// receiver is a handler with what it has taken.
type receiver struct {
	http.Handler
	now   time.Time
	taken []*integration.Answer
	err   error
}

func newReceiver(t *testing.T, in integration.Inputs) *receiver {
	t.Helper()
	r := &receiver{now: noon}
	h, err := slack.New().Receive(in, func() time.Time { return r.now }, func(a *integration.Answer) error {
		if r.err == nil {
			r.taken = append(r.taken, a)
		}
		return r.err
	})
	if err != nil {
		t.Fatal(err)
	}
	r.Handler = h
	return r
}

// send serves a request and returns the status.
func (r *receiver) send(req *http.Request) int {
	w := httptest.NewRecorder()
	r.ServeHTTP(w, req)
	return w.Code
}

// signed makes a request with a body, signed at a time.
func signed(t *testing.T, secret, kind, body string, at time.Time) *http.Request {
	t.Helper()
	req := httptest.NewRequest(http.MethodPost, "https://plumb.example.com/slack", strings.NewReader(body))
	req.Header.Set("Content-Type", kind)
	if err := signature.Slack(secret).Sign(req.Header, "", []byte(body), at); err != nil {
		t.Fatal(err)
	}
	return req
}

func call(t *testing.T, secret string, at time.Time, f *check.Finding) *http.Request {
	t.Helper()
	req, err := slack.New().Call(integration.Inputs{"signing_secret": secret}, "https://plumb.example.com/slack", at, f)
	if err != nil {
		t.Fatal(err)
	}
	return req
}

func TestReceive(t *testing.T) {
	t.Parallel()
	f := integrationtest.Finding(check.Error, "operation-tags", "/paths/~1a|b/get", "operation has no tags", 12)
	r := newReceiver(t, integration.Inputs{"signing_secret": oldSecret})
	if status := r.send(call(t, oldSecret, noon, &f)); status != http.StatusOK {
		t.Fatalf("a good call is answered %d", status)
	}
	if status := r.send(call(t, oldSecret, noon, &f)); status != http.StatusOK {
		t.Fatalf("a good call again is answered %d", status)
	}
	want := []*integration.Answer{{
		ID: "1337.120000000000." + f.Fingerprint + " " + f.Fingerprint, Fingerprint: f.Fingerprint,
		Waiver: check.Waiver{
			Rule: "operation-tags", File: "api/openapi.yaml", Element: "/paths/~1a|b/get",
			Reason: "snoozed in Slack, #api-governance", Owner: "@dana", Until: time.Date(2026, 12, 6, 0, 0, 0, 0, time.UTC),
		},
	}}
	if diff := cmp.Diff(want, r.taken); diff != "" {
		t.Errorf("taken (-want +got):\n%s", diff)
	}
}

func TestReceiveAgainAfterFailure(t *testing.T) {
	t.Parallel()
	f := integrationtest.Finding(check.Error, "operation-tags", "/paths/~1a/get", "operation has no tags", 12)
	r := newReceiver(t, integration.Inputs{"signing_secret": oldSecret})
	r.err = errors.New("the disk is full")
	if status := r.send(call(t, oldSecret, noon, &f)); status != http.StatusInternalServerError {
		t.Errorf("what could not be kept is answered %d", status)
	}
	r.err = nil
	if status := r.send(call(t, oldSecret, noon, &f)); status != http.StatusOK || len(r.taken) != 1 {
		t.Errorf("tried again it is answered %d, and %d are taken", status, len(r.taken))
	}
}

func TestReceiveRefuses(t *testing.T) {
	t.Parallel()
	const form = "application/x-www-form-urlencoded"
	payload := func(s string) string { return "payload=" + url.QueryEscape(s) }
	f := integrationtest.Finding(check.Error, "operation-tags", "/paths/~1a/get", "operation has no tags", 12)
	changed := call(t, oldSecret, noon, &f)
	body, err := io.ReadAll(changed.Body)
	if err != nil {
		t.Fatal(err)
	}
	changed.Body = io.NopCloser(bytes.NewReader(bytes.Replace(body, []byte("dana"), []byte("root"), 1)))
	unsigned := call(t, oldSecret, noon, &f)
	unsigned.Header.Del("X-Slack-Signature")
	get := call(t, oldSecret, noon, &f)
	get.Method = http.MethodGet
	tests := []struct {
		name string
		req  *http.Request
		want int
	}{
		{"another secret", call(t, newSecret, noon, &f), http.StatusUnauthorized},
		{"six minutes old", call(t, oldSecret, noon.Add(-6*time.Minute), &f), http.StatusUnauthorized},
		{"six minutes ahead", call(t, oldSecret, noon.Add(6*time.Minute), &f), http.StatusUnauthorized},
		{"changed", changed, http.StatusUnauthorized},
		{"no signature", unsigned, http.StatusUnauthorized},
		{"GET", get, http.StatusMethodNotAllowed},
		{"JSON", signed(t, oldSecret, "application/json", "{}", noon), http.StatusBadRequest},
		{"no payload", signed(t, oldSecret, form, "a=b", noon), http.StatusBadRequest},
		{"two payloads", signed(t, oldSecret, form, "payload={}&payload={}", noon), http.StatusBadRequest},
		{"half a payload", signed(t, oldSecret, form, payload("{"), noon), http.StatusBadRequest},
		{"large", signed(t, oldSecret, form, "payload="+strings.Repeat("x", 256<<10), noon), http.StatusRequestEntityTooLarge},
		{"a button without a finding", signed(t, oldSecret, form, payload(`{"type":"block_actions","actions":[{"action_id":"plumb_snooze","value":"{}"}]}`), noon), http.StatusBadRequest},
		{"a button of somebody else", signed(t, oldSecret, form, payload(`{"type":"block_actions","actions":[{"action_id":"x","value":"1"}]}`), noon), http.StatusOK},
		{"a view", signed(t, oldSecret, form, payload(`{"type":"view_submission"}`), noon), http.StatusOK},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r := newReceiver(t, integration.Inputs{"signing_secret": oldSecret})
			if status := r.send(tt.req); status != tt.want || len(r.taken) > 0 {
				t.Errorf("answered %d, want %d; %d taken", status, tt.want, len(r.taken))
			}
		})
	}
}

func TestReceiveWhileSecretsChange(t *testing.T) {
	t.Parallel()
	f := integrationtest.Finding(check.Error, "operation-tags", "/paths/~1a/get", "operation has no tags", 12)
	r := newReceiver(t, integration.Inputs{"signing_secret": oldSecret, "signing_secret_next": newSecret})
	for i, secret := range []string{oldSecret, newSecret} {
		if status := r.send(call(t, secret, noon.Add(time.Duration(i)*time.Second), &f)); status != http.StatusOK {
			t.Errorf("signed with secret %d it is answered %d", i+1, status)
		}
	}
	if len(r.taken) != 2 {
		t.Errorf("%d are taken, want 2", len(r.taken))
	}
}

func TestReceiveNeedsASecret(t *testing.T) {
	t.Parallel()
	_, err := slack.New().Receive(integration.Inputs{}, func() time.Time { return noon }, nil)
	var e *integration.Error
	if !errors.As(err, &e) || e.Kind != integration.Config || !strings.Contains(e.Hint, "SLACK_SIGNING_SECRET") {
		t.Errorf("Receive = %v", err)
	}
}

func TestCallOfWhatIsTooLarge(t *testing.T) {
	t.Parallel()
	f := integrationtest.Finding(check.Error, "operation-tags", strings.Repeat("x", 2000), "operation has no tags", 12)
	if _, err := slack.New().Call(integration.Inputs{"signing_secret": oldSecret}, "https://plumb.example.com/", noon, &f); err == nil {
		t.Error("a call is made of a finding that has no button")
	}
}

func FuzzReceive(f *testing.F) {
	f.Add([]byte(`{"type":"block_actions","trigger_id":"1","user":{"id":"U"},"actions":[{"action_id":"plumb_snooze","value":"{\"rule\":\"r\"}"}]}`))
	f.Add([]byte(`{"type":"block_actions","actions":[null]}`))
	f.Add([]byte(`[]`))
	f.Fuzz(func(t *testing.T, payload []byte) {
		r := newReceiver(t, integration.Inputs{"signing_secret": oldSecret})
		status := r.send(signed(t, oldSecret, "application/x-www-form-urlencoded", "payload="+url.QueryEscape(string(payload)), noon))
		if status != http.StatusOK && status != http.StatusBadRequest && status != http.StatusRequestEntityTooLarge {
			t.Errorf("answered %d", status)
		}
		for _, a := range r.taken {
			if a.Waiver.Rule == "" || a.Waiver.Owner == "" || !a.Waiver.Until.After(noon) {
				t.Errorf("taken %+v", a.Waiver)
			}
		}
	})
}
