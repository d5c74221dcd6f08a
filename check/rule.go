package check

import "context"

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
	Rationale string   `json:"rationale"`
	Severity  Severity `json:"severity"`
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

// Metas returns what describes each rule, in the order of the set.
func (s Set[S]) Metas() []Meta {
	metas := make([]Meta, len(s))
	for i, r := range s {
		metas[i] = r.Meta
	}
	return metas
}
