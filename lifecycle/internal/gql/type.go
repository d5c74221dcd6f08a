package gql

import (
	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/graphql"
)

func (d *differ) types() {
	match(d.base.Types, d.revision.Types, func(t *graphql.Type) string { return t.Name }, func(old, new *graphql.Type) {
		switch {
		case new == nil:
			d.removed(TypeRemoved, check.Error, old, "%s %s was removed", noun(old), old.Name)
		case old == nil:
			d.added(TypeAdded, check.Info, new, "%s %s was added", noun(new), new.Name)
		default:
			d.typ(old, new)
		}
	})
}

func (d *differ) typ(old, new *graphql.Type) {
	if old.Kind != new.Kind {
		d.changed(TypeKindChanged, check.Error, new, old.Location(), new.Location(),
			"%s was %s and is now %s", new.Name, article(old), article(new))
	} else {
		d.interfaces(old, new)
		d.fields(old, new)
		d.members(old, new)
		d.values(old, new)
		d.inputFields(old, new)
		d.specified(old, new)
		if d.uses {
			d.directiveUses(usedOnType(new.Kind), old, new, new.Name)
		}
	}
	d.descriptions(TypeDescriptionAdded, TypeDescriptionRemoved, TypeDescriptionChanged, old, new)
}

func (d *differ) interfaces(old, new *graphql.Type) {
	match(old.Interfaces, new.Interfaces, referenceName, func(o, n *graphql.Reference) {
		switch {
		case n == nil:
			d.changed(ObjectTypeInterfaceRemoved, check.Error, new, o.Location(), new.Location(),
				"%s %s no longer implements %s", noun(new), new.Name, o.Name)
			d.keyed(o.Name)
		case o == nil:
			d.changed(ObjectTypeInterfaceAdded, check.Warning, new, old.Location(), n.Location(),
				"%s %s now implements %s", noun(new), new.Name, n.Name)
			d.keyed(n.Name)
		}
	})
}

func (d *differ) members(old, new *graphql.Type) {
	match(old.Members, new.Members, referenceName, func(o, n *graphql.Reference) {
		switch {
		case n == nil:
			d.changed(UnionMemberRemoved, check.Error, new, o.Location(), new.Location(),
				"%s is no longer a member of union %s", o.Name, new.Name)
			d.keyed(o.Name)
		case o == nil:
			d.changed(UnionMemberAdded, check.Warning, new, old.Location(), n.Location(),
				"%s is now a member of union %s", n.Name, new.Name)
			d.keyed(n.Name)
		}
	})
}

func referenceName(r *graphql.Reference) string { return r.Name }

func (d *differ) values(old, new *graphql.Type) {
	match(old.EnumValues, new.EnumValues, func(v *graphql.EnumValue) string { return v.Name }, func(o, n *graphql.EnumValue) {
		switch {
		case n == nil:
			d.removed(EnumValueRemoved, check.Error, o, "%svalue %s was removed%s",
				wasDeprecated(o), o.Coordinate(), forReason(o.Deprecated))
		case o == nil:
			d.added(EnumValueAdded, check.Warning, n, "value %s was added", n.Coordinate())
		default:
			d.value(o, n)
		}
	})
}

func (d *differ) value(old, new *graphql.EnumValue) {
	d.descriptions(EnumValueDescriptionChanged, EnumValueDescriptionChanged, EnumValueDescriptionChanged, old, new)
	d.deprecations(enumValueDeprecation, old, new)
	if d.uses {
		d.directiveUses(usedOnEnumValue, old, new, path(new))
	}
}

// specified compares what directives of the specification say of a type. The
// model has it, wherever the schema came from.
func (d *differ) specified(old, new *graphql.Type) {
	switch {
	case new.OneOf && !old.OneOf:
		d.note(usageAdded(usedOnInput), check.Error, new, new.Name+".oneOf", old.Location(), useOf(new, "oneOf"),
			"exactly one field of input %s must now be given (@oneOf)", new.Name)
		d.keyed("oneOf")
	case old.OneOf && !new.OneOf:
		d.note(usageRemoved(usedOnInput), check.Info, new, new.Name+".oneOf", useOf(old, "oneOf"), new.Location(),
			"any number of fields of input %s may now be given (no longer @oneOf)", new.Name)
		d.keyed("oneOf")
	}
	if old.SpecifiedBy == new.SpecifiedBy {
		return
	}
	base, revision := useOf(old, "specifiedBy"), useOf(new, "specifiedBy")
	switch at := new.Name + ".specifiedBy"; {
	case old.SpecifiedBy == "":
		d.note(usageAdded(usedOnScalar), check.Warning, new, at, base, revision,
			"scalar %s is now specified by %s", new.Name, quote(new.SpecifiedBy))
	case new.SpecifiedBy == "":
		d.note(usageRemoved(usedOnScalar), check.Warning, new, at, base, revision,
			"scalar %s is no longer specified by %s", new.Name, quote(old.SpecifiedBy))
	default:
		d.note(DirectiveUsageArgumentChanged, check.Warning, new, at+".url", base, revision,
			"the specification of scalar %s %s", new.Name, texts(old.SpecifiedBy, new.SpecifiedBy))
	}
	d.keyed("specifiedBy")
}

// descriptions compares the descriptions of an element.
func (d *differ) descriptions(added, removed, changed string, old, new graphql.Element) {
	o, n := old.Base(), new.Base()
	if o.Description == n.Description {
		return
	}
	id := changed
	switch {
	case !described(o):
		id = added
	case !described(n):
		id = removed
	}
	d.changed(id, check.Info, new, graphql.DescriptionLocation(old), graphql.DescriptionLocation(new),
		"the description of %s %s", coordinate(new), texts(o.Description, n.Description))
}

// described reports whether an element has a description, if an empty one.
func described(n *graphql.Node) bool {
	_, end := n.DescriptionSpan()
	return n.Description != "" || end > 0
}
