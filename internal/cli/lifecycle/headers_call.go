package lifecycle

import (
	"bufio"
	"context"
	"errors"
	"net/url"
	"os"
	"sync/atomic"
	"time"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/cli/accesslog"
	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/output"
	"github.com/plumbapi/plumb/internal/cli/progress"
	"github.com/plumbapi/plumb/internal/cli/project"
	"github.com/plumbapi/plumb/internal/cli/source"
	"github.com/plumbapi/plumb/internal/cli/version"
	"github.com/plumbapi/plumb/internal/safe"
	"github.com/plumbapi/plumb/internal/words"
	lifecyclelib "github.com/plumbapi/plumb/lifecycle"
	"github.com/plumbapi/plumb/lifecycle/headers"
	"github.com/plumbapi/plumb/lifecycle/headers/view"
	"github.com/plumbapi/plumb/report"
)

// headersCall is one call of `plumb lifecycle headers`.
type headersCall struct {
	flags   *headersFlags
	env     *env.Env
	args    []string
	started time.Time
	project *project.Project
	policy  check.Policy
	loader  *source.Loader
	sink    *output.Sink
	doc     *source.Document
	judge   *headers.Judge
	options headers.Options
}

// prepare reads the settings and the description.
func (c *headersCall) prepare(ctx context.Context) error {
	f, e := c.flags, c.env
	var err error
	if c.project, err = f.policy.Project(e); err != nil {
		return err
	}
	section := &c.project.Config.Lifecycle
	if c.policy, err = f.policy.Policy(c.project, section.Rules, section.Ignores); err != nil {
		return err
	}
	settings, err := f.settings.Load(c.project)
	if err != nil {
		return err
	}
	if c.loader, err = f.source.Loader(c.project, "plumb/"+version.Number); err != nil {
		return err
	}
	if c.sink, err = f.output.Open(e); err != nil {
		return err
	}
	if project.IsURL(c.args[0]) {
		c.loader.Fetcher.Type(c.args[0])
	}
	if c.doc, err = c.loader.Load(ctx, c.args[0]); err != nil {
		return err
	}
	if c.doc.GraphQL != nil {
		return env.Usagef("%s is a GraphQL schema; the fields are those of REST, so an OpenAPI description is needed", c.shown(c.args[0]))
	}
	if c.doc.OpenAPI != nil {
		c.options.Inventory = settings.Carriers.Inspect(c.doc.OpenAPI)
	}
	if settings.Policy != nil {
		c.options.Releases = settings.Policy.For(lifecyclelib.REST).Releases
	}
	return nil
}

func (c *headersCall) close() {
	if c.loader != nil {
		c.loader.Close()
	}
	if c.sink != nil {
		c.sink.Abort()
	}
}

func (c *headersCall) shown(arg string) string { return safe.Line(project.PublicURL(arg)) }

// look reads and asks what is to be held against the description.
func (c *headersCall) look(ctx context.Context) error {
	o := headers.JudgeOptions{Options: c.options, Now: c.env.Now(), Bases: c.flags.bases, Hosts: c.flags.hosts}
	for _, arg := range c.args[1:] {
		if project.IsURL(arg) {
			u, err := url.Parse(arg)
			if err != nil {
				return env.Usagef("%q is no URL of a server", c.shown(arg))
			}
			o.Bases = append(o.Bases, u.Path)
			if len(o.Hosts) > 0 {
				o.Hosts = append(o.Hosts, u.Host)
			}
		}
	}
	c.judge = headers.NewJudge(c.doc.OpenAPI, o)
	for _, arg := range c.args[1:] {
		read := c.read
		if project.IsURL(arg) {
			read = c.ask
		}
		if err := read(ctx, arg); err != nil {
			return err
		}
	}
	return nil
}

// ask asks a server. One that is away makes the result incomplete.
func (c *headersCall) ask(ctx context.Context, arg string) error {
	plan := c.makePlan()
	c.loader.Fetcher.Type(arg)
	var sent atomic.Int64
	stop := progress.Start(c.env, c.flags.output.Quiet(), func() string {
		return "asking " + c.shown(arg) + ", request " + words.Number(int(sent.Load())) + " of " + words.Number(len(plan.Asks))
	})
	defer stop()
	err := plan.Run(ctx, c.judge, headers.AskOptions{
		Base: arg, Client: c.loader.Fetcher.Client(), Rate: c.flags.rate, Budget: c.flags.budget,
		Now: func() time.Time { sent.Add(1); return c.env.Now() },
	})
	var gone *headers.UnreachableError
	if errors.As(err, &gone) {
		c.judge.Fail(gone.Error())
		return nil
	}
	return err
}

func (c *headersCall) makePlan() *headers.Plan {
	return headers.NewPlan(c.doc.OpenAPI, headers.PlanOptions{Options: c.options, All: c.flags.undeprecated, Values: c.flags.values()})
}

// read reads a file of recorded traffic. One that is not there is wrong usage.
func (c *headersCall) read(ctx context.Context, arg string) error {
	in, name := c.env.Stdin, "<stdin>"
	if arg != "-" {
		file, err := os.Open(c.env.Path(arg))
		if err != nil {
			return env.Incompletef("%s cannot be read: %w", c.shown(arg), env.Bare(err))
		}
		defer func() { _ = file.Close() }()
		in, name = file, arg
	}
	var n atomic.Int64
	stop := progress.Start(c.env, c.flags.output.Quiet(), func() string {
		return "reading " + safe.Line(name) + ", " + words.Number(int(n.Load()>>20)) + " MiB"
	})
	defer stop()
	return headers.ReadHAR(ctx, c.judge, bufio.NewReaderSize(accesslog.Count(in, &n), 1<<18), safe.Line(name))
}

// writePlan says what a server would be asked.
func (c *headersCall) writePlan() error {
	plan := c.makePlan()
	if c.flags.output.Format() == "json" {
		return report.Value(c.env.Stdout, plan)
	}
	return view.Plan(c.env.Stdout, plan)
}

// unread reports a description that cannot be read.
func (c *headersCall) unread() error {
	rep, err := source.Unread(c.policy, c.doc)
	if err != nil {
		return err
	}
	return c.write(rep, c.reportOptions(0))
}

// finish judges and hands facts and findings on.
func (c *headersCall) finish(ctx context.Context) error {
	result := c.judge.Result()
	rep, err := headers.Check(ctx, result, c.policy)
	if err != nil {
		return err
	}
	opts := c.reportOptions(1)
	opts.Extra = []report.Member{{Name: "headers", Value: result}}
	opts.Facts = view.Facts(result, c.flags.output.All())
	return c.write(rep, opts)
}

func (c *headersCall) reportOptions(documents int) report.Options {
	return report.Options{
		Tool: report.Tool{Name: "plumb", Version: version.Number}, Title: "plumb lifecycle headers", HelpURL: version.RulePage,
		Documents: documents, Duration: c.env.Now().Sub(c.started),
	}
}

// write writes a report, and the baseline where that is asked for.
func (c *headersCall) write(rep *check.Report, opts report.Options) error {
	f := c.flags
	merged := check.Merge(c.policy, rep)
	code, err := f.policy.Settle(c.project, &f.output, c.policy.Baseline, merged, rep)
	if err != nil {
		return err
	}
	if err := c.sink.Write(c.project, merged, c.text, opts); err != nil {
		return err
	}
	return env.Done(code)
}

// text returns the text of a file, by canonical name.
func (c *headersCall) text(name string) (string, bool) {
	return source.Text(c.project, name, c.doc)
}
