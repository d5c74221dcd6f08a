package perf

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/plumbapi/plumb/internal/cli/env"
	perflib "github.com/plumbapi/plumb/perf"
)

// newLint makes the command `plumb perf lint`.
func newLint(e *env.Env) *cobra.Command {
	c := newCall(e)
	var slo string
	cmd := &cobra.Command{
		Use:   "lint [flags] [PLAN]",
		Short: "Check a load plan before anything is sent",
		Long: `PLAN is the plan of the load test: slo.yaml, or the one that plumb.yaml names,
unless given. What contradicts itself in it is wrong usage, told with its line,
and so is what no request can be made of: a column that a file of data does not
have, a document that the schema does not know. Notes on standard error say what
of the requests may not be what the descriptions mean.
Rules then look for what cannot give the verdict that is wanted: too few requests
to show a budget, operations without one, times that the histogram in production
cannot measure.

--slo holds the plan against the objectives of production, as documents in
OpenSLO v1: the numbers of both have to agree.

Exit codes: 0 nothing at or above --fail-on, 1 findings, 2 wrong usage or a wrong
plan, 3 something could not be read or finished.`,
		Example: `  plumb perf lint slo.yaml
  plumb perf lint --slo production/slos.yaml --rule perf-operation-unplanned=warning slo.yaml`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 1 {
				return env.Usagef("lint takes one plan, not %d", len(args))
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			defer c.close()
			if err := c.begin(); err != nil {
				return err
			}
			if err := c.load(cmd.Context(), args); err != nil {
				return err
			}
			return c.lint(cmd.Context(), slo)
		},
	}
	c.register(cmd)
	cmd.Flags().StringVar(&slo, "slo", "", "`FILE` with the objectives of production in OpenSLO v1")
	return cmd
}

// lint runs the rules over the plan, beside the objectives of production where
// their file is named.
func (c *call) lint(ctx context.Context, slo string) error {
	var production *perflib.Production
	if slo != "" {
		var err error
		if production, err = readOpenSLO(c.project, slo); err != nil {
			return err
		}
	}
	rep, notes, err := c.plan.Lint(ctx, production, c.policy)
	if err != nil {
		return err
	}
	c.tellNotes(notes, len(notes))
	if slo != "" {
		rep.Subjects = append(rep.Subjects, c.project.Canonical(c.env.Path(slo)))
	}
	return c.finish("plumb perf lint", "", rep, nil)
}
