// Package check is the command `plumb check`: it runs every gate that plumb.yaml
// names over all APIs, and says in one summary, with one exit code, what came of
// them.
package check

import (
	"github.com/spf13/cobra"

	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/gates"
	"github.com/plumbapi/plumb/internal/cli/output"
	"github.com/plumbapi/plumb/internal/cli/policy"
	"github.com/plumbapi/plumb/internal/cli/source"
)

// options are the flags of the command.
type options struct {
	source source.Flags
	policy policy.Flags
	output output.Flags

	only        []string
	api         string
	changedFrom string
	results     []string
	targets     []string
	hooks       []gates.Hook
}

// New makes the command. The hooks take what a run has come to, in order.
func New(e *env.Env, hooks ...gates.Hook) *cobra.Command {
	o := &options{hooks: hooks, output: output.Flags{DefaultLimit: 20, DefaultSort: "severity"}}
	cmd := &cobra.Command{
		Use:   "check [flags] [FOLDER...]",
		Short: "Run every gate of plumb.yaml over all APIs",
		Long: `The gates are lint (errors and style), parity (what REST and GraphQL each
offer), lifecycle (what is deprecated and due, and what changed since
lifecycle.base), webhooks (rules about them, and payloads against their schemas)
and perf (the load plan). A gate for which a project has nothing is left out.
Each description is read once, and nothing is sent anywhere.

Without a plumb.yaml here or above, those in the folders below are taken, each a
project of its own; where there is none either, the descriptions that are found,
as plumb init finds them. A FOLDER names one or several projects.

--changed-from REV reports only what this change made worse, in all gates:
descriptions are checked as they were in REV too, and what was found there does
not count.

--perf-result judges what was measured; --perf-target sends the load of the plan
and judges that.

Exit codes: 0 nothing at or above --fail-on, 1 findings, 2 wrong usage or
configuration, 3 something could not be read or finished.`,
		Example: `  plumb check
  plumb check --changed-from HEAD --format markdown`,
		RunE: func(cmd *cobra.Command, args []string) error { return run(cmd.Context(), e, o, args) },
	}
	o.register(cmd)
	return cmd
}

func (o *options) register(cmd *cobra.Command) {
	o.source.Register(cmd)
	o.policy.Register(cmd)
	o.output.Register(cmd)
	cmd.ValidArgsFunction = func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		return nil, cobra.ShellCompDirectiveFilterDirs
	}
	flags := cmd.Flags()
	flags.StringSliceVar(&o.only, "only", nil, "run only these `GATES`, with commas: lint, parity, lifecycle, webhooks, perf")
	flags.StringVar(&o.api, "api", "", "check only the API of plumb.yaml with this `NAME`")
	flags.StringVar(&o.changedFrom, "changed-from", "", "report only what is worse than in this git `REVISION`")
	flags.StringArrayVar(&o.results, "perf-result", nil, "judge what was measured, from a `FILE` of plumb perf run or another load tester; repeatable")
	flags.StringArrayVar(&o.targets, "perf-target", nil, "send the load of the plan to `NAME=URL`, the URL alone where there is one target; repeatable")
	output.CompleteWords(cmd, "only", gates.Names)
	for _, h := range o.hooks {
		h.Register(cmd)
	}
}
