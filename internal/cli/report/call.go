package report

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/gates"
	"github.com/plumbapi/plumb/internal/cli/output"
	"github.com/plumbapi/plumb/internal/cli/progress"
	"github.com/plumbapi/plumb/internal/cli/project"
	"github.com/plumbapi/plumb/snapshot"
	"github.com/plumbapi/plumb/snapshot/view"
)

// call is one call of `plumb report`.
type call struct {
	flags     *flags
	env       *env.Env
	formatted bool             // --format was given
	limited   bool             // --fail-on was given
	project   *project.Project // that of the working directory
	parts     []*part
	criteria  *snapshot.Criteria
	history   []*snapshot.Snapshot
	merged    []*snapshot.Snapshot
	file      *output.File // nil means standard output
	shown     string       // the name of file

	mu    sync.Mutex
	doing string
}

// prepare does all that can show wrong usage before a description is read.
func (c *call) prepare(ctx context.Context, args []string) error {
	f := c.flags
	there := *c.env
	if f.now != "" {
		day, err := time.Parse(time.DateOnly, f.now)
		if err != nil {
			return env.Usagef("--now %q is no date; expected one such as 2026-12-31", f.now)
		}
		there.Now = func() time.Time { return day }
	}
	c.env = &there
	var err error
	if c.project, err = f.policy.Project(c.env); err != nil {
		return err
	}
	for _, h := range f.hooks {
		if err := h.Prepare(c.env, c.project); err != nil {
			return err
		}
	}
	if err := c.readCriteria(); err != nil {
		return err
	}
	if err := c.readHistory(); err != nil {
		return err
	}
	if err := c.readMerged(); err != nil {
		return err
	}
	if err := c.findParts(ctx, args); err != nil {
		return err
	}
	switch {
	case f.output == "-":
	case f.output != "":
		c.shown = f.output
	case !c.formatted:
		c.shown = pagePath
		if err := os.MkdirAll(filepath.Dir(c.env.Path(pagePath)), 0o777); err != nil {
			return env.Usagef("%s cannot be written: %w", pagePath, env.Bare(err))
		}
	}
	if c.shown != "" {
		c.file, err = output.Create(c.env.Path(c.shown), c.shown)
	}
	return err
}

func (c *call) close() {
	if c.file != nil {
		c.file.Abort()
	}
}

func (c *call) run(ctx context.Context) error {
	stop := progress.Start(c.env, c.flags.quiet, c.progress)
	now, err := c.measure(ctx)
	if err == nil && c.flags.tags != "" {
		err = c.readTags(ctx)
	}
	stop()
	if err != nil {
		return err
	}
	if err := c.keep(now); err != nil {
		return err
	}
	in := view.Input{Now: now, History: c.history, Criteria: c.criteria}
	if err := c.write(in); err != nil {
		return err
	}
	return c.hand(ctx, c.code())
}

// progress says what is being done.
func (c *call) progress() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.doing
}

func (c *call) do(format string, args ...any) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.doing = fmt.Sprintf(format, args...)
}

// measure runs the gates and merges what other repositories have measured.
func (c *call) measure(ctx context.Context) (*snapshot.Snapshot, error) {
	var list []*snapshot.Snapshot
	for _, p := range c.parts {
		out, err := gates.Run(ctx, p.project, gates.Options{
			Policy: &c.flags.policy, Source: &c.flags.source, Perf: gates.PerfOptions{Results: c.flags.results}, Usage: true,
			Note:  func(text string) { c.env.Say("plumb: %s", text) },
			Watch: func(api, gate string, _ bool) { c.do("%s: %s", api, gate) },
		})
		if err != nil {
			return nil, err
		}
		s, err := c.snapshot(ctx, p, out)
		if err != nil {
			return nil, err
		}
		p.outcome = out
		list = append(list, s)
	}
	if list = append(list, c.merged...); len(list) == 1 {
		return list[0], nil
	}
	now, err := snapshot.Merge(cmp.Or(c.flags.product, c.project.Config.Report.Product), list...)
	if err != nil {
		return nil, env.Usagef("%w", err)
	}
	return now, nil
}

// keep writes the snapshot where --save says.
func (c *call) keep(now *snapshot.Snapshot) error {
	if c.flags.save == "" {
		return nil
	}
	shown := c.flags.save
	if !strings.HasSuffix(shown, ".json") {
		shown = filepath.Join(shown, snapshot.FileName(now))
	}
	f, err := createBelow(c.env.Path(shown), shown)
	if err != nil {
		return err
	}
	if err := snapshot.Write(f, now); err != nil {
		f.Abort()
		return env.Incompletef("write %s: %w", shown, err)
	}
	return f.Commit()
}

// createBelow begins a file and makes the folders that it stands in.
func createBelow(path, shown string) (*output.File, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		return nil, env.Usagef("%s cannot be written: %w", shown, env.Bare(err))
	}
	return output.Create(path, shown)
}

// write writes the report, and where that is the page by default, a few lines
// about it.
func (c *call) write(in view.Input) error {
	if c.file == nil {
		if err := view.Write(c.env.Stdout, c.flags.format.Value, in); err != nil {
			return env.Incompletef("%w", err)
		}
		return nil
	}
	if err := view.Write(c.file, c.flags.format.Value, in); err != nil {
		return env.Incompletef("write %s: %w", c.shown, err)
	}
	if err := c.file.Commit(); err != nil {
		return err
	}
	if c.flags.quiet || c.formatted || c.flags.output != "" {
		return nil
	}
	if err := view.Text(c.env.Stdout, in); err != nil {
		return env.Incompletef("%w", err)
	}
	_, err := fmt.Fprintln(c.env.Stdout, "report: "+c.shown)
	return err
}

// code is the exit code that the findings mean.
func (c *call) code() int {
	limit, _ := check.ParseSeverity(c.flags.failOn.Value)
	code := env.Clean
	for _, p := range c.parts {
		rep := p.outcome.Report
		for _, inc := range rep.Incomplete {
			name := inc.File
			if name != "" {
				name = p.project.Shown(name) + ": "
			}
			c.env.Say("plumb: %s%s", name, inc.Message)
			code = env.Incomplete
		}
		if code == env.Clean && c.flags.failOn.Value != never && rep.Worst() >= limit {
			code = env.Findings
		}
	}
	return code
}

// hand hands the run on to the tools. What other repositories have measured is in
// the page, and no finding of theirs is told: they tell it themselves.
func (c *call) hand(ctx context.Context, code int) error {
	if len(c.parts) == 0 {
		return env.Done(code)
	}
	r := &gates.Result{Env: c.env, Project: c.project, FailOn: check.Error}
	if c.limited {
		r.FailOn, _ = check.ParseSeverity(c.flags.failOn.Value) // 0 of never
	}
	var looked []gates.Part
	for _, p := range c.parts {
		looked = append(looked, gates.Part{Project: p.project, Outcome: p.outcome})
		r.Outcomes = append(r.Outcomes, p.outcome)
	}
	r.Report = gates.Join(c.project, looked)
	return gates.Hand(ctx, c.flags.hooks, r, code)
}
