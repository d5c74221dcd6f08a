// Package plan reads the plan of a load test with what it names, as a command
// line has it: the descriptions, the files of data, the variables of the
// environment, and flags that depart from it. It brings the flags that say what
// may be sent, and makes what sends.
package plan

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/project"
	"github.com/plumbapi/plumb/internal/cli/source"
	"github.com/plumbapi/plumb/internal/cli/version"
	"github.com/plumbapi/plumb/internal/safe"
	perflib "github.com/plumbapi/plumb/perf"
)

// FileName is the file that is read where none is named.
const FileName = "slo.yaml"

// maxData bounds a file that a plan names.
const maxData = 256 << 20

// Flags say in what a call departs from its plan.
type Flags struct {
	// Judging says that nothing is sent, so that no pool needs to be filled.
	Judging bool
	// Targets are where requests are sent to instead of the plan's own: NAME=URL,
	// or the URL alone where there is one target.
	Targets []string
	// Reader reads the descriptions that the plan names; nil reads them anew.
	Reader Reader

	only   []string
	seed   uint64
	seeded func() bool
}

// Register adds the flags to a command, and completes its arguments.
func (f *Flags) Register(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringArrayVar(&f.Targets, "target", nil, "send to `NAME=URL` instead of the target's URL in the plan; the URL alone where there is one target; repeatable")
	f.RegisterPart(cmd, "each at its rate in the plan")
	cmd.ValidArgsFunction = func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		return []string{"yaml", "yml", "json"}, cobra.ShellCompDirectiveFilterFileExt
	}
}

// RegisterPart adds the flags that say which part of the plan it is, and with
// which values.
func (f *Flags) RegisterPart(cmd *cobra.Command, how string) {
	flags := cmd.Flags()
	flags.StringArrayVar(&f.only, "only", nil, "only the operations and sessions that the `GLOB` matches, "+how+"; repeatable")
	flags.Uint64Var(&f.seed, "seed", 0, "`NUMBER` that decides every value that is made up (default that of the plan)")
	f.seeded = func() bool { return cmd.Flags().Changed("seed") }
}

// Loaded is a plan with what it was read with.
type Loaded struct {
	*perflib.Plan
	// Whole is the plan before --only; Plan itself where all of it is meant.
	Whole *perflib.Plan
	// Name is the canonical name of the plan's file, Text what is in it.
	Name, Text string
	// Descriptions are those that the plan names, Documents the same as they
	// were loaded.
	Descriptions []perflib.Description
	Documents    []*source.Document

	project *project.Project
	dir     string // of the plan's file
}

// Load reads the plan that the arguments name, or plumb.yaml, or slo.yaml of
// the working directory, and the descriptions that it names. A plan that is
// wrong is wrong usage; a description that cannot be read makes the call
// incomplete.
func (f *Flags) Load(ctx context.Context, p *project.Project, args []string) (*Loaded, error) {
	l := &Loaded{project: p}
	path, err := planPath(p, args)
	if err != nil {
		return nil, err
	}
	l.Name, l.dir = p.Canonical(path), filepath.Dir(path)
	if len(args) > 0 {
		p.Type(l.Name, args[0])
	}
	data, err := ReadBounded(path, perflib.MaxPlan)
	if err != nil {
		return nil, env.Usagef("%s: %s", p.Shown(l.Name), Unopened(err))
	}
	l.Text = string(data)
	described, err := perflib.PlanDescriptions(l.Name, data)
	if err != nil {
		return nil, Wrong(p, l.Name, err)
	}
	if l.Descriptions, l.Documents, err = Describe(ctx, p, f.Reader, l.dir, described); err != nil {
		return nil, err
	}
	l.Plan, err = perflib.ParsePlan(l.Name, data, perflib.PlanOptions{Descriptions: l.Descriptions, File: l.File})
	if err != nil {
		return nil, Wrong(p, l.Name, err)
	}
	return l, f.apply(l)
}

