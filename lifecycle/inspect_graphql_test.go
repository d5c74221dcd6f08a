package lifecycle_test

import (
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/lifecycle"
)

func TestInspectGraphQLState(t *testing.T) {
	t.Parallel()
	in := func(s string) lifecycle.Moment { return lifecycle.Moment{Release: s} }
	at := func(s string) lifecycle.Moment { return lifecycle.Moment{Date: date(s)} }
	marked := []string{"@deprecated"}
	tests := []struct {
		name, reason string
		want         lifecycle.State
	}{
		{"no reason", "No longer supported", lifecycle.State{Deprecated: true, Carriers: marked}},
		{"plain", "Nobody uses it.", lifecycle.State{Deprecated: true, Reason: "Nobody uses it.", Carriers: marked}},
		{"renamed", "This was renamed. Please use `User.publicEmail`. Deprecated in GitLab 13.7.", lifecycle.State{Deprecated: true, Since: in("13.7"), Replacement: "User.publicEmail", Reason: "This was renamed.", Carriers: marked}},
		{"without the product", "Moved to DastProfile. Deprecated in 14.9.", lifecycle.State{Deprecated: true, Since: in("14.9"), Reason: "Moved to DastProfile.", Carriers: marked}},
		{"experiment", "**Status**: Experiment. Introduced in GitLab 15.1.", lifecycle.State{Stability: lifecycle.Experimental, Since: in("15.1"), Carriers: marked}},
		{"experiment in words", "This feature is an Experiment. It can be changed or removed at any time. Introduced in 15.9.", lifecycle.State{Stability: lifecycle.Experimental, Since: in("15.9"), Carriers: marked}},
		{"alpha", "This feature is in Alpha. It can be changed or removed at any time. Introduced in 15.4.", lifecycle.State{Stability: lifecycle.Experimental, Since: in("15.4"), Carriers: marked}},
		{"a deprecated experiment", "The experiment is over. Deprecated in 15.4.", lifecycle.State{Deprecated: true, Since: in("15.4"), Reason: "The experiment is over.", Carriers: marked}},
		{"removal release", "Will be removed in 16.0. Deprecated in 15.1.", lifecycle.State{Deprecated: true, Since: in("15.1"), Sunset: in("16.0"), Reason: "Will be removed in 16.0.", Carriers: marked}},
		{"removed before", "The feature was removed in 14.0. Deprecated in 15.1.", lifecycle.State{Deprecated: true, Since: in("15.1"), Reason: "The feature was removed in 14.0.", Carriers: marked}},
		{"removal date", "Use `full` instead. Removal on 2024-07-01 UTC.", lifecycle.State{Deprecated: true, Sunset: at("2024-07-01"), Replacement: "full", Reason: "Use `full` instead.", Carriers: marked}},
		{"not to be used", "Do not use `full`. Deprecated in 15.1.", lifecycle.State{Deprecated: true, Since: in("15.1"), Reason: "Do not use `full`.", Carriers: marked}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := schema(t, "type Query { old: Int @deprecated(reason: "+strconv.Quote(tt.reason)+") }")
			got := lifecycle.InspectGraphQL(s).Elements[1]
			if diff := cmp.Diff(tt.want, got.State); diff != "" {
				t.Errorf("state of %s (-want +got):\n%s", got.Name, diff)
			}
		})
	}
}

func TestInspectGraphQLElements(t *testing.T) {
	t.Parallel()
	s := schema(t, `directive @beta on OBJECT
directive @deprecated(reason: String, deletionDate: String) on FIELD_DEFINITION

"The root."
type Query {
  "A list. Deprecated, please update to `+"`all`"+`."
  users(first: Int!, "Who. Deprecated in 15.1: Use sort." order: Order = UP): [User] @deprecated(reason: "Gone.", deletionDate: "31/01/2027")
}
type User @beta { name: String }
input Filter { name: String! }
enum Order { UP }
`)
	want := []string{
		"graphql type Query", "graphql field Query.users", "graphql argument Query.users(first:)", "graphql argument Query.users(order:)",
		"graphql type User", "graphql field User.name", "graphql type Filter", "graphql input field Filter.name",
		"graphql type Order", "graphql enum value Order.UP",
		"graphql directive @beta",
	}
	inv := lifecycle.InspectGraphQL(s)
	if diff := cmp.Diff(want, names(inv)); diff != "" {
		t.Errorf("elements (-want +got):\n%s", diff)
	}
	states := map[string]lifecycle.State{}
	required := map[string]bool{}
	for _, e := range inv.Elements {
		states[e.Name] = e.State
		required[e.Name] = e.Required
	}
	wantStates := map[string]lifecycle.State{
		"Query.users": {Deprecated: true, Sunset: lifecycle.Moment{Date: date("2027-01-31")}, Reason: "Gone.", Carriers: []string{"@deprecated", "description"}},
		"Query.users(order:)": {
			Deprecated: true, Since: lifecycle.Moment{Release: "15.1"}, Reason: "Use sort", Carriers: []string{"description"},
		},
		"User": {Stability: lifecycle.Beta, Carriers: []string{"@beta"}},
	}
	for name, want := range wantStates {
		if diff := cmp.Diff(want, states[name]); diff != "" {
			t.Errorf("state of %s (-want +got):\n%s", name, diff)
		}
	}
	if !required["Query.users(first:)"] || required["Query.users(order:)"] || !required["Filter.name"] {
		t.Errorf("required: %v", required)
	}
}

// Introspection tells the reason and no directive.
func TestInspectGraphQLIntrospection(t *testing.T) {
	t.Parallel()
	s := schema(t, `{"__schema":{"queryType":{"name":"Query"},"directives":[],"types":[{"kind":"OBJECT","name":"Query","interfaces":[],"fields":[
{"name":"old","args":[],"type":{"kind":"SCALAR","name":"Int"},"isDeprecated":true,"deprecationReason":"Please use `+"`new`"+`. Deprecated in 15.1."},
{"name":"trial","args":[],"type":{"kind":"SCALAR","name":"Int"},"isDeprecated":true,"deprecationReason":"**Status**: Experiment. Introduced in GitLab 15.1."}]}]}}`)
	got := map[string]lifecycle.State{}
	for _, e := range lifecycle.InspectGraphQL(s).Elements {
		got[e.Name] = e.State
	}
	if old := got["Query.old"]; !old.Deprecated || old.Replacement != "new" || old.Since.Release != "15.1" {
		t.Errorf("old: %+v", old)
	}
	if trial := got["Query.trial"]; trial.Deprecated || trial.Stability != lifecycle.Experimental {
		t.Errorf("trial: %+v", trial)
	}
}
