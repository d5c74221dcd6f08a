package server

import (
	"maps"
	"slices"

	gographql "github.com/graphql-go/graphql"
	"github.com/graphql-go/graphql/language/ast"
)

// Query is an operation that is valid for a schema.
type Query struct {
	Schema    gographql.Schema
	Operation *ast.OperationDefinition
	Fragments map[string]ast.Definition
	// Variables are as the caller sent them, or as the executor has them.
	Variables map[string]any
}

// Uses returns the deprecated elements that a query uses, each once, in the
// order of the query. It is for executors that have no extensions; Extension
// does it by itself. What does not fit the schema is passed over.
func (e *Extension) Uses(q Query) []Use {
	if len(e.elements) == 0 || q.Operation == nil {
		return nil
	}
	u := &user{all: e.elements, q: &q, seen: map[string]bool{}, inside: map[string]bool{}}
	var root *gographql.Object
	switch q.Operation.Operation {
	case ast.OperationTypeMutation:
		root = q.Schema.MutationType()
	case ast.OperationTypeSubscription:
		root = q.Schema.SubscriptionType()
	default:
		root = q.Schema.QueryType()
	}
	if root == nil {
		return nil
	}
	u.selections(q.Operation.SelectionSet, root)
	return u.uses
}

// user walks a query beside the schema.
type user struct {
	all    map[string]*Use
	q      *Query
	uses   []Use
	seen   map[string]bool // elements
	inside map[string]bool // fragments
}

func (u *user) use(coordinate string) {
	if use := u.all[coordinate]; use != nil && !u.seen[coordinate] {
		u.seen[coordinate] = true
		u.uses = append(u.uses, *use)
	}
}

func (u *user) selections(set *ast.SelectionSet, on gographql.Type) {
	if set == nil {
		return
	}
	for _, s := range set.Selections {
		switch s := s.(type) {
		case *ast.Field:
			if u.included(s.Directives) {
				u.field(s, on)
			}
		case *ast.InlineFragment:
			if u.included(s.Directives) {
				u.selections(s.SelectionSet, u.condition(s.TypeCondition, on))
			}
		case *ast.FragmentSpread:
			if !u.included(s.Directives) || s.Name == nil || u.inside[s.Name.Value] {
				continue
			}
			if f, ok := u.q.Fragments[s.Name.Value].(*ast.FragmentDefinition); ok {
				u.inside[s.Name.Value] = true
				u.selections(f.SelectionSet, u.condition(f.TypeCondition, on))
			}
		}
	}
}

// condition returns the type that a fragment is on.
func (u *user) condition(named *ast.Named, on gographql.Type) gographql.Type {
	if named == nil || named.Name == nil {
		return on
	}
	return u.q.Schema.Type(named.Name.Value)
}

func (u *user) field(f *ast.Field, on gographql.Type) {
	var fields gographql.FieldDefinitionMap
	switch on := on.(type) {
	case *gographql.Object:
		fields = on.Fields()
	case *gographql.Interface:
		fields = on.Fields()
	}
	def := fields[f.Name.Value]
	if def == nil {
		return // __typename and the like have no life of their own
	}
	coordinate := on.Name() + "." + def.Name
	u.use(coordinate)
	for _, arg := range f.Arguments {
		for _, d := range def.Args {
			if d.Name() == arg.Name.Value && u.given(arg.Value) {
				u.use(coordinate + "(" + d.Name() + ":)")
				u.literal(arg.Value, d.Type)
			}
		}
	}
	named, _ := gographql.GetNamed(def.Type).(gographql.Type)
	u.selections(f.SelectionSet, named)
}

// given reports whether a value is there: not a variable that was not sent.
func (u *user) given(v ast.Value) bool {
	name, ok := variableName(v)
	if !ok {
		return true
	}
	if _, ok := u.q.Variables[name]; ok {
		return true
	}
	return u.fallback(name) != nil
}

func variableName(v ast.Value) (string, bool) {
	if variable, ok := v.(*ast.Variable); ok && variable != nil && variable.Name != nil {
		return variable.Name.Value, true
	}
	return "", false
}

// fallback returns the default of a variable.
func (u *user) fallback(name string) ast.Value {
	for _, d := range u.q.Operation.VariableDefinitions {
		if n, ok := variableName(d.Variable); ok && n == name {
			return d.DefaultValue
		}
	}
	return nil
}

// literal walks a value that the query writes.
func (u *user) literal(v ast.Value, t gographql.Type) {
	if name, ok := variableName(v); ok {
		if sent, ok := u.q.Variables[name]; ok {
			u.sent(sent, t)
		} else if d := u.fallback(name); d != nil {
			u.literal(d, t)
		}
		return
	}
	t = inner(t)
	switch v := v.(type) {
	case *ast.ListValue:
		for _, one := range v.Values {
			u.literal(one, t)
		}
	case *ast.EnumValue:
		if enum, ok := t.(*gographql.Enum); ok {
			u.use(enum.Name() + "." + v.Value)
		}
	case *ast.ObjectValue:
		input, ok := t.(*gographql.InputObject)
		if !ok {
			return
		}
		for _, f := range v.Fields {
			if def := input.Fields()[f.Name.Value]; def != nil && u.given(f.Value) {
				u.use(input.Name() + "." + f.Name.Value)
				u.literal(f.Value, def.Type)
			}
		}
	}
}

// sent walks the value of a variable.
func (u *user) sent(v any, t gographql.Type) {
	t = inner(t)
	switch v := v.(type) {
	case []any:
		for _, one := range v {
			u.sent(one, t)
		}
	case map[string]any:
		input, ok := t.(*gographql.InputObject)
		if !ok {
			return
		}
		for _, name := range sortedFields(input) {
			if one, ok := v[name]; ok {
				u.use(input.Name() + "." + name)
				u.sent(one, input.Fields()[name].Type)
			}
		}
	case string, int, int64, float64, bool:
		if enum, ok := t.(*gographql.Enum); ok {
			u.use(enum.Name() + "." + enumName(enum, v))
		}
	}
}

// enumName returns the name of an enum value, which may be given as what
// resolvers see. It looks through the values: Enum.Serialize would fill a
// lookup of graphql-go, which executions share and no lock guards.
func enumName(enum *gographql.Enum, v any) string {
	name := ""
	for _, d := range enum.Values() {
		if d.Name == v {
			return d.Name
		}
		if d.Value == v {
			name = d.Name
		}
	}
	return name
}

// inner takes the lists and the "!" off a type.
func inner(t gographql.Type) gographql.Type {
	named, _ := gographql.GetNamed(t).(gographql.Type)
	return named
}

// sortedFields returns the names of an input object's fields in order.
func sortedFields(input *gographql.InputObject) []string {
	return slices.Sorted(maps.Keys(input.Fields()))
}

// included reports whether @skip and @include let a selection be.
func (u *user) included(directives []*ast.Directive) bool {
	for _, d := range directives {
		if d.Name == nil || d.Name.Value != "skip" && d.Name.Value != "include" {
			continue
		}
		for _, arg := range d.Arguments {
			if arg.Name.Value != "if" {
				continue
			}
			if on, ok := u.boolean(arg.Value); ok && on == (d.Name.Value == "skip") {
				return false
			}
		}
	}
	return true
}

func (u *user) boolean(v ast.Value) (value, ok bool) {
	if name, is := variableName(v); is {
		if sent, there := u.q.Variables[name]; there {
			value, ok = sent.(bool)
			return value, ok
		}
		v = u.fallback(name)
	}
	if b, is := v.(*ast.BooleanValue); is {
		return b.Value, true
	}
	return false, false
}