// planPath returns the absolute path of the plan.
func planPath(p *project.Project, args []string) (string, error) {
	switch {
	case len(args) > 0:
		return p.Env.Path(args[0]), nil
	case p.Config.Perf.Plan != "":
		return p.FromConfig(p.Config.Perf.Plan), nil
	}
	path := p.Env.Path(FileName)
	if _, err := os.Stat(path); err != nil {
		return "", env.Usagef("no plan is given, plumb.yaml names none under perf, and there is no %s: plumb perf init writes one", FileName)
	}
	return path, nil
}

// Wrong makes the error of a plan, or of a file beside it, by canonical name,
// which is called as people know it.
func Wrong(p *project.Project, name string, err error) error {
	var file *perflib.FileError
	if errors.As(err, &file) {
		file.Name = p.Shown(name)
		lines := strings.Split(file.Error(), "\n")
		for i := range lines {
			lines[i] = safe.Line(lines[i])
		}
		return env.Usagef("%s", strings.Join(lines, "\n"))
	}
	return err
}

// A Reader reads the description of an argument: a [source.Loader], or what
// keeps those that it has read.
type Reader interface {
	Load(ctx context.Context, arg string) (*source.Document, error)
}

// Describe reads descriptions, whose names are relative to a folder. A nil
// reader reads what is in files and at URLs that are named.
func Describe(ctx context.Context, p *project.Project, reader Reader, dir string, described []string) (list []perflib.Description, documents []*source.Document, err error) {
	if reader == nil {
		var none source.Flags
		loader, err := none.Loader(p, "plumb/"+version.Number)
		if err != nil {
			return nil, nil, err
		}
		defer loader.Close()
		for _, name := range described {
			if project.IsURL(name) {
				loader.Fetcher.Type(name)
			}
		}
		reader = loader
	}
	var lines []string
	for _, name := range described {
		arg := name
		if !project.IsURL(name) {
			if !filepath.IsAbs(name) {
				name = filepath.Join(dir, filepath.FromSlash(name))
			}
			name = p.Shown(p.Canonical(name))
		}
		d, err := reader.Load(ctx, name)
		if err != nil {
			return nil, nil, err
		}
		for _, f := range d.Failed {
			lines = append(lines, safe.Line(Place(p, f.Location)+": "+f.Message))
		}
		documents = append(documents, d)
		list = append(list, perflib.Description{Name: arg, OpenAPI: d.OpenAPI, GraphQL: d.GraphQL})
	}
	if len(lines) > 0 {
		return nil, nil, env.Incompletef("%s", strings.Join(lines, "\n"))
	}
	return list, documents, nil
}

// Place writes a location as people know it.
func Place(p *project.Project, at check.Location) string {
	if at.Line > 0 {
		return fmt.Sprintf("%s:%d:%d", p.Shown(at.File), at.Line, at.Column)
	}
	return p.Shown(at.File)
}

// apply changes a plan as the flags say.
func (f *Flags) apply(l *Loaded) error {
	for _, arg := range f.Targets {
		if err := retarget(l.Plan, arg); err != nil {
			return err
		}
	}
	if f.seeded != nil && f.seeded() {
		l.Seed = f.seed
	}
	l.Whole = l.Plan
	if len(f.only) == 0 {
		return nil
	}
	only, err := l.Only(func(name string) bool {
		for _, glob := range f.only {
			if check.MatchGlob(glob, name) {
				return true
			}
		}
		return false
	})
	if err != nil && (only == nil || !f.Judging) {
		return env.Usagef("--only %s: %w", strings.Join(f.only, ", "), err)
	}
	l.Plan = only
	return nil
}

