package graphql

import (
	"cmp"
	"slices"
	"sort"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"
)

// readSDL parses a source with gqlparser's parser, which knows the grammar and
// the values of strings, and gives every element its place from the tokens.
func (b *builder) readSDL(src *Source) error { return b.parseSDL(src, src) }

// parseSDL reads a source. The place of every element is in the other source,
// which is the same or nil.
func (b *builder) parseSDL(src, place *Source) error {
	s := scan(src.text, MaxTokens-b.tokens, MaxDepth)
	if s.overWhat != "" {
		return overLimit(src, s)
	}
	b.tokens += len(s.tokens) + s.comments
	doc, err := parser.ParseSchema(&ast.Source{Name: src.name, Input: overwrite(src.text, s.empty)})
	if err != nil {
		return syntaxErrors(src, s, err)
	}
	c := &converter{builder: b, src: src, place: place, tokens: s.tokens}
	c.document(doc)
	return nil
}

func overLimit(src *Source, s scanned) error {
	at := src.location(s.over, "")
	if s.overWhat == "depth" {
		return fail(ruleParse, at, nil, "brackets nest deeper than %d levels", MaxDepth)
	}
	return fail(ruleParse, at, nil, "the schema has more than %d tokens", MaxTokens)
}

// overwrite returns the text with spaces in the given places.
func overwrite(text string, places []span) string {
	if len(places) == 0 {
		return text
	}
	clean := []byte(text)
	for _, p := range places {
		for i := p.start; i < p.end; i++ {
			if c := clean[i]; c != '\n' && c != '\r' {
				clean[i] = ' '
			}
		}
	}
	return string(clean)
}

// converter turns one syntax tree into definitions. It goes through the tree
// in the order of the text, so that finding the token of a position is to go
// forward in the list of tokens.
type converter struct {
	*builder
	src    *Source
	place  *Source // src, or nil where definitions have no place
	tokens []token

	at int // index of the current token

	slabs slabs
}

// definition is one top-level definition and the index of its first token.
type definition struct {
	pos        *ast.Position
	typ        *ast.Definition
	directive  *ast.DirectiveDefinition
	schema     *ast.SchemaDefinition
	extends    bool
	name       int // index of the token after the keyword
	first, end int // indices of the first token, and after the last
}

func (c *converter) document(doc *ast.SchemaDocument) {
	defs := c.definitions(doc)
	for i := range defs {
		d := &defs[i]
		c.at = d.name
		switch {
		case d.typ != nil:
			c.typeDefinition(d)
		case d.directive != nil:
			c.directiveDefinition(d)
		default:
			c.schemaDefinition(d)
		}
	}
}

// definitions lists the definitions of a document in the order of the text.
// Together they take up all tokens: one ends where the next begins.
func (c *converter) definitions(doc *ast.SchemaDocument) []definition {
	defs := make([]definition, 0, len(doc.Definitions)+len(doc.Extensions)+len(doc.Directives)+8)
	for _, d := range doc.Definitions {
		defs = append(defs, definition{pos: d.Position, typ: d})
	}
	for _, d := range doc.Extensions {
		defs = append(defs, definition{pos: d.Position, typ: d, extends: true})
	}
	for _, d := range doc.Directives {
		defs = append(defs, definition{pos: d.Position, directive: d})
	}
	for _, d := range doc.DirectiveExtensions {
		defs = append(defs, definition{pos: d.Position, directive: d, extends: true})
	}
	for _, d := range doc.Schema {
		defs = append(defs, definition{pos: d.Position, schema: d})
	}
	for _, d := range doc.SchemaExtension {
		defs = append(defs, definition{pos: d.Position, schema: d, extends: true})
	}
	slices.SortFunc(defs, func(a, b definition) int { return cmp.Compare(a.pos.Start, b.pos.Start) })

	for i := range defs {
		d := &defs[i]
		d.name = c.seek(d.pos)
		d.first = d.name - 1
		if d.directive != nil {
			d.first--
		}
		if d.extends {
			d.first--
		}
		d.first = max(d.first, 0)
		if d.first > 0 && c.tokens[d.first-1].kind == tokenString {
			d.first--
		}
		d.end = len(c.tokens) - 1
		if i > 0 {
			defs[i-1].end = d.first
		}
	}
	return defs
}

// seek goes forward to the token at a position of the syntax tree, which
// counts code points, and returns its index.
func (c *converter) seek(pos *ast.Position) int {
	want := int32(pos.Start)
	if c.src.marks == nil { // a code point is a byte
		if c.at+64 < len(c.tokens) && c.tokens[c.at+64].start < want {
			rest := c.tokens[c.at+64:]
			c.at += 64 + sort.Search(len(rest)-1, func(i int) bool { return rest[i].start >= want })
			return c.at
		}
		for c.tokens[c.at].start < want && c.at < len(c.tokens)-1 {
			c.at++
		}
		return c.at
	}
	for c.src.points(int(c.tokens[c.at].start)) < pos.Start && c.at < len(c.tokens)-1 {
		c.at++
	}
	return c.at
}

// span returns the range from the first to the last token, both inclusive.
func (c *converter) span(first, last int) span {
	return span{c.tokens[first].start, c.tokens[max(first, last)].end}
}

// closing returns the index of the bracket that closes the one at open.
func (c *converter) closing(open int) int {
	depth := 0
	for i := open; i < len(c.tokens)-1; i++ {
		switch c.tokens[i].kind {
		case '(', '[', '{':
			depth++
		case ')', ']', '}':
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return len(c.tokens) - 1
}
