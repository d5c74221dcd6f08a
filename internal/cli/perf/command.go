// Package perf is the command `plumb perf` with all below it: each reads a
// plan, sends requests or reads what others measured, lets package perf and
// those beside it judge, and hands facts and findings on.
package perf

import (
	"github.com/spf13/cobra"

	"github.com/plumbapi/plumb/internal/cli/env"
)

// New makes the command.
func New(e *env.Env) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "perf COMMAND",
		Short: "Load-test endpoints against SLO budgets",
		Example: `  plumb perf init api/openapi.yaml
  plumb perf run --save result.json slo.yaml`,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(commands(e)...)
	return cmd
}

// commands are all below plumb perf.
func commands(e *env.Env) []*cobra.Command {
	return []*cobra.Command{
		newInit(e),
		newLint(e),
		newRun(e),
		newCompare(e),
		newCapacity(e),
		newJudge(e),
		newExport(e),
	}
}
