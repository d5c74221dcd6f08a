package jira_test

import (
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/integration"
	"github.com/plumbapi/plumb/integration/integrationtest"
	"github.com/plumbapi/plumb/integration/jira"
	"github.com/plumbapi/plumb/integration/message"
)

// site is a fake with what is delivered to it.
type site struct {
	*jira.Fake
	inputs integration.Inputs
	seen   *integrationtest.Recorder
}

func newSite(t *testing.T, changes integration.Inputs) *site {
	t.Helper()
	inputs := jira.New().Manifest().Examples()
	for name, value := range changes {
		inputs[name] = value
	}
	fake := jira.NewFake(inputs)
	return &site{fake, inputs, &integrationtest.Recorder{Next: integration.Local(fake)}}
}

func (s *site) client() *integration.Client {
	c, _ := integrationtest.Client(jira.New(), s.inputs, s.seen)
	return c
}

func (s *site) deliver(t *testing.T, d *integration.Delivery) ([]string, error) {
	t.Helper()
	receipt, err := jira.New().Deliver(t.Context(), s.client(), d)
	var actions []string
	for _, a := range receipt.Actions {
		actions = append(actions, a.Verb+" "+a.Object)
	}
	return actions, err
}

func (s *site) want(t *testing.T, d *integration.Delivery, want ...string) {
	t.Helper()
	got, err := s.deliver(t, d)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s: actions (-want +got):\n%s", d.ID, diff)
	}
}

func (s *site) has(t *testing.T, want ...string) {
	t.Helper()
	if diff := cmp.Diff(want, s.Objects()); diff != "" {
		t.Errorf("issues (-want +got):\n%s", diff)
	}
}

func tags() check.Finding {
	return integrationtest.Finding(check.Error, "operation-tags", "/paths/~1issues/get", "operation has no tags", 12)
}

