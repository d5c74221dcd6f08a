package guide_test

import (
	"slices"
	"testing"

	"github.com/plumbapi/plumb/check/checktest"
	"github.com/plumbapi/plumb/lint/internal/guide"
	"github.com/plumbapi/plumb/openapi"
)

func TestRules(t *testing.T) {
	t.Parallel()
	checktest.Run(t, guide.Rules(), "testdata", openapi.Parse)
}

// TestTags keeps the tag of the recommended ruleset and OptIn in step.
func TestTags(t *testing.T) {
	t.Parallel()
	for _, r := range guide.Rules() {
		if slices.Contains(r.Tags, "plumb:recommended") == r.OptIn {
			t.Errorf("rule %q: OptIn is %v and the tags are %q", r.ID, r.OptIn, r.Tags)
		}
		if r.Tags[0] != "openapi" {
			t.Errorf("rule %q: the first tag is %q, not the surface", r.ID, r.Tags[0])
		}
	}
}
