package gql_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/graphql"
	"github.com/plumbapi/plumb/lifecycle/internal/gql"
)

func TestDiff(t *testing.T) {
	t.Parallel()
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got := lines(gql.Diff(parse(t, "a.graphql", c.base), parse(t, "b.graphql", c.revision)))
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("changes (-want +got):\n%s", diff)
			}
		})
	}
}

// TestKinds sees every kind at every level that it is said to have, and none
// at another.
func TestKinds(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, c := range cases {
		for _, both := range [][2]string{{c.base, c.revision}, {c.revision, c.base}} {
			for _, ch := range gql.Diff(parse(t, "a", both[0]), parse(t, "b", both[1])) {
				seen[ch.ID+" "+ch.Level.String()] = true
			}
		}
	}
	known := map[string]bool{}
	for _, k := range gql.Kinds() {
		for _, l := range k.Levels {
			if known[k.ID+" "+l.String()] {
				t.Errorf("%s is listed twice", k.ID)
			}
			known[k.ID+" "+l.String()] = true
			if !seen[k.ID+" "+l.String()] {
				t.Errorf("no case has %s as %s", k.ID, l)
			}
		}
		if !slices.IsSortedFunc(k.Levels, func(a, b check.Severity) int { return int(b - a) }) {
			t.Errorf("the levels of %s are not sorted: %v", k.ID, k.Levels)
		}
		if k.Topic == "" || !strings.HasSuffix(k.Summary, ".") {
			t.Errorf("%s has the topic %q and the summary %q", k.ID, k.Topic, k.Summary)
		}
	}
	for s := range seen {
		if !known[s] {
			t.Errorf("%s is not listed", s)
		}
	}
}

func TestDiffOfEqualSchemas(t *testing.T) {
	t.Parallel()
	for _, c := range cases {
		for _, sdl := range []string{c.base, c.revision} {
			if got := gql.Diff(parse(t, "a", sdl), parse(t, "b", sdl)); len(got) > 0 {
				t.Errorf("%s: %v", c.name, lines(got))
			}
		}
	}
}

// TestPlaces checks what every change must have.
func TestPlaces(t *testing.T) {
	t.Parallel()
	for _, c := range cases {
		for _, both := range [][2]string{{c.base, c.revision}, {c.revision, c.base}} {
			wellFormed(t, gql.Diff(parse(t, "a", both[0]), parse(t, "b", both[1])))
		}
	}
}

func TestMirror(t *testing.T) {
	t.Parallel()
	for _, c := range cases {
		a, b := parse(t, "a", c.base), parse(t, "b", c.revision)
		mirrored(t, gql.Diff(a, b), gql.Diff(b, a))
	}
}

// wellFormed checks that changes have places on their sides, are sorted, and
// are all different.
func wellFormed(t *testing.T, changes []gql.Change) {
	t.Helper()
	seen := map[string]bool{}
	gone := false
	for _, c := range changes {
		if c.Base.Line == 0 && c.Revision.Line == 0 {
			t.Errorf("%s %s has no place", c.ID, c.Path)
		}
		if c.Base.Line > 0 && c.Base.File != "a" || c.Revision.Line > 0 && c.Revision.File != "b" {
			t.Errorf("%s %s is at %v and %v", c.ID, c.Path, c.Base, c.Revision)
		}
		at := c.Revision
		if at.Line == 0 {
			at = c.Anchor
		}
		if at.Line == 0 {
			t.Errorf("%s %s is nowhere in the revision", c.ID, c.Path)
		}
		if same := fmt.Sprint(c.ID, " ", c.Path, " ", c.Revision.Element, " ", c.Key); seen[same] {
			t.Errorf("two changes are known as %s", same)
		} else {
			seen[same] = true
		}
		key := fmt.Sprint(c.ID, c.Path, c.Message)
		if seen[key] {
			t.Errorf("twice: %s", key)
		}
		seen[key] = true
		if gone && c.Revision.Line > 0 {
			t.Errorf("%s %s follows what is gone", c.ID, c.Path)
		}
		gone = c.Revision.Line == 0
		if strings.ContainsAny(c.Message, "\n\r") || len(c.Message) > 1000 {
			t.Errorf("the message of %s %s is not one short line: %q", c.ID, c.Path, c.Message)
		}
	}
}

// mirrored checks that two comparisons are those of the same schemas, one in
// each direction.
func mirrored(t *testing.T, there, back []gql.Change) {
	t.Helper()
	if diff := cmp.Diff(turned(there, false), turned(back, true)); diff != "" {
		t.Errorf("there and back (-there +back):\n%s", diff)
	}
}

func turned(changes []gql.Change, turn bool) []string {
	opposite := strings.NewReplacer("_ADDED", "_REMOVED", "_REMOVED", "_ADDED")
	var list []string
	for _, c := range changes {
		if turn {
			c.Base, c.Revision = c.Revision, c.Base
			c.ID = opposite.Replace(c.ID)
		}
		// The schema goes by the name of its query type, which may change.
		if c.Subject == "" {
			c.Path = ""
		}
		// Inspector tells an argument that came by its directive alone.
		if strings.HasPrefix(c.ID, "DIRECTIVE_ARGUMENT_") {
			c.Path, _, _ = strings.Cut(c.Path, ".")
		}
		// A reason that was and is none may come and go on one side only.
		c.ID = strings.NewReplacer("REASON_ADDED", "REASON", "REASON_REMOVED", "REASON").Replace(c.ID)
		list = append(list, fmt.Sprint(c.ID, " ", c.Path, " ", c.Base.Line, ":", c.Base.Column, " ", c.Revision.Line, ":", c.Revision.Column))
	}
	slices.Sort(list)
	return list
}

func lines(changes []gql.Change) []string {
	list := []string{}
	for _, c := range changes {
		list = append(list, fmt.Sprintf("%s %s %s @%d @%d: %s", c.Level, c.ID, c.Path, c.Base.Line, c.Revision.Line, c.Message))
	}
	return list
}

func parse(t testing.TB, name, text string) *graphql.Schema {
	t.Helper()
	s, err := graphql.Parse(graphql.File{Name: name, Data: []byte(text)})
	if err != nil {
		t.Fatalf("parse %s: %v", name, err)
	}
	return s
}
