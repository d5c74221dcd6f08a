package servicenow_test

import (
	"testing"

	"github.com/plumbapi/plumb/integration"
	"github.com/plumbapi/plumb/integration/integrationtest"
	"github.com/plumbapi/plumb/integration/servicenow"
)

func TestTool(t *testing.T) {
	t.Parallel()
	integrationtest.Run(t, servicenow.New(), integrationtest.Options{})
}

func TestOlderVersion(t *testing.T) {
	t.Parallel()
	integrationtest.Run(t, servicenow.New(), integrationtest.Options{
		Edition: "v1",
		Inputs:  integration.Inputs{"edition": "v1", "user": "", "password": "", "client_id": "example-client", "client_secret": "example-secret-4711"},
	})
}
