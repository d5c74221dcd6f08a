package live_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	gographql "github.com/graphql-go/graphql"
	"github.com/graphql-go/graphql/language/ast"
	"github.com/graphql-go/graphql/language/parser"
)

// graphqlHandler serves the schema of testdata/library.
func (s *server) graphqlHandler(t testing.TB) http.Handler {
	t.Helper()
	schema, err := s.schema()
	if err != nil {
		t.Fatal(err)
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if s.fault.post != nil && s.fault.post(s, w, r) {
			return
		}
		var body struct {
			Query     string         `json:"query"`
			Variables map[string]any `json:"variables"`
		}
		if r.Method != http.MethodPost || json.NewDecoder(r.Body).Decode(&body) != nil {
			http.Error(w, "a query is posted", http.StatusBadRequest)
			return
		}
		s.mu.Lock()
		s.log = append(s.log, "query "+strings.Join(strings.Fields(body.Query), " "))
		s.mu.Unlock()
		res := ask(context.WithValue(r.Context(), libraryKey{}, s.library), schema, body.Query, body.Variables)
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(res)
	})
}

// valid are the queries that were found to be valid, parsed: most are asked many
// times, of servers with the same schema.
var valid sync.Map

func ask(ctx context.Context, schema gographql.Schema, query string, variables map[string]any) *gographql.Result {
	document, ok := valid.Load(query)
	if !ok {
		parsed, err := parser.Parse(parser.ParseParams{Source: query})
		if err != nil || !gographql.ValidateDocument(&schema, parsed, nil).IsValid {
			return gographql.Do(gographql.Params{Schema: schema, RequestString: query, VariableValues: variables, Context: ctx})
		}
		document, _ = valid.LoadOrStore(query, parsed)
	}
	return gographql.Execute(gographql.ExecuteParams{Schema: schema, AST: document.(*ast.Document), Args: variables, Context: ctx})
}

func scalar(name string) *gographql.Scalar {
	return gographql.NewScalar(gographql.ScalarConfig{
		Name: name, Serialize: func(v any) any { return v }, ParseValue: func(v any) any { return v },
		ParseLiteral: func(v ast.Value) any { return v.GetValue() },
	})
}

func enum(name string, values ...string) *gographql.Enum {
	config := gographql.EnumValueConfigMap{}
	for _, v := range values {
		config[strings.ToUpper(strings.ReplaceAll(v, "-", "_"))] = &gographql.EnumValueConfig{Value: v}
	}
	return gographql.NewEnum(gographql.EnumConfig{Name: name, Values: config})
}

// builder makes the types of the schema.
type builder struct {
	s        *server
	pageInfo *gographql.Object
}

// field resolves through the fault, which may change what is found.
func (b *builder) field(coordinate string, typ gographql.Output, get func(p gographql.ResolveParams) any) *gographql.Field {
	return &gographql.Field{Type: typ, Resolve: func(p gographql.ResolveParams) (any, error) {
		v := get(p)
		if b.s.fault.field != nil {
			return b.s.fault.field(b.s, coordinate, p, v)
		}
		return v, nil
	}}
}

func must(t gographql.Type) gographql.Output { return gographql.NewNonNull(t) }

// fields adds scalars of a type, each with the function that finds it.
type getters []struct {
	name string
	typ  gographql.Output
	get  func(source any) any
}

func (b *builder) object(name string, list getters) *gographql.Object {
	fields := gographql.Fields{}
	for _, g := range list {
		fields[g.name] = b.field(name+"."+g.name, g.typ, func(p gographql.ResolveParams) any { return g.get(p.Source) })
	}
	return gographql.NewObject(gographql.ObjectConfig{Name: name, Fields: fields})
}

// window is a connection's value.
type window struct {
	nodes []any
	total int
	more  bool
}

