package gates

import (
	"context"
	"errors"
	"os"
	"strings"
	"sync"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/project"
	"github.com/plumbapi/plumb/internal/cli/source"
	"github.com/plumbapi/plumb/internal/config"
	"github.com/plumbapi/plumb/internal/safe"
	"github.com/plumbapi/plumb/parity"
)

// api is one API of a run.
type api struct {
	run    *run
	config *config.API
	bases  bases
	parity parity.Options
	out    API
	gates  []*gate

	rest, graphql *source.Document // nil where there is none
	match         func() (*parity.Result, error)
	before        func() (*before, error)
}

// gate is one gate under way.
type gate struct {
	Gate
	reports []*check.Report
}

// before are the descriptions of an API as they were in a revision; nil where
// they were not there, or could not be read.
type before struct {
	rest, graphql *source.Document
	// same says that nothing has changed since.
	same bool
}

// judge runs the gates that only read, side by side.
func (a *api) judge(ctx context.Context) error {
	if err := a.load(ctx); err != nil {
		return err
	}
	a.prepare(ctx)
	var wg sync.WaitGroup
	for _, g := range []struct {
		name string
		run  func(context.Context, *gate) error
	}{
		{Lint, a.lint}, {Parity, a.compare}, {Lifecycle, a.lifecycle}, {Webhooks, a.webhooks},
	} {
		if !a.run.options.runs(g.name) {
			continue
		}
		one := &gate{Gate: Gate{Name: g.name}}
		a.gates = append(a.gates, one)
		wg.Go(func() {
			if err := a.timed(ctx, one, g.run); err != nil {
				a.run.cancel(err)
			}
		})
	}
	wg.Wait()
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	for _, g := range a.gates {
		a.out.Gates = append(a.out.Gates, g.done())
	}
	return nil
}

// timed runs a gate and says how long it took.
func (a *api) timed(ctx context.Context, g *gate, run func(context.Context, *gate) error) error {
	now := a.run.project.Env.Now
	a.run.options.Watch(a.config.Name, g.Name, false)
	start := now()
	err := run(ctx, g)
	g.Took = now().Sub(start)
	a.run.options.Watch(a.config.Name, g.Name, true)
	return err
}

// done makes the one report of a gate.
func (g *gate) done() Gate {
	if g.Skipped == "" {
		g.Report = check.Merge(check.Policy{}, g.reports...)
	}
	return g.Gate
}

// load reads the descriptions.
func (a *api) load(ctx context.Context) error {
	var wg sync.WaitGroup
	var errs [2]error
	for i, d := range []struct {
		to   **source.Document
		path string
	}{{&a.rest, a.config.OpenAPI}, {&a.graphql, a.config.GraphQL}} {
		if d.path != "" {
			wg.Go(func() { *d.to, errs[i] = a.read(ctx, a.run.project.Argument(d.path)) })
		}
	}
	wg.Wait()
	if err := errors.Join(errs[:]...); err != nil {
		return err
	}
	for _, d := range a.documents() {
		if len(d.Failed) == 0 {
			a.out.Documents = append(a.out.Documents, d)
		}
	}
	for _, d := range []struct {
		doc  *source.Document
		want source.Kind
		key  string
	}{{a.rest, source.OpenAPI, "openapi"}, {a.graphql, source.GraphQL, "graphql"}} {
		if d.doc != nil && len(d.doc.Failed) == 0 && d.doc.Kind != d.want {
			p := a.run.project
			return env.Usagef("%s:%d:%d: the %s of API %q is %s: %s describes %s", p.Shown(a.config.At.File), a.config.At.Line, a.config.At.Column,
				d.key, a.config.Name, d.doc.Arg, d.doc.Arg, d.doc.Kind)
		}
	}
	return nil
}

// read reads a description as the run is to look at it; nil where the revision
// that it is to be of does not have it.
func (a *api) read(ctx context.Context, arg string) (*source.Document, error) {
	if a.run.options.Revision == "" {
		return a.run.shelf.Load(ctx, arg)
	}
	d, found, err := a.run.shelf.At(ctx, a.run.options.Revision, arg)
	if !found {
		return nil, err
	}
	return d, err
}

// documents are the descriptions that there are, also those that could not be
// read.
func (a *api) documents() []*source.Document {
	var list []*source.Document
	for _, d := range []*source.Document{a.rest, a.graphql} {
		if d != nil {
			list = append(list, d)
		}
	}
	return list
}

// prepare makes what several gates ask for: each is found out once, by the
// first that asks.
func (a *api) prepare(ctx context.Context) {
	a.match = sync.OnceValues(func() (*parity.Result, error) { return a.matched(ctx) })
	a.before = sync.OnceValues(func() (*before, error) { return a.then(ctx) })
}

// canCompare checks that the descriptions are files of a repository.
func (a *api) canCompare() error {
	p := a.run.project
	if p.Repository == "" {
		return env.Usagef("--changed-from compares with git, and %s is in no git repository", p.Env.Dir)
	}
	for _, path := range []string{a.config.OpenAPI, a.config.GraphQL} {
		if path == "" {
			continue
		}
		arg := p.Argument(path)
		_, err := os.Stat(p.Env.Path(arg))
		if project.IsURL(arg) || err != nil && strings.Contains(arg, ":") {
			return env.Usagef("--changed-from compares files with what they were in git, and %s is not a file", project.PublicURL(arg))
		}
		if _, ok := project.Inside(p.Repository, p.Env.Path(arg)); !ok {
			return env.Usagef("--changed-from compares files with what they were in git, and %s is outside the repository %s", arg, p.Repository)
		}
	}
	return nil
}

// then reads the descriptions as they were in the revision of --changed-from.
func (a *api) then(ctx context.Context) (*before, error) {
	b := &before{same: true}
	for _, d := range []struct {
		now *source.Document
		to  **source.Document
	}{{a.rest, &b.rest}, {a.graphql, &b.graphql}} {
		if d.now == nil {
			continue
		}
		was, err := a.run.earlier(ctx, place{a.run.options.ChangedFrom, d.now.Arg}, "--changed-from")
		switch {
		case errors.Is(err, errNotThere):
			b.same = false
		case err != nil:
			return nil, err
		case len(was.Failed) > 0:
			b.same = false
			a.run.options.Note(d.now.Arg + " could not be read as it was in " + a.run.options.ChangedFrom + ", so everything in it counts as new: " + safe.Line(was.Failed[0].Message))
		default:
			*d.to = was
			b.same = b.same && alike(d.now, was)
		}
	}
	return b, nil
}

// alike reports whether two versions of a description have the same text, in
// all of their files.
func alike(a, b *source.Document) bool {
	x, y := texts(a), texts(b)
	if len(x) != len(y) {
		return false
	}
	for i := range x {
		if x[i] != y[i] {
			return false
		}
	}
	return len(x) > 0
}

func texts(d *source.Document) (list []string) {
	switch {
	case d.OpenAPI != nil:
		for _, s := range d.OpenAPI.Sources() {
			list = append(list, s.Text())
		}
	case d.GraphQL != nil:
		for _, s := range d.GraphQL.Sources() {
			list = append(list, s.Text())
		}
	}
	return list
}
