package gates

import (
	"context"
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/cli/source"
	"github.com/plumbapi/plumb/internal/words"
)

// aboutWebhooks reports whether a rule of lint is about webhooks: its findings
// are those of that gate, where that runs.
func aboutWebhooks(id string) bool { return strings.HasPrefix(id, "webhook-") }

// lint runs the rules of lint over each description.
func (a *api) lint(ctx context.Context, g *gate) error {
	docs := a.documents()
	if len(docs) == 0 {
		g.Skipped = "no description"
		return nil
	}
	if err := a.lintBy(ctx, g, a.run.policies.linter.Lint, a.run.policies.lint, docs); err != nil {
		return err
	}
	rules := 0
	for _, rep := range g.reports {
		rules += len(rep.Rules)
	}
	g.Summary = words.Count(len(docs), "document") + ", " + words.Count(rules, "rule")
	return nil
}

// linting lints one document, under policies that are changed first.
type linting func(ctx context.Context, d *source.Document, turn func(check.Policy) check.Policy) (*check.Report, error)

// lintBy lints documents, and sets aside what was found before.
func (a *api) lintBy(ctx context.Context, g *gate, lint linting, turn func(check.Policy) check.Policy, docs []*source.Document) error {
	for _, d := range docs {
		rep, err := lint(ctx, d, turn)
		if err != nil {
			return err
		}
		err = a.unchanged(rep, func(b *before) (*check.Report, error) {
			was := b.of(d.Kind)
			if was == nil {
				return nil, nil
			}
			return lint(ctx, was, func(p check.Policy) check.Policy {
				if turn != nil {
					p = turn(p)
				}
				return bare(p)
			})
		})
		if err != nil {
			return err
		}
		g.reports = append(g.reports, rep)
	}
	return nil
}

// of returns the description of a kind, nil where there was none.
func (b *before) of(kind source.Kind) *source.Document {
	if kind == source.GraphQL {
		return b.graphql
	}
	return b.rest
}

// unchanged sets aside what was found in the revision of --changed-from too;
// judge makes the report of then, nil where there is nothing to compare with.
func (a *api) unchanged(rep *check.Report, judge func(*before) (*check.Report, error)) error {
	if a.run.options.ChangedFrom == "" {
		return nil
	}
	b, err := a.before()
	if err != nil {
		return err
	}
	if b.same {
		rep.Unchanged(rep)
		return nil
	}
	was, err := judge(b)
	if err != nil {
		return err
	}
	rep.Unchanged(was)
	return nil
}
