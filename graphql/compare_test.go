package graphql_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/plumbapi/plumb/graphql"
)

// content is what a schema says, places aside.
type content struct {
	Description                   string
	Query, Mutation, Subscription string
	Types                         []*graphql.Type
	Directives                    []*graphql.DirectiveDefinition
}

func contentOf(s *graphql.Schema) content {
	name := func(t *graphql.Type) string {
		if t == nil {
			return ""
		}
		return t.Name
	}
	c := content{
		Description: s.Description,
		Query:       name(s.Query), Mutation: name(s.Mutation), Subscription: name(s.Subscription),
		Types:      slices.Clone(s.Types),
		Directives: slices.Clone(s.Directives),
	}
	slices.SortFunc(c.Types, func(a, b *graphql.Type) int { return strings.Compare(a.Name, b.Name) })
	slices.SortFunc(c.Directives, func(a, b *graphql.DirectiveDefinition) int { return strings.Compare(a.Name, b.Name) })
	return c
}

// modulo compares all that is exported but where things stand.
func modulo(more ...cmp.Option) cmp.Options {
	return append(cmp.Options{
		cmpopts.IgnoreUnexported(
			graphql.Node{}, graphql.Type{}, graphql.Field{}, graphql.InputValue{}, graphql.EnumValue{},
			graphql.TypeRef{}, graphql.Reference{}, graphql.Directive{}, graphql.DirectiveDefinition{}, graphql.Argument{},
		),
		cmpopts.IgnoreFields(graphql.Type{}, "Extensions"),
		cmpopts.EquateEmpty(),
	}, more...)
}

// untold leaves out what introspection does not tell: the directives that are
// used.
var untold = cmpopts.IgnoreFields(graphql.Node{}, "Directives")

func parse(tb testing.TB, name, text string) *graphql.Schema {
	tb.Helper()
	s, err := graphql.Parse(graphql.File{Name: name, Data: []byte(text)})
	if err != nil {
		tb.Fatalf("parse %s: %v", name, err)
	}
	return s
}

func load(tb testing.TB, names ...string) *graphql.Schema {
	tb.Helper()
	s, err := graphql.Load(tb.Context(), testdata, names...)
	if err != nil {
		tb.Fatalf("load %v: %v", names, err)
	}
	return s
}
