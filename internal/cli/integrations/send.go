package integrations

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/integration"
	"github.com/plumbapi/plumb/integration/catalog"
	"github.com/plumbapi/plumb/internal/cli/deliver"
	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/names"
	"github.com/plumbapi/plumb/internal/cli/output"
	"github.com/plumbapi/plumb/internal/cli/project"
)

// sendCall is one call of `plumb integrations send`.
type sendCall struct {
	env     *env.Env
	config  string
	report  string
	product string
	dryRun  bool
	as      env.Choice
	failOn  env.Choice
	facts   deliver.Facts
}

// newSend makes the command `plumb integrations send`.
func newSend(e *env.Env) *cobra.Command {
	c := &sendCall{env: e}
	c.as = env.Choice{Noun: "form", Words: []string{"requests", "html", "message", "message-html"}, Value: "requests"}
	c.failOn = env.Choice{Noun: "severity", Words: []string{"error", "warning", "info", "never"}, Value: "error"}
	cmd := &cobra.Command{
		Use:   "send [flags] NAME",
		Short: "Bring a JSON report to an integration",
		Long: `The report is one that plumb check, plumb lint and others write with --format
json. Inputs come from the environment and from integrations in plumb.yaml, secrets
from the environment only; plumb integrations show NAME lists them.

The same report twice makes nothing new. With --before messages lead with what is
new and what was mended since. What a pipeline of GitLab, GitHub or Jenkins says of
itself (run, revision, branch, merge request) is told too.

--dry-run shows every request as it would be sent, with secrets masked. It is
answered by the tool's own fake; nothing leaves the machine, and where no inputs are
set the examples of the manifest stand for them. --as html makes a page of it;
--as message and message-html show the message as its readers see it, where the
integration can.

Exit codes: 0 delivered, 2 wrong usage, an input that is missing or a file that is
no report, 3 not delivered: why, and what to do, is said.`,
		Example: `  plumb integrations send slack --report report.json --dry-run
  plumb lint --format json api/openapi.yaml | plumb integrations send slack --report - --dry-run --as message`,
		Args:              oneName("send"),
		RunE:              func(cmd *cobra.Command, args []string) error { return c.run(cmd.Context(), args[0]) },
		ValidArgsFunction: completeNames,
	}
	flags := cmd.Flags()
	flags.StringVar(&c.report, "report", "", "the JSON report in `FILE`, - for standard input")
	flags.StringVar(&c.config, "config", "", "take this `FILE` instead of the plumb.yaml that is found")
	flags.StringVar(&c.product, "product", "", "what was checked (default the first API of plumb.yaml, else the folder's name)")
	flags.BoolVar(&c.dryRun, "dry-run", false, "show what would be sent, with secrets masked, and send nothing")
	flags.Var(&c.as, "as", "what a dry run shows")
	flags.Var(&c.failOn, "fail-on", "the lowest severity that the message calls a failure")
	c.facts.Register(cmd)
	output.CompleteChoice(cmd, "as", &c.as)
	output.CompleteChoice(cmd, "fail-on", &c.failOn)
	return cmd
}

func (c *sendCall) run(ctx context.Context, name string) error {
	if c.report == "" {
		return env.Usagef("send needs a report: plumb integrations send %s --report report.json (plumb check --format json writes one)", name)
	}
	if c.as.Value != "requests" && !c.dryRun {
		return env.Usagef("--as %s is for --dry-run", c.as.Value)
	}
	p, err := project.Open(c.env, c.config, names.Config())
	if err != nil {
		return err
	}
	target, err := target(p, name, c.dryRun)
	if err != nil {
		return err
	}
	if err := c.facts.Validate(p); err != nil {
		return err
	}
	read, err := deliver.ReadFindings(c.env, c.report)
	if err != nil {
		return err
	}
	d := &integration.Delivery{Product: c.product, Report: read.Report}
	if c.failOn.Value != "never" {
		d.FailOn, _ = check.ParseSeverity(c.failOn.Value)
	}
	c.facts.Complete(p, d)
	if c.dryRun {
		return show(ctx, c.env.Stdout, target, d, c.as.Value)
	}
	return tell(ctx, c.env, target, d)
}

// target is the tool with its inputs. A dry run does with the examples of the
// manifest where none of the required ones is set.
func target(p *project.Project, name string, dryRun bool) (*deliver.Target, error) {
	if !dryRun {
		return deliver.Resolve(p, name)
	}
	return deliver.ResolveOrExamples(p, name)
}

// tell delivers and says what came of it.
func tell(ctx context.Context, e *env.Env, t *deliver.Target, d *integration.Delivery) error {
	receipt, err := t.Deliver(ctx, d)
	for _, line := range deliver.Lines(receipt) {
		if _, err := fmt.Fprintln(e.Stdout, line); err != nil {
			return env.Incompletef("%w", err)
		}
	}
	if err != nil {
		return env.Incompletef("%w", err)
	}
	return nil
}

// show writes what would be sent.
func show(ctx context.Context, w io.Writer, t *deliver.Target, d *integration.Delivery, as string) error {
	if strings.HasPrefix(as, "message") {
		p, ok := t.Tool.(integration.Previewer)
		if !ok {
			return env.Usagef("%s cannot show a message as its readers see it; --as html shows the requests", t.Tool.Manifest().Name)
		}
		seen, err := p.Preview(t.Inputs, d)
		switch {
		case err != nil:
			return env.Incompletef("%w", err)
		case as == "message":
			_, err = io.WriteString(w, strings.TrimRight(seen.Text, "\n")+"\n")
		default:
			_, err = w.Write(seen.HTML)
		}
		return written(err)
	}
	shown, err := catalog.Preview(ctx, t.Tool, t.Inputs, d)
	write := shown.Text
	if as == "html" {
		write = shown.HTML
	}
	if werr := write(w); werr != nil {
		return env.Incompletef("%w", werr)
	}
	return written(err)
}
