package lsp

import (
	"context"
	"regexp"
	"slices"
	"strings"

	"github.com/plumbapi/plumb/internal/lsp/protocol"
	"github.com/plumbapi/plumb/openapi"
)

// refLine matches a line with a reference: what stands before its text, and the
// text.
var refLine = regexp.MustCompile(`["']?\$ref["']?\s*:\s*(?:"([^"]*)"?|'([^']*)'?|([^\s"'#][^\s,}]*))`)

// refAt returns the text of the reference that an offset of a text is on.
func refAt(t *Text, offset int) (ref string, start, end int, ok bool) {
	line, from := t.Line(offset)
	for _, m := range refLine.FindAllStringSubmatchIndex(line, -1) {
		if offset < from+m[0] || offset > from+m[1] {
			continue
		}
		for i := 2; i < len(m); i += 2 {
			if m[i] >= 0 {
				return line[m[i]:m[i+1]], from + m[i], from + m[i+1], true
			}
		}
	}
	return "", 0, 0, false
}

// target returns what the reference at the cursor names, else the member whose
// name the cursor is on.
func (p *place) target() (n *openapi.Node, isRef bool) {
	src := p.source()
	if src == nil {
		return nil, false
	}
	if ref, _, _, ok := refAt(p.now, p.cursor); ok {
		n, err := p.result.description().Lookup(src.Root(), ref)
		if err != nil {
			return nil, true
		}
		return n, true
	}
	if n, onKey := p.node(); onKey {
		return n, false
	}
	return nil, false
}

// definition leads from a reference to what it names, and from the name of a
// GraphQL type to its definition.
func (s *Server) definition(_ context.Context, params *protocol.PositionParams) (any, error) {
	out := []protocol.Location{}
	for _, p := range s.places(params) {
		if p.result.GraphQL != nil {
			out = appendLocation(out)(p.typeDefinition())
			continue
		}
		if n, isRef := p.target(); isRef && n != nil {
			out = appendLocation(out)(s.ofKey(p.result, n))
		}
	}
	return out, nil
}

// appendLocation appends a location where there is one that the list does not
// have.
func appendLocation(list []protocol.Location) func(protocol.Location, bool) []protocol.Location {
	return func(l protocol.Location, ok bool) []protocol.Location {
		if ok && !slices.Contains(list, l) {
			list = append(list, l)
		}
		return list
	}
}

// references lists what refers to the component at the cursor.
func (s *Server) references(_ context.Context, params *protocol.PositionParams) (any, error) {
	out := []protocol.Location{}
	for _, p := range s.places(params) {
		if p.result.GraphQL != nil {
			for _, l := range p.typeReferences(params.Context.IncludeDeclaration) {
				out = appendLocation(out)(l, true)
			}
			continue
		}
		n, _ := p.target()
		if n == nil {
			continue
		}
		if params.Context.IncludeDeclaration {
			out = appendLocation(out)(s.ofKey(p.result, n))
		}
		for _, m := range mentions(p.result.description(), n) {
			start, end := m.node.Offsets()
			out = appendLocation(out)(s.where(p.result, m.node.Source().Name(), start, end))
		}
	}
	return out, nil
}

// mention is a string that names a component.
type mention struct {
	node *openapi.Node
	// pointer says that the string is a reference; else it is the name itself.
	pointer bool
	onKey   bool // the name is that of the member
}

// mentions returns what names a component or something in it: references,
// mappings of discriminators, security requirements; in the order of the sources.
func mentions(doc *openapi.Document, n *openapi.Node) []mention {
	var list []mention
	pointer := n.Pointer()
	names := func(from *openapi.Node, ref string) bool {
		file, fragment, _ := strings.Cut(ref, "#")
		root := from.Source().Root()
		if file != "" {
			r, err := doc.Lookup(from, file)
			if err != nil {
				return false
			}
			root = r
		}
		if root.Source() != n.Source() || root.Parent() != nil {
			return false
		}
		rest, ok := strings.CutPrefix(decoded(fragment), pointer)
		return ok && (rest == "" || rest[0] == '/')
	}
	for _, r := range doc.Refs() {
		if names(r.Node, r.Value()) {
			list = append(list, mention{node: r.Node.Get("$ref"), pointer: true})
		}
	}
	schema := n.Role() == openapi.SchemaRole && isComponent(n)
	for _, d := range doc.Nodes(openapi.DiscriminatorRole) {
		for _, v := range d.Get("mapping").Children() {
			text, ok := v.Str()
			switch {
			case !ok:
			case strings.ContainsAny(text, "#/"):
				if names(v, text) {
					list = append(list, mention{node: v, pointer: true})
				}
			case schema && text == n.Key():
				list = append(list, mention{node: v})
			}
		}
	}
	if n.Role() == openapi.SecuritySchemeRole {
		for _, req := range doc.Nodes(openapi.SecurityRole) {
			if c := req.Get(n.Key()); c != nil {
				list = append(list, mention{node: c, onKey: true})
			}
		}
	}
	return list
}

// isComponent reports whether a value is one of the reusable objects of its
// source, or the member of a file that holds nothing else.
func isComponent(n *openapi.Node) bool {
	at := strings.Split(n.Pointer(), "/")
	switch {
	case len(at) == 4 && at[1] == "components":
		return true
	case len(at) == 3:
		return slices.Contains([]string{"definitions", "parameters", "responses", "securityDefinitions"}, at[1])
	}
	return false
}
