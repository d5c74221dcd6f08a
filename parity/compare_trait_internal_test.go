package parity

import (
	"fmt"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
)

func traitLines(traits []*Trait) []string {
	var out []string
	for _, tr := range traits {
		out = append(out, fmt.Sprintf("%s %s: %s | %s", tr.Topic, tr.Effect, tr.REST, tr.GraphQL))
	}
	return out
}

func TestCompareTraits(t *testing.T) {
	t.Parallel()
	const list = "{description: ok, content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Book'}}}}}"
	tests := []struct {
		name, paths, sdl string
		links            [][3]string
		want             []string
	}{
		{
			name: "pages and orders on both sides",
			paths: `
			/books:
			  get: {parameters: [{name: limit, in: query, schema: {type: integer}}, {name: sort_by, in: query, schema: {type: string}}], responses: {'200': ` + list + `}}`,
			sdl:   `type Query { books(first: Int, orderBy: String): [Book] } type Book { title: String }`,
			links: [][3]string{{"GET /books", "Query.books", "books"}},
		},
		{
			name: "pages and orders in REST",
			paths: `
			/books:
			  get: {parameters: [{name: page, in: query, schema: {type: integer}}, {name: sort, in: query, schema: {type: string}}], responses: {'200': ` + list + `}}
			/loans:
			  get: {responses: {'200': {description: ok, content: {application/json: {schema: {type: object, properties: {items: {type: array, items: {$ref: '#/components/schemas/Book'}}, next_cursor: {type: string}}}}}}}}`,
			sdl:   `type Query { books: [Book!]! loans: [Book] } type Book { title: String }`,
			links: [][3]string{{"GET /books", "Query.books", "books"}, {"GET /loans", "Query.loans", "loans"}},
			want:  []string{"paging missing-in-graphql: page | ", "sorting missing-in-graphql: sort | ", "paging missing-in-graphql: next_cursor | "},
		},
		{
			name: "pages and orders in GraphQL",
			paths: `
			/books:
			  get: {responses: {'200': ` + list + `}}
			/loans:
			  get: {responses: {'200': ` + list + `}}`,
			sdl: `type Query { books(orderBy: String, page: PageInput): BookConnection loans(orderBy: String): BookConnection } type Book { title: String }
			input PageInput { offset: Int } type BookConnection { nodes: [Book] pageInfo: PageInfo! } type PageInfo { hasNextPage: Boolean! endCursor: String }`,
			links: [][3]string{{"GET /books", "Query.books", "books"}, {"GET /loans", "Query.loans", "loans"}},
			want:  []string{"paging missing-in-rest:  | page", "sorting missing-in-rest:  | orderBy", "sorting missing-in-rest:  | orderBy"},
		},
		{
			name: "errors",
			paths: `
			/books:
			  post: {responses: {'201': {description: ok}, '422': {description: no}, '409': {description: no}, '404': {description: no}}}
			/loans:
			  post: {responses: {'201': {description: ok}, '422': {description: no}, '409': {description: no}}}
			/shelves:
			  post: {responses: {'201': {description: ok}, '422': {description: no}, '409': {description: no}}}
			/readers:
			  post: {responses: {'201': {description: ok}}}`,
			sdl: `type Query { book: Book } type Book { title: String }
			type Mutation { createBook(title: String): BookPayload createLoan(title: String): LoanPayload createShelf(title: String): ShelfResult createReader(title: String): LoanPayload }
			type BookPayload { book: Book } type LoanPayload { book: Book errors: [String!]! }
			union ShelfResult = Book | InvalidInputError type InvalidInputError { message: String }`,
			links: [][3]string{
				{"POST /books", "Mutation.createBook", "createBook"}, {"POST /loans", "Mutation.createLoan", "createLoan"},
				{"POST /shelves", "Mutation.createShelf", "createShelf"}, {"POST /readers", "Mutation.createReader", "createReader"},
			},
			want: []string{
				"error missing-in-graphql: validation, conflict | ", // POST /books
				"error missing-in-rest:  | errors",                  // POST /readers
				"error missing-in-graphql: conflict | ",             // POST /shelves
			},
		},
		{
			name: "errors where REST lists none",
			paths: `
			/books:
			  post: {responses: {'201': {description: ok}}}`,
			sdl: `type Query { book: Book } type Book { title: String }
			type Mutation { createBook(title: String): BookPayload } type BookPayload { book: Book errors: [String!]! }`,
			links: [][3]string{{"POST /books", "Mutation.createBook", "createBook"}},
		},
		{
			name: "permissions",
			paths: `
			/a:
			  get: {security: [{oauth: ['books:read']}], responses: {'200': {description: ok}}}
			/b:
			  get: {security: [], responses: {'200': {description: ok}}}
			/c:
			  get: {responses: {'200': {description: ok}}}
			/d:
			  get: {x-permissions: [BOOKS_READ], responses: {'200': {description: ok}}}`,
			sdl: `directive @requiresScopes(scopes: [[String!]!]!) on FIELD_DEFINITION
			type Query { a: Int @requiresScopes(scopes: [["books:write"]]) b: Int @requiresScopes(scopes: [["books:read"]]) c: Int @requiresScopes(scopes: [["books:read"]]) d: Int @requiresScopes(scopes: [["books:read"]]) }`,
			links: [][3]string{{"GET /a", "Query.a", "a"}, {"GET /b", "Query.b", "b"}, {"GET /c", "Query.c", "c"}, {"GET /d", "Query.d", "d"}},
			want:  []string{"permission : books:read | books:write", "permission :  | books:read"},
		},
		{
			name: "lifecycles",
			paths: `
			/a:
			  get: {deprecated: true, responses: {'200': {description: ok}}}
			/b:
			  get: {responses: {'200': {description: ok}}}
			/c:
			  get: {responses: {'200': {description: ok}}}
			/d:
			  get: {deprecated: true, x-sunset: '2027-01-31', responses: {'200': {description: ok}}}
			/old/b:
			  get: {deprecated: true, responses: {'200': {description: ok}}}`,
			sdl: `type Query { a: Int b: Int @deprecated c: Int @deprecated(reason: "Status: Experiment. Introduced in 3.1.") d: Int @deprecated(reason: "Ends 2027-06-30.") e: Int }`,
			links: [][3]string{
				{"GET /a", "Query.a", "a"}, {"GET /b", "Query.b", "b"}, {"GET /c", "Query.c", "c"}, {"GET /d", "Query.d", "d"}, {"GET /old/b", "Query.b", "b"},
			},
			want: []string{
				"lifecycle deprecated-in-rest: deprecated | stable",
				"lifecycle deprecated-in-graphql: stable | deprecated",
				"lifecycle experimental-in-graphql: stable | experimental",
				"lifecycle sunset: 2027-01-31 | 2027-06-30",
			},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got := traitLines(compareTraits(forced(t, operations(tt.paths, bookSchemas), tt.sdl, tt.links...)))
			if diff := gocmp.Diff(tt.want, got); diff != "" {
				t.Errorf("traits (-want +got):\n%s", diff)
			}
		})
	}
}

// TestCompareTraitsOfAlternatives holds that a deprecated counterpart is no
// news where another one stays, nor an old route beside the new one.
func TestCompareTraitsOfAlternatives(t *testing.T) {
	t.Parallel()
	p := forced(t, operations("/b:\n  get: {responses: {'200': {description: ok}}}\n/old/b:\n  get: {deprecated: true, responses: {'200': {description: ok}}}", bookSchemas),
		`type Query { b: Int @deprecated c: Int }`, [3]string{"GET /b", "Query.b", "b"}, [3]string{"GET /old/b", "Query.c", "c"})
	p.operations[0].pair.GraphQL = []string{"Query.b", "Query.c"}
	want := []string{"lifecycle deprecated-in-rest: deprecated | stable"} // of the old route, whose field no other has
	if diff := gocmp.Diff(want, traitLines(compareTraits(p))); diff != "" {
		t.Errorf("traits (-want +got):\n%s", diff)
	}
	p.operations[0].field, p.operations[0].pair.GraphQL = p.operations[1].field, []string{"Query.c"}
	if got := compareTraits(p); len(got) != 0 {
		t.Errorf("traits %v", traitLines(got))
	}
}
