package decisions

import (
	"context"
	"errors"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/project"
	"github.com/plumbapi/plumb/internal/cli/source"
	"github.com/plumbapi/plumb/parity"
)

// Compare matches the two descriptions of an API and judges what it finds. Of
// descriptions that are not of one product there is no result; the report says
// so, and is incomplete.
func Compare(ctx context.Context, p *project.Project, rest, graphql *source.Document, o parity.Options, policy check.Policy) (*parity.Result, *check.Report, error) {
	result, err := Match(ctx, p, rest, graphql, o)
	var strangers *parity.NotAPairError
	if errors.As(err, &strangers) {
		rep, err := NotAPair(rest, graphql, strangers, policy)
		return nil, rep, err
	}
	if err != nil {
		return nil, nil, err
	}
	rep, err := parity.Check(ctx, result, policy)
	return result, rep, err
}

// Match matches the two descriptions of an API. The error may be a
// *[parity.NotAPairError].
func Match(ctx context.Context, p *project.Project, rest, graphql *source.Document, o parity.Options) (*parity.Result, error) {
	result, err := parity.Match(ctx, rest.OpenAPI, graphql.GraphQL, o)
	var strangers *parity.NotAPairError
	if errors.As(err, &strangers) {
		strangers.REST, strangers.GraphQL = p.Shown(rest.Name), p.Shown(graphql.Name)
	}
	if err == nil || ctx.Err() != nil || strangers != nil {
		return result, err
	}
	return nil, env.Usagef("%w", err)
}

// NotAPair is the report of descriptions that are not of one product.
func NotAPair(rest, graphql *source.Document, strangers *parity.NotAPairError, policy check.Policy) (*check.Report, error) {
	rep, err := check.Judge(nil, nil, policy)
	if err != nil {
		return nil, err
	}
	rep.Subjects = []string{rest.Name, graphql.Name}
	rep.Incomplete = append(rep.Incomplete, check.Incomplete{Message: strangers.Error()})
	return rep, nil
}
