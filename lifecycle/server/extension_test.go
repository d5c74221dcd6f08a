package server_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	gographql "github.com/graphql-go/graphql"
	"github.com/graphql-go/graphql/language/ast"
	"github.com/graphql-go/graphql/language/parser"
	"github.com/prometheus/client_golang/prometheus"

	"github.com/plumbapi/plumb/graphql"
	"github.com/plumbapi/plumb/lifecycle/server"
)

// library is the schema as it is written; librarySchema is the one that runs.
const library = `type Query {
  books(first: Int, limit: Int @deprecated(reason: "Use first."), filter: BookFilter, order: Order): [Book!]!
  volumes: [Book!]! @deprecated(reason: "Please use ` + "`Query.books`" + `. Deprecated in GitLab 15.1.")
  node: Node
}
type Mutation { lend(input: LendInput!): Book }
interface Node { id: ID!, key: ID @deprecated(reason: "Use id.") }
type Book implements Node { id: ID!, key: ID @deprecated(reason: "Use id."), title: String!, name: String @deprecated(reason: "Use title."), sequel: Book }
input BookFilter { title: String, name: String @deprecated(reason: "Use title."), all: [BookFilter!], order: Order }
input LendInput { id: ID!, days: Int @deprecated(reason: "Loans have no end.") }
enum Order { TITLE, NAME @deprecated(reason: "Use TITLE.") }
`

func librarySchema(t *testing.T) gographql.Schema {
	t.Helper()
	node := gographql.NewInterface(gographql.InterfaceConfig{Name: "Node", Fields: gographql.Fields{
		"id": {Type: gographql.NewNonNull(gographql.ID)}, "key": {Type: gographql.ID},
	}})
	book := gographql.NewObject(gographql.ObjectConfig{
		Name: "Book", Interfaces: []*gographql.Interface{node}, IsTypeOf: func(gographql.IsTypeOfParams) bool { return true },
		Fields: gographql.Fields{
			"id": {Type: gographql.NewNonNull(gographql.ID)}, "key": {Type: gographql.ID},
			"title": {Type: gographql.NewNonNull(gographql.String)}, "name": {Type: gographql.String},
		},
	})
	one := map[string]any{"id": "1", "key": "1", "title": "Emma", "name": "Emma"}
	book.AddFieldConfig("sequel", &gographql.Field{Type: book, Resolve: func(gographql.ResolveParams) (any, error) { return one, nil }})
	order := gographql.NewEnum(gographql.EnumConfig{Name: "Order", Values: gographql.EnumValueConfigMap{"TITLE": {Value: 1}, "NAME": {Value: 2}}})
	filter := gographql.NewInputObject(gographql.InputObjectConfig{Name: "BookFilter", Fields: gographql.InputObjectConfigFieldMap{
		"title": {Type: gographql.String}, "name": {Type: gographql.String}, "order": {Type: order},
	}})
	filter.AddFieldConfig("all", &gographql.InputObjectFieldConfig{Type: gographql.NewList(gographql.NewNonNull(filter))})
	lend := gographql.NewInputObject(gographql.InputObjectConfig{Name: "LendInput", Fields: gographql.InputObjectConfigFieldMap{
		"id": {Type: gographql.NewNonNull(gographql.ID)}, "days": {Type: gographql.Int},
	}})
	list := gographql.NewNonNull(gographql.NewList(gographql.NewNonNull(book)))
	all := func(gographql.ResolveParams) (any, error) { return []any{one, one}, nil }
	s, err := gographql.NewSchema(gographql.SchemaConfig{
		Query: gographql.NewObject(gographql.ObjectConfig{Name: "Query", Fields: gographql.Fields{
			"books": {Type: list, Resolve: all, Args: gographql.FieldConfigArgument{
				"first": {Type: gographql.Int}, "limit": {Type: gographql.Int}, "filter": {Type: filter}, "order": {Type: order},
			}},
			"volumes": {Type: list, Resolve: all},
			"node":    {Type: node, Resolve: func(gographql.ResolveParams) (any, error) { return one, nil }},
		}}),
		Mutation: gographql.NewObject(gographql.ObjectConfig{Name: "Mutation", Fields: gographql.Fields{
			"lend": {Type: book, Args: gographql.FieldConfigArgument{"input": {Type: gographql.NewNonNull(lend)}}, Resolve: func(gographql.ResolveParams) (any, error) { return one, nil }},
		}}),
	})
	if err != nil {
		t.Fatal(err)
	}
	order.ParseValue("") // graphql-go fills this lookup without a lock
	return s
}

