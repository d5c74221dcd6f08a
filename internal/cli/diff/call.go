package diff

import (
	"context"
	"slices"
	"sync"
	"time"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/output"
	"github.com/plumbapi/plumb/internal/cli/progress"
	"github.com/plumbapi/plumb/internal/cli/project"
	"github.com/plumbapi/plumb/internal/cli/source"
	"github.com/plumbapi/plumb/internal/cli/version"
	"github.com/plumbapi/plumb/lifecycle"
	"github.com/plumbapi/plumb/report"
)

// call is one call of the command.
type call struct {
	env     *env.Env
	opts    *options
	project *project.Project
	policy  check.Policy
	loader  *source.Loader
	sink    *output.Sink
	args    [2]string
	started time.Time

	base, revision *source.Document
	result         *lifecycle.Comparison // nil where there is nothing to compare
	report         *check.Report
}

// prepare does all that can show wrong usage before a description is read.
func prepare(e *env.Env, o *options, args []string) (*call, error) {
	c := &call{env: e, opts: o, args: [2]string(args), started: e.Now()}
	var err error
	if c.project, err = o.policy.Project(e); err != nil {
		return nil, err
	}
	section := &c.project.Config.Lifecycle
	if c.policy, err = o.policy.Policy(c.project, section.Rules, section.Ignores); err != nil {
		return nil, err
	}
	if c.loader, err = o.source.Loader(c.project, "plumb/"+version.Number); err != nil {
		return nil, err
	}
	if c.sink, err = o.output.Open(e); err != nil {
		return nil, err
	}
	return c, nil
}

func (c *call) close() {
	c.loader.Close()
	c.sink.Abort()
}

// compare reads both versions and compares them.
func (c *call) compare(ctx context.Context) error {
	stop := progress.Start(c.env, c.opts.output.Quiet(), func() string { return "comparing" })
	defer stop()
	if err := c.load(ctx); err != nil {
		return err
	}
	if len(c.base.Failed)+len(c.revision.Failed) > 0 {
		var err error
		c.report, err = source.Unread(c.policy, c.base, c.revision)
		return err
	}
	switch {
	case c.base.OpenAPI != nil && c.revision.OpenAPI != nil:
		options := []lifecycle.Option{lifecycle.At(c.env.Now())}
		if c.opts.expand {
			options = append(options, lifecycle.Expand())
		}
		c.result = lifecycle.Diff(c.base.OpenAPI, c.revision.OpenAPI, options...)
	case c.base.GraphQL != nil && c.revision.GraphQL != nil:
		c.result = lifecycle.DiffGraphQL(c.base.GraphQL, c.revision.GraphQL)
	default:
		return env.Usagef("%s is %s and %s is %s; two versions of one description are compared (plumb parity compares REST with GraphQL)",
			project.PublicURL(c.args[0]), described(c.base), project.PublicURL(c.args[1]), described(c.revision))
	}
	var err error
	if c.report, err = c.result.Judge(c.policy); err != nil {
		return err
	}
	c.report.Subjects = []string{c.revision.Name}
	c.report.Files = []string{c.base.Name}
	if c.result.Incomplete != "" {
		c.report.Incomplete = append(c.report.Incomplete, check.Incomplete{File: c.revision.Name, Message: c.result.Incomplete})
	}
	return nil
}

func described(d *source.Document) string {
	if d.OpenAPI != nil {
		return "an OpenAPI description"
	}
	return "a GraphQL schema"
}

// load reads both versions side by side.
func (c *call) load(ctx context.Context) error {
	var errs [2]error
	var wg sync.WaitGroup
	wg.Go(func() { c.base, errs[0] = c.loader.Load(ctx, c.args[0]) })
	wg.Go(func() { c.revision, errs[1] = c.loader.Load(ctx, c.args[1]) })
	wg.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// finish hands the changes on.
func (c *call) finish() error {
	merged := check.Merge(c.policy, c.report)
	code, err := c.opts.policy.Settle(c.project, &c.opts.output, c.policy.Baseline, merged, c.report)
	if err != nil {
		return err
	}
	opts := report.Options{
		Tool: report.Tool{Name: "plumb", Version: version.Number}, Title: "plumb diff",
		HelpURL: version.RulePage, Documents: 2, Duration: c.env.Now().Sub(c.started),
		Context: c.project.Shown(c.base.Name) + " → " + c.project.Shown(c.revision.Name),
	}
	if c.result != nil {
		opts.Extra = []report.Member{{Name: "changes", Value: c.shown(c.listed())}}
		opts.Facts = c.facts(merged)
	}
	if err := c.sink.Write(c.project, merged, c.text, opts); err != nil {
		return err
	}
	return env.Done(code)
}

// listed are the changes that JSON has beside the findings. Expanded they are
// oasdiff's rows, for programs that read those; the findings are all there is.
func (c *call) listed() []lifecycle.Change {
	if !c.opts.expand {
		return c.result.Changes
	}
	return slices.DeleteFunc(slices.Clone(c.result.Changes), func(x lifecycle.Change) bool { return x.Beyond })
}

// shown is a copy of the changes with the names of files as the user knows
// them.
func (c *call) shown(list []lifecycle.Change) []lifecycle.Change {
	names := map[string]string{"": ""}
	name := func(canonical string) string {
		shown, ok := names[canonical]
		if !ok {
			shown = c.project.Shown(canonical)
			names[canonical] = shown
		}
		return shown
	}
	out := make([]lifecycle.Change, len(list))
	for i := range list {
		out[i] = list[i]
		out[i].Base.File = name(out[i].Base.File)
		out[i].Revision.File = name(out[i].Revision.File)
	}
	return out
}

// text returns the text of a file of either version, by canonical name.
func (c *call) text(name string) (string, bool) {
	return source.Text(c.project, name, c.revision, c.base)
}