// retarget gives a target another URL.
func retarget(p *perflib.Plan, arg string) error {
	name, url, ok := strings.Cut(arg, "=")
	if !ok || project.IsURL(arg) {
		if len(p.Targets) != 1 {
			return env.Usagef("--target needs the form NAME=URL, since the plan has %d targets", len(p.Targets))
		}
		name, url = p.Targets[0].Name, arg
	}
	if problem := perflib.CheckTarget(url); problem != "" {
		return env.Usagef("--target: the URL of target %q %s", name, problem)
	}
	var known []string
	for i := range p.Targets {
		if p.Targets[i].Name == name {
			p.Targets[i].URL = url
			return nil
		}
		known = append(known, p.Targets[i].Name)
	}
	return env.Usagef("--target: %w", env.Unknown("target", name, known))
}

// Headers returns what is sent to each target, by its name, with the values of
// environment variables in it. These are secrets: they are in no plan, no
// result and no message. A variable that is not set is wrong usage.
func (l *Loaded) Headers() (map[string]http.Header, error) {
	all := map[string]http.Header{}
	for _, t := range l.Targets {
		all[t.Name] = http.Header{}
		for _, h := range t.Headers {
			value := ""
			if h.Env != "" {
				if value = l.project.Env.Getenv(h.Env); value == "" {
					return nil, env.Usagef("%s: header %s of target %q needs the environment variable %s, which is not set", Place(l.project, t.Location), h.Name, t.Name, h.Env)
				}
				if strings.ContainsAny(value, "\r\n\x00") {
					return nil, env.Usagef("%s: the environment variable %s for header %s has a line break", Place(l.project, t.Location), h.Env, h.Name)
				}
			}
			all[t.Name].Add(h.Name, h.Prefix+value)
		}
	}
	return all, nil
}

// Data returns the content of the files of data, by the feeder's name. A file
// that cannot be read is wrong usage.
func (l *Loaded) Data() (map[string][]byte, error) {
	all := map[string][]byte{}
	for _, f := range l.Feeders {
		data, err := l.File(f.File)
		if err != nil {
			return nil, env.Usagef("%s: the file %q of data %q cannot be read: %w", Place(l.project, f.Location), f.File, f.Name, err)
		}
		all[f.Name] = data
	}
	return all, nil
}

// File reads a file that the plan names, relative to its own; it may not be
// outside the project, or outside the plan's folder where that is outside
// itself.
func (l *Loaded) File(name string) ([]byte, error) {
	folder := l.project.Root
	if _, ok := project.Inside(folder, l.dir); !ok {
		folder = l.dir
	}
	inside, ok := project.Inside(folder, filepath.Join(l.dir, filepath.FromSlash(name)))
	if !ok || filepath.IsAbs(name) {
		return nil, errors.New("it is outside the project")
	}
	root, err := os.OpenRoot(folder)
	if err != nil {
		return nil, env.Bare(err)
	}
	defer func() { _ = root.Close() }()
	f, err := root.Open(inside)
	if err != nil {
		return nil, errors.New(Unopened(err))
	}
	defer func() { _ = f.Close() }()
	return readLimit(f, maxData)
}

// TextOf returns the text of a file, by canonical name, for reports.
func (l *Loaded) TextOf(name string) (string, bool) {
	if name == l.Name {
		return l.Text, true
	}
	return source.Text(l.project, name, l.Documents...)
}

// ReadBounded reads a file of at most so many bytes.
func ReadBounded(path string, limit int) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	return readLimit(f, limit)
}

// readLimit reads at most limit bytes, and one more where there are more.
func readLimit(f *os.File, limit int) ([]byte, error) {
	info, err := f.Stat()
	switch {
	case err != nil:
		return nil, env.Bare(err)
	case info.IsDir():
		return nil, errors.New("it is a directory")
	case info.Size() > int64(limit):
		return nil, fmt.Errorf("it is larger than %d MiB", limit>>20)
	}
	return io.ReadAll(io.LimitReader(f, int64(limit)+1))
}

// Unopened says why a file could not be opened, without its name.
func Unopened(err error) string {
	if errors.Is(err, fs.ErrNotExist) {
		return "there is no such file"
	}
	return env.Bare(err).Error()
}
