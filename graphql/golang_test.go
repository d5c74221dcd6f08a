package graphql_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	gographql "github.com/graphql-go/graphql"

	"github.com/plumbapi/plumb/graphql"
)

// tracker is a graphql-go schema; trackerSDL says the same.
func tracker(tb testing.TB) gographql.Schema {
	tb.Helper()
	node := gographql.NewInterface(gographql.InterfaceConfig{
		Name: "Node", Description: "Has an id.",
		Fields: gographql.Fields{"id": {Type: gographql.NewNonNull(gographql.ID)}},
	})
	state := gographql.NewEnum(gographql.EnumConfig{Name: "State", Values: gographql.EnumValueConfigMap{
		"OPEN":   {Value: 1, Description: "Still to do."},
		"CLOSED": {Value: 2},
		"GONE":   {Value: 3, DeprecationReason: "Use CLOSED."},
	}})
	date := gographql.NewScalar(gographql.ScalarConfig{Name: "Date", Serialize: func(v any) any { return v }})
	var issue *gographql.Object
	issue = gographql.NewObject(gographql.ObjectConfig{
		Name: "Issue", Interfaces: []*gographql.Interface{node},
		IsTypeOf: func(gographql.IsTypeOfParams) bool { return true },
		Fields: gographql.FieldsThunk(func() gographql.Fields {
			return gographql.Fields{
				"id":     {Type: gographql.NewNonNull(gographql.ID)},
				"parent": {Type: issue},
				"due":    {Type: date, DeprecationReason: "Use milestones."},
			}
		}),
	})
	hit := gographql.NewUnion(gographql.UnionConfig{
		Name: "Hit", Types: []*gographql.Object{issue},
		ResolveType: func(gographql.ResolveTypeParams) *gographql.Object { return issue },
	})
	order := gographql.NewInputObject(gographql.InputObjectConfig{Name: "Order", Fields: gographql.InputObjectConfigFieldMap{
		"by":    {Type: gographql.NewNonNull(gographql.String), DefaultValue: "created"},
		"first": {Type: gographql.Int, DefaultValue: 30},
	}})
	schema, err := gographql.NewSchema(gographql.SchemaConfig{
		Query: gographql.NewObject(gographql.ObjectConfig{Name: "Root", Fields: gographql.Fields{
			"issues": {
				Type: gographql.NewNonNull(gographql.NewList(gographql.NewNonNull(issue))),
				Args: gographql.FieldConfigArgument{
					"state":  {Type: gographql.NewNonNull(state), DefaultValue: 1, Description: "Which."},
					"states": {Type: gographql.NewList(state), DefaultValue: []int{1, 2}},
					"order":  {Type: order, DefaultValue: map[string]any{"first": 3, "by": "title"}},
					"score":  {Type: gographql.Float, DefaultValue: 0.5},
					"ids":    {Type: gographql.NewList(gographql.ID), DefaultValue: []string{"a", "1"}},
					"since":  {Type: date, DefaultValue: map[string]any{"year": uint8(9), "ok": true, "list": []any{1.0, nil}}},
				},
			},
			"search": {Type: gographql.NewList(hit)},
		}}),
		Directives: append([]*gographql.Directive{gographql.NewDirective(gographql.DirectiveConfig{
			Name: "live", Locations: []string{"QUERY"}, Args: gographql.FieldConfigArgument{"rate": {Type: gographql.Int}},
		})}, gographql.SpecifiedDirectives...),
	})
	if err != nil {
		tb.Fatal(err)
	}
	return schema
}

const trackerSDL = `
schema { query: Root }
directive @live(rate: Int) on QUERY
scalar Date
union Hit = Issue
type Issue implements Node { due: Date @deprecated(reason: "Use milestones.") id: ID! parent: Issue }
"Has an id."
interface Node { id: ID! }
input Order { by: String! = "created" first: Int = 30 }
type Root {
  issues(
    ids: [ID] = ["a", "1"], order: Order = {first: 3, by: "title"}, score: Float = 0.5,
    since: Date = {list: [1, null], ok: true, year: 9}, "Which." state: State! = OPEN, states: [State] = [OPEN, CLOSED]
  ): [Issue!]!
  search: [Hit]
}
enum State { CLOSED GONE @deprecated(reason: "Use CLOSED.") "Still to do." OPEN }
`

func TestFromSchema(t *testing.T) {
	t.Parallel()
	got, err := graphql.FromSchema(tracker(t), "tracker")
	if err != nil {
		t.Fatal(err)
	}
	want := parse(t, "a.graphql", trackerSDL)
	if diff := cmp.Diff(contentOf(want), contentOf(got), modulo()); diff != "" {
		t.Errorf("FromSchema (-SDL +graphql-go):\n%s", diff)
	}
	if diff := cmp.Diff([]string(nil), describe(got.Problems())); diff != "" {
		t.Errorf("problems (-want +got):\n%s", diff)
	}
	for e := range got.Elements() {
		if at := e.Location(); at.File != "tracker" || at.Line == 0 || at.Column == 0 {
			t.Errorf("place of %s = %+v", e.Coordinate(), at)
		}
	}
}

func TestFromSchemaFails(t *testing.T) {
	t.Parallel()
	if s, err := graphql.FromSchema(gographql.Schema{}, "empty"); err == nil {
		t.Errorf("FromSchema of an empty schema = %v, want an error", s)
	}
	bad := gographql.NewInputObject(gographql.InputObjectConfig{
		Name: "In", Fields: gographql.InputObjectConfigFieldMap{"a": {Type: gographql.NewList(nil)}},
	})
	schema := tracker(t)
	if err := schema.AppendType(bad); err != nil {
		schema.TypeMap()["In"] = bad // AppendType may refuse it
	}
	if s, err := graphql.FromSchema(schema, "bad"); err == nil {
		t.Errorf("FromSchema of a list of nothing = %v, want an error", s)
	}
	loop := map[string]any{}
	loop["loop"] = loop
	any := gographql.NewScalar(gographql.ScalarConfig{Name: "Any", Serialize: func(v any) any { return v }})
	schema = tracker(t)
	schema.TypeMap()["In"] = gographql.NewInputObject(gographql.InputObjectConfig{
		Name: "In", Fields: gographql.InputObjectConfigFieldMap{"a": {Type: any, DefaultValue: loop}},
	})
	if _, err := graphql.FromSchema(schema, "loop"); err == nil {
		t.Error("FromSchema of a value that contains itself gives no error")
	}
}
