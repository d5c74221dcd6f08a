package usage_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/lifecycle/usage"
)

// logged is a line of a log of GraphQL operations.
func logged(members map[string]any) string {
	b, err := json.Marshal(members)
	if err != nil {
		return err.Error()
	}
	return string(b)
}

func TestGraphQL(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name    string
		line    map[string]any
		used    []string
		unread  int64
		stored  int64
		strange int64
	}{
		{
			name: "a field, under an alias",
			line: map[string]any{"query_string": `{ issue(id: 1) { v: votes title } }`},
			used: []string{"Issue.votes"},
		},
		{
			name: "used twice is one call",
			line: map[string]any{"query_string": `{ a: issue(id: 1) { votes } b: issue(id: 2) { votes x: votes } }`},
			used: []string{"Issue.votes"},
		},
		{
			name: "an argument",
			line: map[string]any{"query_string": `query($id: ID) { issue(id: 1, oldId: $id) { id } }`},
			used: []string{"Query.issue(oldId:)"},
		},
		{
			name: "a field of the interface and one of its object are two",
			line: map[string]any{"query_string": `{ node(id: 1) { legacyId ... on Issue { author { nick } } } }`},
			used: []string{"Node.legacyId", "User.nick"},
		},
		{
			name: "fragments, one of them nobody spreads, one that spreads itself",
			line: map[string]any{"query_string": `query { node(id: 1) { ...A ... { id } } } fragment A on Issue { ...B ...A } fragment B on Issue { votes } fragment C on User { nick }`},
			used: []string{"Issue.votes"},
		},
		{
			name: "literals of enums and inputs",
			line: map[string]any{"query_string": `{ issues(state: LOCKED, filter: {not: {not: {assignee: 1}}}) { id } }`},
			used: []string{"State.LOCKED", "IssueFilter.assignee"},
		},
		{
			name: "a value alone that stands for a list, and a list",
			line: map[string]any{"query_string": `{ a: issues(filter: {states: LOCKED}) { id } b: issues(filter: {states: [OPEN, LOCKED]}) { id } }`},
			used: []string{"State.LOCKED"},
		},
		{
			name: "variables",
			line: map[string]any{
				"query_string": `query Q($f: IssueFilter, $s: State) { issues(filter: $f, state: $s) { id } }`,
				"variables":    map[string]any{"f": map[string]any{"text": "LOCKED", "not": map[string]any{"assignee": nil}}, "s": "LOCKED", "x": []any{}},
			},
			used: []string{"State.LOCKED", "IssueFilter.assignee"},
		},
		{
			name: "variables as a text of JSON",
			line: map[string]any{
				"query_string": `query Q($f: [State!]!) { issues(filter: {states: $f}) { id } }`, "variables": `{"f": ["OPEN", "LOCKED"]}`,
			},
			used: []string{"State.LOCKED"},
		},
		{
			name: "variables as Ruby shows them",
			line: map[string]any{
				"query_string": `mutation M($i: CloseInput!) { closeIssue(input: $i) { id } }`,
				"variables":    `{"i"=>{"id"=>"gid://1", :silent => nil, "a"=>[1, {b: 2}]}, "c"=>"[FILTERED]"}`,
			},
			used: []string{"CloseInput.silent"},
		},
		{
			name: "variables that break off",
			line: map[string]any{
				"query_string": `query Q($f: IssueFilter) { issues(filter: $f) { id } }`, "variables": `{"f": {"assignee": 1, "not": {"tex`,
			},
			used: []string{"IssueFilter.assignee"},
		},
		{
			name: "the default of a variable that nobody sets",
			line: map[string]any{"query_string": `query Q($s: State = LOCKED) { issues(state: $s) { id } }`, "variables": map[string]any{}},
			used: []string{"State.LOCKED"},
		},
		{
			name: "the default of a variable that somebody sets",
			line: map[string]any{"query_string": `query Q($s: State = LOCKED) { issues(state: $s) { id } }`, "variables": map[string]any{"s": "OPEN"}},
		},
		{
			name: "one of two operations",
			line: map[string]any{"query_string": `query A { issue(id: 1) { votes } } query B { issue(id: 1) { author { nick } } }`, "operation_name": "B"},
			used: []string{"User.nick"},
		},
		{
			name: "a name that is none of two operations",
			line: map[string]any{"query_string": `query A { issue(id: 1) { votes } } query B { issue(id: 1) { author { nick } } }`, "operation_name": "C"},
			used: []string{"Issue.votes", "User.nick"},
		},
		{
			name:    "what the schema does not have",
			line:    map[string]any{"query_string": `query($x: Nothing) { gone { votes } issue(id: 1, at: 2) { old votes ... on Gone { a } } }`},
			used:    []string{"Issue.votes"},
			strange: 1,
		},
		{
			name: "introspection",
			line: map[string]any{"query_string": `{ __schema { types { name } } __typename }`},
		},
		{
			name:   "no query",
			line:   map[string]any{"query_string": `{ issue( `},
			unread: 1,
		},
		{
			name:   "nothing but a fragment",
			line:   map[string]any{"query_string": `fragment A on Issue { votes }`},
			unread: 1,
		},
		{
			name:   "a hash instead of a text",
			line:   map[string]any{"operationName": "Q", "extensions": map[string]any{"persistedQuery": map[string]any{"sha256Hash": "ab"}}},
			stored: 1,
		},
		{
			name: "what GitLab says was used",
			line: map[string]any{
				"operation_name": "Q", "used_deprecated_fields": []any{"Issue.votes", "Issue.gone"},
				"used_deprecated_arguments": []any{"Query.issue.oldId", "CloseInput.silent"}, "used_fields": []any{"Issue.id"},
			},
			used: []string{"Query.issue(oldId:)", "Issue.votes", "CloseInput.silent"},
		},
		{
			name: "what GitLab says was used, and the text",
			line: map[string]any{"query_string": `{ issue(id: 1) { votes } }`, "used_deprecated_fields": []any{"Issue.votes", "User.nick"}},
			used: []string{"Issue.votes", "User.nick"},
		},
		{
			name: "in the URL",
			line: map[string]any{"method": "GET", "path": "/graphql?query=%7Bissue(id%3A1)%7Bvotes%7D%7D&variables=%7B%7D"},
			used: []string{"Issue.votes"},
		},
		{
			name:   "a request whose body no log has",
			line:   map[string]any{"method": "POST", "path": "/api/graphql"},
			unread: 1,
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			res := count(t, describe(t), logged(tt.line))
			want := map[string]int64{}
			for _, name := range tt.used {
				want[name] = 1
			}
			if diff := cmp.Diff(want, calls(res)); diff != "" {
				t.Errorf("calls (-want +got):\n%s", diff)
			}
			total := usage.Total{
				Statuses: usage.Statuses{Calls: 1}, Exact: true, Unnamed: 1,
				Unread: tt.unread, Persisted: tt.stored, Strange: tt.strange,
			}
			if diff := cmp.Diff(total, res.GraphQL); diff != "" {
				t.Errorf("GraphQL (-want +got):\n%s", diff)
			}
			if res.Logs[0].Unreadable != 0 {
				t.Errorf("the line was not read: %+v", res.Logs[0])
			}
		})
	}
}

