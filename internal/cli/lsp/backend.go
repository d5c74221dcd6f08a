package lsp

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/lint"
	"github.com/plumbapi/plumb/internal/cli/names"
	"github.com/plumbapi/plumb/internal/cli/project"
	"github.com/plumbapi/plumb/internal/cli/source"
	"github.com/plumbapi/plumb/internal/cli/version"
	"github.com/plumbapi/plumb/internal/config"
	"github.com/plumbapi/plumb/internal/lsp"
	"github.com/plumbapi/plumb/internal/rulebook"
)

// backend lints the files of an editor. It implements lsp.Backend.
type backend struct {
	env   *env.Env
	flags []string

	mu       sync.Mutex
	projects map[string]*opened // by folder
	kept     []*kept            // the one that was linted last at the end
}

// opened is a project, or why it cannot be opened.
type opened struct {
	checker *lint.Checker
	err     error
}

func newBackend(e *env.Env, flags []string) *backend {
	return &backend{env: e, flags: flags, projects: map[string]*opened{}}
}

// usable checks the flags, before an editor waits for an answer. What is wrong
// with a plumb.yaml is for the editor to show.
func (b *backend) usable(ctx context.Context) error {
	e := *b.env
	e.Dir = os.TempDir()
	flags := make([]string, 0, len(b.flags))
	for _, f := range b.flags {
		name := strings.TrimPrefix(f, "--ruleset=")
		if strings.ContainsAny(name, `./\`) {
			if _, err := os.Stat(b.env.Path(name)); err != nil {
				return env.Usagef("--ruleset %s: %w", name, env.Bare(err))
			}
			continue
		}
		flags = append(flags, f)
	}
	_, err := lint.NewChecker(ctx, &e, flags...)
	return err
}

// open returns the project of a folder.
func (b *backend) open(ctx context.Context, dir string) (*lint.Checker, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if p := b.projects[dir]; p != nil {
		return p.checker, p.err
	}
	e := *b.env
	e.Dir, e.Stdin = dir, strings.NewReader("")
	flags := make([]string, len(b.flags))
	for i, f := range b.flags {
		flags[i] = f
		if name := strings.TrimPrefix(f, "--ruleset="); strings.ContainsAny(name, `./\`) {
			flags[i] = "--ruleset=" + b.env.Path(name)
		}
	}
	p := &opened{}
	p.checker, p.err = lint.NewChecker(ctx, &e, flags...)
	b.projects[dir] = p
	return p.checker, p.err
}

// Forget implements lsp.Backend.
func (b *backend) Forget() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.projects, b.kept = map[string]*opened{}, nil
}

// folderOf returns the folder that a file is linted in: the nearest at or above
// it with a plumb.yaml, up to the folder that the editor has open, else that, or
// the file's own.
func folderOf(path string, folders []string) string {
	top := filepath.Dir(path)
	for _, f := range folders {
		if _, ok := project.Inside(f, path); ok {
			top = f
			break
		}
	}
	for dir := filepath.Dir(path); ; dir = filepath.Dir(dir) {
		if info, err := os.Stat(filepath.Join(dir, config.FileName)); err == nil && !info.IsDir() {
			return dir
		}
		if dir == top || dir == filepath.Dir(dir) {
			return top
		}
	}
}

// between stands between the folder and the argument in the name of a subject.
const between = "\x00"

// Subjects implements lsp.Backend.
func (b *backend) Subjects(ctx context.Context, path string, buffers lsp.Buffers, folders []string) []string {
	if !filepath.IsAbs(path) || !isDescription(path) || filepath.Base(path) == config.FileName {
		return nil
	}
	folders = slices.Clone(folders)
	slices.SortFunc(folders, func(x, y string) int { return len(y) - len(x) })
	dir := folderOf(path, folders)
	checker, err := b.open(ctx, dir)
	if err != nil {
		return []string{dir + between + path} // which says why
	}
	p := checker.Project()
	var named []string
	for _, api := range p.Config.APIs {
		for _, arg := range []string{api.OpenAPI, api.GraphQL} {
			if arg == "" || project.IsURL(arg) {
				continue
			}
			full := p.FromConfig(arg)
			if full == path || source.IsPattern(full) && check.MatchGlob(filepath.ToSlash(full), filepath.ToSlash(path)) {
				return []string{dir + between + full}
			}
			named = append(named, full)
		}
	}
	text, _ := buffers.Buffer(path)
	if kind, certain := source.Sniff(path, []byte(text[:min(len(text), 64<<10)])); certain || kind == source.GraphQL {
		return []string{dir + between + path}
	}
	return b.referring(ctx, checker, dir, path, named, buffers)
}

// referring returns those of the descriptions of plumb.yaml that refer to a
// file.
func (b *backend) referring(ctx context.Context, checker *lint.Checker, dir, path string, named []string, buffers lsp.Buffers) []string {
	var list []string
	for _, full := range named {
		d, err := checker.Load(ctx, full, buffers.Buffer)
		if err != nil || d.OpenAPI == nil {
			continue
		}
		for _, src := range d.OpenAPI.Sources() {
			if at, ok := checker.Project().Path(src.Name()); ok && at == path {
				list = append(list, dir+between+full)
			}
		}
	}
	return list
}

// Lint implements lsp.Backend.
func (b *backend) Lint(ctx context.Context, subject string, buffers lsp.Buffers) (*lsp.Result, error) {
	dir, arg, _ := strings.Cut(subject, between)
	checker, err := b.open(ctx, dir)
	if err != nil {
		return nil, err
	}
	k := b.keep(subject, checker)
	if text, open := buffers.Buffer(arg); open {
		if r, ok, err := k.recheck(ctx, text); ok || err != nil {
			return r, err
		}
	}
	d, err := checker.Load(ctx, arg, buffers.Buffer)
	if err != nil {
		return nil, err
	}
	r := &lsp.Result{OpenAPI: d.OpenAPI, GraphQL: d.GraphQL, Paths: map[string]string{}, Texts: map[string]string{}}
	add := func(name string) {
		if path, ok := checker.Project().Path(name); ok {
			r.Paths[name] = path
			r.Texts[name], _ = d.Text(name)
		}
	}
	switch {
	case d.OpenAPI != nil:
		for _, src := range d.OpenAPI.Sources() {
			add(src.Name())
		}
	case d.GraphQL != nil:
		for _, src := range d.GraphQL.Sources() {
			add(src.Name())
		}
	default:
		add(d.Name)
		for _, f := range d.Failed {
			add(f.Location.File)
		}
	}
	if r.Report, err = k.Check(ctx, d); err != nil {
		return nil, err
	}
	if d.OpenAPI == nil || !k.Live() {
		return r, nil
	}
	if text, open := buffers.Buffer(arg); open && r.Texts[d.Name] == text {
		k.take(r, d.Name, r.Paths[d.Name], text)
	} else {
		k.Forget()
	}
	return r, nil
}

// Config implements lsp.Backend.
func (b *backend) Config(path, text string) (bool, []check.Finding) {
	if filepath.Base(path) != config.FileName {
		base := filepath.Base(path)
		return strings.HasPrefix(base, ".spectral.") || slices.Contains(b.flags, "--ruleset="+path), nil
	}
	_, err := config.Parse(path, []byte(text), names.Config())
	var wrong *config.Error
	if text == "" || !errors.As(err, &wrong) {
		return true, nil
	}
	var findings []check.Finding
	for _, p := range wrong.Problems {
		findings = append(findings, check.Finding{
			Rule: "plumb-config", Severity: check.Error, Message: p.Message,
			Location: check.Location{File: path, Line: p.Line, Column: p.Column, EndLine: p.Line, EndColumn: p.Column},
		})
	}
	return true, findings
}

// Page implements lsp.Backend.
func (b *backend) Page(rule string) string {
	if _, ok := b.Rule(rule); ok {
		return version.RulePage(rule)
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, p := range b.projects {
		if p.checker != nil {
			if page := p.checker.Page(rule); page != version.RulePage(rule) {
				return page
			}
		}
	}
	return ""
}

// Rule implements lsp.Backend.
func (b *backend) Rule(id string) (check.Meta, bool) {
	for _, m := range rulebook.Metas() {
		if m.ID == id {
			return m, true
		}
	}
	return check.Meta{}, false
}

// isDescription reports whether a file may be one, by its name.
func isDescription(path string) bool {
	switch filepath.Ext(path) {
	case ".yaml", ".yml", ".json", ".graphql", ".graphqls", ".gql":
		return true
	}
	return false
}
