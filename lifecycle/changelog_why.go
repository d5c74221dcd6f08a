package lifecycle

import (
	"slices"
	"strings"
)

// why says what a change means for a client.
func why(effect Effect, c *Change) string {
	if effect != Breaking && effect != Retired && effect != Risky {
		return ""
	}
	id := c.ID
	if !strings.Contains(id, "-") {
		if effect == Breaking && (id == "FIELD_ARGUMENT_ADDED" || id == "INPUT_FIELD_ADDED") {
			return valuesUnsent
		}
		return graphqlWhy[id]
	}
	for _, w := range restWhy {
		if slices.ContainsFunc(w.parts, func(p string) bool { return strings.Contains(id, p) }) {
			if effect != Risky {
				return w.breaking
			}
			return w.risky
		}
	}
	return ""
}

const (
	queriesFail  = "Queries that use it fail."
	valuesUnsent = "Requests that leave it out fail."
	valuesFail   = "Requests that give it fail."
)

// graphqlWhy is by the ID of a change. What is not here goes without saying.
var graphqlWhy = map[string]string{
	"TYPE_REMOVED":                       queriesFail,
	"TYPE_KIND_CHANGED":                  "Queries that select from it or pass it may fail.",
	"FIELD_REMOVED":                      queriesFail,
	"FIELD_TYPE_CHANGED":                 "Clients read a value of another type, or null where there was none.",
	"FIELD_ARGUMENT_REMOVED":             valuesFail,
	"FIELD_ARGUMENT_TYPE_CHANGED":        "Values that were accepted may be refused.",
	"FIELD_ARGUMENT_DEFAULT_CHANGED":     "Queries that leave it out get another result.",
	"INPUT_FIELD_REMOVED":                valuesFail,
	"INPUT_FIELD_TYPE_CHANGED":           "Values that were accepted may be refused.",
	"INPUT_FIELD_DEFAULT_VALUE_CHANGED":  "Requests that leave it out mean something else.",
	"ENUM_VALUE_REMOVED":                 queriesFail,
	"ENUM_VALUE_ADDED":                   "Clients may read a value that they do not know.",
	"UNION_MEMBER_REMOVED":               "Queries with a fragment on it fail.",
	"UNION_MEMBER_ADDED":                 "Clients may read a type that they do not know.",
	"OBJECT_TYPE_INTERFACE_REMOVED":      "Queries with a fragment on the interface may fail.",
	"OBJECT_TYPE_INTERFACE_ADDED":        "Clients may read a type that they do not know.",
	"DIRECTIVE_REMOVED":                  queriesFail,
	"DIRECTIVE_ARGUMENT_REMOVED":         valuesFail,
	"DIRECTIVE_ARGUMENT_ADDED":           valuesUnsent,
	"DIRECTIVE_LOCATION_REMOVED":         queriesFail,
	"SCHEMA_QUERY_TYPE_CHANGED":          "Queries may not find their fields.",
	"SCHEMA_MUTATION_TYPE_CHANGED":       "Mutations may not be found.",
	"SCHEMA_SUBSCRIPTION_TYPE_CHANGED":   "Subscriptions may not be found.",
	"DIRECTIVE_USAGE_INPUT_OBJECT_ADDED": "Requests that give none or several of its fields fail.",
}

// restWhy is by what the ID of a change contains; the first that fits counts.
var restWhy = []struct {
	parts           []string
	breaking, risky string
}{
	{[]string{"api-removed", "api-path-removed", "endpoint-removed"}, "Calls to it fail.", "Calls to it may fail."},
	{[]string{"security", "scope"}, "Calls may be refused until they bring what is asked for.", "Calls may need other credentials."},
	{[]string{"response", "header"}, "Clients that rely on what was there may fail.", "Clients may read what they do not expect."},
	{[]string{"request", "parameter", "body"}, "Calls that were accepted may be refused.", "Calls may mean something else."},
}
