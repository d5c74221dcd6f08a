package integrations

import (
	"context"
	"net"
	"net/http"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"github.com/plumbapi/plumb/integration"
	"github.com/plumbapi/plumb/internal/cli/deliver"
	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/listening"
	"github.com/plumbapi/plumb/internal/cli/names"
	"github.com/plumbapi/plumb/internal/cli/project"
	"github.com/plumbapi/plumb/internal/safe"
	"github.com/plumbapi/plumb/internal/words"
)

// listenCall is one call of `plumb integrations listen`.
type listenCall struct {
	env      *env.Env
	config   string
	address  string
	waivers  string
	report   string
	count    int
	duration time.Duration

	file *waiverFile

	mu             sync.Mutex
	taken, refused int
	done           chan struct{}
}

// newListen makes the command `plumb integrations listen`.
func newListen(e *env.Env) *cobra.Command {
	c := &listenCall{env: e, done: make(chan struct{})}
	cmd := &cobra.Command{
		Use:   "listen [flags] NAME",
		Short: "Take answers of people in a tool back as waivers",
		Long: `Who presses "Snooze" in Slack, or closes an issue in Jira as "won't do", answers a
finding. The tool tells it to the address where this command listens, and the answer
becomes a waiver in the file of --waivers: who answers for it, why and until when.
Such a file is a proposal. What of it counts is for a person to put into plumb.yaml.

Only calls with the tool's own signature are taken, within its time, each once, also
after a start anew. Others are refused. --report names the report that was sent, by
which answers that tell only a fingerprint find their rule and element.

It listens on this machine only, unless --addr says otherwise; a proxy with TLS
stands before it. Ctrl-C ends it, and so do --count and --for.

Exit codes: 0 ended with every call taken, 1 some were refused, 2 wrong usage, a
secret that is missing or a tool that never answers, 3 it cannot listen or write.`,
		Example: `  plumb integrations listen slack --waivers waivers.yaml --for 10m
  plumb integrations listen jira --waivers waivers.yaml --for 10m`,
		Args:              oneName("listen"),
		RunE:              func(cmd *cobra.Command, args []string) error { return c.run(cmd.Context(), args[0]) },
		ValidArgsFunction: completeNames,
	}
	flags := cmd.Flags()
	flags.StringVar(&c.config, "config", "", "take this `FILE` instead of the plumb.yaml that is found")
	flags.StringVar(&c.waivers, "waivers", "", "add the waivers to this `FILE`")
	flags.StringVar(&c.report, "report", "", "the JSON report in `FILE` that was sent")
	flags.StringVar(&c.address, "addr", "127.0.0.1:8086", "listen on this `ADDRESS`; port 0 takes any that is free")
	flags.IntVar(&c.count, "count", 0, "end after `N` calls")
	flags.DurationVar(&c.duration, "for", 0, "end after this `TIME`")
	return cmd
}

func (c *listenCall) run(ctx context.Context, name string) error {
	switch {
	case c.waivers == "":
		return env.Usagef("listen needs a file for the waivers: plumb integrations listen %s --waivers waivers.yaml", name)
	case c.count < 0:
		return env.Usagef("--count %d: expected 1 or more", c.count)
	case c.duration < 0:
		return env.Usagef("--for %s: expected a time above 0", c.duration)
	}
	if _, _, err := net.SplitHostPort(c.address); err != nil {
		return env.Usagef("--addr %q is no address, such as 127.0.0.1:8086", c.address)
	}
	p, err := project.Open(c.env, c.config, names.Config())
	if err != nil {
		return err
	}
	handler, err := c.handler(p, name)
	if err != nil {
		return err
	}
	l, err := listening.Open(ctx, c.address)
	if err != nil {
		return err
	}
	c.env.Say("plumb: listening on http://%s, Ctrl-C ends it", l.Addr())
	return c.serve(ctx, l, handler)
}

// handler is what takes the calls of a tool.
func (c *listenCall) handler(p *project.Project, name string) (http.Handler, error) {
	tool, err := deliver.Find(name)
	if err != nil {
		return nil, err
	}
	receiver, ok := tool.(integration.Receiver)
	if !ok {
		return nil, env.Usagef("%s never calls back; slack and jira do", name)
	}
	inputs, err := deliver.InputsToReceive(p, tool)
	if err != nil {
		return nil, err
	}
	c.file = &waiverFile{path: c.env.Path(c.waivers), shown: c.waivers}
	if c.report != "" {
		read, err := deliver.ReadFindings(c.env, c.report)
		if err != nil {
			return nil, err
		}
		c.file.findings = read.Report.Findings
	}
	if _, err := c.file.read(); err != nil {
		return nil, err
	}
	handler, err := receiver.Receive(inputs, c.env.Now, c.take)
	if err != nil {
		return nil, env.Usagef("%w", err)
	}
	return handler, nil
}

// take keeps an answer.
func (c *listenCall) take(a *integration.Answer) error {
	added, err := c.file.add(a)
	switch {
	case err != nil:
		c.env.Say("plumb: %s", safe.Line(err.Error()))
	case added:
		c.env.Say("plumb: %s: %s until %s, %s", safe.Line(a.Waiver.Owner), safe.Line(a.Waiver.Rule+" "+a.Waiver.Element), a.Waiver.Until.Format(time.DateOnly), safe.Line(a.Waiver.Reason))
	}
	return err
}

// serve takes calls until somebody ends that.
func (c *listenCall) serve(ctx context.Context, l net.Listener, handler http.Handler) error {
	counted := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		seen := &statusWriter{ResponseWriter: w}
		handler.ServeHTTP(seen, r)
		c.called(seen.status)
	})
	if err := listening.Serve(ctx, l, counted, c.duration, c.done); err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.env.Say("plumb: %s taken, %s refused", words.Count(c.taken, "call"), words.Number(c.refused))
	if c.refused > 0 {
		return env.Done(env.Findings)
	}
	return nil
}

// called counts a call by its answer.
func (c *listenCall) called(status int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if status >= http.StatusBadRequest {
		c.refused++
	} else {
		c.taken++
	}
	if c.taken+c.refused == c.count {
		close(c.done)
	}
}

// statusWriter keeps the status of an answer.
type statusWriter struct {
	http.ResponseWriter
	status int
}

// WriteHeader implements http.ResponseWriter.
func (w *statusWriter) WriteHeader(status int) {
	w.status = status
	w.ResponseWriter.WriteHeader(status)
}
