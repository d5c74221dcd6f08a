package jenkins_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/integration"
	"github.com/plumbapi/plumb/integration/integrationtest"
	"github.com/plumbapi/plumb/integration/jenkins"
)

func inputs() integration.Inputs {
	return integration.Inputs{"url": "https://jenkins.example.com/ci", "job": "team/api report", "user": "plumb", "token": "example-api-token", "wait": "30", "edition": "2.96+"}
}

// deliver makes a delivery and returns what was done.
func deliver(t *testing.T, in integration.Inputs, sender integration.Sender, d *integration.Delivery) (string, error) {
	t.Helper()
	c, _ := integrationtest.Client(jenkins.New(), in, sender)
	receipt, err := jenkins.New().Deliver(t.Context(), c, d)
	var done []string
	for _, a := range receipt.Actions {
		done = append(done, strings.TrimSpace(a.Verb+" "+a.Object+" "+a.URL))
	}
	return strings.Join(done, ", "), err
}

// instead answers some requests, by the end of their path, in the place of the
// fake: with a body, or with a status where the body is a number.
type instead struct {
	next    integration.Sender
	answers map[string]string
	status  int
}

func (i instead) Do(r *http.Request) (*http.Response, error) {
	for end, body := range i.answers {
		if strings.HasSuffix(r.URL.Path, end) {
			return &http.Response{StatusCode: i.status, Header: http.Header{}, Body: io.NopCloser(bytes.NewReader([]byte(body)))}, nil
		}
	}
	return i.next.Do(r)
}

func TestBuildIsStartedOnce(t *testing.T) {
	t.Parallel()
	fake := jenkins.New().Fake(inputs())
	d := integrationtest.Story()[0].Delivery
	var got []string
	for range 2 {
		done, err := deliver(t, inputs(), integration.Local(fake), d)
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, done)
	}
	const address = "https://jenkins.example.com/ci/job/team/job/api report/1/"
	if diff := cmp.Diff([]string{"triggered build 1 " + address, "unchanged build 1 " + address}, got); diff != "" {
		t.Errorf("done (-want +got):\n%s", diff)
	}
}

func TestBuildInTheQueueIsFound(t *testing.T) {
	t.Parallel()
	in := inputs()
	in["wait"] = "0"
	fake := jenkins.New().Fake(in)
	d := integrationtest.Story()[0].Delivery
	for _, want := range []string{"triggered queue item 1", "unchanged queue item 1"} {
		if done, err := deliver(t, in, integration.Local(fake), d); err != nil || done != want {
			t.Errorf("%s, %v; want %s", done, err, want)
		}
	}
}

func TestWaitEnds(t *testing.T) {
	t.Parallel()
	fake := jenkins.New().Fake(inputs())
	sender := instead{integration.Local(fake), map[string]string{"/queue/item/1/api/json": `{"why":"there is no executor"}`}, 200}
	if done, err := deliver(t, inputs(), sender, integrationtest.Story()[0].Delivery); err != nil || done != "triggered queue item 1" {
		t.Errorf("a build that waits for long: %s, %v", done, err)
	}
	sender.answers["/queue/item/2/api/json"] = `{"cancelled":true}`
	done, err := deliver(t, inputs(), sender, integrationtest.Story()[1].Delivery)
	var e *integration.Error
	if !errors.As(err, &e) || e.Kind != integration.Config || done != "triggered queue item 2" {
		t.Errorf("a build that was cancelled: %s, %v", done, err)
	}
}

func TestWithoutProtectionThereIsNoCrumb(t *testing.T) {
	t.Parallel()
	in := inputs()
	fake := jenkins.New().Fake(inputs()) // takes a token without a crumb
	in["edition"] = "2.0"
	sender := instead{integration.Local(fake), map[string]string{"/crumbIssuer/api/json": "Not Found"}, 404}
	if done, err := deliver(t, in, sender, integrationtest.Story()[0].Delivery); err != nil || !strings.HasPrefix(done, "triggered build 1") {
		t.Errorf("%s, %v", done, err)
	}
}

