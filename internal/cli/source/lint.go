package source

import (
	"context"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/lint"
)

// Lint runs the rules of package lint over a document; what could not be read
// makes a report that says so.
func Lint(ctx context.Context, d *Document, policy check.Policy) (*check.Report, error) {
	switch {
	case d.OpenAPI != nil:
		return lint.Document(ctx, d.OpenAPI, policy)
	case d.GraphQL != nil:
		return lint.Schema(ctx, d.GraphQL, policy)
	}
	return Unread(policy, d)
}

// Problems are those of a document that is no description plumb knows: keys given
// twice, references that lead nowhere.
func Problems(d *Document, policy check.Policy) (*check.Report, error) {
	return lint.Problems(d.Other, policy)
}
