package typescript

import (
	"encoding/json"
	"strings"

	"github.com/plumbapi/plumb/webhook"
	"github.com/plumbapi/plumb/webhook/internal/prose"
)

func (w *writer) declare(t *webhook.Type) {
	doc := prose.Paragraphs(t.Description, maxTypeText)
	if t.Deprecated {
		doc = append(doc, "@deprecated")
	}
	w.comment("", doc...)
	name := w.names[t]
	switch t.Kind {
	case webhook.Enum:
		w.enum(t)
	case webhook.Union:
		alternatives := w.alternatives(t, map[*webhook.Type]bool{})
		if len(alternatives) == 0 {
			alternatives = []string{"JSONValue"}
		}
		w.line("export type ", name, " = ", strings.Join(alternatives, " | "), ";")
	default:
		w.line("export interface ", name, " {")
		members := map[string]bool{}
		for _, f := range t.Fields {
			if !members[f.Name] {
				members[f.Name] = true
				w.field(f)
			}
		}
		w.line("}")
	}
	w.line()
}

// enum is open: editors offer what is known, and any text is accepted.
func (w *writer) enum(t *webhook.Type) {
	w.b.WriteString("export type " + w.names[t] + " =")
	width := 0
	for _, v := range t.Values {
		item := " | " + text(v.Text)
		if width += len(item); width > lineWidth {
			w.b.WriteString("\n ")
			width = len(item)
		}
		w.b.WriteString(item)
	}
	w.line(" | (string & {});")
}

func (w *writer) field(f *webhook.Field) {
	doc := prose.Paragraphs(f.Description, maxFieldText)
	if f.Deprecated {
		doc = append(doc, "@deprecated")
	}
	w.comment("  ", doc...)
	name := f.Name
	if !isName(name) {
		name = text(name)
	}
	if f.Optional {
		name += "?"
	}
	value := w.typeOf(f.Type, 0)
	if constant, ok := constantOf(f.Const); ok {
		value = constant
	}
	if f.Nullable && value != "JSONValue" {
		value += " | null"
	}
	w.line("  ", name, ": ", value, ";")
}

// constantOf returns the literal type of a JSON token.
func constantOf(token string) (string, bool) {
	var value any
	if token == "" || json.Unmarshal([]byte(token), &value) != nil {
		return "", false
	}
	switch v := value.(type) {
	case string:
		return text(v), true
	case bool, nil:
		return token, true
	}
	return "", false
}

// typeOf writes a type as it stands in another.
func (w *writer) typeOf(t *webhook.Type, depth int) string {
	if t == nil || depth > maxNesting {
		return "JSONValue"
	}
	switch t.Kind {
	case webhook.String:
		return "string"
	case webhook.Integer, webhook.Number:
		return "number"
	case webhook.Boolean:
		return "boolean"
	case webhook.Time:
		return "Timestamp"
	case webhook.Object, webhook.Enum, webhook.Union:
		return w.names[t]
	case webhook.List:
		element := w.elementOf(t, depth)
		if strings.Contains(element, "|") {
			element = "(" + element + ")"
		}
		return element + "[]"
	case webhook.Map:
		return "{ [member: string]: " + w.elementOf(t, depth) + " }"
	}
	return "JSONValue"
}

func (w *writer) elementOf(t *webhook.Type, depth int) string {
	element := w.typeOf(t.Element, depth+1)
	if t.ElementNullable && element != "JSONValue" {
		return element + " | null"
	}
	return element
}

// alternatives returns the variants of a union and of unions among them, which
// may lead back to it.
func (w *writer) alternatives(t *webhook.Type, seen map[*webhook.Type]bool) []string {
	seen[t] = true
	var out []string
	for _, v := range t.Variants {
		switch {
		case v.Type != nil && seen[v.Type]:
		case v.Type != nil && v.Type.Kind == webhook.Union:
			out = append(out, w.alternatives(v.Type, seen)...)
		default:
			if v.Type != nil {
				seen[v.Type] = true
			}
			out = append(out, w.typeOf(v.Type, 0))
		}
	}
	return out
}

// comment writes paragraphs as a comment before a declaration.
func (w *writer) comment(indent string, paragraphs ...string) {
	var lines []string
	for i, paragraph := range paragraphs {
		if i > 0 {
			lines = append(lines, "")
		}
		lines = append(lines, prose.Wrap(strings.ReplaceAll(paragraph, "*/", "*∕"), lineWidth, glued)...)
	}
	switch len(lines) {
	case 0:
	case 1:
		w.line(indent, "/** ", lines[0], " */")
	default:
		w.line(indent, "/**")
		for _, line := range lines {
			w.line(strings.TrimRight(indent+" * "+line, " "))
		}
		w.line(indent, " */")
	}
}

// glued reports whether a word would be a directive at the beginning of a line:
// a tag of a comment is one only where plumb writes it.
func glued(word string) bool {
	return strings.HasPrefix(word, "@") && word != "@deprecated" || strings.HasPrefix(word, "/")
}

// text writes a string as a literal type.
func text(s string) string {
	quoted, err := json.Marshal(strings.ToValidUTF8(s, "\uFFFD"))
	if err != nil {
		return `""`
	}
	return string(quoted)
}

// isName reports whether a member's name needs no quotes.
func isName(s string) bool {
	for i, r := range s {
		letter := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r == '_' || r == '$'
		if !letter && (i == 0 || r < '0' || r > '9') {
			return false
		}
	}
	return s != ""
}

func (w *writer) line(parts ...string) {
	for _, part := range parts {
		w.b.WriteString(part)
	}
	w.b.WriteByte('\n')
}
