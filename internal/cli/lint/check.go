package lint

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/policy"
	"github.com/plumbapi/plumb/internal/cli/progress"
	"github.com/plumbapi/plumb/internal/cli/revision"
	"github.com/plumbapi/plumb/internal/cli/source"
)

// result is what came of one argument.
type result struct {
	doc           *source.Document
	report        *check.Report
	read, checked time.Duration
}

// check reads and checks every document, several at a time, and keeps the
// order of the arguments.
func (c *call) check(ctx context.Context) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	c.results = make([]result, len(c.args))
	var done atomic.Int32
	stop := progress.Start(c.env, c.opts.output.Quiet(), func() string {
		return fmt.Sprintf("%d of %d documents checked", done.Load(), len(c.args))
	})
	defer stop()
	var wg sync.WaitGroup
	slots := make(chan struct{}, runtime.GOMAXPROCS(0))
	for i, arg := range c.args {
		wg.Go(func() {
			slots <- struct{}{}
			defer func() { <-slots; done.Add(1) }()
			if ctx.Err() != nil {
				return
			}
			if err := c.document(ctx, arg, c.lintOf(ctx, i), &c.results[i]); err != nil {
				cancel(err)
			}
		})
	}
	wg.Wait()
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	return nil
}

// lintOf is how the document at the place is linted.
func (c *call) lintOf(ctx context.Context, i int) func(*source.Document) (*check.Report, error) {
	if c.sessions != nil {
		return func(d *source.Document) (*check.Report, error) { return c.sessions[i].Lint(ctx, d) }
	}
	return func(d *source.Document) (*check.Report, error) { return c.linter.Lint(ctx, d, nil) }
}

// document reads and checks one document.
func (c *call) document(ctx context.Context, arg string, lint func(*source.Document) (*check.Report, error), r *result) error {
	start := c.env.Now()
	var err error
	if r.doc, err = c.loader.Load(ctx, arg); err != nil {
		return err
	}
	read := c.env.Now()
	if r.report, err = lint(r.doc); err != nil {
		return err
	}
	if c.opts.changedFrom != "" {
		if err := c.compare(ctx, arg, r); err != nil {
			return err
		}
	}
	r.read, r.checked = read.Sub(start), c.env.Now().Sub(read)
	return nil
}

// compare sets aside what the document had in the revision already.
func (c *call) compare(ctx context.Context, arg string, r *result) error {
	path, _ := c.comparable(arg)
	rev := c.opts.changedFrom
	base, found, err := c.loader.At(ctx, rev, path)
	var unknown *revision.UnknownError
	switch {
	case errors.As(err, &unknown):
		return env.Usagef("--changed-from: %w", err)
	case err != nil:
		return fmt.Errorf("--changed-from %s: %w", rev, err)
	case !found:
		return nil // all of it is new
	case len(base.Failed) > 0:
		c.note(fmt.Sprintf("%s could not be read as it was in %s, so everything in it counts as new", arg, rev))
		return nil
	}
	before, err := c.linter.Lint(ctx, base, policy.Bare)
	if err != nil {
		return err
	}
	r.report.Unchanged(before)
	return nil
}
