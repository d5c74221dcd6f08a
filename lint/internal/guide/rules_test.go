package guide_test

import (
	"testing"

	"github.com/plumbapi/plumb/check/checktest"
	"github.com/plumbapi/plumb/lint/internal/guide"
	"github.com/plumbapi/plumb/openapi"
)

func TestRules(t *testing.T) {
	t.Parallel()
	checktest.Run(t, guide.Rules(), "testdata", openapi.Parse)
}
