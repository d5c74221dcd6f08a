package lint

import (
	"errors"
	"io/fs"
	"os"
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/names"
	"github.com/plumbapi/plumb/internal/cli/project"
	"github.com/plumbapi/plumb/internal/config"
	lintlib "github.com/plumbapi/plumb/lint"
)

// defaultRuleset is the one without --ruleset and lint.extends.
const defaultRuleset = "plumb:recommended"

// makePolicy puts together what the rulesets, plumb.yaml and the flags say, each
// on top of the one before.
func makePolicy(p *project.Project, o *options) (check.Policy, error) {
	rulesets := o.rulesets
	if len(rulesets) == 0 {
		rulesets = p.Config.Lint.Extends
	}
	if len(rulesets) == 0 {
		rulesets = []string{defaultRuleset}
	}
	policy := fromRulesets(rulesets)
	for _, s := range p.Config.Lint.Rules {
		if err := apply(&policy, s.Rule, s.Level); err != nil {
			return policy, env.Usagef("%s:%d: %w", p.Shown(s.At.File), s.At.Line, err)
		}
	}
	for _, setting := range o.rules {
		if err := applyFlag(&policy, setting); err != nil {
			return policy, err
		}
	}
	policy.Ignores = p.Config.Lint.Ignores
	policy.Waivers = p.Config.Waivers
	policy.Now = p.Env.Now()
	if err := policy.Validate(lintlib.Metas()); err != nil {
		return policy, env.Usagef("%w", err)
	}
	return policy, nil
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

// apply puts a level into the policy under the rule's ID, so that a setting
// by alias and one by ID are about the same thing.
func apply(policy *check.Policy, rule string, level config.Level) error {
	m, err := names.Rule(rule)
	if err != nil {
		return err
	}
	level.Apply(policy, m.ID)
	return nil
}

// applyFlag applies a value of --rule.
func applyFlag(policy *check.Policy, setting string) error {
	name, word, ok := strings.Cut(setting, "=")
	if !ok || name == "" {
		return env.Usagef("--rule %q is not of the form ID=LEVEL, such as operation-tags=off", setting)
	}
	level, err := config.ParseLevel(word)
	if err != nil {
		return env.Usagef("--rule %s: %w", setting, err)
	}
	if err := apply(policy, name, level); err != nil {
		return env.Usagef("--rule %s: %w", setting, err)
	}
	return nil
}

// baselinePath returns where the baseline is: the flag's, else that of
// plumb.yaml, as an absolute path; "" where there is none.
func baselinePath(p *project.Project, o *options) (path, shown string) {
	switch {
	case o.baseline != "":
		return p.Env.Path(o.baseline), o.baseline
	case p.Config.Baseline != "":
		path := p.FromConfig(p.Config.Baseline)
		return path, p.Shown(p.Canonical(path))
	}
	return "", ""
}

// readBaseline reads the baseline, nil where there is none yet. One that the
// user named must be there, unless it is about to be written.
func readBaseline(p *project.Project, o *options) (*check.Baseline, error) {
	path, shown := baselinePath(p, o)
	if path == "" {
		if o.update {
			return nil, env.Usagef("--update-baseline needs a file: give --baseline FILE, or baseline: in plumb.yaml")
		}
		return nil, nil
	}
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		if o.baseline == "" || o.update {
			return nil, nil
		}
		return nil, env.Usagef("%s: there is no such baseline; --update-baseline writes it", shown)
	}
	if err != nil {
		return nil, env.Usagef("the baseline cannot be read: %w", err)
	}
	defer func() { _ = f.Close() }()
	b, err := check.ReadBaseline(f)
	if err != nil {
		return nil, env.Usagef("%s: %w", shown, err)
	}
	b.At.File = p.Canonical(path)
	p.Type(b.At.File, shown)
	return b, nil
}