func extension(t *testing.T, o server.Options) *server.Extension {
	t.Helper()
	described, err := graphql.Parse(graphql.File{Name: "schema.graphql", Data: []byte(library)})
	if err != nil {
		t.Fatal(err)
	}
	e, err := server.NewExtension(described, o)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// serveLibrary serves the schema over HTTP.
func serveLibrary(t *testing.T, o server.Options) *httptest.Server {
	t.Helper()
	schema := librarySchema(t)
	schema.AddExtensions(extension(t, o))
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var q struct {
			Query, OperationName string
			Variables            map[string]any
		}
		if err := json.NewDecoder(r.Body).Decode(&q); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		_ = json.NewEncoder(w).Encode(gographql.Do(gographql.Params{
			Schema: schema, RequestString: q.Query, OperationName: q.OperationName, VariableValues: q.Variables,
			Context: server.WithRequest(r.Context(), r),
		}))
	}))
	t.Cleanup(s.Close)
	return s
}

type response struct {
	Errors     []any
	Extensions map[string]json.RawMessage
}

func query(t *testing.T, s *httptest.Server, app, text string, variables map[string]any) response {
	t.Helper()
	request := map[string]any{"query": text, "variables": variables}
	if strings.Contains(text, "query B ") {
		request["operationName"] = "B"
	}
	body, err := json.Marshal(request)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := s.Client().Post(s.URL+"?app="+app, "application/json", strings.NewReader(string(body)))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	var got response
	if err := json.NewDecoder(resp.Body).Decode(&got); err != nil {
		t.Fatal(err)
	}
	return got
}

func TestExtension(t *testing.T) {
	t.Parallel()
	s := serveLibrary(t, server.Options{})
	tests := []struct {
		name, query string
		variables   map[string]any
		want        []string
	}{
		{"nothing", `{books(first: 1) {id title}}`, nil, nil},
		{"fields, once each, in order", `{a: books {n: name name} volumes {name}}`, nil, []string{"Book.name", "Query.volumes"}},
		{"fragments", `{books {...F sequel {...F}}} fragment F on Book {...on Book {name} ...G} fragment G on Node {key}`, nil, []string{"Book.name", "Node.key"}},
		{"through an interface", `{node {key ...on Book {key}}}`, nil, []string{"Node.key", "Book.key"}},
		{"an argument", `{books(limit: 1) {id}}`, nil, []string{"Query.books(limit:)"}},
		{"a variable", `query($n: Int) {books(limit: $n) {id}}`, map[string]any{"n": 1}, []string{"Query.books(limit:)"}},
		{"a variable that is null", `query($n: Int) {books(limit: $n) {id}}`, map[string]any{"n": nil}, []string{"Query.books(limit:)"}},
		{"a variable that was not sent", `query($n: Int) {books(limit: $n) {id}}`, nil, nil},
		{"a variable with a default", `query($n: Int = 1, $o: Order = NAME) {books(limit: $n, order: $o) {id}}`, nil, []string{"Query.books(limit:)", "Order.NAME"}},
		{"enum values", `query($o: Order) {books(order: $o) {id} b: books(order: NAME) {id} c: books(filter: {order: TITLE}) {id}}`, map[string]any{"o": "TITLE"}, []string{"Order.NAME"}},
		{"an enum value in a variable", `query($o: Order) {books(order: $o) {id}}`, map[string]any{"o": "NAME"}, []string{"Order.NAME"}},
		{"input fields", `query($n: String) {books(filter: {all: [{title: "x"}, {all: {name: "x", order: NAME}}]}) {id} b: books(filter: {name: $n}) {id}}`, nil, []string{"BookFilter.name", "Order.NAME"}},
		{"an input field without a value", `query($n: String) {books(filter: {name: $n}) {id}}`, nil, nil},
		{"input objects in a variable", `query($f: BookFilter) {books(filter: $f) {id}}`, map[string]any{"f": map[string]any{"all": []any{map[string]any{"order": "NAME"}, map[string]any{"name": "x"}}}}, []string{"Order.NAME", "BookFilter.name"}},
		{"a mutation", `mutation {lend(input: {id: 1, days: 3}) {id}}`, nil, []string{"LendInput.days"}},
		{"what is skipped", `query($y: Boolean = true) {books {id name @skip(if: true) key @include(if: false) ...F @skip(if: $y) ...on Book @include(if: false) {name}}} fragment F on Book {name}`, nil, nil},
		{"what is not", `query($y: Boolean!) {books {id name @skip(if: false) ...on Book @include(if: $y) {key}}}`, map[string]any{"y": true}, []string{"Book.name", "Book.key"}},
		{"introspection", `{__schema {types {name}} __typename}`, nil, nil},
		{"one operation of two", `query A {volumes {id}} query B {books {id name}}`, nil, []string{"Book.name"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			resp := query(t, s, "", tt.query, tt.variables)
			if len(resp.Errors) > 0 {
				t.Fatalf("errors: %v", resp.Errors)
			}
			var uses []server.Use
			if raw, ok := resp.Extensions["deprecations"]; ok {
				if err := json.Unmarshal(raw, &uses); err != nil || len(uses) == 0 {
					t.Fatalf("%d uses in %s, %v", len(uses), raw, err)
				}
			}
			var got []string
			for _, u := range uses {
				got = append(got, u.Element)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("uses (-want +got):\n%s", diff)
			}
		})
	}
}

