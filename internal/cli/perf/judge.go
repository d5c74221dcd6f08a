package perf

import (
	"context"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/plan"
	"github.com/plumbapi/plumb/internal/cli/progress"
	"github.com/plumbapi/plumb/internal/safe"
	"github.com/plumbapi/plumb/internal/words"
	perflib "github.com/plumbapi/plumb/perf"
	"github.com/plumbapi/plumb/perf/engines"
	"github.com/plumbapi/plumb/perf/view"
)

// judgeCall is one call of `plumb perf judge`.
type judgeCall struct {
	*call
	file      string // of the plan
	operation string
	save      string
	maxLag    time.Duration
}

// newJudge makes the command `plumb perf judge`.
func newJudge(e *env.Env) *cobra.Command {
	c := &judgeCall{call: newCall(e)}
	c.output.Formats = []string{view.LoadPerformance}
	cmd := &cobra.Command{
		Use:   "judge [flags] FILE...",
		Short: "Judge what was measured by the budgets of a plan",
		Long: `FILE is a result that plumb perf run --save wrote, or what k6, vegeta, wrk2, oha,
fortio or hey measured. Several are added up: the shards of a run, or its
repeats.

Each operation is said to pass or to fail where that is no chance, and to be
inconclusive where there were too few requests to know. What cannot be
trusted (nothing was sent, the generator was late, the target could not be
reached, a shard is missing) is invalid, and never passes.

The plan is that of --plan, else that of plumb.yaml, else slo.yaml. --only,
--max-lag and --seed say the same as for plumb perf run: what was sent with
--seed 7 is judged with it. Of a whole run, --only judges a part.

Exit codes: 0 no budget is exceeded, 1 findings at or above --fail-on, 2 wrong
usage or plan, 3 something was not measured, or a file cannot be read.`,
		Example: `  plumb perf judge --plan slo.yaml result.json
  plumb perf judge --report html=report.html --report load-performance=load.json shard-*.json`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return env.Usagef("no result is given; plumb perf run --save result.json writes one")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			defer c.close()
			if err := c.begin(); err != nil {
				return err
			}
			var named []string
			if c.file != "" {
				named = []string{c.file}
			}
			if err := c.load(cmd.Context(), named); err != nil {
				return err
			}
			if c.maxLag > 0 {
				c.plan.MaxLag = c.maxLag
			}
			if err := c.known(); err != nil {
				return err
			}
			return c.run(cmd.Context(), args)
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&c.file, "plan", "", "judge by the budgets of the plan in `FILE`")
	flags.StringVar(&c.operation, "operation", "", "all that a tool measured is for the operation `NAME`, such as \"GET /issues\"")
	c.flags.Judging = true
	c.flags.RegisterPart(cmd, "of a run of them or of the whole plan")
	flags.DurationVar(&c.maxLag, "max-lag", 0, "trust a measurement whose generator was late by up to `TIME` (default that of the plan)")
	flags.StringVar(&c.save, "save", "", "write the sum of all results to `FILE`")
	c.rules.Register(cmd)
	c.output.Register(cmd)
	return cmd
}

// known checks that --operation names one of the plan.
func (c *judgeCall) known() error {
	if c.operation == "" || c.plan.Operation(c.operation) >= 0 {
		return nil
	}
	var names []string
	for i := range c.plan.Operations {
		names = append(names, c.plan.Operations[i].Name)
	}
	return env.Usagef("--operation: %w", env.Unknown("operation", c.operation, names))
}

func (c *judgeCall) run(ctx context.Context, args []string) error {
	stop := progress.Start(c.env, c.output.Quiet(), func() string { return "reading " + words.Count(len(args), "result") })
	whole, notes, err := c.read(args)
	stop()
	if err != nil {
		return err
	}
	if c.save != "" {
		if err := c.saveResult(c.save, whole); err != nil {
			return err
		}
	}
	return c.conclude(ctx, "plumb perf judge", c.part(whole), notes...)
}

// part leaves what --only names of a result of the whole plan. What it counted
// is by the same objectives.
func (c *judgeCall) part(r *perflib.Result) *perflib.Result {
	if c.plan.Plan == c.plan.Whole {
		return r
	}
	part := *r
	if r.Plan == c.plan.Whole.Digest() {
		part.Plan = c.plan.Digest()
	}
	part.Operations = slices.DeleteFunc(slices.Clone(r.Operations), func(m perflib.Measured) bool { return c.plan.Operation(m.Operation) < 0 })
	return &part
}

// read reads all results and adds them up.
func (c *judgeCall) read(args []string) (whole *perflib.Result, notes []string, err error) {
	var results []*perflib.Result
	for _, arg := range args {
		note := func(text string) {
			if len(args) > 1 {
				text = arg + ": " + text
			}
			notes = append(notes, text)
		}
		r, err := c.readOne(arg, engines.Options{Operation: c.operation, Note: note})
		if err != nil {
			return nil, nil, err
		}
		results = append(results, r)
	}
	if len(results) == 1 {
		return results[0], notes, nil
	}
	if whole, err = perflib.Merge(results...); err != nil {
		return nil, nil, env.Usagef("%s: these do not belong together", safe.Line(err.Error()))
	}
	return whole, notes, nil
}

// readOne reads a result: of the whole plan, or else of what --only names of
// it, which k6 may have been sent too.
func (c *judgeCall) readOne(arg string, o engines.Options) (*perflib.Result, error) {
	r, err := plan.ReadResult(c.env, c.plan.Whole, arg, o)
	if err != nil && c.plan.Plan != c.plan.Whole {
		if r, err := plan.ReadResult(c.env, c.plan.Plan, arg, o); err == nil {
			return r, nil
		}
	}
	return r, err
}
