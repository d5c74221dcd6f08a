package lifecycle

import (
	"context"
	"time"

	"github.com/spf13/cobra"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/output"
	"github.com/plumbapi/plumb/internal/cli/policy"
	"github.com/plumbapi/plumb/internal/cli/progress"
	"github.com/plumbapi/plumb/internal/cli/source"
	"github.com/plumbapi/plumb/internal/cli/version"
	"github.com/plumbapi/plumb/internal/rulebook"
	"github.com/plumbapi/plumb/internal/words"
	lifecyclelib "github.com/plumbapi/plumb/lifecycle"
	"github.com/plumbapi/plumb/lifecycle/view"
	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/report"
)

// statusCall is one call of `plumb lifecycle status`.
type statusCall struct {
	env     *env.Env
	life    *life
	flags   lifeFlags
	rules   policy.Flags
	output  output.Flags
	policy  check.Policy
	sink    *output.Sink
	started time.Time
}

// newStatus makes the command `plumb lifecycle status`.
func newStatus(e *env.Env) *cobra.Command {
	c := &statusCall{env: e, rules: policy.Flags{Check: rulebook.Lifecycle}}
	cmd := &cobra.Command{
		Use:   "status [flags] [DOC...]",
		Short: "Say what is experimental, in beta, deprecated and overdue",
		Long: `DOC is an OpenAPI description (2.0 to 3.2) or a GraphQL schema (SDL or
introspection JSON), given as a path, a pattern, - for standard input, a URL
or REVISION:PATH. Without arguments those of plumb.yaml are taken.

What descriptions say of the life of their elements is read from all that is
in use for it: deprecated, x-sunset, x-stability-level, @deprecated and its
reasons, and so on. Rules then judge it, by a policy where there is one.

Exit codes: 0 nothing at or above --fail-on, 1 findings, 2 wrong usage or
configuration, 3 something could not be read or finished.`,
		Example: `  plumb lifecycle status api/openapi.yaml api/schema.graphql
  plumb lifecycle status --policy gitlab --now 2026-12-31 api/schema.graphql`,
		RunE: func(cmd *cobra.Command, args []string) error {
			defer c.close()
			if err := c.prepare(args); err != nil {
				return err
			}
			return c.run(cmd.Context())
		},
	}
	c.flags.register(cmd)
	c.rules.Register(cmd)
	c.output.Register(cmd)
	return cmd
}

// prepare does all that can show wrong usage before a description is read.
func (c *statusCall) prepare(args []string) error {
	c.started = c.env.Now()
	p, err := c.rules.Project(c.env)
	if err != nil {
		return err
	}
	if c.life, err = c.flags.prepare(p, args, "plumb lifecycle status api/openapi.yaml"); err != nil {
		return err
	}
	section := &p.Config.Lifecycle
	if c.policy, err = c.rules.Policy(p, section.Rules, section.Ignores); err != nil {
		return err
	}
	if c.flags.now != "" {
		c.policy.Now = c.life.now
	}
	if c.life.loader, err = c.flags.source.Loader(p, "plumb/"+version.Number); err != nil {
		return err
	}
	c.sink, err = c.output.Open(c.env)
	return err
}

func (c *statusCall) close() {
	if c.life != nil && c.life.loader != nil {
		c.life.loader.Close()
	}
	if c.sink != nil {
		c.sink.Abort()
	}
}

func (c *statusCall) run(ctx context.Context) error {
	stop := progress.Start(c.env, c.output.Quiet(), func() string { return "reading " + words.Count(len(c.life.args), "description") })
	err := c.life.load(ctx)
	stop()
	if err != nil {
		return err
	}
	subject := &lifecyclelib.Subject{Inventories: c.life.known(), Policy: c.life.Policy, Now: c.life.now}
	var documents []*openapi.Document
	for _, d := range c.life.docs {
		if d.OpenAPI != nil {
			documents = append(documents, d.OpenAPI)
		}
	}
	subject.Documents = documents
	if subject.Pairs, err = c.life.pairs(ctx); err != nil {
		return err
	}
	rep, err := lifecyclelib.Check(ctx, subject, c.policy)
	if err != nil {
		return err
	}
	for _, d := range c.life.docs {
		if len(d.Failed) == 0 {
			rep.Subjects = append(rep.Subjects, d.Name)
		}
	}
	failed, err := source.Unread(c.policy, source.Failed(c.life.docs)...)
	if err != nil {
		return err
	}
	return c.finish(rep, failed)
}

// finish hands facts and findings on.
func (c *statusCall) finish(reports ...*check.Report) error {
	merged := check.Merge(c.policy, reports...)
	code, err := c.rules.Settle(c.life.project, &c.output, c.policy.Baseline, merged, reports...)
	if err != nil {
		return err
	}
	calendar := lifecyclelib.NewCalendar(c.life.Policy, c.life.now, c.life.known()...)
	summaries := lifecyclelib.Summarize(calendar, c.life.known()...)
	o := view.Options{All: c.output.All(), Shown: c.life.project.Shown}
	opts := report.Options{
		Tool: report.Tool{Name: "plumb", Version: version.Number}, Title: "plumb lifecycle status", HelpURL: version.RulePage,
		Documents: len(c.life.docs), Duration: c.env.Now().Sub(c.started), Context: c.life.context(),
		Extra: []report.Member{{Name: "surfaces", Value: summaries}, {Name: "calendar", Value: view.CalendarJSON(calendar, o)}},
		Facts: view.Status(summaries, calendar, o),
	}
	if err := c.sink.Write(c.life.project, merged, c.life.text, opts); err != nil {
		return err
	}
	return env.Done(code)
}
