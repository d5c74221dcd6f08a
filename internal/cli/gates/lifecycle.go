package gates

import (
	"context"
	"errors"
	"sync"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/cli/promise"
	"github.com/plumbapi/plumb/internal/cli/source"
	"github.com/plumbapi/plumb/internal/words"
	"github.com/plumbapi/plumb/lifecycle"
	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/parity"
)

// lifecycle looks at what becomes of the elements of an API, and at what changed
// since its earlier version.
func (a *api) lifecycle(ctx context.Context, g *gate) error {
	if len(a.documents()) == 0 {
		g.Skipped = "no description"
		return nil
	}
	policy := a.run.policies.lifecycle
	if failed := source.Failed(a.documents()); len(failed) > 0 {
		rep, err := source.Unread(policy, failed...)
		if err != nil {
			return err
		}
		g.reports = append(g.reports, rep)
	}
	now := a.run.project.Env.Now().UTC()
	var changes []compared
	var failed error
	var wg sync.WaitGroup
	wg.Go(func() { changes, failed = a.changes(ctx) })
	life, rep, err := a.status(ctx, a.out.Documents, a.twins)
	wg.Wait()
	if err := errors.Join(err, failed, a.usage(ctx, g)); err != nil {
		return err
	}
	a.out.Inventories = life
	a.out.Calendar = lifecycle.NewCalendar(a.run.promise.Policy, now, life...)
	err = a.unchanged(rep, func(b *before) (*check.Report, error) {
		var docs []*source.Document
		for _, d := range []*source.Document{b.rest, b.graphql} {
			if d != nil {
				docs = append(docs, d)
			}
		}
		_, was, err := a.status(ctx, docs, func([]*lifecycle.Inventory) ([]lifecycle.Pair, error) {
			return a.twinsOf(ctx, b)
		})
		return was, err
	})
	if err != nil {
		return err
	}
	g.reports = append(g.reports, rep)
	for _, c := range changes {
		if c.comparison != nil {
			a.out.Comparisons = append(a.out.Comparisons, c.comparison)
		}
		g.reports = append(g.reports, c.report)
	}
	g.Summary = a.lifeSummary()
	return nil
}

// status takes the inventories of descriptions and judges them. Twins returns
// the operations that both sides have, if that matters.
func (a *api) status(ctx context.Context, docs []*source.Document, twins func([]*lifecycle.Inventory) ([]lifecycle.Pair, error)) ([]*lifecycle.Inventory, *check.Report, error) {
	var documents []*openapi.Document
	inventories := make([]*lifecycle.Inventory, len(docs))
	var wg sync.WaitGroup
	for i, d := range docs {
		if d.OpenAPI != nil {
			documents = append(documents, d.OpenAPI)
		}
		wg.Go(func() {
			if d.OpenAPI != nil {
				inventories[i] = a.run.promise.Carriers.Inspect(d.OpenAPI)
			} else {
				inventories[i] = a.run.promise.Carriers.InspectGraphQL(d.GraphQL)
			}
		})
	}
	wg.Wait()
	pairs, err := twins(inventories)
	if err != nil {
		return nil, nil, err
	}
	subject := &lifecycle.Subject{
		Inventories: inventories, Documents: documents, Policy: a.run.promise.Policy, Pairs: pairs, Now: a.run.project.Env.Now().UTC(),
	}
	rep, err := lifecycle.Check(ctx, subject, a.run.policies.lifecycle)
	if err != nil {
		return nil, nil, err
	}
	for _, d := range docs {
		rep.Subjects = append(rep.Subjects, d.Name)
	}
	return inventories, rep, nil
}

// twins are the operations that both descriptions offer, where there are both
// and something of either is deprecated.
func (a *api) twins(inventories []*lifecycle.Inventory) ([]lifecycle.Pair, error) {
	if len(inventories) != 2 || !promise.Deprecated(inventories[0]) && !promise.Deprecated(inventories[1]) {
		return nil, nil
	}
	return paired(a.match())
}

// twinsOf are those of an earlier version.
func (a *api) twinsOf(ctx context.Context, b *before) ([]lifecycle.Pair, error) {
	if b.rest == nil || b.graphql == nil {
		return nil, nil
	}
	return paired(parity.Match(ctx, b.rest.OpenAPI, b.graphql.GraphQL, a.parity))
}

func paired(result *parity.Result, err error) ([]lifecycle.Pair, error) {
	var strangers *parity.NotAPairError
	if errors.As(err, &strangers) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return promise.Twins(result), nil
}

// lifeSummary counts what a reader asks for first.
func (a *api) lifeSummary() string {
	if len(a.out.Comparisons) == 0 {
		deprecated := 0
		for _, s := range lifecycle.Summarize(a.out.Calendar, a.out.Inventories...) {
			deprecated += s.Deprecated
		}
		return words.Number(deprecated) + " deprecated, compared with nothing"
	}
	all, breaking := 0, 0
	for _, c := range a.out.Comparisons {
		all += len(c.Changes)
		for i := range c.Changes {
			if c.Changes[i].Level == check.Error {
				breaking++
			}
		}
	}
	return words.Count(all, "change") + ", " + words.Number(breaking) + " breaking"
}
