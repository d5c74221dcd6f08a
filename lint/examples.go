package lint

import (
	"embed"
	"io/fs"

	"github.com/plumbapi/plumb/check/checktest/cases"
	"github.com/plumbapi/plumb/lint/internal/gql"
	"github.com/plumbapi/plumb/lint/internal/guide"
	"github.com/plumbapi/plumb/lint/internal/oas"
	"github.com/plumbapi/plumb/lint/internal/owasp"
)

// problemCases are the test cases of the rules about the problems of reading.
//
//go:embed testdata/openapi testdata/graphql
var problemCases embed.FS

// Example shows what a rule refuses and what it lets pass. It is made of the
// rule's own test cases.
type Example = cases.Example

// Examples returns the first bad and the first good test case of the rule,
// and whether the rule has any. Rules about what cannot be read at all and
// about the policy have none.
func Examples(ruleID string) (Example, bool) {
	places := []struct {
		fsys   fs.FS
		folder string
	}{
		{oas.Testdata, "testdata"}, {guide.Testdata, "testdata"}, {owasp.Testdata, "testdata"}, {gql.Testdata, "testdata"},
		{problemCases, "testdata/openapi"}, {problemCases, "testdata/graphql"},
	}
	for _, place := range places {
		if e, ok := cases.ReadExample(place.fsys, place.folder, ruleID); ok {
			return e, true
		}
	}
	return Example{}, false
}