func TestTokenChanges(t *testing.T) {
	t.Parallel()
	in, accepted := inputs(), inputs()
	in["token_next"] = "example-token-that-follows"
	accepted["token"] = in["token_next"]
	fake := jenkins.New().Fake(accepted)
	if _, err := deliver(t, in, integration.Local(fake), integrationtest.Story()[0].Delivery); err != nil || len(fake.Objects()) != 1 {
		t.Errorf("%v, %q", err, fake.Objects())
	}
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	strange, password := inputs(), inputs()
	strange["job"] = "team/../x"
	password["edition"] = "2.0"
	const about = "/job/api report/api/json"
	tests := []struct {
		name    string
		in      integration.Inputs
		status  int
		answers map[string]string
		kind    integration.Kind
		want    string
	}{
		{"a strange job", strange, 0, nil, integration.Config, "is no job"},
		{"a crumb is wanted", inputs(), 403, map[string]string{"/buildWithParameters": "No valid crumb was included in the request"}, integration.Auth, "set JENKINS_EDITION to 2.0"},
		{"no permission", inputs(), 403, map[string]string{"/buildWithParameters": "plumb is missing the Job/Build permission"}, integration.Auth, "Job/Build"},
		{"no job", inputs(), 404, map[string]string{about: "Not Found"}, integration.Config, "hides a job"},
		{"disabled", inputs(), 409, map[string]string{"/buildWithParameters": "api report is not buildable"}, integration.Config, "enable the job"},
		{"no parameter", inputs(), 200, map[string]string{about: `{"property":[null,{}],"builds":[]}`}, integration.Config, "does not define the parameter PLUMB_RUN_ID; add the string parameter"},
		{"not parameterized", inputs(), 400, map[string]string{"/buildWithParameters": "the job is not parameterized"}, integration.Config, "add the string parameter"},
		{"nowhere", inputs(), 201, map[string]string{"/buildWithParameters": ""}, integration.Remote, "leads to no item of the queue"},
		{"no crumb", password, 200, map[string]string{"/crumbIssuer/api/json": `{"crumb":"a\r\nb","crumbRequestField":"X"}`}, integration.Remote, "it has no crumb"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			fake := jenkins.New().Fake(tt.in)
			done, err := deliver(t, tt.in, instead{integration.Local(fake), tt.answers, tt.status}, integrationtest.Story()[0].Delivery)
			var e *integration.Error
			if !errors.As(err, &e) || e.Kind != tt.kind || !strings.Contains(err.Error(), tt.want) || done != "" {
				t.Errorf("Deliver = %q, %v; want %s, %q", done, err, tt.kind, tt.want)
			}
		})
	}
}

func TestOnlyWhatIsDefinedIsSent(t *testing.T) {
	t.Parallel()
	form := jenkins.Form(integrationtest.Story()[1].Delivery, map[string]bool{"PLUMB_RUN_ID": true, "PLUMB_SUMMARY": true, "PLUMB_NEW": true, "OTHER": true})
	want := url.Values{"PLUMB_RUN_ID": {"run-2"}, "PLUMB_SUMMARY": {"tracker failed: 2 errors; 1 new, 1 mended"}, "PLUMB_NEW": {"1"}}
	if diff := cmp.Diff(want, form); diff != "" {
		t.Errorf("form (-want +got):\n%s", diff)
	}
}

// suites is what is read of JUnit XML.
type suites struct {
	Failures int `xml:"failures,attr"`
	Suites   []struct {
		Cases []struct {
			Failure string `xml:"failure"`
		} `xml:"testcase"`
	} `xml:"testsuite"`
}

func TestFilesAtTheLimit(t *testing.T) {
	t.Parallel()
	all := map[string]bool{}
	for _, name := range jenkins.Parameters() {
		all[name] = true
	}
	for _, n := range []int{0, 1, 100, 500, 5000} {
		d := integrationtest.Many("run", n)
		d.FailOn = check.Warning
		form := jenkins.Form(d, all)
		if size := len(form.Encode()); size > 200_000 || n == 5000 && size < 190_000 {
			t.Errorf("%d findings: the form has %d bytes", n, size)
		}
		var read suites
		if err := xml.Unmarshal([]byte(form.Get("PLUMB_JUNIT")), &read); err != nil {
			t.Fatalf("%d findings: %v", n, err)
		}
		text := form.Get("PLUMB_JUNIT")
		shown := strings.Count(text, "operation has no tags")
		if more := strings.Contains(text, "more finding"); more != (shown < n) {
			t.Errorf("%d findings: %d are in the file, and that there are more is said: %t", n, shown, more)
		}
		if (read.Failures > 0) != (n > 0) {
			t.Errorf("%d findings: %d failures", n, read.Failures)
		}
		if !strings.Contains(form.Get("PLUMB_SARIF"), `"version": "2.1.0"`) && !strings.Contains(form.Get("PLUMB_SARIF"), `"version":"2.1.0"`) {
			t.Errorf("%d findings: the other file is no SARIF: %.80q", n, form.Get("PLUMB_SARIF"))
		}
	}
}

func TestParameters(t *testing.T) {
	t.Parallel()
	names := jenkins.Parameters()
	if len(names) != 12 || names[0] != "PLUMB_RUN_ID" || len(slices.Compact(slices.Sorted(slices.Values(names)))) != 12 {
		t.Errorf("Parameters = %q", names)
	}
}
