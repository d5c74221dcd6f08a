package parity

import (
	"slices"
	"strings"

	"github.com/plumbapi/plumb/graphql"
	"github.com/plumbapi/plumb/parity/internal/gql"
)

// Input objects are looked into so deep, and so many of their fields.
const (
	maxInputDepth = 2
	maxLeaves     = 120
)

// arguments lists the arguments of the field, with the fields of their input
// objects, and those of the fields on the way to it.
func (e *exchange) arguments() []*gqlInput {
	var out []*gqlInput
	for _, f := range e.way() {
		entity := e.entityOf(f)
		for _, a := range f.Args {
			out = append(out, &gqlInput{
				arg: a, form: e.names.form(a.Name, a.Words), value: e.argValue(a), role: KeyInput, outer: true, entity: entity,
			})
		}
	}
	f := e.link.field
	entity := e.entityOf(f)
	for _, a := range f.Args {
		out = e.argument(out, a, nil, entity, maxInputDepth)
	}
	return out
}

// argument adds an argument and what is in it.
func (e *exchange) argument(out []*gqlInput, a *gql.Arg, parent *gqlInput, entity []int32, depth int) []*gqlInput {
	in := &gqlInput{arg: a, form: e.names.form(a.Name, a.Words), value: e.argValue(a), parent: parent, entity: entity}
	in.role = e.argRole(in)
	out = append(out, in)
	if a.Type == nil || a.Type.Role != gql.Input || a.List || depth == 0 || len(out) > maxLeaves {
		return out
	}
	switch strings.ToLower(a.Name) {
	case "not", "or", "and": // say of the same fields something else
		return out
	}
	for _, v := range a.Type.Source.InputFields {
		out = e.argument(out, e.p.gql.Arg(v), in, entity, depth-1)
	}
	return out
}

func (e *exchange) argValue(a *gql.Arg) fieldValue {
	return e.gqlValue(a.Type, a.Scalar, a.List, a.Source.Type.String())
}

// argRole says what an argument is for.
func (e *exchange) argRole(in *gqlInput) InputRole {
	mark := e.names.list[in.form.fold]
	switch {
	case in.parent != nil && in.parent.role == SortInput:
		return SortInput
	case e.isWrite():
		return DataInput
	case in.arg.Paging || in.parent == nil && mark&(sizeName|atName) != 0:
		return PagingInput
	case mark&(sortName|orderName) != 0:
		return SortInput
	case in.arg.Required && in.parent == nil:
		return KeyInput
	}
	return FilterInput
}

// isWrite reports whether the field is a mutation.
func (e *exchange) isWrite() bool {
	m := e.p.gql.Source.Mutation
	return m != nil && e.link.field.Source.Parent() == m
}

// entityOf returns the stems of what a field is about: its name, the noun of
// a mutation's, and the type that it yields.
func (e *exchange) entityOf(f *gql.Field) []int32 {
	stems := slices.Clone(e.names.form(f.Name, f.Words).stems)
	if f.Target != nil && f.Target.Role == gql.Thing {
		stems = append(stems, e.names.form(f.Target.Name, f.Target.Words).stems...)
	}
	return stems
}

// way finds the fields that lead from a root field to the one that matched,
// without that itself.
func (e *exchange) way() []*gql.Field {
	names := strings.Split(e.link.pair.Path, ".")
	query := e.p.gql.Source.Query
	if len(names) < 2 || query == nil {
		return nil
	}
	var out []*gql.Field
	t := e.p.gql.Type(query.Name)
	for _, name := range names[:len(names)-1] {
		f := t.Field(name)
		for i := 0; f == nil && t != nil && i < len(t.Possible); i++ {
			f = t.Possible[i].Field(name)
		}
		if f == nil {
			return out
		}
		out = append(out, f)
		t = f.Target
	}
	return out
}

// coordinate names the argument or the field of an input object.
func (g *gqlInput) coordinate() string { return g.arg.Source.Coordinate() }

// inside reports whether an input object as a whole has a partner, so that
// its fields are not inputs of their own.
func (g *gqlInput) inside() bool {
	for p := g.parent; p != nil; p = p.parent {
		if p.partner != nil {
			return true
		}
	}
	return false
}

// hasFields reports whether an argument is an input object whose fields are
// inputs of their own.
func (g *gqlInput) hasFields() bool {
	return g.arg.Type != nil && g.arg.Type.Source.Kind == graphql.InputObject && !g.arg.List
}

// looksInside reports whether the fields of an input object are among the
// inputs, so that it is none of its own.
func (e *exchange) looksInside(g *gqlInput) bool {
	return slices.ContainsFunc(e.gql, func(h *gqlInput) bool { return h.parent == g })
}

// echoed reports whether an argument only says again what another does that
// has a partner, as a field of a filter and an argument of its own do.
func (e *exchange) echoed(g *gqlInput) bool {
	return slices.ContainsFunc(e.gql, func(h *gqlInput) bool { return h != g && h.partner != nil && !h.outer && h.form.one == g.form.one })
}
