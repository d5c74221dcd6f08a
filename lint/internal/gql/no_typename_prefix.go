package gql

import (
	"context"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/graphql"
)

var noTypenamePrefix = &rule{
	Meta: check.Meta{
		ID:      "graphql-no-typename-prefix",
		Summary: "The name of a field must not begin with the name of its type.",
		Rationale: "A field is always read beside its type: `issue.issueTitle` says issue twice. The shorter name is as " +
			"clear, and alike in all types that have it. Fields of root types, deprecated fields and those that an " +
			"interface prescribes are left alone.",
		Severity: check.Info, Tags: []string{"graphql", "naming", "plumb:recommended"}, Since: "0.1.0",
		Aliases: []string{"no-typename-prefix"},
	},
	Check: checkNoTypenamePrefix,
}

func checkNoTypenamePrefix(_ context.Context, p *pass) error {
	for _, f := range p.Subject.Fields {
		t := f.Parent()
		if t.IsRoot() {
			continue
		}
		if _, ok := cutWord(f.Name, t.Name); ok && !isPrescribed(f) && !isRetired(f) {
			reportf(p, f.Location(), "%s begins with the name of its type, %q", called(f), t.Name)
		}
	}
	return nil
}

// isPrescribed reports whether an interface of the field's type has the
// field too, so that its name cannot be chosen here.
func isPrescribed(f *graphql.Field) bool {
	for _, r := range f.Parent().Interfaces {
		if i := r.Type(); i != nil && i.Field(f.Name) != nil {
			return true
		}
	}
	return false
}
