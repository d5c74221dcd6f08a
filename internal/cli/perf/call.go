package perf

import (
	"context"
	"encoding/json"
	"time"

	"github.com/spf13/cobra"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/output"
	"github.com/plumbapi/plumb/internal/cli/plan"
	"github.com/plumbapi/plumb/internal/cli/policy"
	"github.com/plumbapi/plumb/internal/cli/project"
	"github.com/plumbapi/plumb/internal/cli/version"
	"github.com/plumbapi/plumb/internal/rulebook"
	"github.com/plumbapi/plumb/report"
)

// call is what all commands that judge a plan have in common.
type call struct {
	env     *env.Env
	flags   plan.Flags
	rules   policy.Flags
	output  output.Flags
	project *project.Project
	plan    *plan.Loaded
	policy  check.Policy
	sink    *output.Sink
	started time.Time
}

func newCall(e *env.Env) *call {
	return &call{env: e, rules: policy.Flags{Check: rulebook.Perf}}
}

func (c *call) register(cmd *cobra.Command) {
	c.flags.Register(cmd)
	c.rules.Register(cmd)
	c.output.Register(cmd)
}

// begin reads the project and the policy.
func (c *call) begin() (err error) {
	c.started = c.env.Now()
	if c.project, err = c.rules.Project(c.env); err != nil {
		return err
	}
	section := &c.project.Config.Perf
	c.policy, err = c.rules.Policy(c.project, section.Rules, section.Ignores)
	return err
}

// load reads the plan and opens what results go to.
func (c *call) load(ctx context.Context, args []string) (err error) {
	if c.plan, err = c.flags.Load(ctx, c.project, args); err != nil {
		return err
	}
	return c.open()
}

// open opens what results go to.
func (c *call) open() (err error) {
	c.sink, err = c.output.Open(c.env)
	return err
}

// facts makes facts a member of the JSON output. Their durations are whole
// nanoseconds, as encoding/json writes them.
func facts(name string, v any) (report.Member, error) {
	text, err := json.Marshal(v)
	return report.Member{Name: name, Value: json.RawMessage(text)}, err
}

// close leaves files as they were that have not been written.
func (c *call) close() {
	if c.sink != nil {
		c.sink.Abort()
	}
}

// finish hands facts and findings on.
func (c *call) finish(title, about string, rep *check.Report, facts *report.Facts, extra ...report.Member) error {
	merged := check.Merge(c.policy, rep)
	code, err := c.rules.Settle(c.project, &c.output, c.policy.Baseline, merged, rep)
	if err != nil {
		return err
	}
	opts := report.Options{
		Tool: report.Tool{Name: "plumb", Version: version.Number}, Title: title, HelpURL: version.RulePage, Context: about,
		Duration: c.env.Now().Sub(c.started), Extra: extra, Facts: facts,
	}
	text := func(string) (string, bool) { return "", false }
	if c.plan != nil {
		text = c.plan.TextOf
	}
	if err := c.sink.Write(c.project, merged, text, opts); err != nil {
		return err
	}
	return env.Done(code)
}
