package schema

import (
	"bytes"
	"encoding/json"
	"slices"

	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/webhook/internal/shape"
)

// fill makes a shape one of a type, and returns the one value that it has, as a
// JSON token.
func (r *Reader) fill(s *shape.Shape, parts []part, t string) string {
	values := r.values(parts, t)
	one := ""
	if len(values) == 1 {
		one = token(values[0])
	}
	format := formatOf(parts)
	switch t {
	case "string":
		s.Kind, s.Format = shape.String, format
		if format == "date-time" {
			s.Kind = shape.Time
		}
		if len(values) > 0 {
			s.Format = ""
			s.Kind = shape.String
		}
		if len(values) > 1 {
			s.Kind = shape.Enum
			for _, v := range values {
				if !slices.Contains(s.Values, v.Text()) {
					s.Values = append(s.Values, v.Text())
				}
			}
		}
	case "integer", "number":
		s.Kind, s.Format = shape.Number, format
		if t == "integer" {
			s.Kind = shape.Integer
		}
		if format == "unix-time" || format == "timestamp" {
			s.Kind, s.Format = shape.Time, "unix-time"
		}
	case "boolean":
		s.Kind = shape.Boolean
	case "null":
		s.Kind, one = shape.Null, ""
	case "array":
		one = ""
		r.array(s, parts)
	case "object":
		one = ""
		r.object(s, parts)
	}
	return one
}

func formatOf(parts []part) string {
	for _, p := range parts {
		if f, ok := p.Get("format").Str(); ok && len(f) <= 40 {
			return f
		}
	}
	return ""
}

// values returns the values of a type that all parts allow; none where they do
// not say.
func (r *Reader) values(parts []part, t string) []*openapi.Node {
	var values []*openapi.Node
	said := false
	for _, p := range parts {
		list := p.Get("enum").Children()
		if p.Has("const") {
			list = []*openapi.Node{p.Get("const")}
		}
		if len(list) == 0 {
			continue
		}
		fit := slices.DeleteFunc(slices.Clone(list), func(v *openapi.Node) bool { return !isOf(v, t) })
		if !said {
			values, said = fit, true
			continue
		}
		both := slices.DeleteFunc(slices.Clone(values), func(v *openapi.Node) bool {
			return !slices.ContainsFunc(fit, func(w *openapi.Node) bool { return v.Text() == w.Text() })
		})
		if len(both) == 0 {
			r.note(p.Node, "its values contradict others in the same allOf; the first count")
			continue
		}
		values = both
	}
	return values
}

func isOf(v *openapi.Node, t string) bool {
	return slices.Contains(typesOfValues([]*openapi.Node{v}), t) || t == "number" && v.Is(openapi.Number)
}

// typesOfValues returns the types of values, null left out.
func typesOfValues(values []*openapi.Node) []string {
	types := []string{}
	for _, v := range values {
		t := ""
		switch v.Kind() {
		case openapi.String:
			t = "string"
		case openapi.Bool:
			t = "boolean"
		case openapi.Number:
			t = "number"
			if _, ok := v.Int(); ok {
				t = "integer"
			}
		case openapi.Array:
			t = "array"
		case openapi.Object:
			t = "object"
		default:
			continue
		}
		if !slices.Contains(types, t) {
			types = append(types, t)
		}
	}
	if slices.Contains(types, "number") {
		types = slices.DeleteFunc(types, func(t string) bool { return t == "integer" })
	}
	if len(types) == 0 {
		return []string{"null"}
	}
	return types
}

// token returns a scalar as JSON has it, "" where it is none.
func token(v *openapi.Node) string {
	switch v.Kind() {
	case openapi.String:
		var b bytes.Buffer
		e := json.NewEncoder(&b)
		e.SetEscapeHTML(false)
		if e.Encode(v.Text()) != nil {
			return ""
		}
		return string(bytes.TrimSpace(b.Bytes()))
	case openapi.Bool:
		return v.Text()
	case openapi.Number:
		if json.Valid([]byte(v.Text())) {
			return v.Text()
		}
	}
	return ""
}

// array makes a shape a list.
func (r *Reader) array(s *shape.Shape, parts []part) {
	s.Kind = shape.List
	var items, first []*openapi.Node
	for _, p := range parts {
		switch list := p.Get("items"); list.Kind() {
		case openapi.Array:
			first = append(first, list.Children()...)
		case openapi.Object:
			items = append(items, list)
		}
		first = append(first, p.Get("prefixItems").Children()...)
	}
	if len(first) == 0 {
		s.Element = r.read(items)
		return
	}
	// A tuple is a list of whatever its items are.
	u := &shape.Shape{Kind: shape.Union, Place: s.Place}
	for _, n := range append(first, items...) {
		u.Variants = append(u.Variants, shape.Variant{Use: r.read([]*openapi.Node{n})})
	}
	s.Element = shape.Use{Shape: u}
}
