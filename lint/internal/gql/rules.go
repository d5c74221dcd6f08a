// Package gql holds the rules over GraphQL schemas.
package gql

import (
	"embed"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/graphql"
)

// Testdata holds one archive of test cases for each rule, testdata/ID.txtar.
// The first ones are the examples on the rule's page.
//
//go:embed all:testdata
var Testdata embed.FS

// Rules returns the rules of the package, in the order in which they are
// documented.
func Rules() check.Set[*graphql.Schema] {
	return check.Set[*graphql.Schema]{}
}
