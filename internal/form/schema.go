package form

import (
	"bytes"
	"encoding/json"
)

// Schema returns the JSON Schema (draft-07, which editors know best) of a
// file of the shape. It ends with a line break.
func Schema(title string, s *Shape) []byte {
	root := append(members{{"$schema", "http://json-schema.org/draft-07/schema#"}, {"title", title}}, s.schema()...)
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	_ = enc.Encode(root) // cannot fail: texts, numbers and lists only
	return out.Bytes()
}

func (s *Shape) schema() members {
	m := members{}
	if s.Doc != "" {
		m = append(m, pair{"description", s.Doc})
	}
	switch s.Kind {
	case Number:
		return append(m, pair{"type", "number"}, pair{"minimum", s.Min}, pair{"maximum", s.Max})
	case Bool:
		return append(m, pair{"type", "boolean"})
	case List:
		return append(m, pair{"type", s.types("array")}, pair{"items", s.Item.schema()})
	case Texts:
		item := s.Item.schema()
		return append(m, pair{"anyOf", []any{item, members{{"type", "array"}, {"items", item}, {"minItems", 1}}}})
	case Mapping:
		return append(m, s.object()...)
	}
	switch s.Kind {
	case Any:
		return m
	case Scalar:
		m = append(m, pair{"type", []string{"string", "number", "boolean"}})
	default:
		m = append(m, pair{"type", "string"})
	}
	if s.Words != nil {
		return append(m, pair{"enum", s.Words})
	}
	m = append(m, pair{"minLength", 1})
	if s.Pattern != "" {
		m = append(m, pair{"pattern", s.Pattern})
	}
	if len(s.Examples) > 0 {
		m = append(m, pair{"examples", s.Examples})
	}
	return m
}

func (s *Shape) object() members {
	properties := members{}
	for _, f := range s.Fields {
		properties = append(properties, pair{f.Key, f.Shape.schema()})
	}
	var others any = false
	if s.Item != nil {
		others = s.Item.schema()
	}
	m := members{{"type", s.types("object")}, {"properties", properties}, {"additionalProperties", others}}
	if s.KeyPattern != "" {
		m = append(m, pair{"propertyNames", members{{"pattern", s.KeyPattern}}})
	}
	if len(s.Required) > 0 {
		m = append(m, pair{"required", s.Required})
	}
	if len(s.Some) > 0 {
		var some []any
		for _, key := range s.Some {
			some = append(some, members{{"required", []string{key}}})
		}
		m = append(m, pair{"oneOf", some})
	}
	return m
}

// types returns the name of a JSON type, and null beside it where the shape
// allows it.
func (s *Shape) types(name string) any {
	if s.nullable() {
		return []string{name, "null"}
	}
	return name
}

// members is a JSON object whose members keep their order.
type members []pair

type pair struct {
	name  string
	value any
}

// MarshalJSON writes the members in order.
func (m members) MarshalJSON() ([]byte, error) {
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	out.WriteByte('{')
	for i, p := range m {
		if i > 0 {
			out.WriteByte(',')
		}
		if err := enc.Encode(p.name); err != nil {
			return nil, err
		}
		out.WriteByte(':')
		if err := enc.Encode(p.value); err != nil {
			return nil, err
		}
	}
	out.WriteByte('}')
	return out.Bytes(), nil
}
