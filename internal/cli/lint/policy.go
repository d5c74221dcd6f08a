package lint

import (
	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/cli/project"
	lintlib "github.com/plumbapi/plumb/lint"
)

// defaultRuleset is the one without --ruleset and lint.extends.
const defaultRuleset = "plumb:recommended"

// makePolicy puts together what the rulesets, plumb.yaml and the flags say,
// each on top of the one before.
func makePolicy(p *project.Project, o *options) (check.Policy, error) {
	rulesets := o.rulesets
	if len(rulesets) == 0 {
		rulesets = p.Config.Lint.Extends
	}
	if len(rulesets) == 0 {
		rulesets = []string{defaultRuleset}
	}
	policy := fromRulesets(rulesets)
	err := o.policy.Apply(&policy, p, p.Config.Lint.Rules, p.Config.Lint.Ignores)
	return policy, err
}

// fromRulesets is the policy that runs the rules of the rulesets and no
// others; a later one's severities win.
func fromRulesets(names []string) check.Policy {
	severity := map[string]check.Severity{}
	for _, name := range names {
		r, _ := lintlib.Lookup(name)
		for rule, s := range r.Rules {
			severity[rule] = s
		}
	}
	return lintlib.Ruleset{Rules: severity}.Policy()
}
