package graphql

import "github.com/plumbapi/plumb/check"

// Field is a field of an object or an interface.
type Field struct {
	Node
	Args []*InputValue
	Type *TypeRef

	parent   *Type
	typeAt   span
	argIndex map[string]int32 // where the arguments are many
}

// Parent returns the type that has the field.
func (f *Field) Parent() *Type { return f.parent }

// Coordinate returns Type.field.
func (f *Field) Coordinate() string { return f.parent.Name + "." + f.Name }

// Location returns the place of the field's name.
func (f *Field) Location() check.Location { return f.src.location(f.name, f.Coordinate()) }

// Extent returns the place of the field's definition.
func (f *Field) Extent() check.Location { return f.src.location(f.extent, f.Coordinate()) }

// TypeLocation returns the place of the field's type.
func (f *Field) TypeLocation() check.Location { return f.src.location(f.typeAt, f.Coordinate()) }

// Arg returns the named argument, nil where the field has none.
func (f *Field) Arg(name string) *InputValue { return find(f.Args, f.argIndex, name) }

// InputValue is an argument of a field or a directive, or a field of an input
// object.
type InputValue struct {
	Node
	Type *TypeRef
	// Default is the default value; nil where there is none, and a value of
	// kind [NullValue] where it is null.
	Default *Value

	parent    Element
	typeAt    span
	defaultAt span
}

// Parent returns what has the value: a [*Field] or a [*DirectiveDefinition]
// for an argument, a [*Type] for an input field.
func (v *InputValue) Parent() Element { return v.parent }

// IsArgument reports whether the value is an argument, and not an input
// field.
func (v *InputValue) IsArgument() bool {
	_, field := v.parent.(*Type)
	return !field
}

// Required reports whether a query must give the value: its type is non-null
// and it has no default.
func (v *InputValue) Required() bool { return v.Type.NonNull && v.Default == nil }

// Coordinate returns Input.field, Type.field(argument:) or
// @directive(argument:).
func (v *InputValue) Coordinate() string {
	switch p := v.parent.(type) {
	case *Type:
		return p.Name + "." + v.Name
	default:
		return p.Coordinate() + "(" + v.Name + ":)"
	}
}

// Location returns the place of the name.
func (v *InputValue) Location() check.Location { return v.src.location(v.name, v.Coordinate()) }

// Extent returns the place of the definition.
func (v *InputValue) Extent() check.Location { return v.src.location(v.extent, v.Coordinate()) }

// TypeLocation returns the place of the type.
func (v *InputValue) TypeLocation() check.Location { return v.src.location(v.typeAt, v.Coordinate()) }

// DefaultLocation returns the place of the default value; that of the name
// where there is none.
func (v *InputValue) DefaultLocation() check.Location {
	if v.defaultAt == (span{}) {
		return v.Location()
	}
	return v.src.location(v.defaultAt, v.Coordinate())
}

// EnumValue is one value of an enum.
type EnumValue struct {
	Node

	parent *Type
}

// Parent returns the enum.
func (v *EnumValue) Parent() *Type { return v.parent }

// Coordinate returns Enum.VALUE.
func (v *EnumValue) Coordinate() string { return v.parent.Name + "." + v.Name }

// Location returns the place of the name.
func (v *EnumValue) Location() check.Location { return v.src.location(v.name, v.Coordinate()) }

// Extent returns the place of the definition.
func (v *EnumValue) Extent() check.Location { return v.src.location(v.extent, v.Coordinate()) }

// find returns the item of the name, through the index where there is one.
func find[T interface{ named() string }](items []T, index map[string]int32, name string) (found T) {
	if index != nil && len(items) > 0 { // it may be that of another list
		if i, ok := index[name]; ok {
			return items[i]
		}
		return found
	}
	for _, item := range items {
		if item.named() == name {
			return item
		}
	}
	return found
}
