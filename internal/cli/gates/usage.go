package gates

import (
	"context"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/cli/accesslog"
	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/lifecycle/usage"
)

// usage counts in the logs who still calls what is deprecated. It makes no
// findings: whether something may go is for `plumb lifecycle usage`, with the
// limits that are asked for there. A log that could not be read to its end makes
// the gate incomplete.
func (a *api) usage(ctx context.Context, g *gate) error {
	r, c := a.run, &a.run.project.Config.Lifecycle.Usage
	if !r.options.Usage || r.options.Revision != "" || len(c.Logs) == 0 || len(a.out.Documents) == 0 {
		return nil
	}
	logs, err := accesslog.Find(r.project.Env, accesslog.Key+".logs", accesslog.Named(r.project))
	if err != nil {
		return err
	}
	defer logs.Close()
	o := usage.Options{
		Carriers: r.promise.Carriers, Policy: r.promise.Policy, Bases: c.Bases, Endpoints: c.GraphQLPaths, Format: c.Format,
		Workers: 1, // the gates of other APIs are busy too
	}
	for _, d := range a.out.Documents {
		if d.OpenAPI != nil {
			o.REST = append(o.REST, d.OpenAPI)
		} else if d.GraphQL != nil {
			o.GraphQL = append(o.GraphQL, d.GraphQL)
		}
	}
	if o.Fields, err = accesslog.Fields(c.Fields, c.Consumers, accesslog.Configured()); err != nil {
		return err
	}
	if o.Salt, err = accesslog.Salt(r.project.Env); err != nil {
		return err
	}
	result, err := usage.Count(ctx, logs.Open(ctx, false), o)
	switch {
	case err != nil:
		return env.Usagef("%s: %w", accesslog.Key, err)
	case ctx.Err() != nil:
		return context.Cause(ctx)
	}
	a.out.Usage = result
	if len(result.Incomplete) == 0 {
		return nil
	}
	rep, err := check.Judge(nil, nil, r.policies.lifecycle)
	if err != nil {
		return err
	}
	for _, i := range result.Incomplete {
		rep.Incomplete = append(rep.Incomplete, check.Incomplete{File: logs.Canonical(r.project, i.Log), Message: i.Message})
	}
	g.reports = append(g.reports, rep)
	return nil
}
