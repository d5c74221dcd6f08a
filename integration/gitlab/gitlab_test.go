package gitlab_test

import (
	"net/http"
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
