package jama_test

import (
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/integration"
	"github.com/plumbapi/plumb/integration/integrationtest"
	"github.com/plumbapi/plumb/integration/jama"
	"github.com/plumbapi/plumb/integration/message"
)

// instance is a fake with what is delivered to it.
type instance struct {
	*jama.Fake
	inputs integration.Inputs
	seen   *integrationtest.Recorder
	clock  *integrationtest.Clock
}

func newInstance(t *testing.T, changes integration.Inputs) *instance {
	t.Helper()
	inputs := jama.New().Manifest().Examples()
	for name, value := range changes {
		inputs[name] = value
	}
	fake := jama.NewFake(inputs)
	return &instance{Fake: fake, inputs: inputs, seen: &integrationtest.Recorder{Next: integration.Local(fake)}}
}

func (s *instance) deliver(t *testing.T, d *integration.Delivery) ([]string, error) {
	t.Helper()
	c, clock := integrationtest.Client(jama.New(), s.inputs, s.seen)
	s.clock = clock
	receipt, err := jama.New().Deliver(t.Context(), c, d)
	var actions []string
	for _, a := range receipt.Actions {
		actions = append(actions, a.Verb+" "+a.Object)
	}
	return actions, err
}

func (s *instance) want(t *testing.T, d *integration.Delivery, want ...string) {
	t.Helper()
	got, err := s.deliver(t, d)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s: actions (-want +got):\n%s", d.ID, diff)
	}
}

func (s *instance) has(t *testing.T, want ...string) {
	t.Helper()
	if diff := cmp.Diff(want, s.Objects()); diff != "" {
		t.Errorf("items (-want +got):\n%s", diff)
	}
}

func tags() check.Finding {
	return integrationtest.Finding(check.Error, "operation-tags", "/paths/~1issues/get", "operation has no tags", 12)
}

func one(id string) *integration.Delivery {
	return integrationtest.Delivery(id, []check.Finding{tags()}, nil)
}

func none(id string) *integration.Delivery {
	return integrationtest.Delivery(id, nil, []check.Finding{tags()})
}

func wantError(t *testing.T, err error, kind integration.Kind, texts ...string) {
	t.Helper()
	var e *integration.Error
	if !errors.As(err, &e) {
		t.Fatalf("error %v, want one of kind %q", err, kind)
	}
	if e.Kind != kind {
		t.Errorf("the error is of kind %q, want %q: %v", e.Kind, kind, err)
	}
	for _, text := range texts {
		if !strings.Contains(err.Error(), text) {
			t.Errorf("the error does not say %q: %v", text, err)
		}
	}
}

const title = "operation-tags: operation has no tags (/paths/~1issues/get)"

func TestLife(t *testing.T) {
	t.Parallel()
	s := newInstance(t, nil)
	s.want(t, one("run-1"), "created item 5001")
	s.has(t, "item API-DEF-1 Open: "+title+" (traced to 4003)")
	s.want(t, none("run-2"), "closed API-DEF-1")
	s.has(t, "item API-DEF-1 Closed: "+title+" (traced to 4003) (1 comments)")
	s.want(t, one("run-3"), "reopened API-DEF-1")
	s.has(t, "item API-DEF-1 Open: "+title+" (traced to 4003) (2 comments)")
	s.Move("API-DEF-1", "Rejected")
	s.want(t, one("run-4"), "unchanged API-DEF-1")
	c, _ := integrationtest.Client(jama.New(), s.inputs, s.seen)
	states, err := jama.New().States(t.Context(), c, one("run-4"))
	if err != nil {
		t.Fatal(err)
	}
	want := []integration.State{{
		Object: "API-DEF-1", URL: "https://example.jamacloud.com/perspective.req#/items/5001?projectId=20183", Status: "Rejected", Done: true, Declined: true,
		Fingerprints: []string{tags().Fingerprint},
	}}
	if diff := cmp.Diff(want, states); diff != "" {
		t.Errorf("States (-want +got):\n%s", diff)
	}
}

// Without an item for the rules nothing is traced, and without a parent the item
// is in the project itself.
func TestSmallest(t *testing.T) {
	t.Parallel()
	s := newInstance(t, integration.Inputs{"rule_item": "", "parent": "", "item_type": "Defect"})
	s.want(t, one("run-1"), "created item 5001")
	s.has(t, "item API-Defect-1 Open: "+title)
}

// What is not there is said with what there is, before anything is written.
func TestDiscovers(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name    string
		changes integration.Inputs
		options []string
		require []string
		say     []string
	}{
		{name: "type", changes: integration.Inputs{"item_type": "Bug"}, say: []string{`no item type "Bug"`, "T0"}},
		{name: "field", changes: integration.Inputs{"field": "mark"}, say: []string{`has no field "mark"`, "plumb_fingerprint"}},
		{name: "status", changes: integration.Inputs{"status_field": "state"}, say: []string{`has no picklist "state"`, "status"}},
		{name: "options", options: []string{"Draft", "Done"}, say: []string{`no "Open" or no "Closed"`, "Draft, Done"}},
		{name: "relationship", changes: integration.Inputs{"relationship": "Breaks"}, say: []string{`"Breaks"`, "Related to, Validated by"}},
		{name: "more fields", require: []string{"Team"}, say: []string{"asks for more than plumb knows: Team"}},
		{name: "number", changes: integration.Inputs{"parent": "-4"}, say: []string{"the input parent is no number"}},
		{name: "no client", changes: integration.Inputs{"client_id": ""}, say: []string{"JAMA_CLIENT_ID"}},
		{name: "no user", changes: integration.Inputs{"edition": "self-hosted", "user": ""}, say: []string{"JAMA_USER"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			s := newInstance(t, nil)
			s.Options, s.Required = test.options, test.require
			for name, value := range test.changes {
				s.inputs[name] = value
			}
			_, err := s.deliver(t, one("run-1"))
			wantError(t, err, integration.Config, test.say...)
			if n := len(s.Objects()); n > 0 {
				t.Errorf("%d items were made", n)
			}
		})
	}
}

