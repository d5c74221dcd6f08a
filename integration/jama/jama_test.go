package jama_test

import (
	"testing"

	"github.com/plumbapi/plumb/integration"
	"github.com/plumbapi/plumb/integration/integrationtest"
	"github.com/plumbapi/plumb/integration/jama"
)

func TestTool(t *testing.T) {
	t.Parallel()
	integrationtest.Run(t, jama.New(), integrationtest.Options{
		Inputs: integration.Inputs{"password": ""},
	})
}

func TestSelfHosted(t *testing.T) {
	t.Parallel()
	integrationtest.Run(t, jama.New(), integrationtest.Options{
		Edition: "self-hosted",
		Inputs:  integration.Inputs{"edition": "self-hosted", "client_secret": ""},
	})
}
