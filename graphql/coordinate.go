package graphql

import "strings"

// Lookup returns the element that a schema coordinate names: Type,
// Type.field, Type.field(argument:), Enum.VALUE, Input.field, @directive or
// @directive(argument:). Built-in types and directives are found too.
//
// The grammar is that of the GraphQL specification's section on schema
// coordinates; white space is not part of it.
func (s *Schema) Lookup(coordinate string) (Element, bool) {
	owner, arg, isArg := strings.Cut(coordinate, "(")
	if isArg {
		if !strings.HasSuffix(arg, ":)") {
			return nil, false
		}
		arg = strings.TrimSuffix(arg, ":)")
	}
	if name, ok := strings.CutPrefix(owner, "@"); ok {
		d := s.directives[name]
		switch {
		case d == nil:
			return nil, false
		case isArg:
			return found(d.Arg(arg))
		}
		return d, true
	}
	name, member, isMember := strings.Cut(owner, ".")
	t := s.types[name]
	switch {
	case t == nil || isArg && !isMember:
		return nil, false
	case !isMember:
		return t, true
	}
	return t.lookup(member, arg, isArg)
}

func (t *Type) lookup(member, arg string, isArg bool) (Element, bool) {
	if f := t.Field(member); f != nil {
		if isArg {
			return found(f.Arg(arg))
		}
		return f, true
	}
	if isArg {
		return nil, false
	}
	if v := t.EnumValue(member); v != nil {
		return v, true
	}
	return found(t.InputField(member))
}

func found(v *InputValue) (Element, bool) {
	if v == nil {
		return nil, false
	}
	return v, true
}
