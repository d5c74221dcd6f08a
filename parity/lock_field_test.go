package parity_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/plumbapi/plumb/parity"
)

// TestLockHoldsFields: pairs of fields of which the lock was sure hold while
// both sides are there; what has lost the other side is told.
func TestLockHoldsFields(t *testing.T) {
	t.Parallel()
	lost := func(element, value, now string) parity.Decision {
		return parity.Decision{Kind: "lock", Element: element, State: "lost", Value: value, Now: now}
	}
	const (
		property = "        due_on: {type: string, format: date}\n"
		field    = "  dueOn: String\n"
	)
	tests := []struct {
		name    string
		lock    []string // changes of the lock
		changes []string // changes of the descriptions
		want    []parity.Decision
		pair    string // a property, with the field that it has
	}{
		{name: "nothing has changed", pair: "Card.due_on Card.dueOn"},
		{
			name: "another field that exists", lock: []string{`"name":"name"`, `"name":"theme"`},
			want: []parity.Decision{{Kind: "lock", Element: "Board.name", State: "changed", Value: "Board.theme", Now: "Board.name"}},
			pair: "Board.name Board.theme",
		},
		{
			name: "another field that exists, by another matcher", lock: append([]string{`"name":"name"`, `"name":"theme"`}, otherMatcher...),
			want: []parity.Decision{{Kind: "lock", Element: "Board.name", State: "changed", Value: "Board.theme", Now: "Board.name"}},
			pair: "Board.name Board.theme",
		},
		{name: "a type that clashes", changes: []string{field, "  dueOn: Boolean\n"}, pair: "Card.due_on Card.dueOn", want: []parity.Decision{
			{Kind: "lock", Element: "Card.due_on", State: "changed", Value: "Card.dueOn", Now: "none"},
		}},
		{name: "the field is gone", changes: []string{field, ""}, want: []parity.Decision{lost("Card.due_on", "Card.dueOn", "none")}, pair: "Card.due_on "},
		{name: "the field is gone, by another matcher", lock: otherMatcher, changes: []string{field, ""}, want: []parity.Decision{lost("Card.due_on", "Card.dueOn", "none")}},
		{name: "an ID is gone", changes: []string{"type Card {\n  id: ID!\n", "type Card {\n"}, want: []parity.Decision{lost("Card.id", "Card.id", "none")}},
		{name: "the property is gone", changes: []string{property, ""}, want: []parity.Decision{lost("Card.dueOn", "Card.due_on", "none")}},
		{name: "both are gone", changes: []string{property, "", field, ""}},
		{name: "the field has another name", changes: []string{field, "  dueDate: Date\n"}, pair: "Card.due_on Card.dueDate"},
		{name: "a name that nobody takes for it", changes: []string{field, "  mascot: String\n"}, want: []parity.Decision{lost("Card.due_on", "Card.dueOn", "none")}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			res := matchTasks(t, parity.Options{Lock: tasksLock(t, tt.lock...)}, tt.changes...)
			var got []parity.Decision
			for _, d := range res.Decisions {
				if d.State != "grown" {
					got = append(got, d)
				}
			}
			if diff := cmp.Diff(tt.want, got, noPlace); diff != "" {
				t.Errorf("Decisions (-want +got):\n%s", diff)
			}
			for _, f := range res.Fields {
				if name, field, ok := strings.Cut(tt.pair, " "); ok && f.REST == name && f.GraphQL != field {
					t.Errorf("%s corresponds to %q; want %q", name, f.GraphQL, field)
				}
			}
		})
	}
}

// TestLockForgetsLostFields: a lock that is written anew accepts what is lost
// and keeps what it held.
func TestLockForgetsLostFields(t *testing.T) {
	t.Parallel()
	res := matchTasks(t, parity.Options{Lock: tasksLock(t, `"name":"name"`, `"name":"theme"`)}, "  dueOn: String\n", "")
	text := lockText(t, parity.NewLock(res))
	for _, line := range []string{
		`{"rest":"#/components/schemas/Board","status":"match","graphql":"Board","band":"auto","pairs":{"created_at":"createdAt","id":"id","name":"theme"}},`,
		`{"rest":"#/components/schemas/Card","status":"match","graphql":"Card","band":"auto","pairs":{"id":"id","position":"position","title":"title"}}`,
	} {
		if !strings.Contains(text, "\n"+line+"\n") {
			t.Errorf("no line %s in\n%s", line, text)
		}
	}
}

// TestGuessesAreNotHeld: a lock that was not sure of a type says nothing of
// its fields.
func TestGuessesAreNotHeld(t *testing.T) {
	t.Parallel()
	res := matchTasks(t, parity.Options{})
	for _, typ := range res.Types {
		typ.Confidence = 0.7
	}
	for _, e := range parity.NewLock(res).Types {
		if len(e.Pairs) > 0 {
			t.Errorf("%s has pairs %v", e.REST, e.Pairs)
		}
	}
}
