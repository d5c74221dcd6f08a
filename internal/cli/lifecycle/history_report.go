package lifecycle

import (
	"context"
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/source"
	"github.com/plumbapi/plumb/internal/cli/version"
	"github.com/plumbapi/plumb/internal/words"
	"github.com/plumbapi/plumb/lifecycle/history"
	"github.com/plumbapi/plumb/lifecycle/history/view"
	"github.com/plumbapi/plumb/report"
)

// finish judges the history and hands facts and findings on.
func (c *historyCall) finish(ctx context.Context) error {
	f := c.flags
	rep, err := history.Check(ctx, &history.Case{Result: c.shown, Policy: c.promise.Policy}, c.policy)
	if err != nil {
		return err
	}
	var unread []*source.Document
	for _, t := range c.tracks {
		rep.Subjects = append(rep.Subjects, t.paths[0])
		rep.Files = append(rep.Files, t.files...)
		unread = append(unread, t.failed...)
	}
	rep.Incomplete = append(rep.Incomplete, c.missing()...)
	failed, err := source.Unread(c.policy, unread...)
	if err != nil {
		return err
	}
	failed.Files, failed.Subjects = failed.Subjects, nil
	reports := []*check.Report{rep, failed}
	merged := check.Merge(c.policy, reports...)
	code, err := f.policy.Settle(c.project, &f.output, c.policy.Baseline, merged, reports...)
	if err != nil {
		return err
	}
	opts := report.Options{
		Tool: report.Tool{Name: "plumb", Version: version.Number}, Title: "plumb lifecycle history", HelpURL: version.RulePage,
		Documents: c.readings(), Duration: c.env.Now().Sub(c.started), Context: c.context(),
		Extra: []report.Member{{Name: "history", Value: history.Report{Result: c.shown, Lives: c.listed(), Shown: c.project.Shown}}},
		Facts: view.Facts(c.shown, view.Options{Shown: c.project.Shown, All: f.output.All(), Element: f.element != ""}),
	}
	if err := c.sink.Write(c.project, merged, c.frames(merged), opts); err != nil {
		return err
	}
	return env.Done(code)
}

// listed are the elements that JSON lists.
func (c *historyCall) listed() []*history.Life {
	if c.flags.element != "" {
		return c.shown.Lives
	}
	return c.shown.Changed()
}

// missing says which versions have a description no more that those before
// had.
func (c *historyCall) missing() []check.Incomplete {
	var list []check.Incomplete
	for i := range c.result.Versions {
		v := &c.result.Versions[i]
		for at, r := range v.Readings {
			if r.Status == history.Missing {
				paths := strings.Join(c.tracks[at].paths, " and no ")
				list = append(list, check.Incomplete{
					File:    prefix(v.Name) + c.tracks[at].paths[0],
					Message: "there is no " + paths + " any more; where it was moved, name its new path with one more --" + r.Track,
				})
			}
		}
	}
	return list
}

// readings counts the descriptions that were read, in all versions.
func (c *historyCall) readings() int {
	n := 0
	for _, v := range c.result.Versions {
		for _, r := range v.Readings {
			if r.Status == history.Read || r.Status == history.Unchanged {
				n++
			}
		}
	}
	return n
}

// context names what was replayed.
func (c *historyCall) context() string {
	var paths []string
	for _, t := range c.tracks {
		paths = append(paths, t.paths[0])
	}
	first, last := c.versions[0].Name, c.versions[len(c.versions)-1].Name
	return strings.Join(paths, " and ") + ", " + words.Count(len(c.versions), "version") + " from " + first + " to " + last
}
