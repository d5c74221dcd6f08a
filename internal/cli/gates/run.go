package gates

import (
	"context"
	"path/filepath"
	"runtime"
	"slices"
	"sync"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/cli/decisions"
	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/payload"
	"github.com/plumbapi/plumb/internal/cli/policy"
	"github.com/plumbapi/plumb/internal/cli/project"
	"github.com/plumbapi/plumb/internal/cli/promise"
	"github.com/plumbapi/plumb/internal/cli/source"
	"github.com/plumbapi/plumb/internal/cli/version"
	"github.com/plumbapi/plumb/internal/config"
	"github.com/plumbapi/plumb/parity"
	"github.com/plumbapi/plumb/webhook"
)

// run is one run of all gates.
type run struct {
	project  *project.Project
	options  *Options
	policies *policies
	promise  *promise.Settings
	provider *webhook.Provider
	shelf    *shelf
	apis     []*api
	outcome  *Outcome
	// cancel ends the run: one context for all of it, since what one API has
	// opened of a revision another reads on.
	cancel context.CancelCauseFunc

	mu sync.Mutex // guards outcome.texts
}

// Run runs the gates over what plumb.yaml names. The error says that the run
// could not take place: wrong usage or a wrong configuration, or a context that
// ended. What could not be read or finished is in the reports.
func Run(ctx context.Context, p *project.Project, o Options) (*Outcome, error) {
	r, err := prepare(ctx, p, &o)
	if err != nil {
		return nil, err
	}
	defer r.shelf.loader.Close()
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	r.cancel = cancel
	slots := make(chan struct{}, runtime.GOMAXPROCS(0))
	var wg sync.WaitGroup
	for _, a := range r.apis {
		wg.Go(func() {
			slots <- struct{}{}
			defer func() { <-slots }()
			if ctx.Err() != nil {
				return
			}
			if err := a.judge(ctx); err != nil {
				cancel(err)
			}
		})
	}
	wg.Wait()
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	// Requests are timed, so they are sent when nothing else is busy.
	if err := r.perf(ctx); err != nil {
		return nil, err
	}
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	return r.conclude(), nil
}

// prepare does all that can show wrong usage before a description is read.
func prepare(ctx context.Context, p *project.Project, o *Options) (*run, error) {
	if err := o.validate(p); err != nil {
		return nil, err
	}
	if o.Policy == nil {
		o.Policy = &policy.Flags{}
	}
	if o.Source == nil {
		o.Source = &source.Flags{}
	}
	if o.Note == nil {
		o.Note = func(string) {}
	}
	if o.Watch == nil {
		o.Watch = func(string, string, bool) {}
	}
	r := &run{project: p, options: o, outcome: &Outcome{texts: map[string]string{}}}
	var err error
	if r.policies, err = newPolicies(ctx, p, o.Policy, o.runs(Lint) && o.runs(Webhooks)); err != nil {
		return nil, err
	}
	var none promise.Flags
	if r.promise, err = none.Load(p); err != nil {
		return nil, err
	}
	if r.provider, err = payload.FindProvider(p, ""); err != nil {
		return nil, err
	}
	if err := r.findAPIs(); err != nil {
		return nil, err
	}
	loader, err := o.Source.Loader(p, "plumb/"+version.Number)
	if err != nil {
		return nil, err
	}
	r.shelf = &shelf{loader: loader, kept: map[place]func() loaded{}}
	return r, nil
}

// findAPIs prepares each API that is looked at.
func (r *run) findAPIs() error {
	list := slices.Clone(r.project.Config.APIs)
	if len(list) == 0 && (r.project.Config.Perf.Plan != "" || len(r.options.Perf.Results) > 0) {
		list = []config.API{{Name: filepath.Base(r.project.Root)}}
	}
	if len(list) == 0 {
		if r.project.ConfigPath == "" {
			return env.Usagef("there is no plumb.yaml, and no description was found; plumb init writes one")
		}
		return env.Usagef("%s names no API: list the descriptions under apis", r.project.Shown(r.project.Canonical(r.project.ConfigPath)))
	}
	pairs := 0
	for i := range list {
		if list[i].OpenAPI != "" && list[i].GraphQL != "" {
			pairs++
		}
	}
	for i := range list {
		entry := &list[i]
		if r.options.API != "" && entry.Name != r.options.API {
			continue
		}
		a := &api{run: r, config: entry, out: API{Name: entry.Name}}
		var err error
		if a.bases, err = basesOf(r.project, entry, len(list) == 1); err != nil {
			return err
		}
		if r.options.ChangedFrom != "" {
			if err := a.canCompare(); err != nil {
				return err
			}
		}
		if entry.OpenAPI != "" && entry.GraphQL != "" {
			if err := a.decisions(pairs > 1); err != nil {
				return err
			}
		}
		r.apis = append(r.apis, a)
	}
	return nil
}

// decisions reads what stands beside the descriptions of an API.
func (a *api) decisions(several bool) error {
	p := a.run.project
	name := ""
	if several {
		name = a.config.Name
	}
	files, err := decisions.Place(p, decisions.Flags{}, name)
	if err != nil {
		return err
	}
	section := &p.Config.Parity
	a.parity = parity.Options{Now: p.Env.Now(), Direction: parity.Direction(section.Direction), Min: section.Min}
	if err := files.Read(p, &a.parity, false); err != nil {
		return err
	}
	for name, text := range files.Texts {
		a.run.outcome.texts[name] = text
	}
	return nil
}

// conclude puts all together.
func (r *run) conclude() *Outcome {
	out := r.outcome
	for _, a := range r.apis {
		out.APIs = append(out.APIs, a.out)
		for _, g := range a.gates {
			out.Looked = append(out.Looked, g.reports...)
		}
	}
	out.Policy, out.Rulesets = r.policies.merged, r.policies.linter.Rulesets
	out.Report = check.Merge(out.Policy, out.Looked...)
	return out
}

// keep keeps the texts of an earlier version that a finding may be in.
func (r *run) keep(d *source.Document) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if d.OpenAPI != nil {
		for _, s := range d.OpenAPI.Sources() {
			r.outcome.texts[s.Name()] = s.Text()
		}
	}
	if d.GraphQL != nil {
		for _, s := range d.GraphQL.Sources() {
			r.outcome.texts[s.Name()] = s.Text()
		}
	}
}
