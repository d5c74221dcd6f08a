package gather_test

import (
	"bytes"
	"context"
	"fmt"
	"log"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/graphql"
	"github.com/plumbapi/plumb/lifecycle"
	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/parity"
	"github.com/plumbapi/plumb/perf"
	"github.com/plumbapi/plumb/snapshot"
	"github.com/plumbapi/plumb/snapshot/gather"
)

const rest = `
openapi: 3.1.0
info: {title: Library, version: "1", x-owner: team-core}
tags: [{name: members, x-team: {name: team-people}}]
paths:
  /loans:
    get:
      tags: [loans]
      summary: List loans
      parameters: [{name: page, in: query, description: Which page, schema: {type: integer}, example: 2}, {name: size, in: query, schema: {type: integer}}]
      responses: {"200": {description: OK, content: {application/json: {schema: {type: array, items: {$ref: "#/components/schemas/Loan"}}}}}}
    post: {tags: [loans], x-owner: team-desk, responses: {"201": {description: Lent}}}
  /members:
    get: {tags: [members], deprecated: true, x-sunset: 2026-12-01, summary: List members, responses: {"200": {description: OK, content: {application/json: {schema: {type: array, items: {$ref: "#/components/schemas/Member"}}}}}}}
webhooks:
  loan.created:
    post: {tags: [loans], summary: Lent, responses: {"204": {description: Received}}}
  loan.returned:
    post: {tags: [loans], responses: {"204": {description: Received}}}
components:
  schemas:
    Loan: {type: object, description: A loan, properties: {id: {type: string, description: Its number}, book: {type: string}, member: {$ref: "#/components/schemas/Member"}}}
    Member: {type: object, properties: {id: {type: string}, name: {type: string}}}
`

const schema = `
"All that can be asked."
type Query {
  "The loans."
  loans(first: Int): [Loan!]!
  readers: [Member!]!
}
type Mutation { createLoan(book: ID!): Loan }
"A loan."
type Loan { id: ID! book: String member: Member }
type Member { id: ID! name: String }
`

var day = time.Date(2026, 11, 27, 0, 0, 0, 0, time.UTC)

// facts are what is found about the library.
func facts(t testing.TB) *gather.Facts {
	t.Helper()
	doc, err := openapi.Parse("api/openapi.yaml", []byte(rest))
	if err != nil {
		t.Fatal(err)
	}
	gql, err := graphql.Parse(graphql.File{Name: "api/schema.graphql", Data: []byte(schema)})
	if err != nil {
		t.Fatal(err)
	}
	result, err := parity.Match(t.Context(), doc, gql, parity.Options{})
	if err != nil {
		t.Fatal(err)
	}
	life := []*lifecycle.Inventory{lifecycle.Inspect(doc), lifecycle.InspectGraphQL(gql)}
	return &gather.Facts{
		Name: "library", Product: "Library", Revision: "v1", At: day, OpenAPI: []*openapi.Document{doc}, GraphQL: []*graphql.Schema{gql},
		Parity: result, Inventories: life, Calendar: lifecycle.NewCalendar(nil, day, life...),
	}
}

func TestOwnersAndTags(t *testing.T) {
	t.Parallel()
	f := facts(t)
	f.Owners = &gather.Owners{
		Teams: []gather.Team{{Name: "team-lend", Tags: []string{"loans"}}, {Name: "team-ask", Elements: []string{"Query.readers"}}},
		Files: gather.ParseCodeOwners("*.graphql @org/graph\n"),
	}
	a := gather.API(f)
	got := map[string]string{}
	for _, r := range a.Resources {
		got[strings.TrimSpace(r.REST+" "+r.GraphQL+" "+strings.Join(r.Webhooks, " "))] = r.Feature + " " + r.Owner + " " + r.Parity
	}
	want := map[string]string{
		"GET /loans Query.loans":                       "loans team-lend match",
		"POST /loans Mutation.createLoan loan.created": "loans team-desk match",
		"GET /members Query.readers":                   "members team-people match",
		"loan.returned":                                "loans team-lend ",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("resources (-want +got):\n%s", diff)
	}
	d := a.Lifecycle.Deprecations
	if len(d) != 1 || d[0].Owner != "team-people" || d[0].Due != "2026-12-01" || d[0].Consumers != nil {
		t.Errorf("deprecations are %+v", d)
	}
	var names []string
	for _, g := range a.Tags {
		names = append(names, fmt.Sprintf("%s %s %d/%d", g.Name, g.Owner, g.RESTToGraphQL.Match, g.RESTToGraphQL.Total))
	}
	if diff := cmp.Diff([]string{"loans team-lend 2/2", "members team-people 1/1"}, names); diff != "" {
		t.Errorf("tags (-want +got):\n%s", diff)
	}
}