func (b *builder) connection(node *gographql.Object, edges bool) *gographql.Object {
	name := node.Name() + "Connection"
	fields := gographql.Fields{
		"totalCount": b.field(name+".totalCount", must(gographql.Int), func(p gographql.ResolveParams) any { return p.Source.(window).total }),
		"pageInfo": b.field(name+".pageInfo", must(b.pageInfo), func(p gographql.ResolveParams) any {
			return map[string]any{"hasNextPage": p.Source.(window).more}
		}),
	}
	if !edges {
		fields["nodes"] = b.field(name+".nodes", must(gographql.NewList(must(node))), func(p gographql.ResolveParams) any { return p.Source.(window).nodes })
		return gographql.NewObject(gographql.ObjectConfig{Name: name, Fields: fields})
	}
	edge := gographql.NewObject(gographql.ObjectConfig{Name: node.Name() + "Edge", Fields: gographql.Fields{
		"node":   &gographql.Field{Type: must(node), Resolve: func(p gographql.ResolveParams) (any, error) { return p.Source, nil }},
		"cursor": &gographql.Field{Type: must(gographql.String), Resolve: func(gographql.ResolveParams) (any, error) { return "c", nil }},
	}})
	fields["edges"] = b.field(name+".nodes", must(gographql.NewList(must(edge))), func(p gographql.ResolveParams) any { return p.Source.(window).nodes })
	return gographql.NewObject(gographql.ObjectConfig{Name: name, Fields: fields})
}

// connect adds a field that yields a connection.
func (b *builder) connect(on *gographql.Object, name string, conn *gographql.Object, args gographql.FieldConfigArgument, list func(p gographql.ResolveParams) []any) {
	if args == nil {
		args = gographql.FieldConfigArgument{}
	}
	args["first"] = &gographql.ArgumentConfig{Type: gographql.Int}
	args["after"] = &gographql.ArgumentConfig{Type: gographql.String}
	f := b.field(on.Name()+"."+name, must(conn), func(p gographql.ResolveParams) any {
		nodes := list(p)
		w := window{nodes: nodes, total: len(nodes)}
		if first, ok := p.Args["first"].(int); ok && first < len(nodes) {
			w.nodes, w.more = nodes[:first], true
		}
		return w
	})
	f.Args = args
	on.AddFieldConfig(name, f)
}

func anys[T any](list []T) []any {
	out := make([]any, len(list))
	for i, v := range list {
		out[i] = v
	}
	return out
}

// abroad is a moment as GraphQL writes it: in another zone, to the second.
func abroad(at time.Time) any {
	if at.IsZero() {
		return nil
	}
	return at.In(time.FixedZone("", 2*60*60)).Format(time.RFC3339)
}

