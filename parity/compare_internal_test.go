package parity

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/graphql"
	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/parity/internal/gql"
	"github.com/plumbapi/plumb/parity/internal/rest"
	"github.com/plumbapi/plumb/parity/internal/word"
)

// forced is a pairing without a matcher: schemas and types of one name are
// pairs, and so are operations and the fields that they name.
func forced(t *testing.T, description, sdl string, operations ...[3]string) *pairing {
	t.Helper()
	doc, err := openapi.Parse("openapi.yaml", []byte(description))
	if err != nil {
		t.Fatal(err)
	}
	schema, err := graphql.Parse(graphql.File{Name: "schema.graphql", Data: []byte(sdl)})
	if err != nil {
		t.Fatal(err)
	}
	lex, err := word.New(word.Packs(), nil)
	if err != nil {
		t.Fatal(err)
	}
	p := &pairing{lex: lex, rest: rest.Build(doc, lex), gql: gql.Build(schema, lex), typeOf: map[*rest.Schema]*gql.Type{}}
	for _, s := range p.rest.Schemas {
		if typ := p.gql.Type(s.Name); typ != nil {
			p.types = append(p.types, typeLink{s, typ, &Type{REST: s.Pointer, Name: s.Name, GraphQL: typ.Name, Status: StatusMatch, Confidence: 1}})
			p.typeOf[s] = typ
		}
	}
	for _, op := range p.rest.Operations {
		for _, want := range operations {
			if want[0] != op.Key {
				continue
			}
			f := p.field(want[1])
			if f == nil {
				t.Fatalf("no field %s", want[1])
			}
			p.operations = append(p.operations, operationLink{op, f, &Operation{
				Operation: op.Key, Status: StatusMatch, GraphQL: []string{want[1]}, Path: want[2], Confidence: 1,
			}})
		}
	}
	return p
}

// description makes a description of schemas that are written as members of
// components.
func description(schemas string) string {
	return "openapi: 3.1.0\ninfo: {title: T, version: '1'}\nservers: [{url: 'https://api.example.org/v1'}]\npaths: {}\ncomponents:\n  schemas:\n" + indent(schemas)
}

func indent(text string) string {
	var b strings.Builder
	for line := range strings.Lines(strings.TrimSpace(text)) {
		b.WriteString("    " + strings.TrimLeft(line, "\t"))
	}
	return b.String()
}

// fieldLines writes fields a line each: kind, both names, class, differences.
func fieldLines(fields []*Field) []string {
	var out []string
	for _, f := range fields {
		line := fmt.Sprintf("%s %s %s", f.Kind, cmp.Or(f.REST, "-"), cmp.Or(f.GraphQL, "-"))
		if f.Class != "" {
			line += " (" + string(f.Class) + ")"
		}
		out = append(out, line+differenceText(f.Differences))
	}
	return out
}

func differenceText(list []Difference) string {
	text := ""
	for _, d := range list {
		text += fmt.Sprintf(" {%s %s: %s | %s", d.Aspect, d.Effect, d.REST, d.GraphQL)
		if len(d.Values) > 0 {
			text += " " + strings.Join(d.Values, ",")
		}
		text += "}"
	}
	return text
}

