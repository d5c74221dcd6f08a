package usage

import (
	"slices"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"

	"github.com/plumbapi/plumb/graphql"
)

// queries finds what GraphQL operations use of one schema.
type queries struct {
	schema *graphql.Schema
	// watched are the elements that are looked for, with their indexes.
	watched map[graphql.Element]int
	// deep are the types of input whose values may use a watched element.
	deep map[*graphql.Type]bool
}

// document is what a text uses.
type document struct {
	valid   bool // it is a query
	strange bool // it names what the schema does not have
	// operations are those of the text. A server runs one of them.
	operations []operation
}

type operation struct {
	name string
	hits []int
	// variables are those whose values may use a watched element.
	variables []variable
}

type variable struct {
	name string
	typ  *graphql.Type
	// hits are what the default uses.
	hits []int
}

// maxTokens bounds a query. Real ones have some thousands at most.
const maxTokens = 50_000

func newQueries(schema *graphql.Schema, elements map[string]int) *queries {
	q := &queries{schema: schema, watched: make(map[graphql.Element]int, len(elements)), deep: map[*graphql.Type]bool{}}
	for coordinate, index := range elements {
		if e, ok := schema.Lookup(coordinate); ok {
			q.watched[e] = index
		}
	}
	q.findDeep()
	return q
}

// findDeep goes from the types that have a watched element to those whose
// fields are of such a type.
func (q *queries) findDeep() {
	var queue []*graphql.Type
	mark := func(t *graphql.Type) {
		if !q.deep[t] {
			q.deep[t] = true
			queue = append(queue, t)
		}
	}
	for _, v := range q.schema.EnumValues {
		if _, ok := q.watched[v]; ok {
			mark(v.Parent())
		}
	}
	users := map[*graphql.Type][]*graphql.Type{}
	for _, f := range q.schema.InputFields {
		parent, ok := f.Parent().(*graphql.Type)
		if !ok {
			continue
		}
		if _, ok := q.watched[f]; ok {
			mark(parent)
		}
		if t := f.Type.Type(); t != nil {
			users[t] = append(users[t], parent)
		}
	}
	for len(queue) > 0 {
		t := queue[0]
		queue = queue[1:]
		for _, user := range users[t] {
			mark(user)
		}
	}
}

// read finds what a text uses.
func (q *queries) read(text string) *document {
	tree, err := parser.ParseQueryWithTokenLimit(&ast.Source{Input: text}, maxTokens)
	if err != nil || len(tree.Operations) == 0 {
		return &document{}
	}
	d := &document{valid: true}
	for _, op := range tree.Operations {
		r := &reader{queries: q, fragments: tree.Fragments}
		r.operation(op)
		d.strange = d.strange || r.strange
		d.operations = append(d.operations, operation{op.Name, r.hits, r.variables})
	}
	return d
}

// reader goes through one operation. Each fragment is gone through once: what
// it uses depends on its own type alone. The parser has bounded the depth.
type reader struct {
	*queries
	fragments ast.FragmentDefinitionList
	seen      map[string]bool
	hits      []int
	variables []variable
	strange   bool
}

func (r *reader) hit(e graphql.Element) {
	if index, ok := r.watched[e]; ok && !slices.Contains(r.hits, index) {
		r.hits = append(r.hits, index)
	}
}

func (r *reader) operation(op *ast.OperationDefinition) {
	for _, v := range op.VariableDefinitions {
		r.variable(v)
	}
	r.directives(op.Directives)
	root := r.schema.Query
	switch op.Operation {
	case ast.Mutation:
		root = r.schema.Mutation
	case ast.Subscription:
		root = r.schema.Subscription
	}
	r.selections(op.SelectionSet, root)
}

func (r *reader) variable(v *ast.VariableDefinition) {
	named := v.Type
	for named != nil && named.Elem != nil {
		named = named.Elem
	}
	if named == nil {
		return
	}
	t := r.schema.Type(named.NamedType)
	if t == nil || !t.IsInput() {
		r.strange = true
		return
	}
	if !r.deep[t] {
		return
	}
	before := r.hits
	r.hits = nil
	if v.DefaultValue != nil {
		r.value(v.DefaultValue, t)
	}
	r.variables = append(r.variables, variable{v.Variable, t, r.hits})
	r.hits = before
}

func (r *reader) selections(set ast.SelectionSet, on *graphql.Type) {
	for _, s := range set {
		switch s := s.(type) {
		case *ast.Field:
			r.field(s, on)
		case *ast.InlineFragment:
			r.directives(s.Directives)
			t := on
			if s.TypeCondition != "" {
				t = r.condition(s.TypeCondition)
			}
			r.selections(s.SelectionSet, t)
		case *ast.FragmentSpread:
			r.directives(s.Directives)
			r.spread(s.Name)
		}
	}
}

func (r *reader) condition(name string) *graphql.Type {
	t := r.schema.Type(name)
	if t == nil {
		r.strange = true
	}
	return t
}

func (r *reader) spread(name string) {
	if r.seen[name] {
		return
	}
	if r.seen == nil {
		r.seen = map[string]bool{}
	}
	r.seen[name] = true
	if f := r.fragments.ForName(name); f != nil {
		r.directives(f.Directives)
		r.selections(f.SelectionSet, r.condition(f.TypeCondition))
	}
}

// field goes through a field. On is nil below what the schema does not have.
func (r *reader) field(f *ast.Field, on *graphql.Type) {
	r.directives(f.Directives)
	if len(f.Name) > 1 && f.Name[:2] == "__" {
		return // introspection
	}
	if on == nil {
		r.strange = true
		return
	}
	def := on.Field(f.Name)
	if def == nil {
		r.strange = true
		return
	}
	r.hit(def)
	for _, a := range f.Arguments {
		arg := def.Arg(a.Name)
		if arg == nil {
			r.strange = true
			continue
		}
		r.hit(arg)
		r.value(a.Value, arg.Type.Type())
	}
	r.selections(f.SelectionSet, def.Type.Type())
}

func (r *reader) directives(list ast.DirectiveList) {
	for _, d := range list {
		def := r.schema.Directive(d.Name)
		if def == nil {
			continue
		}
		r.hit(def)
		for _, a := range d.Arguments {
			if arg := def.Arg(a.Name); arg != nil {
				r.hit(arg)
				r.value(a.Value, arg.Type.Type())
			}
		}
	}
}

// value goes through a literal of a named type. Lists do not matter: a value
// may stand for the list that has it alone.
func (r *reader) value(v *ast.Value, t *graphql.Type) {
	if v == nil || !r.deep[t] {
		return
	}
	switch v.Kind {
	case ast.EnumValue:
		if e := t.EnumValue(v.Raw); e != nil {
			r.hit(e)
		}
	case ast.ListValue:
		for _, c := range v.Children {
			r.value(c.Value, t)
		}
	case ast.ObjectValue:
		for _, c := range v.Children {
			if f := t.InputField(c.Name); f != nil {
				r.hit(f)
				r.value(c.Value, f.Type.Type())
			}
		}
	}
}
