package traffic_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/graphql"
	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/perf"
	"github.com/plumbapi/plumb/perf/traffic"
)

const description = `openapi: 3.1.0
info: {title: Tracker, version: "1"}
paths:
  /issues:
    get:
      parameters:
        - {name: per_page, in: query, schema: {type: integer}}
        - {name: state, in: query, required: true, schema: {type: string, enum: [open, closed]}}
      responses:
        "200":
          description: ok
          content:
            application/json:
              schema: {type: array, items: {$ref: "#/components/schemas/Issue"}}
    post:
      requestBody:
        required: true
        content:
          application/json:
            schema:
              type: object
              required: [title, weight]
              properties:
                title: {type: string}
                weight: {type: integer, minimum: 3}
                owner: {type: object, properties: {login: {type: string}}}
      responses:
        "201":
          description: made
          content: {application/json: {schema: {$ref: "#/components/schemas/Issue"}}}
  /issues/{number}:
    get:
      parameters: [{name: number, in: path, required: true, schema: {type: integer}}]
      responses:
        "200": {description: ok, content: {application/json: {schema: {$ref: "#/components/schemas/Issue"}}}}
components:
  schemas:
    Issue:
      type: object
      required: [number, title]
      properties: {number: {type: integer}, title: {type: string}, state: {enum: [open, closed]}}
`

const schemaText = `type Query { issues(first: Int, state: String!): IssueConnection! viewer: User }
type Mutation { close(id: ID!): Issue }
type IssueConnection { nodes: [Issue] pageInfo: PageInfo! }
type PageInfo { hasNextPage: Boolean! endCursor: String }
type Issue { id: ID! title: String! old: String @deprecated author: User }
type User { login: String! issues(first: Int): IssueConnection! }
`

func document(tb testing.TB) *openapi.Document {
	tb.Helper()
	doc, err := openapi.Parse("api.yaml", []byte(description))
	if err != nil {
		tb.Fatal(err)
	}
	return doc
}

func options(tb testing.TB) traffic.Options {
	tb.Helper()
	schema, err := graphql.Parse(graphql.File{Name: "schema.graphql", Data: []byte(schemaText)})
	if err != nil {
		tb.Fatal(err)
	}
	return traffic.Options{
		OpenAPI: []*openapi.Document{document(tb)}, GraphQL: []*graphql.Schema{schema}, AllowWrites: true,
		Files:     map[string][]byte{"users.csv": []byte("id,name\n1,Ann\n2,\"O'Neil, \"\"Bo\"\"\"\n")},
		LookupEnv: func(name string) (string, bool) { return "s3cret", name == "TOKEN" },
	}
}

func plan() *perf.Plan {
	return &perf.Plan{
		Validate: 1,
		Targets: []perf.Target{
			{Name: "rest", URL: "http://127.0.0.1:8080/v1/", Headers: []perf.Header{{Name: "Authorization", Prefix: "Bearer ", Env: "TOKEN"}}},
			{Name: "graphql", URL: "http://127.0.0.1:8080/graphql", GraphQL: true},
		},
		Feeders: []perf.Feeder{{Name: "users", File: "users.csv"}},
		Pools:   []perf.Pool{{Name: "numbers", Take: true, Max: 2}},
		Operations: []perf.Operation{
			{Name: "GET /issues", Target: "rest", Method: "GET", Path: "/issues", Weight: 1, Values: []perf.Value{{In: "query", Name: "per_page", Text: "50"}}},
			{Name: "GET /issues/{number}", Target: "rest", Method: "GET", Path: "/issues/{number}", Weight: 1, Values: []perf.Value{{In: "path", Name: "number", Text: "{{numbers}}"}}},
			{
				Name: "POST /issues", Target: "rest", Method: "POST", Path: "/issues", Weight: 1, Write: true, Expect: []int{201},
				Values: []perf.Value{{In: "body", Name: "/title", Text: "{{users.name}} #{{seq}}"}, {In: "body", Name: "/owner/login", Text: "{{users.id}}"}},
				Fills:  []perf.Fill{{Pool: "numbers", Pointer: "/number"}},
			},
			{Name: "query issues", Target: "graphql", Weight: 1, Values: []perf.Value{{In: "variable", Name: "/state", Text: "{{users.name}}"}}},
		},
		Sessions: []perf.Session{{Name: "file", Weight: 1, Steps: []perf.Step{
			{Operation: 2, Keeps: []perf.Keep{{Name: "n", Pointer: "/number"}, {Name: "where", Header: "location"}}},
			{Operation: 1, Values: []perf.Value{{In: "path", Name: "number", Text: "{{n}}"}, {In: "header", Name: "x-from", Text: "{{where}}"}}},
		}}},
	}
}

