package gql

import (
	"context"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/graphql"
)

var idType = &rule{
	Meta: check.Meta{
		ID:      "graphql-id-type",
		Summary: "What is called id must be of type ID.",
		Rationale: "Caches know a thing by its `ID`, which is sent as a string whatever it is inside. An `Int` ends at " +
			"2,147,483,647, and a client that has learnt to count with it breaks when the form of the key changes. " +
			"Scalars of your own that are made for identifiers, such as `ProjectID` or `UUID`, are as good.",
		Severity: check.Warning, Tags: []string{"graphql", "ids", "plumb:recommended", "plumb:gitlab"}, Since: "0.1.0",
	},
	Check: checkIdType,
}

func checkIdType(_ context.Context, p *pass) error {
	eachValue(p.Subject, func(e value, r *graphql.TypeRef) {
		name := e.Base().Name
		if (name == "id" && !r.IsList() || name == "ids" && r.IsList()) && !isIDType(r) && !isRetired(e) {
			reportf(p, e.TypeLocation(), "%s is %q, not ID", called(e), r)
		}
	})
	return nil
}

// isIDType reports whether a type is ID, or looks to be a scalar for
// identifiers. Types that are no scalars of the specification pass.
func isIDType(r *graphql.TypeRef) bool {
	switch r.Name {
	case "Int", "Float", "String", "Boolean", "BigInt", "Long", "Int64":
		return false
	}
	return true
}

// value is an element that has a type: a field, an argument or an input field.
type value interface {
	graphql.Element
	TypeLocation() check.Location
}

// eachValue calls visit for each field, argument and input field.
func eachValue(s *graphql.Schema, visit func(e value, r *graphql.TypeRef)) {
	for _, f := range s.Fields {
		visit(f, f.Type)
	}
	for _, values := range [][]*graphql.InputValue{s.Arguments, s.InputFields} {
		for _, v := range values {
			visit(v, v.Type)
		}
	}
}
