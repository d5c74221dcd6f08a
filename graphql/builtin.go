package graphql

// prelude defines what every schema has without defining it: the scalars and
// the directives of the GraphQL specification.
const prelude = `
scalar Int
scalar Float
scalar String
scalar Boolean
scalar ID
directive @skip(if: Boolean!) on FIELD | FRAGMENT_SPREAD | INLINE_FRAGMENT
directive @include(if: Boolean!) on FIELD | FRAGMENT_SPREAD | INLINE_FRAGMENT
directive @deprecated(reason: String = "No longer supported") on FIELD_DEFINITION | ARGUMENT_DEFINITION | INPUT_FIELD_DEFINITION | ENUM_VALUE
directive @specifiedBy(url: String!) on SCALAR
directive @oneOf on INPUT_OBJECT
`

// isBuiltInType reports whether the name is that of a scalar of the
// specification or of a type of introspection.
func isBuiltInType(name string) bool {
	switch name {
	case "Int", "Float", "String", "Boolean", "ID",
		"__Schema", "__Type", "__TypeKind", "__Field", "__InputValue",
		"__EnumValue", "__Directive", "__DirectiveLocation":
		return true
	}
	return false
}

func isBuiltInDirective(name string) bool {
	switch name {
	case "skip", "include", "deprecated", "specifiedBy", "oneOf":
		return true
	}
	return false
}

// readPrelude reads the prelude as if it were a source. What it defines has
// no place.
func (b *builder) readPrelude() *builder {
	p := newBuilder()
	p.refs = b.refs
	src := newSource("", prelude)
	if err := p.parseSDL(src, nil); err != nil {
		panic("graphql: the prelude is not valid: " + err.Error()) //nolint:forbidigo // the prelude is a constant, and a test reads it
	}
	return p
}
