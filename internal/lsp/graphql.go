package lsp

import (
	"strings"

	"github.com/plumbapi/plumb/graphql"
	"github.com/plumbapi/plumb/internal/lsp/protocol"
)

// name is a name in a text of SDL, and what stands before and behind it.
type name struct {
	text         string
	start, end   int
	before, next string // a name or a sign
}

// names returns the names in a text of SDL: those in strings and comments are
// none.
func names(text string) []name {
	var list []name
	before := ""
	for i := 0; i < len(text); {
		c := text[i]
		switch {
		case c == '#':
			n := strings.IndexAny(text[i:], "\r\n")
			if n < 0 {
				n = len(text) - i
			}
			i += n
			continue
		case c == '"':
			i += stringLength(text[i:])
			before = `"`
			continue
		case c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == ',' || c >= 0x80:
			i++
			continue
		case !nameByte(c) || '0' <= c && c <= '9':
			before = text[i : i+1]
			if n := len(list); n > 0 && list[n-1].next == "" {
				list[n-1].next = before
			}
			i++
			continue
		}
		end := i + 1
		for end < len(text) && nameByte(text[end]) {
			end++
		}
		if n := len(list); n > 0 && list[n-1].next == "" {
			list[n-1].next = text[i:end]
		}
		list = append(list, name{text: text[i:end], start: i, end: end, before: before})
		before = text[i:end]
		i = end
	}
	return list
}

func nameByte(c byte) bool {
	return c == '_' || '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}

// stringLength returns the length of the string that a text begins with.
func stringLength(text string) int {
	if strings.HasPrefix(text, `"""`) {
		for i := 3; ; {
			n := strings.Index(text[i:], `"""`)
			if n < 0 {
				return len(text)
			}
			i += n + 3
			if text[i-4] != '\\' {
				return i
			}
		}
	}
	for i := 1; i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		case '\n':
			return i
		}
	}
	return len(text)
}

// ofType reports whether the name stands where a type is named, or defined.
func (n *name) ofType() (use, definition bool) {
	switch n.before {
	case ":", "[", "|", "=", "&", "implements":
		return true, false
	case "type", "interface", "union", "enum", "input", "scalar":
		return false, n.next != ":" && n.next != "("
	}
	return false, false
}

// typeAt returns the type that is named at the cursor, and its name.
func (p *place) typeAt() (*graphql.Type, *name) {
	list := names(p.now.String())
	for i := range list {
		n := &list[i]
		if n.start > p.cursor || p.cursor > n.end {
			continue
		}
		if use, definition := n.ofType(); use || definition {
			return p.result.GraphQL.Type(n.text), n
		}
	}
	return nil, nil
}

// typeDefinition is where the type at the cursor is defined.
func (p *place) typeDefinition() (protocol.Location, bool) {
	t, _ := p.typeAt()
	if t == nil || t.Source() == nil {
		return protocol.Location{}, false
	}
	start, end := t.NameSpan()
	return p.server.where(p.result, t.Source().Name(), start, end)
}

// typeReferences are the places that name the type at the cursor.
func (p *place) typeReferences(declaration bool) []protocol.Location {
	t, _ := p.typeAt()
	if t == nil {
		return nil
	}
	var list []protocol.Location
	for _, src := range p.result.GraphQL.Sources() {
		for _, n := range names(src.Text()) {
			use, definition := n.ofType()
			if n.text == t.Name && (use || definition && declaration) {
				list = appendLocation(list)(p.server.where(p.result, src.Name(), n.start, n.end))
			}
		}
	}
	return list
}

// typeHover is a type in a few lines.
func typeHover(t *graphql.Type) string {
	var b strings.Builder
	b.WriteString("```graphql\n" + t.Kind.Keyword() + " " + t.Name)
	const most = 12
	rows := len(t.Fields) + len(t.InputFields) + len(t.EnumValues)
	switch {
	case len(t.Members) > 0:
		b.WriteString(" =")
		for i, m := range t.Members {
			if i > 0 {
				b.WriteString(" |")
			}
			b.WriteString(" " + m.Name)
		}
	case rows > 0:
		b.WriteString(" {\n")
		left := most
		row := func(text string) {
			if left--; left >= 0 {
				b.WriteString("  " + text + "\n")
			}
		}
		for _, f := range t.Fields {
			row(f.Name + ": " + f.Type.String())
		}
		for _, f := range t.InputFields {
			row(f.Name + ": " + f.Type.String())
		}
		for _, v := range t.EnumValues {
			row(v.Name)
		}
		if rows > most {
			b.WriteString("  …\n")
		}
		b.WriteString("}")
	}
	b.WriteString("\n```")
	if t.Description != "" {
		b.WriteString("\n\n" + t.Description)
	}
	return b.String()
}
