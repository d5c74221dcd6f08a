// Package policy is what all commands that find something have in common
// about which findings count: the flags and the parts of plumb.yaml that set
// levels, ignores, waivers and the baseline.
package policy

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/names"
	"github.com/plumbapi/plumb/internal/cli/project"
	"github.com/plumbapi/plumb/internal/config"
)

// Flags are the flags about the policy. Register adds them to a command.
type Flags struct {
	// Check is the check whose rules --rule may set, by its name in package
	// rulebook; "" is any. It is to be set before Register.
	Check string
	// Own returns the rules that only the rulesets in files have, for a shell to
	// complete; nil where there are none.
	Own func() []check.Meta

	config   string
	rules    []string
	baseline string
	update   bool

	known map[string]*check.Baseline // those that have been read, by path
}

// Register adds the flags to a command.
func (f *Flags) Register(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringVar(&f.config, "config", "", "take this `FILE` instead of the plumb.yaml that is found")
	flags.StringArrayVar(&f.rules, "rule", nil, "set a rule's level, as `ID=off|info|warning|error|on`; repeatable")
	flags.StringVar(&f.baseline, "baseline", "", "`FILE` of known findings, which do not count")
	flags.BoolVar(&f.update, "update-baseline", false, "write what is found now to the baseline")
	_ = cmd.RegisterFlagCompletionFunc("rule", f.completeRule)
	_ = cmd.RegisterFlagCompletionFunc("config", func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		return []string{"yaml"}, cobra.ShellCompDirectiveFilterFileExt
	})
}

// completeRule completes ID, then =, then the level.
func (f *Flags) completeRule(_ *cobra.Command, _ []string, begun string) ([]string, cobra.ShellCompDirective) {
	if id, _, ok := strings.Cut(begun, "="); ok {
		levels := config.Levels()
		for i := range levels {
			levels[i] = id + "=" + levels[i]
		}
		return levels, cobra.ShellCompDirectiveNoFileComp
	}
	var own []check.Meta
	if f.Own != nil {
		own = f.Own()
	}
	return names.Described(f.Check, "=", own...), cobra.ShellCompDirectiveNoSpace | cobra.ShellCompDirectiveNoFileComp
}

// Project opens the project that the command works in.
func (f *Flags) Project(e *env.Env) (*project.Project, error) {
	return project.Open(e, f.config, names.Config())
}

// Policy returns the policy of a command whose rules all run unless somebody
// turns them off; see Apply.
func (f *Flags) Policy(p *project.Project, settings []config.RuleSetting, ignores []check.Ignore, own ...check.Meta) (check.Policy, error) {
	policy := check.Policy{On: map[string]bool{}, Off: map[string]bool{}, Severity: map[string]check.Severity{}}
	err := f.Apply(&policy, p, settings, ignores, own...)
	return policy, err
}

// Apply puts on top of a policy what plumb.yaml says, and on top of that what
// the flags say. Settings are those of the command's section of plumb.yaml,
// ignores too; waivers and the baseline are everybody's. Own are the rules that
// only the rulesets in files have.
func (f *Flags) Apply(policy *check.Policy, p *project.Project, settings []config.RuleSetting, ignores []check.Ignore, own ...check.Meta) error {
	own = slices.Concat(own, p.Own)
	for _, s := range settings {
		if err := set(policy, s.Rule, s.Level, own); err != nil {
			return env.Usagef("%s:%d: %w", p.Shown(s.At.File), s.At.Line, err)
		}
	}
	for _, rule := range f.rules {
		if err := f.setFlag(policy, rule, own); err != nil {
			return err
		}
	}
	policy.Ignores = ignores
	policy.Waivers = p.Config.Waivers
	policy.Now = p.Env.Now()
	if err := policy.Validate(slices.Concat(names.Config().Rules(), own)); err != nil {
		return env.Usagef("%w", err)
	}
	var err error
	policy.Baseline, err = f.baselineOf(p)
	return err
}

// setFlag applies a value of --rule.
func (f *Flags) setFlag(policy *check.Policy, setting string, own []check.Meta) error {
	name, word, ok := strings.Cut(setting, "=")
	if !ok || name == "" {
		return env.Usagef("--rule %q is not of the form ID=LEVEL, such as operation-tags=off", setting)
	}
	level, err := config.ParseLevel(word)
	if err != nil {
		return env.Usagef("--rule %s: %w", setting, err)
	}
	if err := names.InCheck(name, f.Check, own...); err != nil {
		return env.Usagef("--rule %s: %w", setting, err)
	}
	if err := set(policy, name, level, own); err != nil {
		return env.Usagef("--rule %s: %w", setting, err)
	}
	return nil
}

// set puts a level into the policy under the rule's ID, so that a setting by
// alias and one by ID are about the same thing.
func set(policy *check.Policy, rule string, level config.Level, own []check.Meta) error {
	m, err := names.Rule(rule, own...)
	if err != nil {
		return err
	}
	level.Apply(policy, m.ID)
	return nil
}
