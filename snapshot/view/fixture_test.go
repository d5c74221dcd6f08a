package view_test

import (
	"time"

	"github.com/plumbapi/plumb/snapshot"
	"github.com/plumbapi/plumb/snapshot/view"
)

func ptr[T any](v T) *T { return &v }

// today is the day of the newest snapshot of the tests.
var today = time.Date(2026, 11, 27, 9, 30, 0, 0, time.UTC)

// tracker is the API "tracker" some weeks before today: the more weeks, the worse
// most of it is.
func tracker(weeks int) snapshot.API {
	at := today.AddDate(0, 0, -7*weeks)
	a := snapshot.API{
		Name: "tracker", Product: "tracker", Revision: []string{"v2.4", "v2.3", "v2.2", "v2.1", "v2.0"}[weeks], At: at,
		Descriptions: []string{"api/openapi.yaml", "api/schema.graphql"},
		Size:         snapshot.Size{Operations: 42, RootFields: 31, Webhooks: 6},
		Gates:        []snapshot.Gate{{Name: "lint", Errors: 3}, {Name: "parity"}, {Name: "lifecycle"}, {Name: "perf"}, {Name: "webhooks"}},
		Parity: &snapshot.Parity{
			RESTToGraphQL: snapshot.Breadth{Total: 42, Match: 27 - weeks, Partial: 5, None: 10 + weeks, Exempt: 1},
			GraphQLToREST: snapshot.Breadth{Total: 31, Match: 22, Partial: 2, None: 7},
			Depth:         snapshot.Share{Part: 180 - 4*weeks, Whole: 211}, Fidelity: snapshot.Share{Part: 171, Whole: 180}, Lifecycle: snapshot.Share{Part: 30, Whole: 31},
		},
		SLO: &snapshot.SLO{Verdict: "fail", Start: at.Add(-time.Hour), Engine: "plumb 0.1.0", Operations: []snapshot.Objective{
			{Operation: "GET /issues", Tag: "issues", Owner: "team-plan", Verdict: "pass", Reason: "99.8 % within 300 ms, asked is 99 %", Requests: 30000, P95: 84.2, Left: ptr(0.8)},
			{Operation: "GET /boards", Tag: "boards", Owner: "team-plan", Verdict: "fail", Reason: "97.1 % within 500 ms, asked is 99 %", Requests: 9000, P95: 611.4, Left: ptr(-1.9)},
			{Operation: "query Issues", Tag: "issues", Verdict: "inconclusive", Reason: "too few requests to know", Requests: 90, P95: 120},
		}},
		Lint: &snapshot.Debt{Errors: 3, Warnings: 11 + weeks, Infos: 2, Known: 41, Waived: 1, Rules: []snapshot.RuleDebt{
			{Rule: "operation-description", Severity: "warning", Count: 40, Counting: 8}, {Rule: "operation-operationId-unique", Severity: "error", Count: 3, Counting: 3},
		}},
		Docs: &snapshot.Docs{Surfaces: []snapshot.Coverage{
			{Surface: "rest", Operations: snapshot.Share{Part: 40 - weeks, Whole: 42}, Parameters: snapshot.Share{Part: 55, Whole: 60}, Types: snapshot.Share{Part: 18, Whole: 24}, Fields: snapshot.Share{Part: 120, Whole: 190}, Examples: snapshot.Share{Part: 12, Whole: 42}},
			{Surface: "graphql", Operations: snapshot.Share{Part: 31, Whole: 31}, Parameters: snapshot.Share{Part: 20, Whole: 44}, Types: snapshot.Share{Part: 26, Whole: 26}, Fields: snapshot.Share{Part: 140, Whole: 150}},
		}},
		Webhooks: &snapshot.Drift{Payloads: 39, Matching: 36, Violations: 4, Unknown: 7, Undescribed: 1, Places: 5},
		Lifecycle: &snapshot.Lifecycle{Policy: "gitlab", Compared: true, Changes: 14, Breaking: 1, Deprecations: []snapshot.Deprecation{
			{Surface: "rest", Kind: "operation", Name: "DELETE /projects/{id}", Tag: "projects", Owner: "team-plan", Since: "2026-01-01", Due: "2026-11-01", By: "stated", Status: "overdue", Replacement: "POST /projects/{id}/archive", Consumers: ptr(3), Calls: ptr(int64(1200))},
			{Surface: "graphql", Kind: "field", Name: "Project.wikiEnabled", Tag: "projects", Due: "2026-12-10", By: "stated", Status: "ahead", Replacement: "Project.features", Consumers: ptr(12), Calls: ptr(int64(88000))},
			{Surface: "rest", Kind: "parameter", Name: "GET /issues query scope", Tag: "issues", Owner: "team-plan", Due: "2027-02-15", By: "policy", Status: "ahead"},
			{Surface: "rest", Kind: "operation", Name: "GET /labels", Tag: "labels", By: "nobody", Status: "undated"},
		}},
		Gaps: []snapshot.Gap{
			{Element: "POST /issues/{id}/move", Tag: "issues", Owner: "team-plan", Reason: "no mutation moves an issue", Weight: 1},
			{Element: "GET /boards", Tag: "boards", Reason: "no field lists boards", Weight: 0.8},
		},
		Tags: []snapshot.Group{
			{Name: "boards", Owner: "team-plan", RESTToGraphQL: snapshot.Breadth{Total: 8, Match: 2, Partial: 1, None: 5}, Errors: 1, Warnings: 3, Known: 9, Described: snapshot.Share{Part: 7, Whole: 8}, Budgets: 1, Broken: 1},
			{Name: "issues", Owner: "team-plan", RESTToGraphQL: snapshot.Breadth{Total: 20, Match: 17, Partial: 2, None: 1}, Errors: 2, Warnings: 4, Known: 20, Described: snapshot.Share{Part: 20, Whole: 20}, Deprecated: 1, Budgets: 2},
			{Name: "projects", RESTToGraphQL: snapshot.Breadth{Total: 14, Match: 8, Partial: 2, None: 4, Exempt: 1}, Warnings: 4, Known: 12, Described: snapshot.Share{Part: 13, Whole: 14}, Deprecated: 2, Overdue: 1},
		},
		Teams: []snapshot.Group{
			{Name: "team-plan", RESTToGraphQL: snapshot.Breadth{Total: 28, Match: 19, Partial: 3, None: 6}, Errors: 3, Warnings: 7, Known: 29, Described: snapshot.Share{Part: 27, Whole: 28}, Deprecated: 2, Overdue: 1, Budgets: 2, Broken: 1},
			{RESTToGraphQL: snapshot.Breadth{Total: 14, Match: 8, Partial: 2, None: 4, Exempt: 1}, Warnings: 4, Known: 12, Described: snapshot.Share{Part: 13, Whole: 14}, Deprecated: 2, Budgets: 1},
		},
		Resources: []snapshot.Resource{
			{Feature: "issues", Owner: "team-plan", REST: "GET /issues", GraphQL: "Query.issues", Parity: "match", RESTMaturity: "stable", GraphQLMaturity: "beta", RESTSLO: "pass", RESTP95: 84.2, Described: true},
			{Feature: "issues", Owner: "team-plan", REST: "POST /issues", GraphQL: "Mutation.createIssue", Webhooks: []string{"issueOpened"}, Parity: "match", RESTMaturity: "stable", GraphQLMaturity: "stable", WebhookMaturity: "stable", Described: true},
			{Feature: "boards", REST: "GET /boards", Parity: "none", RESTMaturity: "experimental"},
			{Feature: "=1+1", GraphQL: "Query.viewer", Parity: "none", Exempt: "who asks", GraphQLMaturity: "stable", Described: true},
		},
	}
	if weeks > 0 {
		a.Resources[2].Parity, a.Resources[2].GraphQL = "match", "Query.boards"
		a.SLO.Operations[1].Verdict = "pass"
	}
	return a
}

