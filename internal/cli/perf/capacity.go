package perf

import (
	"context"
	"fmt"
	"sync/atomic"
	"time"

	"github.com/spf13/cobra"

	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/plan"
	"github.com/plumbapi/plumb/internal/cli/progress"
	perflib "github.com/plumbapi/plumb/perf"
	"github.com/plumbapi/plumb/perf/capacity"
	"github.com/plumbapi/plumb/perf/capacity/view"
)

// newCapacity makes the command `plumb perf capacity`.
func newCapacity(e *env.Env) *cobra.Command {
	c, send, o := newCall(e), &plan.SendFlags{}, &capacity.Options{}
	cmd := &cobra.Command{
		Use:   "capacity [flags] [PLAN]",
		Short: "Find the highest rate at which every operation keeps its budget",
		Long: `One rate after the other is sent for a while, with the operations of the plan in
their shares, until it is known to within a percent or so from which rate on a
budget is broken: about a dozen probes. The search ends where the generator,
and not the service, is the limit.

With --min RATE the service has to bear a rate: pass, fail, or inconclusive
where that lies within what the search cannot tell.

PLAN is slo.yaml, or the one that plumb.yaml names.

Exit codes: 0 found, and enough, 1 findings at or above --fail-on, 2 wrong usage
or plan, 3 the search could not be made or finished.`,
		Example: `  plumb perf capacity slo.yaml
  plumb perf capacity --start 50 --min 200 --probe 1m slo.yaml`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			defer c.close()
			if err := c.begin(); err != nil {
				return err
			}
			if err := c.load(cmd.Context(), args); err != nil {
				return err
			}
			return c.search(cmd.Context(), send, *o)
		},
	}
	flags := cmd.Flags()
	flags.Float64Var(&o.Start, "start", 0, "begin at `RATE` requests a second (default the highest of the plan)")
	flags.Float64Var(&o.Lowest, "lowest", 0, "probe no lower `RATE`")
	flags.Float64Var(&o.Highest, "highest", 0, "probe no higher `RATE` (default that of --max-rate)")
	flags.Float64Var(&o.Min, "min", 0, "the service has to bear this `RATE`")
	flags.DurationVar(&o.Length, "probe", 30*time.Second, "judge each probe for this `TIME`")
	flags.IntVar(&o.Probes, "probes", 12, "make at most `N` probes")
	send.Register(cmd)
	c.register(cmd)
	return cmd
}

// search looks for the capacity of the servers of the plan.
func (c *call) search(ctx context.Context, flags *plan.SendFlags, o capacity.Options) error {
	s, err := c.plan.Sender(flags, nil)
	if err != nil {
		return err
	}
	c.tellNotes(s.Notes, fewNotes)
	if _, err := s.Engine(c.plan.Plan); err != nil {
		return err
	}
	if o.Highest == 0 {
		o.Highest = flags.MaxRate
	}
	var made atomic.Int64
	var rate atomic.Value
	rate.Store("")
	stop := progress.Start(c.env, c.output.Quiet(), func() string {
		return fmt.Sprintf("probe %d of at most %d, %v", made.Load(), o.Probes, rate.Load())
	})
	found, err := capacity.Search(ctx, c.plan.Plan, o, func(ctx context.Context, at float64, p *perflib.Plan) (*perflib.Result, error) {
		made.Add(1)
		rate.Store(view.Rate(at))
		return s.Send(ctx, p)
	})
	stop()
	if err != nil {
		return env.Usagef("%w", err)
	}
	found.Location.File = c.plan.Name
	rep, err := capacity.Check(context.WithoutCancel(ctx), found, c.policy)
	if err != nil {
		return err
	}
	rep.Subjects = []string{c.plan.Name}
	member, err := facts("capacity", found)
	if err != nil {
		return err
	}
	return c.finish("plumb perf capacity", "", rep, view.Facts(found), member)
}
