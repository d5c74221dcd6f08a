package graphql

// usage is the index of who uses a type and what the roots reach. It is built
// when first asked for.
type usage struct {
	by        map[*Type][]Element
	reachable map[*Type]bool
}

// UsedBy returns what names the type, in the order of the schema: the fields
// and input values that have it, the unions that it is a member of, the
// types that implement it. That it is a root type is not in the list, nor are
// uses by built-in types.
func (t *Type) UsedBy() []Element {
	if t.schema == nil {
		return nil
	}
	return t.schema.usage().by[t]
}

// Reachable reports whether a query can come to the type: it is a root type
// or used, over any number of steps, by one, it implements an interface that
// is reachable, or it is used by an argument of a directive.
func (t *Type) Reachable() bool {
	return t.schema != nil && t.schema.usage().reachable[t]
}

func (s *Schema) usage() *usage {
	s.indexOnce.Do(func() {
		s.index.by = s.users()
		s.index.reachable = s.reach()
	})
	return &s.index
}

func (s *Schema) users() map[*Type][]Element {
	by := make(map[*Type][]Element, len(s.Types))
	use := func(t *Type, e Element) {
		if t != nil {
			by[t] = append(by[t], e)
		}
	}
	args := func(values []*InputValue) {
		for _, v := range values {
			use(v.Type.def, v)
		}
	}
	for _, t := range s.Types {
		for _, r := range t.Interfaces {
			use(r.def, t)
		}
		for _, r := range t.Members {
			use(r.def, t)
		}
		for _, f := range t.Fields {
			use(f.Type.def, f)
			args(f.Args)
		}
		args(t.InputFields)
	}
	for _, d := range s.Directives {
		args(d.Args)
	}
	return by
}

// reach walks the graph of types from the roots and the directives.
func (s *Schema) reach() map[*Type]bool {
	seen := make(map[*Type]bool, len(s.Types))
	var queue []*Type
	visit := func(t *Type) {
		if t != nil && !seen[t] {
			seen[t] = true
			queue = append(queue, t)
		}
	}
	for _, t := range s.Roots() {
		visit(t)
	}
	for _, d := range s.Directives {
		for _, a := range d.Args {
			visit(a.Type.def)
		}
	}
	for len(queue) > 0 {
		t := queue[len(queue)-1]
		queue = queue[:len(queue)-1]
		for _, f := range t.Fields {
			visit(f.Type.def)
			for _, a := range f.Args {
				visit(a.Type.def)
			}
		}
		for _, v := range t.InputFields {
			visit(v.Type.def)
		}
		for _, r := range t.Interfaces {
			visit(r.def)
		}
		for _, r := range t.Members {
			visit(r.def)
		}
		for _, i := range t.implementors {
			visit(i)
		}
	}
	return seen
}
