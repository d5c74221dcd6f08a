package gql_test

import (
	"strings"
	"testing"

	"github.com/plumbapi/plumb/lint/internal/gql"
)

// TestPeerNames keeps the promise that whoever moves over finds the rules
// under the names that they had: those of graphql-eslint 4.4 that look at
// schemas alone, and those of graphql-schema-linter 3.0.
func TestPeerNames(t *testing.T) {
	t.Parallel()
	peers := map[string]string{
		"graphql-eslint": `alphabetize description-style input-name naming-convention no-hashtag-description
			no-root-type no-scalar-result-type-on-mutation no-typename-prefix no-unreachable-types
			relay-arguments relay-connection-types relay-edge-types relay-page-info require-deprecation-date
			require-deprecation-reason require-description require-field-of-type-query-in-mutation-result
			require-nullable-fields-with-oneof require-nullable-result-in-root require-type-pattern-with-oneof
			strict-id-in-types unique-enum-value-names`,
		"graphql-schema-linter": `arguments-have-descriptions defined-types-are-used deprecations-have-a-reason
			descriptions-are-capitalized enum-values-all-caps enum-values-have-descriptions
			enum-values-sorted-alphabetically fields-are-camel-cased fields-have-descriptions
			input-object-fields-sorted-alphabetically input-object-values-are-camel-cased
			input-object-values-have-descriptions interface-fields-sorted-alphabetically
			relay-connection-arguments-spec relay-connection-types-spec relay-page-info-spec
			type-fields-sorted-alphabetically types-are-capitalized types-have-descriptions`,
	}
	rules := gql.Rules()
	for peer, names := range peers {
		for name := range strings.FieldsSeq(names) {
			if rules.Find(name) == nil {
				t.Errorf("no rule goes by %q, which %s has", name, peer)
			}
		}
	}
}

// TestMetas keeps what all rules of the package have in common.
func TestMetas(t *testing.T) {
	t.Parallel()
	for _, m := range gql.Rules().Metas() {
		tags := map[string]bool{}
		for _, tag := range m.Tags {
			tags[tag] = true
		}
		if !strings.HasPrefix(m.ID, "graphql-") {
			t.Errorf("%s: the ID does not begin with graphql-", m.ID)
		}
		if !tags["graphql"] || len(m.Tags) < 2 {
			t.Errorf("%s: the tags %q lack graphql or a topic", m.ID, m.Tags)
		}
		if tags["plumb:recommended"] == m.OptIn {
			t.Errorf("%s: opt-in is %t, and the tags are %q", m.ID, m.OptIn, m.Tags)
		}
	}
}
