package jsonschema

import (
	"bytes"
	"encoding/json"
	"strconv"

	"github.com/plumbapi/plumb/webhook"
)

// maxNesting is how many lists and maps may nest without a name between them.
const maxNesting = 100

func number(n int) string { return strconv.Itoa(n) }

// definition returns the schema of a type with a name, and the same without
// what only describes.
func (w *Writer) definition(t *webhook.Type) (full, bare []byte) {
	if w.full[t] == nil {
		for _, into := range []struct {
			at        map[*webhook.Type][]byte
			described bool
		}{{w.full, true}, {w.bare, false}} {
			d := definer{Writer: w, described: into.described}
			d.declare(t)
			into.at[t] = d.b.Bytes()
		}
	}
	return w.full[t], w.bare[t]
}

// A definer writes one schema as JSON on one line.
type definer struct {
	*Writer
	b         bytes.Buffer
	described bool
}

func (d *definer) declare(t *webhook.Type) {
	switch t.Kind {
	case webhook.Enum:
		d.b.WriteString(`{"type":"string"`)
		d.describe(t.Description, t.Deprecated)
		if len(t.Values) > 0 {
			d.b.WriteString(`,"enum":[`)
			seen := map[string]bool{}
			for _, v := range t.Values {
				if !seen[v.Text] {
					if len(seen) > 0 {
						d.b.WriteByte(',')
					}
					seen[v.Text] = true
					d.b.WriteString(quote(v.Text))
				}
			}
			d.b.WriteByte(']')
		}
		d.b.WriteByte('}')
	case webhook.Union:
		d.b.WriteString(`{"anyOf":[`)
		for i, v := range t.Variants {
			if i > 0 {
				d.b.WriteByte(',')
			}
			d.value(v.Type, 0)
		}
		if len(t.Variants) == 0 {
			d.b.WriteString("true")
		}
		d.b.WriteByte(']')
		d.describe(t.Description, t.Deprecated)
		d.b.WriteByte('}')
	default:
		d.object(t)
	}
}

func (d *definer) object(t *webhook.Type) {
	d.b.WriteString(`{"type":"object"`)
	d.describe(t.Description, t.Deprecated)
	members := map[string]bool{}
	var required []string
	for _, f := range t.Fields {
		if members[f.Name] {
			continue
		}
		if len(members) == 0 {
			d.b.WriteString(`,"properties":{`)
		} else {
			d.b.WriteByte(',')
		}
		members[f.Name] = true
		if !f.Optional {
			required = append(required, f.Name)
		}
		d.b.WriteString(quote(f.Name) + ":")
		d.field(f)
	}
	if len(members) > 0 {
		d.b.WriteByte('}')
	}
	for i, name := range required {
		if i == 0 {
			d.b.WriteString(`,"required":[`)
		} else {
			d.b.WriteByte(',')
		}
		d.b.WriteString(quote(name))
	}
	if len(required) > 0 {
		d.b.WriteByte(']')
	}
	d.b.WriteByte('}')
}

// field writes the schema of a member. What describes the member stands beside
// what it refers to, as the draft allows.
func (d *definer) field(f *webhook.Field) {
	var plain bytes.Buffer
	outer := d.b
	d.b = bytes.Buffer{}
	switch {
	case f.Const != "" && json.Valid([]byte(f.Const)):
		d.b.WriteString(`{"const":` + f.Const + "}")
	default:
		d.value(f.Type, 0)
	}
	plain, d.b = d.b, outer
	text := plain.Bytes()
	if f.Nullable && string(text) != "true" {
		text = nullable(text)
	}
	if !d.described || f.Description == "" && !f.Deprecated {
		d.b.Write(text)
		return
	}
	if string(text) == "true" {
		text = []byte("{}")
	}
	d.b.Write(text[:len(text)-1])
	mark := d.b.Len()
	d.describe(f.Description, f.Deprecated)
	if string(text) == "{}" && d.b.Len() > mark {
		// No comma after the brace.
		tail := bytes.Clone(d.b.Bytes()[mark+1:])
		d.b.Truncate(mark)
		d.b.Write(tail)
	}
	d.b.WriteByte('}')
}

// describe writes what a schema says to people, each member after a comma.
func (d *definer) describe(description string, deprecated bool) {
	if !d.described {
		return
	}
	if description != "" {
		d.b.WriteString(`,"description":` + quote(description))
	}
	if deprecated {
		d.b.WriteString(`,"deprecated":true`)
	}
}

// value writes the schema of a type where it is used.
func (d *definer) value(t *webhook.Type, depth int) {
	if t == nil || depth > maxNesting {
		d.b.WriteString("true")
		return
	}
	switch t.Kind {
	case webhook.String:
		d.scalar("string", t.Format)
	case webhook.Integer:
		d.scalar("integer", t.Format)
	case webhook.Number:
		d.scalar("number", t.Format)
	case webhook.Boolean:
		d.b.WriteString(`{"type":"boolean"}`)
	case webhook.Time:
		d.b.WriteString(`{"type":["string","number"],"format":"date-time"}`)
	case webhook.Object, webhook.Enum, webhook.Union:
		d.b.WriteString(`{"$ref":` + quote(d.ref(t)) + "}")
	case webhook.List:
		d.b.WriteString(`{"type":"array","items":`)
		d.element(t, depth)
		d.b.WriteByte('}')
	case webhook.Map:
		d.b.WriteString(`{"type":"object","additionalProperties":`)
		d.element(t, depth)
		d.b.WriteByte('}')
	default:
		d.b.WriteString("true")
	}
}

func (d *definer) scalar(name, format string) {
	d.b.WriteString(`{"type":"` + name + `"`)
	if d.described && format != "" {
		d.b.WriteString(`,"format":` + quote(format))
	}
	d.b.WriteByte('}')
}

func (d *definer) element(t *webhook.Type, depth int) {
	if !t.ElementNullable {
		d.value(t.Element, depth+1)
		return
	}
	outer := d.b
	d.b = bytes.Buffer{}
	d.value(t.Element, depth+1)
	inner := d.b
	d.b = outer
	if inner.String() == "true" {
		d.b.WriteString("true")
		return
	}
	d.b.Write(nullable(inner.Bytes()))
}

// nullable returns a schema that takes null too.
func nullable(schema []byte) []byte {
	if rest, ok := bytes.CutPrefix(schema, []byte(`{"type":"`)); ok {
		name, rest, _ := bytes.Cut(rest, []byte(`"`))
		return append([]byte(`{"type":["`+string(name)+`","null"]`), rest...)
	}
	return []byte(`{"anyOf":[` + string(schema) + `,{"type":"null"}]}`)
}
