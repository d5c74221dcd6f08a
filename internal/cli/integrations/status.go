package integrations

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/integration"
	"github.com/plumbapi/plumb/internal/cli/deliver"
	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/names"
	"github.com/plumbapi/plumb/internal/cli/output"
	"github.com/plumbapi/plumb/internal/cli/project"
	"github.com/plumbapi/plumb/internal/safe"
	"github.com/plumbapi/plumb/report"
)

// statusCall is one call of `plumb integrations status`.
type statusCall struct {
	env     *env.Env
	config  string
	report  string
	product string
	format  env.Choice
}

// newStatus makes the command `plumb integrations status`.
func newStatus(e *env.Env) *cobra.Command {
	c := &statusCall{env: e, format: env.Choice{Noun: "format", Words: []string{"text", "json", "waivers"}, Value: "text"}}
	cmd := &cobra.Command{
		Use:   "status [flags] NAME",
		Short: "Say what people have done with the objects made of findings",
		Long: `The findings are those of a JSON report that was sent; their issues are looked up in
the tool and told with their state there. Nothing is changed.

--format waivers writes those that somebody has declined ("won't do") as waivers
for plumb.yaml; who answers for them is for you to fill in.

Exit codes: 0 told, 2 wrong usage, an input that is missing or an integration whose
objects have no state, 3 the tool cannot be asked.`,
		Example: `  plumb integrations status jira --report report.json
  plumb integrations status jira --report report.json --format waivers`,
		Args:              oneName("status"),
		RunE:              func(cmd *cobra.Command, args []string) error { return c.run(cmd.Context(), args[0]) },
		ValidArgsFunction: completeNames,
	}
	flags := cmd.Flags()
	flags.StringVar(&c.report, "report", "", "the JSON report in `FILE`, - for standard input")
	flags.StringVar(&c.config, "config", "", "take this `FILE` instead of the plumb.yaml that is found")
	flags.StringVar(&c.product, "product", "", "what was checked, as it was called when it was sent")
	flags.VarP(&c.format, "format", "f", "format of the states")
	output.CompleteChoice(cmd, "format", &c.format)
	return cmd
}

func (c *statusCall) run(ctx context.Context, name string) error {
	if c.report == "" {
		return env.Usagef("status needs the report that was sent: plumb integrations status %s --report report.json", name)
	}
	p, err := project.Open(c.env, c.config, names.Config())
	if err != nil {
		return err
	}
	tool, err := deliver.Find(name)
	if err != nil {
		return err
	}
	follower, ok := tool.(integration.Follower)
	if !ok {
		return env.Usagef("what %s makes has no state that people change", name)
	}
	t, err := deliver.Resolve(p, name)
	if err != nil {
		return err
	}
	read, err := deliver.ReadFindings(c.env, c.report)
	if err != nil {
		return err
	}
	d := &integration.Delivery{Product: c.product, Report: read.Report}
	var facts deliver.Facts
	facts.Complete(p, d)
	client, err := t.Client()
	if err != nil {
		return err
	}
	states, err := follower.States(ctx, client, d)
	if err != nil {
		return env.Incompletef("%w", err)
	}
	return written(c.write(states, d.Report.Findings))
}

func (c *statusCall) write(states []integration.State, findings []check.Finding) error {
	var b strings.Builder
	switch c.format.Value {
	case "json":
		return report.Value(c.env.Stdout, statesJSON(states))
	case "waivers":
		for i, w := range integration.Suggest(findings, states, c.env.Now()) {
			if i == 0 {
				b.WriteString("waivers:\n")
			}
			fmt.Fprintf(&b, "  - rule: %q\n    file: %q\n    element: %q\n    reason: %q\n    owner: \"\"\n    until: %s\n", w.Rule, w.File, w.Element, w.Reason, w.Until.Format("2006-01-02"))
		}
	default:
		for _, s := range states {
			word := "open"
			switch {
			case s.Declined:
				word = "declined"
			case s.Done:
				word = "done"
			}
			fmt.Fprintf(&b, "%s  %s  %s  %s\n", safe.Pad(word, 8), safe.Line(s.Object), safe.Line(s.Status), safe.Line(s.URL))
		}
	}
	_, err := fmt.Fprint(c.env.Stdout, b.String())
	return err
}

func statesJSON(states []integration.State) any {
	type state struct {
		Object       string   `json:"object"`
		URL          string   `json:"url"`
		Status       string   `json:"status"`
		Done         bool     `json:"done"`
		Declined     bool     `json:"declined"`
		Fingerprints []string `json:"fingerprints"`
	}
	list := []state{}
	for _, s := range states {
		list = append(list, state{s.Object, s.URL, s.Status, s.Done, s.Declined, s.Fingerprints})
	}
	return struct {
		Version int     `json:"version"`
		States  []state `json:"states"`
	}{1, list}
}
