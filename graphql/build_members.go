package graphql

// indexFrom is the length from which a list gets an index by name. Shorter
// ones are searched faster than hashed.
const indexFrom = 32

// members sets the parent of what a type has, drops what it has twice, and
// adds the rest to the lists of the schema.
func (l *linker) members(t *Type) {
	for _, r := range t.Interfaces {
		r.parent = t
	}
	for _, r := range t.Members {
		r.parent = t
	}
	for _, f := range t.Fields {
		f.parent = t
	}
	for _, v := range t.EnumValues {
		v.parent = t
	}
	t.Interfaces, t.interfaceIndex = distinct(t.Interfaces, func(r, known *Reference) {
		l.reportRelated(ruleDuplicateMember, r.Location(), r.Name, first(known.Location()),
			"%q implements %q twice", t.Name, r.Name)
	})
	switch t.Kind {
	case Object, Interface:
		t.Fields, t.index = distinct(t.Fields, func(f, known *Field) {
			l.reportRelated(ruleDuplicateField, f.Location(), "", first(known.Location()),
				"field %q is already defined in %q", f.Name, t.Name)
		})
	case Union:
		t.Members, t.index = distinct(t.Members, func(r, known *Reference) {
			l.reportRelated(ruleDuplicateMember, r.Location(), r.Name, first(known.Location()),
				"union %q has the member %q twice", t.Name, r.Name)
		})
	case Enum:
		t.EnumValues, t.index = distinct(t.EnumValues, func(v, known *EnumValue) {
			l.reportRelated(ruleDuplicateValue, v.Location(), "", first(known.Location()),
				"enum value %q is already defined in %q", v.Name, t.Name)
		})
	case InputObject:
		t.InputFields, t.index = l.inputs(t.InputFields, t, ruleDuplicateField)
	}
	for _, f := range t.Fields {
		if len(f.Args) > 0 {
			f.Args, f.argIndex = l.inputs(f.Args, f, ruleDuplicateArgument)
		}
	}
	l.enlist(t)
}

// reserve makes room in the lists of the schema.
func (s *Schema) reserve(types []*Type) {
	var fields, args, inputs, values int
	for _, t := range types {
		fields += len(t.Fields)
		inputs += len(t.InputFields)
		values += len(t.EnumValues)
		for _, f := range t.Fields {
			args += len(f.Args)
		}
	}
	s.Types = make([]*Type, 0, len(types))
	s.Fields = make([]*Field, 0, fields)
	s.Arguments = make([]*InputValue, 0, args)
	s.InputFields = make([]*InputValue, 0, inputs)
	s.EnumValues = make([]*EnumValue, 0, values)
}

// enlist adds what a type has to the lists of the schema.
func (l *linker) enlist(t *Type) {
	s := l.schema
	l.uses(t)
	for _, f := range t.Fields {
		l.uses(f)
		for _, a := range f.Args {
			l.uses(a)
		}
		if !t.BuiltIn {
			s.Arguments = append(s.Arguments, f.Args...)
		}
	}
	for _, v := range t.EnumValues {
		l.uses(v)
	}
	for _, v := range t.InputFields {
		l.uses(v)
	}
	if !t.BuiltIn {
		s.Fields = append(s.Fields, t.Fields...)
		s.EnumValues = append(s.EnumValues, t.EnumValues...)
		s.InputFields = append(s.InputFields, t.InputFields...)
	}
}

func (l *linker) inputs(values []*InputValue, parent Element, rule string) ([]*InputValue, map[string]int32) {
	what := "argument"
	if rule == ruleDuplicateField {
		what = "field"
	}
	for _, v := range values {
		v.parent = parent
	}
	return distinct(values, func(v, known *InputValue) {
		l.reportRelated(rule, v.Location(), "", first(known.Location()),
			"%s %q is already defined in %q", what, v.Name, parent.Coordinate())
	})
}

// distinct returns the list without those of its items whose name came
// before; each of them is reported with the first of its name. A long list
// gets an index, too.
func distinct[T interface{ named() string }](items []T, twice func(item, known T)) ([]T, map[string]int32) {
	if len(items) < indexFrom {
		return distinctFew(items, twice), nil
	}
	index := make(map[string]int32, len(items))
	kept := items[:0]
	for _, item := range items {
		n := item.named()
		if first, ok := index[n]; ok {
			twice(item, kept[first])
			continue
		}
		index[n] = int32(len(kept))
		kept = append(kept, item)
	}
	return kept, index
}

