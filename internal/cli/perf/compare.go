package perf

import (
	"context"
	"fmt"
	"strings"
	"sync/atomic"
	"time"

	"github.com/spf13/cobra"

	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/plan"
	"github.com/plumbapi/plumb/internal/cli/progress"
	"github.com/plumbapi/plumb/internal/words"
	perflib "github.com/plumbapi/plumb/perf"
	"github.com/plumbapi/plumb/perf/compare"
	"github.com/plumbapi/plumb/perf/compare/view"
)

// compareCall is one call of `plumb perf compare`.
type compareCall struct {
	*call
	send       plan.SendFlags
	base, head []string
	history    string
	options    compare.Options
}

// newCompare makes the command `plumb perf compare`.
func newCompare(e *env.Env) *cobra.Command {
	c := &compareCall{call: newCall(e)}
	cmd := &cobra.Command{
		Use:   "compare [flags] [PLAN]",
		Short: "Say which operations of one version are slower than those of another",
		Long: `Two versions that run at the same time are sent the requests of the plan in
blocks that take turns, which goes first being decided by coins. A pair of
blocks gives one difference for each operation; what slows both down cancels.
An operation is worse when the differences are greater than chance allows, over
all operations together (fewer than one false alarm in a hundred comparisons),
and than --floor.

With --history DIR nothing is sent: the results in the folder, those that plumb
perf run --save wrote, are followed in the order of their times, and an
operation fails when it has gone over to a slower level. That is weaker
evidence: what else has changed between two runs is in it.

PLAN is slo.yaml, or the one that plumb.yaml names.

Exit codes: 0 no operation is worse, 1 findings at or above --fail-on, 2 wrong
usage or plan, 3 the comparison could not be made or finished.`,
		Example: `  plumb perf compare --base http://127.0.0.1:8080 --head http://127.0.0.1:8081 slo.yaml
  plumb perf compare --history results/`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			defer c.close()
			if err := c.begin(); err != nil {
				return err
			}
			if c.history != "" {
				if len(c.base)+len(c.head) > 0 {
					return env.Usagef("--history sends nothing, so --base and --head do not go with it")
				}
				return c.follow(cmd.Context(), args)
			}
			return c.run(cmd.Context(), args)
		},
	}
	flags := cmd.Flags()
	flags.StringArrayVar(&c.base, "base", nil, "where the version that is known runs: `NAME=URL` for each target, or the URL alone")
	flags.StringArrayVar(&c.head, "head", nil, "where the version that is judged runs, in the same form")
	flags.StringVar(&c.history, "history", "", "follow the results in the folder `DIR` instead")
	flags.IntVar(&c.options.Pairs, "pairs", 24, "send `N` pairs of blocks")
	flags.IntVar(&c.options.Requests, "requests", 300, "at least `N` requests of each operation in a block")
	flags.Float64Var(&c.options.Rate, "rate", 0, "send blocks at `RATE` requests a second (default the highest of the plan)")
	flags.DurationVar(&c.options.Longest, "longest", time.Minute, "let no block last longer than `TIME`, where an operation is rare")
	flags.Float64Var(&c.options.Quantile, "quantile", 0.95, "compare this `QUANTILE` of response times")
	flags.Float64Var(&c.options.Floor, "floor", 0.05, "a slowdown up to this `SHARE` does not count")
	flags.Float64Var(&c.options.Effect, "effect", 0.10, "a pass has to rule out a slowdown by this `SHARE`")
	c.send.Register(cmd)
	c.register(cmd)
	_ = cmd.MarkFlagDirname("history")
	return cmd
}

// run sends blocks to both versions.
func (c *compareCall) run(ctx context.Context, args []string) error {
	if err := c.load(ctx, args); err != nil {
		return err
	}
	var senders [2]*plan.Sender
	var about []string
	for side, args := range [][]string{c.base, c.head} {
		side := compare.Side(side)
		urls, err := plan.Sides(c.plan.Plan, "--"+side.String(), args)
		if err != nil {
			return err
		}
		if senders[side], err = c.plan.Sender(&c.send, urls); err != nil {
			return err
		}
		if _, err := senders[side].Engine(c.plan.Plan); err != nil {
			return err
		}
		about = append(about, side.String()+" "+strings.Join(args, " "))
	}
	c.tellNotes(senders[compare.Head].Notes, fewNotes)
	c.options.Seed = c.plan.Seed
	design, err := compare.Plan(c.plan.Plan, c.options)
	if err != nil {
		return env.Usagef("%w", err)
	}
	if d := design.Duration(); d > c.send.MaxDuration {
		return env.Usagef("the comparison would last %s, longer than --max-duration %s: fewer --pairs or --requests, or a higher --rate, shorten it", words.Duration(d), words.Duration(c.send.MaxDuration))
	}
	var sent atomic.Int64
	stop := progress.Start(c.env, c.output.Quiet(), func() string {
		return fmt.Sprintf("comparing, block %d of %d, %s in all", sent.Load()+1, 2*design.Pairs, words.Duration(design.Duration()))
	})
	found, err := compare.Run(ctx, c.plan.Plan, c.options, func(ctx context.Context, b compare.Block) (*perflib.Result, error) {
		defer sent.Add(1)
		return senders[b.Side].Send(ctx, b.Plan)
	})
	stop()
	if err != nil {
		return err
	}
	rep, err := compare.Check(context.WithoutCancel(ctx), found, c.policy)
	if err != nil {
		return err
	}
	rep.Subjects = []string{c.plan.Name}
	member, err := facts("comparison", found)
	if err != nil {
		return err
	}
	return c.finish("plumb perf compare", strings.Join(about, " · "), rep, view.Comparison(found, c.output.All()), member)
}
