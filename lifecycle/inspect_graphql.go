package lifecycle

import "github.com/plumbapi/plumb/graphql"

// InspectGraphQL returns the elements of a GraphQL schema with what it says
// of their life, read from the carriers that plumb knows. Elements are all
// that a schema coordinate names: types, fields, arguments, input fields, enum
// values and directives.
func InspectGraphQL(s *graphql.Schema) *Inventory { return DefaultCarriers().InspectGraphQL(s) }

// InspectGraphQL is like the function of that name, with these carriers.
func (c *Carriers) InspectGraphQL(s *graphql.Schema) *Inventory {
	inv := &Inventory{Elements: make([]Element, 0, len(s.Types)+len(s.Fields)+len(s.Arguments)+len(s.InputFields)+len(s.EnumValues)+len(s.Directives))}
	for e := range s.Elements() {
		in, isInput := e.(*graphql.InputValue)
		inv.Elements = append(inv.Elements, Element{
			Surface: GraphQL, Kind: kindOf(e), Name: e.Coordinate(), Required: isInput && in.Required(),
			Location: e.Location(), State: c.readElement(e),
		})
	}
	return inv
}

func kindOf(e graphql.Element) Kind {
	switch e := e.(type) {
	case *graphql.Field:
		return Field
	case *graphql.InputValue:
		if e.IsArgument() {
			return Argument
		}
		return InputField
	case *graphql.EnumValue:
		return EnumValue
	case *graphql.DirectiveDefinition:
		return Directive
	}
	return Type
}
