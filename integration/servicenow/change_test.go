package servicenow_test

import (
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/integration"
	"github.com/plumbapi/plumb/integration/integrationtest"
	"github.com/plumbapi/plumb/integration/message"
	"github.com/plumbapi/plumb/integration/servicenow"
)

// instance is a fake with what is delivered to it.
type instance struct {
	*servicenow.Fake
	inputs integration.Inputs
	seen   *integrationtest.Recorder
}

func newInstance(t *testing.T, changes integration.Inputs) *instance {
	t.Helper()
	inputs := servicenow.New().Manifest().Examples()
	for name, value := range changes {
		inputs[name] = value
	}
	fake := servicenow.NewFake(inputs)
	return &instance{fake, inputs, &integrationtest.Recorder{Next: integration.Local(fake)}}
}

func (s *instance) deliver(t *testing.T, d *integration.Delivery) ([]string, error) {
	t.Helper()
	c, _ := integrationtest.Client(servicenow.New(), s.inputs, s.seen)
	receipt, err := servicenow.New().Deliver(t.Context(), c, d)
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
		t.Errorf("changes (-want +got):\n%s", diff)
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

// Where the model lets a cancelled change begin anew, it does; in the base
// system a new one takes its place, once.
func TestComesBack(t *testing.T) {
	t.Parallel()
	again := newInstance(t, nil)
	again.want(t, one("run-1"), "created CHG0030001")
	again.want(t, none("run-2"), "closed CHG0030001")
	again.has(t, "normal change CHG0030001 cancelled: "+title+" (1 notes)")
	again.want(t, one("run-3"), "reopened CHG0030001")
	again.has(t, "normal change CHG0030001 open: "+title+" (2 notes)")

	for _, edition := range []string{"v2", "v1"} {
		base := newInstance(t, integration.Inputs{"edition": edition})
		base.Follow = servicenow.Follow()
		base.want(t, one("run-1"), "created CHG0030001")
		base.want(t, none("run-2"), "closed CHG0030001")
		base.want(t, one("run-3"), "reopened CHG0030002")
		base.want(t, one("run-3"), "unchanged CHG0030002")
		base.has(t, "normal change CHG0030001 cancelled: "+title+" (1 notes)", "normal change CHG0030002 open: "+title+" (1 notes)")
	}
}

// A change in review is closed, one that is under way is said to need a hand.
func TestCloses(t *testing.T) {
	t.Parallel()
	s := newInstance(t, nil)
	s.want(t, one("run-1"), "created CHG0030001")
	s.Move("CHG0030001", "0", "")
	s.want(t, none("run-2"), "closed CHG0030001")
	s.has(t, "normal change CHG0030001 closed: "+title+" (1 notes)")

	s = newInstance(t, nil)
	s.want(t, one("run-1"), "created CHG0030001")
	s.Follow = map[string][]string{"-1": {"0"}}
	s.Move("CHG0030001", "-1", "")
	_, err := s.deliver(t, none("run-2"))
	wantError(t, err, integration.Config, `CHG0030001 is mended, and in the state "Implement" can be neither closed nor canceled`)
}

func TestTypes(t *testing.T) {
	t.Parallel()
	s := newInstance(t, integration.Inputs{"type": "emergency"})
	s.want(t, one("run-1"), "created CHG0030001")
	s.has(t, "emergency change CHG0030001 open: "+title)

	const template = "0123456789abcdef0123456789abcdef"
	s = newInstance(t, integration.Inputs{"type": "standard", "template": template})
	s.want(t, one("run-1"), "created CHG0030001")
	s.want(t, one("run-1"), "unchanged CHG0030001")
	s.has(t, "standard change CHG0030001 open: "+title)

	for _, bad := range []string{"", "../../table/sys_user", strings.ToUpper(template)} {
		s = newInstance(t, integration.Inputs{"type": "standard", "template": bad})
		_, err := s.deliver(t, one("run-1"))
		wantError(t, err, integration.Config, "SERVICENOW_TEMPLATE")
	}
}

// Events get a change of their own, and it is over when they are.
func TestEvents(t *testing.T) {
	t.Parallel()
	s := newInstance(t, integration.Inputs{"rules": "api.*, lifecycle-*"})
	d := one("run-1")
	d.Events = []integration.Event{
		{Type: "api.breaking_change", Subject: "GET /issues", Text: "the response lost labels", Due: integrationtest.Start},
		{Type: "lifecycle.sunset", Subject: "Query.board", Text: "goes soon"},
		{Type: "report.completed"},
	}
	s.want(t, d, "created CHG0030001")
	s.has(t, "normal change CHG0030001 open: api.breaking_change: the response lost labels, due 22 Nov 2026 (GET /issues)")
	s.want(t, one("run-2"), "closed CHG0030001")
}

// No text of a description gets into a query, and what a careless instance
// returns beyond what was asked for is not touched.
func TestInjection(t *testing.T) {
	t.Parallel()
	s := newInstance(t, nil)
	s.want(t, one("run-1"), "created CHG0030001")
	hostile := integrationtest.Finding(check.Error, "x^ORactive=true", "a^NQb=c", "^EQ", 1)
	d := integrationtest.Delivery("run-2", []check.Finding{hostile}, nil)
	d.Product = "other^NQcorrelation_idSTARTSWITHplumb"
	s.want(t, d, "created CHG0030002")
	s.want(t, d, "unchanged CHG0030002")
	for _, e := range s.seen.Exchanges() {
		u, err := url.Parse(e.URL)
		if err != nil {
			t.Fatal(err)
		}
		query := u.Query().Get("sysparm_query")
		for part := range strings.SplitSeq(query, "^") {
			if query != "" && !strings.HasPrefix(part, "correlation_id") && !strings.HasPrefix(part, "ORDERBY") {
				t.Errorf("query %q has the condition %q", query, part)
			}
		}
	}
}

func TestAuthorization(t *testing.T) {
	t.Parallel()
	oauth := integration.Inputs{"user": "", "password": "", "client_id": "client", "client_secret": "the-secret-of-now"}
	s := newInstance(t, oauth)
	s.inputs["client_secret_next"] = "the-secret-that-follows"
	s.want(t, one("run-1"), "created CHG0030001")
	s.Rotate("the-secret-that-follows")
	s.want(t, one("run-1"), "unchanged CHG0030001")
	s.Rotate("another")
	_, err := s.deliver(t, one("run-1"))
	wantError(t, err, integration.Auth)

	s = newInstance(t, nil)
	s.inputs["password_next"] = "the-password-that-follows"
	s.Rotate("the-password-that-follows")
	s.want(t, one("run-1"), "created CHG0030001")

	s = newInstance(t, integration.Inputs{"user": "", "password": ""})
	_, err = s.deliver(t, one("run-1"))
	wantError(t, err, integration.Config, "there are no credentials", "SERVICENOW_USER")
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	s := newInstance(t, nil)
	s.Mandatory = []string{"reason"}
	_, err := s.deliver(t, one("run-1"))
	wantError(t, err, integration.Config, "Data Policy Exception", "let the data policy not apply")

	answer := func(status int, text string) integration.Sender {
		return integration.Local(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(status)
			_, _ = w.Write([]byte(text))
		}))
	}
	for _, test := range []struct {
		status int
		text   string
		kind   integration.Kind
		say    string
	}{
		{403, `{"error": {"message": "Operation Failed", "detail": "ACL Exception Insert Failed"}}`, integration.Auth, "role itil"},
		{404, `{"error": {"message": "Invalid table"}}`, integration.Config, "SERVICENOW_EDITION"},
		{401, `{"error": {"message": "User Not Authenticated"}}`, integration.Auth, "SERVICENOW_PASSWORD"},
		{200, `{"error": "hibernating"}`, integration.Remote, "no list of changes"},
	} {
		s.seen.Next = answer(test.status, test.text)
		_, err := s.deliver(t, one("run-1"))
		wantError(t, err, test.kind, test.say)
	}
}

