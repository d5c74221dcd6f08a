// Package lint judges one API description: is it correct, whole, and in good
// style? [Document] runs its rules over an OpenAPI description, [Schema] over
// a GraphQL schema. A [Ruleset] says which rules run and how much they matter.
//
// Rules that Spectral's ruleset spectral:oas has too bear its names and find
// what it finds, so that a configuration can move over.
//
// The package compares nothing: what changed between two versions is for
// package lifecycle, what REST and GraphQL each offer is for package parity.
package lint

import (
	"context"
	"slices"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/graphql"
	"github.com/plumbapi/plumb/lint/internal/gql"
	"github.com/plumbapi/plumb/lint/internal/guide"
	"github.com/plumbapi/plumb/lint/internal/oas"
	"github.com/plumbapi/plumb/lint/internal/owasp"
	"github.com/plumbapi/plumb/openapi"
)

// OpenAPI returns every rule over OpenAPI descriptions, in the order in which
// they are documented: the problems of a document, the rules of
// spectral:oas, plumb's own.
func OpenAPI() check.Set[*openapi.Document] {
	return slices.Concat(documentProblems(), oas.Rules(), guide.Rules(), owasp.Rules())
}

// GraphQL returns every rule over GraphQL schemas, in the order in which they
// are documented: the problems of a schema first.
func GraphQL() check.Set[*graphql.Schema] {
	return slices.Concat(schemaProblems(), gql.Rules())
}

// Metas describes all rules that the package runs: those of [OpenAPI] and [GraphQL], the
// problems that keep a description from being read among them, and those
// about the policy itself.
func Metas() []check.Meta {
	return slices.Concat(OpenAPI().Metas(), GraphQL().Metas(), check.PolicyRules())
}

// Document runs the rules of [OpenAPI] over a document under the policy. The
// report names the document as its subject, and the files that it refers to.
// The error says that the run could not take place, never that there are
// findings.
func Document(ctx context.Context, doc *openapi.Document, policy check.Policy) (*check.Report, error) {
	rep, err := check.Run(ctx, OpenAPI(), doc, policy)
	if err != nil {
		return nil, err
	}
	nameSources(rep, doc)
	return rep, nil
}

// nameSources says in a report what it is about.
func nameSources(rep *check.Report, doc *openapi.Document) {
	for i, s := range doc.Sources() {
		if i == 0 {
			rep.Subjects = []string{s.Name()}
			continue
		}
		rep.Files = append(rep.Files, s.Name())
	}
}

// Schema runs the rules of [GraphQL] over a schema under the policy. The
// report names the sources of the schema as its subjects. The error says that
// the run could not take place, never that there are findings.
func Schema(ctx context.Context, schema *graphql.Schema, policy check.Policy) (*check.Report, error) {
	rep, err := check.Run(ctx, GraphQL(), schema, policy)
	if err != nil {
		return nil, err
	}
	for _, s := range schema.Sources() {
		rep.Subjects = append(rep.Subjects, s.Name())
	}
	return rep, nil
}

// documentProblems are rules that report what loading found, so that the
// policy has its say about that too.
func documentProblems() check.Set[*openapi.Document] {
	return problems(openapi.ProblemRules(), (*openapi.Document).Problems)
}

func schemaProblems() check.Set[*graphql.Schema] {
	return problems(graphql.ProblemRules(), (*graphql.Schema).Problems)
}

func problems[S any](metas []check.Meta, found func(S) []check.Finding) check.Set[S] {
	set := make(check.Set[S], len(metas))
	for i, m := range metas {
		set[i] = &check.Rule[S]{Meta: m, Check: func(_ context.Context, p *check.Pass[S]) error {
			for _, f := range found(p.Subject) {
				if f.Rule == m.ID {
					p.Report(f)
				}
			}
			return nil
		}}
	}
	return set
}