func one(id string, before ...check.Finding) *integration.Delivery {
	return integrationtest.Delivery(id, []check.Finding{tags()}, before)
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

// An issue that people have closed as won't do stays so, and is a waiver.
func TestDeclined(t *testing.T) {
	t.Parallel()
	for _, edition := range []string{"cloud", "data-center"} {
		t.Run(edition, func(t *testing.T) {
			t.Parallel()
			s := newSite(t, integration.Inputs{"edition": edition})
			s.want(t, one("run-1"), "created API-1")
			if !s.Move("API-1", "Won't Do", "Won’t do") {
				t.Fatal("there is no API-1")
			}
			s.want(t, one("run-2"), "unchanged API-1")
			s.has(t, "issue API-1 closed as won’t do: operation-tags: operation has no tags (/paths/~1issues/get) (1 links)")
			states, err := jira.New().States(t.Context(), s.client(), one("run-2"))
			if err != nil {
				t.Fatal(err)
			}
			want := []integration.State{{
				Object: "API-1", URL: "https://example.atlassian.net/browse/API-1", Status: "Won’t do", Done: true, Declined: true,
				Fingerprints: []string{tags().Fingerprint},
			}}
			if diff := cmp.Diff(want, states); diff != "" {
				t.Errorf("States (-want +got):\n%s", diff)
			}
			waivers := integration.Suggest([]check.Finding{tags()}, states, integrationtest.Start)
			if len(waivers) != 1 || waivers[0].Reason != "API-1 was closed as Won’t do" {
				t.Errorf("Suggest = %+v, want one waiver that names API-1", waivers)
			}
		})
	}
}

// One that was closed as done by plumb comes back.
func TestReopened(t *testing.T) {
	t.Parallel()
	s := newSite(t, nil)
	s.want(t, one("run-1"), "created API-1")
	s.want(t, none("run-2"), "closed API-1")
	s.has(t, "issue API-1 closed as done: operation-tags: operation has no tags (/paths/~1issues/get) (1 links) (1 comments)")
	s.want(t, one("run-3", []check.Finding{}...), "reopened API-1")
	s.want(t, one("run-3", []check.Finding{}...), "unchanged API-1")
	s.has(t, "issue API-1 open: operation-tags: operation has no tags (/paths/~1issues/get) (1 links) (2 comments)")
}

func TestWorkflow(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name     string
		inputs   integration.Inputs
		workflow map[string][]string
		screen   []string
		status   string // of the closed issue
		wrong    []string
	}{
		{name: "declining is no way to close", workflow: map[string][]string{"To Do": {"In Progress", "Won't Do", "Done"}}, status: "closed as done"},
		{name: "a resolution is asked for", screen: []string{"resolution"}, status: "closed as done"},
		{name: "the status that is set", inputs: integration.Inputs{"closed_status": "won't do"}, status: "closed as won't do"},
		{name: "another field is asked for", screen: []string{"customfield_7"}, wrong: []string{`"Move to Done"`, `"customfield_7"`, "make the field optional"}},
		{name: "no way", workflow: map[string][]string{"To Do": {"In Progress"}}, wrong: []string{"API-1 has no step to a status that is done", "In Progress"}},
		{name: "no such status", inputs: integration.Inputs{"closed_status": "Verified"}, wrong: []string{"called verified", "Done"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			s := newSite(t, test.inputs)
			s.Workflow, s.Screen = test.workflow, test.screen
			s.want(t, one("run-1"), "created API-1")
			_, err := s.deliver(t, none("run-2"))
			if test.wrong != nil {
				wantError(t, err, integration.Config, test.wrong...)
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if got := s.Objects()[0]; !strings.Contains(got, test.status) {
				t.Errorf("%s, want %s", got, test.status)
			}
		})
	}
}

// What a project demands is said by name, and can be given.
func TestDemands(t *testing.T) {
	t.Parallel()
	for _, edition := range []string{"cloud", "data-center"} {
		t.Run(edition, func(t *testing.T) {
			t.Parallel()
			s := newSite(t, integration.Inputs{"edition": edition})
			s.Required = []string{"customfield_10010"}
			_, err := s.deliver(t, one("run-1"))
			wantError(t, err, integration.Config, "project API asks for more to create a Bug: The field customfield_10010 (customfield_10010)")
			s.inputs["fields"] = `{"customfield_10010": {"value": "API"}, "labels": ["team-a"]}`
			s.want(t, one("run-1"), "created API-1")
			created := ""
			for _, e := range s.seen.Exchanges() {
				if e.Method == http.MethodPost && strings.HasSuffix(e.URL, "/issue") {
					created = string(e.Body)
				}
			}
			if !strings.Contains(created, `"team-a"`) || !strings.Contains(created, `"plumb-fp-`) {
				t.Errorf("labels of both are not sent: %s", created)
			}
		})
	}
	s := newSite(t, integration.Inputs{"issue_type": "Story"})
	_, err := s.deliver(t, one("run-1"))
	wantError(t, err, integration.Config, `project API has no issue type "Story"`, "one of Task, Bug")
	for text, want := range map[string]string{"x": "no JSON object", `{"summary": "x"}`: `sets "summary"`} {
		s := newSite(t, integration.Inputs{"fields": text})
		_, err := s.deliver(t, one("run-1"))
		wantError(t, err, integration.Config, want)
	}
}

// More issues than a page has are all seen, and a run makes fifty at most.
func TestPages(t *testing.T) {
	t.Parallel()
	for _, edition := range []string{"cloud", "data-center"} {
		t.Run(edition, func(t *testing.T) {
			t.Parallel()
			s := newSite(t, integration.Inputs{"edition": edition, "link": "false"})
			many := integrationtest.Many("run-many", 120)
			for range 3 {
				if _, err := s.deliver(t, many); err != nil {
					t.Fatal(err)
				}
			}
			if n := len(s.Objects()); n != 120 {
				t.Errorf("%d issues, want 120", n)
			}
			before := len(s.seen.Exchanges())
			actions, err := s.deliver(t, many)
			if err != nil {
				t.Fatal(err)
			}
			for _, a := range actions {
				if !strings.HasPrefix(a, "unchanged ") {
					t.Errorf("delivered again: %s", a)
				}
			}
			if searches := len(s.seen.Exchanges()) - before; edition == "cloud" && searches != 2 {
				t.Errorf("%d requests for two pages", searches)
			}
		})
	}
}

// Findings below the severity get no issue, but one that is a test does.
func TestSeverity(t *testing.T) {
	t.Parallel()
	s := newSite(t, integration.Inputs{"severity": "error"})
	low := integrationtest.Finding(check.Warning, "info-contact", "/info", "there is no contact", 2)
	test := integrationtest.Finding(check.Info, integration.TestRule, "", "this is a test", 0)
	s.want(t, integrationtest.Delivery("run-1", []check.Finding{tags(), low, test}, nil), "created API-1", "created API-2")
	s.has(t,
		"issue API-1 open: operation-tags: operation has no tags (/paths/~1issues/get) (1 links)",
		"issue API-2 open: integration-test: this is a test (1 links)")
}

func TestRateLimit(t *testing.T) {
	t.Parallel()
	s := newSite(t, nil)
	s.Burst = 2
	s.want(t, integrationtest.Story()[0].Delivery, "created API-1", "created API-2")
}

func TestRotation(t *testing.T) {
	t.Parallel()
	s := newSite(t, integration.Inputs{"token_next": "the-token-that-follows"})
	s.want(t, one("run-1"), "created API-1")
	s.Rotate("the-token-that-follows")
	s.want(t, one("run-1"), "unchanged API-1")
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		inputs integration.Inputs
		kind   integration.Kind
		say    []string
	}{
		{"wrong edition", integration.Inputs{"edition": "data-center"}, integration.Auth, []string{"JIRA_TOKEN", "JIRA_USER"}},
		{"another project", integration.Inputs{"project": "OTHER"}, integration.Config, []string{"valid project"}},
		{"wrong token", integration.Inputs{"token": "nonsense"}, integration.Auth, []string{"id.atlassian.com"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			s := newSite(t, nil)
			for name, value := range test.inputs {
				s.inputs[name] = value
			}
			s.Fake = jira.NewFake(jira.New().Manifest().Examples())
			s.seen.Next = integration.Local(s.Fake)
			_, err := s.deliver(t, one("run-1"))
			wantError(t, err, test.kind, test.say...)
		})
	}
}

