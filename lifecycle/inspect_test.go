package lifecycle_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/graphql"
	"github.com/plumbapi/plumb/lifecycle"
	"github.com/plumbapi/plumb/openapi"
)

func date(s string) time.Time {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		panic(err)
	}
	return t
}

func parse(t testing.TB, text string) *openapi.Document {
	t.Helper()
	doc, err := openapi.Parse("api.yaml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func schema(t testing.TB, text string) *graphql.Schema {
	t.Helper()
	s, err := graphql.Parse(graphql.File{Name: "schema.graphql", Data: []byte(text)})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// names lists the elements as "surface kind name".
func names(inv *lifecycle.Inventory) []string {
	var out []string
	for _, e := range inv.Elements {
		out = append(out, string(e.Surface)+" "+string(e.Kind)+" "+e.Name)
	}
	return out
}

func TestInspectNames(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, text string
		want       []string
	}{
		{"2.0", `swagger: "2.0"
info: {title: T, version: "1"}
paths:
  /users:
    parameters: [{name: tenant, in: header, type: string}]
    post:
      parameters:
        - {name: tenant, in: header, type: string, required: true}
        - {name: dry, in: query, type: boolean}
        - {name: file, in: formData, type: string}
        - {name: body, in: body, schema: {type: object, properties: {name: {type: string}}}}
      responses:
        "200": {description: OK, headers: {Link: {type: string}}, schema: {type: array, items: {type: object, properties: {id: {type: integer}}}}}
definitions:
  User: {type: object, properties: {name: {type: string}}}
securityDefinitions:
  key: {type: apiKey, in: header, name: X-Key}
`, []string{
			"rest operation POST /users", "rest parameter POST /users header tenant", "rest parameter POST /users query dry",
			"rest parameter POST /users form file", "rest property POST /users body name", "rest header POST /users 200 header Link",
			"rest property POST /users 200 body [].id", "rest schema User", "rest property User.name", "rest security scheme security scheme key",
		}},
		{"3.0 bodies", `openapi: 3.0.3
info: {title: T, version: "1"}
paths:
  /users/{id}:
    parameters: [{$ref: '#/components/parameters/ID'}]
    put:
      requestBody:
        content:
          application/json: {schema: {type: object, properties: {name: {type: string}, address: {type: object, properties: {city: {type: string}}}}}}
          text/csv: {schema: {type: object, properties: {name: {type: string}}}}
      responses:
        "200": {description: OK, content: {application/json: {schema: {$ref: '#/components/schemas/User'}}}}
        "404": {$ref: '#/components/responses/Gone'}
    get:
      parameters: [{name: filter, in: query, schema: {type: object, properties: {state: {type: string}}}}]
      responses: {}
components:
  parameters:
    ID: {name: id, in: path, required: true, schema: {type: string}}
    Unused: {name: page, in: query, schema: {type: integer}}
  responses:
    Gone:
      description: Gone
      headers: {Sunset: {schema: {type: string}}}
      content: {application/json: {schema: {type: object, properties: {message: {type: string}}}}}
  schemas:
    User:
      type: object
      properties:
        home: {$ref: '#/components/schemas/Address'}
        tags: {type: array, items: {type: object, properties: {name: {type: string}}}}
        labels: {type: object, additionalProperties: {type: object, properties: {name: {type: string}}}}
      allOf: [{properties: {age: {type: integer}}}]
      oneOf: [{properties: {kind: {type: string}}}, {properties: {kind: {type: string}}}]
    Address: {type: object, properties: {city: {type: string}}}
`, []string{
			"rest operation PUT /users/{id}", "rest parameter PUT /users/{id} path id", "rest property PUT /users/{id} body name",
			"rest property PUT /users/{id} body address", "rest property PUT /users/{id} body address.city",
			"rest property PUT /users/{id} body (text/csv) name", "rest header PUT /users/{id} 404 header Sunset",
			"rest operation GET /users/{id}", "rest parameter GET /users/{id} query filter", "rest property GET /users/{id} query filter.state",
			"rest parameter GET /users/{id} path id", "rest schema User", "rest property User.home", "rest property User.tags",
			"rest property User.tags[].name", "rest property User.labels", "rest property User.labels.*.name", "rest property User.age",
			"rest property User.kind", "rest property User.kind#2", "rest schema Address", "rest property Address.city",
			"rest property response Gone body message", "rest parameter parameter Unused",
		}},
		{"3.1 webhooks and callbacks", `openapi: 3.1.0
info: {title: T, version: "1"}
paths:
  /subscriptions:
    post:
      responses: {}
      callbacks:
        changed:
          '{$request.body#/url}':
            post: {responses: {}}
webhooks:
  pushed:
    post:
      requestBody: {content: {application/json: {schema: {type: object, properties: {ref: {type: string}}}}}}
      responses: {}
`, []string{
			"rest operation POST /subscriptions",
			"webhooks operation POST pushed", "webhooks property POST pushed body ref",
			"webhooks operation POST {$request.body#/url}",
		}},
		{"3.2 additional operations", `openapi: 3.2.0
info: {title: T, version: "1"}
paths:
  /files:
    query: {responses: {}}
    additionalOperations:
      COPY: {responses: {}}
`, []string{"rest operation QUERY /files", "rest operation COPY /files"}},
		{"webhooks only", `openapi: 3.1.0
info: {title: T, version: "1"}
webhooks:
  pushed: {post: {responses: {}}}
components: {schemas: {Push: {type: object}}}
`, []string{"webhooks operation POST pushed", "webhooks schema Push"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tt.want, names(lifecycle.Inspect(parse(t, tt.text)))); diff != "" {
				t.Errorf("elements (-want +got):\n%s", diff)
			}
		})
	}
}

