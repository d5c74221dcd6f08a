package lifecycle_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/lifecycle"
)

const oldSDL = `type Query {
  user: User
  users(first: Int = 10): [User]
  board: Board @deprecated(reason: "This was renamed. Please use ` + "`Query.boards`" + `. Deprecated in GitLab 15.1.")
  trial: Int @deprecated(reason: "**Status**: Experiment. Introduced in GitLab 15.1.")
}
type User { id: ID! name: String }
type Board { id: ID }
enum State { OPEN }
`

const newSDL = `type Query {
  user: User!
  users(first: Int = 20): [User]
  boards: [Board] @deprecated(reason: "No more. Deprecated in GitLab 15.2.")
}
type User { id: ID "What people call them." name: String @deprecated(reason: "No more. Deprecated in GitLab 15.2.") }
type Board { id: ID }
enum State { OPEN CLOSED }
`

func graphqlChangelog(t *testing.T, base, revision string) *lifecycle.Changelog {
	t.Helper()
	a, b := named(t, "a.graphql", base), named(t, "b.graphql", revision)
	return lifecycle.NewGraphQLChangelog(a, b, lifecycle.DiffGraphQL(a, b))
}

// written is a changelog as lines.
func written(l *lifecycle.Changelog) []string {
	lines := []string{}
	for _, s := range l.Sections {
		for _, r := range s.Resources {
			for _, e := range r.Entries {
				line := fmt.Sprintf("%s [%s] %s", s.Effect, r.Name, e.Sentence)
				if e.Why != "" {
					line += " " + e.Why
				}
				if e.Stability != "" {
					line += " (" + e.Stability + ")"
				}
				lines = append(lines, line)
			}
		}
	}
	for _, n := range l.Announcements {
		lines = append(lines, strings.TrimSpace(fmt.Sprintf("%s %s %t %s %s", n.Kind, n.Element.Name, n.New, n.Element.State.Since, n.Element.State.Replacement)))
	}
	return lines
}

func TestGraphQLChangelog(t *testing.T) {
	t.Parallel()
	l := graphqlChangelog(t, oldSDL, newSDL)
	want := []string{
		"breaking [Query] Field Query.trial was removed: \"**Status**: Experiment. Introduced in GitLab 15.1.\". Queries that use it fail. (experimental)",
		"breaking [User] The type of User.id changed from ID! to ID. Clients read a value of another type, or null where there was none.",
		"retired [Query] Field Query.board was removed: \"This was renamed. Please use `Query.boards`. Deprecated in GitLab 15.1.\". Queries that use it fail.",
		"risky [Query] The default of Query.users(first:) changed from 10 to 20. Queries that leave it out get another result.",
		"risky [State] Value State.CLOSED was added. Clients may read a value that they do not know.",
		"added [Query] Field Query.boards was added, of type [Board].",
		"changed [Query] The type of Query.user changed from User to User!.",
		"editorial [User] The description of User.name was added: \"What people call them.\".",
		"deprecated Query.boards true 15.2",
		"deprecated User.name false 15.2",
	}
	got := written(l)
	for i := range got { // how the engine words what was deprecated is its business
		got[i] = strings.Replace(got[i], "Deprecated field", "Field", 1)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("changelog (-want +got):\n%s", diff)
	}
	if l.Advice.Breaking != 2 || l.Advice.Experiments != 1 || l.Advice.Bump != lifecycle.Major {
		t.Errorf("advice: %+v", l.Advice)
	}
	if l.Count(lifecycle.Breaking) != 2 || l.Count(lifecycle.Retired) != 1 || l.Empty() {
		t.Errorf("counts: %d breaking, %d retired", l.Count(lifecycle.Breaking), l.Count(lifecycle.Retired))
	}
}

func TestChangelogOfEqualSchemas(t *testing.T) {
	t.Parallel()
	l := graphqlChangelog(t, oldSDL, oldSDL)
	if !l.Empty() || l.Advice.Bump != lifecycle.NoBump {
		t.Errorf("%v %+v", written(l), l.Advice)
	}
	data, err := json.Marshal(l)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(data), "null") {
		t.Errorf("the JSON has a null: %s", data)
	}
}

