package lsp

import (
	"context"
	"strings"

	"github.com/plumbapi/plumb/graphql"
	"github.com/plumbapi/plumb/internal/lsp/protocol"
	"github.com/plumbapi/plumb/openapi"
)

// symbols outlines a document: paths with their operations, webhooks,
// components; types with their fields.
func (s *Server) symbols(_ context.Context, params *protocol.DocumentParams) (any, error) {
	path := keyOf(params.TextDocument.URI)
	for _, r := range s.good(path) {
		for _, file := range filesAt(r, path) {
			o := outline{result: r, file: file, now: s.textOf(s.snapshot(), r, file)}
			o.shift = shiftOf(r.Texts[file], o.now.String())
			if list := o.list(); len(list) > 0 {
				return list, nil
			}
		}
	}
	return []protocol.DocumentSymbol{}, nil
}

func filesAt(r *Result, path string) []string {
	for file, p := range r.Paths {
		if p == path {
			return []string{file}
		}
	}
	return nil
}

// outline makes the symbols of one file.
type outline struct {
	result *Result
	file   string
	now    *Text
	shift  shift
}

func (o *outline) list() []protocol.DocumentSymbol {
	if o.result.GraphQL != nil {
		return o.types(o.result.GraphQL)
	}
	for _, src := range o.result.description().Sources() {
		if src.Name() == o.file {
			return o.members(src.Root())
		}
	}
	return nil
}

func (o *outline) symbol(name, detail string, kind int, start, end, from, to int) protocol.DocumentSymbol {
	if name == "" {
		name = `""` // editors refuse a symbol without a name
	}
	at := o.shift.move
	return protocol.DocumentSymbol{
		Name: name, Detail: detail, Kind: kind,
		Range: o.now.Range(at(start), at(end)), SelectionRange: o.now.Range(at(from), at(to)),
	}
}

func (o *outline) node(n *openapi.Node, detail string, kind int) protocol.DocumentSymbol {
	from, to := n.KeyOffsets()
	start, end := n.Offsets()
	if to == 0 {
		from, to = start, start
	}
	return o.symbol(n.Key(), detail, kind, min(from, start), max(end, to), from, to)
}

// members outlines the root of a description, or of a file that one refers to.
func (o *outline) members(root *openapi.Node) []protocol.DocumentSymbol {
	list := []protocol.DocumentSymbol{}
	for _, c := range root.Children() {
		sym := o.node(c, "", protocol.SymbolKey)
		switch c.Key() {
		case "info":
			sym.Detail = strings.TrimSpace(c.Get("title").Text() + " " + c.Get("version").Text())
		case "paths", "webhooks", "x-webhooks":
			sym.Kind = protocol.SymbolNamespace
			for _, item := range c.Children() {
				sym.Children = append(sym.Children, o.pathItem(item))
			}
		case "components":
			sym.Kind = protocol.SymbolNamespace
			for _, section := range c.Children() {
				inner := o.node(section, "", protocol.SymbolNamespace)
				inner.Children = o.named(section)
				sym.Children = append(sym.Children, inner)
			}
		case "definitions", "parameters", "responses", "securityDefinitions":
			sym.Kind = protocol.SymbolNamespace
			sym.Children = o.named(c)
		}
		list = append(list, sym)
	}
	return list
}

func (o *outline) named(section *openapi.Node) []protocol.DocumentSymbol {
	var list []protocol.DocumentSymbol
	for _, c := range section.Children() {
		list = append(list, o.node(c, c.Get("title").Text(), protocol.SymbolClass))
	}
	return list
}

func (o *outline) pathItem(item *openapi.Node) protocol.DocumentSymbol {
	sym := o.node(item, "", protocol.SymbolModule)
	for _, c := range item.Children() {
		if c.Role() == openapi.OperationRole {
			op := o.node(c, c.Get("operationId").Text(), protocol.SymbolMethod)
			op.Deprecated = c.Get("deprecated").IsTrue()
			sym.Children = append(sym.Children, op)
		}
	}
	return sym
}

var kindsOfTypes = map[graphql.Kind]int{
	graphql.Object: protocol.SymbolClass, graphql.Interface: protocol.SymbolInterface, graphql.InputObject: protocol.SymbolStruct,
	graphql.Enum: protocol.SymbolEnum, graphql.Union: protocol.SymbolClass, graphql.Scalar: protocol.SymbolKey,
}

// types outlines the types of a schema that are defined in the file.
func (o *outline) types(schema *graphql.Schema) []protocol.DocumentSymbol {
	list := []protocol.DocumentSymbol{}
	for _, t := range schema.Types {
		if !o.here(&t.Node) {
			continue
		}
		sym := o.element(&t.Node, t.Kind.Keyword(), kindsOfTypes[t.Kind])
		for _, f := range t.Fields {
			o.child(&sym, &f.Node, f.Type.String(), protocol.SymbolField)
		}
		for _, f := range t.InputFields {
			o.child(&sym, &f.Node, f.Type.String(), protocol.SymbolField)
		}
		for _, v := range t.EnumValues {
			o.child(&sym, &v.Node, "", protocol.SymbolEnumMember)
		}
		list = append(list, sym)
	}
	for _, d := range schema.Directives {
		if o.here(&d.Node) {
			sym := o.element(&d.Node, "directive", protocol.SymbolFunction)
			sym.Name = "@" + sym.Name
			list = append(list, sym)
		}
	}
	return list
}

func (o *outline) here(n *graphql.Node) bool { return n.Source() != nil && n.Source().Name() == o.file }

func (o *outline) element(n *graphql.Node, detail string, kind int) protocol.DocumentSymbol {
	start, end := n.Span()
	from, to := n.NameSpan()
	sym := o.symbol(n.Name, detail, kind, min(start, from), max(end, to), from, to)
	sym.Deprecated = n.Deprecated != nil
	return sym
}

func (o *outline) child(parent *protocol.DocumentSymbol, n *graphql.Node, detail string, kind int) {
	if o.here(n) { // not in an extension in another file
		parent.Children = append(parent.Children, o.element(n, detail, kind))
	}
}