func make1(t *testing.T, change func(*perf.Plan, *traffic.Options)) *traffic.Traffic {
	t.Helper()
	p, o := plan(), options(t)
	if change != nil {
		change(p, &o)
	}
	tr, err := traffic.New(p, o)
	if err != nil {
		t.Fatal(err)
	}
	return tr
}

type sent struct {
	Method, URL, Body string
	Header            http.Header
}

func request(t *testing.T, tr *traffic.Traffic, r *perf.Request) sent {
	t.Helper()
	if err := tr.Request(r); err != nil {
		t.Fatal(err)
	}
	return sent{r.Method, r.URL, string(r.Body), r.Header}
}

func TestRequests(t *testing.T) {
	t.Parallel()
	tr := make1(t, nil)
	auth := []string{"Bearer s3cret"}
	for _, tt := range []struct {
		name string
		r    perf.Request
		want sent
	}{
		{"of the description", perf.Request{Operation: 0, Session: -1}, sent{
			"GET", "http://127.0.0.1:8080/v1/issues?per_page=50&state=open", "",
			http.Header{"Authorization": auth, "Accept": {"application/json"}},
		}},
		{"with a row of data", perf.Request{Operation: 2, Session: -1, Seq: 5}, sent{
			"POST", "http://127.0.0.1:8080/v1/issues", `{"title":"O'Neil, \"Bo\" #5","weight":3,"owner":{"login":"2"}}`,
			http.Header{"Authorization": auth, "Accept": {"application/json"}, "Content-Type": {"application/json"}},
		}},
		{"GraphQL of the schema", perf.Request{Operation: 3, Session: -1, Seq: 4}, sent{
			"POST", "http://127.0.0.1:8080/graphql",
			`{"query":"query Issues($first: Int = 10, $state: String!) {\n  issues(first: $first, state: $state) {\n    nodes {\n      id\n      title\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}\n","operationName":"Issues","variables":{"state":"O'Neil, \"Bo\""}}`,
			http.Header{"Accept": {"application/graphql-response+json, application/json"}, "Content-Type": {"application/json"}},
		}},
		{"of a session", perf.Request{Operation: 1, Session: 0, Step: 1, Kept: map[string]string{"n": "a/b c", "where": "/x\r\nEvil: 1"}}, sent{
			"GET", "http://127.0.0.1:8080/v1/issues/a%2Fb%20c", "",
			http.Header{"Authorization": auth, "Accept": {"application/json"}, "X-From": {"/x  Evil: 1"}},
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tt.want, request(t, tr, &tt.r)); diff != "" {
				t.Errorf("request (-want +got):\n%s", diff)
			}
		})
	}
}