func snap(weeks int, apis ...snapshot.API) *snapshot.Snapshot {
	at := today.AddDate(0, 0, -7*weeks)
	return &snapshot.Snapshot{Version: 1, Tool: "plumb 0.1.0", Product: "tracker", Revision: apis[0].Revision, At: at, APIs: apis, Waivers: []snapshot.Waiver{
		{Product: "tracker", Rule: "operation-tags", File: "api/openapi.yaml", Reason: "the tags come with the new portal", Owner: "ann", Until: "2026-12-05", Findings: 3},
		{Product: "tracker", Rule: "path-params", Element: "/paths/~1old**", Reason: "goes with v3", Owner: "bo", Until: "2026-11-20", Findings: 1},
	}}
}

// input is the report of an API with a history of four weeks.
func input() view.Input {
	var history []*snapshot.Snapshot
	for weeks := 4; weeks > 0; weeks-- {
		history = append(history, snap(weeks, tracker(weeks)))
	}
	return view.Input{Now: snap(0, tracker(0)), History: history}
}

// many is the report of two APIs, of which one is new and was hardly looked at.
func many() view.Input {
	in := input()
	billing := snapshot.API{
		Name: "billing", Product: "billing", Revision: "0123456789abcdef0123456789abcdef01234567", At: today, Size: snapshot.Size{Operations: 9},
		Gates: []snapshot.Gate{{Name: "lint"}, {Name: "parity", Skipped: "no GraphQL schema"}, {Name: "perf", Skipped: "no plan"}},
		Lint:  &snapshot.Debt{}, Docs: &snapshot.Docs{Surfaces: []snapshot.Coverage{{Surface: "rest", Operations: snapshot.Share{Part: 9, Whole: 9}}}},
		Resources: []snapshot.Resource{{Feature: "invoices", REST: "GET /invoices", RESTMaturity: "stable", Described: true}},
	}
	in.Now = snap(0, tracker(0), billing)
	in.Now.Product, in.Now.Revision = "", ""
	return in
}
