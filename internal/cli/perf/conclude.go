package perf

import (
	"context"
	"io"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/cli/output"
	perflib "github.com/plumbapi/plumb/perf"
	"github.com/plumbapi/plumb/perf/view"
)

// conclude judges a result by the plan of the call and hands on what it comes
// to. Notes are what a reader has to know beside those of the judgement.
func (c *call) conclude(ctx context.Context, title string, r *perflib.Result, notes ...string) error {
	a, rep, err := c.assess(ctx, r, notes...)
	if err != nil {
		return err
	}
	return c.tell(title, a, rep)
}

// assess judges a result by the plan of the call.
func (c *call) assess(ctx context.Context, r *perflib.Result, notes ...string) (*perflib.Assessment, *check.Report, error) {
	return c.plan.Assess(ctx, r, c.policy, notes...)
}

// tell hands on an assessment with the findings about it.
func (c *call) tell(title string, a *perflib.Assessment, rep *check.Report) error {
	return c.finish(title, c.plan.Service, rep, view.Facts(a, c.output.All()), view.JSON(a)...)
}

// saveResult writes a result to a file, whole or not at all.
func (c *call) saveResult(name string, r *perflib.Result) error {
	return output.WriteFile(c.env.Path(name), name, func(w io.Writer) error { return perflib.WriteResult(w, r) })
}
