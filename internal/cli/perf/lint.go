package perf

import (
	"context"
	"time"

	"github.com/spf13/cobra"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/output"
	"github.com/plumbapi/plumb/internal/cli/policy"
	"github.com/plumbapi/plumb/internal/cli/project"
	"github.com/plumbapi/plumb/internal/cli/version"
	"github.com/plumbapi/plumb/internal/rulebook"
	perflib "github.com/plumbapi/plumb/perf"
	"github.com/plumbapi/plumb/report"
)

// lintCall is one call of `plumb perf lint`.
type lintCall struct {
	env     *env.Env
	plan    planFlags
	rules   policy.Flags
	output  output.Flags
	slo     string
	project *project.Project
	policy  check.Policy
	sink    *output.Sink
	started time.Time
}

// newLint makes the command `plumb perf lint`.
func newLint(e *env.Env) *cobra.Command {
	c := &lintCall{env: e, rules: policy.Flags{Check: rulebook.Perf}}
	cmd := &cobra.Command{
		Use:   "lint [flags] [PLAN]",
		Short: "Check a load plan before anything is sent",
		Long: `PLAN is the plan of the load test: slo.yaml, or the one that plumb.yaml names,
unless given. What contradicts itself in it is wrong usage, told with its line.
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
			if err := c.prepare(); err != nil {
				return err
			}
			return c.run(cmd.Context(), args)
		},
	}
	c.plan.register(cmd)
	c.rules.Register(cmd)
	c.output.Register(cmd)
	cmd.Flags().StringVar(&c.slo, "slo", "", "`FILE` with the objectives of production in OpenSLO v1")
	return cmd
}

// prepare does all that can show wrong usage before the plan is read.
func (c *lintCall) prepare() error {
	c.started = c.env.Now()
	var err error
	if c.project, err = c.rules.Project(c.env); err != nil {
		return err
	}
	section := &c.project.Config.Perf
	if c.policy, err = c.rules.Policy(c.project, section.Rules, section.Ignores); err != nil {
		return err
	}
	c.sink, err = c.output.Open(c.env)
	return err
}

func (c *lintCall) close() {
	if c.sink != nil {
		c.sink.Abort()
	}
}

func (c *lintCall) run(ctx context.Context, args []string) error {
	plan, err := c.plan.load(ctx, c.project, args)
	if err != nil {
		return err
	}
	s := &perflib.PlanSubject{Plan: plan.Plan, Descriptions: plan.Descriptions}
	if c.slo != "" {
		if s.Production, err = readOpenSLO(c.project, c.slo); err != nil {
			return err
		}
	}
	rep, err := perflib.CheckPlan(ctx, s, c.policy)
	if err != nil {
		return err
	}
	rep.Subjects = append(rep.Subjects, plan.Name)
	for _, d := range plan.Documents {
		rep.Subjects = append(rep.Subjects, d.Name)
	}
	merged := check.Merge(c.policy, rep)
	code, err := c.rules.Settle(c.project, &c.output, c.policy.Baseline, merged, rep)
	if err != nil {
		return err
	}
	opts := report.Options{
		Tool: report.Tool{Name: "plumb", Version: version.Number}, Title: "plumb perf lint", HelpURL: version.RulePage,
		Documents: len(plan.Documents) + 1, Duration: c.env.Now().Sub(c.started),
	}
	if err := c.sink.Write(c.project, merged, plan.text, opts); err != nil {
		return err
	}
	return env.Done(code)
}
