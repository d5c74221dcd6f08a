package parity

import (
	"context"
	"fmt"

	"github.com/plumbapi/plumb/graphql"
	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/parity/internal/gql"
	"github.com/plumbapi/plumb/parity/internal/match"
	"github.com/plumbapi/plumb/parity/internal/rest"
	"github.com/plumbapi/plumb/parity/internal/word"
)

// NotAPairError says that two descriptions are not those of one product: no
// schema of the one corresponds to a type of the other.
type NotAPairError struct {
	REST, GraphQL       string // names of the descriptions
	Operations, Schemas int    // of REST
	Roots, Types        int    // of GraphQL
}

// Error says what was compared.
func (e *NotAPairError) Error() string {
	return fmt.Sprintf("%s and %s do not look like descriptions of one product: of %s and %s none corresponds to any of %s and %s",
		e.REST, e.GraphQL, things(e.Operations, "operation"), things(e.Schemas, "schema"), things(e.Roots, "root field"), things(e.Types, "type"))
}

// things writes a number of things.
func things(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}

// Match finds what corresponds to what, applies the decisions of the options,
// and compares what corresponds. The error is a *NotAPairError, one about the
// options, or that of ctx.
func Match(ctx context.Context, doc *openapi.Document, schema *graphql.Schema, opts Options) (*Result, error) {
	opts = opts.withOverrides()
	packs := opts.Packs
	if packs == nil {
		packs = word.Packs()
	}
	lex, err := word.New(packs, opts.Words)
	if err != nil {
		return nil, err
	}
	p := &pairing{lex: lex, rest: rest.Build(doc, lex), gql: gql.Build(schema, lex)}
	found, err := match.Run(ctx, p.rest, p.gql, lex)
	if err != nil {
		return nil, err
	}
	res := &Result{REST: doc, GraphQL: schema, Direction: opts.Direction, Min: opts.Min}
	for _, op := range found.Operations {
		res.Operations = append(res.Operations, operation(op))
	}
	for _, t := range found.Types {
		res.Types = append(res.Types, typePair(t))
	}
	decide(res, p, opts)
	p.link(res)
	if len(p.types) == 0 && len(p.operations) == 0 {
		return nil, p.notAPair()
	}
	res.Fields = compareFields(p)
	res.Inputs = compareInputs(p)
	res.Traits = compareTraits(p)
	res.Roots = roots(p, res)
	settle(res, p)
	score(p, res)
	res.Skew = skew(p, res)
	return res, ctx.Err()
}

// pairing is what is known of both sides while they are compared: the views
// of the descriptions and the pairs that were decided.
type pairing struct {
	lex  *word.Lexicon
	rest *rest.API
	gql  *gql.API

	// types are the matched schemas in the order of Result.Types.
	types []typeLink
	// typeOf is the type of a matched schema; schemas written in place have
	// the one that the matcher found for them too.
	typeOf map[*rest.Schema]*gql.Type
	// operations are the matched and partially matched operations in the
	// order of Result.Operations.
	operations []operationLink

	// forcedFields are the fields that parity.yaml decides: "schema.property"
	// to "Type.field", or to "" for a property that has none. decide fills it,
	// comparing obeys it.
	forcedFields map[string]string
	// lockedFields are the pairs of fields of which parity.lock was sure: by
	// schema and property, the coordinate.
	lockedFields map[string]map[string]string
	overruled    []Decision // pairs of the lock that the matcher would not make
	decider      *decider
	naming       *naming // the names of both sides, once they are compared
	groups       *grouping
}

// typeLink is a matched schema.
type typeLink struct {
	schema *rest.Schema
	typ    *gql.Type
	pair   *Type
}

// operationLink is a matched operation and the field of its first coordinate.
type operationLink struct {
	op    *rest.Operation
	field *gql.Field
	pair  *Operation
}

func (p *pairing) notAPair() error {
	return &NotAPairError{
		REST: p.rest.Doc.Source().Name(), GraphQL: p.gql.Source.Sources()[0].Name(),
		Operations: len(p.rest.Operations), Schemas: len(p.rest.Schemas),
		Roots: len(p.gql.Queries) + len(p.gql.Mutations), Types: len(p.gql.Types),
	}
}
