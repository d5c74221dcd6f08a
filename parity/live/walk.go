package live

import (
	"fmt"
	"strings"

	"github.com/plumbapi/plumb/graphql"
	"github.com/plumbapi/plumb/parity"
)

// hop is one step of the path from the root of the query.
type hop struct {
	field *graphql.Field
	// on is the type of the fragment in which the field stands; "" where it
	// stands in none.
	on   string
	page *page // the parts of the connection that the field yields; nil for none
	args []*argument
}

// target is the type of what the hop yields, behind a connection.
func (h *hop) target() *graphql.Type {
	if h.page != nil {
		return h.page.node
	}
	return h.field.Type.Type()
}

func (h *hop) many() bool { return h.page != nil || h.field.Type.IsList() }

// page says how the objects of a connection are reached.
type page struct {
	node  *graphql.Type
	nodes string // the field that lists the objects; "" where only edges do
	edges string
	total string // the field that counts them
	info  bool   // pageInfo says whether more follow
}

// pageOf takes a connection apart; nil for other types.
func pageOf(t *graphql.Type) *page {
	if t == nil || t.Kind != graphql.Object {
		return nil
	}
	p := &page{}
	for _, name := range [...]string{"nodes", "items"} {
		if f := t.Field(name); f != nil && f.Type.IsList() && required(f) == nil {
			p.nodes, p.node = name, f.Type.Type()
			break
		}
	}
	if f := t.Field("edges"); f != nil && f.Type.IsList() && f.Type.Type() != nil {
		if n := f.Type.Type().Field("node"); n != nil && !n.Type.IsList() {
			p.edges = "edges"
			if p.node == nil {
				p.node = n.Type.Type()
			}
		}
	}
	info := t.Field("pageInfo")
	p.info = info != nil && info.Type.Type() != nil && info.Type.Type().Field("hasNextPage") != nil
	for _, f := range t.Fields {
		for _, name := range totalNames {
			if p.total == "" && fold(f.Name) == name && !f.Type.IsList() && required(f) == nil && f.Type.Type() != nil && !f.Type.Type().IsComposite() {
				p.total = f.Name
			}
		}
	}
	if p.node == nil || p.edges == "" && !p.info && p.total == "" {
		return nil
	}
	return p
}

// required returns an argument that must be given, nil where none must.
func required(f *graphql.Field) *graphql.InputValue {
	for _, a := range f.Args {
		if a.Required() {
			return a
		}
	}
	return nil
}

// walk finds the fields of the path.
func (p *planner) walk(out *Probe, path string) string {
	if p.schema.Query == nil {
		return "the schema has no query type"
	}
	parent, name, _ := strings.Cut(out.Coordinate, ".")
	switch {
	case path != "":
	case parent == p.schema.Query.Name:
		path = name
	case out.Pair.Reason == parity.NodeID && p.schema.Query.Field("node") != nil:
		path = "node." + name
	default:
		return "no path leads to " + out.Coordinate
	}
	hops := p.hops(p.schema.Query, strings.Split(path, "."), parent)
	if hops == nil {
		return fmt.Sprintf("the path %s does not exist in the schema", path)
	}
	for _, h := range hops[:len(hops)-1] {
		if h.many() {
			return fmt.Sprintf("the path leads through the list %s", h.field.Coordinate())
		}
	}
	out.hops = hops
	return ""
}

// hops follows names from a type. What an interface or union lacks is looked
// for in its possible types, in the last step first in the one that the
// coordinate names.
func (p *planner) hops(from *graphql.Type, names []string, last string) []*hop {
	if len(names) == 0 {
		return []*hop{}
	}
	if from == nil || len(names) > 12 {
		return nil
	}
	try := func(t *graphql.Type, on string) []*hop {
		f := t.Field(names[0])
		if f == nil {
			return nil
		}
		h := &hop{field: f, on: on, page: pageOf(f.Type.Type())}
		rest := p.hops(h.target(), names[1:], last)
		if rest == nil {
			return nil
		}
		return append([]*hop{h}, rest...)
	}
	if out := try(from, ""); out != nil || !from.IsAbstract() {
		return out
	}
	possible := from.PossibleTypes()
	for _, first := range [...]bool{true, false} {
		for _, t := range possible {
			if (t.Name == last) == first {
				if out := try(t, t.Name); out != nil {
					return out
				}
			}
		}
	}
	return nil
}