func TestRateLimitAndStates(t *testing.T) {
	t.Parallel()
	s := newInstance(t, nil)
	s.Burst = 2
	s.want(t, integrationtest.Many("run-1", 3), "created CHG0030001", "created CHG0030002", "created CHG0030003")
	s.Move("CHG0030002", "4", "")
	c, _ := integrationtest.Client(servicenow.New(), s.inputs, s.seen)
	states, err := servicenow.New().States(t.Context(), c, integrationtest.Many("run-1", 3))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, state := range states {
		got = append(got, state.Object+" "+state.Status)
	}
	if diff := cmp.Diff([]string{"CHG0030001 New", "CHG0030002 Canceled", "CHG0030003 New"}, got); diff != "" {
		t.Errorf("States (-want +got):\n%s", diff)
	}
}

// A group of more findings than fit has as many as do, and says how many more
// there are.
func TestManyOfOneGroup(t *testing.T) {
	t.Parallel()
	for _, edition := range []string{"v2", "v1"} {
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
			if path, _, _ := strings.Cut(e.URL, "?"); e.Method == http.MethodPost && strings.HasSuffix(path, "/table/change_request") {
				body = string(e.Body)
			}
		}
		if n := message.UTF16(body); n < 4000*3/4 || !strings.Contains(body, " more") {
			t.Errorf("%s: %d characters were sent of 4000 that fit, or nothing says how many more there are", edition, n)
		}
		for _, o := range s.Objects() {
			if strings.Contains(o, "shortened") {
				t.Error(o)
			}
		}
	}
}