func TestCompareFields(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, schemas, sdl string
		want               []string
	}{
		{
			name: "casing, acronyms and plurals",
			schemas: `
			Book: {type: object, properties: {
			  title: {type: string}, body_html: {type: string}, ISBN: {type: string}, 'page-count': {type: integer}, printings_count: {type: integer}, created_at: {type: string, format: date-time}}}`,
			sdl: `type Query { book: Book }
			scalar DateTime
			type Book { title: String bodyHTML: String isbn: String pageCount: Int printingCount: Int createdAt: DateTime }`,
			want: []string{
				"same Book.ISBN Book.isbn", "same Book.body_html Book.bodyHTML", "same Book.created_at Book.createdAt", "same Book.page-count Book.pageCount",
				"renamed Book.printings_count Book.printingCount", "same Book.title Book.title",
			},
		},
		{
			name: "IDs where objects have global ones as well",
			schemas: `
			Book: {type: object, properties: {id: {type: integer, format: int64}, node_id: {type: string}}}
			Shelf: {type: object, properties: {id: {type: integer}, node_id: {type: string}}}
			Desk: {type: object, properties: {id: {type: integer}}}`,
			sdl: `type Query { book: Book shelf: Shelf desk: Desk }
			interface Node { id: ID! }
			type Book implements Node { id: ID! databaseId: Int }
			type Shelf implements Node { id: ID! }
			type Desk implements Node { id: ID! }`,
			want: []string{
				"renamed Book.id Book.databaseId {range int64: integer:int64 | Int} {name other-meaning: id | Book.id}",
				"renamed Book.node_id Book.id",
				"rest-only Desk.id - (identity) {name other-meaning: id | Desk.id}",
				"rest-only Shelf.id - (identity) {name other-meaning: id | Shelf.id}",
				"renamed Shelf.node_id Shelf.id",
				"graphql-only - Desk.id (identity)",
			},
		},
		{
			name: "IDs where there are no others",
			schemas: `
			Book: {type: object, properties: {id: {type: integer}}}
			Shelf: {type: object, properties: {id: {type: string}, book_id: {type: integer}}}`,
			sdl: `type Query { book: Book shelf: Shelf }
			scalar BookID
			type Book { id: BookID! }
			type Shelf { id: ID! book: Book }`,
			want: []string{
				"type-differs Book.id Book.id {scalar : integer | BookID!}",
				"type-differs Shelf.book_id Shelf.book {shape id-vs-object: integer | Book}",
				"same Shelf.id Shelf.id",
			},
		},
		{
			name: "addresses of the API and of pages",
			schemas: `
			Book: {type: object, properties: {
			  url: {type: string, format: uri}, html_url: {type: string, format: uri}, pages_url: {type: string, example: 'https://api.example.org/v1/books/1/pages'},
			  shelf_url: {type: string, format: uri, example: 'https://api.example.org/v1/shelves/1'}, cover_image_url: {type: string}, _links: {type: object, properties: {self: {type: string}}}}}
			Shelf: {type: object, properties: {url: {type: string, format: uri}}}`,
			sdl: `type Query { book: Book shelf: Shelf }
			scalar URI
			type Book { url: URI! shelf: Shelf coverImageUrl: URI resourcePath: URI! }
			type Shelf { url: URI! }`,
			want: []string{
				"rest-only Book._links - (hypermedia)",
				"same Book.cover_image_url Book.coverImageUrl",
				"renamed Book.html_url Book.url",
				"rest-only Book.pages_url - (hypermedia)",
				"type-differs Book.shelf_url Book.shelf {shape url-vs-object: string:uri | Shelf}",
				"rest-only Book.url - (hypermedia) {name other-meaning: url | Book.url}",
				"rest-only Shelf.url - (hypermedia) {name other-meaning: url | Shelf.url}",
				"graphql-only - Book.resourcePath (resource-path)",
				"graphql-only - Shelf.url",
			},
		},
		{
			name: "numbers that count lists",
			schemas: `
			Shelf: {type: object, properties: {
			  books: {type: integer}, books_count: {type: integer}, lent_books: {type: integer}, lost_books: {type: integer}, damaged_books: {type: integer},
			  visits: {type: integer, example: 3}, visits_count: {type: integer, example: 70}, callers_count: {type: integer, example: 70}, readers: {type: integer}, reader_comments: {type: integer},
			  sittings_count: {type: integer, example: 70}, sittings: {type: integer}}}
			Room: {type: object, properties: {visits_count: {type: integer, example: 70}, callers_count: {type: integer, example: 70}, sittings_count: {type: integer, example: 71}}}`,
			sdl: `type Query { shelf: Shelf room: Room } type Room { visitCount: Int }
			type Shelf { books(state: BookState): BookConnection! visitCount: Int visits: VisitConnection readers(first: Int, state: ReaderState): [Reader!] }
			enum ReaderState { COMMENTED LEFT }
			enum BookState { LENT LOST }
			type BookConnection { nodes: [Book] totalCount: Int! pageInfo: PageInfo! } type Book { id: ID! }
			type VisitConnection { nodes: [Visit] totalCount: Int! pageInfo: PageInfo! } type Visit { id: ID! }
			type PageInfo { hasNextPage: Boolean! endCursor: String } type Reader { id: ID! }`,
			want: []string{
				"renamed Room.callers_count Room.visitCount", "rest-only Room.sittings_count -", "renamed Room.visits_count Room.visitCount",
				"type-differs Shelf.books Shelf.books {shape count-vs-list: integer | BookConnection!}",
				"type-differs Shelf.books_count Shelf.books {shape count-vs-list: integer | BookConnection!}",
				"renamed Shelf.callers_count Shelf.visitCount",
				"rest-only Shelf.damaged_books -",
				"type-differs Shelf.lent_books Shelf.books {shape count-vs-list: integer | BookConnection!}",
				"type-differs Shelf.lost_books Shelf.books {shape count-vs-list: integer | BookConnection!}",
				"rest-only Shelf.reader_comments -",
				"type-differs Shelf.readers Shelf.readers {shape count-vs-list: integer | [Reader!]}",
				"rest-only Shelf.sittings -", "rest-only Shelf.sittings_count -",
				"renamed Shelf.visits Shelf.visitCount {name other-meaning: visits | Shelf.visits}",
				"renamed Shelf.visits_count Shelf.visitCount",
				"graphql-only - Shelf.visits",
			},
		},
		{
			name: "booleans by other words",
			schemas: `
			Book: {type: object, properties: {
			  default: {type: boolean}, lendable: {type: boolean}, has_index: {type: boolean}, allow_lending_abroad: {type: boolean}, archived: {type: boolean}}}`,
			sdl: `type Query { book: Book }
			scalar DateTime
			type Book { isDefault: Boolean! canBeLent: Boolean hasIndexEnabled: Boolean lendingAbroadAllowed: Boolean archivedAt: DateTime viewerCanArchive: Boolean! }`,
			want: []string{
				"renamed Book.allow_lending_abroad Book.lendingAbroadAllowed",
				"rest-only Book.archived -",
				"renamed Book.default Book.isDefault",
				"renamed Book.has_index Book.hasIndexEnabled",
				"rest-only Book.lendable -",
				"graphql-only - Book.archivedAt",
				"graphql-only - Book.canBeLent (viewer-relative)",
				"graphql-only - Book.viewerCanArchive (viewer-relative)",
			},
		},
		{
			name: "who did it, where the types agree",
			schemas: `
			User: {type: object, properties: {name: {type: string}}}
			Team: {type: object, properties: {name: {type: string}}}
			Book: {type: object, properties: {user: {$ref: '#/components/schemas/User'}, uploader: {$ref: '#/components/schemas/User'}, borrowed_by: {$ref: '#/components/schemas/User'}, returned_by: {$ref: '#/components/schemas/User'}}}
			Note: {type: object, properties: {user: {$ref: '#/components/schemas/Team'}}}`,
			sdl: `type Query { book: Book note: Note }
			interface Actor { name: String } type User implements Actor { name: String } type Team { name: String }
			type Book { author: Actor uploadedBy: User! borrowUser: User } type Note { author: User }`,
			want: []string{
				"renamed Book.borrowed_by Book.borrowUser",
				"rest-only Book.returned_by -",
				"renamed Book.uploader Book.uploadedBy",
				"renamed Book.user Book.author",
				"rest-only Note.user -",
				"same Team.name Team.name", "same User.name User.name",
				"graphql-only - Note.author",
			},
		},
		{
			name: "shapes",
			schemas: `
			User: {type: object, properties: {name: {type: string}}}
			Tag: {type: object, properties: {name: {type: string}}}
			Book: {type: object, properties: {
			  readers: {type: array, items: {$ref: '#/components/schemas/User'}}, reader: {$ref: '#/components/schemas/User'}, editors: {$ref: '#/components/schemas/User'},
			  topics: {type: array, items: {type: string}}, requested_reviewers: {type: array, items: {$ref: '#/components/schemas/User'}},
			  shelf: {type: string}, language: {type: string}, extent: {type: object, properties: {pages: {type: integer}}}, tags: {$ref: '#/components/schemas/Tag'}, archive_url: {type: string}}}`,
			sdl: `type Query { book: Book }
			scalar JSON scalar DateTime
			type User { name: String } type Tag { name: String } type Shelf { name: String } type Language { name: String } type BookTopic { topic: Tag }
			type Request { requestedReviewer: User }
			type Book { readers: [User!]! editors: [User!] bookTopics: [BookTopic!] reviewRequests: [Request] shelf: Shelf primaryLanguage: Language extent: JSON tags: [Tag] archivedAt: DateTime }`,
			want: []string{
				"rest-only Book.archive_url -",
				"same Book.editors Book.editors",
				"type-differs Book.extent Book.extent {opaque : object | JSON}",
				"type-differs Book.language Book.primaryLanguage {shape scalar-vs-object: string | Language}",
				"type-differs Book.reader Book.readers {shape single-vs-list: User | [User!]!}",
				"same Book.readers Book.readers",
				"type-differs Book.requested_reviewers Book.reviewRequests {shape wrapped: array of User | [Request]}",
				"type-differs Book.shelf Book.shelf {shape scalar-vs-object: string | Shelf}",
				"same Book.tags Book.tags",
				"type-differs Book.topics Book.bookTopics {shape wrapped: array of string | [BookTopic!]}",
				"same Tag.name Tag.name", "same User.name User.name",
				"graphql-only - Book.archivedAt",
			},
		},
		{
			name: "scalars, enums and dates",
			schemas: `
			Book: {type: object, properties: {
			  size: {type: integer, format: int64}, weight: {type: number}, price: {type: integer}, copies: {type: string}, state: {type: string}, binding: {type: string, enum: [hard_cover, soft-cover, ring]},
			  due_on: {type: string, format: date}, seen_at: {type: integer, description: Milliseconds since the epoch.}, lent_at: {type: string}, stock: {type: integer, maximum: 9007199254740991}, kind: {type: string, enum: [a]}}}`,
			sdl: `type Query { book: Book }
			scalar DateTime scalar BigInt
			enum State { ON OFF } enum Binding { HARD_COVER SOFT_COVER PAPER }
			type Book { size: Int weight: Int price: BigInt copies: Int! state: State binding: Binding dueOn: DateTime seenAt: Int lentAt: DateTime stock: Int kind: String }`,
			want: []string{
				"same Book.binding Book.binding {enum missing-in-graphql: enum | Binding ring} {enum missing-in-rest: enum | Binding PAPER}",
				"type-differs Book.copies Book.copies {scalar : string | Int!}",
				"type-differs Book.due_on Book.dueOn {date : string:date | DateTime}",
				"type-differs Book.kind Book.kind {string-enum : enum | String}",
				"same Book.lent_at Book.lentAt",
				"same Book.price Book.price",
				"same Book.seen_at Book.seenAt {range int64: integer | Int}",
				"same Book.size Book.size {range int64: integer:int64 | Int}",
				"type-differs Book.state Book.state {string-enum : string | State}",
				"same Book.stock Book.stock {range int64: integer | Int}",
				"type-differs Book.weight Book.weight {scalar : number | Int}",
			},
		},
		{
			name: "what may be missing",
			schemas: `
			Book: {type: object, required: [a, b, c], properties: {a: {type: string}, b: {type: [string, 'null']}, c: {type: string}, d: {type: string}, e: {type: string}}}
			Loose: {type: object, properties: {a: {type: string}}}`,
			sdl: `type Query { book: Book loose: Loose }
			type Book { a: String! b: String! c: String d: String! e: String } type Loose { a: String! }`,
			want: []string{
				"same Book.a Book.a",
				"same Book.b Book.b {nullability graphql-stricter: nullable | String!}",
				"same Book.c Book.c {nullability rest-stricter: required | String}",
				"same Book.d Book.d {nullability graphql-stricter: not required | String!}",
				"same Book.e Book.e",
				"same Loose.a Loose.a",
			},
		},
		{
			name: "lifecycles",
			schemas: `
			Book: {type: object, properties: {
			  a: {type: string, deprecated: true}, b: {type: string}, c: {type: string}, d: {type: string, x-stability: beta},
			  e: {type: string, deprecated: true, x-sunset: '2027-01-31'}, f: {type: string, description: 'Deprecated: use a.'}, g: {type: string, deprecated: true},
			  reader: {$ref: '#/components/schemas/User', deprecated: true}, readers: {type: array, items: {$ref: '#/components/schemas/User'}}}}
			User: {type: object, properties: {}}`,
			sdl: `type Query { book: Book }
			type User { id: ID }
			type Book { a: String b: String @deprecated(reason: "Use a.") c: String @deprecated(reason: "Status: Experiment. Introduced in 1.2.") d: String
			  e: String @deprecated(reason: "Removal on 2027-06-30 UTC.") f: String @deprecated g: String @deprecated(reason: "Status: Experiment. Introduced in 1.2.") readers: [User] }`,
			want: []string{
				"same Book.a Book.a {deprecated deprecated-in-rest: deprecated | stable}",
				"same Book.b Book.b {deprecated deprecated-in-graphql: stable | deprecated: Use a.}",
				"same Book.c Book.c {stability experimental-in-graphql: stable | experimental}",
				"same Book.d Book.d {stability experimental-in-rest: experimental | stable}",
				"same Book.e Book.e {sunset : 2027-01-31 | 2027-06-30}",
				"same Book.f Book.f",
				"same Book.g Book.g {deprecated deprecated-in-rest: deprecated | experimental}",
				"type-differs Book.reader Book.readers {shape single-vs-list: User | [User]}",
				"same Book.readers Book.readers",
				"graphql-only - User.id (identity)",
			},
		},
		{
			name: "fields of possible types",
			schemas: `
			Medium: {type: object, properties: {title: {type: string}, pages: {type: integer}, minutes: {type: integer}}}
			Thing: {type: object, properties: {pages: {type: integer}}}`,
			sdl: `type Query { medium: Medium thing: Thing }
			interface Medium { title: String } type Book implements Medium { title: String pages: Int } type Film implements Medium { title: String minutes: Int }
			union Thing = Book | Film`,
			want: []string{
				"same Medium.minutes Film.minutes", "same Medium.pages Book.pages", "same Medium.title Medium.title", "same Thing.pages Book.pages",
			},
		},
		{
			name: "descriptions where names are equally near",
			schemas: `
			Book: {type: object, properties: {weight_info: {type: string, description: Grams on the kitchen scale.}}}`,
			sdl: `type Query { book: Book }
			type Book { weightData: String "Grams, by the kitchen scale." weightValue: String }`,
			want: []string{"renamed Book.weight_info Book.weightValue", "graphql-only - Book.weightData"},
		},
		{
			name: "one type of several schemas",
			schemas: `
			Book: {type: object, properties: {title: {type: string}, pages: {type: integer}}}`,
			sdl:  `type Query { book: Book } type Book { title: String pages: Int shelf: String }`,
			want: []string{"same Book.pages Book.pages", "same Book.title Book.title", "graphql-only - Book.shelf"},
		},
		{
			name: "nothing in common",
			schemas: `
			Book: {type: object, properties: {commit_count: {type: integer}, closed_by: {type: string}, import_url: {type: string}, enabled: {type: boolean}}}`,
			sdl: `type Query { book: Book } type Book { commitMessage: String closed: Boolean importStatus: String name: String }`,
			want: []string{
				"rest-only Book.closed_by -", "rest-only Book.commit_count -", "rest-only Book.enabled -", "rest-only Book.import_url -",
				"graphql-only - Book.closed", "graphql-only - Book.commitMessage", "graphql-only - Book.importStatus", "graphql-only - Book.name",
			},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got := fieldLines(compareFields(forced(t, description(tt.schemas), tt.sdl)))
			if diff := gocmp.Diff(tt.want, got); diff != "" {
				t.Errorf("fields (-want +got):\n%s", diff)
			}
		})
	}
}

