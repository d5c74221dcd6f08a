package gql

import (
	"strings"

	"github.com/plumbapi/plumb/graphql"
)

// fields makes the fields of an object or interface.
func (a *API) fields(t *Type) {
	t.byName = make(map[string]*Field, len(t.Source.Fields))
	for _, src := range named(t.Source.Fields) {
		f := a.field(t, src)
		t.Fields = append(t.Fields, f)
		t.byName[f.Name] = f
	}
	a.Fields = append(a.Fields, t.Fields...)
}

func (a *API) field(parent *Type, src *graphql.Field) *Field {
	f := &Field{
		Source: src, Parent: parent, Name: src.Name, Words: a.lex.Name(src.Name), Plural: a.lex.Plural(src.Name),
		Coordinate: src.Coordinate(), List: src.Type.IsList(),
	}
	f.Target = a.byName[src.Type.Name]
	if f.Target == nil {
		f.Scalar = src.Type.Name
	} else if c := f.Target; c.Role == Connection && c.Nodes != nil {
		f.List, f.Paged = true, true
		if e := c.Source.Field("edges"); e != nil {
			if edge := a.byName[e.Type.Name]; edge != nil && len(edge.Source.Fields) > 2 {
				f.Via = edge
			}
		}
		f.Target = c.Nodes
	}
	if d := src.Deprecated; d != nil {
		f.Reason = d.Reason
		f.Experimental = Experiment(d.Reason)
		f.Deprecated = !f.Experimental
	}
	f.Args = a.args(src)
	return f
}

// Experiment reports whether a deprecation's reason says that the element is
// not deprecated but not stable yet, as servers do that have no other way to
// mark it.
func Experiment(reason string) bool {
	r := strings.ToLower(reason)
	for _, mark := range [...]string{"status: experiment", "status**: experiment", "status: alpha", "status: beta", "this feature is an experiment", "this feature is in alpha", "this feature is in beta", "introduced in"} {
		if strings.Contains(r, mark) && !strings.Contains(r, "deprecated in") {
			return true
		}
	}
	return false
}

// args are the arguments of a field. A field that takes one input object
// takes what is in it.
func (a *API) args(src *graphql.Field) []*Arg {
	values := src.Args
	if len(values) == 1 && values[0].Type.Elem == nil {
		if in := values[0].Type.Type(); in != nil && in.Kind == graphql.InputObject && (values[0].Name == "input" || src.Parent().IsRoot()) {
			values = in.InputFields
		}
	}
	args := make([]*Arg, 0, len(values))
	for _, v := range named(values) {
		if v.Name == "clientMutationId" {
			continue
		}
		args = append(args, a.Arg(v))
	}
	return args
}

// Arg makes an argument or input field.
func (a *API) Arg(v *graphql.InputValue) *Arg {
	arg := &Arg{
		Source: v, Name: v.Name, Words: a.lex.Name(v.Name), Required: v.Required(),
		List: v.Type.IsList(), Deprecated: v.Deprecated != nil && !Experiment(v.Deprecated.Reason), Paging: paging(v.Name),
	}
	if arg.Type = a.byName[v.Type.Name]; arg.Type == nil {
		arg.Scalar = v.Type.Name
	}
	return arg
}

// paging reports whether an argument cuts a list.
func paging(name string) bool {
	switch strings.ToLower(name) {
	case "first", "last", "before", "after", "limit", "offset", "skip", "take", "page", "perpage", "pagesize", "cursor", "per_page", "page_size":
		return true
	}
	return false
}

// roots makes the root fields.
func (a *API) roots() {
	if q := a.Source.Query; q != nil {
		for _, f := range a.byName[q.Name].Fields {
			switch {
			case f.Target != nil && f.Target.Name == "Node" && len(f.Args) == 1:
				if !f.List {
					a.Node = f
				}
			case f.Target != nil && f.Target.Role == Root:
			default:
				a.Queries = append(a.Queries, f)
			}
		}
	}
	if m := a.Source.Mutation; m != nil {
		for _, f := range a.byName[m.Name].Fields {
			f.Payload = payload(f)
			a.Mutations = append(a.Mutations, f)
		}
	}
}

// payload returns the fields of what a mutation yields, without errors and
// the client's own ID; none where it yields the thing itself.
func payload(f *Field) []*Field {
	if f.Target == nil || f.Target.Role != Payload && !wrapper(f.Target) {
		return nil
	}
	var out []*Field
	for _, p := range f.Target.Fields {
		switch p.Name {
		case "clientMutationId", "errors", "userErrors", "query", "success", "ok", "message":
			continue
		}
		if p.Target != nil && p.Target.Role == Edge && p.Target.Nodes != nil {
			edge := *p
			edge.Target = p.Target.Nodes
			p = &edge
		}
		out = append(out, p)
	}
	return out
}

// wrapper reports whether a type that is not called a payload is one.
func wrapper(t *Type) bool {
	return t.byName["clientMutationId"] != nil || t.byName["userErrors"] != nil || t.byName["errors"] != nil && len(t.Fields) <= 4
}
