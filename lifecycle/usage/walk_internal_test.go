package usage

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"

	"github.com/plumbapi/plumb/graphql"
	"github.com/plumbapi/plumb/lifecycle"
)

// FuzzWalk compares the walker with what the tree of a strict parser says: what
// that one takes, the walker takes in the same sense.
func FuzzWalk(f *testing.F) {
	for _, seed := range walkSeeds {
		f.Add(seed)
	}
	q := walkQueries(f)
	f.Fuzz(func(t *testing.T, text string) {
		want, got := q.parse(text), q.read(text)
		if !want.valid {
			return
		}
		if diff := cmp.Diff(told(want), told(got)); diff != "" {
			t.Errorf("%q is used otherwise (-tree +walker):\n%s", text, diff)
		}
	})
}

// TestWalkRefuses has texts that are no query to anybody.
func TestWalkRefuses(t *testing.T) {
	t.Parallel()
	q := walkQueries(t)
	for _, text := range []string{
		"", "   ", "# a comment", "{", "}", "{}", "{ a ", "{ a }}", "query", "query {", "query Q(", "query Q($a) { b }", "{ a(b) }", "{ a(b: ) }",
		"{ a(b: [1 }", `{ a(b: "c) }`, `{ a(b: """c) }`, "{ ... }", "{ .. a }", "fragment A { b }", "fragment A on B { c }", "{ a @ }", "{ 1 }",
		"type A { b: C }", "\x00", "{ a } \x00 { b }", "{ a(b: $) }", strings.Repeat("{a", 2000) + strings.Repeat("}", 2000),
		"query($a: " + strings.Repeat("[", 2000) + "Int" + strings.Repeat("]", 2000) + ") { a }", "query($s: State = $t) { a }",
	} {
		if q.read(text).valid {
			t.Errorf("%.40q is taken for a query", text)
		}
		if q.parse(text).valid {
			t.Errorf("%.40q is a query to a strict parser", text)
		}
	}
}

func TestWalkSeeds(t *testing.T) {
	t.Parallel()
	q := walkQueries(t)
	hits := 0
	for _, text := range walkSeeds {
		want, got := q.parse(text), q.read(text)
		if diff := cmp.Diff(told(want), told(got)); diff != "" {
			t.Errorf("%q is used otherwise (-tree +walker):\n%s", text, diff)
		}
		for _, op := range got.operations {
			hits += len(op.hits)
		}
	}
	if hits < 14 {
		t.Errorf("%d hits in all; the seeds say too little", hits)
	}
}

var walkSeeds = []string{
	`{ issue(id: 1) { v: votes title } }`,
	`query Q($id: ID = 3, $l: [[State!]!]! = [LOCKED]) { issue(id: 1, oldId: $id) @include(if: true) { id } }`,
	`query { node(id: 1) { ...A ... { id } } } fragment A on Issue { ...B ...A } fragment B on Issue { votes } fragment C on User { nick }`,
	`query($f: IssueFilter = {not: {assignee: "a"}}) { issues(state: LOCKED, filter: {not: {not: {assignee: 1}}, states: [OPEN, LOCKED]}) { id } }`,
	`mutation M($i: CloseInput!) { closeIssue(input: {silent: true, id: """a \""" b""", state: null}) { id } }`,
	`query A { issue(id: 1) { votes } } query B { issue(id: 1) { author { nick } } }`,
	`query($x: Nothing) { gone { votes @tag(name: LOCKED) } issue(id: 1, at: [2.5e-3, -1, "\"}"]) { old votes ... on Gone { a } } }`,
	`{ __schema { types { name } } __typename __type(name: "A") { fields(includeDeprecated: true) { name } } }`,
	"\ufeff# comment } \n\"what it is for\" query Q { issue(id: 1,,,) { ...on Issue @skip(if: $a) { legacyId } } } # end",
	`subscription { a { b } }`,
	`{ node(id: 1) @tag(name: LOCKED, old: 1) { legacyId } } fragment A($a: Int = 1) on Issue @tag(name: OPEN) { votes }`,
	`{ ...Gone ...A } fragment A on Query { ...A issue(id: 1) { votes } } fragment A on Mutation { b }`,
}

