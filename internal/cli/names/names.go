// Package names knows the names of rules and rulesets that users write, and
// says which one is meant where there is no such name.
package names

import (
	"fmt"
	"maps"
	"slices"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/integration/tools"
	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/ruleset"
	"github.com/plumbapi/plumb/internal/config"
	"github.com/plumbapi/plumb/internal/rulebook"
	"github.com/plumbapi/plumb/lint"
)

// Config returns the names that plumb.yaml may refer to. Those of rulesets in
// files are for package project.
func Config() config.Names {
	return config.Names{
		Lint: rulebook.Of(rulebook.Lint), Lifecycle: rulebook.Of(rulebook.Lifecycle), Parity: rulebook.Of(rulebook.Parity), Perf: rulebook.Of(rulebook.Perf), Webhooks: rulebook.Of(rulebook.Webhooks), Integrations: rulebook.Of(rulebook.Integrations),
		Policy:   rulebook.Policy(),
		Rulesets: Rulesets(),
		Tools:    toolNames,
		Own:      func([]config.Extend) ([]check.Meta, error) { return nil, nil },
	}
}

// toolNames are the integrations that plumb.yaml may name, with their inputs.
func toolNames() []config.Tool {
	var list []config.Tool
	for _, t := range tools.All() {
		m := t.Manifest()
		tool := config.Tool{Name: m.Name}
		for _, in := range m.Inputs {
			tool.Inputs = append(tool.Inputs, config.ToolInput{Name: in.Name, Env: in.Env, Help: in.Help, Secret: in.Type == "secret"})
		}
		list = append(list, tool)
	}
	return list
}

// Rulesets returns the names of the rulesets.
func Rulesets() []string {
	return ruleset.Names()
}

// RulesetsWith returns the names of the rulesets that turn a rule on.
func RulesetsWith(id string) []string {
	names := []string{}
	for _, r := range lint.Rulesets() {
		if _, ok := r.Rules[id]; ok {
			names = append(names, r.Name)
		}
	}
	return names
}

// Ruleset checks that there is a ruleset of the name.
func Ruleset(name string) error {
	if known := Rulesets(); !slices.Contains(known, name) {
		return fmt.Errorf("%w (plumb rules lists the rules of each)", env.Unknown("ruleset", name, known))
	}
	return nil
}

// Rule returns the rule with the ID or the alias; own are rules that only
// rulesets in files have.
func Rule(name string, own ...check.Meta) (check.Meta, error) {
	metas := slices.Concat(rulebook.Metas(), own)
	var known []string
	for i := range metas {
		if metas[i].Named(name) {
			return metas[i], nil
		}
		known = append(append(known, metas[i].ID), metas[i].Aliases...)
	}
	return check.Meta{}, fmt.Errorf("%w (plumb rules lists them)", env.Unknown("rule", name, known))
}

// InCheck checks that a rule, where there is one of the name, is run by the
// check of that name; "" is any.
func InCheck(name, checkName string, own ...check.Meta) error {
	m, err := Rule(name, own...)
	if err != nil || runs(checkName, m) {
		return nil //nolint:nilerr // that there is no such rule is said by Rule
	}
	return fmt.Errorf("rule %q is run by %s and has no effect here", name, rulebook.HomeOf(m.ID).Command)
}

// runs reports whether a check runs a rule, or applies it to its policy.
func runs(checkName string, m check.Meta) bool {
	return checkName == "" || rulebook.HomeOf(m.ID).Check == checkName || slices.Contains(m.Tags, "policy")
}

// Tags returns the tags that rules have, in order.
func Tags() []string {
	seen := map[string]bool{}
	for _, m := range rulebook.Metas() {
		for _, tag := range m.Tags {
			seen[tag] = true
		}
	}
	return slices.Sorted(maps.Keys(seen))
}

// Described returns the IDs of the rules of a check, "" being any, for a
// shell to complete: each followed by a suffix, a tab and what the rule
// demands. Own are rules that only rulesets in files have.
func Described(checkName, suffix string, own ...check.Meta) []string {
	var ids []string
	for _, m := range own {
		ids = append(ids, m.ID+suffix+"\t"+m.Summary)
	}
	for _, m := range rulebook.Metas() {
		if runs(checkName, m) {
			ids = append(ids, m.ID+suffix+"\t"+m.Summary)
		}
	}
	return ids
}
