package match

import (
	"regexp"

	"github.com/plumbapi/plumb/parity/internal/gql"
)

var identifier = regexp.MustCompile(`[A-Za-z_][A-Za-z0-9_]*`)

// successor returns the field that the reason of a deprecation names, of the
// same type and as many things; nil where there is none.
func successor(f *gql.Field) *gql.Field {
	if !f.Deprecated || f.Source.Deprecated == nil {
		return nil
	}
	const enough = 64 // words of a reason
	for _, name := range identifier.FindAllString(f.Source.Deprecated.Reason, enough) {
		if to := f.Parent.Field(name); to != nil && to != f && !to.Deprecated && to.List == f.List {
			return to
		}
	}
	return nil
}