// A server's own schema comes first; a text that only another one has all of
// is typed by that.
func TestTwoSchemas(t *testing.T) {
	t.Parallel()
	o := describe(t)
	other := strings.NewReader(`type Query { ping(loud: Boolean @deprecated(reason: "Always.")): Int }`)
	schema, err := readSchema(other)
	if err != nil {
		t.Fatal(err)
	}
	o.GraphQL = append(o.GraphQL, schema)
	res := count(t, o, logged(map[string]any{"query_string": `{ ping(loud: true) }`})+"\n"+logged(map[string]any{"query_string": `{ issue(id: 1) { votes } }`}))
	want := map[string]int64{"Query.ping(loud:)": 1, "Issue.votes": 1}
	if diff := cmp.Diff(want, calls(res)); diff != "" {
		t.Errorf("calls (-want +got):\n%s", diff)
	}
	if res.GraphQL.Strange != 0 {
		t.Errorf("%d calls strange", res.GraphQL.Strange)
	}
}

func TestRecorded(t *testing.T) {
	t.Parallel()
	entry := func(request string) string {
		return `{"startedDateTime":"2026-03-05T10:00:00Z","request":` + request + `,"response":{"status":200}}`
	}
	post := func(body string) string {
		text, _ := json.Marshal(body)
		return entry(`{"method":"POST","url":"https://tracker.example.com/graphql","headers":[],"postData":{"mimeType":"application/json","text":` + string(text) + `}}`)
	}
	tests := []struct {
		name, entry string
		used        []string
		calls       [2]int64 // REST, GraphQL
	}{
		{"a header", entry(`{"method":"GET","url":"https://x/api/v3/issues","headers":[{"name":"x-team","value":"a"}]}`), []string{"GET /issues header X-Team"}, [2]int64{1, 0}},
		{"a query", post(`{"query":"{ issue(id: 1) { votes } }"}`), []string{"Issue.votes"}, [2]int64{0, 1}},
		{"a query with variables", post(`{"query":"query($s: State) { issues(state: $s) { id } }","variables":{"s":"LOCKED"},"operationName":null}`), []string{"State.LOCKED"}, [2]int64{0, 1}},
		{"a batch", post(`[{"query":"{ issue(id: 1) { votes } }"},{"query":"{ issue(id: 1) { author { nick } } }"}]`), []string{"Issue.votes", "User.nick"}, [2]int64{0, 2}},
		{"a hash", post(`{"extensions":{"persistedQuery":{"version":1}}}`), nil, [2]int64{0, 1}},
		{"a body that is none", post(`{"query":`), nil, [2]int64{0, 1}},
		{"a body of REST with a member query", strings.ReplaceAll(post(`{"query":"open issues"}`), "/graphql", "/api/v3/issues"), nil, [2]int64{1, 0}},
		{"a text of GraphQL", strings.ReplaceAll(post(`{ issue(id: 1) { votes } }`), "application/json", "application/graphql"), []string{"Issue.votes"}, [2]int64{0, 1}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			res := count(t, describe(t), `{"log":{"entries":[`+tt.entry+`]}}`)
			want := map[string]int64{}
			for _, name := range tt.used {
				want[name] = 1
			}
			if diff := cmp.Diff(want, calls(res)); diff != "" {
				t.Errorf("calls (-want +got):\n%s", diff)
			}
			if got := [2]int64{res.REST.Calls, res.GraphQL.Calls}; got != tt.calls {
				t.Errorf("calls of REST and GraphQL %v, want %v", got, tt.calls)
			}
		})
	}
}