// Names are those of the parts, wherever these are written.
func TestInspectSeveralFiles(t *testing.T) {
	t.Parallel()
	doc, err := openapi.Load(t.Context(), files(map[string]string{
		"api.yaml": `openapi: 3.0.3
info: {title: T, version: "1"}
paths:
  /users: {$ref: paths/users.yaml}
components:
  schemas:
    User: {$ref: schemas.yaml#/User}
`,
		"paths/users.yaml": "get:\n  parameters: [{name: sort, in: query, deprecated: true, schema: {type: string}}]\n  responses: {'200': {description: OK, content: {application/json: {schema: {$ref: ../Page.yaml}}}}}\n",
		"schemas.yaml":     "User: {type: object, properties: {name: {type: string, deprecated: true}}}\n",
		"Page.yaml":        "type: object\nproperties: {next: {type: string}}\n",
	}), "api.yaml")
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"rest operation GET /users", "rest parameter GET /users query sort", "rest schema User", "rest property User.name",
		"rest schema Page", "rest property Page.next",
	}
	got := lifecycle.Inspect(doc)
	if diff := cmp.Diff(want, names(got), cmpopts.SortSlices(func(a, b string) bool { return a < b })); diff != "" {
		t.Errorf("elements (-want +got):\n%s", diff)
	}
	for _, e := range got.Elements {
		if e.Name == "User.name" && e.Location.File != "schemas.yaml" {
			t.Errorf("User.name is in %s", e.Location.File)
		}
	}
}

