package gql

import (
	"fmt"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/graphql"
)

// reportUnsorted reports the first element whose name belongs before that of
// the one in front of it. Names are compared byte by byte, so that capitals
// come before small letters.
func reportUnsorted[E graphql.Element](p *pass, elements []E) {
	for i := 1; i < len(elements); i++ {
		before, e := elements[i-1], elements[i]
		if e.Base().Name < before.Base().Name {
			p.Report(check.Finding{
				Location: place(p.Subject, e.Location()), Message: fmt.Sprintf("%s stands after %q", called(e), before.Base().Name), Fix: sorted(elements),
				Related: []check.Related{{Message: "the one before it", Location: place(p.Subject, before.Location())}},
			})
			return
		}
	}
}
