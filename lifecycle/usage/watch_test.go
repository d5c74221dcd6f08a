package usage_test

import (
	"fmt"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/lifecycle"
	"github.com/plumbapi/plumb/lifecycle/usage"
	"github.com/plumbapi/plumb/openapi"
)

// Carriers of a project say what is deprecated, and a calendar on which day a
// release was.
func TestCarriersAndPolicy(t *testing.T) {
	t.Parallel()
	loader := openapi.Loader{FS: fstest.MapFS{"api.yaml": {Data: []byte(`openapi: 3.1.0
info: {title: Boards, version: "1"}
servers: [{url: /api/v3}]
paths:
  /boards:
    get: {x-leaves: "15.7", responses: {"200": {description: The boards.}}}
`)}}}
	doc, err := loader.Load(t.Context(), "api.yaml")
	if err != nil {
		t.Fatal(err)
	}
	carriers, err := lifecycle.ParseCarriers("carriers.yaml", []byte(`openapi:
  - {at: x-leaves, sets: deprecated, as: presence}
  - {at: x-leaves, sets: sunset, as: moment}
`))
	if err != nil {
		t.Fatal(err)
	}
	policy, err := lifecycle.FindPolicy("gitlab") // one of several surfaces
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name     string
		carriers *lifecycle.Carriers
		policy   *lifecycle.Policy
		want     []string
	}{
		{"neither", nil, nil, nil},
		{"carriers", lifecycle.DefaultCarriers().With(carriers), nil, []string{"GET /boards: 1, 0 after 15.7"}},
		{"both", lifecycle.DefaultCarriers().With(carriers), policy, []string{"GET /boards: 1, 1 after 15.7 (2022-12-22)"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			o := usage.Options{REST: []*openapi.Document{doc}, Carriers: tt.carriers, Policy: tt.policy}
			var got []string
			for _, e := range count(t, o, boards).Elements {
				got = append(got, fmt.Sprintf("%s: %d, %d after %s", e.Name, e.Calls, e.AfterSunset, e.Sunset))
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("elements (-want +got):\n%s", diff)
			}
		})
	}
}
