package lsp

import (
	"context"
	"fmt"
	"strings"

	"github.com/plumbapi/plumb/internal/lsp/protocol"
	"github.com/plumbapi/plumb/internal/words"
	"github.com/plumbapi/plumb/openapi"
)

// hover explains what is found at the cursor, and shows what the reference or
// the type there stands for.
func (s *Server) hover(_ context.Context, params *protocol.PositionParams) (any, error) {
	var parts []string
	add := func(part string) {
		for _, p := range parts {
			if p == part {
				return
			}
		}
		if part != "" {
			parts = append(parts, part)
		}
	}
	for _, p := range s.places(params) {
		if p.result.GraphQL != nil {
			if t, _ := p.typeAt(); t != nil {
				add(typeHover(t))
			}
			continue
		}
		n, isRef := p.target()
		switch {
		case isRef && n == nil:
			add("This reference leads nowhere.")
		case n != nil && (isRef || renamable(n)):
			add(p.nodeHover(n))
		}
	}
	for _, f := range s.found(keyOf(params.TextDocument.URI)) {
		if inside(f.diagnostic.Range, params.Position) {
			add(s.ruleHover(f.Rule))
		}
	}
	if len(parts) == 0 {
		return nil, nil //nolint:nilnil // there is nothing to say
	}
	return protocol.Hover{Contents: protocol.MarkupContent{Kind: "markdown", Value: strings.Join(parts, "\n\n---\n\n")}}, nil
}

func inside(r protocol.Range, p protocol.Position) bool {
	return !before(p, r.Start) && !before(r.End, p)
}

func before(a, b protocol.Position) bool {
	return a.Line < b.Line || a.Line == b.Line && a.Character < b.Character
}

// ruleHover is what a rule demands, and why.
func (s *Server) ruleHover(id string) string {
	m, ok := s.options.Backend.Rule(id)
	if !ok {
		return ""
	}
	text := "**" + m.ID + "**"
	if m.Summary != "" {
		text += ": " + m.Summary
	}
	if m.Rationale != "" {
		text += "\n\n" + m.Rationale
	}
	if page := s.options.Backend.Page(id); page != "" {
		text += "\n\n[" + m.ID + "](" + page + ")"
	}
	return text
}

// nodeHover is a component in a few lines.
func (p *place) nodeHover(n *openapi.Node) string {
	doc := p.result.description()
	what := "value"
	end := doc.Resolve(n)
	if end.Role() != openapi.NoRole {
		what = end.Role().String()
	}
	var b strings.Builder
	fmt.Fprintf(&b, "**%s**, %s", code(n.Key()), what)
	if n.Source() != p.source() {
		fmt.Fprintf(&b, " in %s", code(n.Source().Name()))
	}
	uses := 0
	for _, m := range mentions(doc, n) {
		if m.pointer {
			uses++
		}
	}
	fmt.Fprintf(&b, ", %s", words.Count(uses, "reference"))
	for _, key := range []string{"title", "summary", "description"} {
		if text, ok := end.Get(key).Str(); ok && text != "" {
			b.WriteString("\n\n" + text)
		}
	}
	if rows := shape(doc, end); rows != "" {
		b.WriteString("\n\n```\n" + rows + "```")
	}
	return b.String()
}

func code(text string) string { return "`" + strings.ReplaceAll(text, "`", "'") + "`" }

// shape lists what a schema or parameter holds, a line each.
func shape(doc *openapi.Document, n *openapi.Node) string {
	var b strings.Builder
	for _, key := range []string{"name", "in", "type", "format"} {
		if v := n.Get(key); v != nil && v.Len() == 0 {
			fmt.Fprintf(&b, "%s: %s\n", key, v.Text())
		}
	}
	required := map[string]bool{}
	for _, r := range n.Get("required").Children() {
		required[r.Text()] = true
	}
	const most = 12
	for i, c := range n.Get("properties").Children() {
		if i == most {
			b.WriteString("  …\n")
			break
		}
		mark := ""
		if required[c.Key()] {
			mark = " (required)"
		}
		fmt.Fprintf(&b, "  %s: %s%s\n", c.Key(), typeOf(doc, c), mark)
	}
	return b.String()
}

// typeOf says in a word what a schema's values are.
func typeOf(doc *openapi.Document, n *openapi.Node) string {
	if ref, ok := n.Get("$ref").Str(); ok && doc.Ref(n) != nil {
		return ref[strings.LastIndexByte(ref, '/')+1:]
	}
	t := n.Get("type")
	switch {
	case t.Is(openapi.String) && t.Text() == "array":
		return typeOf(doc, n.Get("items")) + "[]"
	case t.Is(openapi.String):
		return t.Text()
	case t.Len() > 0:
		var list []string
		for _, c := range t.Children() {
			list = append(list, c.Text())
		}
		return strings.Join(list, " or ")
	}
	for _, key := range []string{"oneOf", "anyOf", "allOf"} {
		if n.Has(key) {
			return key
		}
	}
	return "any"
}
