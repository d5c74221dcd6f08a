package check

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/gates"
	"github.com/plumbapi/plumb/internal/cli/output"
	"github.com/plumbapi/plumb/internal/cli/progress"
	"github.com/plumbapi/plumb/internal/cli/project"
	"github.com/plumbapi/plumb/internal/cli/version"
	"github.com/plumbapi/plumb/report"
)

// call is one call of the command.
type call struct {
	env     *env.Env
	opts    *options
	project *project.Project
	sink    *output.Sink
	parts   []*part
	started time.Time

	mu      sync.Mutex
	running []string // gates under way, for the terminal
	done    int
}

// run is the command.
func run(ctx context.Context, e *env.Env, o *options, args []string) error {
	c := &call{env: e, opts: o, started: e.Now()}
	if err := c.prepare(ctx, args); err != nil {
		return err
	}
	defer c.sink.Abort()
	if err := c.check(ctx); err != nil {
		return err
	}
	return c.finish(ctx)
}

// prepare does all that can show wrong usage before a description is read.
func (c *call) prepare(ctx context.Context, args []string) (err error) {
	if c.project, err = c.opts.policy.Project(c.env); err != nil {
		return err
	}
	if len(c.opts.results) > 0 && len(c.opts.targets) > 0 {
		return env.Usagef("--perf-result judges what was measured and --perf-target measures; give one of them")
	}
	for _, h := range c.opts.hooks {
		if err := h.Prepare(c.env, c.project); err != nil {
			return err
		}
	}
	if err := c.findParts(ctx, args); err != nil {
		return err
	}
	c.sink, err = c.opts.output.Open(c.env)
	return err
}

// check runs the gates of all projects, one project after the other: the gates
// of each take all processors.
func (c *call) check(ctx context.Context) error {
	stop := progress.Start(c.env, c.opts.output.Quiet(), c.progress)
	defer stop()
	for _, p := range c.parts {
		var err error
		p.outcome, err = gates.Run(ctx, p.project, gates.Options{
			Only: c.opts.only, API: c.opts.api, ChangedFrom: c.opts.changedFrom,
			Policy: &c.opts.policy, Source: &c.opts.source,
			Perf: gates.PerfOptions{Results: c.opts.results, Targets: c.opts.targets, Early: true},
			Note: c.note, Watch: c.watch,
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (c *call) note(text string) {
	if !c.opts.output.Quiet() {
		c.env.Say("plumb: %s", text)
	}
}

// watch keeps what is under way.
func (c *call) watch(api, gate string, done bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	name := gate + " of " + api
	if !done {
		c.running = append(c.running, name)
		return
	}
	c.done++
	c.running = slices.DeleteFunc(c.running, func(s string) bool { return s == name })
}

// progress says what is under way, for a terminal.
func (c *call) progress() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.running) == 0 {
		return "reading descriptions"
	}
	return fmt.Sprintf("%d gates done, %s under way", c.done, strings.Join(c.running, ", "))
}

// finish puts the projects together and hands them on.
func (c *call) finish(ctx context.Context) error {
	rep := gates.Join(c.project, c.looked())
	code := env.Clean
	for _, p := range c.parts {
		out := p.outcome
		settled, err := c.opts.policy.Settle(p.project, &c.opts.output, out.Policy.Baseline, out.Report, out.Looked...)
		if err != nil {
			return err
		}
		code = max(code, settled)
	}
	opts := report.Options{
		Tool: report.Tool{Name: "plumb", Version: version.Number}, Title: "plumb check",
		HelpURL: c.rulePage, Applies: c.applies, Documents: c.documents(), Duration: c.env.Now().Sub(c.started),
		Extra: c.members(), Facts: c.facts(),
	}
	if c.opts.changedFrom != "" {
		opts.Context = "changes since " + c.opts.changedFrom
	}
	if err := c.sink.Write(c.project, rep, c.text, opts); err != nil {
		return err
	}
	return c.hooks(ctx, rep, code)
}

// hooks hands the run on. What it came to stands, unless a hook insists.
func (c *call) hooks(ctx context.Context, rep *check.Report, code int) error {
	r := &gates.Result{Env: c.env, Project: c.project, Report: rep, FailOn: c.opts.output.FailOn(), ChangedFrom: c.opts.changedFrom}
	for _, p := range c.parts {
		r.Outcomes = append(r.Outcomes, p.outcome)
	}
	return gates.Hand(ctx, c.opts.hooks, r, code)
}

func (c *call) documents() int {
	n := 0
	for _, p := range c.parts {
		for i := range p.outcome.APIs {
			n += len(p.outcome.APIs[i].Documents)
		}
	}
	return n
}

// text returns the text of a file, by canonical name.
func (c *call) text(name string) (string, bool) {
	for _, p := range c.parts {
		inner := c.inner(p, name)
		if text, ok := p.outcome.Text(inner); ok {
			return text, true
		}
		if text, ok := p.project.ConfigText(inner); ok {
			return text, true
		}
	}
	return "", false
}

// applies reports whether a rule looked at a subject.
func (c *call) applies(subject string, rule *check.Meta) bool {
	for _, p := range c.parts {
		if p.outcome.Applies(c.inner(p, subject), rule) {
			return true
		}
	}
	return false
}

// rulePage is the address of the page about a rule: plumb's, or what the ruleset
// that has it says.
func (c *call) rulePage(rule string) string {
	for _, p := range c.parts {
		if page, ok := p.outcome.Rulesets.Page(rule); ok {
			return page
		}
	}
	return version.RulePage(rule)
}
