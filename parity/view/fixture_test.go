package view_test

import (
	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/parity"
)

// hostile is what a description may say to break out of a view.
const hostile = "<script>alert(1)</script> @all `x` |\x1b[31m =1+1\u202e"

func at(file string, line int) check.Location {
	return check.Location{File: file, Line: line, Column: 3, EndLine: line, EndColumn: 9}
}

// rich is a result that has one of everything.
func rich() *parity.Result {
	none := []parity.Difference{}
	return &parity.Result{
		Min: 0.8,
		Score: parity.Score{
			Operations: 0.53, Types: 0.5, Fields: 0.6,
			RESTToGraphQL: parity.Breadth{Total: 1204, Match: 501, Partial: 102, None: 601, Exempt: 1, Share: 501.0 / 1203, WithPartial: 603.0 / 1203, Weighted: 0.53},
			GraphQLToREST: parity.Breadth{Total: 12, Match: 3, None: 9, Share: 0.25, WithPartial: 0.25, Weighted: 0.25},
			Depth:         parity.Share{Value: 0.7125, Part: 57, Whole: 80}, Fidelity: parity.Share{Value: 1, Part: 57, Whole: 57},
			Groups: []parity.Group{
				{Tag: "issues", Breadth: parity.Breadth{Total: 1000, Match: 480, Partial: 100, None: 420, Share: 0.48, WithPartial: 0.58}, Missing: 3},
				{Tag: hostile, Breadth: parity.Breadth{Total: 200, Match: 1, Partial: 1, None: 198, Share: 0.005, WithPartial: 0.01}},
				{Tag: "表計算", Breadth: parity.Breadth{Total: 3, Match: 3, Share: 1, WithPartial: 1}},
				{Tag: "all partial", Breadth: parity.Breadth{Total: 1, Partial: 1, WithPartial: 1}},
				{Tag: "no operations"},
			},
		},
		Skew: parity.Skew{Found: true, Text: "the schema looks about a year older than the description", REST: "2026-11", GraphQL: "2025-10", Evidence: []string{"types that only REST has: " + hostile}},
		Operations: []*parity.Operation{
			{
				Operation: "GET /issues", Status: parity.StatusMatch, Confidence: 0.97, GraphQL: []string{"Query.issues", "Project.issues"},
				Path: "issues", Why: []string{`both are called "issue"`, "both yield a list"}, Band: parity.Auto, Source: parity.Matched,
				Tags: []string{"issues"}, Weight: 1, Need: parity.Required, Location: at("api.yaml", 12),
				Candidates: []parity.Candidate{
					{Coordinate: "Query.issues", Path: "issues", Status: parity.StatusMatch, Confidence: 0.97, Evidence: []parity.Evidence{{Weight: 4.2, Text: "both yield a list"}, {Weight: 1.1, Text: `both are called "issue"`}}},
					{Coordinate: "Project.issues", Path: "project.issues", Status: parity.StatusPartial, Reason: parity.ViaFilter, Confidence: 0.31, Evidence: []parity.Evidence{{Weight: 1.1, Text: `both are called "issue"`}, {Weight: -2.5, Text: "no argument takes {id}"}}},
				},
			},
			{
				Operation: "POST /issues", Status: parity.StatusPartial, Reason: parity.Subset, Confidence: 0.62, GraphQL: []string{"Mutation.createIssue"},
				Why: []string{hostile}, Band: parity.Review, Source: parity.Matched, Tags: []string{"issues"}, Write: true, Weight: 3, Location: at("api.yaml", 30),
			},
			{
				Operation: "DELETE /issues/{id}", Status: parity.StatusNone, Confidence: 0.91, GraphQL: []string{}, Why: []string{}, Band: parity.Auto, Source: parity.Override,
				Tags: []string{"issues"}, Write: true, Deprecated: true, Weight: 0.5, Exempt: "gone with version 3", Need: parity.Unneeded, Location: at("api.yaml", 48),
			},
			{
				Operation: "GET /" + hostile, Status: parity.StatusNone, Confidence: 0.5, GraphQL: []string{}, Why: []string{}, Band: parity.Review, Source: parity.Locked,
				Tags: []string{hostile}, Weight: 1, New: true, Location: at(hostile, 1),
			},
		},
		Roots: []*parity.Root{
			{Coordinate: "Mutation.createIssue", Status: parity.StatusPartial, Operations: []string{"POST /issues"}, Confidence: 0.62, Group: "issues", Location: at("schema.graphql", 5)},
			{Coordinate: "Mutation.pinIssue", Status: parity.StatusNone, Operations: []string{}, Confidence: 0.99, Group: "issues", New: true, Experimental: true, Location: at("schema.graphql", 7)},
			{Coordinate: "Query.issues", Status: parity.StatusMatch, Operations: []string{"GET /issues"}, Confidence: 0.97, Group: "issues", Deprecated: true, Location: at("schema.graphql", 2)},
		},
		Types: []*parity.Type{
			{REST: "#/components/schemas/issue", Name: "issue", GraphQL: "Issue", Status: parity.StatusMatch, Confidence: 0.99, Why: []string{`both are called "issue"`}, Alternatives: []string{"Ticket"}, Source: parity.Matched, Location: at("api.yaml", 60)},
			{REST: "#/components/schemas/" + hostile, Name: hostile, Status: parity.StatusNone, Confidence: 0.8, Why: []string{}, Alternatives: []string{}, Source: parity.Matched, Location: at("api.yaml", 90)},
		},
		Fields: []*parity.Field{
			{REST: "issue.title", GraphQL: "Issue.title", Kind: parity.Same, Confidence: 1, RESTType: "string", GraphQLType: "String!", Differences: none, Schema: "issue", Type: "Issue"},
			{
				REST: "issue.state", GraphQL: "Issue.status", Kind: parity.Renamed, Confidence: 0.9, RESTType: "string", GraphQLType: "IssueState!", Schema: "issue", Type: "Issue",
				Differences: []parity.Difference{
					{Aspect: parity.EnumAspect, REST: "2 values", GraphQL: "3 values", Effect: "missing-in-rest", Values: []string{hostile}},
					{Aspect: parity.NullabilityAspect, REST: "nullable", GraphQL: "IssueState!", Effect: "graphql-stricter"},
				},
				RESTLocation: at("api.yaml", 66), GraphQLLocation: at("schema.graphql", 15),
			},
			{REST: "issue.id", GraphQL: "Issue.databaseId", Kind: parity.TypeDiffers, Confidence: 0.9, RESTType: "integer:int64", GraphQLType: "Int", Differences: none, Schema: "issue", Type: "Issue"},
			{REST: "issue.html_url", Kind: parity.RESTOnly, Class: parity.Hypermedia, RESTType: "string:uri", Differences: none, Schema: "issue", Type: "Issue"},
			{REST: "issue.labels", Kind: parity.RESTOnly, RESTType: "[string]", Differences: none, New: true, Schema: "issue", Type: "Issue"},
			{GraphQL: "Issue.viewerCanPin", Kind: parity.GraphQLOnly, Class: parity.ViewerOnly, GraphQLType: "Boolean!", Differences: none, Schema: "issue", Type: "Issue"},
		},
		Inputs: []*parity.Input{
			{Operation: "GET /issues", Coordinate: "Query.issues", REST: "query.state", GraphQL: "Query.issues(state:)", Role: parity.FilterInput, Kind: parity.Same, Differences: []parity.Difference{{Aspect: parity.DefaultAspect, REST: "open"}}},
			{Operation: "GET /issues", Coordinate: "Query.issues", REST: "query.since", Role: parity.FilterInput, Kind: parity.RESTOnly, Differences: none},
			{Operation: "GET /issues", Coordinate: "Query.issues", GraphQL: "Query.issues(orderBy:)", Role: parity.SortInput, Kind: parity.GraphQLOnly, Differences: none},
		},
		Traits: []*parity.Trait{
			{Operation: "GET /issues", Coordinate: "Query.issues", Topic: parity.PagingTopic, Effect: "missing-in-graphql", REST: "page, per_page"},
		},
		Gaps: []parity.Gap{
			{Element: "DELETE /projects/{id}", Group: "projects", Weight: 2, Reason: "no mutation deletes a project"},
			{Element: "Mutation.pinIssue", Group: "issues", Weight: 1, Reason: "no operation pins an issue, and the reason is so long that it takes more than one line of a terminal"},
			{Element: "GET /" + hostile, Group: hostile, Weight: 1, Reason: hostile},
			{Element: "GET /a"}, {Element: "GET /b"}, {Element: "GET /c"}, {Element: "GET /d"},
		},
		Decisions: []parity.Decision{
			{Kind: "exempt", Element: "DELETE /issues/{id}", State: "applied", Value: "exempt", Reason: "gone with version 3", Owner: "api-team", At: at("parity.yaml", 4)},
			{Kind: "match", Element: hostile, State: "unknown", Value: hostile, Closest: "GET /issues"},
		},
	}
}

// empty is a result about an API without anything.
func empty() *parity.Result { return &parity.Result{} }
