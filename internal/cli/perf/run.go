package perf

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/output"
	"github.com/plumbapi/plumb/internal/cli/plan"
	"github.com/plumbapi/plumb/internal/words"
	perflib "github.com/plumbapi/plumb/perf"
	"github.com/plumbapi/plumb/perf/load"
	"github.com/plumbapi/plumb/perf/telemetry"
	"github.com/plumbapi/plumb/perf/view"
)

// runCall is one call of `plumb perf run`.
type runCall struct {
	*call
	send  plan.SendFlags
	shown telemetryFlags
	shard string
	start string
	save  string
	early bool
	part  perflib.Shard
	at    time.Time
}

// newRun makes the command `plumb perf run`.
func newRun(e *env.Env) *cobra.Command {
	c := &runCall{call: newCall(e)}
	c.output.Formats = []string{view.LoadPerformance}
	cmd := &cobra.Command{
		Use:   "run [flags] [PLAN]",
		Short: "Send the load of a plan and judge the budgets",
		Long: `Requests are made from the descriptions and sent when the plan says, whether
answers to earlier ones have come or not; response time begins when a request
was due. Each operation passes, fails, is inconclusive where there were too few
requests to know, or invalid where the measurement cannot be trusted.

PLAN is slo.yaml, or the one that plumb.yaml names.

With --save the result is written to a file: while the run goes on every few
seconds, so that one that is killed keeps what it measured, and once more at
the end. plumb perf judge reads it. With --shard each of several machines sends
its part, and the results are judged together: plumb perf judge 1.json 2.json.

With --metrics-listen Prometheus can follow the run, with --otlp a collector of
OpenTelemetry does; plumb perf export writes what watches production.

Only loopback and private addresses are sent to unless --allow-host names the
host, and only reads unless writes are allowed.

Exit codes: 0 all budgets kept, 1 findings at or above --fail-on, 2 wrong usage
or plan, 3 not measured: no server, an interrupted run, a generator too slow.`,
		Example: `  plumb perf run slo.yaml
  plumb perf run --save result.json --early-stop --target http://127.0.0.1:8080 slo.yaml`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			defer c.close()
			defer c.shown.close()
			if err := c.prepare(cmd.Context(), args); err != nil {
				return err
			}
			return c.run(cmd.Context())
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&c.save, "save", "", "write the result to `FILE`, for plumb perf judge")
	flags.BoolVar(&c.early, "early-stop", false, "end as soon as every verdict is certain")
	flags.StringVar(&c.shard, "shard", "", "send only part `I/N` of the requests, such as 1/4 to 4/4 on four machines")
	flags.StringVar(&c.start, "start", "", "begin at this `TIME`, as 2026-11-27T10:00:00Z, the same for all shards")
	c.send.Register(cmd)
	c.shown.register(cmd)
	c.register(cmd)
	return cmd
}

// prepare does all that can show wrong usage before a request is sent.
func (c *runCall) prepare(ctx context.Context, args []string) (err error) {
	if err := c.begin(); err != nil {
		return err
	}
	c.part = perflib.Shard{Of: 1}
	if c.shard != "" {
		if c.part, err = parseShard(c.shard); err != nil {
			return err
		}
	}
	if c.start != "" {
		if c.at, err = time.Parse(time.RFC3339, c.start); err != nil {
			return env.Usagef("--start %q is no time such as 2026-11-27T10:00:00Z", c.start)
		}
	}
	if c.part.Of > 1 && c.save == "" {
		return env.Usagef("a part of a run is judged with the others, from files: --shard needs --save FILE")
	}
	if err := c.load(ctx, args); err != nil {
		return err
	}
	if err := c.shown.prepare(ctx, c.env); err != nil {
		return err
	}
	if c.save == "" {
		return nil
	}
	f, err := output.Create(c.env.Path(c.save), c.save) // a place that cannot be written to ends the call here
	if err != nil {
		return err
	}
	f.Abort()
	return nil
}

func parseShard(text string) (perflib.Shard, error) {
	i, n, ok := strings.Cut(text, "/")
	index, err1 := strconv.Atoi(i)
	of, err2 := strconv.Atoi(n)
	if !ok || err1 != nil || err2 != nil || index < 1 || index > of {
		return perflib.Shard{}, env.Usagef("--shard %q is no part such as 2/4: the second of four", text)
	}
	return perflib.Shard{Index: index - 1, Of: of}, nil
}

// run sends the plan, and judges it.
func (c *runCall) run(ctx context.Context) error {
	s, err := c.plan.Sender(&c.send, nil)
	if err != nil {
		return err
	}
	c.tellNotes(s.Notes, fewNotes)
	s.Options.Shard, s.Options.Start = c.part, c.at
	if c.early {
		s.Options.Decide = func(settled *perflib.Result) bool { return perflib.Decided(c.plan.Plan, settled) }
	}
	if c.save != "" {
		s.Options.Journal = func(r *perflib.Result) error { return c.saveResult(c.save, r) }
	}
	engine, err := s.Engine(c.plan.Plan)
	if err != nil {
		return err
	}
	if notice := engine.Notice(); notice != "" {
		c.env.Say("plumb: %s", notice)
	}
	hide, err := c.shown.start(c.env, telemetry.Source{Plan: c.plan.Plan, Result: engine.Snapshot})
	if err != nil {
		return err
	}
	defer hide()
	stop := watch(c.env, c.output.Quiet(), c.plan.Plan, engine)
	result, err := engine.Run(ctx)
	stop()
	hide()
	var unreachable *load.Unreachable
	var refused *load.Refused
	switch {
	case errors.As(err, &refused): // a name led to a public address
		return env.Usagef("%s", plan.Refusal(err))
	case result == nil:
		return err
	case err != nil && !errors.As(err, &unreachable):
		c.env.Say("plumb: the run was ended by an error: %v", err)
	}
	return c.judge(ctx, result)
}

// judge says what the result is worth. A part of a run is worth nothing by
// itself.
func (c *runCall) judge(ctx context.Context, r *perflib.Result) error {
	if c.save != "" {
		if err := c.saveResult(c.save, r); err != nil {
			return err
		}
	}
	if ctx.Err() != nil {
		kept := "--save FILE would keep it"
		if c.save != "" {
			kept = c.save + " keeps it"
		}
		c.env.Say("plumb: interrupted after %s of %s; what was measured until then is judged, and %s", words.Duration(r.Elapsed), words.Duration(r.Planned), kept)
	}
	if c.part.Of > 1 {
		return c.shardSent(r)
	}
	a, rep, err := c.assess(ctx, r)
	if err != nil {
		return err
	}
	return c.tell("plumb perf run", a, rep)
}

// shardSent says what a part of a run did, which is judged with the others.
func (c *runCall) shardSent(r *perflib.Result) error {
	var due, sent uint64
	for i := range r.Operations {
		due, sent = due+r.Operations[i].Due, sent+r.Operations[i].Sent
	}
	for _, trouble := range r.Trouble {
		c.env.Say("plumb: %s", trouble)
	}
	if r.Incomplete != "" {
		return env.Incompletef("part %s ended before its plan: %s; %s has the %s that were sent", c.shard, r.Incomplete, c.save, words.Count(int(sent), "request"))
	}
	_, err := fmt.Fprintf(c.env.Stdout, "part %s: %s of %s sent, in %s\nplumb perf judge reads the files of all parts together\n", c.shard, words.Number(int(sent)), words.Number(int(due)), c.save)
	return err
}
