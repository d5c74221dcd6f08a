package check

import (
	"context"
	"fmt"
	"slices"
)

// Meta describes a rule. It is data: the rule's page, the table of rules, the
// configuration schema and SARIF's rule list all come from it.
type Meta struct {
	// ID is kebab-case and permanent: file name, variable, test case, page,
	// configuration key and SARIF ruleId are all made of it.
	ID string `json:"id"`
	// Summary says in one sentence, from a capital letter to a period, what
	// must hold.
	Summary string `json:"summary"`
	// Rationale says why it matters and what to do, in Markdown.
	Rationale string `json:"rationale"`
	// Fix says what the fixes do that the rule's findings carry, as a sentence
	// about them: "Adds the tag to the document." Empty where they have none.
	Fix      string   `json:"fix,omitempty"`
	Severity Severity `json:"severity"`
	// Tags group rules: the surface ("openapi", "graphql"), the topic
	// ("naming", "security"), and the rulesets the rule belongs to.
	Tags []string `json:"tags"`
	// Since is the version of plumb that first had the rule.
	Since string `json:"since"`
	// OptIn rules run only where a ruleset or a configuration names them.
	OptIn bool `json:"opt_in"`
	// Aliases are other IDs that configuration may use for the rule.
	Aliases []string `json:"aliases"`
	// Deprecated says why the rule should no longer be used, and ReplacedBy
	// what to use instead.
	Deprecated string `json:"deprecated,omitempty"`
	ReplacedBy string `json:"replaced_by,omitempty"`
}

// Named reports whether name is the rule's ID or one of its aliases.
func (m *Meta) Named(name string) bool {
	return m.ID == name || slices.Contains(m.Aliases, name)
}

// whole returns m with empty slices in place of nil ones, for JSON.
func (m Meta) whole() Meta {
	if m.Tags == nil {
		m.Tags = []string{}
	}
	if m.Aliases == nil {
		m.Aliases = []string{}
	}
	return m
}

// Rule is one check over a subject of type S.
type Rule[S any] struct {
	Meta
	// Check reports findings through the pass. A returned error means that
	// the rule could not finish, never that there are findings. It may be
	// called for several subjects at once and must keep no state.
	Check func(ctx context.Context, p *Pass[S]) error
}

// Set is a list of rules over one kind of subject, in the order in which
// they are documented.
type Set[S any] []*Rule[S]

// Metas returns what describes each rule, in the order of the set, with no
// slice nil.
func (s Set[S]) Metas() []Meta {
	metas := make([]Meta, len(s))
	for i, r := range s {
		metas[i] = r.whole()
	}
	return metas
}

// Find returns the rule with the ID or the alias, and nil where there is
// none. An ID is preferred to an alias.
func (s Set[S]) Find(name string) *Rule[S] {
	for _, r := range s {
		if r.ID == name {
			return r
		}
	}
	for _, r := range s {
		if r.Named(name) {
			return r
		}
	}
	return nil
}

// Only returns the rules with the IDs or aliases, in the order of the set,
// each once. An unknown name is an [*UnknownRuleError].
func (s Set[S]) Only(names ...string) (Set[S], error) {
	chosen := make(map[*Rule[S]]bool, len(names))
	for _, name := range names {
		r := s.Find(name)
		if r == nil {
			return nil, unknownRule(name, Location{}, ruleNames(s.Metas()))
		}
		chosen[r] = true
	}
	only := make(Set[S], 0, len(chosen))
	for _, r := range s {
		if chosen[r] {
			only = append(only, r)
		}
	}
	return only, nil
}

// runnable checks what Run relies on: IDs that are there and unique, valid
// severities, functions. Texts are for [Set.Validate].
func (s Set[S]) runnable() error {
	seen := make(map[string]bool, len(s))
	for i, r := range s {
		switch {
		case r == nil:
			return fmt.Errorf("rule %d of the set is nil", i)
		case r.ID == "":
			return fmt.Errorf("rule %d of the set has no ID", i)
		case seen[r.ID]:
			return fmt.Errorf("rule %q is in the set twice", r.ID)
		case r.Check == nil:
			return fmt.Errorf("rule %q has no Check function", r.ID)
		case !r.Severity.valid():
			return fmt.Errorf("rule %q has %v, which is no severity", r.ID, r.Severity)
		}
		seen[r.ID] = true
	}
	return nil
}
