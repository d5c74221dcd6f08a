package gates

import (
	"context"
	"errors"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/cli/payload"
	"github.com/plumbapi/plumb/internal/cli/source"
	"github.com/plumbapi/plumb/internal/safe"
	"github.com/plumbapi/plumb/internal/words"
	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/webhook"
	"github.com/plumbapi/plumb/webhook/drift"
)

// webhooks runs the rules about webhooks, and holds payloads against what is
// described where plumb.yaml names some.
func (a *api) webhooks(ctx context.Context, g *gate) error {
	switch {
	case a.rest == nil:
		g.Skipped = "no OpenAPI description"
		return nil
	case len(a.rest.Failed) > 0:
		rep, err := source.Unread(a.run.policies.webhooks, a.rest)
		g.reports, g.Summary = append(g.reports, rep), "the description could not be read"
		return err
	case len(a.config.Payloads) == 0 && !describes(a.rest.OpenAPI):
		g.Skipped = "none described"
		return nil
	}
	lint := a.run.policies.linter.Lint
	if a.run.policies.hooks != nil { // the rules of rulesets run in the gate lint
		lint = a.run.policies.linter.Plumb
	}
	if err := a.lintBy(ctx, g, lint, a.run.policies.hooks, []*source.Document{a.rest}); err != nil {
		return err
	}
	g.Summary = "no payloads are named"
	if len(a.config.Payloads) > 0 {
		return a.drift(ctx, g)
	}
	return nil
}

// describes reports whether a description has webhooks or callbacks.
func describes(doc *openapi.Document) bool {
	for _, o := range doc.Operations() {
		if o.Origin != openapi.FromPath {
			return true
		}
	}
	return false
}

// drift holds the payloads against the description.
func (a *api) drift(ctx context.Context, g *gate) error {
	p, policy := a.run.project, a.run.policies.webhooks
	model, err := webhook.FromOpenAPI(a.rest.OpenAPI, webhook.Options{Provider: a.run.provider})
	if err != nil {
		rep, judged := check.Judge(nil, nil, policy)
		if judged != nil {
			return judged
		}
		rep.Subjects = []string{a.rest.Name}
		message := safe.Line(err.Error())
		var none *webhook.NoEventsError
		if errors.As(err, &none) {
			message = "payloads are named, and the description has no webhooks"
		}
		rep.Incomplete = append(rep.Incomplete, check.Incomplete{File: a.rest.Name, Message: message})
		g.reports, g.Summary = append(g.reports, rep), "the payloads could not be judged"
		return nil
	}
	var args []string
	for _, path := range a.config.Payloads {
		args = append(args, p.Argument(path))
	}
	read, failed, err := payload.Read(p, args)
	if err != nil {
		return err
	}
	list := payload.Delivered(p, &model.Routing, read)
	if a.out.Drift, err = drift.Compare(ctx, drift.Of(a.rest.OpenAPI, model), list); err != nil {
		return err
	}
	rep, err := drift.Check(ctx, a.out.Drift, policy)
	if err != nil {
		return err
	}
	for _, f := range failed {
		rep.Incomplete = append(rep.Incomplete, check.Incomplete{File: f.File, Message: f.Message})
	}
	g.reports = append(g.reports, rep)
	g.Summary = words.Count(len(list), "payload") + " of " + words.Count(len(model.Events), "event")
	return a.unchanged(rep, func(b *before) (*check.Report, error) {
		if b.rest == nil {
			return nil, nil
		}
		model, err := webhook.FromOpenAPI(b.rest.OpenAPI, webhook.Options{Provider: a.run.provider})
		if err != nil {
			return nil, nil //nolint:nilerr // all of it is new then
		}
		result, err := drift.Compare(ctx, drift.Of(b.rest.OpenAPI, model), list)
		if err != nil {
			return nil, err
		}
		return drift.Check(ctx, result, bare(policy))
	})
}
