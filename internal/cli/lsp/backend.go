package lsp

import (
	"context"
	"errors"
	"fmt"
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
	given []string // rulesets of the command line
	rules func() map[string]check.Meta

	mu       sync.Mutex
	rulesets []string           // those that count, files by their absolute path
	projects map[string]*opened // by folder
	kept     []*kept            // the one that was linted last at the end
}

// opened is a project, or why it cannot be opened.
type opened struct {
	checker *lint.Checker
	err     error
}

// newBackend makes a backend with rulesets of the command line. It reads them,
// before an editor waits for an answer. What is wrong with a plumb.yaml is for
// the editor to show.
func newBackend(ctx context.Context, e *env.Env, rulesets []string) (*backend, error) {
	b := &backend{env: e, rules: sync.OnceValue(rules), projects: map[string]*opened{}}
	var err error
	b.given, err = b.usable(ctx, e.Dir, rulesets)
	b.rulesets = b.given
	return b, err
}

// usable returns the rulesets with the files among them by their absolute path.
func (b *backend) usable(ctx context.Context, dir string, rulesets []string) ([]string, error) {
	e := *b.env
	e.Dir = dir
	list := make([]string, len(rulesets))
	var named []string
	for i, name := range rulesets {
		if list[i] = name; !strings.ContainsAny(name, `./\`) {
			named = append(named, "--ruleset="+name)
			continue
		}
		list[i] = e.Path(name)
		if _, err := os.Stat(list[i]); err != nil {
			return nil, env.Usagef("--ruleset %s: %w", name, env.Bare(err))
		}
	}
	e.Dir = os.TempDir()
	_, err := lint.NewChecker(ctx, &e, named...)
	return list, err
}

// Configure implements lsp.Backend.
func (b *backend) Configure(ctx context.Context, settings lsp.Settings, folders []string) error {
	dir := b.env.Dir
	if len(folders) > 0 {
		dir = folders[0]
	}
	rulesets, err := b.usable(ctx, dir, settings.Rulesets)
	if err != nil {
		return fmt.Errorf("rulesets%s", strings.TrimPrefix(env.Message(err), "--ruleset"))
	}
	if len(rulesets) == 0 {
		rulesets = b.given
	}
	b.mu.Lock()
	b.rulesets = rulesets
	b.mu.Unlock()
	b.Forget()
	return nil
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
	flags := make([]string, len(b.rulesets))
	for i, name := range b.rulesets {
		flags[i] = "--ruleset=" + name
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
	if !filepath.IsAbs(path) || !slices.Contains(source.Extensions(), filepath.Ext(path)) || filepath.Base(path) == config.FileName {
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
		b.mu.Lock()
		defer b.mu.Unlock()
		return strings.HasPrefix(filepath.Base(path), ".spectral.") || slices.Contains(b.rulesets, path), nil
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
	m, ok := b.rules()[id]
	return m, ok
}

// rules are plumb's own, by ID: a large description may have thousands of
// findings, and each of them names one.
func rules() map[string]check.Meta {
	all := map[string]check.Meta{}
	for _, m := range rulebook.Metas() {
		all[m.ID] = m
	}
	return all
}
