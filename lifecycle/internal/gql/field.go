package gql

import (
	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/graphql"
)

func (d *differ) fields(old, new *graphql.Type) {
	match(old.Fields, new.Fields, func(f *graphql.Field) string { return f.Name }, func(o, n *graphql.Field) {
		switch {
		case n == nil:
			d.removed(FieldRemoved, check.Error, o, "%sfield %s was removed%s", wasDeprecated(o), o.Coordinate(), forReason(o.Deprecated))
		case o == nil:
			d.added(FieldAdded, check.Info, n, "field %s was added, of type %s", n.Coordinate(), n.Type)
		default:
			d.field(o, n)
		}
	})
}

func (d *differ) field(old, new *graphql.Field) {
	d.descriptions(FieldDescriptionAdded, FieldDescriptionRemoved, FieldDescriptionChanged, old, new)
	d.deprecations(fieldDeprecation, old, new)
	if old.Type.String() != new.Type.String() {
		d.changed(FieldTypeChanged, unless(safeOutput(old.Type, new.Type)), new, old.TypeLocation(), new.TypeLocation(),
			"the type of %s changed from %s to %s", new.Coordinate(), old.Type, new.Type)
	}
	match(old.Args, new.Args, inputName, func(o, n *graphql.InputValue) {
		switch {
		case n == nil:
			d.removed(FieldArgumentRemoved, check.Error, o, "%sargument %s was removed%s",
				wasDeprecated(o), o.Coordinate(), forReason(o.Deprecated))
		case o == nil:
			level, must := check.Warning, "optional"
			if n.Required() {
				level, must = check.Error, "required"
			}
			d.added(FieldArgumentAdded, level, n, "%s argument %s was added, of type %s", must, n.Coordinate(), withDefault(n))
		default:
			d.input(argumentSite, o, n)
		}
	})
	if d.uses {
		d.directiveUses(usedOnField, old, new, path(new))
	}
}

func (d *differ) inputFields(old, new *graphql.Type) {
	match(old.InputFields, new.InputFields, inputName, func(o, n *graphql.InputValue) {
		switch {
		case n == nil:
			d.removed(InputFieldRemoved, check.Error, o, "%sinput field %s was removed%s", wasDeprecated(o), o.Coordinate(), forReason(o.Deprecated))
		case o == nil:
			level, must := check.Warning, "optional"
			if n.Required() {
				level, must = check.Error, "required"
			}
			d.added(InputFieldAdded, level, n, "%s input field %s was added, of type %s", must, n.Coordinate(), withDefault(n))
		default:
			d.input(inputFieldSite, o, n)
		}
	})
}

func inputName(v *graphql.InputValue) string { return v.Name }

// inputSite is what the changes of a kind of input value are called.
type inputSite struct {
	descriptionAdded, descriptionRemoved, descriptionChanged string
	defaultChanged, typeChanged                              string
	deprecation                                              deprecation
	used                                                     site
}

// input compares an argument or an input field.
func (d *differ) input(s inputSite, old, new *graphql.InputValue) {
	d.descriptions(s.descriptionAdded, s.descriptionRemoved, s.descriptionChanged, old, new)
	d.deprecations(s.deprecation, old, new)
	if !sameDefault(old.Type, old.Default, new.Type, new.Default) {
		d.changed(s.defaultChanged, check.Warning, new, old.DefaultLocation(), new.DefaultLocation(),
			"the default of %s %s", new.Coordinate(), values(old.Default, new.Default))
	}
	if old.Type.String() != new.Type.String() {
		d.changed(s.typeChanged, unless(safeInput(old.Type, new.Type)), new, old.TypeLocation(), new.TypeLocation(),
			"the type of %s changed from %s to %s", new.Coordinate(), old.Type, new.Type)
	}
	if d.uses {
		d.directiveUses(s.used, old, new, path(new))
	}
}

// unless is the level of a change that breaks unless it is safe.
func unless(safe bool) check.Severity {
	if safe {
		return check.Info
	}
	return check.Error
}
