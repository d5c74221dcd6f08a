package docs

import (
	"bytes"
	"context"
	"slices"
	"time"

	"github.com/spf13/pflag"

	"github.com/plumbapi/plumb/apidocs"
	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/project"
	"github.com/plumbapi/plumb/internal/cli/source"
	"github.com/plumbapi/plumb/lifecycle"
	lifeview "github.com/plumbapi/plumb/lifecycle/view"
	"github.com/plumbapi/plumb/parity"
	pairview "github.com/plumbapi/plumb/parity/view"
)

// attachFlags say what of other checks the reference shows.
type attachFlags struct {
	parity, calendar bool
	base             []string
	perf             string
	findings         []string
}

func (f *attachFlags) register(flags *pflag.FlagSet) {
	flags.BoolVar(&f.parity, "parity", false, "link each operation with what does the same in GraphQL, and add a page about both")
	flags.BoolVar(&f.calendar, "calendar", false, "show how stable things are and when what is deprecated goes, and add a page with all of it")
	flags.StringArrayVar(&f.base, "base", nil, "an earlier version of a `DOC`: what changed since is shown, and becomes a page; repeatable")
	flags.StringVar(&f.perf, "perf", "", "`FILE` that plumb perf run --format json wrote: show whether budgets were kept")
	flags.StringArrayVar(&f.findings, "findings", nil, "`FILE` that a check wrote with --format json: show its findings; repeatable")
}

// files are those that the flags name.
func (f *attachFlags) files() []string {
	out := slices.Clone(f.findings)
	for _, name := range append(slices.Clone(f.base), f.perf) {
		if name != "" && !project.IsURL(name) {
			out = append(out, name)
		}
	}
	return out
}

// find lets the other checks look at the descriptions.
func (f *attachFlags) find(ctx context.Context, p *project.Project, l *source.Loader, in *apidocs.Input, now time.Time) error {
	if err := broken(ctx, p, in); err != nil {
		return err
	}
	if err := f.checked(p.Env, in); err != nil {
		return err
	}
	if f.perf != "" {
		if err := measured(p.Env, f.perf, in); err != nil {
			return err
		}
	}
	if len(f.base) > 0 {
		if err := f.changes(ctx, p, l, in, now); err != nil {
			return err
		}
	}
	if f.parity {
		if len(in.OpenAPI) == 0 || in.GraphQL == nil {
			return env.Usagef("--parity needs an OpenAPI description and a GraphQL schema")
		}
		if err := f.pair(ctx, p, in, now); err != nil {
			return err
		}
	}
	if f.calendar {
		return f.dates(p, in, now)
	}
	return nil
}

// pair matches the first OpenAPI description with the schema.
func (f *attachFlags) pair(ctx context.Context, p *project.Project, in *apidocs.Input, now time.Time) error {
	res, err := parity.Match(ctx, in.OpenAPI[0], in.GraphQL, parity.Options{Now: now})
	if err != nil {
		return env.Incompletef("%w", err)
	}
	for _, op := range res.Operations {
		if len(op.GraphQL) > 0 && op.Status != parity.StatusNone {
			in.Attached.Twins = append(in.Attached.Twins, apidocs.Twin{REST: op.Operation, GraphQL: op.GraphQL[0], Partial: op.Status == parity.StatusPartial})
		}
	}
	var text bytes.Buffer
	if err := pairview.Markdown(&text, res, pairview.Options{All: true, Shown: p.Shown}); err != nil {
		return err
	}
	in.Texts = append(in.Texts, apidocs.Text{Name: "parity", Title: "REST and GraphQL", Path: "parity", Markdown: text.String()})
	return nil
}

// dates makes the calendar of what the descriptions deprecate.
func (f *attachFlags) dates(p *project.Project, in *apidocs.Input, now time.Time) error {
	var all []*lifecycle.Inventory
	for _, doc := range in.OpenAPI {
		all = append(all, lifecycle.Inspect(doc))
	}
	if in.GraphQL != nil {
		all = append(all, lifecycle.DefaultCarriers().InspectGraphQL(in.GraphQL))
	}
	for _, inventory := range all {
		for _, e := range inventory.Elements {
			if s := e.State.Stability; s != lifecycle.Unstated && s != lifecycle.Stable {
				in.Attached.Badges = append(in.Attached.Badges, apidocs.Badge{Element: e.Name, Text: s.String(), Status: "info"})
			}
		}
	}
	c := lifecycle.NewCalendar(nil, now, all...)
	for _, e := range c.Entries {
		if e.Gone.IsZero() {
			continue
		}
		b := apidocs.Badge{Element: e.Name, Text: "goes " + moment(e.Gone), Status: "warning"}
		if !e.Gone.Date.IsZero() && e.Gone.Date.Before(now) {
			b.Status = "error"
		}
		if e.Replacement != "" {
			b.Detail = "use " + e.Replacement + " instead"
		}
		in.Attached.Badges = append(in.Attached.Badges, b)
	}
	var text bytes.Buffer
	if err := lifeview.CalendarMarkdown(&text, c, lifeview.Options{All: true, Shown: p.Shown}); err != nil {
		return err
	}
	in.Texts = append(in.Texts, apidocs.Text{Name: "calendar", Title: "What goes, and when", Path: "calendar", Markdown: text.String()})
	return nil
}

// moment says when something goes: "on 1 Mar 2027", "in 15.7".
func moment(m lifecycle.Moment) string {
	if m.Date.IsZero() {
		return "in " + m.Release
	}
	return "on " + m.Date.Format("2 Jan 2006")
}
