package rest

import (
	"sync"

	"github.com/plumbapi/plumb/check"
)

// Kind of change, as [Kind.Area] and verbs group them.
type Kind uint8

// The kinds.
const (
	Constraints Kind = iota + 1
	Structure
	Values
	Type
	Existence
	Requiredness
	Mutability
	Life
)

// String returns the name of the kind.
func (k Kind) String() string {
	return [...]string{"", "constraints", "structure", "values", "type", "existence", "requiredness", "mutability", "lifecycle"}[k]
}

// Direction says who sends what changed.
type Direction uint8

// The directions. Neither is for what is about the API as a whole.
const (
	Neither Direction = iota
	Request
	Response
)

// String returns the name of the direction.
func (d Direction) String() string { return [...]string{"API", "request", "response"}[d] }

// Effect is what a change does to the set of values, or of calls, that the
// description allows.
type Effect uint8

// The effects.
const (
	// None leaves the set as it is: defaults, names, annotations.
	None Effect = iota
	// Widens lets in what was not allowed.
	Widens
	// Narrows refuses what was allowed.
	Narrows
	// Incomparable does both.
	Incomparable
	// Unknown cannot be told.
	Unknown
	// Violation breaks a promise about the life of the API, not its shape.
	Violation
)

// String returns what the effect does, as a word.
func (e Effect) String() string {
	return [...]string{"none", "widens", "narrows", "incomparable", "unknown", "violation"}[e]
}

// levelOf is the law of levels: what narrows breaks those who send, what widens
// breaks those who receive.
func levelOf(e Effect, d Direction) check.Severity {
	switch {
	case e == Incomparable, e == Violation, e == Narrows && d != Response, e == Widens && d == Response:
		return check.Error
	case e == Unknown:
		return check.Warning
	}
	return check.Info
}

// levelFor is the level of a change; reversed is for operations that the API
// itself calls, webhooks and callbacks: what their clients receive is the
// request.
func (e *Entry) levelFor(reversed bool) check.Severity {
	if !reversed || e.Direction == Neither || e.Level != levelOf(e.Effect, e.Direction) {
		return e.Level
	}
	return levelOf(e.Effect, Request+Response-e.Direction)
}

// Site is where in an operation something stands.
type Site uint8

// The sites. A schema is the body itself or lies inside it; those of a property
// that is read-only in a request or write-only in a response, of enum in a
// response body and of what is inside a header parameter only have names of
// their own.
const (
	requestBody Site = iota
	requestProperty
	parameter
	parameterProperty
	responseBody
	responseProperty
	responseHeader
	requestReadOnlyProperty
	responseWriteOnlyProperty
	responseMediaType
	requestHeaderProperty
	sites
)

// siteSet is a set of sites.
type siteSet uint16

func setOf(list ...Site) (s siteSet) {
	for _, site := range list {
		s |= 1 << site
	}
	return s
}

func (s siteSet) has(site Site) bool { return s&(1<<site) != 0 }

var sitePrefix = [sites]string{
	"request-body-", "request-property-", "request-parameter-", "request-parameter-property-",
	"response-body-", "response-property-", "response-header-",
	"request-read-only-property-", "response-write-only-property-", "response-mediatype-", "request-header-property-",
}

func (s Site) direction() Direction {
	switch s {
	case responseBody, responseProperty, responseHeader, responseWriteOnlyProperty, responseMediaType:
		return Response
	}
	return Request
}

// Entry is one kind of change: a cell of the table.
type Entry struct {
	ID        string
	Level     check.Severity
	Direction Direction
	Kind      Kind
	Effect    Effect
	// Says is what happened, as a sentence about the subject would: "became
	// required".
	Says string
	// Where is the site in words: "request property".
	Where string
	// Own says that the name is plumb's own; the others are oasdiff's.
	Own bool
}

// Vocabulary returns every kind of change, those of schemas first, each group
// in the order of the tables.
func Vocabulary() []Entry { return table().list }

// cells is the table, unfolded.
type cells struct {
	list []Entry
	// at are the entries of schema verbs by site.
	at [schemaVerbs][sites]*Entry
	// of are the entries of the other verbs.
	of [otherVerbs]*Entry
}

var table = sync.OnceValue(func() *cells {
	c := &cells{}
	type cell struct {
		schema verb
		site   Site
		other  plain
	}
	var where []cell
	for v, f := range schemaTable() {
		for site := range sites {
			if f.sites.has(site) {
				c.list = append(c.list, f.entry(site))
				where = append(where, cell{schema: verb(v), site: site})
			}
		}
	}
	own := len(c.list)
	for v, p := range plainTable() {
		c.list = append(c.list, p.entry())
		where = append(where, cell{other: plain(v)})
	}
	for i := range c.list {
		if w := where[i]; i < own {
			c.at[w.schema][w.site] = &c.list[i]
		} else {
			c.of[w.other] = &c.list[i]
		}
	}
	return c
})

var siteWords = [sites]string{
	"request body", "request property", "request parameter", "property in a request parameter",
	"response body", "response property", "response header",
	"read-only property in a request", "write-only property in a response", "response body", "property in a request header",
}
