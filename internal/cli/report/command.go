// Package report is the command `plumb report`: what the gates found, beside
// what they found before, for those who decide about an API.
package report

import (
	"github.com/spf13/cobra"

	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/gates"
	"github.com/plumbapi/plumb/internal/cli/output"
	"github.com/plumbapi/plumb/internal/cli/policy"
	"github.com/plumbapi/plumb/internal/cli/source"
	"github.com/plumbapi/plumb/snapshot/view"
)

// flags are those of the command.
type flags struct {
	policy   policy.Flags
	source   source.Flags
	format   env.Choice
	failOn   env.Choice
	output   string
	history  string
	tags     string
	save     string
	merge    []string
	results  []string
	criteria string
	product  string
	now      string
	quiet    bool
	hooks    []gates.Hook
}

// pagePath is where the page goes unless the user says otherwise.
const pagePath = "plumb-out/report.html"

// New makes the command. The hooks take what a run has come to, in order.
func New(e *env.Env, hooks ...gates.Hook) *cobra.Command {
	f := &flags{hooks: hooks}
	cmd := &cobra.Command{
		Use:   "report [flags] [FOLDER...]",
		Short: "Write what an API working group reads: what changed, what to decide",
		Long: `All gates of plumb.yaml run over all APIs, as plumb check runs them, and their
facts become one page that needs nothing else: parity, service levels, lint debt,
documentation, webhooks, deprecations with who still uses them, waivers, gaps
with their owners, and the exit criteria of the API strategy with evidence. A
FOLDER names one or several projects, which become one report; without any it is
that of the working directory, and without a plumb.yaml what plumb check finds.

--save keeps the facts as a snapshot, --history reads those that were kept, and
--tags makes them of git tags, so that the page says what changed and shows
trends. --merge adds the snapshots of other repositories; where there are no
APIs here, they are all that is shown.

Without --format and --output the page is written to plumb-out/report.html, and
a few lines to standard output. csv is a row for each operation, under its names
in REST, GraphQL and webhooks. json is a snapshot too.

--send brings what was found to integrations, as plumb check does: tools that
keep an object a finding know it again, whichever of the two has sent it. Where
--fail-on is not given, messages call an error a failure.

Exit codes: 0 written, 1 findings at or above --fail-on (which is never unless
you say so), 2 wrong usage or configuration, 3 a gate could not be finished, or
a file could not be written. A page that is not whole is written all the same.`,
		Example: `  plumb report --history .plumb/history --save .plumb/history
  plumb report --format csv --output operations.csv`,
		RunE: func(cmd *cobra.Command, args []string) error {
			c := &call{flags: f, env: e, formatted: cmd.Flags().Changed("format"), limited: cmd.Flags().Changed("fail-on")}
			defer c.close()
			if err := c.prepare(cmd.Context(), args); err != nil {
				return err
			}
			return c.run(cmd.Context())
		},
	}
	f.register(cmd)
	return cmd
}

func (f *flags) register(cmd *cobra.Command) {
	f.format = env.Choice{Noun: "format", Words: view.Formats(), Value: "html"}
	f.failOn = env.Choice{Noun: "severity", Words: []string{"error", "warning", "info", never}, Value: never}
	fs := cmd.Flags()
	fs.VarP(&f.format, "format", "f", "format of the report")
	fs.StringVarP(&f.output, "output", "o", "", "write the report to `FILE`; - is standard output")
	fs.StringVar(&f.history, "history", "", "read earlier snapshots from this `FOLDER` (default report.history of plumb.yaml)")
	fs.StringVar(&f.tags, "tags", "", "make earlier snapshots of the git tags that match this `PATTERN`, such as v*")
	fs.StringVar(&f.save, "save", "", "keep the snapshot in this `FOLDER`, or as a file whose name ends in .json")
	fs.StringArrayVar(&f.merge, "merge", nil, "add the snapshot of another repository, a `FILE`; repeatable")
	fs.StringArrayVar(&f.results, "perf-result", nil, "judge service levels by what a load run measured, a `FILE`; repeatable")
	fs.StringVar(&f.criteria, "criteria", "", "`FILE` of exit criteria (default report.criteria of plumb.yaml)")
	fs.StringVar(&f.product, "product", "", "`NAME` of the product (default report.product of plumb.yaml, else that of the folder)")
	fs.StringVar(&f.now, "now", "", "report as of this `DATE`, as 2026-12-31 (default today)")
	fs.Var(&f.failOn, "fail-on", "the lowest severity at which the exit code is 1")
	fs.BoolVarP(&f.quiet, "quiet", "q", false, "print nothing beside the report")
	f.policy.Register(cmd)
	for _, h := range f.hooks {
		h.Register(cmd)
	}
	f.source.Register(cmd)
	output.CompleteChoice(cmd, "format", &f.format)
	output.CompleteChoice(cmd, "fail-on", &f.failOn)
}

// never is the value of --fail-on under which no finding fails the command.
const never = "never"
