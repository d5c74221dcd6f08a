// Package rulebook knows the rules of every check: what they demand, which
// check runs them and what they look like. What users may write, rule pages,
// tables and the configuration schema all come from it, so that none of them
// can miss a rule. It runs nothing.
package rulebook

import (
	"slices"
	"sync"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/check/checktest/cases"
	"github.com/plumbapi/plumb/integration/catalog"
	"github.com/plumbapi/plumb/lifecycle"
	"github.com/plumbapi/plumb/lifecycle/headers"
	"github.com/plumbapi/plumb/lifecycle/history"
	"github.com/plumbapi/plumb/lifecycle/usage"
	"github.com/plumbapi/plumb/lint"
	"github.com/plumbapi/plumb/parity"
	"github.com/plumbapi/plumb/parity/live"
	"github.com/plumbapi/plumb/perf"
	"github.com/plumbapi/plumb/perf/capacity"
	"github.com/plumbapi/plumb/perf/compare"
	"github.com/plumbapi/plumb/webhook/drift"
)

// Home is the check that runs a rule.
type Home struct {
	// Check is the section of plumb.yaml that sets the rule.
	Check string
	// Command is how the rule is run.
	Command string
}

// The checks that have rules.
const (
	Lint      = "lint"
	Lifecycle = "lifecycle"
	Parity    = "parity"
	Perf      = "perf"
	Webhooks  = "webhooks"
	// Integrations are graded, where the others judge an API.
	Integrations = "integrations"
)

// Of describes the rules of a check, in the order in which they are
// documented; none where there is no such check.
func Of(name string) []check.Meta {
	switch name {
	case Lint:
		return slices.Concat(lint.OpenAPI().Metas(), lint.GraphQL().Metas())
	case Lifecycle:
		return slices.Concat(lifecycle.Rules().Metas(), history.Rules().Metas(), usage.Rules().Metas(), headers.Rules().Metas(), lifecycle.ChangeRules())
	case Parity:
		return slices.Concat(parity.Rules().Metas(), live.Rules().Metas())
	case Perf:
		return slices.Concat(perf.PlanRules().Metas(), perf.Rules().Metas(), compare.Rules().Metas(), compare.TrendRules().Metas(), capacity.Rules().Metas())
	case Webhooks:
		return drift.Rules().Metas()
	case Integrations:
		return catalog.Rules().Metas()
	}
	return nil
}

// Policy describes the rules about the policy itself, which every check
// applies.
func Policy() []check.Meta { return check.PolicyRules() }

// Metas describes all rules there are, in the order in which they are
// documented.
func Metas() []check.Meta {
	return slices.Concat(Of(Lint), Of(Lifecycle), Of(Parity), Of(Perf), Of(Webhooks), Of(Integrations), Policy())
}

// HomeOf returns the check that runs the rule with the ID; lint for those that
// every check applies.
func HomeOf(id string) Home {
	switch {
	case lifecycle.Rules().Find(id) != nil:
		return Home{Lifecycle, "plumb lifecycle status"}
	case history.Rules().Find(id) != nil:
		return Home{Lifecycle, "plumb lifecycle history"}
	case headers.Rules().Find(id) != nil:
		return Home{Lifecycle, "plumb lifecycle headers"}
	case usage.Rules().Find(id) != nil:
		return Home{Lifecycle, "plumb lifecycle usage"}
	case parity.Rules().Find(id) != nil:
		return Home{Parity, "plumb parity"}
	case live.Rules().Find(id) != nil:
		return Home{Parity, "plumb parity verify"}
	case perf.PlanRules().Find(id) != nil:
		return Home{Perf, "plumb perf lint"}
	case perf.Rules().Find(id) != nil:
		return Home{Perf, "plumb perf run"}
	case compare.Rules().Find(id) != nil:
		return Home{Perf, "plumb perf compare"}
	case compare.TrendRules().Find(id) != nil:
		return Home{Perf, "plumb perf compare --history"}
	case capacity.Rules().Find(id) != nil:
		return Home{Perf, "plumb perf capacity"}
	case drift.Rules().Find(id) != nil:
		return Home{Webhooks, "plumb webhooks drift"}
	case catalog.Rules().Find(id) != nil:
		return Home{Integrations, "plumb integrations check"}
	case IsChange(id):
		return Home{Lifecycle, "plumb diff"}
	}
	return Home{Lint, "plumb lint"}
}

// IsChange reports whether the rule with the ID is a kind of change between two
// versions.
func IsChange(id string) bool { return changes()[id] }

var changes = sync.OnceValue(func() map[string]bool {
	ids := map[string]bool{}
	for _, m := range lifecycle.ChangeRules() {
		ids[m.ID] = true
	}
	return ids
})

// Example returns the first bad and the first good test case of the rule, and
// whether the rule has any.
func Example(id string) (cases.Example, bool) {
	for _, examples := range []func(string) (cases.Example, bool){lint.Examples, lifecycle.Examples, history.Examples, usage.Examples, headers.Examples, parity.Examples, live.Examples, perf.PlanExamples, perf.Examples, compare.Examples, capacity.Examples, drift.Examples} {
		if e, ok := examples(id); ok {
			return e, true
		}
	}
	return cases.Example{}, false
}
