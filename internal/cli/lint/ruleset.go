package lint

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/names"
	"github.com/plumbapi/plumb/internal/cli/project"
	"github.com/plumbapi/plumb/internal/cli/source"
	"github.com/plumbapi/plumb/internal/safe"
	"github.com/plumbapi/plumb/lint/spectral"
)

// rulesets are what --ruleset names: rulesets of plumb by name, and files.
type rulesets struct {
	names []string
	files []rulesetFile
}

// rulesetFile is a ruleset in a file, and the folder that its names are relative to.
type rulesetFile struct {
	set  *spectral.Ruleset
	dir  string
	root *os.Root
}

// isFile reports whether a ruleset is named by its path: names have neither dots
// nor slashes.
func isFile(name string) bool { return strings.ContainsAny(name, `./\`) }

// validateRulesets checks the names of rulesets before anything is read.
func validateRulesets(list []string) error {
	for _, name := range list {
		if isFile(name) {
			continue
		}
		if err := names.Ruleset(name); err != nil {
			return env.Usagef("--ruleset: %w", err)
		}
	}
	return nil
}

// readRulesets reads the rulesets that are files.
func readRulesets(ctx context.Context, p *project.Project, list []string) (*rulesets, error) {
	r := &rulesets{}
	for _, name := range list {
		if !isFile(name) {
			r.names = append(r.names, name)
			continue
		}
		f, err := readRuleset(ctx, p, name)
		if err != nil {
			return nil, err
		}
		r.files = append(r.files, f)
	}
	if len(r.names) == 0 && len(r.files) > 0 {
		r.names = []string{"spectral:oas"} // of which a ruleset says what is on
	}
	return r, nil
}

// readRuleset reads one, and what it extends, within the project's folder where
// it stands there, else within its own.
func readRuleset(ctx context.Context, p *project.Project, name string) (rulesetFile, error) {
	path := p.Env.Path(name)
	f := rulesetFile{dir: filepath.Dir(path)}
	if _, ok := project.Inside(p.Root, path); ok {
		f.dir = p.Root
	}
	root, err := os.OpenRoot(f.dir)
	if err != nil {
		return f, env.Usagef("--ruleset %s: %w", safe.Line(name), env.Bare(err))
	}
	f.root = root // stays open: functions may require more while they run
	rel, err := filepath.Rel(f.dir, path)
	if err != nil {
		return f, env.Usagef("--ruleset %s: %w", safe.Line(name), err)
	}
	f.set, err = (&spectral.Loader{FS: root.FS()}).Load(ctx, filepath.ToSlash(rel))
	var wrong *spectral.Error
	switch {
	case errors.As(err, &wrong):
		at := wrong.At
		return f, env.Usagef("%s", safe.Line(fmt.Sprintf("%s:%d:%d: %s", p.Shown(p.Canonical(filepath.Join(f.dir, at.File))), at.Line, at.Column, wrong.Text)))
	case err != nil:
		return f, env.Usagef("--ruleset %s", safe.Line(err.Error()))
	}
	return f, nil
}

// of returns the rulesets as they are for a file, by its canonical name.
func (r *rulesets) of(p *project.Project, name string) []*spectral.Ruleset {
	var list []*spectral.Ruleset
	for _, f := range r.files {
		rel := name
		if path, ok := p.Path(name); ok {
			if inside, ok := project.Inside(f.dir, path); ok {
				rel = filepath.ToSlash(inside)
			}
		}
		list = append(list, f.set.For(rel))
	}
	return list
}

// policyOf is the policy for a document.
func (c *call) policyOf(sets []*spectral.Ruleset) (check.Policy, error) {
	if len(sets) == 0 {
		return c.policy, nil
	}
	alone := !slices.ContainsFunc(c.opts.rulesets, func(name string) bool { return !isFile(name) })
	return c.opts.policy.Lint(c.project, c.rulesets.names, func(policy *check.Policy) {
		for _, s := range sets {
			s.Policy(policy, alone)
		}
	})
}

// lint runs plumb's rules and those of the rulesets over a document.
func (c *call) lint(ctx context.Context, d *source.Document, baseline *check.Baseline) (*check.Report, error) {
	sets := c.rulesets.of(c.project, d.Name)
	policy, err := c.policyOf(sets)
	if err != nil {
		return nil, err
	}
	policy.Baseline = baseline
	doc, plain := looked(d, len(sets) > 0)
	var reports []*check.Report
	if !plain {
		own, err := source.Lint(ctx, d, policy)
		if err != nil || len(sets) == 0 {
			return own, err
		}
		reports = append(reports, own)
	}
	if doc == nil {
		return reports[0], nil
	}
	for _, s := range sets {
		rep, err := check.Run(ctx, s.Rules(), doc, policy)
		if err != nil {
			return nil, err
		}
		rep.Subjects = []string{d.Name}
		reports = append(reports, rep)
	}
	return check.Merge(policy, reports...), nil
}

// looked is a document as rulesets look at it, nil for a GraphQL schema. Plain
// says that it is JSON or YAML and no description that plumb knows.
func looked(d *source.Document, rulesets bool) (doc *spectral.Document, plain bool) {
	switch {
	case !rulesets || d.GraphQL != nil:
		return nil, false
	case d.OpenAPI != nil:
		return spectral.Of(d.OpenAPI), false
	}
	text, ok := d.Text(d.Name)
	if !ok || !slices.ContainsFunc(d.Failed, func(f check.Finding) bool { return f.Rule == "unrecognized-format" }) {
		return nil, false
	}
	doc, err := spectral.Parse(d.Name, []byte(text))
	return doc, err == nil
}
