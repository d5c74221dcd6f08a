package parity

import (
	"cmp"
	"fmt"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
)

// operations makes a description of paths.
func operations(paths, schemas string) string {
	return "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths:\n" + indent(paths) + "\ncomponents:\n  schemas:\n" + indent(schemas)
}

func inputLines(inputs []*Input) []string {
	var out []string
	for _, in := range inputs {
		out = append(out, fmt.Sprintf("%s %s %s %s", in.Kind, in.Role, cmp.Or(in.REST, "-"), cmp.Or(in.GraphQL, "-"))+differenceText(in.Differences))
	}
	return out
}

const bookSchemas = `
Book: {type: object, properties: {title: {type: string}}}
Shelf: {type: object, properties: {name: {type: string}}}
NewBook: {type: object, required: [title, shelf], properties: {title: {type: string}, shelf: {type: integer}, label_ids: {type: array, items: {type: integer}}, state: {type: string, enum: [lent, lost]}, pages: {type: integer, default: 100}, old: {type: string, deprecated: true}, id: {type: integer, readOnly: true}}}
`

func TestCompareInputs(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, paths, sdl string
		link             [3]string
		want             []string
	}{
		{
			name: "a list, by keys of the fields on the way",
			paths: `
			/shelves/{owner}/{shelf}/books:
			  get:
			    parameters:
			      - {name: owner, in: path, required: true, schema: {type: string}}
			      - {name: shelf, in: path, required: true, schema: {type: string}}
			      - {name: per_page, in: query, schema: {type: integer, default: 30, maximum: 100}}
			      - {name: page, in: query, schema: {type: integer}}
			      - {name: sort, in: query, schema: {type: string, enum: [created, pages, weight]}}
			      - {name: direction, in: query, schema: {type: string, enum: [asc, desc]}}
			      - {name: state, in: query, schema: {type: string, enum: [lent, lost, all]}}
			      - {name: q, in: query, schema: {type: string}}
			      - {name: creator, in: query, schema: {type: string}}
			      - {name: since, in: query, schema: {type: string, format: date-time}}
			      - {name: weightless, in: query, schema: {type: boolean}}
			    responses: {'200': {description: ok, content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Book'}}}}}}`,
			sdl: `scalar DateTime
			type Query { shelf(owner: String!, name: String!): Shelf }
			type Shelf { name: String books("At most 50." first: Int = 20, after: String, last: Int, orderBy: BookOrder, states: [BookState!], query: String, filterBy: BookFilters, withLost: Boolean!): [Book] }
			input BookOrder { field: BookOrderField! direction: OrderDirection! } enum BookOrderField { CREATED_AT PAGES } enum OrderDirection { ASC DESC } enum BookState { LENT LOST }
			input BookFilters { createdBy: String since: DateTime states: [BookState!] not: BookFilters label: String }
			type Book { title: String }`,
			link: [3]string{"GET /shelves/{owner}/{shelf}/books", "Shelf.books", "shelf.books"},
			want: []string{
				"same key path.owner Query.shelf(owner:)",
				"renamed key path.shelf Query.shelf(name:)",
				"renamed filter query.creator BookFilters.createdBy",
				"same sort query.direction BookOrder.direction",
				"type-differs paging query.page Shelf.books(after:)",
				"renamed paging query.per_page Shelf.books(first:) {default : 30 | 20} {limit : 100 | 50}",
				"renamed filter query.q Shelf.books(query:)",
				"same filter query.since BookFilters.since",
				"renamed sort query.sort BookOrder.field {enum missing-in-graphql: enum | BookOrderField! weight}",
				"type-differs filter query.state Shelf.books(states:) {shape scalar-vs-list: enum | [BookState!]}",
				"rest-only filter query.weightless -",
				"graphql-only filter - BookFilters.label",
				"graphql-only filter - BookFilters.not",
				"graphql-only paging - Shelf.books(last:)",
				"graphql-only key - Shelf.books(withLost:) {required graphql-stricter:  | required}",
			},
		},
		{
			name: "a write, by a global ID in place of the path",
			paths: `
			/shelves/{owner}/{shelf}/books:
			  post:
			    parameters:
			      - {name: owner, in: path, required: true, schema: {type: string}}
			      - {name: shelf, in: path, required: true, schema: {type: string}}
			    requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/NewBook'}}}}
			    responses: {'201': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Book'}}}}}`,
			sdl: `type Query { book: Book }
			type Mutation { createBook(input: CreateBookInput!): CreateBookPayload }
			input CreateBookInput { shelfId: ID! title: String labelIds: [ID!] state: State! pages: Int = 10 old: String isbn: String! clientMutationId: String }
			enum State { LENT GONE } type CreateBookPayload { book: Book } type Book { title: String } type Shelf { name: String }`,
			link: [3]string{"POST /shelves/{owner}/{shelf}/books", "Mutation.createBook", "createBook"},
			want: []string{
				"same data body.label_ids CreateBookInput.labelIds",
				"same data body.old CreateBookInput.old {deprecated deprecated-in-rest: deprecated | stable}",
				"same data body.pages CreateBookInput.pages {default : 100 | 10}",
				"rest-only data body.shelf - {required rest-stricter: required | }",
				"same data body.state CreateBookInput.state {enum missing-in-graphql: enum | State! lost} {enum missing-in-rest: enum | State! GONE} {required graphql-stricter: optional | required}",
				"same data body.title CreateBookInput.title {required rest-stricter: required | optional}",
				"renamed key path.owner CreateBookInput.shelfId",
				"renamed key path.shelf CreateBookInput.shelfId",
				"graphql-only data - CreateBookInput.isbn {required graphql-stricter:  | required}",
			},
		},
		{
			name: "keys by full path and by number",
			paths: `
			/projects/{id}/books/{book_iid}/loans/{loan_id}:
			  put:
			    parameters:
			      - {name: loan_id, in: path, required: true, schema: {type: integer}}
			      - {name: id, in: path, required: true, schema: {type: string}}
			      - {name: book_iid, in: path, required: true, schema: {type: integer}}
			    responses: {'204': {description: ok}}`,
			sdl: `type Query { book: Book } scalar LoanID
			type Mutation { bookLoanUpdate(input: BookLoanUpdateInput!): Payload }
			input BookLoanUpdateInput { projectPath: ID! iid: String! loanId: LoanID! }
			type Payload { book: Book } type Book { title: String }`,
			link: [3]string{"PUT /projects/{id}/books/{book_iid}/loans/{loan_id}", "Mutation.bookLoanUpdate", "bookLoanUpdate"},
			want: []string{
				"renamed key path.book_iid BookLoanUpdateInput.iid",
				"renamed key path.id BookLoanUpdateInput.projectPath",
				"same key path.loan_id BookLoanUpdateInput.loanId",
			},
		},
		{
			name: "an ID that names something else is not the key",
			paths: `
			/books/{book}/loans:
			  post:
			    parameters: [{name: book, in: path, required: true, schema: {type: string}}]
			    responses: {'204': {description: ok}}`,
			sdl: `type Query { book: Book reader: Reader }
			type Mutation { lend(input: LendInput!): Payload }
			input LendInput { targetReaderId: ID! }
			type Payload { book: Book } type Book { title: String } type Reader { name: String }`,
			link: [3]string{"POST /books/{book}/loans", "Mutation.lend", "lend"},
			want: []string{
				"rest-only key path.book - {required rest-stricter: required | }",
				"graphql-only data - LendInput.targetReaderId {required graphql-stricter:  | required}",
			},
		},
		{
			name: "an interface's ID is",
			paths: `
			/books/{book}/labels:
			  post:
			    parameters: [{name: book, in: path, required: true, schema: {type: string}}]
			    requestBody: {content: {application/json: {schema: {type: object, properties: {labels: {type: array, items: {oneOf: [{type: string}, {type: object, properties: {name: {type: string}}}]}}}}}}}
			    responses: {'204': {description: ok}}`,
			sdl: `type Query { book: Book }
			type Mutation { addLabels(input: AddLabelsInput!): Payload }
			input AddLabelsInput { labelableId: ID! labelIds: [ID!]! }
			interface Labelable { id: ID! } type Payload { book: Book } type Book implements Labelable { id: ID! }`,
			link: [3]string{"POST /books/{book}/labels", "Mutation.addLabels", "addLabels"},
			want: []string{
				"renamed data body.labels AddLabelsInput.labelIds {required graphql-stricter: optional | required}",
				"renamed key path.book AddLabelsInput.labelableId",
			},
		},
		{
			name: "one enum for what is sorted by and in which direction",
			paths: `
			/books:
			  get:
			    parameters:
			      - {name: order_by, in: query, schema: {type: string, enum: [created_at, title]}}
			      - {name: sort, in: query, schema: {type: string, enum: [asc, desc]}}
			      - {name: after, in: query, schema: {type: string}}
			      - {name: page, in: query, schema: {type: integer}}
			    responses: {'200': {description: ok, content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Book'}}}}}}`,
			sdl: `type Query { books(sort: BookSort = CREATED_DESC, after: String, limit: Int): [Book] }
			enum BookSort { CREATED_ASC CREATED_DESC } type Book { title: String }`,
			link: [3]string{"GET /books", "Query.books", "books"},
			want: []string{
				"same paging query.after Query.books(after:)",
				"renamed sort query.order_by Query.books(sort:) {enum missing-in-graphql: enum | BookSort title}",
				"rest-only paging query.page -",
				"same sort query.sort Query.books(sort:)",
				"graphql-only paging - Query.books(limit:)",
			},
		},
		{
			name: "of several keys the innermost",
			paths: `
			/agents/{agent_id}/tokens/{token_id}:
			  delete:
			    parameters: [{name: agent_id, in: path, required: true, schema: {type: integer}}, {name: token_id, in: path, required: true, schema: {type: integer}}]
			    responses: {'204': {description: ok}}`,
			sdl:  `type Query { book: Book } type Mutation { agentTokenRevoke(id: ID!): Book } type Book { title: String }`,
			link: [3]string{"DELETE /agents/{agent_id}/tokens/{token_id}", "Mutation.agentTokenRevoke", "agentTokenRevoke"},
			want: []string{
				"renamed key path.agent_id Mutation.agentTokenRevoke(id:)",
				"renamed key path.token_id Mutation.agentTokenRevoke(id:)",
			},
		},
		{
			name: "of several keys in a row the last",
			paths: `
			/rooms/{house}/{room}:
			  get:
			    parameters:
			      - {name: house, in: path, required: true, schema: {type: string}}
			      - {name: room, in: path, required: true, schema: {type: string}}
			      - {name: fields, in: query, schema: {type: string}}
			    responses: {'200': {description: ok}}`,
			sdl: `type Query { room(name: String!): Room }
			type Room { books(orderBy: BookOrder): [Book] } input BookOrder { field: String! } type Book { title: String }`,
			link: [3]string{"GET /rooms/{house}/{room}", "Room.books", "room.books"},
			want: []string{
				"rest-only key path.house - {required rest-stricter: required | }",
				"renamed key path.room Query.room(name:)",
				"rest-only filter query.fields -",
				"graphql-only sort - BookOrder.field",
			},
		},
		{
			name: "an object as a whole, and none for its parts",
			paths: `
			/books:
			  post:
			    requestBody: {content: {application/json: {schema: {type: object, properties: {loan: {type: object, properties: {reader: {type: string}}}}}}}}
			    responses: {'204': {description: ok}}`,
			sdl: `type Query { book: Book }
			type Mutation { addBook(loan: LoanInput, place: PlaceInput): Book }
			input LoanInput { reader: String days: Int } input PlaceInput { room: String! shelf: String } type Book { title: String }`,
			link: [3]string{"POST /books", "Mutation.addBook", "addBook"},
			want: []string{
				"same data body.loan Mutation.addBook(loan:)",
				"graphql-only data - PlaceInput.room",
				"graphql-only data - PlaceInput.shelf",
			},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got := inputLines(compareInputs(forced(t, operations(tt.paths, bookSchemas), tt.sdl, tt.link)))
			if diff := gocmp.Diff(tt.want, got); diff != "" {
				t.Errorf("inputs (-want +got):\n%s", diff)
			}
		})
	}
}

