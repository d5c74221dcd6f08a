package integrations

import (
	"context"
	"errors"
	"os"
	"runtime"
	"slices"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"github.com/plumbapi/plumb/integration"
	"github.com/plumbapi/plumb/integration/catalog"
	"github.com/plumbapi/plumb/integration/tools"
	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/names"
	"github.com/plumbapi/plumb/internal/cli/progress"
	"github.com/plumbapi/plumb/internal/cli/project"
	"github.com/plumbapi/plumb/internal/words"
)

// catalogFlags say which integrations there are.
type catalogFlags struct {
	env    *env.Env
	folder string
	config string
	maxAge time.Duration
	// practice is what the project knows from having used integrations.
	practice catalog.Practice
}

func (f *catalogFlags) register(cmd *cobra.Command, withConfig bool) {
	flags := cmd.Flags()
	flags.StringVar(&f.folder, "catalog", "", "`FOLDER` with manifests of your own (default that of plumb.yaml)")
	flags.DurationVar(&f.maxAge, "max-age", catalog.DefaultMaxAge, "count evidence that is not older than `TIME`")
	if withConfig {
		flags.StringVar(&f.config, "config", "", "take this `FILE` instead of the plumb.yaml that is found")
	}
}

// project opens the project.
func (f *catalogFlags) project() (*project.Project, error) {
	if f.maxAge <= 0 {
		return nil, env.Usagef("--max-age %s: expected more than nothing, such as 720h", f.maxAge)
	}
	return project.Open(f.env, f.config, names.Config())
}

// entries are those of the names, all where there are none: plumb's own first,
// then those of the company's folder.
func (f *catalogFlags) entries(p *project.Project, wanted []string) ([]*catalog.Entry, error) {
	all, err := ownEntries()
	if err != nil {
		return nil, err
	}
	company, err := f.company(p)
	if err != nil {
		return nil, err
	}
	if f.practice, err = practice(p, append(slices.Clone(all), company...)); err != nil {
		return nil, err
	}
	known := map[string]*catalog.Entry{}
	var order []string
	for _, e := range append(all, company...) {
		name := e.Manifest.Name
		if known[name] != nil {
			return nil, env.Usagef("%s: there is an integration %s of plumb's own already; give yours another name", e.File, name)
		}
		known[name] = e
		order = append(order, name)
	}
	if len(wanted) == 0 {
		wanted = order
	}
	var list []*catalog.Entry
	for _, name := range wanted {
		if known[name] == nil {
			return nil, env.Usagef("%w (plumb integrations list lists them)", env.Unknown("integration", name, order))
		}
		list = append(list, known[name])
	}
	return list, nil
}

// ownEntries are plumb's own.
func ownEntries() ([]*catalog.Entry, error) {
	var list []*catalog.Entry
	for _, t := range tools.All() {
		files, err := tools.Files(t.Manifest().Name)
		if err != nil {
			return nil, err
		}
		e, err := catalog.Own(t, files)
		if err != nil {
			return nil, err
		}
		list = append(list, e)
	}
	return list, nil
}

// company reads the manifests of the folder that flags or plumb.yaml name.
func (f *catalogFlags) company(p *project.Project) ([]*catalog.Entry, error) {
	path, shown := p.Env.Path(f.folder), f.folder
	switch {
	case f.folder != "":
	case p.Config.Integrations.Catalog != "":
		path = p.FromConfig(p.Config.Integrations.Catalog)
		shown = p.Shown(p.Canonical(path))
	default:
		return nil, nil
	}
	info, err := os.Stat(path)
	if err != nil || !info.IsDir() {
		return nil, env.Usagef("%s is no folder of manifests", shown)
	}
	list, err := catalog.Open(os.DirFS(path), shown)
	var wrong *integration.FileError
	switch {
	case errors.As(err, &wrong):
		return nil, env.Usagef("%w", wrong)
	case err != nil:
		return nil, env.Usagef("%w", err)
	}
	return list, nil
}

// grade runs the checks of all entries, several at a time. What the same program
// has found out of the same integration before is not found out again.
func (f *catalogFlags) grade(ctx context.Context, entries []*catalog.Entry, quiet bool) ([]*catalog.Result, error) {
	stop := progress.Start(f.env, quiet, func() string { return "grading " + words.Count(len(entries), "integration") })
	defer stop()
	results := make([]*catalog.Result, len(entries))
	errs := make([]error, len(entries))
	slots := make(chan struct{}, runtime.GOMAXPROCS(0))
	now := f.env.Now()
	var wg sync.WaitGroup
	for i, e := range entries {
		wg.Go(func() {
			slots <- struct{}{}
			defer func() { <-slots }()
			kept := trials{f.env}
			o := catalog.Options{Now: now, MaxAge: f.maxAge, Practice: f.practice, Trials: kept.recall(e)}
			if results[i], errs[i] = catalog.Grade(ctx, e, o); errs[i] == nil && len(results[i].Trials()) > len(o.Trials) {
				kept.keep(results[i])
			}
		})
	}
	wg.Wait()
	return results, errors.Join(errs...)
}