func TestExtensionSays(t *testing.T) {
	t.Parallel()
	resp := query(t, serveLibrary(t, server.Options{}), "", `{volumes {id}}`, nil)
	const want = `[{"element":"Query.volumes","kind":"field","since":"15.1","replacement":"Query.books"}]`
	if diff := cmp.Diff(want, string(resp.Extensions["deprecations"])); diff != "" {
		t.Errorf("deprecations (-want +got):\n%s", diff)
	}
}

// TestExtensionCounts is about the counter that REST and GraphQL share.
func TestExtensionCounts(t *testing.T) {
	t.Parallel()
	registry := prometheus.NewRegistry()
	consumer := func(r *http.Request) string { return r.URL.Query().Get("app") }
	s := serveLibrary(t, server.Options{Registerer: registry, Consumer: consumer})
	query(t, s, "web", `{books {name sequel {name}} volumes {id}}`, nil)
	query(t, s, "web", `{books {name}}`, nil)
	query(t, s, "", `{books {name}}`, nil)
	query(t, s, "web", `{books {name nothing}}`, nil) // not valid: nothing is used
	query(t, s, "web", `{books {name`, nil)
	rest := start(t, server.Options{Now: at("2026-06-01"), Registerer: registry, Consumer: consumer}, func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "") })
	ask(t, rest, "GET", "/v1/orders?app=web")
	const name = "api_deprecated_uses_total "
	want := map[string]float64{
		name + "graphql Book.name web": 2, name + "graphql Book.name unknown": 1, name + "graphql Query.volumes web": 1, name + "rest GET /orders web": 1,
	}
	if diff := cmp.Diff(want, counts(t, registry)); diff != "" {
		t.Errorf("counter (-want +got):\n%s", diff)
	}
}

// TestExecute is about an executor that is called without graphql.Do: the
// extension sees variables as resolvers do, and needs no context.
func TestExecute(t *testing.T) {
	t.Parallel()
	schema := librarySchema(t)
	schema.AddExtensions(extension(t, server.Options{}))
	document, err := parser.Parse(parser.ParseParams{Source: `query($o: Order) {books(order: $o) {id}}`})
	if err != nil {
		t.Fatal(err)
	}
	result := gographql.Execute(gographql.ExecuteParams{Schema: schema, AST: document, Args: map[string]any{"o": "NAME"}})
	got, _ := result.Extensions["deprecations"].([]server.Use)
	if len(got) != 1 || got[0].Element != "Order.NAME" {
		t.Errorf("uses %v, errors %v; want Order.NAME", got, result.Errors)
	}
	if result = gographql.Do(gographql.Params{Schema: schema, RequestString: `{volumes {id}}`}); len(result.Extensions) != 1 {
		t.Errorf("without a context: extensions %v, errors %v", result.Extensions, result.Errors)
	}
}

// TestConcurrently shares a schema and an extension between executions whose
// enum values are those that resolvers see. The race detector watches.
func TestConcurrently(t *testing.T) {
	t.Parallel()
	schema := librarySchema(t)
	schema.AddExtensions(extension(t, server.Options{}))
	document, err := parser.Parse(parser.ParseParams{Source: `query($o: Order) {books(order: $o) {name}}`})
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			result := gographql.Execute(gographql.ExecuteParams{Schema: schema, AST: document, Args: map[string]any{"o": "NAME"}})
			if got, _ := result.Extensions["deprecations"].([]server.Use); len(got) != 2 {
				t.Errorf("uses %v, errors %v; want Order.NAME and Book.name", got, result.Errors)
			}
		})
	}
	wg.Wait()
}

// FuzzUses walks queries that need not be valid.
func FuzzUses(f *testing.F) {
	f.Add(`{a: books(limit: 1, filter: {all: [{name: $x}]}) {...F}} fragment F on Book {...F name}`, `{"x": {"name": [1, {"order": "NAME"}]}}`)
	f.Add(`mutation($i: LendInput = {days: 1}) {lend(input: $i) {key @skip(if: $b)}}`, `{"b": true}`)
	f.Fuzz(func(t *testing.T, text, variables string) {
		document, err := parser.Parse(parser.ParseParams{Source: text})
		if err != nil {
			return
		}
		var vars map[string]any
		_ = json.Unmarshal([]byte(variables), &vars)
		q := server.Query{Schema: librarySchema(t), Fragments: map[string]ast.Definition{}, Variables: vars}
		for _, d := range document.Definitions {
			switch d := d.(type) {
			case *ast.FragmentDefinition:
				q.Fragments[d.Name.Value] = d
			case *ast.OperationDefinition:
				q.Operation = d
			}
		}
		seen := map[string]bool{}
		for _, u := range extension(t, server.Options{}).Uses(q) {
			if seen[u.Element] {
				t.Errorf("%s is used twice", u.Element)
			}
			seen[u.Element] = true
		}
	})
}