func walkQueries(tb testing.TB) *queries {
	tb.Helper()
	schema, err := graphql.Parse(graphql.File{Name: "a.graphql", Data: []byte(`
directive @tag(name: State, old: Int @deprecated(reason: "a")) on FIELD | FRAGMENT_DEFINITION
type Query { issue(id: ID!, oldId: ID @deprecated(reason: "a")): Issue issues(filter: IssueFilter, state: State): [Issue!]! node(id: ID!): Node }
type Mutation { closeIssue(input: CloseInput!): Issue }
interface Node { id: ID! legacyId: Int @deprecated(reason: "a") }
type Issue implements Node { id: ID! legacyId: Int @deprecated(reason: "a") title: String! votes: Int @deprecated(reason: "a") author: User }
type User { name: String! nick: String @deprecated(reason: "a") }
enum State { OPEN LOCKED @deprecated(reason: "a") }
input IssueFilter { states: [State!] assignee: ID @deprecated(reason: "a") not: IssueFilter }
input CloseInput { id: ID! state: State = LOCKED silent: Boolean @deprecated(reason: "a") }
`)})
	if err != nil {
		tb.Fatal(err)
	}
	elements := map[string]int{}
	for _, e := range lifecycle.InspectGraphQL(schema).Elements {
		if e.State.Deprecated {
			elements[e.Name] = len(elements)
		}
	}
	return newQueries(schema, elements)
}

// toldOperation is an operation for comparisons.
type toldOperation struct {
	Name      string
	Hits      []int
	Variables map[string][]int
}

// told is a document for comparisons.
func told(d *document) any {
	var list []toldOperation
	for _, op := range d.operations {
		o := toldOperation{Name: op.name, Hits: slices.Sorted(slices.Values(op.hits)), Variables: map[string][]int{}}
		for _, v := range op.variables {
			o.Variables[v.name+" "+v.typ.Name] = slices.Sorted(slices.Values(v.hits))
		}
		list = append(list, o)
	}
	return struct {
		Valid, Strange bool
		Operations     []toldOperation
	}{d.valid, d.strange, list}
}

// parse is read by the tree that gqlparser makes of a text.
func (q *queries) parse(text string) *document {
	tree, err := parser.ParseQueryWithTokenLimit(&ast.Source{Input: text}, 50_000)
	if err != nil || len(tree.Operations) == 0 {
		return &document{}
	}
	d := &document{valid: true}
	for _, op := range tree.Operations {
		r := &treeReader{queries: q, fragments: tree.Fragments}
		r.operation(op)
		d.strange = d.strange || r.strange
		d.operations = append(d.operations, operation{op.Name, r.hits, r.variables})
	}
	return d
}

// treeReader goes through one operation. Each fragment is gone through once: what
// it uses depends on its own type alone. The parser has bounded the depth.
type treeReader struct {
	*queries
	fragments ast.FragmentDefinitionList
	seen      map[string]bool
	hits      []int
	variables []variable
	strange   bool
}

func (r *treeReader) hit(e graphql.Element) {
	if index, ok := r.watched[e]; ok && !slices.Contains(r.hits, index) {
		r.hits = append(r.hits, index)
	}
}

func (r *treeReader) operation(op *ast.OperationDefinition) {
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

func (r *treeReader) variable(v *ast.VariableDefinition) {
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

func (r *treeReader) selections(set ast.SelectionSet, on *graphql.Type) {
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

func (r *treeReader) condition(name string) *graphql.Type {
	t := r.schema.Type(name)
	if t == nil {
		r.strange = true
	}
	return t
}

func (r *treeReader) spread(name string) {
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
func (r *treeReader) field(f *ast.Field, on *graphql.Type) {
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

func (r *treeReader) directives(list ast.DirectiveList) {
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
func (r *treeReader) value(v *ast.Value, t *graphql.Type) {
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
