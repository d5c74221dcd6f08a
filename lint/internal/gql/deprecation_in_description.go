package gql

import (
	"context"
	"regexp"
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/graphql"
)

var deprecationInDescription = &rule{
	Meta: check.Meta{
		ID:      "graphql-deprecation-in-description",
		Summary: "What is deprecated must be marked so, not only described so.",
		Rationale: "Editors strike through and linters report what has `@deprecated`; a description that says the same is " +
			"read by nobody who already has the query. Move the text into the reason of the directive.",
		Severity: check.Warning, Tags: []string{"graphql", "deprecation", "descriptions", "plumb:recommended"}, Since: "0.1.0",
	},
	Check: checkDeprecationInDescription,
}

func checkDeprecationInDescription(_ context.Context, p *pass) error {
	for e := range described(p.Subject) {
		if e.Base().Deprecated != nil || !canBeDeprecated(e) {
			continue
		}
		if phrase := saysDeprecated(e.Base().Description); phrase != "" {
			reportf(p, graphql.DescriptionLocation(e), "%s is not deprecated, but its description says %q", called(e), phrase)
		}
	}
	return nil
}

// canBeDeprecated reports whether @deprecated may stand on the element.
func canBeDeprecated(e graphql.Element) bool {
	switch e := e.(type) {
	case *graphql.Field, *graphql.EnumValue:
		return true
	case *graphql.InputValue:
		return !e.Required()
	}
	return false
}

// saysDeprecated returns the words of a description which say that the
// element itself, and nothing that it speaks of, is deprecated.
func saysDeprecated(description string) string {
	if !strings.Contains(description, "eprecated") && !strings.Contains(description, "EPRECATED") {
		return ""
	}
	return deprecatedPhrase.FindString(description)
}

var deprecatedPhrase = regexp.MustCompile(`^\W*(?:DEPRECATED\b|(?i:deprecated)(?:[:.!\])*]|$| in (?:favou?r|[A-Z][a-z]+ \d|v?\d)| since| as of))` +
	`|(?i:\bthis (?:field|argument|value|enum value|option|mutation|query|parameter|input) (?:is|has been|was) (?:now )?deprecated\b)`)
