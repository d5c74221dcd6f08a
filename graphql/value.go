package graphql

import (
	"fmt"
	"strings"
)

// ValueKind is the kind of a [Value].
type ValueKind uint8

// The kinds of values. The zero ValueKind is none of them.
const (
	IntValue ValueKind = iota + 1
	FloatValue
	StringValue
	BooleanValue
	NullValue
	EnumLiteral
	ListValue
	ObjectValue
)

var valueKindNames = [...]string{
	"", "an integer", "a float", "a string", "a boolean", "null", "an enum value", "a list", "an object",
}

// String returns the kind with its article, for messages: "an integer".
func (k ValueKind) String() string {
	if int(k) < len(valueKindNames) {
		return valueKindNames[k]
	}
	return ""
}

// Value is a constant: a default value or what a directive is given.
type Value struct {
	Kind ValueKind
	// Text is the content of a string, without quotes and escapes, and the
	// word or number itself for the other kinds; empty for lists and objects.
	Text string
	// Items are those of a list.
	Items []*Value
	// Fields are those of an object, in source order.
	Fields []ValueField
}

// ValueField is one field of an object value.
type ValueField struct {
	Name  string
	Value *Value
}

// Field returns the named field of an object value, nil where it has none.
func (v *Value) Field(name string) *Value {
	for _, f := range v.Fields {
		if f.Name == name {
			return f.Value
		}
	}
	return nil
}

// Equal reports whether two values are the same constant: fields of objects
// may be in any order. Two nil values are equal.
func (v *Value) Equal(w *Value) bool {
	if v == nil || w == nil {
		return v == w
	}
	if v.Kind != w.Kind || v.Text != w.Text || len(v.Items) != len(w.Items) || len(v.Fields) != len(w.Fields) {
		return false
	}
	for i, item := range v.Items {
		if !item.Equal(w.Items[i]) {
			return false
		}
	}
	for i, f := range v.Fields {
		other := w.Fields[i].Value
		if w.Fields[i].Name != f.Name {
			other = w.Field(f.Name)
		}
		if !f.Value.Equal(other) {
			return false
		}
	}
	return true
}

// String returns the value as SDL writes it, on one line.
func (v *Value) String() string {
	var b strings.Builder
	v.write(&b)
	return b.String()
}

func (v *Value) write(b *strings.Builder) {
	switch v.Kind {
	case StringValue:
		writeQuoted(b, v.Text)
	case ListValue:
		b.WriteByte('[')
		for i, item := range v.Items {
			if i > 0 {
				b.WriteString(", ")
			}
			item.write(b)
		}
		b.WriteByte(']')
	case ObjectValue:
		b.WriteByte('{')
		for i, f := range v.Fields {
			if i > 0 {
				b.WriteString(", ")
			}
			b.WriteString(f.Name)
			b.WriteString(": ")
			f.Value.write(b)
		}
		b.WriteByte('}')
	default:
		b.WriteString(v.Text)
	}
}

// writeQuoted writes a string literal with the escapes of the GraphQL
// grammar, which are those of JSON.
func writeQuoted(b *strings.Builder, s string) {
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\r':
			b.WriteString(`\r`)
		case r == '\t':
			b.WriteString(`\t`)
		case r < ' ' || r == 0x7f:
			fmt.Fprintf(b, `\u%04X`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
}
