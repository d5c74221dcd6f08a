package perf

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

// planName is the file that is read where none is named.
const planName = "slo.yaml"

// maxData bounds a file that a plan names.
const maxData = 256 << 20

// planFlags say in what a call departs from its plan.
type planFlags struct {
	targets []string
	only    []string
	seed    uint64
	seeded  func() bool
	judging bool // nothing is sent, so that no pool needs to be filled
}

func (f *planFlags) register(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringArrayVar(&f.targets, "target", nil, "send to `NAME=URL` instead of the target's URL in the plan; the URL alone where there is one target; repeatable")
	f.registerPart(cmd, "each at its rate in the plan")
	cmd.ValidArgsFunction = func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		return []string{"yaml", "yml", "json"}, cobra.ShellCompDirectiveFilterFileExt
	}
}

// registerPart adds the flags that say which part of the plan it is, and with
// which values.
func (f *planFlags) registerPart(cmd *cobra.Command, how string) {
	flags := cmd.Flags()
	flags.StringArrayVar(&f.only, "only", nil, "only the operations and sessions that the `GLOB` matches, "+how+"; repeatable")
	flags.Uint64Var(&f.seed, "seed", 0, "`NUMBER` that decides every value that is made up (default that of the plan)")
	f.seeded = func() bool { return cmd.Flags().Changed("seed") }
}

// loadedPlan is a plan with what it was read with.
type loadedPlan struct {
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

// load reads the plan that the arguments name, or plumb.yaml, or slo.yaml of
// the working directory, and the descriptions that it names. A plan that is
// wrong is wrong usage; a description that cannot be read makes the call
// incomplete.
func (f *planFlags) load(ctx context.Context, p *project.Project, args []string) (*loadedPlan, error) {
	l := &loadedPlan{project: p}
	path, err := planPath(p, args)
	if err != nil {
		return nil, err
	}
	l.Name, l.dir = p.Canonical(path), filepath.Dir(path)
	if len(args) > 0 {
		p.Type(l.Name, args[0])
	}
	data, err := readBounded(path, perflib.MaxPlan)
	if err != nil {
		return nil, env.Usagef("%s: %s", p.Shown(l.Name), unopened(err))
	}
	l.Text = string(data)
	described, err := perflib.PlanDescriptions(l.Name, data)
	if err != nil {
		return nil, l.wrong(err)
	}
	if err := l.describe(ctx, described); err != nil {
		return nil, err
	}
	l.Plan, err = perflib.ParsePlan(l.Name, data, perflib.PlanOptions{Descriptions: l.Descriptions, File: l.File})
	if err != nil {
		return nil, l.wrong(err)
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
	path := p.Env.Path(planName)
	if _, err := os.Stat(path); err != nil {
		return "", env.Usagef("no plan is given, plumb.yaml names none under perf, and there is no %s: plumb perf init writes one", planName)
	}
	return path, nil
}

// wrong makes the error of a plan, whose file is called as people know it.
func (l *loadedPlan) wrong(err error) error {
	var file *perflib.FileError
	if errors.As(err, &file) {
		file.Name = l.project.Shown(l.Name)
		lines := strings.Split(file.Error(), "\n")
		for i := range lines {
			lines[i] = safe.Line(lines[i])
		}
		return env.Usagef("%s", strings.Join(lines, "\n"))
	}
	return err
}

// describe loads the descriptions of a plan.
func (l *loadedPlan) describe(ctx context.Context, described []string) error {
	var none source.Flags
	loader, err := none.Loader(l.project, "plumb/"+version.Number)
	if err != nil {
		return err
	}
	defer loader.Close()
	var lines []string
	for _, name := range described {
		arg := name
		if !project.IsURL(name) {
			if !filepath.IsAbs(name) {
				name = filepath.Join(l.dir, filepath.FromSlash(name))
			}
			name = l.project.Shown(l.project.Canonical(name))
		} else {
			loader.Fetcher.Type(name)
		}
		d, err := loader.Load(ctx, name)
		if err != nil {
			return err
		}
		for _, f := range d.Failed {
			lines = append(lines, safe.Line(place(l.project, f.Location)+": "+f.Message))
		}
		l.Documents = append(l.Documents, d)
		l.Descriptions = append(l.Descriptions, perflib.Description{Name: arg, OpenAPI: d.OpenAPI, GraphQL: d.GraphQL})
	}
	if len(lines) > 0 {
		return env.Incompletef("%s", strings.Join(lines, "\n"))
	}
	return nil
}

func place(p *project.Project, at check.Location) string {
	if at.Line > 0 {
		return fmt.Sprintf("%s:%d:%d", p.Shown(at.File), at.Line, at.Column)
	}
	return p.Shown(at.File)
}

// apply changes a plan as the flags say.
func (f *planFlags) apply(l *loadedPlan) error {
	for _, arg := range f.targets {
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
	if err != nil && (only == nil || !f.judging) {
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
func (l *loadedPlan) Headers() (map[string]http.Header, error) {
	all := map[string]http.Header{}
	for _, t := range l.Targets {
		all[t.Name] = http.Header{}
		for _, h := range t.Headers {
			value := ""
			if h.Env != "" {
				if value = l.project.Env.Getenv(h.Env); value == "" {
					return nil, env.Usagef("%s: header %s of target %q needs the environment variable %s, which is not set", place(l.project, t.Location), h.Name, t.Name, h.Env)
				}
				if strings.ContainsAny(value, "\r\n\x00") {
					return nil, env.Usagef("%s: the environment variable %s for header %s has a line break", place(l.project, t.Location), h.Env, h.Name)
				}
			}
			all[t.Name].Add(h.Name, h.Prefix+value)
		}
	}
	return all, nil
}

// Data returns the content of the files of data, by the feeder's name. A file
// that cannot be read is wrong usage.
func (l *loadedPlan) Data() (map[string][]byte, error) {
	all := map[string][]byte{}
	for _, f := range l.Feeders {
		data, err := l.File(f.File)
		if err != nil {
			return nil, env.Usagef("%s: the file %q of data %q cannot be read: %w", place(l.project, f.Location), f.File, f.Name, err)
		}
		all[f.Name] = data
	}
	return all, nil
}

// File reads a file that the plan names, relative to its own; it may not be
// outside the project, or outside the plan's folder where that is outside
// itself.
func (l *loadedPlan) File(name string) ([]byte, error) {
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
		return nil, errors.New(unopened(err))
	}
	defer func() { _ = f.Close() }()
	return readLimit(f, maxData)
}

// text returns the text of a file, by canonical name, for reports.
func (l *loadedPlan) text(name string) (string, bool) {
	if name == l.Name {
		return l.Text, true
	}
	return source.Text(l.project, name, l.Documents...)
}

func readBounded(path string, limit int) ([]byte, error) {
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

func unopened(err error) string {
	if errors.Is(err, fs.ErrNotExist) {
		return "there is no such file"
	}
	return env.Bare(err).Error()
}