func TestInspectState(t *testing.T) {
	t.Parallel()
	at := func(s string) lifecycle.Moment { return lifecycle.Moment{Date: date(s)} }
	in := func(s string) lifecycle.Moment { return lifecycle.Moment{Release: s} }
	tests := []struct {
		name, members string
		want          lifecycle.State
	}{
		{"nothing", "summary: A", lifecycle.State{}},
		{"core", "deprecated: true", lifecycle.State{Deprecated: true, Carriers: []string{"deprecated"}}},
		{"not", "deprecated: false", lifecycle.State{}},
		{
			"written form", "deprecated: true\nx-deprecated-at: '2026-01-31'\nx-sunset: '2027-06-30T10:00:00Z'\nx-replaced-by: GET /b",
			lifecycle.State{Deprecated: true, Since: at("2026-01-31"), Sunset: at("2027-06-30"), Replacement: "GET /b", Carriers: []string{"deprecated", "x-deprecated-at", "x-sunset", "x-replaced-by"}},
		},
		{"HTTP date", "x-sunset: Wed, 30 Jun 2027 23:59:59 GMT", lifecycle.State{Sunset: at("2027-06-30"), Carriers: []string{"x-sunset"}}},
		{"unquoted date", "x-sunset: 2027-06-30", lifecycle.State{Sunset: at("2027-06-30"), Carriers: []string{"x-sunset"}}},
		{"first date counts", "x-sunset: 2027-06-30\nx-removal-date: 2028-01-01", lifecycle.State{Sunset: at("2027-06-30"), Carriers: []string{"x-sunset", "x-removal-date"}}},
		{"draft", "x-stability-level: draft", lifecycle.State{Stability: lifecycle.Internal, Carriers: []string{"x-stability-level"}}},
		{"alpha", "x-stability-level: alpha", lifecycle.State{Stability: lifecycle.Experimental, Carriers: []string{"x-stability-level"}}},
		{"GitLab's experiment", "x-gitlab-lifecycle: experiment", lifecycle.State{Stability: lifecycle.Experimental, Carriers: []string{"x-gitlab-lifecycle"}}},
		{"deprecated as a level", "x-stability: deprecated", lifecycle.State{Deprecated: true, Carriers: []string{"x-stability"}}},
		{"a deprecated beta", "x-stability: beta\ndeprecated: true", lifecycle.State{Stability: lifecycle.Beta, Deprecated: true, Carriers: []string{"x-stability", "deprecated"}}},
		{
			"SAP", "x-sap-stateInfo: {state: Deprecated, deprecationDate: '2026-01-31', sunsetDate: '2027-01-31', successor: 'sap.s4:apiResource:B:v2'}",
			lifecycle.State{Deprecated: true, Since: at("2026-01-31"), Sunset: at("2027-01-31"), Replacement: "sap.s4:apiResource:B:v2", Carriers: []string{"x-sap-stateInfo"}},
		},
		{
			"object", "x-deprecation: {reason: 'Slow. Please use `GET /b`.', sunset: '2027-01-31', target: GET /b}",
			lifecycle.State{Deprecated: true, Sunset: at("2027-01-31"), Replacement: "GET /b", Reason: "Slow.", Carriers: []string{"x-deprecation"}},
		},
		{"object that says no", "x-deprecation: false", lifecycle.State{}},
		{
			"GitHub's dates", "deprecated: true\nx-github: {deprecationDate: '2020-01-21', removalDate: '2021-02-01', category: teams}",
			lifecycle.State{Deprecated: true, Since: at("2020-01-21"), Sunset: at("2021-02-01"), Carriers: []string{"deprecated", "x-github"}},
		},
		{"release", "x-deprecated-since: '15.7'", lifecycle.State{Since: in("15.7"), Carriers: []string{"x-deprecated-since"}}},
		{"description", "description: 'Deprecated: use `paused` instead.'", lifecycle.State{Deprecated: true, Replacement: "paused", Reason: "use `paused` instead.", Carriers: []string{"description"}}},
		{"description with release", "description: 'Deprecated in 16.0: Use the merge request API instead.'", lifecycle.State{Deprecated: true, Since: in("16.0"), Reason: "Use the merge request API instead", Carriers: []string{"description"}}},
		{"description in brackets", "description: '[deprecated] See allow_collaboration'", lifecycle.State{Deprecated: true, Reason: "See allow_collaboration", Carriers: []string{"description"}}},
		{"history in the description", "description: This feature was introduced in GitLab 8.13 and deprecated in 15.5.", lifecycle.State{Deprecated: true, Since: in("15.5"), Carriers: []string{"description"}}},
		{"a description about deprecation", "description: Create or deprecate NPM package", lifecycle.State{}},
		{"a description of a flag", "description: Deprecated users are listed too.", lifecycle.State{}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			doc := parse(t, "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths:\n  /a:\n    get:\n"+indent(tt.members, "      ")+"\n      responses: {}\n")
			got := lifecycle.Inspect(doc).Elements[0].State
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("state (-want +got):\n%s", diff)
			}
		})
	}
}

