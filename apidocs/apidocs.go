// Package apidocs knows what a reference of a product's APIs has to say: its
// operations, types, webhooks and GraphQL fields, each once, with a place in
// the reference that stays the same, and with what other checks found about
// it: its twin in the other API, its lifecycle, its service level.
//
// It makes no pages. Package apidocs/site writes a site of a Reference.
package apidocs

import (
	"github.com/plumbapi/plumb/graphql"
	"github.com/plumbapi/plumb/openapi"
)

// Input is what a reference is made of. Any part may be missing, but not all.
type Input struct {
	// Title and Version name the product; "" takes them from the first
	// description that has them.
	Title, Version string
	// OpenAPI are the descriptions of REST APIs and webhooks.
	OpenAPI []*openapi.Document
	// GraphQL is the schema of the GraphQL API.
	GraphQL *graphql.Schema
	// Attached is what is known beside the descriptions.
	Attached Attached
	// Texts are pages beside the reference: guides, in their order, and others.
	Texts []Text
	// NoPaths leaves out the guides that are made from the descriptions, which
	// stand before those that people wrote.
	NoPaths bool
}

// Attached is what others found about elements of the descriptions. Elements
// are named as they are in reports: "GET /issues" for an operation, a schema
// coordinate such as "Query.issues" for GraphQL.
type Attached struct {
	// Twins are pairs of an operation and a GraphQL field that do the same.
	Twins []Twin
	// Badges say in a word or two what state an element is in.
	Badges []Badge
	// Findings are what checks found in the descriptions.
	Findings []Finding
}

// Twin is a pair of elements of REST and GraphQL that do the same.
type Twin struct {
	REST, GraphQL string
	// Partial says that one does only a part of what the other does.
	Partial bool
}

// Badge is a short statement about an element.
type Badge struct {
	Element string
	// Text is what the badge says: "beta", "removed on 1 Mar 2027".
	Text string
	// Status is "good", "warning", "error" or "info".
	Status string
	// Detail says more; it may be "".
	Detail string
}

// Finding is what a check found in a description.
type Finding struct {
	Rule, Message string
	// Status is "error", "warning" or "info".
	Status string
	// File and Line are where it was found, Element the JSON Pointer or the
	// schema coordinate that it is about. The file is called as findings call
	// it; a longer path that ends so is the same file.
	File    string
	Line    int
	Element string
	// Breaks says that the description is not what its standard asks for, so
	// that the reference may lack what was meant.
	Breaks bool
}

// Reference is everything that a reference has a place for, in its order.
type Reference struct {
	Title, Version string
	// Description is the product's, in Markdown.
	Description string
	// Sections are REST, webhooks and GraphQL, those that there are.
	Sections []*Section
	// Entries are all entries of all sections, in order.
	Entries []*Entry
	// Pages are the texts beside the reference, guides in their order.
	Pages []*Page
	// Broken are the findings that break descriptions.
	Broken []Finding

	byNode    map[*openapi.Node]*Entry
	byType    map[*graphql.Type]*Entry
	byField   map[*graphql.Field]*Entry
	documents []*openapi.Document
	schema    *graphql.Schema
}

// Area is one of the surfaces of a product.
type Area string

// The areas, in the order of a reference.
const (
	REST     Area = "rest"
	Webhooks Area = "webhooks"
	GraphQL  Area = "graphql"
)

// Section is an area with its groups.
type Section struct {
	Area  Area
	Title string
	// Groups are the tags of REST, the families of webhooks, the roots and
	// kinds of types of GraphQL.
	Groups []*Group
}

// Group is entries that belong together.
type Group struct {
	Area  Area
	Title string
	// Description is in Markdown.
	Description string
	// Folder is where the pages of the group are: "rest/issues".
	Folder  string
	Entries []*Entry
}

// Kind is what an entry is.
type Kind uint8

// The kinds of entries.
const (
	Operation Kind = iota + 1
	Webhook
	Schema
	Field
	Type
)

// Entry is one thing that a reference has a page for.
type Entry struct {
	Kind  Kind
	Group *Group
	// ID names the entry as reports do: "GET /issues", "Query.issues", the
	// JSON Pointer's last token of a schema, the name of a webhook.
	ID string
	// Title is what the page is called: a summary, or a name.
	Title string
	// Summary is the first sentence of what is said of it, as plain text.
	Summary string
	// Path is where its page is in the site, without an extension:
	// "rest/issues/list-issues".
	Path       string
	Deprecated bool
	Twins      []TwinEntry
	Badges     []Badge
	// Findings are those in what the entry's page is about.
	Findings []Finding

	// Document and Operation belong to Operation and Webhook, Node to Schema.
	Document  *openapi.Document
	Operation *openapi.Operation
	Node      *openapi.Node
	// Field and Type belong to GraphQL.
	Field *graphql.Field
	Type  *graphql.Type
}

// TwinEntry is the other side of a pair.
type TwinEntry struct {
	Entry   *Entry
	Partial bool
	// ID names the element as reports do; Part is the part of the entry's page
	// that is about it, "" for the whole.
	ID, Part string
}

// OfNode returns the entry of a schema of a description, nil where it has no
// page of its own.
func (r *Reference) OfNode(n *openapi.Node) *Entry { return r.byNode[n] }

// OfType returns the entry of a GraphQL type, nil where it has none.
func (r *Reference) OfType(t *graphql.Type) *Entry { return r.byType[t] }

// OfField returns the entry of a field of a GraphQL root type, nil for others.
func (r *Reference) OfField(f *graphql.Field) *Entry { return r.byField[f] }

// Documents returns the OpenAPI descriptions.
func (r *Reference) Documents() []*openapi.Document { return r.documents }

// GraphQL returns the schema, nil where there is none.
func (r *Reference) GraphQL() *graphql.Schema { return r.schema }