// TestCompareFieldsBelow holds that what REST has as an operation below the
// object's path is set apart, and so are IDs of what is there as an object.
func TestCompareFieldsBelow(t *testing.T) {
	t.Parallel()
	p := forced(t, operations(`
	/books/{id}:
	  get: {responses: {'200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Book'}}}}}}
	/books/{id}/loans:
	  get: {responses: {'200': {description: ok}}}
	/books/{id}/cover:
	  get: {responses: {'200': {description: ok}}}`, `
	Book: {type: object, properties: {labels: {type: array, items: {type: string}}, author: {type: object, properties: {name: {type: string}}}, author_id: {type: integer}}}`),
		`type Query { book: Book }
		type Book { loanEntries: [Loan] bookLoans: [Loan] jacket: Cover label(name: String!): Label author: Author shelf: Shelf }
		type Loan { id: ID } type Cover { id: ID } type Label { id: ID } type Author { name: String } type Shelf { id: ID }`,
		[3]string{"GET /books/{id}/cover", "Book.jacket", "book.jacket"})
	want := []string{
		"same Book.author Book.author", "rest-only Book.author_id - (identity)", "rest-only Book.labels -",
		"graphql-only - Book.bookLoans (sub-resource)", "graphql-only - Book.jacket (sub-resource)", "graphql-only - Book.label",
		"graphql-only - Book.loanEntries", "graphql-only - Book.shelf",
	}
	if diff := gocmp.Diff(want, fieldLines(compareFields(p))); diff != "" {
		t.Errorf("fields (-want +got):\n%s", diff)
	}
}

