package jira_test

import (
	"testing"

	"github.com/plumbapi/plumb/integration"
	"github.com/plumbapi/plumb/integration/integrationtest"
	"github.com/plumbapi/plumb/integration/jira"
)

func TestTool(t *testing.T) {
	t.Parallel()
	integrationtest.Run(t, jira.New(), integrationtest.Options{
		Inputs: integration.Inputs{"webhook_secret": ""},
	})
}

func TestDataCenter(t *testing.T) {
	t.Parallel()
	integrationtest.Run(t, jira.New(), integrationtest.Options{
		Edition: "data-center",
		Inputs:  integration.Inputs{"edition": "data-center", "user": "", "webhook_secret": ""},
	})
}
