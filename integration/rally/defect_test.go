package rally_test

import (
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/integration"
	"github.com/plumbapi/plumb/integration/integrationtest"
	"github.com/plumbapi/plumb/integration/message"
	"github.com/plumbapi/plumb/integration/rally"
)

// workspace is a fake with what is delivered to it.
type workspace struct {
	*rally.Fake
	inputs integration.Inputs
	seen   *integrationtest.Recorder
}

func newWorkspace(t *testing.T, changes integration.Inputs) *workspace {
	t.Helper()
	inputs := rally.New().Manifest().Examples()
	for name, value := range changes {
		inputs[name] = value
	}
	fake := rally.NewFake(inputs)
	return &workspace{fake, inputs, &integrationtest.Recorder{Next: integration.Local(fake)}}
}

func (s *workspace) client() *integration.Client {
	c, _ := integrationtest.Client(rally.New(), s.inputs, s.seen)
	return c
}

func (s *workspace) deliver(t *testing.T, d *integration.Delivery) ([]string, error) {
	t.Helper()
	receipt, err := rally.New().Deliver(t.Context(), s.client(), d)
	var actions []string
	for _, a := range receipt.Actions {
		actions = append(actions, a.Verb+" "+a.Object)
	}
	return actions, err
}

func (s *workspace) want(t *testing.T, d *integration.Delivery, want ...string) {
	t.Helper()
	got, err := s.deliver(t, d)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s: actions (-want +got):\n%s", d.ID, diff)
	}
}

func (s *workspace) has(t *testing.T, want ...string) {
	t.Helper()
	if diff := cmp.Diff(want, s.Objects()); diff != "" {
		t.Errorf("defects (-want +got):\n%s", diff)
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
	for _, edition := range []string{"cloud", "on-premises"} {
		t.Run(edition, func(t *testing.T) {
			t.Parallel()
			s := newWorkspace(t, integration.Inputs{"edition": edition})
			s.want(t, one("run-1"), "created DE1")
			s.has(t, "defect DE1 Open: "+title)
			s.want(t, none("run-2"), "closed DE1")
			s.has(t, "defect DE1 Closed (Code Change): "+title+" (1 posts)")
			s.want(t, one("run-3"), "reopened DE1")
			s.has(t, "defect DE1 Open: "+title+" (2 posts)")
			s.Move("DE1", "Closed", "Will Not Fix")
			s.want(t, one("run-4"), "unchanged DE1")
			states, err := rally.New().States(t.Context(), s.client(), one("run-4"))
			if err != nil {
				t.Fatal(err)
			}
			want := []integration.State{{
				Object: "DE1", URL: "https://rally1.rallydev.com/#/detail/defect/1", Status: "Will Not Fix", Done: true, Declined: true,
				Fingerprints: []string{tags().Fingerprint},
			}}
			if diff := cmp.Diff(want, states); diff != "" {
				t.Errorf("States (-want +got):\n%s", diff)
			}
		})
	}
}

// An answer of 200 says what went wrong within.
func TestErrorsWithin(t *testing.T) {
	t.Parallel()
	tests := []struct {
		said string
		kind integration.Kind
		hint string
	}{
		{"Could not parse: Could not find the attribute \\\"c_PlumbFingerprint\\\" on type Defect", integration.Config, "add the field c_PlumbFingerprint"},
		{"Not authorized to perform action: Invalid key", integration.Auth, "RALLY_EDITION"},
		{"Not authorized to create: Defect", integration.Auth, "role Editor"},
		{"Could not read: could not read project /project/1", integration.Config, "RALLY_PROJECT"},
		{"Validation error: Defect.Severity should not be null", integration.Config, "make the field optional"},
		{"Something new", integration.Config, "--dry-run"},
	}
	for _, test := range tests {
		t.Run(test.said, func(t *testing.T) {
			t.Parallel()
			s := newWorkspace(t, nil)
			s.seen.Next = integration.Local(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				_, _ = w.Write([]byte(`{"QueryResult": {"Errors": ["` + test.said + `"], "Warnings": []}}`))
			}))
			_, err := s.deliver(t, one("run-1"))
			wantError(t, err, test.kind, test.hint, "Rally answers")
		})
	}
}

func TestDemands(t *testing.T) {
	t.Parallel()
	s := newWorkspace(t, nil)
	s.Required = []string{"c_Team"}
	_, err := s.deliver(t, one("run-1"))
	wantError(t, err, integration.Config, "Defect.c_Team should not be null")
	s = newWorkspace(t, integration.Inputs{"closed_state": "Done"})
	s.want(t, one("run-1"), "created DE1")
	_, err = s.deliver(t, none("run-2"))
	wantError(t, err, integration.Config, `Defect.State has no allowed value`)
}

