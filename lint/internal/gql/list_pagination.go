package gql

import (
	"context"
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/graphql"
)

var listPagination = &rule{
	Meta: check.Meta{
		ID:      "graphql-list-pagination",
		Summary: "A list of objects must be paged.",
		Rationale: "A list that is short today is long in a year, and then it cannot be cut into pages without a change that " +
			"breaks clients. Return a connection, or take `first`, `last`, `limit` or the like. The lists inside of " +
			"connections, of results of mutations and of root fields that look things up by a list of keys are left " +
			"alone.",
		Severity: check.Info, Tags: []string{"graphql", "pagination", "plumb:gitlab", "plumb:owasp", "API4:2023"}, Since: "0.1.0", OptIn: true,
	},
	Check: checkListPagination,
}

func checkListPagination(_ context.Context, p *pass) error {
	results := map[*graphql.Type]bool{p.Subject.Mutation: true}
	for _, f := range payloads(p.Subject) {
		results[f.Type.Type()] = true
	}
	for _, f := range p.Subject.Fields {
		t := f.Type.Type()
		if !f.Type.IsList() || t == nil || !t.IsComposite() || isConnection(f.Parent()) || results[f.Parent()] ||
			strings.HasSuffix(f.Parent().Name, "Payload") || isRetired(f) || isBounded(f) {
			continue
		}
		reportf(p, f.TypeLocation(), "%s is an unpaged list, %q", called(f), f.Type)
	}
	return nil
}

// isBounded reports whether a field has an argument that limits how many
// items come back: a page size, or the list of keys that are looked up.
func isBounded(f *graphql.Field) bool {
	for _, a := range f.Args {
		switch a.Name {
		case "first", "last", "limit", "max", "maxResults", "pageSize", "perPage", "count", "take", "top", "size", "input", "page", "pagination":
			return true
		}
		if a.Type.IsList() && a.Required() {
			return true
		}
	}
	return false
}
