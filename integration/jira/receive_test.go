package jira_test

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/integration"
	"github.com/plumbapi/plumb/integration/integrationtest"
	"github.com/plumbapi/plumb/integration/jira"
	"github.com/plumbapi/plumb/webhook/signature"
)

func TestReceive(t *testing.T) {
	t.Parallel()
	in := jira.New().Manifest().Examples()
	next := integration.Inputs{"webhook_secret": "the-one-before", "webhook_secret_next": in["webhook_secret"], "declined": in["declined"]}
	f := tags()
	call := func(t *testing.T) ([]byte, http.Header) {
		r, err := jira.New().Call(in, "https://plumb.example/jira", integrationtest.Start, &f)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Fatal(err)
		}
		return body, r.Header
	}
	resign := func(body []byte, header http.Header) {
		header.Del("X-Hub-Signature")
		_ = signature.Bitbucket(in["webhook_secret"]).Sign(header, "", body, integrationtest.Start)
	}
	tests := []struct {
		name   string
		inputs integration.Inputs
		edit   func(body []byte, header http.Header) []byte
		after  time.Duration
		status int
		taken  int
	}{
		{name: "good", status: 204, taken: 1},
		{name: "signed with the next secret", inputs: next, status: 204, taken: 1},
		{name: "no signature", edit: func(b []byte, h http.Header) []byte { h.Del("X-Hub-Signature"); return b }, status: 401},
		{name: "another body", edit: func(b []byte, _ http.Header) []byte { return bytes.Replace(b, []byte("API-1"), []byte("API-2"), 1) }, status: 401},
		{name: "a day later", after: 24 * time.Hour, status: 400},
		{name: "an hour before", after: -time.Hour, status: 400},
		{name: "not declined", edit: func(b []byte, h http.Header) []byte {
			b = bytes.ReplaceAll(b, []byte("Won't Do"), []byte("Done"))
			resign(b, h)
			return b
		}, status: 204},
		{name: "no issue of plumb", edit: func(b []byte, h http.Header) []byte {
			b = bytes.ReplaceAll(b, []byte("plumb-fp-"), []byte("other-fp-"))
			resign(b, h)
			return b
		}, status: 204},
		{name: "no JSON", edit: func(_ []byte, h http.Header) []byte {
			b := []byte("hello")
			resign(b, h)
			return b
		}, status: 400},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			inputs := test.inputs
			if inputs == nil {
				inputs = in
			}
			var taken []*integration.Answer
			now := integrationtest.Start.Add(test.after)
			h, err := jira.New().Receive(inputs, func() time.Time { return now }, func(a *integration.Answer) error { taken = append(taken, a); return nil })
			if err != nil {
				t.Fatal(err)
			}
			body, header := call(t)
			if test.edit != nil {
				body = test.edit(body, header)
			}
			for range 2 { // the second is the same call again
				if got := post(h, body, header); got != test.status {
					t.Errorf("answered %d, want %d", got, test.status)
				}
			}
			if len(taken) != test.taken {
				t.Fatalf("%d taken, want %d", len(taken), test.taken)
			}
			if test.taken == 0 {
				return
			}
			want := &integration.Answer{ID: taken[0].ID, Fingerprint: f.Fingerprint, Waiver: check.Waiver{
				Rule: "operation-tags", Element: "/paths/~1issues/get", Reason: "API-1 was closed as Won't Do", Owner: "Dana",
				Until: time.Date(2027, 5, 21, 0, 0, 0, 0, time.UTC),
			}}
			if diff := cmp.Diff(want, taken[0]); diff != "" {
				t.Errorf("answer (-want +got):\n%s", diff)
			}
		})
	}
}

// What was not taken comes again; a summary that was changed names no element.
func TestReceiveAgain(t *testing.T) {
	t.Parallel()
	in := jira.New().Manifest().Examples()
	f := tags()
	r, err := jira.New().Call(in, "https://plumb.example/jira", integrationtest.Start, &f)
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	body = bytes.Replace(body, []byte("(/paths/~1issues/get)"), []byte("(/paths/~1other/get)"), 1)
	body = bytes.ReplaceAll(body, []byte("#f-"), []byte("#x-"))
	r.Header.Del("X-Hub-Signature")
	if err := signature.Bitbucket(in["webhook_secret"]).Sign(r.Header, "", body, integrationtest.Start); err != nil {
		t.Fatal(err)
	}
	problem := errors.New("busy")
	var taken []*integration.Answer
	h, err := jira.New().Receive(in, func() time.Time { return integrationtest.Start }, func(a *integration.Answer) error {
		if problem != nil {
			return problem
		}
		taken = append(taken, a)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := post(h, body, r.Header); got != http.StatusServiceUnavailable {
		t.Errorf("answered %d, want 503", got)
	}
	problem = nil
	if got := post(h, body, r.Header); got != http.StatusNoContent {
		t.Errorf("answered %d, want 204", got)
	}
	if len(taken) != 1 || taken[0].Waiver.Rule != "" || taken[0].Waiver.Element != "" || len(taken[0].Fingerprint) != 32 || taken[0].Fingerprint == f.Fingerprint {
		t.Errorf("taken %+v, want one that has the group's fingerprint and no place", taken)
	}
}

func post(h http.Handler, body []byte, header http.Header) int {
	r := httptest.NewRequest(http.MethodPost, "https://plumb.example/jira", bytes.NewReader(body))
	r.Header = header.Clone()
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Code
}

func TestReceiveBounds(t *testing.T) {
	t.Parallel()
	if _, err := jira.New().Receive(integration.Inputs{}, nil, nil); err == nil || !strings.Contains(err.Error(), "JIRA_WEBHOOK_SECRET") {
		t.Errorf("without a secret: %v", err)
	}
	in := jira.New().Manifest().Examples()
	h, err := jira.New().Receive(in, func() time.Time { return integrationtest.Start }, func(*integration.Answer) error { return nil })
	if err != nil {
		t.Fatal(err)
	}
	if got := post(h, bytes.Repeat([]byte("x"), 1<<20+1), http.Header{}); got != http.StatusRequestEntityTooLarge {
		t.Errorf("a large call is answered %d, want 413", got)
	}
	r := httptest.NewRequest(http.MethodGet, "https://plumb.example/jira", nil)
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	if w.Code != http.StatusMethodNotAllowed {
		t.Errorf("GET is answered %d, want 405", w.Code)
	}
}

func FuzzReceive(f *testing.F) {
	in := jira.New().Manifest().Examples()
	f.Add([]byte(`{"timestamp": 1795339800000, "webhookEvent": "jira:issue_updated"}`))
	f.Add([]byte(`{"issue": {"fields": {"description": {"type": "doc"}}}, "changelog": {"items": [null]}}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		h, err := jira.New().Receive(in, func() time.Time { return integrationtest.Start }, func(*integration.Answer) error { return nil })
		if err != nil {
			t.Fatal(err)
		}
		header := http.Header{}
		if err := signature.Bitbucket(in["webhook_secret"]).Sign(header, "", body, integrationtest.Start); err != nil {
			t.Fatal(err)
		}
		if got := post(h, body, header); got != 204 && got != 400 {
			t.Errorf("answered %d", got)
		}
	})
}
