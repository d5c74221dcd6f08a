package project

import (
	"context"
	"fmt"
	"path/filepath"

	"github.com/plumbapi/plumb/internal/cli/ruleset"
)

// Rulesets reads the rulesets that a call names, else those of lint.extends in
// plumb.yaml, else the default. The error is wrong usage or a wrong ruleset.
func (p *Project) Rulesets(ctx context.Context, named []string) (*ruleset.Set, error) {
	place := ruleset.Place{Root: p.Root, Shown: func(path string) string { return p.Shown(p.Canonical(path)) }, Fetch: p.Env.FetchRuleset}
	if len(named) > 0 {
		list := make([]ruleset.Named, len(named))
		for i, name := range named {
			list[i] = ruleset.Named{Name: name, Dir: p.Env.Dir, From: "--ruleset"}
		}
		return ruleset.Read(ctx, place, list)
	}
	p.mu.Lock()
	set, err := p.rulesets, p.rulesetsErr
	p.mu.Unlock()
	if set != nil || err != nil {
		return set, err
	}
	list := make([]ruleset.Named, len(p.Config.Lint.Extends))
	for i, e := range p.Config.Lint.Extends {
		from := fmt.Sprintf("%s:%d:%d", p.Shown(e.At.File), e.At.Line, e.At.Column)
		list[i] = ruleset.Named{Name: e.Name, Dir: filepath.Dir(p.ConfigPath), From: from}
	}
	set, err = ruleset.Read(ctx, place, list)
	p.mu.Lock()
	p.rulesets, p.rulesetsErr = set, err
	p.mu.Unlock()
	return set, err
}
