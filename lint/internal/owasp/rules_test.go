package owasp_test

import (
	"slices"
	"testing"

	"github.com/plumbapi/plumb/check/checktest"
	"github.com/plumbapi/plumb/lint/internal/owasp"
	"github.com/plumbapi/plumb/openapi"
)

func TestRules(t *testing.T) {
	t.Parallel()
	checktest.Run(t, owasp.Rules(), "testdata", openapi.Parse)
}

// TestTags keeps the rules out of all rulesets but their own.
func TestTags(t *testing.T) {
	t.Parallel()
	for _, r := range owasp.Rules() {
		if !r.OptIn || !slices.Contains(r.Tags, owasp.Tag) {
			t.Errorf("rule %q: OptIn is %v and the tags are %q", r.ID, r.OptIn, r.Tags)
		}
	}
}
