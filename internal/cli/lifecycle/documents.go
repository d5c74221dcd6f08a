package lifecycle

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/output"
	"github.com/plumbapi/plumb/internal/cli/project"
	"github.com/plumbapi/plumb/internal/cli/source"
	"github.com/plumbapi/plumb/internal/safe"
	lifecyclelib "github.com/plumbapi/plumb/lifecycle"
)

// lifeFlags say which descriptions are looked at, by which policy and as of
// which day.
type lifeFlags struct {
	source source.Flags
	policy string
	now    string
}

func (f *lifeFlags) register(cmd *cobra.Command) {
	f.source.Register(cmd)
	flags := cmd.Flags()
	flags.StringVar(&f.policy, "policy", "", "what is promised before something goes, as the `NAME` of a policy or a file")
	flags.StringVar(&f.now, "now", "", "judge as of this `DATE`, as 2026-12-31 (default today)")
	output.CompleteWords(cmd, "policy", func() []string {
		var words []string
		for _, p := range lifecyclelib.Policies() {
			words = append(words, p.ID+"\t"+p.Title)
		}
		return words
	})
}

// life is what descriptions say, and what they are judged by.
type life struct {
	project  *project.Project
	now      time.Time
	policy   *lifecyclelib.Policy // nil where there is none
	carriers *lifecyclelib.Carriers
	texts    map[string]string // of the files beside the descriptions, by canonical name

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
	l := &life{project: p, now: p.Env.Now().UTC(), carriers: lifecyclelib.DefaultCarriers(), texts: map[string]string{}}
	if f.now != "" {
		var err error
		if l.now, err = time.Parse(time.DateOnly, f.now); err != nil {
			return nil, env.Usagef("--now %q is no date, such as 2026-12-31", f.now)
		}
	}
	var err error
	if l.args, err = descriptions(p, args, example); err != nil {
		return nil, err
	}
	return l, l.files(f)
}

// files reads the policy, the release calendar and the carriers.
func (l *life) files(f *lifeFlags) error {
	config := &l.project.Config.Lifecycle
	name, at := f.policy, l.project.Env.Path(f.policy)
	from := "--policy"
	if name == "" {
		name, at, from = config.Policy, l.project.FromConfig(config.Policy), "lifecycle.policy of plumb.yaml"
	}
	if name != "" {
		p, err := lifecyclelib.FindPolicy(name)
		if err != nil && isPath(name) {
			var data []byte
			if data, err = l.read(at); err == nil {
				p, err = lifecyclelib.ParsePolicy(l.project.Canonical(at), data)
			}
		}
		if err != nil {
			return l.problem(from, err)
		}
		l.policy = p
	}
	if err := l.releases(config.Releases); err != nil {
		return err
	}
	if config.Carriers == "" {
		return nil
	}
	at = l.project.FromConfig(config.Carriers)
	data, err := l.read(at)
	if err != nil {
		return l.problem("lifecycle.carriers of plumb.yaml", err)
	}
	own, err := lifecyclelib.ParseCarriers(l.project.Canonical(at), data)
	if err != nil {
		return l.problem("lifecycle.carriers of plumb.yaml", err)
	}
	l.carriers = l.carriers.With(own)
	return nil
}

// releases replaces the release calendar of the policy.
func (l *life) releases(name string) error {
	if name == "" {
		return nil
	}
	const from = "lifecycle.releases of plumb.yaml"
	r, err := lifecyclelib.FindReleases(name)
	if err != nil && isPath(name) {
		at := l.project.FromConfig(name)
		var data []byte
		if data, err = l.read(at); err == nil {
			r, err = lifecyclelib.ParseReleases(l.project.Canonical(at), data)
		}
	}
	if err != nil {
		return l.problem(from, err)
	}
	if l.policy == nil {
		l.policy = &lifecyclelib.Policy{}
	}
	l.policy = l.policy.WithReleases(r)
	return nil
}

// read reads a file that people write, and keeps its text for findings.
func (l *life) read(at string) ([]byte, error) {
	file, err := os.Open(at)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	data := make([]byte, 0, 4096)
	for len(data) <= lifecyclelib.MaxFile {
		if len(data) == cap(data) {
			data = slices.Grow(data, len(data))
		}
		n, err := file.Read(data[len(data):cap(data)])
		data = data[:len(data)+n]
		if err != nil {
			break
		}
	}
	l.texts[l.project.Canonical(at)] = string(data)
	return data, nil
}

// problem is the error of a file or a name that cannot be taken.
func (l *life) problem(from string, err error) error {
	var path *fs.PathError
	if errors.As(err, &path) {
		return env.Usagef("%s: %s cannot be read: %w", from, l.project.Shown(l.project.Canonical(path.Path)), path.Err)
	}
	var unknown *lifecyclelib.UnknownPolicyError
	if errors.As(err, &unknown) && unknown.Closest == "" && unknown.Noun == "" {
		var ids []string
		for _, p := range lifecyclelib.Policies() {
			ids = append(ids, p.ID)
		}
		return env.Usagef("%s: %w; policies are %s, or the path of a file", from, err, strings.Join(ids, ", "))
	}
	return env.Usagef("%s: %w", from, err)
}

// isPath reports whether a name is rather a file.
func isPath(name string) bool { return strings.ContainsAny(name, "./\\") }

// descriptions returns the arguments, else the descriptions of plumb.yaml.
func descriptions(p *project.Project, args []string, example string) ([]string, error) {
	if len(args) > 0 {
		return args, nil
	}
	for _, api := range p.Config.APIs {
		for _, path := range []string{api.OpenAPI, api.GraphQL} {
			if path == "" {
				continue
			}
			arg := p.FromConfig(path)
			if !project.IsURL(arg) {
				arg = p.Shown(p.Canonical(arg))
			}
			if !slices.Contains(args, arg) {
				args = append(args, arg)
			}
		}
	}
	switch {
	case len(args) > 0:
		return args, nil
	case p.ConfigPath != "":
		return nil, env.Usagef("no description is given, and %s names none under apis: name one, such as %s", p.Shown(p.Canonical(p.ConfigPath)), example)
	}
	return nil, env.Usagef("no description is given, and there is no plumb.yaml: name one, such as %s, or run plumb init", example)
}

// load reads the descriptions, several at a time, and takes their
// inventories.
func (l *life) load(ctx context.Context) error {
	l.docs = make([]*source.Document, len(l.args))
	l.inventories = make([]*lifecyclelib.Inventory, len(l.args))
	errs := make([]error, len(l.args))
	slots := make(chan struct{}, runtime.GOMAXPROCS(0))
	var wg sync.WaitGroup
	for i, arg := range l.args {
		wg.Go(func() {
			slots <- struct{}{}
			defer func() { <-slots }()
			if l.docs[i], errs[i] = l.loader.Load(ctx, arg); errs[i] != nil {
				return
			}
			switch d := l.docs[i]; {
			case d.OpenAPI != nil:
				l.inventories[i] = l.carriers.Inspect(d.OpenAPI)
			case d.GraphQL != nil:
				l.inventories[i] = l.carriers.InspectGraphQL(d.GraphQL)
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
	for _, d := range l.docs {
		if text, ok := d.Text(name); ok {
			return text, true
		}
	}
	if text, ok := l.texts[name]; ok {
		return text, true
	}
	return l.project.ConfigText(name)
}
