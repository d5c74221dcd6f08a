package source

import (
	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/graphql"
	"github.com/plumbapi/plumb/openapi"
)

// Document is the description behind one argument. One of OpenAPI and
// GraphQL is set; neither where it could not be read, and then Failed says
// why.
type Document struct {
	// Arg is the argument as it was typed.
	Arg string
	// Name is the canonical name; see package project.
	Name    string
	Kind    Kind
	OpenAPI *openapi.Document
	GraphQL *graphql.Schema
	// Other is what is neither, and is JSON or YAML, with what its references
	// reach; Failed says then that it is not recognized.
	Other *openapi.Document
	// Failed are the findings that say why the document could not be read.
	Failed []check.Finding

	raw map[string]string // texts of what could not be read
}

// Text returns the text of one of the document's files, by canonical name.
func (d *Document) Text(name string) (string, bool) {
	described := d.OpenAPI
	if described == nil {
		described = d.Other
	}
	switch {
	case described != nil:
		for _, s := range described.Sources() {
			if s.Name() == name {
				return s.Text(), true
			}
		}
	case d.GraphQL != nil:
		for _, s := range d.GraphQL.Sources() {
			if s.Name() == name {
				return s.Text(), true
			}
		}
	}
	text, ok := d.raw[name]
	return text, ok
}

// fail makes d a document that could not be read, for a reason that no
// loader has given.
func (d *Document) fail(message string) {
	d.Failed = []check.Finding{{
		Rule: unreadable, Severity: check.Error, Message: message,
		Fingerprint: check.Fingerprint(unreadable, d.Name, "", ""),
		Location:    check.Location{File: d.Name, Line: 1, Column: 1, EndLine: 1, EndColumn: 1},
		Related:     []check.Related{}, Properties: map[string]any{},
	}}
}

// unreadable is the rule of openapi.ProblemRules about documents that cannot
// be read.
const unreadable = "unreadable-document"
