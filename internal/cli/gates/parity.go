package gates

import (
	"context"
	"errors"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/cli/decisions"
	"github.com/plumbapi/plumb/internal/cli/source"
	"github.com/plumbapi/plumb/internal/words"
	"github.com/plumbapi/plumb/parity"
)

// compare matches and compares the two descriptions of an API.
func (a *api) compare(ctx context.Context, g *gate) error {
	switch {
	case a.rest == nil:
		g.Skipped = "no OpenAPI description"
		return nil
	case a.graphql == nil:
		g.Skipped = "no GraphQL schema"
		return nil
	}
	policy := a.run.policies.parity
	if len(a.rest.Failed)+len(a.graphql.Failed) > 0 {
		rep, err := source.Unread(policy, a.rest, a.graphql)
		g.reports = append(g.reports, rep)
		g.Summary = "a description could not be read"
		return err
	}
	result, err := a.match()
	var strangers *parity.NotAPairError
	var rep *check.Report
	switch {
	case errors.As(err, &strangers):
		rep, err = decisions.NotAPair(a.rest, a.graphql, strangers, policy)
		g.Summary = "the descriptions are not of one product"
	case err == nil:
		a.out.Parity = result
		rep, err = parity.Check(ctx, result, policy)
		g.Summary = "breadth " + words.Percent(result.Score.RESTToGraphQL.Share) + ", depth " + words.Percent(result.Score.Depth.Value)
	}
	if err != nil {
		return err
	}
	g.reports = append(g.reports, rep)
	return a.unchanged(rep, func(b *before) (*check.Report, error) {
		if b.rest == nil || b.graphql == nil {
			return nil, nil
		}
		_, was, err := decisions.Compare(ctx, a.run.project, b.rest, b.graphql, a.parity, bare(policy))
		return was, err
	})
}

// matched is what the two descriptions offer; both could be read. The error may
// be a *[parity.NotAPairError].
func (a *api) matched(ctx context.Context) (*parity.Result, error) {
	return decisions.Match(ctx, a.run.project, a.rest, a.graphql, a.parity)
}
