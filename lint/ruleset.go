package lint

import (
	"slices"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/lint/internal/owasp"
)

// Ruleset is a choice of rules and their severities under a name that a
// configuration can extend.
type Ruleset struct {
	Name string
	// Summary says in one sentence whom the ruleset is for.
	Summary string
	// Rules has the severity of each rule that the ruleset turns on, by ID.
	Rules map[string]check.Severity
}

// Policy returns the policy that runs the rules of the ruleset and no others.
func (r Ruleset) Policy() check.Policy {
	p := check.Policy{
		Severity: make(map[string]check.Severity, len(r.Rules)),
		On:       make(map[string]bool, len(r.Rules)),
		Off:      map[string]bool{},
	}
	for _, m := range Metas() {
		if s, ok := r.Rules[m.ID]; ok {
			p.Severity[m.ID], p.On[m.ID] = s, true
		} else {
			p.Off[m.ID] = true
		}
	}
	return p
}

// The tags by which rules belong to rulesets. Every rule has one of the
// surface tags besides.
const (
	tagSpectral = "spectral:oas"
	tagGitLab   = "plumb:gitlab"
	tagGraphQL  = "graphql"
	tagWebhooks = "webhooks"
)

// rulesets says of each ruleset which rules it has. Rules about the policy
// and the problems of reading belong to all that lint their surface: they
// carry the surface's tag, or none.
var rulesets = []struct {
	name, summary string
	has           func(m check.Meta) bool
}{
	{
		"plumb:recommended", "What every API description should keep to, OpenAPI and GraphQL alike.",
		func(m check.Meta) bool { return !m.OptIn },
	},
	{
		"plumb:all", "Every rule there is, to choose from.",
		func(check.Meta) bool { return true },
	},
	{
		"plumb:graphql", "The recommended rules over GraphQL schemas.",
		func(m check.Meta) bool { return !m.OptIn && tagged(m, tagGraphQL) },
	},
	{
		"plumb:webhooks", "What a description of webhooks should say, to those who receive them.",
		func(m check.Meta) bool { return tagged(m, tagWebhooks) },
	},
	{
		"plumb:gitlab", "GitLab's style guides for REST and GraphQL, on top of the recommended rules of spectral:oas and for GraphQL.",
		func(m check.Meta) bool {
			return tagged(m, tagGitLab) || !m.OptIn && (tagged(m, tagSpectral) || tagged(m, tagGraphQL))
		},
	},
	{
		"plumb:owasp", "What a description shows of the risks in the OWASP API Security Top 10 of 2023.",
		func(m check.Meta) bool { return tagged(m, owasp.Tag) },
	},
	{
		"spectral:oas", "The rules that Spectral recommends for OpenAPI descriptions, with its severities.",
		func(m check.Meta) bool { return !m.OptIn && tagged(m, tagSpectral) },
	},
}

func tagged(m check.Meta, tag string) bool { return slices.Contains(m.Tags, tag) }

// Rulesets returns the rulesets that plumb has, in the order in which they
// are documented.
func Rulesets() []Ruleset {
	always := alwaysOn()
	metas := Metas()
	sets := make([]Ruleset, len(rulesets))
	for i, r := range rulesets {
		sets[i] = Ruleset{Name: r.name, Summary: r.summary, Rules: map[string]check.Severity{}}
		for _, m := range metas {
			if always[m.ID] || r.has(m) {
				sets[i].Rules[m.ID] = m.Severity
			}
		}
	}
	return sets
}

// Lookup returns the ruleset of the name, and whether there is one.
func Lookup(name string) (Ruleset, bool) {
	for _, r := range Rulesets() {
		if r.Name == name {
			return r, true
		}
	}
	return Ruleset{}, false
}

// alwaysOn are the rules that no choice of style turns off: what keeps a
// description from being read as written, and the rules about the policy.
func alwaysOn() map[string]bool {
	ids := map[string]bool{}
	for _, m := range slices.Concat(documentProblems().Metas(), schemaProblems().Metas(), check.PolicyRules()) {
		ids[m.ID] = true
	}
	return ids
}
