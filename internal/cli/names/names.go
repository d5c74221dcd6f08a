// Package names knows the names of rules and rulesets that users write, and
// says which one is meant where there is no such name.
package names

import (
	"fmt"
	"maps"
	"slices"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/config"
	"github.com/plumbapi/plumb/lint"
)

// Config returns the names that plumb.yaml may refer to.
func Config() config.Names {
	return config.Names{Rules: lint.Metas(), Rulesets: Rulesets()}
}

// Rulesets returns the names of the rulesets.
func Rulesets() []string {
	var names []string
	for _, r := range lint.Rulesets() {
		names = append(names, r.Name)
	}
	return names
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

// Rule returns the rule with the ID or the alias.
func Rule(name string) (check.Meta, error) {
	metas := lint.Metas()
	var known []string
	for i := range metas {
		if metas[i].Named(name) {
			return metas[i], nil
		}
		known = append(append(known, metas[i].ID), metas[i].Aliases...)
	}
	return check.Meta{}, fmt.Errorf("%w (plumb rules lists them)", env.Unknown("rule", name, known))
}

// Tags returns the tags that rules have, in order.
func Tags() []string {
	seen := map[string]bool{}
	for _, m := range lint.Metas() {
		for _, tag := range m.Tags {
			seen[tag] = true
		}
	}
	return slices.Sorted(maps.Keys(seen))
}

// Described returns the IDs of the rules for a shell to complete: each
// followed by a suffix, a tab and what the rule demands.
func Described(suffix string) []string {
	var ids []string
	for _, m := range lint.Metas() {
		ids = append(ids, m.ID+suffix+"\t"+m.Summary)
	}
	return ids
}
