package lint_test

import (
	"testing"

	"github.com/plumbapi/plumb/lint"
)

// TestCharacterizedRulesExist shows that nothing is said of a rule that is not
// there: what was meant for it would be said of no rule.
func TestCharacterizedRulesExist(t *testing.T) {
	t.Parallel()
	known := map[string]bool{}
	for _, r := range lint.OpenAPI() {
		known[r.ID] = true
	}
	for _, id := range lint.Characterized() {
		if !known[id] {
			t.Errorf("something is said of %q, which is no rule", id)
		}
	}
}
