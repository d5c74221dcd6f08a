// Package redocly has the rules of Redocly CLI for OpenAPI descriptions, under
// Redocly's names: they find what it finds, at the places that it names. The
// messages are plumb's own.
//
// It knows nothing of redocly.yaml: package lint/redocly reads that and says which
// rules are on, with which options.
package redocly

import (
	"github.com/plumbapi/plumb/lint/internal/typed"
	"github.com/plumbapi/plumb/openapi"
)

// Rule is one rule, ready to be made for a walk.
type Rule struct {
	ID string
	// Summary says in one sentence what must hold.
	Summary string
	// Versions are the versions that have the rule; nil means all.
	Versions []openapi.Version
	// Make makes the rule for one walk, with its options, which may be nil.
	Make func(o Options) *typed.Rule
	// Valid says what is wrong with the options, "" where nothing is; at is where.
	Valid func(o Options) (at *openapi.Node, problem string)
}

// In reports whether a version has the rule.
func (r *Rule) In(v openapi.Version) bool {
	if r.Versions == nil {
		return true
	}
	for _, has := range r.Versions {
		if has == v {
			return true
		}
	}
	return false
}

// Find returns the rule of a name, nil where there is none.
func Find(id string) *Rule {
	for i := range rules {
		if rules[i].ID == id {
			return &rules[i]
		}
	}
	return nil
}

// Rules returns all rules, in the order in which they are told of.
func Rules() []Rule { return rules }

var (
	since30 = []openapi.Version{openapi.V30, openapi.V31, openapi.V32}
)

// rule makes what calls one visitor for the objects of a kind.
func rule(kind string, enter func(c *typed.Context)) *typed.Rule {
	return &typed.Rule{Visit: typed.Visitors{kind: {Enter: enter}}}
}

// leaving is rule for what is called once what lies within was walked.
func leaving(kind string, leave func(c *typed.Context)) *typed.Rule {
	return &typed.Rule{Visit: typed.Visitors{kind: {Leave: leave}}}
}

// plain is Make of a rule without options.
func plain(f func() *typed.Rule) func(Options) *typed.Rule {
	return func(Options) *typed.Rule { return f() }
}