func TestCompareFieldsForced(t *testing.T) {
	t.Parallel()
	p := forced(t, description(`
	Book: {type: object, properties: {title: {type: string}, label: {type: string}, size: {type: integer}}}`),
		`type Query { book: Book } type Book { title: String name: String size: Int } type Shelf { label: String }`)
	p.forcedFields = map[string]string{"Book.title": "Book.name", "Book.label": "Shelf.label", "Book.size": ""}
	want := []string{
		"same Book.label Shelf.label",
		"rest-only Book.size - {name other-meaning: size | Book.size}",
		"renamed Book.title Book.name {name other-meaning: title | Book.title}",
		"graphql-only - Book.size", "graphql-only - Book.title",
	}
	got := compareFields(p)
	if diff := gocmp.Diff(want, fieldLines(got)); diff != "" {
		t.Errorf("fields (-want +got):\n%s", diff)
	}
	for _, f := range got {
		if f.REST != "" && f.Confidence != 1 {
			t.Errorf("%s: confidence %v of what was decided", f.REST, f.Confidence)
		}
	}
}

// TestCompareOrder compares descriptions whose members stand in other orders.
func TestCompareOrder(t *testing.T) {
	t.Parallel()
	properties := []string{
		"id: {type: integer}", "visits: {type: integer}", "visits_count: {type: integer}", "user: {type: string}", "author: {type: string}", "owner: {type: string}",
		"state: {type: string, enum: [b, a, c]}",
	}
	fields := []string{"id: ID", "visitCount: Int", "totalVisits: Int", "creator: String", "poster: String", "state: State"}
	of := func() []string {
		p := forced(t, description("Book: {type: object, properties: {"+strings.Join(properties, ", ")+"}}"),
			"type Query { book: Book } enum State { D E } type Book { "+strings.Join(fields, " ")+" }")
		return fieldLines(compareFields(p))
	}
	want := of()
	for i := range properties {
		properties = append(properties[1:], properties[0])
		slices.Reverse(fields[i%len(fields):])
		if diff := gocmp.Diff(want, of()); diff != "" {
			t.Fatalf("other order (-want +got):\n%s", diff)
		}
	}
}
