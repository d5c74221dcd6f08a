package perf

import (
	"bytes"
	"cmp"
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/plan"
	"github.com/plumbapi/plumb/internal/words"
	perflib "github.com/plumbapi/plumb/perf"
	"github.com/plumbapi/plumb/perf/compare"
	"github.com/plumbapi/plumb/perf/compare/view"
)

// mostRuns bounds how many results a history has, and maxResult how large one
// is.
const (
	mostRuns  = 10_000
	maxResult = 64 << 20
)

// follow judges the level of earlier runs.
func (c *compareCall) follow(ctx context.Context, args []string) error {
	var plan *perflib.Plan
	if len(args) > 0 {
		if err := c.load(ctx, args); err != nil {
			return err
		}
		plan = c.plan.Plan
	} else if err := c.open(); err != nil {
		return err
	}
	runs, err := c.past()
	if err != nil {
		return err
	}
	trend, err := compare.Follow(runs, plan, c.options)
	if err != nil {
		return env.Usagef("%w", err)
	}
	rep, err := compare.CheckTrend(ctx, trend, c.policy)
	if err != nil {
		return err
	}
	rep.Subjects = []string{c.project.Canonical(c.env.Path(c.history))}
	member, err := facts("trend", trend)
	if err != nil {
		return err
	}
	return c.finish("plumb perf compare --history", words.Count(len(runs), "run"), rep, view.Trend(trend, c.output.All()), member)
}

// past reads the results of the folder, in the order of their times. A file
// that is no result makes the call incomplete: a history with a hole is
// another one.
func (c *compareCall) past() ([]compare.Past, error) {
	dir := c.env.Path(c.history)
	names, err := filepath.Glob(filepath.Join(escapeGlob(dir), "*.json"))
	if err != nil {
		return nil, env.Usagef("--history %s: %w", c.history, err)
	}
	if len(names) == 0 {
		if _, err := os.Stat(dir); err != nil {
			return nil, env.Usagef("--history %s: %w", c.history, env.Bare(err))
		}
		return nil, env.Usagef("--history %s has no result: plumb perf run --save %s writes one", c.history, filepath.Join(c.history, "2026-01-31.json"))
	}
	if len(names) > mostRuns {
		return nil, env.Usagef("--history %s has %s, more than %s", c.history, words.Count(len(names), "file"), words.Number(mostRuns))
	}
	var runs []compare.Past
	for _, name := range names {
		shown := c.project.Shown(c.project.Canonical(name))
		data, err := plan.ReadBounded(name, maxResult)
		if err != nil {
			return nil, env.Incompletef("%s: %s", shown, plan.Unopened(err))
		}
		r, err := perflib.ReadResult(bytes.NewReader(data))
		if err != nil {
			return nil, env.Incompletef("%s: %w", shown, err)
		}
		runs = append(runs, compare.Past{Name: c.project.Canonical(name), Result: r})
	}
	slices.SortStableFunc(runs, func(a, b compare.Past) int {
		return cmp.Or(a.Result.Start.Compare(b.Result.Start), cmp.Compare(a.Name, b.Name))
	})
	return runs, nil
}

// escapeGlob makes a folder's name mean itself in a pattern.
func escapeGlob(dir string) string {
	return strings.NewReplacer(`\`, `\\`, "*", `\*`, "?", `\?`, "[", `\[`).Replace(dir)
}
