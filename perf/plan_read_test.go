package perf_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/graphql"
	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/perf"
	"github.com/plumbapi/plumb/perf/schedule"
)

const described = `openapi: 3.1.0
info: {title: t, version: "1"}
tags: [{name: issues}, {name: search}]
paths:
  /issues:
    get:
      operationId: listIssues
      tags: [issues]
      parameters: [{name: per_page, in: query, schema: {type: integer}}]
      responses: {"200": {description: ok}}
    post:
      operationId: createIssue
      tags: [issues]
      requestBody: {required: true, content: {application/json: {schema: {type: object}}}}
      responses: {"201": {description: ok}}
  /issues/{number}:
    parameters: [{name: number, in: path, required: true, schema: {type: integer}}]
    get:
      operationId: getIssue
      tags: [issues]
      responses: {"200": {description: ok}}
    delete:
      operationId: deleteIssue
      responses: {"204": {description: gone}}
  /search:
    get:
      operationId: search
      tags: [search, issues]
      parameters: [{name: q, in: query, required: true, example: tap, schema: {type: string}}]
      responses: {"200": {description: ok}}
`

const schema = `type Query { issues(first: Int): [Issue!]! issue(id: ID!): Issue }
type Mutation { createIssue(title: String!): Issue }
type Issue { id: ID! title: String! }
`

// options are those of a plan over the two descriptions above.
func options(t testing.TB) perf.PlanOptions {
	t.Helper()
	doc, err := openapi.Parse("api/openapi.yaml", []byte(described))
	if err != nil {
		t.Fatal(err)
	}
	s, err := graphql.Parse(graphql.File{Name: "api/schema.graphql", Data: []byte(schema)})
	if err != nil {
		t.Fatal(err)
	}
	return perf.PlanOptions{
		Descriptions: []perf.Description{{Name: "api/openapi.yaml", OpenAPI: doc}, {Name: "api/schema.graphql", GraphQL: s}},
		File: func(path string) ([]byte, error) {
			if path == "queries/issues.graphql" {
				return []byte("query Issues($first: Int) { issues(first: $first) { id } }"), nil
			}
			return nil, errors.New("there is no such file")
		},
	}
}

const whole = `service: tracker
descriptions: [api/openapi.yaml, api/schema.graphql]
targets:
  rest:    {url: "http://127.0.0.1:8080", headers: {Authorization: "Bearer ${TOKEN}", X-Team: api}}
  graphql: {url: "http://127.0.0.1:8080/graphql", graphql: true}
load:
  warm-up: {rate: 20/s, for: 10s}
  stages:
    - {name: rise, ramp: [20/s, 6000/min], for: 30s}
    - {rate: 100/s, for: 5m}
  arrivals: poisson
  seed: 7
  timeout: 5s
  workers: 200
  catch-up: 500ms
  validate: 5%
budgets:
  default: {urgency: medium}
  tags:
    search: {latency: {99.9%: 2s, 99%: 500ms}, errors: 0.1%}
operations:
  listIssues:
    weight: 6
    budget: {latency: {99%: 300ms}, errors: 0%, rate: 20/s}
    query: {per_page: 50}
  GET /issues/{number}:
    weight: 3
    path: {number: "{{numbers}}"}
    expect: [200, 404]
  POST /issues:
    weight: 0
    fill: {numbers: /number}
    body: {title: "Tap {{seq}}", /labels/0: {a: "1"}, count: "12"}
  query Issues:
    document: queries/issues.graphql
    variables: {first: 20}
    tags: [search]
data:  {users: {file: users.csv, order: random}}
pools: {numbers: {take: true, max: 100}}
sessions:
  file an issue:
    weight: 1
    steps:
      - {operation: POST /issues, keep: {n: /number, at: header Location}, header: {X-User: "{{users.id}}"}}
      - {operation: deleteIssue, path: {number: "{{n}}"}}
window: 7d
metrics: {histogram: http_request_duration_seconds, buckets: [300ms, 500ms], operation: operation, errors: 'code=~"5.."', labels: {team: api}}
`

