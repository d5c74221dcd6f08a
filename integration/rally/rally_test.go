package rally_test

import (
	"testing"

	"github.com/plumbapi/plumb/integration"
	"github.com/plumbapi/plumb/integration/integrationtest"
	"github.com/plumbapi/plumb/integration/rally"
)

func TestTool(t *testing.T) {
	t.Parallel()
	integrationtest.Run(t, rally.New(), integrationtest.Options{
		Inputs: integration.Inputs{"password": ""},
	})
}

func TestOnPremises(t *testing.T) {
	t.Parallel()
	integrationtest.Run(t, rally.New(), integrationtest.Options{
		Edition: "on-premises",
		Inputs:  integration.Inputs{"edition": "on-premises", "key": ""},
	})
}
