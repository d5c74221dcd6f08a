package lifecycle

import (
	"context"
	"slices"
	"time"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/cli/accesslog"
	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/output"
	"github.com/plumbapi/plumb/internal/cli/progress"
	"github.com/plumbapi/plumb/internal/cli/source"
	"github.com/plumbapi/plumb/internal/cli/version"
	"github.com/plumbapi/plumb/internal/safe"
	"github.com/plumbapi/plumb/internal/words"
	"github.com/plumbapi/plumb/lifecycle/usage"
	"github.com/plumbapi/plumb/lifecycle/usage/view"
	"github.com/plumbapi/plumb/report"
)

// usageCall is one call of `plumb lifecycle usage`.
type usageCall struct {
	flags   *usageFlags
	env     *env.Env
	started time.Time
	life    *life
	policy  check.Policy
	sink    *output.Sink

	opts   usage.Options
	logs   *accesslog.Logs
	result *usage.Result // nil where no description could be read
}

// prepare does all that can show wrong usage before anything is read.
func (c *usageCall) prepare(args []string) error {
	f, e := c.flags, c.env
	p, err := f.policy.Project(e)
	if err != nil {
		return err
	}
	where := f.settle(p)
	if err := f.validate(args); err != nil {
		return err
	}
	if c.opts.Limits, err = f.limits(); err != nil {
		return err
	}
	if c.opts.Fields, err = accesslog.Fields(f.fields, f.consumers, where.fields); err != nil {
		return err
	}
	if c.life, err = f.life.prepare(p, args, "plumb lifecycle usage --log access.log api/openapi.yaml"); err != nil {
		return err
	}
	c.opts.Carriers, c.opts.Policy = c.life.Carriers, c.life.Policy
	section := &p.Config.Lifecycle
	if c.policy, err = f.policy.Policy(p, section.Rules, section.Ignores); err != nil {
		return err
	}
	if c.life.loader, err = f.life.source.Loader(p, "plumb/"+version.Number); err != nil {
		return err
	}
	if c.logs, err = accesslog.Find(e, where.logs, f.logs); err != nil {
		return err
	}
	c.sink, err = f.output.Open(e)
	return err
}

func (c *usageCall) close() {
	if c.life != nil && c.life.loader != nil {
		c.life.loader.Close()
	}
	if c.sink != nil {
		c.sink.Abort()
	}
	if c.logs != nil {
		c.logs.Close()
	}
}

// load loads the descriptions.
func (c *usageCall) load(ctx context.Context) error {
	stop := progress.Start(c.env, c.flags.output.Quiet(), func() string { return "reading " + words.Count(len(c.life.args), "description") })
	err := c.life.read(ctx, nil)
	stop()
	if err != nil {
		return err
	}
	for _, d := range c.life.docs {
		switch {
		case d.OpenAPI != nil:
			c.opts.REST = append(c.opts.REST, d.OpenAPI)
		case d.GraphQL != nil:
			c.opts.GraphQL = append(c.opts.GraphQL, d.GraphQL)
		}
	}
	return nil
}

// count reads the logs.
func (c *usageCall) count(ctx context.Context) error {
	if len(c.opts.REST)+len(c.opts.GraphQL) == 0 {
		return nil // the report says why
	}
	f, o := c.flags, &c.opts
	o.Bases, o.Endpoints, o.Format = f.bases, f.endpoints, f.format
	o.Experimental, o.Successful, o.ShowConsumers, o.Top = f.experimental, f.successful, f.showConsumers, f.top
	var err error
	if o.Salt, err = accesslog.Salt(c.env); err != nil {
		return err
	}
	logs := c.logs.Open(ctx, f.follow)
	inner := ctx
	if f.follow {
		inner = context.WithoutCancel(ctx) // an interrupt is how it ends
	}
	stop := progress.Start(c.env, f.output.Quiet(), func() string { return c.logs.Progress(c.env.Now().Sub(c.started)) })
	c.result, err = usage.Count(inner, logs, *o)
	stop()
	if err != nil {
		return env.Usagef("%w", err)
	}
	if ctx.Err() != nil && !f.follow {
		c.env.Say("plumb: interrupted after %s; what was read is counted", c.logs.SoFar())
	}
	return nil
}

// finish judges the result and hands facts and findings on.
func (c *usageCall) finish(ctx context.Context) error {
	f := c.flags
	reports := make([]*check.Report, 0, 2)
	if c.result != nil {
		rep, err := usage.Check(ctx, c.result, c.policy)
		if err != nil {
			return err
		}
		for i := range rep.Incomplete {
			if at := &rep.Incomplete[i]; at.File != "" {
				at.File = c.logs.Canonical(c.life.project, at.File)
			}
		}
		for _, d := range c.life.docs {
			if len(d.Failed) == 0 {
				rep.Subjects = append(rep.Subjects, d.Name)
			}
		}
		reports = append(reports, rep)
	}
	if failed := source.Failed(c.life.docs); len(failed) > 0 {
		rep, err := source.Unread(c.policy, failed...)
		if err != nil {
			return err
		}
		reports = append(reports, rep)
	}
	merged := check.Merge(c.policy, reports...)
	code, err := f.policy.Settle(c.life.project, &f.output, c.policy.Baseline, merged, reports...)
	if err != nil {
		return err
	}
	opts := report.Options{
		Tool: report.Tool{Name: "plumb", Version: version.Number}, Title: "plumb lifecycle usage", HelpURL: version.RulePage,
		Documents: len(c.life.docs), Duration: c.env.Now().Sub(c.started), Context: c.logs.Names(),
	}
	if c.result != nil {
		shown := c.shown()
		opts.Extra = []report.Member{{Name: "usage", Value: shown}}
		opts.Facts = view.Facts(shown, view.Options{All: f.output.All()})
		opts.Facts.Next = c.next(merged)
	}
	if err := c.sink.Write(c.life.project, merged, c.text, opts); err != nil {
		return err
	}
	return env.Done(code)
}

// shown is the result with the names of files as people know them.
func (c *usageCall) shown() *usage.Result {
	res := *c.result
	res.Elements = slices.Clone(res.Elements)
	for i := range res.Elements {
		at := &res.Elements[i].Location
		at.File = c.life.project.Shown(at.File)
	}
	return &res
}

// next is what to do next, "" where package report knows better.
func (c *usageCall) next(merged *check.Report) string {
	if c.flags.output.Worst(merged) != nil || !merged.Complete() || len(c.result.Elements) == 0 {
		return ""
	}
	again := "plumb lifecycle usage"
	for _, l := range c.flags.logs {
		again += " --log " + safe.ShellWord(l)
	}
	for _, a := range c.life.args {
		again += " " + safe.ShellWord(a)
	}
	switch {
	case !c.flags.showConsumers && slices.ContainsFunc(c.result.Elements, func(e usage.Element) bool { return e.Calls > 0 }):
		return again + " --show-consumers"
	case !c.opts.Limits.Gate:
		return again + " --max-share 1%"
	}
	return ""
}

// text returns the text of a file, by canonical name.
func (c *usageCall) text(name string) (string, bool) {
	return c.life.text(name)
}
