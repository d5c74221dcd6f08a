package live

import (
	"encoding/json"
	"strconv"

	"github.com/plumbapi/plumb/graphql"
)

// convert makes of a text the value that an argument takes; nil where it
// takes no such value.
func convert(t *graphql.TypeRef, text string) any {
	if t.Elem != nil {
		if v := convert(t.Elem, text); v != nil {
			return []any{v}
		}
		return nil
	}
	switch t.Name {
	case "Int":
		if _, err := strconv.ParseInt(text, 10, 32); err == nil {
			return json.Number(text)
		}
		return nil
	case "Float":
		if _, ok := number(text); ok {
			return json.Number(text)
		}
		return nil
	case "Boolean":
		if v, err := strconv.ParseBool(text); err == nil {
			return v
		}
		return nil
	case "ID", "String":
		return text
	}
	typ := t.Type()
	switch {
	case typ == nil:
		return nil
	case typ.Kind == graphql.Enum:
		for _, v := range typ.EnumValues {
			if fold(v.Name) == fold(text) {
				return v.Name
			}
		}
		return nil
	case typ.Kind == graphql.Scalar:
		return text
	}
	return nil
}

// convertAny is the first text that an argument takes, converted.
func convertAny(t *graphql.TypeRef, texts ...string) any {
	for _, text := range texts {
		if v := convert(t, text); v != nil {
			return v
		}
	}
	return nil
}
