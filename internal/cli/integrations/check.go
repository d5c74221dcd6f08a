package integrations

import (
	"context"
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/integration/catalog"
	"github.com/plumbapi/plumb/integration/catalog/view"
	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/output"
	"github.com/plumbapi/plumb/internal/cli/policy"
	"github.com/plumbapi/plumb/internal/cli/project"
	"github.com/plumbapi/plumb/internal/cli/version"
	"github.com/plumbapi/plumb/internal/rulebook"
	"github.com/plumbapi/plumb/internal/words"
	"github.com/plumbapi/plumb/report"
)

// checkCall is one call of `plumb integrations check`.
type checkCall struct {
	env     *env.Env
	catalog catalogFlags
	policy  policy.Flags
	output  output.Flags
	level   env.Choice
	started time.Time
	project *project.Project
	rules   check.Policy
	sink    *output.Sink
}

// newCheck makes the command `plumb integrations check`.
func newCheck(e *env.Env) *cobra.Command {
	c := &checkCall{env: e, policy: policy.Flags{Check: rulebook.Integrations}, catalog: catalogFlags{env: e}}
	c.level = env.Choice{Noun: "level", Words: []string{"minimal", "viable", "complete", "lovable"}, Value: "minimal"}
	cmd := &cobra.Command{
		Use:   "check [flags] [NAME...]",
		Short: "Check integrations against the level that is asked of them",
		Long: `NAME is an integration; without names all are checked. What an integration lacks
of the level of --level, and of those below it, is an error, of the next level a
warning, of others a note. Each check is a rule: plumb rules --tag integration
lists them, and plumb.yaml sets them below integrations.

Integrations of plumb run against their own fakes; nothing is sent. Those of your
own, in the folder of --catalog, are judged by evidence.json beside the manifest:
the results of your continuous integration, made for this manifest and not older
than --max-age.

Exit codes: 0 nothing at or above --fail-on, 1 findings, 2 wrong usage or a
manifest that is wrong, 3 interrupted.`,
		Example: `  plumb integrations check slack
  plumb integrations check --level viable --report sarif=catalog.sarif slack jira`,
		RunE: func(cmd *cobra.Command, args []string) error {
			defer c.close()
			if err := c.prepare(); err != nil {
				return err
			}
			return c.run(cmd.Context(), args)
		},
		ValidArgsFunction: completeNames,
	}
	c.catalog.register(cmd, false)
	c.policy.Register(cmd)
	c.output.Register(cmd)
	cmd.Flags().Var(&c.level, "level", "the level that is asked for")
	output.CompleteChoice(cmd, "level", &c.level)
	return cmd
}

func (c *checkCall) prepare() (err error) {
	c.started = c.env.Now()
	if c.project, err = c.policy.Project(c.env); err != nil {
		return err
	}
	section := &c.project.Config.Integrations
	if c.rules, err = c.policy.Policy(c.project, section.Rules, section.Ignores); err != nil {
		return err
	}
	asked, _ := catalog.ParseLevel(c.level.Value)
	for _, k := range catalog.Checks() {
		if _, set := c.rules.Severity[k.Rule()]; !set {
			c.rules.Severity[k.Rule()] = severity(k.Level, asked)
		}
	}
	c.sink, err = c.output.Open(c.env)
	return err
}

// severity is that of a check that does not hold, where a level is asked for.
func severity(of, asked catalog.Level) check.Severity {
	switch {
	case of <= asked:
		return check.Error
	case of == asked+1:
		return check.Warning
	}
	return check.Info
}

func (c *checkCall) close() {
	if c.sink != nil {
		c.sink.Abort()
	}
}

func (c *checkCall) run(ctx context.Context, args []string) error {
	if c.catalog.maxAge <= 0 {
		return env.Usagef("--max-age %s: expected more than nothing, such as 720h", c.catalog.maxAge)
	}
	entries, err := c.catalog.entries(c.project, args)
	if err != nil {
		return err
	}
	results, err := c.catalog.grade(ctx, entries, c.output.Quiet())
	if err != nil {
		return err
	}
	reports := make([]*check.Report, len(results))
	for i, r := range results {
		if reports[i], err = check.Run(ctx, catalog.Rules(), r, c.rules); err != nil {
			return err
		}
		reports[i].Subjects = []string{r.Entry.File}
	}
	merged := check.Merge(c.rules, reports...)
	code, err := c.policy.Settle(c.project, &c.output, c.rules.Baseline, merged, reports...)
	if err != nil {
		return err
	}
	opts := report.Options{
		Tool: report.Tool{Name: "plumb", Version: version.Number}, Title: "plumb integrations check", HelpURL: version.RulePage,
		Documents: len(results), Duration: c.env.Now().Sub(c.started), Context: words.Count(len(results), "integration") + ", level " + c.level.Value,
		Extra: []report.Member{{Name: "integrations", Value: graded(results)}},
		Facts: &report.Facts{
			Lead: lead(results), Verdict: lead(results), Next: "plumb integrations show " + entries[0].Manifest.Name,
			Text: func(w io.Writer, _ int, color bool) error { return view.List(w, results, color) },
		},
	}
	noText := func(string) (string, bool) { return "", false }
	if err := c.sink.Write(c.project, merged, noText, opts); err != nil {
		return err
	}
	return env.Done(code)
}

// lead says in a sentence what came of all.
func lead(results []*catalog.Result) string {
	least := catalog.Lovable
	for _, r := range results {
		least = min(least, r.Level)
	}
	return fmt.Sprintf("%s, all at least %s", words.Count(len(results), "integration"), least)
}

func graded(results []*catalog.Result) any {
	type item struct {
		Name  string  `json:"name"`
		Level string  `json:"level"`
		Score float64 `json:"score"`
	}
	list := []item{}
	for _, r := range results {
		list = append(list, item{r.Entry.Manifest.Name, r.Level.String(), r.Score})
	}
	return list
}
