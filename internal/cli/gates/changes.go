package gates

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/source"
	"github.com/plumbapi/plumb/lifecycle"
)

// compared is what changed in one description since an earlier version.
type compared struct {
	comparison *lifecycle.Comparison // nil where one could not be read
	report     *check.Report
}

// changes compares the descriptions with their earlier versions. With
// --changed-from and nothing else to compare with, that revision is the earlier
// version; what had changed by then already does not count.
func (a *api) changes(ctx context.Context) ([]compared, error) {
	sides := []struct {
		now  *source.Document
		base place
	}{{a.rest, a.bases.openapi}, {a.graphql, a.bases.graphql}}
	found := make([]*compared, len(sides))
	errs := make([]error, len(sides))
	var wg sync.WaitGroup
	for i, side := range sides {
		if side.now == nil || len(side.now.Failed) > 0 {
			continue
		}
		if side.base == (place{}) && a.run.options.ChangedFrom != "" {
			side.base = place{a.run.options.ChangedFrom, side.now.Arg}
		}
		if side.base != (place{}) {
			wg.Go(func() { found[i], errs[i] = a.changed(ctx, side.now, side.base) })
		}
	}
	wg.Wait()
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	var list []compared
	for _, c := range found {
		if c != nil {
			list = append(list, *c)
		}
	}
	return list, nil
}

// changed compares one description with its earlier version; nil where there
// was none.
func (a *api) changed(ctx context.Context, now *source.Document, at place) (*compared, error) {
	policy := a.run.policies.lifecycle
	base, err := a.run.earlier(ctx, at, "lifecycle.base")
	var exit *env.Exit
	switch {
	case errors.Is(err, errNotThere):
		return nil, nil
	case errors.As(err, &exit):
		rep, judged := check.Judge(nil, nil, policy)
		if judged != nil {
			return nil, judged
		}
		rep.Subjects = []string{now.Name}
		rep.Incomplete = append(rep.Incomplete, check.Incomplete{File: now.Name, Message: exit.Error()})
		return &compared{report: rep}, nil
	case err != nil:
		return nil, err
	case len(base.Failed) > 0:
		rep, err := source.Unread(policy, base)
		return &compared{report: rep}, err
	}
	c, rep, err := a.diff(base, now, policy)
	if err != nil {
		return nil, err
	}
	if len(c.Changes) > 0 {
		a.run.keep(base)
	}
	if at.revision == a.run.options.ChangedFrom {
		return &compared{c, rep}, nil
	}
	err = a.unchanged(rep, func(b *before) (*check.Report, error) {
		was := b.of(now.Kind)
		if was == nil {
			return nil, nil
		}
		_, rep, err := a.diff(base, was, bare(policy))
		return rep, err
	})
	return &compared{c, rep}, err
}

// diff compares two versions and judges the changes.
func (a *api) diff(base, now *source.Document, policy check.Policy) (*lifecycle.Comparison, *check.Report, error) {
	var c *lifecycle.Comparison
	switch {
	case base.OpenAPI != nil && now.OpenAPI != nil:
		c = lifecycle.Diff(base.OpenAPI, now.OpenAPI, lifecycle.At(a.run.project.Env.Now()))
	case base.GraphQL != nil && now.GraphQL != nil:
		c = lifecycle.DiffGraphQL(base.GraphQL, now.GraphQL)
	default:
		return nil, nil, env.Usagef("%s describes %s and %s %s; name an earlier version of the same description", base.Arg, base.Kind, now.Arg, now.Kind)
	}
	rep, err := c.Judge(policy)
	if err != nil {
		return nil, nil, err
	}
	rep.Subjects, rep.Files = []string{now.Name}, []string{base.Name}
	if c.Incomplete != "" {
		rep.Incomplete = append(rep.Incomplete, check.Incomplete{File: now.Name, Message: fmt.Sprintf("the comparison with %s could not be finished: %s", base.Arg, c.Incomplete)})
	}
	return c, rep, nil
}