func (s *server) schema() (gographql.Schema, error) {
	moment, day, big, decimal, uri := scalar("DateTime"), scalar("Date"), scalar("BigInt"), scalar("Decimal"), scalar("URI")
	genre := enum("Genre", "novel", "science-fiction", "poetry", "history")
	status := enum("CopyStatus", "available", "on-loan", "in-repair")
	plans := enum("Plan", "basic", "family", "student")
	b := &builder{s: s, pageInfo: gographql.NewObject(gographql.ObjectConfig{Name: "PageInfo", Fields: gographql.Fields{
		"hasNextPage": &gographql.Field{Type: must(gographql.Boolean)}, "endCursor": &gographql.Field{Type: gographql.String},
	}})}
	id, text, whole, flag := must(gographql.ID), gographql.String, must(gographql.Int), must(gographql.Boolean)
	authorType := b.object("Author", getters{
		{"id", id, func(v any) any { return gid(v) }},
		{"name", must(text), func(v any) any { return v.(*author).name }},
		{"bornOn", day, func(v any) any { return v.(*author).born.Format(time.DateOnly) }},
		{"country", text, func(v any) any { return v.(*author).country }},
		{"biography", text, func(v any) any { return orNil(v.(*author).biography) }},
		{"createdAt", moment, func(v any) any { return abroad(v.(*author).created) }},
		{"updatedAt", moment, func(v any) any { return abroad(v.(*author).updated) }},
	})
	bookType := b.object("Book", getters{
		{"isbn", must(text), func(v any) any { return v.(*book).isbn }},
		{"title", must(text), func(v any) any { return v.(*book).title }},
		{"subtitle", text, func(v any) any { return orNil(v.(*book).subtitle) }},
		{"genre", must(genre), func(v any) any { return v.(*book).genre }},
		{"pages", whole, func(v any) any { return v.(*book).pages }},
		{"copiesSold", big, func(v any) any { return fmt.Sprint(v.(*book).sold) }},
		{"averageRating", gographql.Float, func(v any) any { return v.(*book).rating }},
		{"price", decimal, func(v any) any { return strings.TrimSuffix(strings.TrimSuffix(v.(*book).price, "0"), ".0") }},
		{"inPrint", flag, func(v any) any { return v.(*book).inPrint }},
		{"callNumber", text, func(v any) any { return v.(*book).mark }},
		{"publishedOn", day, func(v any) any { return v.(*book).published.Format(time.DateOnly) }},
		{"createdAt", must(moment), func(v any) any { return abroad(v.(*book).created) }},
		{"author", must(authorType), func(v any) any { return v.(*book).author }},
		{"tags", must(gographql.NewList(must(text))), func(v any) any { t := v.(*book).tags; return []string{t[1], t[0]} }},
		{"webUrl", uri, func(v any) any { return "https://www.library.example/books/" + v.(*book).isbn }},
	})
	copyType := b.object("Copy", getters{
		{"barcode", must(text), func(v any) any { return v.(*exemplar).barcode }},
		{"status", must(status), func(v any) any { return v.(*exemplar).status }},
		{"condition", text, func(v any) any { return v.(*exemplar).condition }},
		{"acquiredOn", must(day), func(v any) any { return v.(*exemplar).acquired.Format(time.DateOnly) }},
		{"book", must(bookType), func(v any) any { return v.(*exemplar).book }},
	})
	memberType := b.object("Member", getters{
		{"number", whole, func(v any) any { return v.(*member).number }},
		{"name", must(text), func(v any) any { return v.(*member).name }},
		{"email", text, func(v any) any { return v.(*member).email }},
		{"plan", must(plans), func(v any) any { return v.(*member).plan }},
		{"active", flag, func(v any) any { return v.(*member).active }},
		{"joinedAt", must(moment), func(v any) any { return abroad(v.(*member).joined) }},
	})
	reviewType := b.object("Review", getters{
		{"id", id, func(v any) any { return gid(v) }},
		{"stars", whole, func(v any) any { return v.(*review).stars }},
		{"body", must(text), func(v any) any { return v.(*review).body }},
		{"createdAt", must(moment), func(v any) any { return abroad(v.(*review).created) }},
		{"member", memberType, func(v any) any { return v.(*review).member }},
	})
	loanType := b.object("Loan", getters{
		{"id", id, func(v any) any { return gid(v) }},
		{"dueOn", must(day), func(v any) any { return v.(*loan).due.Format(time.DateOnly) }},
		{"returnedAt", moment, func(v any) any { return abroad(v.(*loan).returned) }},
		{"renewals", whole, func(v any) any { return v.(*loan).renewals }},
		{"copy", must(copyType), func(v any) any { return v.(*loan).copy }},
	})
	branchType := b.object("Branch", getters{
		{"id", id, func(v any) any { return gid(v) }},
		{"name", must(text), func(v any) any { return v.(*branch).name }},
		{"city", must(text), func(v any) any { return v.(*branch).city }},
		{"phone", text, func(v any) any { return orNil(v.(*branch).phone) }},
		{"openedOn", must(day), func(v any) any { return v.(*branch).opened.Format(time.DateOnly) }},
		{"accessible", flag, func(v any) any { return v.(*branch).accessible }},
		{"webUrl", uri, func(v any) any { return fmt.Sprintf("https://www.library.example/branches/%d", v.(*branch).id) }},
	})
	books, authors, members := b.connection(bookType, true), b.connection(authorType, false), b.connection(memberType, false)
	b.connect(authorType, "books", books, nil, func(p gographql.ResolveParams) []any { return anys(p.Source.(*author).books) })
	b.connect(bookType, "reviews", b.connection(reviewType, false), nil, func(p gographql.ResolveParams) []any { return anys(p.Source.(*book).reviews) })
	b.connect(memberType, "loans", b.connection(loanType, false), nil, func(p gographql.ResolveParams) []any { return anys(p.Source.(*member).loans) })
	b.connect(branchType, "copies", b.connection(copyType, false), gographql.FieldConfigArgument{"status": {Type: status}}, func(p gographql.ResolveParams) []any {
		want, _ := p.Args["status"].(string)
		return anys(filtered(p.Source.(*branch).copies, func(c *exemplar) bool { return want == "" || c.status == want }))
	})
	query := gographql.NewObject(gographql.ObjectConfig{Name: "Query", Fields: gographql.Fields{}})
	s.queries(b, query, branchType, bookType, authorType, memberType)
	b.connect(query, "authors", authors, nil, func(gographql.ResolveParams) []any { return anys(s.library.authors) })
	b.connect(query, "members", members, nil, func(gographql.ResolveParams) []any { return anys(s.library.members) })
	order := gographql.NewInputObject(gographql.InputObjectConfig{Name: "BookOrder", Fields: gographql.InputObjectConfigFieldMap{
		"field":     {Type: must(enum("BookOrderField", "title", "pages"))},
		"direction": {Type: must(enum("OrderDirection", "asc", "desc"))},
	}})
	b.connect(query, "books", books, gographql.FieldConfigArgument{"genre": {Type: genre}, "orderBy": {Type: order}}, func(p gographql.ResolveParams) []any {
		want, _ := p.Args["genre"].(string)
		list := filtered(s.library.books, func(b *book) bool { return want == "" || b.genre == want })
		by, _ := p.Args["orderBy"].(map[string]any)
		sortBooks(list, by["field"] == "pages", by["direction"] == "desc")
		return anys(list)
	})
	return gographql.NewSchema(gographql.SchemaConfig{Query: query})
}

