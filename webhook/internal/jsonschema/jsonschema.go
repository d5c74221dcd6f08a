// Package jsonschema writes the payloads of a model of webhooks as JSON Schemas
// (draft 2020-12), one for each event that stands alone, with what it refers to
// beside it. A schema says what the description says: values that an enum is not
// known to have do not validate, members that nobody described do.
package jsonschema

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strings"

	"github.com/plumbapi/plumb/webhook"
)

// Dialect is the draft that schemas are written in.
const Dialect = "https://json-schema.org/draft/2020-12/schema"

// A Writer writes the schemas of one model. Each type is written once.
type Writer struct {
	names map[*webhook.Type]string
	taken map[string]bool
	// full and bare are types as JSON, with and without what only describes.
	full, bare map[*webhook.Type][]byte
}

// New returns a Writer for a model.
func New(m *webhook.Model) *Writer {
	w := &Writer{
		names: map[*webhook.Type]string{}, taken: map[string]bool{},
		full: map[*webhook.Type][]byte{}, bare: map[*webhook.Type][]byte{},
	}
	// The model's own types come first, so that their names are theirs.
	for _, t := range m.Types {
		w.name(t)
	}
	for _, e := range m.Events {
		for _, t := range w.reach(e.Payload) {
			w.name(t)
		}
	}
	return w
}

// Event returns the schema of an event's payload, and a hash of what it asks of
// payloads: descriptions do not change that.
func (w *Writer) Event(e *webhook.Event) (text []byte, hash string) {
	types := w.reach(e.Payload)
	slices.SortFunc(types, func(a, b *webhook.Type) int { return strings.Compare(w.names[a], w.names[b]) })
	var b bytes.Buffer
	b.WriteString("{\n\"$schema\": " + quote(Dialect))
	title := e.Name
	if e.Action != "" {
		title += " " + e.Action
	}
	b.WriteString(",\n\"title\": " + quote(title))
	if e.Summary != "" {
		b.WriteString(",\n\"description\": " + quote(e.Summary))
	}
	if e.Deprecated {
		b.WriteString(",\n\"deprecated\": true")
	}
	sum := sha256.New()
	if named(e.Payload) {
		b.WriteString(",\n\"$ref\": " + quote(w.ref(e.Payload)))
		sum.Write([]byte(w.names[e.Payload]))
	}
	if len(types) > 0 {
		b.WriteString(",\n\"$defs\": {")
		for i, t := range types {
			if i > 0 {
				b.WriteByte(',')
			}
			full, bare := w.definition(t)
			b.WriteString("\n" + quote(w.names[t]) + ": ")
			b.Write(full)
			sum.Write(bare)
		}
		b.WriteString("\n}")
	}
	b.WriteString("\n}\n")
	return b.Bytes(), "sha256:" + hex.EncodeToString(sum.Sum(nil))
}

func named(t *webhook.Type) bool {
	return t != nil && (t.Kind == webhook.Object || t.Kind == webhook.Enum || t.Kind == webhook.Union)
}

// name gives a type with a name that name.
func (w *Writer) name(t *webhook.Type) {
	if !named(t) || w.names[t] != "" {
		return
	}
	base := t.Name
	if base == "" {
		base = "Type"
	}
	name := base
	for n := 2; w.taken[name]; n++ {
		name = base + number(n)
	}
	w.taken[name], w.names[t] = true, name
}

// reach returns the types with a name that a type leads to, itself included.
func (w *Writer) reach(t *webhook.Type) []*webhook.Type {
	seen := map[*webhook.Type]bool{nil: true}
	queue := []*webhook.Type{t}
	var out []*webhook.Type
	for i := 0; i < len(queue); i++ {
		t := queue[i]
		if seen[t] {
			continue
		}
		seen[t] = true
		if named(t) {
			out = append(out, t)
		}
		for _, f := range t.Fields {
			queue = append(queue, f.Type)
		}
		for _, v := range t.Variants {
			queue = append(queue, v.Type)
		}
		queue = append(queue, t.Element)
	}
	return out
}

// ref returns the reference to a type: names are text, which a pointer in a URI
// has escaped.
func (w *Writer) ref(t *webhook.Type) string {
	var b strings.Builder
	b.WriteString("#/$defs/")
	for _, c := range []byte(w.names[t]) {
		switch {
		case c == '~':
			b.WriteString("~0")
		case c == '/':
			b.WriteString("~1")
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9', c == '_', c == '-', c == '.':
			b.WriteByte(c)
		default:
			b.WriteString("%" + strings.ToUpper(hex.EncodeToString([]byte{c})))
		}
	}
	return b.String()
}

func quote(s string) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if e.Encode(strings.ToValidUTF8(s, "\uFFFD")) != nil {
		return `""`
	}
	return strings.TrimSuffix(b.String(), "\n")
}
