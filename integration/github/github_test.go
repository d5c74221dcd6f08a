package github_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/integration"
	"github.com/plumbapi/plumb/integration/github"
	"github.com/plumbapi/plumb/integration/integrationtest"
	"github.com/plumbapi/plumb/integration/message"
)

func TestTool(t *testing.T) {
	t.Parallel()
	integrationtest.Run(t, github.New(), integrationtest.Options{})
}

// TestBatches shows that every finding becomes one annotation, however many
// requests that takes, and that a run that was broken off is gone on with.
func TestBatches(t *testing.T) {
	t.Parallel()
	for _, n := range []int{0, 1, 49, 50, 51, 120} {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			t.Parallel()
			tool := github.New()
			inputs := tool.Manifest().Examples()
			fake := tool.Fake(inputs)
			recorder := &integrationtest.Recorder{Next: integration.Local(fake)}
			for range 2 {
				c, _ := integrationtest.Client(tool, inputs, recorder)
				if _, err := tool.Deliver(t.Context(), c, integrationtest.Many("run-many", n)); err != nil {
					t.Fatal(err)
				}
			}
			if want, got := fmt.Sprintf("annotations %d", n), fake.Objects()[0]; !strings.HasSuffix(got, want) || len(fake.Objects()) != 1 {
				t.Errorf("objects %q; want one with %s", fake.Objects(), want)
			}
			writes := 0
			for _, e := range recorder.Exchanges() {
				if e.Method != http.MethodGet {
					writes++
				}
			}
			if diff := cmp.Diff(max((n+49)/50, 1)+1, writes); diff != "" {
				t.Errorf("requests that write (-want +got):\n%s", diff)
			}
		})
	}
}

func TestLimits(t *testing.T) {
	t.Parallel()
	inputs := github.New().Manifest().Examples()
	limits := github.New().Manifest().Limits
	request := func(output string) *integration.Request {
		return &integration.Request{
			Method: http.MethodPost, URL: inputs["url"] + "/repos/api/tracker/check-runs",
			Body:   []byte(`{"name":"plumb","head_sha":"` + strings.Repeat("a", 40) + `","output":{"title":"t",` + output + `}}`),
			Header: integrationtest.Header("Authorization", "Bearer "+inputs["token"], "X-GitHub-Api-Version", github.APIVersion),
		}
	}
	annotation := func(message, title string) string {
		return `{"path":"a.yaml","start_line":1,"end_line":1,"annotation_level":"notice","message":"` + message + `","title":"` + title + `"}`
	}
	integrationtest.Limits(t, github.New(), inputs, []integrationtest.Limit{
		{Name: "summary", Max: limits["summary"], Request: func(n int) *integration.Request {
			return request(`"summary":"` + integrationtest.Sized(n, message.Runes, true) + `"`)
		}},
		{Name: "annotations", Max: limits["annotations"], Request: func(n int) *integration.Request {
			return request(`"summary":"s","annotations":[` + strings.TrimSuffix(strings.Repeat(annotation("m", "t")+",", n), ",") + `]`)
		}},
		{Name: "message", Max: limits["annotation_message"], Request: func(n int) *integration.Request {
			return request(`"summary":"s","annotations":[` + annotation(integrationtest.Sized(n, message.Bytes, true), "t") + `]`)
		}},
		{Name: "title", Max: limits["annotation_title"], Request: func(n int) *integration.Request {
			return request(`"summary":"s","annotations":[` + annotation("m", integrationtest.Sized(n, message.Runes, true)) + `]`)
		}},
	})
}

// TestNothingToWriteTo shows that a delivery without a commit says so, and that
// wrong credentials are found out all the same.
func TestNothingToWriteTo(t *testing.T) {
	t.Parallel()
	tool := github.New()
	inputs := tool.Manifest().Examples()
	d := &integration.Delivery{ID: "run", Product: "tracker", Report: integrationtest.Story()[0].Report}
	c, _ := integrationtest.Client(tool, inputs, integration.Local(tool.Fake(inputs)))
	receipt, err := tool.Deliver(t.Context(), c, d)
	if err != nil || len(receipt.Actions) != 1 || !strings.HasPrefix(receipt.Actions[0].Object, "repository api/tracker: reached") {
		t.Errorf("receipt %+v, error %v", receipt, err)
	}
	c, _ = integrationtest.Client(tool, integration.Inputs{"url": inputs["url"], "repository": "api/tracker", "token": "wrong"}, integration.Local(tool.Fake(inputs)))
	if _, err := tool.Deliver(t.Context(), c, d); err == nil || !strings.Contains(err.Error(), "401 Unauthorized") {
		t.Errorf("error %v; want that the credentials are wrong", err)
	}
}