func TestCompareInputsOfDetours(t *testing.T) {
	t.Parallel()
	p := forced(t, operations("/books:\n  get: {responses: {'200': {description: ok}}}", bookSchemas),
		`type Query { books(first: Int): [Book] } type Book { title: String }`, [3]string{"GET /books", "Query.books", "books"})
	if got := compareInputs(p); len(got) != 1 {
		t.Fatalf("%d inputs of a match", len(got))
	}
	for _, reason := range []Reason{Folded, FanOut, ViaGeneric, ViaScan, ViaFilter} {
		p.operations[0].pair.Reason = reason
		if got := compareInputs(p); len(got) != 0 {
			t.Errorf("%s: %v", reason, inputLines(got))
		}
	}
}

func TestStatedMaximum(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"The number of results per page (max 100).": "100", "Up to `50` items": "50", "At most 20.": "20", "maximum: 7": "7",
		"The maximum number of results.": "", "First n elements.": "", "max": "", "": "",
	} {
		if got := statedMaximum(text); got != want {
			t.Errorf("statedMaximum(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestISODate(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"Removal on 2025-04-01 UTC.": "2025-04-01", "2027-01-31": "2027-01-31", "12027-01-31": "", "2027-01-311": "", "2027-21-31": "", "since 16.0": "", "": "",
	} {
		if got := isoDate(text); got != want {
			t.Errorf("isoDate(%q) = %q, want %q", text, got, want)
		}
	}
}

// TestFieldWords holds that every line of the vocabulary is one that is read.
func TestFieldWords(t *testing.T) {
	t.Parallel()
	for i, line := range strings.Split(fieldWords, "\n") {
		line, _, _ = strings.Cut(line, "#")
		key, _, ok := strings.Cut(line, ":")
		if strings.TrimSpace(line) == "" {
			continue
		}
		if _, known := markNames[key]; !ok || !known && key != "near" && key != "whole" {
			t.Errorf("line %d: %q is no entry", i+1, line)
		}
	}
}
