// Package oas holds the rules of Spectral's ruleset spectral:oas, each under
// the name that it has there. A rule finds what Spectral's rule finds, at the
// same path.
package oas

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

type (
	rule = check.Rule[*openapi.Document]
	pass = check.Pass[*openapi.Document]
)

// Rules returns the rules of the package, in the order in which they are
// documented.
func Rules() check.Set[*openapi.Document] {
	return check.Set[*openapi.Document]{}
}