// distinctFew is distinct for a list that is faster compared than hashed.
func distinctFew[T interface{ named() string }](items []T, twice func(item, known T)) []T {
	kept := items[:0]
next:
	for _, item := range items {
		name := item.named()
		for _, known := range kept {
			if known.named() == name {
				twice(item, known)
				continue next
			}
		}
		kept = append(kept, item)
	}
	return kept
}

// resolve finds what every name means.
func (l *linker) resolve() {
	s := l.schema
	for _, r := range l.refs.list {
		r.def = s.types[r.Name]
	}
	for _, d := range s.Uses {
		d.def = s.directives[d.Name]
	}
	for _, t := range append(s.Types[:len(s.Types):len(s.Types)], s.builtIns...) {
		for _, r := range t.Members {
			r.def = s.types[r.Name]
		}
		for _, r := range t.Interfaces {
			if r.def = s.types[r.Name]; r.def != nil && r.def.Kind == Interface {
				r.def.implementors = append(r.def.implementors, t)
			}
		}
		t.SpecifiedBy, t.OneOf = t.specified()
	}
	l.roots()
	l.imports()
}

// specified reads what directives of the specification say about a type.
func (t *Type) specified() (url string, oneOf bool) {
	url, oneOf = t.SpecifiedBy, t.OneOf
	if d := t.Node.Directive("specifiedBy"); d != nil && t.Kind == Scalar {
		if v := d.Arg("url"); v != nil && v.Kind == StringValue {
			url = v.Text
		}
	}
	return url, oneOf || t.Kind == InputObject && t.Node.Directive("oneOf") != nil
}

// roots finds the root types: those that the schema definition names, or,
// where it names none, those that have the default names.
func (l *linker) roots() {
	s := l.schema
	root := func(operation string) **Type {
		switch operation {
		case "mutation":
			return &s.Mutation
		case "subscription":
			return &s.Subscription
		}
		return &s.Query
	}
	if s.Definition != nil && len(s.Definition.Operations) > 0 {
		for _, op := range s.Definition.Operations {
			op.Type.def = s.types[op.Type.Name]
			if t := op.Type.def; t != nil && t.Kind == Object {
				*root(op.Operation) = t
			}
		}
		if !s.Definition.extension {
			return
		}
	}
	for _, d := range []struct{ operation, name string }{
		{"query", "Query"}, {"mutation", "Mutation"}, {"subscription", "Subscription"},
	} {
		if t := s.types[d.name]; t != nil && t.Kind == Object && *root(d.operation) == nil {
			*root(d.operation) = t
		}
	}
}

// imports collects the names that uses of @link on the schema bring in from
// elsewhere, as the core schemas specification has it: @link(url: "…/name/v1",
// import: ["@key", {name: "@a", as: "@b"}, "Scalar"]). They are defined where
// the URL leads, and not in the sources.
func (l *linker) imports() {
	l.imported = map[string]bool{}
	if l.schema.Definition == nil {
		return
	}
	for _, d := range l.schema.Definition.Directives {
		if d.Name != "link" {
			continue
		}
		l.imported["@link"] = true
		list := d.Arg("import")
		if list == nil {
			continue
		}
		for _, item := range list.Items {
			if item.Kind == ObjectValue {
				if as := item.Field("as"); as != nil {
					l.imported[as.Text] = true
					continue
				}
				if item = item.Field("name"); item == nil {
					continue
				}
			}
			l.imported[item.Text] = true
		}
	}
}

// isImported reports whether a name, with its @ where it is a directive's,
// comes from a @link, or is in the name space of one: @name__directive.
func (l *linker) isImported(name string) bool {
	return l.imported[name] || len(l.imported) > 0 && isNamespaced(name)
}

func isNamespaced(name string) bool {
	if len(name) > 0 && name[0] == '@' {
		name = name[1:]
	}
	for i := 1; i+2 < len(name); i++ {
		if name[i] == '_' && name[i+1] == '_' {
			return true
		}
	}
	return false
}