const oldAPI = `openapi: 3.0.3
info: {title: Tracker, version: 1.4.0}
paths:
  /v1/{tenant}/issues:
    get:
      tags: [issues]
      parameters: [{name: state, in: query, schema: {type: string, enum: [open, closed]}}]
      responses: {"200": {description: All., content: {application/json: {schema: {$ref: "#/components/schemas/Issue"}}}}}
  /v1/boards:
    get:
      responses: {"200": {description: All., content: {application/json: {schema: {$ref: "#/components/schemas/Issue"}}}}}
  /v1/old:
    get:
      deprecated: true
      responses: {"200": {description: All.}}
components: {schemas: {Issue: {type: object, required: [title], properties: {title: {type: string}, note: {type: string}}}}}
`

func TestChangelog(t *testing.T) {
	t.Parallel()
	revised := strings.NewReplacer(
		"1.4.0", "1.5.0", "[open, closed]", "[open]", "note: {type: string}", "labels: {type: string}",
		"  /v1/old:\n    get:\n      deprecated: true\n      responses: {\"200\": {description: All.}}\n", "",
		"  /v1/boards:\n    get:\n", "  /v1/boards:\n    get:\n      deprecated: true\n      x-sunset: 2030-01-31\n",
	).Replace(oldAPI)
	a, b := parse(t, oldAPI), parse(t, revised)
	l := lifecycle.NewChangelog(a, b, lifecycle.Diff(a, b))
	type line struct{ effect, resource, subject string }
	var got []line
	for _, s := range l.Sections {
		for _, r := range s.Resources {
			for _, e := range r.Entries {
				got = append(got, line{string(s.Effect), r.Name, e.Subject})
				if !strings.HasPrefix(e.Sentence, e.Subject+": ") || !strings.HasSuffix(e.Sentence, ".") {
					t.Errorf("%q is no sentence about %q", e.Sentence, e.Subject)
				}
			}
		}
	}
	want := []line{
		{"breaking", "issues", "GET /v1/{tenant}/issues parameter state"},
		{"retired", "old", "GET /v1/old"},
		{"added", "Issue", "Issue.labels"},
		{"changed", "Issue", "Issue.note"},
	}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(line{})); diff != "" {
		t.Errorf("changelog (-want +got):\n%s", diff)
	}
	if len(l.Announcements) != 1 || l.Announcements[0].Element.Name != "GET /v1/boards" || l.Announcements[0].Element.State.Sunset.String() != "2030-01-31" {
		t.Errorf("notices: %+v", l.Announcements)
	}
	wantAdvice := lifecycle.Advice{
		Bump: lifecycle.Major, Next: "2.0.0", Actual: lifecycle.Minor, Disagrees: true, Breaking: 2,
		Milestone: lifecycle.Milestone{MajorOnly: true, Release: "1.5", Earliest: "2.0"},
	}
	if diff := cmp.Diff(wantAdvice, l.Advice); diff != "" {
		t.Errorf("advice (-want +got):\n%s", diff)
	}
	if l.Title != "Tracker" || l.BaseVersion != "1.4.0" || l.RevisionVersion != "1.5.0" {
		t.Errorf("%q %q %q", l.Title, l.BaseVersion, l.RevisionVersion)
	}
}

