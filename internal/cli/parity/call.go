package parity

import (
	"context"
	"fmt"
	"sync/atomic"
	"time"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/cli/decisions"
	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/output"
	"github.com/plumbapi/plumb/internal/cli/policy"
	"github.com/plumbapi/plumb/internal/cli/progress"
	"github.com/plumbapi/plumb/internal/cli/source"
	"github.com/plumbapi/plumb/internal/cli/version"
	"github.com/plumbapi/plumb/internal/words"
	paritylib "github.com/plumbapi/plumb/parity"
	"github.com/plumbapi/plumb/report"
)

// call is one call of the command.
type call struct {
	loader
	opts    *options
	policy  check.Policy
	sink    *output.Sink
	pairs   []pair
	started time.Time
}

// prepare does all that can show wrong usage before a description is read.
func prepare(e *env.Env, o *options, args []string) (*call, error) {
	if err := o.source.Validate(args); err != nil {
		return nil, err
	}
	if err := o.pair.validate(); err != nil {
		return nil, err
	}
	c, err := prepareWith(e, &o.source, &o.policy, &o.pair, args)
	if err != nil {
		return nil, err
	}
	c.opts = o
	if c.sink, err = o.output.Open(e); err != nil {
		return nil, err
	}
	return c, nil
}

// prepareWith finds the project, the pairs and the policy.
func prepareWith(e *env.Env, src *source.Flags, pol *policy.Flags, pair *pairFlags, args []string) (*call, error) {
	c := &call{loader: loader{env: e}, started: e.Now()}
	var err error
	if c.project, err = pol.Project(e); err != nil {
		return nil, err
	}
	if c.pairs, err = pair.pairs(c.project, args); err != nil {
		return nil, err
	}
	if err := pair.place(c.project, c.pairs); err != nil {
		return nil, err
	}
	section := &c.project.Config.Parity
	if c.policy, err = pol.Policy(c.project, section.Rules, section.Ignores); err != nil {
		return nil, err
	}
	if c.loader.loader, err = src.Loader(c.project, "plumb/"+version.Number); err != nil {
		return nil, err
	}
	return c, nil
}

func (c *call) close() {
	c.loader.loader.Close()
	c.sink.Abort()
}

// compareAll compares one pair after the other: each takes all processors.
func (c *call) compareAll(ctx context.Context) error {
	var done atomic.Int32
	stop := progress.Start(c.env, c.opts.output.Quiet(), func() string {
		return fmt.Sprintf("%d of %s compared", done.Load(), words.Count(len(c.pairs), "pair"))
	})
	defer stop()
	for i := range c.pairs {
		if err := c.compare(ctx, &c.pairs[i]); err != nil {
			return err
		}
		done.Add(1)
	}
	return nil
}

// compare reads, matches and judges a pair.
func (c *call) compare(ctx context.Context, p *pair) error {
	p.opts = c.opts.pair.options(c.project)
	if err := c.load(ctx, p, c.opts.updateLock.Value != ""); err != nil {
		return err
	}
	if p.failed() {
		var err error
		p.report, err = source.Unread(c.policy, p.docs[0], p.docs[1])
		return err
	}
	var err error
	p.result, p.report, err = decisions.Compare(ctx, c.project, p.rest, p.graphql, p.opts, c.policy)
	return err
}

// match matches a pair. The error may be a *[paritylib.NotAPairError].
func (l *loader) match(ctx context.Context, p *pair) (*paritylib.Result, error) {
	return decisions.Match(ctx, l.project, p.rest, p.graphql, p.opts)
}

// finish puts the pairs together and hands them on.
func (c *call) finish() error {
	reports := make([]*check.Report, len(c.pairs))
	for i := range c.pairs {
		reports[i] = c.pairs[i].report
	}
	merged := check.Merge(c.policy, reports...)
	code, err := c.opts.policy.Settle(c.project, &c.opts.output, c.policy.Baseline, merged, reports...)
	if err != nil {
		return err
	}
	if err := c.writeLocks(merged); err != nil {
		return err
	}
	opts := report.Options{
		Tool: report.Tool{Name: "plumb", Version: version.Number}, Title: "plumb parity",
		HelpURL: version.RulePage, Documents: 2 * len(c.pairs), Duration: c.env.Now().Sub(c.started),
		Context: c.context(), Extra: c.members(), Facts: c.facts(merged),
	}
	if err := c.sink.Write(c.project, merged, c.text, opts); err != nil {
		return err
	}
	return env.Done(code)
}

// writeLocks writes the locks where that was asked for and the run is
// complete.
func (c *call) writeLocks(merged *check.Report) error {
	if c.opts.updateLock.Value == "" {
		return nil
	}
	if !merged.Complete() {
		c.note(&c.opts.output, "the lock is not written, since the run is incomplete")
		return nil
	}
	for i := range c.pairs {
		note, err := c.writeLock(&c.pairs[i], c.opts.updateLock.Value == "all")
		if err != nil {
			return err
		}
		c.note(&c.opts.output, note)
	}
	return nil
}

// text returns the text of a file, by canonical name.
func (c *call) text(name string) (string, bool) {
	for i := range c.pairs {
		if text, ok := c.pairs[i].text(name); ok {
			return text, true
		}
	}
	return c.project.ConfigText(name)
}

// writeLock writes the lock of a pair, and returns a line about it. All takes
// new gaps and changed decisions in too.
func (c *call) writeLock(p *pair, all bool) (string, error) {
	lock := paritylib.NewLock(p.result)
	if all {
		lock = paritylib.FreshLock(p.result)
	}
	shown := c.project.Shown(c.project.Canonical(p.files.Lock.Path))
	if err := output.WriteFile(p.files.Lock.Path, shown, lock.Write); err != nil {
		return "", err
	}
	return shown + " has " + words.Count(len(lock.Operations), "operation") + " and " + words.Count(len(lock.Types), "type") + " now", nil
}
