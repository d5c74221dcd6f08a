package lifecycle

import (
	"slices"
	"strings"
	"sync"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/lifecycle/internal/rest"
)

// OpenAPIChanges describes every kind of change that [Diff] finds, by topic,
// in the order in which they are documented. Names that are not plumb's own
// are oasdiff's.
func OpenAPIChanges() []ChangeKind {
	entries := rest.Vocabulary()
	list := make([]ChangeKind, len(entries))
	for i := range entries {
		e := &entries[i]
		list[i] = ChangeKind{ID: e.ID, Levels: []check.Severity{e.Level}, Summary: e.Summary(), Topic: e.Topic(), Own: e.Own}
	}
	return list
}

// ChangeTag is the tag of the rules that are kinds of change.
const ChangeTag = "change"

// ChangeRules describes the kinds of change as rules, so that a policy can
// give them another severity, turn them off or set single changes aside. Those
// of OpenAPI come first, then those of GraphQL, each in the order in which
// they are documented.
func ChangeRules() []check.Meta { return slices.Clone(changeRules()) }

var changeRules = sync.OnceValue(func() []check.Meta {
	entries := rest.Vocabulary()
	list := make([]check.Meta, 0, len(entries)+128)
	for i := range entries {
		e := &entries[i]
		list = append(list, check.Meta{
			ID: e.ID, Summary: e.Summary(), Rationale: e.Rationale(), Severity: e.Level, Since: "0.1.0",
			Tags: []string{ChangeTag, "openapi", e.Kind.String()},
		})
	}
	for _, k := range GraphQLChanges() {
		list = append(list, check.Meta{
			ID: k.ID, Summary: k.Summary, Rationale: graphqlRationale[k.Levels[0]], Severity: k.Levels[0], Since: "0.1.0",
			Tags: []string{ChangeTag, "graphql", strings.ToLower(strings.ReplaceAll(k.Topic, " ", "-"))},
		})
	}
	return list
})

// graphqlRationale says by the worst level of a change why it matters.
var graphqlRationale = map[check.Severity]string{
	check.Error:   "A query that was valid before may be refused, or its result may not be what the client was written for. Deprecate what is to go, and remove it when nobody asks for it any more.",
	check.Warning: "Queries stay valid, but clients may meet what they were not written for. Announce it.",
	check.Info:    "Clients are not affected. It is listed so that the list of changes is whole.",
}
