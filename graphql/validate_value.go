package graphql

import (
	"fmt"
	"strconv"
)

// misfit says why a constant is no value of a type; it is empty where the
// constant is one. The rules are those of input coercion in section 3 of the
// GraphQL specification. A value of an unknown type or of a scalar of the
// schema's own fits always.
func (l *linker) misfit(v *Value, t *TypeRef) string {
	switch {
	case v.Kind == NullValue:
		if t.NonNull {
			return fmt.Sprintf("null is no value of %s", t)
		}
		return ""
	case t.Elem != nil:
		if v.Kind != ListValue {
			return l.misfit(v, t.Elem) // a single value stands for a list of one
		}
		for _, item := range v.Items {
			if why := l.misfit(item, t.Elem); why != "" {
				return why
			}
		}
		return ""
	case t.def == nil:
		return ""
	}
	fits := true
	switch t.def.Kind {
	case Scalar:
		fits = !t.def.BuiltIn || fitsScalar(v, t.Name)
	case Enum:
		fits = v.Kind == EnumLiteral && t.def.EnumValue(v.Text) != nil
	case InputObject:
		if v.Kind == ObjectValue {
			return l.misfitObject(v, t.def)
		}
		fits = false
	}
	if fits {
		return ""
	}
	return fmt.Sprintf("%s is no value of %s", shorten(v.String()), t.Name)
}

func fitsScalar(v *Value, name string) bool {
	switch name {
	case "Int":
		_, err := strconv.ParseInt(v.Text, 10, 32)
		return v.Kind == IntValue && err == nil
	case "Float":
		return v.Kind == IntValue || v.Kind == FloatValue
	case "String":
		return v.Kind == StringValue
	case "Boolean":
		return v.Kind == BooleanValue
	case "ID":
		return v.Kind == StringValue || v.Kind == IntValue
	}
	return true
}

func (l *linker) misfitObject(v *Value, t *Type) string {
	given := make(map[string]bool, len(v.Fields))
	for _, f := range v.Fields {
		def := t.InputField(f.Name)
		switch {
		case def == nil:
			return fmt.Sprintf("%s has no field %q", t.Name, f.Name)
		case given[f.Name]:
			return fmt.Sprintf("field %q is given twice", f.Name)
		}
		given[f.Name] = true
		if why := l.misfit(f.Value, def.Type); why != "" {
			return why
		}
	}
	if !l.spend(len(t.InputFields)) {
		return ""
	}
	for _, def := range t.InputFields {
		if def.Required() && !given[def.Name] {
			return fmt.Sprintf("field %q of %s is missing", def.Name, t.Name)
		}
	}
	return ""
}
