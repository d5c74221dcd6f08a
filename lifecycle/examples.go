package lifecycle

import (
	"embed"

	"github.com/plumbapi/plumb/check/checktest/cases"
)

// ruleCases are the test cases of the rules.
//
//go:embed testdata/rules
var ruleCases embed.FS

// Examples returns the first bad and the first good test case of the rule and
// whether the rule has any.
func Examples(ruleID string) (cases.Example, bool) {
	return cases.ReadExample(ruleCases, "testdata/rules", ruleID)
}