func TestInspectProblems(t *testing.T) {
	t.Parallel()
	doc := parse(t, `openapi: 3.0.3
info: {title: T, version: "1"}
paths:
  /a:
    get:
      deprecated: soon
      x-sunset: tomorrow
      x-stability-level: {beta: true}
      x-deprecated-at: true
      responses: {}
`)
	want := []lifecycle.Problem{
		{Carrier: "deprecated", Value: "soon", Sets: "deprecated", Want: "true or false", Location: check.Location{Line: 6}},
		{Carrier: "x-sunset", Value: "tomorrow", Sets: "sunset", Want: "a date such as 2026-11-27", Location: check.Location{Line: 7}},
		{Carrier: "x-stability-level", Value: "an object", Sets: "stability", Want: "a stability level, such as experimental, beta or stable", Location: check.Location{Line: 8}},
		{Carrier: "x-deprecated-at", Value: "true", Sets: "since", Want: "a date such as 2026-11-27 or a release such as 15.7", Location: check.Location{Line: 9}},
	}
	got := lifecycle.Inspect(doc).Elements[0].State
	line := cmp.Transformer("line", func(l check.Location) int { return l.Line })
	if diff := cmp.Diff(want, got.Problems, line); diff != "" {
		t.Errorf("problems (-want +got):\n%s", diff)
	}
	if got.Deprecated || !got.Sunset.IsZero() {
		t.Errorf("what cannot be read counts: %+v", got)
	}
}

// What stands beside a $ref counts from 3.1 on, and what a part of allOf says
// counts for the whole.
func TestInspectSiblings(t *testing.T) {
	t.Parallel()
	text := func(version string) string {
		return "openapi: " + version + `
info: {title: T, version: "1"}
paths: {}
components:
  schemas:
    A: {type: object, properties: {b: {$ref: '#/components/schemas/B', deprecated: true}, c: {allOf: [{$ref: '#/components/schemas/B'}, {deprecated: true}]}}}
    B: {type: object}
`
	}
	for version, want := range map[string][]string{"3.0.3": {"A.c"}, "3.1.0": {"A.b", "A.c"}} {
		var got []string
		for _, e := range lifecycle.Inspect(parse(t, text(version))).Elements {
			if e.State.Deprecated {
				got = append(got, e.Name)
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("deprecated in %s (-want +got):\n%s", version, diff)
		}
	}
}

// What the description says of itself counts for the operations that say
// nothing.
func TestInspectWhole(t *testing.T) {
	t.Parallel()
	doc := parse(t, `openapi: 3.0.3
info: {title: T, version: 2024-06-01~beta, x-sap-stateInfo: {state: deprecated, sunsetDate: "2027-01-31"}}
paths:
  /a:
    get: {responses: {}}
    put: {x-stability: stable, x-sunset: "2028-01-01", deprecated: true, responses: {}}
`)
	got := lifecycle.Inspect(doc).Elements
	want := []lifecycle.State{
		{Stability: lifecycle.Beta, Deprecated: true, Sunset: lifecycle.Moment{Date: date("2027-01-31")}, Carriers: []string{"x-sap-stateInfo", "version"}},
		{Stability: lifecycle.Stable, Deprecated: true, Sunset: lifecycle.Moment{Date: date("2028-01-01")}, Carriers: []string{"x-stability", "x-sunset", "deprecated"}},
	}
	if diff := cmp.Diff(want, []lifecycle.State{got[0].State, got[1].State}); diff != "" {
		t.Errorf("states (-want +got):\n%s", diff)
	}
}
