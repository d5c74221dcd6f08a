// Package match finds what corresponds to what in a REST and a GraphQL API:
// schemas and types first, then operations by way of them.
//
// It is deterministic: candidates are judged by evidence that is summed up in
// log-odds, equal ones by their coordinates, and nothing depends on the order
// of the descriptions.
package match

import (
	"context"

	"github.com/plumbapi/plumb/parity/internal/gql"
	"github.com/plumbapi/plumb/parity/internal/rest"
	"github.com/plumbapi/plumb/parity/internal/word"
)

// Result is what was found.
type Result struct {
	Operations []*Operation // in the order of rest.API.Operations
	Types      []*Type      // in the order of rest.API.Schemas
}

// Operation is what was found for an operation. The words of Status and
// Reason are those of package parity.
type Operation struct {
	REST        *rest.Operation
	Status      string
	Reason      string
	Confidence  float64
	Coordinates []string
	Path        string
	Why         []string
	Declared    bool
	Candidates  []Candidate
}

// Candidate is a field that was considered for an operation.
type Candidate struct {
	Field      *gql.Field
	Coordinate string
	Path       string
	Status     string
	Reason     string
	Confidence float64
	Evidence   []Evidence
}

// Evidence speaks for or against a candidate, in log-odds.
type Evidence struct {
	Weight float64
	Text   string

	against bool // what the text says
}

// Type is what was found for a named schema.
type Type struct {
	REST         *rest.Schema
	GraphQL      *gql.Type // nil where Status is none
	Status       string
	Confidence   float64
	Why          []string
	Alternatives []string
}

// Run matches two APIs.
func Run(ctx context.Context, r *rest.API, g *gql.API, lex *word.Lexicon) (*Result, error) {
	m := newMatcher(r, g, lex)
	if err := m.types(ctx); err != nil {
		return nil, err
	}
	if err := m.operations(ctx); err != nil {
		return nil, err
	}
	return m.result, nil
}
