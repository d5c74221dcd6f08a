package lifecycle

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/project"
	"github.com/plumbapi/plumb/internal/cli/promise"
	"github.com/plumbapi/plumb/internal/cli/source"
	"github.com/plumbapi/plumb/internal/safe"
	lifecyclelib "github.com/plumbapi/plumb/lifecycle"
)

// lifeFlags say which descriptions are looked at, by which policy and as of
// which day.
type lifeFlags struct {
	source   source.Flags
	settings promise.Flags
	now      string
}

func (f *lifeFlags) register(cmd *cobra.Command) {
	f.source.Register(cmd)
	f.settings.Register(cmd)
	cmd.Flags().StringVar(&f.now, "now", "", "judge as of this `DATE`, as 2026-12-31 (default today)")
}

// life is what descriptions say, and what they are judged by.
type life struct {
	*promise.Settings
	project *project.Project
	now     time.Time

	loader *source.Loader
	args   []string
	docs   []*source.Document
	// inventories are those of docs, nil where one could not be read.
	inventories []*lifecyclelib.Inventory
}

// prepare finds the descriptions and reads the files beside them.
func (f *lifeFlags) prepare(p *project.Project, args []string, example string) (*life, error) {
	if err := f.source.Validate(args); err != nil {
		return nil, err
	}
	l := &life{project: p, now: p.Env.Now().UTC()}
	if f.now != "" {
		var err error
		if l.now, err = time.Parse(time.DateOnly, f.now); err != nil {
			return nil, env.Usagef("--now %q is no date, such as 2026-12-31", f.now)
		}
	}
	var err error
	if l.args, err = p.Descriptions(args, example); err != nil {
		return nil, err
	}
	l.Settings, err = f.settings.Load(p)
	return l, err
}

// load reads the descriptions and takes their inventories.
func (l *life) load(ctx context.Context) error {
	l.inventories = make([]*lifecyclelib.Inventory, len(l.args))
	return l.read(ctx, func(i int, d *source.Document) {
		switch {
		case d.OpenAPI != nil:
			l.inventories[i] = l.Carriers.Inspect(d.OpenAPI)
		case d.GraphQL != nil:
			l.inventories[i] = l.Carriers.InspectGraphQL(d.GraphQL)
		}
	})
}

// read reads the descriptions, several at a time, and hands each on; done may
// be nil.
func (l *life) read(ctx context.Context, done func(i int, d *source.Document)) error {
	l.docs = make([]*source.Document, len(l.args))
	errs := make([]error, len(l.args))
	slots := make(chan struct{}, runtime.GOMAXPROCS(0))
	var wg sync.WaitGroup
	for i, arg := range l.args {
		wg.Go(func() {
			slots <- struct{}{}
			defer func() { <-slots }()
			if l.docs[i], errs[i] = l.loader.Load(ctx, arg); errs[i] == nil && done != nil {
				done(i, l.docs[i])
			}
		})
	}
	wg.Wait()
	if err := ctx.Err(); err != nil {
		return context.Cause(ctx)
	}
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// known returns the inventories of what could be read.
func (l *life) known() []*lifecyclelib.Inventory {
	return slices.DeleteFunc(slices.Clone(l.inventories), func(inv *lifecyclelib.Inventory) bool { return inv == nil })
}

// unreadable says what cannot be read, a line for each finding; nil where all
// can.
func (l *life) unreadable() error {
	var lines []string
	for _, d := range l.docs {
		for _, f := range d.Failed {
			at := l.project.Shown(f.Location.File)
			if f.Location.Line > 0 {
				at = fmt.Sprintf("%s:%d:%d", at, f.Location.Line, f.Location.Column)
			}
			lines = append(lines, safe.Line(at+": "+f.Message))
		}
	}
	if len(lines) == 0 {
		return nil
	}
	return env.Incompletef("%s", strings.Join(lines, "\n"))
}

// text returns the text of a file, by canonical name.
func (l *life) text(name string) (string, bool) {
	return source.Text(l.project, name, l.docs...)
}