func TestAnswers(t *testing.T) {
	t.Parallel()
	type worth struct {
		Cause string
		Class string
		Next  int
	}
	for _, tt := range []struct {
		name      string
		operation int
		status    int
		media     string
		body      string
		want      worth
	}{
		{"good", 0, 200, "application/json; charset=utf-8", `[{"number":1,"title":"a","state":"open"}]`, worth{"good", "", -1}},
		{"status", 0, 503, "text/html", `<html>`, worth{"status", "status: 503 Service Unavailable", -1}},
		{"status that is not expected", 2, 200, "application/json", `{}`, worth{"status", "status: 200 OK", -1}},
		{"type", 0, 200, "application/json", `[{"number":1,"title":"a"},{"number":"7","title":"a"}]`, worth{"contract", "response: /*/number is a string, want integer", -1}},
		{"missing", 0, 200, "application/json", `[{"number":1}]`, worth{"contract", `response: /* lacks "title"`, -1}},
		{"enum", 0, 200, "application/json", `[{"number":1,"title":"a","state":"odd"}]`, worth{"contract", "response: /*/state is none of the values that are described", -1}},
		{"truncated", 0, 200, "application/json", `[{"number":1,"tit`, worth{"contract", "response: truncated or broken JSON", -1}},
		{"empty", 0, 200, "application/json", ``, worth{"contract", "response: empty, want JSON", -1}},
		{"markup", 0, 200, "text/html", `<html>`, worth{"contract", "response: media type text/html is not described", -1}},
		{"a status without a description", 0, 204, "", ``, worth{"contract", "response: status 204 is not described", -1}},
		{"GraphQL", 3, 200, "application/json", `{"data":{"issues":{"nodes":[]}}}`, worth{"good", "", -1}},
		{"GraphQL errors", 3, 200, "application/json", `{"data":null,"errors":[{"message":"no \"x\" in 17 ms"}]}`, worth{"graphql", "graphql: no * in * ms", -1}},
		{"GraphQL errors with a code", 3, 200, "application/json", `{"errors":[{"message":"a","extensions":{"code":"TIMEOUT"}}]}`, worth{"graphql", "graphql: TIMEOUT", -1}},
		{"GraphQL without data", 3, 200, "application/json", `{"data":null}`, worth{"contract", "response: neither data nor errors", -1}},
		{"GraphQL truncated", 3, 200, "application/json", `{"data":{"issues"`, worth{"contract", "response: truncated or no JSON", -1}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			tr := make1(t, nil)
			r := &perf.Request{Operation: tt.operation, Session: -1}
			request1 := *r
			if err := tr.Request(&request1); err != nil && tt.operation != 1 {
				t.Fatal(err)
			}
			cause, class, next := tr.Answer(r, &perf.Answer{Status: tt.status, Header: http.Header{"Content-Type": {tt.media}}, Body: []byte(tt.body)})
			if diff := cmp.Diff(tt.want, worth{cause.String(), class, next}); diff != "" {
				t.Errorf("answer (-want +got):\n%s", diff)
			}
		})
	}
}

func TestPoolsAreFilledAndDrained(t *testing.T) {
	t.Parallel()
	tr := make1(t, nil)
	get := &perf.Request{Operation: 1, Session: -1}
	if err := tr.Request(get); err == nil || err.Error() != "the pool is empty" {
		t.Fatalf("the error is %v", err)
	}
	for _, number := range []string{"11", "12", "13"} { // 11 makes room
		post := &perf.Request{Operation: 2, Session: -1}
		if !tr.NeedsBody(post) {
			t.Fatal("the body of an answer that fills a pool is not asked for")
		}
		cause, class, _ := tr.Answer(post, &perf.Answer{Status: 201, Header: http.Header{"Content-Type": {"application/json"}}, Body: []byte(`{"number":` + number + `,"title":"a"}`)})
		if cause != perf.Good {
			t.Fatal(class)
		}
	}
	var got []string
	for tr.Request(get) == nil {
		got = append(got, get.URL[strings.LastIndexByte(get.URL, '/')+1:])
	}
	if diff := cmp.Diff([]string{"12", "13"}, got); diff != "" {
		t.Errorf("drawn (-want +got):\n%s", diff)
	}
}

func TestSessionsKeep(t *testing.T) {
	t.Parallel()
	tr := make1(t, nil)
	r := &perf.Request{Operation: 2, Session: 0}
	answer := &perf.Answer{Status: 201, Header: http.Header{"Content-Type": {"application/json"}, "Location": {"/issues/7"}}, Body: []byte(`{"number":7,"title":"a"}`)}
	if _, class, next := tr.Answer(r, answer); next != 1 {
		t.Fatalf("the next operation is %d, want 1 (%s)", next, class)
	}
	if diff := cmp.Diff(map[string]string{"n": "7", "where": "/issues/7"}, r.Kept); diff != "" {
		t.Errorf("kept (-want +got):\n%s", diff)
	}
	answer.Header.Del("Location")
	if cause, _, next := tr.Answer(r, answer); next != -1 || cause != perf.Good {
		t.Errorf("an answer without what is kept is %s and goes on with %d, want a good end", cause, next)
	}
}

