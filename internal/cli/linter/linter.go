// Package linter lints one document as a project wants it: plumb's rules and
// those of rulesets in files, under one policy. Every command that lints stands
// on it, so that they find the same.
//
// Which findings count is for package policy, what is read for package source.
package linter

import (
	"context"
	"path/filepath"
	"slices"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/cli/policy"
	"github.com/plumbapi/plumb/internal/cli/project"
	"github.com/plumbapi/plumb/internal/cli/ruleset"
	"github.com/plumbapi/plumb/internal/cli/source"
	"github.com/plumbapi/plumb/lint/spectral"
	"github.com/plumbapi/plumb/openapi"
)

// Linter lints documents. It is safe for concurrent use.
type Linter struct {
	// Policy is what counts in any document: by what findings of several are
	// merged.
	Policy check.Policy
	// Rulesets are what the policy was made of.
	Rulesets *ruleset.Set

	project *project.Project
	own     check.Policy // for the rules that rulesets in files have
}

// New makes a linter. Without named rulesets those of plumb.yaml count. The error
// is wrong usage.
func New(ctx context.Context, p *project.Project, flags *policy.Flags, named []string) (*Linter, error) {
	l := &Linter{project: p}
	var err error
	if l.Rulesets, err = p.Rulesets(ctx, named); err != nil {
		return nil, err
	}
	metas := l.Rulesets.Rules()
	l.Policy = l.Rulesets.Policy(nil)
	if err := flags.Apply(&l.Policy, p, p.Config.Lint.Rules, p.Config.Lint.Ignores, metas...); err != nil {
		return nil, err
	}
	if l.own, err = flags.Policy(p, p.Config.Lint.Rules, p.Config.Lint.Ignores, metas...); err != nil {
		return l, err
	}
	// Each ruleset sets aside what it lists; here it is told which of that is there
	// no more.
	for _, f := range l.Rulesets.Files() {
		if r, ok := f.Ruleset.(interface{ Listed() []check.Ignore }); ok {
			l.Policy.Ignores = slices.Concat(l.Policy.Ignores, r.Listed())
		}
	}
	return l, nil
}

// Lint lints a document. Turn changes the policies that it is looked at under; nil
// leaves them as they are.
func (l *Linter) Lint(ctx context.Context, d *source.Document, turn func(check.Policy) check.Policy) (*check.Report, error) {
	files := l.Rulesets.Files()
	if len(files) == 0 {
		return l.Plumb(ctx, d, turn)
	}
	doc, plain := looked(d)
	var reports []*check.Report
	switch {
	case plain:
		sets, parts := l.fitted(d)
		rep, err := source.Problems(d, turned(l.on(sets, parts), turn))
		if err != nil {
			return nil, err
		}
		reports = append(reports, rep)
	default:
		rep, err := l.Plumb(ctx, d, turn)
		if err != nil {
			return nil, err
		}
		reports = append(reports, rep)
	}
	if doc != nil {
		sets, parts := l.fitted(d)
		own := l.own
		own.Ignores, own.Levels = slices.Concat(own.Ignores, parts.Ignores), parts.Levels
		for _, f := range files {
			rep, err := sets[f].Run(ctx, doc, turned(own, turn))
			if err != nil {
				return nil, err
			}
			reports = append(reports, rep)
		}
	}
	return check.Merge(check.Policy{}, reports...), nil
}

// Plumb runs plumb's rules alone, as the rulesets want them.
func (l *Linter) Plumb(ctx context.Context, d *source.Document, turn func(check.Policy) check.Policy) (*check.Report, error) {
	if len(l.Rulesets.Files()) == 0 {
		return source.Lint(ctx, d, turned(l.Policy, turn))
	}
	sets, parts := l.fitted(d)
	return source.Lint(ctx, d, turned(l.on(sets, parts), turn))
}

func turned(p check.Policy, turn func(check.Policy) check.Policy) check.Policy {
	if turn == nil {
		return p
	}
	return turn(p)
}

// fitted are the rulesets in files as they are for a document, and what they say
// of parts of it.
func (l *Linter) fitted(d *source.Document) (map[*ruleset.File]ruleset.Ruleset, *check.Policy) {
	files := l.Rulesets.Files()
	sets := make(map[*ruleset.File]ruleset.Ruleset, len(files))
	parts := &check.Policy{}
	for _, f := range files {
		set := f.For(l.within(f, d.Name))
		sets[f] = set
		parts.Ignores = append(parts.Ignores, set.Ignores()...)
		l.keys(d, set, parts)
		for _, level := range set.Levels() {
			if l.own.Severity[level.Rule] == 0 { // what the user says is above rulesets
				parts.Levels = append(parts.Levels, level)
			}
		}
	}
	return sets, parts
}

// keys puts into a policy what a ruleset says of the keys of a document.
func (l *Linter) keys(d *source.Document, set ruleset.Ruleset, parts *check.Policy) {
	says, ok := set.(ruleset.OfKeys)
	loaded := d.OpenAPI
	if loaded == nil {
		loaded = d.Other
	}
	if !ok || loaded == nil {
		return
	}
	for _, f := range loaded.Problems() {
		twice, ok := openapi.KeyProblem(f)
		if !ok || l.own.Severity[f.Rule] != 0 {
			continue
		}
		switch off, severity := says.Keys(twice); {
		case off:
			parts.Ignores = append(parts.Ignores, check.Ignore{Rule: f.Rule, File: f.Location.File, Element: f.Location.Element})
		case severity != 0:
			parts.Levels = append(parts.Levels, check.Level{Rule: f.Rule, File: f.Location.File, Element: f.Location.Element, Severity: severity})
		}
	}
}

// on is the policy for plumb's rules where rulesets have been fitted to a
// document.
func (l *Linter) on(sets map[*ruleset.File]ruleset.Ruleset, parts *check.Policy) check.Policy {
	p := l.Rulesets.Policy(func(f *ruleset.File) ruleset.Ruleset { return sets[f] })
	policy.Overlay(&p, &l.own)
	p.Ignores, p.Levels = slices.Concat(p.Ignores, parts.Ignores), parts.Levels
	return p
}

// within is a document by its path within the folder of a ruleset.
func (l *Linter) within(f *ruleset.File, name string) string {
	if path, ok := l.project.Path(name); ok {
		if inside, ok := project.Inside(f.Dir, path); ok {
			return filepath.ToSlash(inside)
		}
	}
	return name
}

// looked is a document as rulesets look at it, nil for a GraphQL schema and for
// what cannot be read. Plain says that it is JSON or YAML and no description that
// plumb knows.
func looked(d *source.Document) (doc *ruleset.Document, plain bool) {
	switch {
	case d.GraphQL != nil:
		return nil, false
	case d.OpenAPI != nil:
		return &ruleset.Document{Name: d.Name, OpenAPI: d.OpenAPI, Text: spectral.Of(d.OpenAPI)}, false
	}
	if d.Other == nil {
		return nil, false
	}
	return &ruleset.Document{Name: d.Name, Text: spectral.Of(d.Other)}, true
}
