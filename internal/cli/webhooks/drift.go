package webhooks

import (
	"context"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/output"
	"github.com/plumbapi/plumb/internal/cli/payload"
	"github.com/plumbapi/plumb/internal/cli/policy"
	"github.com/plumbapi/plumb/internal/cli/project"
	"github.com/plumbapi/plumb/internal/cli/source"
	"github.com/plumbapi/plumb/internal/cli/version"
	"github.com/plumbapi/plumb/internal/rulebook"
	"github.com/plumbapi/plumb/report"
	"github.com/plumbapi/plumb/webhook"
	"github.com/plumbapi/plumb/webhook/drift"
	"github.com/plumbapi/plumb/webhook/drift/view"
)

// driftCall is one call of `plumb webhooks drift`.
type driftCall struct {
	env     *env.Env
	flags   descriptionFlags
	policy  policy.Flags
	output  output.Flags
	event   string
	overlay string

	started  time.Time
	project  *project.Project
	rules    check.Policy
	loader   *source.Loader
	sink     *output.Sink
	document *source.Document
	payloads []payload.Payload
	failed   []payload.Problem
	result   *drift.Result
	mended   *drift.Mended
}

// newDrift makes the command `plumb webhooks drift`.
func newDrift(e *env.Env) *cobra.Command {
	c := &driftCall{env: e, policy: policy.Flags{Check: rulebook.Webhooks}, output: output.Flags{DefaultLimit: 20}}
	cmd := &cobra.Command{
		Use:   "drift [flags] DOC PAYLOADS...",
		Short: "Find what real payloads carry that the description does not say",
		Long: `DOC is the OpenAPI description. PAYLOADS are files or folders with what was sent:
a payload as JSON, a list of payloads, one a line (.jsonl), a list of {"name":
EVENT, "examples": [...]}, or deliveries that plumb webhooks listen has recorded
(.http). - reads standard input.

The event of a payload comes from the headers of the recorded delivery, from
--event, from the payload itself, or from the name of its file; --provider says
where deliveries of a known sender have it. Each payload is held against the
schema of its webhook: required members that are missing, nulls, other types and
values than described, and members that nobody described. What is found is told
by the place of the description that says otherwise.

--overlay writes an OpenAPI Overlay (1.0) under which the payloads match, and
tries it: what it leaves is told.

Exit codes: 0 nothing at or above --fail-on, 1 findings, 2 wrong usage or no
webhooks in the description, 3 something could not be read or judged.`,
		Example: `  plumb webhooks drift api/openapi.yaml api/payloads
  plumb webhooks drift --overlay mend.json --fail-on never api/openapi.yaml api/payloads`,
		RunE: func(cmd *cobra.Command, args []string) error {
			defer c.close()
			return c.run(cmd.Context(), args)
		},
	}
	c.flags.register(cmd)
	c.policy.Register(cmd)
	c.output.Register(cmd)
	flags := cmd.Flags()
	flags.StringVar(&c.event, "event", "", "take all payloads for this `EVENT`, such as issues or issues.opened")
	flags.StringVar(&c.overlay, "overlay", "", "write an OpenAPI Overlay that mends the description to `FILE`")
	cmd.ValidArgsFunction = func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		return []string{"yaml", "yml", "json", "jsonl", "http"}, cobra.ShellCompDirectiveFilterFileExt
	}
	return cmd
}

func (c *driftCall) close() {
	if c.loader != nil {
		c.loader.Close()
	}
	if c.sink != nil {
		c.sink.Abort()
	}
}

func (c *driftCall) run(ctx context.Context, args []string) error {
	if err := c.prepare(args); err != nil {
		return err
	}
	var err error
	if project.IsURL(args[0]) {
		c.loader.Fetcher.Type(args[0])
	}
	if c.document, err = c.loader.Load(ctx, args[0]); err != nil {
		return err
	}
	switch {
	case c.document.GraphQL != nil:
		return env.Usagef("%s is a GraphQL schema, which describes no webhooks", shown(args[0]))
	case c.document.OpenAPI == nil:
		rep, err := source.Unread(c.rules, c.document)
		if err != nil {
			return err
		}
		return c.write(rep)
	}
	if c.payloads, c.failed, err = payload.Read(c.project, args[1:]); err != nil {
		return err
	}
	if err := c.compare(ctx, args[0]); err != nil {
		return err
	}
	return c.finish(ctx)
}