// Somebody else at the same defect is waited for, not for ever.
func TestConflict(t *testing.T) {
	t.Parallel()
	s := newWorkspace(t, nil)
	s.want(t, one("run-1"), "created DE1")
	s.Conflicts = 3
	s.want(t, none("run-2"), "closed DE1")
	s.Conflicts = 4
	_, err := s.deliver(t, one("run-3"))
	wantError(t, err, integration.Remote, "Concurrency conflict", "run it again")
}

func TestInputs(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		changes integration.Inputs
		say     string
	}{
		{integration.Inputs{"workspace": "Main"}, "ObjectIDs"},
		{integration.Inputs{"project": `1" OR "1`}, "ObjectIDs"},
		{integration.Inputs{"field": `x = "1") OR (Name`}, "no name of a field"},
		{integration.Inputs{"key": ""}, "there is no API key"},
		{integration.Inputs{"edition": "on-premises", "user": ""}, "RALLY_USER"},
	} {
		s := newWorkspace(t, test.changes)
		_, err := s.deliver(t, one("run-1"))
		wantError(t, err, integration.Config, test.say)
		if n := len(s.seen.Exchanges()); n > 0 {
			t.Errorf("%v: %d requests were sent", test.changes, n)
		}
	}
}

func TestRateLimitPagesAndRotation(t *testing.T) {
	t.Parallel()
	s := newWorkspace(t, integration.Inputs{"key_next": "_the0key1that2follows"})
	s.Burst = 20
	many := integrationtest.Many("run-1", 230)
	for range 5 {
		if _, err := s.deliver(t, many); err != nil {
			t.Fatal(err)
		}
	}
	if n := len(s.Objects()); n != 230 {
		t.Errorf("%d defects, want 230", n)
	}
	s.Rotate("_the0key1that2follows")
	actions, err := s.deliver(t, many)
	if err != nil || len(actions) != 230 || actions[0] != "unchanged DE1" {
		t.Errorf("with the next key: %v, %d actions", err, len(actions))
	}
}

func TestLimits(t *testing.T) {
	t.Parallel()
	in := rally.New().Manifest().Examples()
	request := func(fields string) *integration.Request {
		return &integration.Request{
			Method: http.MethodPost, URL: "https://rally1.rallydev.com/slm/webservice/v2.0/defect/create?workspace=/workspace/" + in["workspace"],
			Header: integrationtest.Header("Content-Type", "application/json", "Zsessionid", in["key"]),
			Body:   []byte(`{"Defect": {"Project": "/project/` + in["project"] + `", ` + fields + `}}`),
		}
	}
	for name, r := range map[string]func(n int) *integration.Request{
		"Name": func(n int) *integration.Request { return request(`"Name": "` + strings.Repeat("x", n) + `"`) },
		"Description": func(n int) *integration.Request {
			return request(`"Name": "x", "Description": "` + strings.Repeat("x", n) + `"`)
		},
	} {
		limit := map[string]int{"Name": 256, "Description": 32_768}[name]
		for n, refused := range map[int]bool{limit - 1: false, limit: false, limit + 1: true} {
			c, _ := integrationtest.Client(rally.New(), in, integration.Local(rally.NewFake(in)))
			response, err := c.Do(t.Context(), r(n))
			if err != nil {
				t.Fatal(err)
			}
			if got := strings.Contains(string(response.Body), "should be no longer than"); got != refused {
				t.Errorf("%s of %d: refused %t, want %t", name, n, got, refused)
			}
		}
	}
}

// A group of more findings than fit has as many as do, and says how many more
// there are.
func TestManyOfOneGroup(t *testing.T) {
	t.Parallel()
	for _, edition := range []string{"cloud", "on-premises"} {
		var findings []check.Finding
		for i := range 900 {
			f := tags()
			f.Message = strings.Repeat("long 𝒳 ", 20)
			f.Location.Line = i + 1
			f.Fingerprint = check.Fingerprint(f.Rule, f.Location.File, f.Location.Element, strings.Repeat("x", i))
			findings = append(findings, f)
		}
		s := newWorkspace(t, integration.Inputs{"edition": edition})
		if _, err := s.deliver(t, integrationtest.Delivery("run-1", findings, nil)); err != nil {
			t.Fatal(err)
		}
		body := ""
		for _, e := range s.seen.Exchanges() {
			if path, _, _ := strings.Cut(e.URL, "?"); e.Method == http.MethodPost && strings.HasSuffix(path, "/defect/create") {
				body = string(e.Body)
			}
		}
		if n := message.UTF16(body); n < 32768*3/4 || !strings.Contains(body, " more") {
			t.Errorf("%s: %d characters were sent of 32768 that fit, or nothing says how many more there are", edition, n)
		}
		for _, o := range s.Objects() {
			if strings.Contains(o, "shortened") {
				t.Error(o)
			}
		}
	}
}
