package graphql

import "github.com/plumbapi/plumb/check"

// build makes the schema of what was read: it merges extensions, drops what
// is defined twice, resolves every name, and notes what is wrong.
func (b *builder) build() *Schema {
	s := &Schema{
		types: make(map[string]*Type, len(b.types)+8), directives: map[string]*DirectiveDefinition{},
		sources: b.sources,
	}
	l := &linker{builder: b, schema: s}
	l.mergeSchemas()
	order := l.mergeTypes()
	dirs := l.mergeDirectives()
	l.prelude()
	l.lists(order, dirs)
	l.resolve()
	l.validate()
	s.problems = b.sortProblems()
	return s
}

// linker is the state of build.
type linker struct {
	*builder
	schema *Schema

	specified map[string]*DirectiveDefinition // the prelude's directives
	imported  map[string]bool                 // what @link brings
	work      int                             // see spend
}

// mergeTypes registers each type once and merges extensions into it. It
// returns the types in the order in which they are first defined.
func (l *linker) mergeTypes() []*Type {
	order := make([]*Type, 0, len(l.types))
	for _, t := range l.types {
		if t.extension {
			continue
		}
		if known := l.schema.types[t.Name]; known != nil {
			if !isBuiltInType(t.Name) {
				l.reportRelated(ruleDuplicateType, t.Location(), "", first(known.Location()),
					"type %q is already defined", t.Name)
			}
			continue
		}
		l.schema.types[t.Name] = t
		order = append(order, t)
	}
	for _, x := range l.types {
		if !x.extension {
			continue
		}
		t := l.schema.types[x.Name]
		switch {
		case t == nil:
			if !isBuiltInType(x.Name) {
				l.report(ruleUnknownType, x.Location(), "extend", "type %q is extended but not defined", x.Name)
			}
			l.schema.types[x.Name] = x
			order = append(order, x)
			x.Extensions = append(x.Extensions, x.Location())
		case t.Kind != x.Kind:
			l.reportRelated(ruleInvalidKind, x.Location(), "extend", first(t.Location()),
				"%s %q is extended as if it were %s", t.Kind.Keyword(), x.Name, x.Kind.Keyword())
		default:
			t.extend(x)
		}
	}
	return order
}

func (t *Type) extend(x *Type) {
	t.Extensions = append(t.Extensions, x.Location())
	t.Directives = append(t.Directives, x.Directives...)
	t.Interfaces = append(t.Interfaces, x.Interfaces...)
	t.Members = append(t.Members, x.Members...)
	t.Fields = append(t.Fields, x.Fields...)
	t.InputFields = append(t.InputFields, x.InputFields...)
	t.EnumValues = append(t.EnumValues, x.EnumValues...)
}

func (l *linker) mergeDirectives() []*DirectiveDefinition {
	var order []*DirectiveDefinition
	for _, d := range l.directives {
		known := l.schema.directives[d.Name]
		switch {
		case d.extension:
			continue
		case known == nil:
			l.schema.directives[d.Name] = d
			order = append(order, d)
		case !isBuiltInDirective(d.Name):
			l.reportRelated(ruleDuplicateDir, d.Location(), "", first(known.Location()),
				"directive %q is already defined", "@"+d.Name)
		}
	}
	for _, x := range l.directives {
		if !x.extension {
			continue
		}
		if d := l.schema.directives[x.Name]; d != nil {
			d.Directives = append(d.Directives, x.Directives...)
		} else if !isBuiltInDirective(x.Name) {
			l.report(ruleUnknownDirective, x.Location(), "extend", "directive %q is extended but not defined", "@"+x.Name)
		}
	}
	return order
}

// mergeSchemas makes one schema definition of all, and notes what each of
// them has that another had before.
func (l *linker) mergeSchemas() {
	var def *SchemaDefinition
	merge := func(d *SchemaDefinition) {
		if def == nil {
			def = d
			return
		}
		def.Directives = append(def.Directives, d.Directives...)
		def.Operations = append(def.Operations, d.Operations...)
	}
	for _, d := range l.definitions {
		if d.extension {
			continue
		}
		if def != nil {
			l.reportRelated(ruleDuplicateSchema, d.Location(), "", first(def.Location()), "the schema is already defined")
			continue
		}
		merge(d)
	}
	for _, d := range l.definitions {
		if d.extension {
			merge(d)
		}
	}
	if def == nil {
		return
	}
	l.schema.Definition, l.schema.Description = def, def.Description
	byName := map[string]check.Location{}
	kept := def.Operations[:0:0]
	for _, op := range def.Operations {
		op.Type.parent = def
		if at, twice := byName[op.Operation]; twice {
			l.reportRelated(ruleDuplicateSchema, op.Type.Location(), op.Operation, first(at),
				"the %s type is already given", op.Operation)
			continue
		}
		byName[op.Operation] = op.Type.Location()
		kept = append(kept, op)
	}
	def.Operations = kept
}

// prelude adds what the specification defines and the sources do not.
func (l *linker) prelude() {
	p := l.readPrelude()
	l.specified = make(map[string]*DirectiveDefinition, len(p.directives))
	for _, t := range p.types {
		if l.schema.types[t.Name] == nil {
			l.schema.types[t.Name] = t
			t.BuiltIn, t.schema = true, l.schema
			l.schema.builtIns = append(l.schema.builtIns, t)
		}
	}
	for _, d := range p.directives {
		d.BuiltIn = true
		for _, a := range d.Args {
			a.parent = d
		}
		l.specified[d.Name] = d
		if l.schema.directives[d.Name] == nil {
			l.schema.directives[d.Name] = d
		}
	}
}

// lists fills the lists of the schema, and sets the parent of every element.
func (l *linker) lists(types []*Type, dirs []*DirectiveDefinition) {
	s := l.schema
	if s.Definition != nil {
		l.uses(s.Definition)
	}
	s.reserve(types)
	for _, t := range types {
		t.schema = s
		t.BuiltIn = isBuiltInType(t.Name)
		l.members(t)
		if t.BuiltIn {
			s.builtIns = append(s.builtIns, t)
			continue
		}
		s.Types = append(s.Types, t)
		switch t.Kind {
		case Scalar:
			s.Scalars = append(s.Scalars, t)
		case Object:
			s.Objects = append(s.Objects, t)
		case Interface:
			s.Interfaces = append(s.Interfaces, t)
		case Union:
			s.Unions = append(s.Unions, t)
		case Enum:
			s.Enums = append(s.Enums, t)
		case InputObject:
			s.Inputs = append(s.Inputs, t)
		}
	}
	for _, d := range dirs {
		d.BuiltIn = isBuiltInDirective(d.Name)
		d.Args, d.argIndex = l.inputs(d.Args, d, ruleDuplicateArgument)
		l.uses(d)
		for _, a := range d.Args {
			l.uses(a)
		}
		if !d.BuiltIn {
			s.Directives = append(s.Directives, d)
			s.Arguments = append(s.Arguments, d.Args...)
		}
	}
}

// uses adds the directives of an element to the list of all.
func (l *linker) uses(e Element) {
	for _, d := range e.Base().Directives {
		d.parent = e
		l.schema.Uses = append(l.schema.Uses, d)
	}
}