// A lock is waited for; what stays locked does not keep the others from being
// written.
func TestLocks(t *testing.T) {
	t.Parallel()
	s := newInstance(t, nil)
	two := integrationtest.Many("run-1", 2)
	s.want(t, two, "created item 5001", "created item 5002")
	s.Locked = map[string]int{"API-DEF-1": 3}
	mended := integrationtest.Delivery("run-2", nil, two.Report.Findings)
	s.want(t, mended, "closed API-DEF-1", "closed API-DEF-2")
	if len(s.clock.Slept) != 3 {
		t.Errorf("it waited %v", s.clock.Slept)
	}
	s.want(t, two, "reopened API-DEF-1", "reopened API-DEF-2")
	s.Locked = map[string]int{"API-DEF-1": -1}
	actions, err := s.deliver(t, mended)
	wantError(t, err, integration.Remote, "locked by another user", "somebody is editing the item")
	if diff := cmp.Diff([]string{"closed API-DEF-2"}, actions); diff != "" {
		t.Errorf("actions (-want +got):\n%s", diff)
	}
}

func TestPagesRateLimitAndRotation(t *testing.T) {
	t.Parallel()
	s := newInstance(t, integration.Inputs{"client_secret_next": "the-secret-that-follows"})
	s.Burst = 20
	many := integrationtest.Many("run-1", 110)
	for range 3 {
		if _, err := s.deliver(t, many); err != nil {
			t.Fatal(err)
		}
	}
	if n := len(s.Objects()); n != 110 {
		t.Errorf("%d items, want 110", n)
	}
	s.Rotate("the-secret-that-follows")
	actions, err := s.deliver(t, many)
	if err != nil || len(actions) != 110 || actions[0] != "unchanged API-DEF-1" {
		t.Errorf("with the next secret: %v, %d actions", err, len(actions))
	}
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		edition string
		status  int
		kind    integration.Kind
		say     string
	}{
		{"self-hosted", 401, integration.Auth, "JAMA_PASSWORD"},
		{"self-hosted", 403, integration.Auth, "creator licence"},
		{"self-hosted", 404, integration.Config, "JAMA_PROJECT"},
		{"self-hosted", 200, integration.Remote, "no page of a list"},
		{"cloud", 401, integration.Auth, "JAMA_CLIENT_SECRET"},
		{"cloud", 200, integration.Remote, "no access_token"},
	} {
		s := newInstance(t, integration.Inputs{"edition": test.edition})
		s.seen.Next = integration.Local(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(test.status)
			_, _ = w.Write([]byte(`{"meta": {"message": "no"}}`))
		}))
		_, err := s.deliver(t, one("run-1"))
		wantError(t, err, test.kind, test.say)
	}
}

func TestLimits(t *testing.T) {
	t.Parallel()
	in := jama.New().Manifest().Examples()
	in["edition"] = "self-hosted"
	request := func(fields string) *integration.Request {
		return &integration.Request{
			Method: http.MethodPost, URL: "https://example.jamacloud.com/rest/v1/items",
			Header: integrationtest.Header("Content-Type", "application/json", "Authorization", integration.BasicAuth(in["user"], in["password"])),
			Body:   []byte(`{"project": 20183, "itemType": 89011, "location": {"parent": {"item": 4021}}, "fields": {` + fields + `}}`),
		}
	}
	integrationtest.Limits(t, jama.New(), in, []integrationtest.Limit{
		{Name: "name", Max: 255, Request: func(n int) *integration.Request { return request(`"name": "` + strings.Repeat("x", n) + `"`) }},
		{Name: "description", Max: 65_535, Request: func(n int) *integration.Request {
			return request(`"name": "x", "description": "` + strings.Repeat("x", n) + `"`)
		}},
	})
}

// A group of more findings than fit has as many as do, and says how many more
// there are.
func TestManyOfOneGroup(t *testing.T) {
	t.Parallel()
	for _, edition := range []string{"cloud", "self-hosted"} {
		var findings []check.Finding
		for i := range 900 {
			f := tags()
			f.Message = strings.Repeat("long 𝒳 ", 20)
			f.Location.Line = i + 1
			f.Fingerprint = check.Fingerprint(f.Rule, f.Location.File, f.Location.Element, strings.Repeat("x", i))
			findings = append(findings, f)
		}
		s := newInstance(t, integration.Inputs{"edition": edition})
		if _, err := s.deliver(t, integrationtest.Delivery("run-1", findings, nil)); err != nil {
			t.Fatal(err)
		}
		body := ""
		for _, e := range s.seen.Exchanges() {
			if path, _, _ := strings.Cut(e.URL, "?"); e.Method == http.MethodPost && strings.HasSuffix(path, "/items") {
				body = string(e.Body)
			}
		}
		if n := message.UTF16(body); n < 65535*3/4 || !strings.Contains(body, " more") {
			t.Errorf("%s: %d characters were sent of 65535 that fit, or nothing says how many more there are", edition, n)
		}
		for _, o := range s.Objects() {
			if strings.Contains(o, "shortened") {
				t.Error(o)
			}
		}
	}
}