func TestLimits(t *testing.T) {
	t.Parallel()
	request := func(fields string) *integration.Request {
		return &integration.Request{
			Method: http.MethodPost, URL: "https://example.atlassian.net/rest/api/2/issue",
			Header: integrationtest.Header("Content-Type", "application/json", "Authorization", "Bearer "+jira.New().Manifest().Examples()["token"]),
			Body:   []byte(`{"fields": {"project": {"key": "API"}, "issuetype": {"name": "Bug"}, ` + fields + `}}`),
		}
	}
	inputs := jira.New().Manifest().Examples()
	inputs["edition"] = "data-center"
	text := func(n int) string { return strings.Repeat("x", n) }
	integrationtest.Limits(t, jira.New(), inputs, []integrationtest.Limit{
		{Name: "summary", Max: 255, Request: func(n int) *integration.Request { return request(`"summary": "` + text(n) + `"`) }},
		{Name: "summary beyond the first plane", Max: 127, Request: func(n int) *integration.Request {
			return request(`"summary": "` + strings.Repeat("😀", n) + `"`)
		}},
		{Name: "description", Max: 32_767, Request: func(n int) *integration.Request { return request(`"summary": "x", "description": "` + text(n) + `"`) }},
		{Name: "label", Max: 255, Request: func(n int) *integration.Request { return request(`"summary": "x", "labels": ["` + text(n) + `"]`) }},
	})
}

// A group of more findings than fit has as many as do, and says how many more
// there are.
func TestManyOfOneGroup(t *testing.T) {
	t.Parallel()
	for _, edition := range []string{"cloud", "data-center"} {
		var findings []check.Finding
		for i := range 900 {
			f := tags()
			f.Message = strings.Repeat("long 𝒳 ", 20)
			f.Location.Line = i + 1
			f.Fingerprint = check.Fingerprint(f.Rule, f.Location.File, f.Location.Element, strings.Repeat("x", i))
			findings = append(findings, f)
		}
		s := newSite(t, integration.Inputs{"edition": edition})
		if _, err := s.deliver(t, integrationtest.Delivery("run-1", findings, nil)); err != nil {
			t.Fatal(err)
		}
		body := ""
		for _, e := range s.seen.Exchanges() {
			if path, _, _ := strings.Cut(e.URL, "?"); e.Method == http.MethodPost && strings.HasSuffix(path, "/issue") {
				body = string(e.Body)
			}
		}
		if n := message.UTF16(body); n < 32767*3/4 || !strings.Contains(body, " more") {
			t.Errorf("%s: %d characters were sent of 32767 that fit, or nothing says how many more there are", edition, n)
		}
		for _, o := range s.Objects() {
			if strings.Contains(o, "shortened") {
				t.Error(o)
			}
		}
	}
}