// prepare does all that can show wrong usage before anything is read.
func (c *driftCall) prepare(args []string) error {
	c.started = c.env.Now()
	switch {
	case len(args) == 0:
		return env.Usagef("drift needs a description and payloads: plumb webhooks drift DOC PAYLOADS...")
	case len(args) == 1:
		return env.Usagef("%s is held against which payloads? name files or folders: plumb webhooks drift DOC PAYLOADS...", shown(args[0]))
	}
	if err := c.flags.source.Validate(args); err != nil {
		return err
	}
	var err error
	if c.project, err = c.policy.Project(c.env); err != nil {
		return err
	}
	section := &c.project.Config.Webhooks
	if c.rules, err = c.policy.Policy(c.project, section.Rules, section.Ignores); err != nil {
		return err
	}
	if c.loader, err = c.flags.source.Loader(c.project, "plumb/"+version.Number); err != nil {
		return err
	}
	c.sink, err = c.output.Open(c.env)
	return err
}

// compare finds the facts.
func (c *driftCall) compare(ctx context.Context, arg string) error {
	provider, err := payload.FindProvider(c.project, c.flags.provider)
	if err != nil {
		return err
	}
	model, err := webhook.FromOpenAPI(c.document.OpenAPI, webhook.Options{Provider: provider})
	if err != nil {
		return noEvents(c.project, arg, err)
	}
	var event, action string
	if c.event != "" {
		if event, action, err = eventOf(model, c.event); err != nil {
			return err
		}
	}
	list := payload.Delivered(c.project, &model.Routing, c.payloads)
	if event != "" {
		for i := range list {
			list[i].Event, list[i].Action = event, action
		}
	}
	if c.result, err = drift.Compare(ctx, drift.Of(c.document.OpenAPI, model), list); err != nil {
		return err
	}
	if c.overlay == "" {
		return nil
	}
	if c.mended, err = drift.Mend(ctx, c.result, list); err != nil {
		return env.Incompletef("%w", err)
	}
	return output.WriteFile(c.env.Path(c.overlay), c.overlay, c.mended.Overlay.Write)
}

// eventOf returns the event that --event names, with its action where it names
// one: a name alone leaves the action to the payloads.
func eventOf(m *webhook.Model, name string) (event, action string, err error) {
	if i := slices.IndexFunc(m.Events, func(e *webhook.Event) bool { return e.Name == name }); i >= 0 {
		return name, "", nil
	}
	e, err := findEvent(m, name)
	if err != nil {
		return "", "", err
	}
	return e.Name, e.Action, nil
}

// finish judges and hands facts and findings on.
func (c *driftCall) finish(ctx context.Context) error {
	rep, err := drift.Check(ctx, c.result, c.rules)
	if err != nil {
		return err
	}
	for _, f := range c.failed {
		rep.Incomplete = append(rep.Incomplete, check.Incomplete{File: f.File, Message: f.Message})
	}
	return c.write(rep)
}

// write writes a report, and the baseline where that is asked for.
func (c *driftCall) write(rep *check.Report) error {
	merged := check.Merge(c.rules, rep)
	code, err := c.policy.Settle(c.project, &c.output, c.rules.Baseline, merged, rep)
	if err != nil {
		return err
	}
	opts := report.Options{
		Tool: report.Tool{Name: "plumb", Version: version.Number}, Title: "plumb webhooks drift", HelpURL: version.RulePage,
		Documents: 1, Duration: c.env.Now().Sub(c.started),
	}
	if c.result != nil {
		opts.Extra = []report.Member{{Name: "drift", Value: c.result}}
		opts.Facts = view.Facts(c.result, c.mended)
	}
	if c.mended != nil {
		opts.Extra = append(opts.Extra, report.Member{Name: "mended", Value: c.mended.Result.Counts})
	}
	if err := c.sink.Write(c.project, merged, c.text, opts); err != nil {
		return err
	}
	return env.Done(code)
}

// text returns the text of a file, by canonical name.
func (c *driftCall) text(name string) (string, bool) {
	return source.Text(c.project, name, c.document)
}