// queries adds the root fields that yield one object, and the plain list.
func (s *server) queries(b *builder, query, branchType, bookType, authorType, memberType *gographql.Object) {
	add := func(name string, typ gographql.Output, arg string, of gographql.Input, find func(v any) any) {
		f := b.field("Query."+name, typ, func(p gographql.ResolveParams) any { return find(p.Args[arg]) })
		if arg != "" {
			f.Args = gographql.FieldConfigArgument{arg: {Type: gographql.NewNonNull(of)}}
		}
		query.AddFieldConfig(name, f)
	}
	l := s.library
	add("branches", must(gographql.NewList(must(branchType))), "", nil, func(any) any { return anys(l.branches) })
	add("branch", branchType, "id", gographql.ID, func(v any) any { return first(l.branches, func(b *branch) bool { return gid(b) == v }) })
	add("author", authorType, "id", gographql.ID, func(v any) any { return first(l.authors, func(a *author) bool { return gid(a) == v }) })
	add("book", bookType, "isbn", gographql.String, func(v any) any { return first(l.books, func(b *book) bool { return b.isbn == v }) })
	add("member", memberType, "number", gographql.Int, func(v any) any { return first(l.members, func(m *member) bool { return m.number == v }) })
}

func first[T any](list []T, is func(T) bool) any {
	for _, v := range list {
		if is(v) {
			return v
		}
	}
	return nil
}

type resolveParams = gographql.ResolveParams