// TestAdvice gives the same changes to products of many versions.
func TestAdvice(t *testing.T) {
	t.Parallel()
	const small = "type Query { a: Int }"
	breaks := graphqlChangelog(t, "type Query { a: Int b: Int }", small)
	adds := graphqlChangelog(t, small, "type Query { a: Int b: Int }")
	rewords := graphqlChangelog(t, small, "type Query { \"a\" a: Int }")
	nothing := graphqlChangelog(t, small, small)
	for _, tt := range []struct {
		log            *lifecycle.Changelog
		from, to       string
		next           string
		actual         lifecycle.Bump
		disagrees, may bool
		earliest       string
	}{
		{breaks, "1.4.2", "2.0.0", "2.0.0", lifecycle.Major, false, true, "2.0"},
		{breaks, "1.4.2", "1.5.0", "2.0.0", lifecycle.Minor, true, false, "2.0"},
		{breaks, "1.4.2", "1.4.2", "2.0.0", lifecycle.NoBump, true, false, "2.0"},
		{breaks, "1.4.2", "3.1.0", "2.0.0", lifecycle.Major, false, false, "2.0"},
		{breaks, "1.4.2", "1.3.0", "2.0.0", lifecycle.Minor, true, false, "2.0"},
		{breaks, "0.4.2", "0.5.0", "0.5.0", lifecycle.Minor, false, false, "1.0"},
		{breaks, "15.7", "15.8", "16.0", lifecycle.Minor, true, false, "16.0"},
		{breaks, "v15.11", "v16.0", "v16.0", lifecycle.Major, false, true, "v16.0"},
		{breaks, "v4", "v4", "v5", lifecycle.NoBump, true, false, ""},
		{breaks, "2.0.0-beta.1", "2.0.0", "2.0.0", lifecycle.Major, false, true, "2.0"},
		{breaks, "2024-11-20", "2025-01-01", "", "", false, false, ""},
		{breaks, "", "1.0.0", "", "", false, false, ""},
		{breaks, "1.0.0", "soon", "2.0.0", "", false, false, "2.0"},
		{breaks, "99999999999.0", "1", "", "", false, false, ""},
		{adds, "1.4.2", "1.5.0", "1.5.0", lifecycle.Minor, false, true, "1.5"},
		{adds, "1.4.2", "1.4.3", "1.5.0", lifecycle.Patch, true, true, "1.4"},
		{adds, "v4", "v4", "v4", lifecycle.NoBump, false, true, ""},
		{rewords, "1.4", "1.4.1", "1.4.1", lifecycle.Patch, false, true, "1.4"},
		{rewords, "1.4.2", "1.4.2-rc.1", "1.4.3", lifecycle.Patch, true, true, "1.5"},
		{nothing, "1.4.2", "1.4.2", "1.4.2", lifecycle.NoBump, false, true, "1.5"},
	} {
		l := *tt.log
		l.Between(tt.from, tt.to)
		got := []any{l.Advice.Next, l.Advice.Actual, l.Advice.Disagrees, l.Advice.Milestone.May, l.Advice.Milestone.Earliest}
		want := []any{tt.next, tt.actual, tt.disagrees, tt.may, tt.earliest}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s, %s to %s (-want +got):\n%s", tt.log.Advice.Bump, tt.from, tt.to, diff)
		}
	}
}

func TestAnnouncements(t *testing.T) {
	t.Parallel()
	op := func(extra string) string {
		return "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths:\n  /a:\n    get:\n" + extra + "      responses: {'200': {description: Ok.}}\n"
	}
	deprecated := "      deprecated: true\n"
	for _, tt := range []struct {
		name, base, revision string
		want                 []string
	}{
		{"deprecated", "", deprecated, []string{"deprecated"}},
		{"reactivated", deprecated, "", []string{"reactivated"}},
		{"rescheduled", deprecated + "      x-sunset: 2030-01-01\n", deprecated + "      x-sunset: 2031-01-01\n", []string{"rescheduled"}},
		{"still deprecated", deprecated, deprecated, nil},
		{"matured", "      x-stability-level: beta\n", "      x-stability-level: stable\n", []string{"matured"}},
		{"regressed", "", "      x-stability-level: alpha\n", []string{"regressed"}},
	} {
		a, b := parse(t, op(tt.base)), parse(t, op(tt.revision))
		l := lifecycle.NewChangelog(a, b, lifecycle.Diff(a, b))
		var got []string
		for _, n := range l.Announcements {
			got = append(got, string(n.Kind))
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
}