func TestDocs(t *testing.T) {
	t.Parallel()
	got := gather.API(facts(t)).Docs
	want := &snapshot.Docs{Surfaces: []snapshot.Coverage{
		{
			Surface: "rest", Operations: snapshot.Share{Part: 2, Whole: 3}, Parameters: snapshot.Share{Part: 1, Whole: 2}, Types: snapshot.Share{Part: 1, Whole: 2},
			Fields: snapshot.Share{Part: 1, Whole: 5}, Examples: snapshot.Share{Part: 1, Whole: 3},
		},
		{
			Surface: "graphql", Operations: snapshot.Share{Part: 1, Whole: 3}, Parameters: snapshot.Share{Part: 0, Whole: 2}, Types: snapshot.Share{Part: 1, Whole: 2},
			Fields: snapshot.Share{Part: 0, Whole: 5},
		},
		{Surface: "webhooks", Operations: snapshot.Share{Part: 1, Whole: 2}, Examples: snapshot.Share{Part: 0, Whole: 2}},
	}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("docs (-want +got):\n%s", diff)
	}
}

func TestLintDebt(t *testing.T) {
	t.Parallel()
	f := facts(t)
	at := func(element string) check.Location {
		return check.Location{File: "api/openapi.yaml", Line: 1, Element: element}
	}
	f.Gates = []gather.Gate{
		{Name: "lint", Report: &check.Report{
			Findings: []check.Finding{
				{Rule: "a", Severity: check.Error, Location: at("/paths/~1loans/post/responses")},
				{Rule: "a", Severity: check.Error, Location: at("/components/schemas/Loan/properties/id")},
				{Rule: "b", Severity: check.Info, Location: at("/info")},
			},
			Suppressed: []check.Suppressed{
				{Finding: check.Finding{Rule: "b", Severity: check.Info, Location: at("/paths/~1members/get")}, By: "baseline"},
				{Finding: check.Finding{Rule: "c", Severity: check.Warning, Location: at("/paths/~1loans/get")}, By: "waiver"},
				{Finding: check.Finding{Rule: "c", Severity: check.Warning, Location: at("/paths/~1loans/get")}, By: "ignore"},
			},
			Incomplete: []check.Incomplete{{File: "x.yaml", Message: "torn"}},
		}},
		{Name: "perf", Skipped: "no plan"},
	}
	a := gather.API(f)
	want := &snapshot.Debt{Errors: 2, Infos: 1, Known: 1, Waived: 1, Rules: []snapshot.RuleDebt{
		{Rule: "a", Severity: "error", Count: 2, Counting: 2}, {Rule: "b", Severity: "info", Count: 2, Counting: 1}, {Rule: "c", Severity: "warning", Count: 1},
	}}
	if diff := cmp.Diff(want, a.Lint); diff != "" {
		t.Errorf("debt (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]snapshot.Gate{{Name: "lint", Errors: 2, Infos: 1, Incomplete: []string{"x.yaml: torn"}}, {Name: "perf", Skipped: "no plan"}}, a.Gates); diff != "" {
		t.Errorf("gates (-want +got):\n%s", diff)
	}
	var tags []string
	for _, g := range a.Tags {
		tags = append(tags, fmt.Sprintf("%s %d %d %d", g.Name, g.Errors, g.Infos, g.Known))
	}
	if diff := cmp.Diff([]string{"loans 2 0 1", "members 0 0 1", "other 0 1 0"}, tags); diff != "" {
		t.Errorf("findings by tag (-want +got):\n%s", diff)
	}
}

func TestBudgets(t *testing.T) {
	t.Parallel()
	f := facts(t)
	f.Plan = &perf.Plan{Operations: []perf.Operation{{Name: "query Loans", Document: "query Loans($n: Int = 3) { # all\n all: loans(first: $n) { id } }", Tags: []string{"loans"}}}}
	f.Judgement = &perf.Judgement{Verdict: perf.Fail, Operations: []perf.Judged{
		{Operation: "GET /loans", Verdict: perf.Fail, Reason: "slow", Demands: []perf.Demand{{Allowed: 0.01, Missed: 30, Total: 1000}, {Allowed: 0.1, Missed: 10, Total: 1000}, {Allowed: 0}}},
		{Operation: "query Loans", Verdict: perf.Pass},
	}}
	a := gather.API(f)
	if got := *a.SLO.Operations[0].Left; got < -2.001 || got > -1.999 {
		t.Errorf("%v of the budget is left, want -2", got)
	}
	if a.SLO.Operations[1].Left != nil || a.SLO.Operations[1].Tag != "loans" {
		t.Errorf("the second is %+v", a.SLO.Operations[1])
	}
	for _, r := range a.Resources {
		if r.REST == "GET /loans" && (r.RESTSLO != "fail" || r.GraphQLSLO != "pass") {
			t.Errorf("GET /loans has %q in REST, %q in GraphQL", r.RESTSLO, r.GraphQLSLO)
		}
	}
}

func TestCodeOwners(t *testing.T) {
	t.Parallel()
	c := gather.ParseCodeOwners(`# who owns what
*                    @all
/api/                @api # and nobody else
docs/*.md            ann@example.com
api/my\ file.yaml    @spaced
[Section][2] @section
/lib/
!/lib/not
/orphan
`)
	for _, test := range []struct{ file, want string }{
		{"x.go", "all"}, {"api/a/b.yaml", "api"}, {"sub/api/x", "all"}, {"docs/a.md", "ann@example.com"}, {"docs/a/b.md", "all"},
		{"api/my file.yaml", "spaced"}, {"lib/a", "section"}, {"orphan", "section"},
	} {
		if got := c.Owner(test.file); got != test.want {
			t.Errorf("%s is %q's, want %q", test.file, got, test.want)
		}
	}
	c.Prefix = "api"
	if got := c.Owner("openapi.yaml"); got != "api" {
		t.Errorf("below a prefix it is %q's", got)
	}
	var none *gather.CodeOwners
	if got := none.Owner("x"); got != "" {
		t.Errorf("nobody is %q", got)
	}
}

func TestWaivers(t *testing.T) {
	t.Parallel()
	list := []check.Waiver{
		{Rule: "b", Owner: "bo", Until: day.AddDate(0, 0, 9)},
		{Rule: "old-name", File: "api/*.yaml", Owner: "ann", Until: day},
	}
	rep := &check.Report{Rules: []check.Meta{{ID: "a", Aliases: []string{"old-name"}}}, Suppressed: []check.Suppressed{
		{Finding: check.Finding{Rule: "a", Location: check.Location{File: "api/x.yaml"}}, By: "waiver"},
		{Finding: check.Finding{Rule: "a", Location: check.Location{File: "api/x.yaml"}}, By: "baseline"},
		{Finding: check.Finding{Rule: "a", Location: check.Location{File: "x.yaml"}}, By: "waiver"},
	}}
	want := []snapshot.Waiver{
		{Product: "p", Rule: "old-name", File: "api/*.yaml", Owner: "ann", Until: "2026-11-27", Findings: 1},
		{Product: "p", Rule: "b", Owner: "bo", Until: "2026-12-06"},
	}
	if diff := cmp.Diff(want, gather.Waivers("p", list, rep)); diff != "" {
		t.Errorf("Waivers (-want +got):\n%s", diff)
	}
}

// TestDeterminism makes the same snapshot twice.
func TestDeterminism(t *testing.T) {
	t.Parallel()
	write := func() string {
		var b bytes.Buffer
		if err := snapshot.Write(&b, &snapshot.Snapshot{At: day, APIs: []snapshot.API{gather.API(facts(t))}}); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	if diff := cmp.Diff(write(), write()); diff != "" {
		t.Errorf("two of the same facts differ:\n%s", diff)
	}
}

func FuzzParseCodeOwners(f *testing.F) {
	f.Add("* @a\n[S][1] @b\n/x\\ y/ c@d\n!z\n", "x y/z")
	f.Fuzz(func(t *testing.T, text, name string) {
		if owner := gather.ParseCodeOwners(text).Owner(name); strings.ContainsAny(owner, " \n") {
			t.Fatalf("the owner is %q", owner)
		}
	})
}

func BenchmarkAPI(b *testing.B) {
	f := facts(b)
	b.ReportAllocs()
	for b.Loop() {
		gather.API(f)
	}
}

// A program measures what it wants to and keeps it.
func ExampleAPI() {
	doc, err := openapi.Parse("openapi.yaml", []byte(rest))
	if err != nil {
		log.Fatal(err)
	}
	gql, err := graphql.Parse(graphql.File{Name: "schema.graphql", Data: []byte(schema)})
	if err != nil {
		log.Fatal(err)
	}
	result, err := parity.Match(context.Background(), doc, gql, parity.Options{})
	if err != nil {
		log.Fatal(err)
	}
	api := gather.API(&gather.Facts{
		Name: "library", Product: "Library", At: day, OpenAPI: []*openapi.Document{doc}, GraphQL: []*graphql.Schema{gql}, Parity: result,
	})
	s := &snapshot.Snapshot{Product: "Library", At: day, APIs: []snapshot.API{api}}
	for _, id := range []string{"parity.breadth", "docs.described"} {
		m := snapshot.FindMetric(id)
		v, _ := m.Value(s, &s.APIs[0])
		fmt.Fprintln(os.Stdout, m.Title+":", m.Write(v))
	}
	// Output:
	// REST operations with a whole counterpart in GraphQL: 100.0 %
	// Elements with a description: 30.8 %
}