func TestWrongPlans(t *testing.T) {
	t.Parallel()
	at := check.Location{File: "slo.yaml", Line: 7}
	for _, tt := range []struct {
		name   string
		change func(p *perf.Plan, o *traffic.Options)
		want   string
	}{
		{"writes", func(_ *perf.Plan, o *traffic.Options) { o.AllowWrites = false }, `slo.yaml:7: "POST /issues" changes data and is not sent; allow writes, or take it out of the plan`},
		{"column", func(p *perf.Plan, _ *traffic.Options) { p.Operations[2].Values[0].Text = "{{users.nick}}" }, `slo.yaml:7: POST /issues: body "/title": {{users.nick}}: users.csv has no column "nick"; it has id, name`},
		{"name", func(p *perf.Plan, _ *traffic.Options) { p.Operations[0].Values[0].Text = "{{n}}" }, `slo.yaml:7: GET /issues: query "per_page": {{n}} is neither a pool, nor kept by an earlier step of the session, nor a column of data`},
		{"no end", func(p *perf.Plan, _ *traffic.Options) { p.Operations[0].Values[0].Text = "{{n" }, `slo.yaml:7: GET /issues: query "per_page": "{{n" has a {{ without a }}`},
		{"empty file", func(_ *perf.Plan, o *traffic.Options) { o.Files["users.csv"] = []byte("id,name\n") }, `slo.yaml:3: data "users": users.csv has no rows`},
		{"no file", func(_ *perf.Plan, o *traffic.Options) { o.Files = nil }, `slo.yaml:3: data "users": the file users.csv was not read`},
		{"secret", func(_ *perf.Plan, o *traffic.Options) { o.LookupEnv = nil }, `slo.yaml:2: header Authorization of target "rest" needs the environment variable TOKEN, which is not set`},
		{"path", func(p *perf.Plan, _ *traffic.Options) {
			p.Operations[0].Values[0] = perf.Value{In: "path", Name: "id", Text: "1"}
		}, `slo.yaml:7: GET /issues: make GET /issues: the path has no {id}`},
		{"document", func(p *perf.Plan, _ *traffic.Options) {
			p.Operations[3].Document = "query I {\n  issues(state: \"open\") { nodes { titel } }\n}"
			p.Operations[3].Values = nil
		}, `slo.yaml:7: query issues: document:2:35: Issue has no field "titel"; did you mean "title"?`},
		{"variable", func(p *perf.Plan, _ *traffic.Options) {
			p.Operations[3].Document = "{ viewer { login } }"
		}, `slo.yaml:7: query issues: the operation has no variable $state`},
		{"mutation", func(p *perf.Plan, o *traffic.Options) {
			p.Operations, p.Sessions = p.Operations[3:], nil
			p.Operations[0].Document, p.Operations[0].Values = `mutation { close(id: "1") { id } }`, nil
			o.AllowWrites = false
		}, `slo.yaml:7: query issues: the document is a mutation, which changes data, and is not sent; allow writes, or take it out of the plan`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			p, o := plan(), options(t)
			for i := range p.Operations {
				p.Operations[i].Location = at
			}
			p.Feeders[0].Location = check.Location{File: "slo.yaml", Line: 3}
			p.Targets[0].Location = check.Location{File: "slo.yaml", Line: 2}
			tt.change(p, &o)
			_, err := traffic.New(p, o)
			if err == nil {
				t.Fatal("the plan is taken")
			}
			first, _, _ := strings.Cut(err.Error(), "\n")
			if first != tt.want {
				t.Errorf("the error is\n%s\nwant\n%s", first, tt.want)
			}
			if strings.Contains(err.Error(), "s3cret") {
				t.Error("the error shows a secret")
			}
		})
	}
}

func BenchmarkRequest(b *testing.B) {
	tr, err := traffic.New(plan(), options(b))
	if err != nil {
		b.Fatal(err)
	}
	for _, bench := range []struct {
		name      string
		operation int
	}{{"static", 0}, {"body of a row", 2}, {"GraphQL", 3}} {
		b.Run(bench.name, func(b *testing.B) {
			b.ReportAllocs()
			r := &perf.Request{Operation: bench.operation, Session: -1}
			for b.Loop() {
				if err := tr.Request(r); err != nil {
					b.Fatal(err)
				}
				r.Seq++
			}
		})
	}
}
