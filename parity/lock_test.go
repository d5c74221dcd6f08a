package parity_test

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/golden"
	"github.com/plumbapi/plumb/parity"
)

func lockText(t testing.TB, l *parity.Lock) string {
	t.Helper()
	var out bytes.Buffer
	if err := l.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func readLock(t testing.TB, text string) *parity.Lock {
	t.Helper()
	l, err := parity.ReadLock("parity.lock", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// tasksLock is the lock of the descriptions of testdata/tasks, changed by
// pairs of an old and a new text.
func tasksLock(t testing.TB, changes ...string) *parity.Lock {
	t.Helper()
	text := lockText(t, parity.NewLock(matchTasks(t, parity.Options{})))
	for i := 0; i+1 < len(changes); i += 2 {
		if !strings.Contains(text, changes[i]) {
			t.Fatalf("no %q in the lock:\n%s", changes[i], text)
		}
		text = strings.ReplaceAll(text, changes[i], changes[i+1])
	}
	return readLock(t, text)
}

// otherMatcher turns a lock into one that an earlier matcher wrote.
var otherMatcher = []string{fmt.Sprintf("\"matcher\": %d", parity.MatcherVersion), "\"matcher\": 0"}

func TestLockRoundTrip(t *testing.T) {
	t.Parallel()
	text := lockText(t, parity.NewLock(matchTasks(t, parity.Options{})))
	l := readLock(t, text)
	if diff := cmp.Diff(text, lockText(t, l)); diff != "" {
		t.Errorf("written again (-first +second):\n%s", diff)
	}
	for _, line := range []string{
		`{"operation":"GET /boards/{board_id}/cards","status":"match","graphql":["Board.cards"],"band":"auto"},`,
		`{"operation":"POST /boards/{board_id}/cards","status":"none","band":"auto"},`,
		`{"graphql":"Mutation.archiveBoard","status":"none"},`,
		`{"rest":"#/components/schemas/Board","status":"match","graphql":"Board","band":"auto","pairs":{"created_at":"createdAt","id":"id","name":"name"}},`,
		`{"rest":"Board.colour_theme"}`,
		`{"group":"admin","none":2,"partial":0,"root_none":0,"root_partial":0,"missing_fields":0},`,
	} {
		if !strings.Contains(text, "\n"+line+"\n") {
			t.Errorf("no line %s in\n%s", line, text)
		}
	}
	if got := l.Operations[0].At; got.File != "parity.lock" || got.Line != 5 {
		t.Errorf("the first operation is at %+v; want line 5", got)
	}
}

// TestMatcherVersion keeps what the matcher decides about a small product. If
// it fails because the matcher has changed, raise parity.MatcherVersion, so
// that locks hold what they have, and write the file anew with -update.
func TestMatcherVersion(t *testing.T) {
	t.Parallel()
	golden.Compare(t, "testdata/tasks/parity.lock", []byte(lockText(t, parity.NewLock(matchTasks(t, parity.Options{})))))
}

// TestLockOfTheSameSaysNothing: descriptions that have not changed have
// nothing new and no decision to report.
func TestLockOfTheSameSaysNothing(t *testing.T) {
	t.Parallel()
	res := matchTasks(t, parity.Options{Lock: tasksLock(t)})
	if len(res.Decisions) > 0 {
		t.Errorf("Decisions = %+v; want none", res.Decisions)
	}
	if got := news(res); len(got) > 0 {
		t.Errorf("new: %q; want nothing", got)
	}
	for _, g := range res.Baseline {
		if g.Locked != g.Now || g.Shrunk() {
			t.Errorf("group %s has %+v locked and %+v now", g.Group, g.Locked, g.Now)
		}
	}
}

// news are the elements that are new gaps.
func news(res *parity.Result) []string {
	var got []string
	for _, op := range res.Operations {
		if op.New {
			got = append(got, op.Operation)
		}
	}
	for _, r := range res.Roots {
		if r.New {
			got = append(got, r.Coordinate)
		}
	}
	for _, f := range res.Fields {
		if f.New {
			got = append(got, f.REST+f.GraphQL)
		}
	}
	return got
}

func TestLockHolds(t *testing.T) {
	t.Parallel()
	const (
		getBoards = `{"operation":"GET /boards","status":"match","graphql":["Query.boards"]`
		backups   = `{"operation":"POST /backups","status":"none"`
		cards     = `{"rest":"#/components/schemas/Card","status":"match","graphql":"Card"`
	)
	none := func(entry string) string {
		entry = strings.Replace(entry, `"match"`, `"none"`, 1)
		before, _, _ := strings.Cut(entry, `,"graphql"`)
		return before
	}
	tests := []struct {
		name    string
		lock    []string // changes of the lock
		changes []string // changes of the descriptions
		want    []parity.Decision
		check   string // an operation
		now     string // what holds for it
	}{
		{
			name: "another counterpart that exists",
			lock: []string{getBoards, strings.Replace(getBoards, "Query.boards", "Query.board", 1)},
			want: []parity.Decision{
				{Kind: "lock", Element: "GET /boards", State: "changed", Value: "match Query.board", Now: "match Query.boards"},
			},
			check: "GET /boards", now: "lock match Query.board",
		},
		{
			name: "a counterpart that the matcher does not see",
			lock: []string{backups, strings.Replace(backups, `"none"`, `"partial","reason":"variant","graphql":["Mutation.archiveBoard"]`, 1)},
			want: []parity.Decision{
				{Kind: "lock", Element: "POST /backups", State: "changed", Value: "partial (variant) Mutation.archiveBoard", Now: "none"},
			},
			check: "POST /backups", now: "lock partial (variant) Mutation.archiveBoard",
		},
		{
			name: "a counterpart that is gone", lock: nil,
			changes: []string{"  deleteBoard(input: DeleteBoardInput!): DeleteBoardPayload\n", ""},
			want: []parity.Decision{
				{Kind: "lock", Element: "DELETE /boards/{board_id}", State: "removed", Value: "match Mutation.deleteBoard", Now: "none"},
				{Kind: "lock", Element: "boards", State: "grown", Value: "0", Now: "1", Reason: "operations without a counterpart"},
			},
			check: "DELETE /boards/{board_id}", now: "matched none",
		},
		{
			name: "an operation that is gone",
			lock: []string{`"GET /ping"`, `"GET /pong"`},
			want: []parity.Decision{
				{Kind: "lock", Element: "GET /pong", State: "gone", Value: "none"},
			},
			check: "GET /ping", now: "matched none",
		},
		{
			name: "what was none and is found, by the same matcher",
			lock: []string{getBoards, none(getBoards)}, check: "GET /boards", now: "matched match Query.boards",
		},
		{
			name: "what was none and is found, by another matcher",
			lock: append([]string{getBoards, none(getBoards)}, otherMatcher...),
			want: []parity.Decision{
				{Kind: "lock", Element: "GET /boards", State: "changed", Value: "none", Now: "match Query.boards"},
			},
			check: "GET /boards", now: "lock none",
		},
		{
			name:  "what was none and is found at a root field that is new, by another matcher",
			lock:  append([]string{getBoards, none(getBoards), `{"graphql":"Query.boards","status":"match"}`, `{"graphql":"Query.zoo","status":"match"}`}, otherMatcher...),
			check: "GET /boards", now: "matched match Query.boards",
		},
		{
			name: "what was partial and is whole, by the same matcher",
			lock: []string{getBoards, strings.Replace(getBoards, `"match"`, `"partial","reason":"subset"`, 1)}, check: "GET /boards", now: "matched match Query.boards",
		},
		{
			name: "what was partial and is whole, by another matcher",
			lock: append([]string{getBoards, strings.Replace(getBoards, `"match"`, `"partial","reason":"subset"`, 1)}, otherMatcher...),
			want: []parity.Decision{
				{Kind: "lock", Element: "GET /boards", State: "changed", Value: "partial (subset) Query.boards", Now: "match Query.boards"},
			},
			check: "GET /boards", now: "lock partial (subset) Query.boards",
		},
		{
			name: "another type that exists",
			lock: []string{cards, strings.Replace(cards, `:"Card"`, `:"Board"`, 1), `"pairs":{"due_on":"dueOn","id":"id","position":"position","title":"title"}`, `"pairs":{"id":"id"}`},
			want: []parity.Decision{
				{Kind: "lock", Element: "#/components/schemas/Card", State: "changed", Value: "match Board", Now: "match Card"},
			},
		},
		{
			name: "a type that is gone",
			lock: []string{cards, strings.Replace(cards, `:"Card"`, `:"Cart"`, 1)},
			want: []parity.Decision{
				{Kind: "lock", Element: "#/components/schemas/Card", State: "removed", Value: "match Cart", Now: "match Card"},
			},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			res := matchTasks(t, parity.Options{Lock: tasksLock(t, tt.lock...)}, tt.changes...)
			got := res.Decisions
			if tt.changes == nil { // what grows is for the test of counts
				got = nil
				for _, d := range res.Decisions {
					if d.State != "grown" {
						got = append(got, d)
					}
				}
			}
			if diff := cmp.Diff(tt.want, got, noPlace); diff != "" {
				t.Errorf("Decisions (-want +got):\n%s", diff)
			}
			if tt.check == "" {
				return
			}
			op := operation(t, res, tt.check)
			v := parity.Verdict{Status: op.Status, Reason: op.Reason, GraphQL: op.GraphQL}
			if now := string(op.Source) + " " + v.String(); now != tt.now {
				t.Errorf("%s is %q; want %q", tt.check, now, tt.now)
			}
		})
	}
}

// TestOverridesBeatTheLock: what people decide goes before what was decided.
func TestOverridesBeatTheLock(t *testing.T) {
	t.Parallel()
	l := tasksLock(t, `"GET /boards","status":"match","graphql":["Query.boards"]`, `"GET /boards","status":"match","graphql":["Query.board"]`)
	res := matchTasks(t, parity.Options{Lock: l, Overrides: overrides(t, "operations:\n  - {operation: GET /boards, graphql: none}\n")})
	op := operation(t, res, "GET /boards")
	if op.Status != parity.StatusNone || op.Source != parity.Override {
		t.Errorf("GET /boards is %s by %s; want none by the override", op.Status, op.Source)
	}
	if got := op.Matcher.String(); got != "match Query.boards" {
		t.Errorf("Matcher = %s; want what the matcher itself says", got)
	}
}

// TestLockOfOverridesSaysNothing: what people decided and the lock has is no
// news, though the matcher decides otherwise.
func TestLockOfOverridesSaysNothing(t *testing.T) {
	t.Parallel()
	o := overrides(t, "operations:\n  - {operation: GET /boards, graphql: none}\n  - {operation: POST /backups, graphql: Mutation.archiveBoard}\ntypes:\n  - {rest: Backup, graphql: Card}\n")
	l := readLock(t, lockText(t, parity.NewLock(matchTasks(t, parity.Options{Overrides: o}))))
	for _, d := range matchTasks(t, parity.Options{Overrides: o, Lock: l}).Decisions {
		if d.Kind == "lock" {
			t.Errorf("decision %+v", d)
		}
	}
	// Without the overrides, the lock holds what it has a counterpart for.
	op := operation(t, matchTasks(t, parity.Options{Lock: l}), "POST /backups")
	if op.Source != parity.Locked || op.Status != parity.StatusMatch {
		t.Errorf("POST /backups is %s by %s; want a match by the lock", op.Status, op.Source)
	}
}

// TestNewGaps: what the lock does not know and has no counterpart is new.
func TestNewGaps(t *testing.T) {
	t.Parallel()
	res := matchTasks(t, parity.Options{Lock: tasksLock(t)},
		"  /ping:\n", "  /audits:\n    get: {tags: [admin], summary: List the audits of everything, responses: {\"204\": {description: OK}}}\n  /ping:\n",
		"  archiveBoard(", "  shredBoard(input: ArchiveBoardInput!): ArchiveBoardPayload\n  archiveBoard(",
		"        colour_theme:", "        budget: {type: number}\n        colour_theme:",
		"  theme: String\n", "  theme: String\n  mascot: String\n",
	)
	want := []string{"GET /audits", "Mutation.shredBoard", "Board.budget", "Board.mascot"}
	if diff := cmp.Diff(want, news(res)); diff != "" {
		t.Errorf("new (-want +got):\n%s", diff)
	}
	var grown []string
	for _, d := range res.Decisions {
		grown = append(grown, d.State+" "+d.Element+" "+d.Value+" "+d.Now+" "+d.Reason)
	}
	wantGrown := []string{
		"grown admin 2 3 operations without a counterpart",
		"grown boards 1 2 missing fields",
		"grown boards 1 2 root fields without a counterpart",
	}
	if diff := cmp.Diff(wantGrown, grown, cmpopts.SortSlices(strings.Compare)); diff != "" {
		t.Errorf("grown (-want +got):\n%s", diff)
	}
}

// TestNewGapsOfAnotherMatcher: another matcher pairs other fields, which says
// nothing about the descriptions.
func TestNewGapsOfAnotherMatcher(t *testing.T) {
	t.Parallel()
	l := tasksLock(t, otherMatcher...)
	res := matchTasks(t, parity.Options{Lock: l},
		"        colour_theme:", "        budget: {type: number}\n        colour_theme:",
		"  archiveBoard(", "  shredBoard(input: ArchiveBoardInput!): ArchiveBoardPayload\n  archiveBoard(")
	if diff := cmp.Diff([]string{"Mutation.shredBoard"}, news(res)); diff != "" {
		t.Errorf("new (-want +got):\n%s", diff)
	}
	for _, g := range res.Baseline {
		if g.Locked.Missing != g.Now.Missing {
			t.Errorf("group %s: missing fields are compared", g.Group)
		}
	}
}

// TestRatchet: counts only shrink, except where they are accepted.
func TestRatchet(t *testing.T) {
	t.Parallel()
	more := []string{"  /ping:\n", "  /audits:\n    get: {tags: [admin], summary: List the audits of everything, responses: {\"204\": {description: OK}}}\n  /ping:\n"}
	admin := func(l *parity.Lock) parity.Counts {
		for _, g := range l.Groups {
			if g.Group == "admin" {
				return g.Counts
			}
		}
		return parity.Counts{}
	}
	grown := matchTasks(t, parity.Options{Lock: tasksLock(t)}, more...)
	if got := admin(parity.NewLock(grown)).None; got != 2 {
		t.Errorf("NewLock counts %d gaps of admin; want 2, as before", got)
	}
	if got := admin(parity.FreshLock(grown)).None; got != 3 {
		t.Errorf("FreshLock counts %d gaps of admin; want 3", got)
	}
	shrunk := matchTasks(t, parity.Options{Lock: tasksLock(t)}, "  /backups:\n    get:\n      operationId: listBackups\n      tags: [admin]", "  /backups:\n    get:\n      operationId: listBackups\n      tags: [backups]")
	if got := admin(parity.NewLock(shrunk)).None; got != 1 {
		t.Errorf("NewLock counts %d gaps of admin; want 1", got)
	}
	for _, g := range shrunk.Baseline {
		if g.Group == "admin" && !g.Shrunk() {
			t.Error("the gaps of admin have not shrunk")
		}
	}
}

func TestGrowths(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name        string
		locked, now parity.Counts
		want        []string
	}{
		{"nothing", parity.Counts{None: 1, Partial: 1}, parity.Counts{None: 1, Partial: 1}, nil},
		{"fewer", parity.Counts{None: 2}, parity.Counts{None: 1}, nil},
		{"none became partial", parity.Counts{None: 2}, parity.Counts{None: 1, Partial: 1}, nil},
		{"a match became partial", parity.Counts{None: 2}, parity.Counts{None: 2, Partial: 1}, []string{"operations without a whole counterpart 2 3"}},
		{"partial became none", parity.Counts{None: 2, Partial: 1}, parity.Counts{None: 3}, []string{"operations without a counterpart 2 3"}},
		{"a root field", parity.Counts{}, parity.Counts{RootNone: 1}, []string{"root fields without a counterpart 0 1"}},
		{"fields", parity.Counts{Missing: 3}, parity.Counts{Missing: 4}, []string{"missing fields 3 4"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var got []string
			for _, g := range (parity.GroupCount{Locked: tt.locked, Now: tt.now}).Growths() {
				got = append(got, fmt.Sprintf("%s %d %d", g.Of, g.Locked, g.Now))
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("Growths (-want +got):\n%s", diff)
			}
		})
	}
}

// TestHeldDecisionsStay: a lock that is written anew keeps what it held, and
// the version that it was decided by; a fresh one does not.
func TestHeldDecisionsStay(t *testing.T) {
	t.Parallel()
	const entry = `{"operation":"GET /boards","status":"match","graphql":["Query.boards"],"band":"auto"}`
	l := tasksLock(t, append([]string{entry, `{"operation":"GET /boards","status":"none","band":"review"}`}, otherMatcher...)...)
	res := matchTasks(t, parity.Options{Lock: l})
	kept, fresh := lockText(t, parity.NewLock(res)), lockText(t, parity.FreshLock(res))
	if !strings.Contains(kept, `"matcher": 0,`) || strings.Contains(kept, entry) {
		t.Errorf("NewLock did not keep the decision:\n%s", kept)
	}
	if diff := cmp.Diff(lockText(t, tasksLock(t)), fresh); diff != "" {
		t.Errorf("FreshLock (-matcher +got):\n%s", diff)
	}
}

func TestReadLockErrors(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, text, want string }{
		{"newer", "{\"version\": 2,\n\"things\": 1}", "parity.lock:1:13: version is 2; this plumb reads version 1"},
		{"no version", "{}", "parity.lock:1:1: the file has no version"},
		{"a list", "[]", "parity.lock:1:1: the file is a list; expected a mapping"},
		{"unknown key", `{"version":1,"operation":[]}`, `parity.lock:1:14: unknown key "operation"; did you mean "operations"?`},
		{"wrong status", `{"version":1,"operations":[{"operation":"GET /a","status":"mtch"}]}`, `parity.lock:1:59: operations[0].status "mtch" is unknown; did you mean "match"?`},
		{"negative", `{"version":1,"groups":[{"group":"a","none":-1}]}`, "parity.lock:1:44: groups[0].none is -1; expected a number from 0 to 2147483648"},
		{"twice", "{\"version\":1,\"operations\":[{\"operation\":\"GET /a/{b}\",\"status\":\"none\"},\n{\"operation\":\"GET /a/{c}\",\"status\":\"none\"}]}", `parity.lock:2:1: "GET /a/{}" is twice in operations; the first is at line 1`},
		{"conflict", "{\"version\":1,\n<<<<<<< HEAD\n", "parity.lock:2:1: "},
		{"not UTF-8", "{\"version\":\xff}", "parity.lock:1:1: the file is not UTF-8 text"},
		{"too large", strings.Repeat(" ", parity.MaxLock+1), "parity.lock:1:1: the file is larger than 32 MiB"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, err := parity.ReadLock("parity.lock", []byte(tt.text))
			var e *parity.FileError
			if !errors.As(err, &e) {
				t.Fatalf("error %v is no *FileError", err)
			}
			if !strings.HasPrefix(err.Error(), tt.want) {
				t.Errorf("error %q; want %q", err, tt.want)
			}
		})
	}
}

func TestEmptyLockKnowsNothing(t *testing.T) {
	t.Parallel()
	l, err := parity.ReadLock("parity.lock", []byte("\n# nothing yet\n"))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(&parity.Lock{Name: "parity.lock", Matcher: parity.MatcherVersion}, l, cmpopts.IgnoreTypes(check.Location{})); diff != "" {
		t.Errorf("lock (-want +got):\n%s", diff)
	}
}
