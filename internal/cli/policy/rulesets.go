package policy

import (
	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/cli/project"
	"github.com/plumbapi/plumb/lint"
)

// defaultRuleset is the one without --ruleset and lint.extends.
const defaultRuleset = "plumb:recommended"

// Lint puts together what the rulesets, plumb.yaml and the flags say of the
// rules of lint, each on top of the one before. Without rulesets those of
// plumb.yaml are taken; more is said after them, before plumb.yaml and the flags.
func (f *Flags) Lint(p *project.Project, rulesets []string, more ...func(*check.Policy)) (check.Policy, error) {
	if len(rulesets) == 0 {
		rulesets = p.Config.Lint.Extends
	}
	if len(rulesets) == 0 {
		rulesets = []string{defaultRuleset}
	}
	policy := fromRulesets(rulesets)
	for _, say := range more {
		say(&policy)
	}
	err := f.Apply(&policy, p, p.Config.Lint.Rules, p.Config.Lint.Ignores)
	return policy, err
}

// fromRulesets is the policy that runs the rules of the rulesets and no
// others; a later one's severities win.
func fromRulesets(names []string) check.Policy {
	severity := map[string]check.Severity{}
	for _, name := range names {
		r, _ := lint.Lookup(name)
		for rule, s := range r.Rules {
			severity[rule] = s
		}
	}
	return lint.Ruleset{Rules: severity}.Policy()
}
