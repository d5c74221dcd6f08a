package gitlab_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/plumbapi/plumb/integration"
	"github.com/plumbapi/plumb/integration/gitlab"
	"github.com/plumbapi/plumb/integration/integrationtest"
	"github.com/plumbapi/plumb/integration/message"
)

func TestTool(t *testing.T) {
	t.Parallel()
	integrationtest.Run(t, gitlab.New(), integrationtest.Options{
		Inputs:    integration.Inputs{"issues": "true"},
		Forbidden: []string{"\n/close", "\n/assign"},
	})
}

func TestLimits(t *testing.T) {
	t.Parallel()
	inputs := gitlab.New().Manifest().Examples()
	limits := gitlab.New().Manifest().Limits
	request := func(method, path, body string) *integration.Request {
		return &integration.Request{
			Method: method, URL: inputs["url"] + "/api/v4/projects/api%2Ftracker" + path, Body: []byte(body),
			Header: integrationtest.Header("Private-Token", inputs["token"], "Content-Type", "application/json"),
		}
	}
	field := func(path, before, after string) func(int) *integration.Request {
		return func(n int) *integration.Request {
			return request(http.MethodPost, path, before+integrationtest.Sized(n, message.Runes, true)+after)
		}
	}
	integrationtest.Limits(t, gitlab.New(), inputs, []integrationtest.Limit{
		{Name: "note", Max: limits["note"], Request: field("/merge_requests/12/notes", `{"body":"`, `"}`)},
		{Name: "status", Max: limits["status_description"], Request: field("/statuses/4be1d0c", `{"state":"success","name":"plumb","description":"`, `"}`)},
		{Name: "title", Max: limits["issue_title"], Request: field("/issues", `{"title":"`, `"}`)},
		{Name: "description", Max: limits["issue_description"], Request: field("/issues", `{"title":"a","description":"`, `"}`)},
	})
}

// TestNothingToWriteTo shows that a delivery without a commit says so, and that
// wrong credentials are found out all the same.
func TestNothingToWriteTo(t *testing.T) {
	t.Parallel()
	tool := gitlab.New()
	inputs := tool.Manifest().Examples()
	d := &integration.Delivery{ID: "run", Product: "tracker", Report: integrationtest.Story()[0].Report}
	c, _ := integrationtest.Client(tool, inputs, integration.Local(tool.Fake(inputs)))
	receipt, err := tool.Deliver(t.Context(), c, d)
	if err != nil || len(receipt.Actions) != 1 || !strings.HasPrefix(receipt.Actions[0].Object, "project api/tracker: reached") {
		t.Errorf("receipt %+v, error %v", receipt, err)
	}
	c, _ = integrationtest.Client(tool, integration.Inputs{"url": inputs["url"], "project": "api/tracker", "token": "wrong"}, integration.Local(tool.Fake(inputs)))
	if _, err := tool.Deliver(t.Context(), c, d); err == nil || !strings.Contains(err.Error(), "401 Unauthorized") {
		t.Errorf("error %v; want that the credentials are wrong", err)
	}
}