func TestParsePlan(t *testing.T) {
	t.Parallel()
	o := options(t)
	// Only search has both tags; it is not in this plan.
	got, err := perf.ParsePlan("slo.yaml", []byte(whole), o)
	if err != nil {
		t.Fatal(err)
	}
	rest := perf.Budget{Latency: []perf.Objective{{Within: 500 * time.Millisecond, Share: 0.995}}, Origin: "urgency medium"}
	want := &perf.Plan{
		Service: "tracker",
		Targets: []perf.Target{
			{Name: "rest", URL: "http://127.0.0.1:8080", Headers: []perf.Header{{Name: "Authorization", Prefix: "Bearer ", Env: "TOKEN"}, {Name: "X-Team", Prefix: "api"}}},
			{Name: "graphql", URL: "http://127.0.0.1:8080/graphql", GraphQL: true},
		},
		Operations: []perf.Operation{
			{
				Name: "GET /issues", Target: "rest", Method: "GET", Path: "/issues", Tags: []string{"issues"}, Weight: 6,
				Values: []perf.Value{{In: "query", Name: "per_page", Text: "50"}},
				Budget: perf.Budget{Latency: []perf.Objective{{Within: 300 * time.Millisecond, Share: 0.99}}, HasErrors: true, Rate: 20, Origin: "operation"},
			},
			{
				Name: "GET /issues/{number}", Target: "rest", Method: "GET", Path: "/issues/{number}", Tags: []string{"issues"}, Weight: 3,
				Values: []perf.Value{{In: "path", Name: "number", Text: "{{numbers}}"}}, Expect: []int{200, 404}, Budget: rest,
			},
			{
				Name: "POST /issues", Target: "rest", Method: "POST", Path: "/issues", Write: true, Tags: []string{"issues"},
				Values: []perf.Value{
					{In: "body", Name: "/title", Text: "Tap {{seq}}"}, {In: "body", Name: "/labels/0", Text: `{"a":"1"}`},
					{In: "body", Name: "/count", Text: `"12"`},
				},
				Fills: []perf.Fill{{Pool: "numbers", Pointer: "/number"}}, Budget: rest,
			},
			{
				Name: "query Issues", Target: "graphql", Document: "query Issues($first: Int) { issues(first: $first) { id } }",
				Tags: []string{"search"}, Weight: 1, Values: []perf.Value{{In: "variable", Name: "/first", Text: "20"}},
				Budget: perf.Budget{
					Latency: []perf.Objective{{Within: 500 * time.Millisecond, Share: 0.99}, {Within: 2 * time.Second, Share: 0.999}},
					Errors:  0.001, HasErrors: true, Origin: "tag search",
				},
			},
			{Name: "DELETE /issues/{number}", Target: "rest", Method: "DELETE", Path: "/issues/{number}", Write: true, Budget: rest},
		},
		Sessions: []perf.Session{{Name: "file an issue", Weight: 1, Steps: []perf.Step{
			{Operation: 2, Keeps: []perf.Keep{{Name: "n", Pointer: "/number"}, {Name: "at", Header: "Location"}}, Values: []perf.Value{{In: "header", Name: "X-User", Text: "{{users.id}}"}}},
			{Operation: 4, Values: []perf.Value{{In: "path", Name: "number", Text: "{{n}}"}}},
		}}},
		Feeders: []perf.Feeder{{Name: "users", File: "users.csv", Order: "random"}},
		Pools:   []perf.Pool{{Name: "numbers", Take: true, Max: 100}},
		Stages: []schedule.Stage{
			{Name: "warm-up", For: 10 * time.Second, From: 20, To: 20, WarmUp: true},
			{Name: "rise", For: 30 * time.Second, From: 20, To: 100}, {For: 5 * time.Minute, From: 100, To: 100},
		},
		Poisson: true, Seed: 7, Timeout: 5 * time.Second, MaxWorkers: 200, CatchUp: 500 * time.Millisecond, Validate: 0.05, Window: 7 * 24 * time.Hour,
		Metrics: perf.Metrics{
			Histogram: "http_request_duration_seconds", Buckets: []time.Duration{300 * time.Millisecond, 500 * time.Millisecond},
			Operation: "operation", Errors: `code=~"5.."`, Labels: map[string]string{"team": "api"},
		},
	}
	if diff := cmp.Diff(want, got, cmpopts.IgnoreTypes(check.Location{})); diff != "" {
		t.Errorf("ParsePlan (-want +got):\n%s", diff)
	}
	if at := got.Operations[1].Location; at.Line != 26 || at.Column != 3 || at.Element != "/operations/GET ~1issues~1{number}" {
		t.Errorf("GET /issues/{number} is at %+v", at)
	}
	if at := got.Operations[3].Budget.Location; at.Line != 20 {
		t.Errorf("the budget of query Issues is at line %d, want 20", at.Line)
	}
}

// TestTrackerPlan reads the plan that scripts use.
func TestTrackerPlan(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile("../testdata/perf/slo.yaml")
	if err != nil {
		t.Fatal(err)
	}
	names, err := perf.PlanDescriptions("slo.yaml", data)
	if err != nil {
		t.Fatal(err)
	}
	o := perf.PlanOptions{File: func(path string) ([]byte, error) { return os.ReadFile(filepath.Join("../testdata/perf", path)) }}
	for _, name := range names {
		text, err := os.ReadFile(filepath.Join("../testdata/perf", name))
		if err != nil {
			t.Fatal(err)
		}
		d := perf.Description{Name: name}
		if strings.HasSuffix(name, ".graphql") {
			d.GraphQL, err = graphql.Parse(graphql.File{Name: name, Data: text})
		} else {
			d.OpenAPI, err = openapi.Parse(name, text)
		}
		if err != nil {
			t.Fatal(err)
		}
		o.Descriptions = append(o.Descriptions, d)
	}
	if _, err := perf.ParsePlan("slo.yaml", data, o); err != nil {
		t.Error(err)
	}
}
