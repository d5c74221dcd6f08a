package gql

import (
	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/graphql"
)

// schema compares what the schemas say of themselves.
func (d *differ) schema() {
	old, new := definition(d.base), definition(d.revision)
	if d.base.Description != d.revision.Description {
		d.changed(SchemaDescriptionChanged, check.Info, new,
			graphql.DescriptionLocation(old), graphql.DescriptionLocation(new),
			"the description of the schema %s", texts(d.base.Description, d.revision.Description))
	}
	d.root(SchemaQueryTypeChanged, "query", "Query", d.base.Query, d.revision.Query)
	d.root(SchemaMutationTypeChanged, "mutation", "Mutation", d.base.Mutation, d.revision.Mutation)
	d.root(SchemaSubscriptionTypeChanged, "subscription", "Subscription", d.base.Subscription, d.revision.Subscription)
	if d.uses {
		d.directiveUses(usedOnSchema, old, new, rootName(d.revision.Query))
	}
}

func definition(s *graphql.Schema) *graphql.SchemaDefinition {
	if s.Definition != nil {
		return s.Definition
	}
	return &graphql.SchemaDefinition{}
}

// root compares a root type. One that came or went with its type, under the
// name that it has by default, is told by the type alone.
func (d *differ) root(id, operation, byDefault string, old, new *graphql.Type) {
	oldName, newName := rootName(old), rootName(new)
	if oldName == newName {
		return
	}
	if (old == nil || new == nil) && or(oldName, newName) == byDefault &&
		(d.base.Type(byDefault) == nil || d.revision.Type(byDefault) == nil) {
		return
	}
	base, revision := rootPlace(d.base, operation, old), rootPlace(d.revision, operation, new)
	def := definition(d.revision)
	switch {
	case old == nil:
		d.changed(id, check.Info, def, base, revision, "the %s type is now %s; there was none", operation, newName)
	case new == nil:
		d.changed(id, check.Error, def, base, revision, "the %s type %s is no longer one; there is none", operation, oldName)
	default:
		d.changed(id, check.Error, def, base, revision, "the %s type changed from %s to %s", operation, oldName, newName)
	}
}

func rootName(t *graphql.Type) string {
	if t == nil {
		return ""
	}
	return t.Name
}

// rootPlace returns where the schema says which type is the root: in its
// definition, else at the type. Where it has none it is the definition.
func rootPlace(s *graphql.Schema, operation string, t *graphql.Type) check.Location {
	if s.Definition != nil {
		for _, op := range s.Definition.Operations {
			if op.Operation == operation {
				return op.Type.Location()
			}
		}
	}
	if t != nil {
		return t.Location()
	}
	if s.Definition != nil {
		return s.Definition.Location()
	}
	return check.Location{}
}

func or(a, b string) string {
	if a != "" {
		return a
	}
	return b
}
