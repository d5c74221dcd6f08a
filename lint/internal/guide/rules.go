// Package guide holds plumb's own rules over OpenAPI descriptions: what an
// API working group asks of every endpoint, beyond what the specification
// and spectral:oas demand.
package guide

import (
	"embed"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

// Testdata holds one archive of test cases for each rule, testdata/ID.txtar.
// The first ones are the examples on the rule's page.
//
//go:embed all:testdata
var Testdata embed.FS

// Rules returns the rules of the package, in the order in which they are
// documented.
func Rules() check.Set[*openapi.Document] {
	return check.Set[*openapi.Document]{}
}
