package graphql

import "github.com/plumbapi/plumb/check"

// Kind is the kind of a type.
type Kind uint8

// The kinds of types. The zero Kind is none of them.
const (
	Scalar Kind = iota + 1
	Object
	Interface
	Union
	Enum
	InputObject
)

var kindNames = [...]string{"", "SCALAR", "OBJECT", "INTERFACE", "UNION", "ENUM", "INPUT_OBJECT"}

// String returns the name that introspection gives to the kind, such as
// "INPUT_OBJECT".
func (k Kind) String() string {
	if int(k) < len(kindNames) {
		return kindNames[k]
	}
	return ""
}

var kindKeywords = [...]string{"", "scalar", "type", "interface", "union", "enum", "input"}

// Keyword returns the word that defines a type of the kind in SDL, such as
// "input".
func (k Kind) Keyword() string {
	if int(k) < len(kindKeywords) {
		return kindKeywords[k]
	}
	return ""
}

// Type is a named type, its extensions merged into it. Which lists it has
// depends on its kind; the others are empty.
type Type struct {
	Node
	Kind Kind
	// BuiltIn marks the five scalars of the specification and the types of
	// introspection.
	BuiltIn bool
	// Fields are those of an object or an interface.
	Fields []*Field
	// InputFields are those of an input object.
	InputFields []*InputValue
	// Interfaces are those that an object or an interface implements.
	Interfaces []*Reference
	// Members are the types of a union.
	Members []*Reference
	// EnumValues are those of an enum.
	EnumValues []*EnumValue
	// SpecifiedBy is the URL of a scalar's specification; it may be empty.
	SpecifiedBy string
	// OneOf marks an input object of which exactly one field must be given.
	OneOf bool
	// Extensions are the places of the definitions that extend the type, in
	// source order.
	Extensions []check.Location

	schema       *Schema
	implementors []*Type
	extension    bool // defined by extend only
	// The indexes by name, of the fields, values or members and of the
	// interfaces, where they are many.
	index, interfaceIndex map[string]int32
}

// Coordinate returns the type's name.
func (t *Type) Coordinate() string { return t.Name }

// Location returns the place of the type's name where it is first defined.
func (t *Type) Location() check.Location { return t.src.location(t.name, t.Name) }

// Extent returns the place of the type's first definition.
func (t *Type) Extent() check.Location { return t.src.location(t.extent, t.Name) }

// Field returns the named field of an object or an interface, nil where it
// has none.
func (t *Type) Field(name string) *Field {
	return find(t.Fields, t.index, name)
}

// InputField returns the named field of an input object, nil where it has
// none.
func (t *Type) InputField(name string) *InputValue {
	return find(t.InputFields, t.index, name)
}

// EnumValue returns the named value of an enum, nil where it has none.
func (t *Type) EnumValue(name string) *EnumValue {
	return find(t.EnumValues, t.index, name)
}

// Member returns the named member of a union, nil where it has none.
func (t *Type) Member(name string) *Reference {
	return find(t.Members, t.index, name)
}

// Implements reports whether the type declares that it implements the named
// interface.
func (t *Type) Implements(name string) bool {
	return find(t.Interfaces, t.interfaceIndex, name) != nil
}

// Implementors returns the objects and interfaces that declare that they
// implement the interface, in the order of the schema.
func (t *Type) Implementors() []*Type { return t.implementors }

// PossibleTypes returns the object types that a value of the type can have:
// the implementing objects of an interface, the members of a union, the
// object itself.
func (t *Type) PossibleTypes() []*Type {
	var types []*Type
	switch t.Kind {
	case Object:
		types = append(types, t)
	case Interface:
		for _, i := range t.implementors {
			if i.Kind == Object {
				types = append(types, i)
			}
		}
	case Union:
		for _, m := range t.Members {
			if d := m.Type(); d != nil && d.Kind == Object {
				types = append(types, d)
			}
		}
	}
	return types
}

// IsInput reports whether arguments and input fields can have the type.
func (t *Type) IsInput() bool { return t.Kind == Scalar || t.Kind == Enum || t.Kind == InputObject }

// IsOutput reports whether fields can have the type.
func (t *Type) IsOutput() bool { return t.Kind != InputObject }

// IsComposite reports whether a query selects fields or fragments of the type.
func (t *Type) IsComposite() bool {
	return t.Kind == Object || t.Kind == Interface || t.Kind == Union
}

// IsAbstract reports whether the type stands for several object types.
func (t *Type) IsAbstract() bool { return t.Kind == Interface || t.Kind == Union }

// IsRoot reports whether the type is the schema's query, mutation or
// subscription type.
func (t *Type) IsRoot() bool {
	s := t.schema
	return s != nil && (t == s.Query || t == s.Mutation || t == s.Subscription)
}

// Operation returns "query", "mutation" or "subscription" for the root type
// that it is, and "" for any other type.
func (t *Type) Operation() string {
	switch s := t.schema; {
	case s == nil:
		return ""
	case t == s.Query:
		return "query"
	case t == s.Mutation:
		return "mutation"
	case t == s.Subscription:
		return "subscription"
	}
	return ""
}

// Reference is a type named in the definition of another: an interface that
// is implemented, a member of a union, a root type.
type Reference struct {
	Name string

	src    *Source
	at     span
	parent Element
	def    *Type
}

// Type returns the type that is named; nil where the schema has none of that
// name.
func (r *Reference) Type() *Type { return r.def }

// Parent returns the element in whose definition the reference stands.
func (r *Reference) Parent() Element { return r.parent }

// Location returns the place of the reference; its element is the parent.
func (r *Reference) Location() check.Location {
	return r.src.location(r.at, r.parent.Coordinate())
}

func (r *Reference) named() string { return r.Name }
