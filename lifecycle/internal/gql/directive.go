package gql

import (
	"slices"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/graphql"
)

// directives compares the definitions of directives. Those of the
// specification are the same for all, whether a schema spells them out or not.
func (d *differ) directives() {
	name := func(d *graphql.DirectiveDefinition) string { return d.Name }
	match(d.base.Directives, d.revision.Directives, name, func(old, new *graphql.DirectiveDefinition) {
		switch {
		case new == nil:
			d.removed(DirectiveRemoved, check.Error, old, "directive @%s was removed", old.Name)
		case old == nil:
			d.added(DirectiveAdded, check.Info, new, "directive @%s was added", new.Name)
		default:
			d.directive(old, new)
		}
	})
}

func (d *differ) directive(old, new *graphql.DirectiveDefinition) {
	d.descriptions(DirectiveDescriptionChanged, DirectiveDescriptionChanged, DirectiveDescriptionChanged, old, new)
	base, revision := old.Location(), new.Location()
	switch {
	case new.Repeatable && !old.Repeatable:
		d.changed(DirectiveRepeatableAdded, check.Info, new, base, revision, "directive @%s may now be repeated", new.Name)
	case old.Repeatable && !new.Repeatable:
		d.changed(DirectiveRepeatableRemoved, check.Warning, new, base, revision, "directive @%s may no longer be repeated", new.Name)
	}
	for i, l := range new.Locations {
		if !old.On(l) && !slices.Contains(new.Locations[:i], l) {
			d.changed(DirectiveLocationAdded, check.Info, new, base, revision, "directive @%s may now be used on %s", new.Name, l)
			d.keyed(l)
		}
	}
	for i, l := range old.Locations {
		if !new.On(l) && !slices.Contains(old.Locations[:i], l) {
			d.changed(DirectiveLocationRemoved, check.Error, new, base, revision, "directive @%s may no longer be used on %s", new.Name, l)
			d.keyed(l)
		}
	}
	match(old.Args, new.Args, inputName, func(o, n *graphql.InputValue) {
		switch {
		case n == nil:
			d.removed(DirectiveArgumentRemoved, check.Error, o, "%sargument %s was removed%s",
				wasDeprecated(o), o.Coordinate(), forReason(o.Deprecated))
		case o == nil:
			level, must := check.Info, "optional"
			if n.Required() {
				level, must = check.Error, "required"
			}
			d.note(DirectiveArgumentAdded, level, n, new.Coordinate(), check.Location{}, n.Location(),
				"%s argument %s was added, of type %s", must, n.Coordinate(), withDefault(n))
		default:
			d.input(directiveArgumentSite, o, n)
		}
	})
}
