package history_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/lifecycle"
	"github.com/plumbapi/plumb/lifecycle/history"
)

// day is a day of the year in which all versions here are made.
func day(month time.Month, d int) time.Time { return time.Date(2026, month, d, 0, 0, 0, 0, time.UTC) }

// numbered makes versions v1, v2, … a month apart.
func numbered(n int) []history.Version {
	var list []history.Version
	for i := range n {
		list = append(list, history.Version{Name: fmt.Sprintf("v%d", i+1), Time: day(time.Month(i+1), 1)})
	}
	return list
}

// element makes an element of a GraphQL schema, at a line.
func element(name string, line int, s lifecycle.State) lifecycle.Element {
	return lifecycle.Element{
		Surface: lifecycle.GraphQL, Kind: lifecycle.Field, Name: name, State: s,
		Location: check.Location{File: "schema.graphql", Line: line, Column: 3, Element: name},
	}
}

// track makes a track of what each version has: an inventory, an error, or
// nil for no description.
func track(steps ...any) history.Track {
	return history.Track{Name: "graphql", Read: func(_ context.Context, v history.Version) (*lifecycle.Inventory, error) {
		var n int
		if _, err := fmt.Sscanf(v.Name, "v%d", &n); err != nil {
			return nil, err
		}
		switch step := steps[n-1].(type) {
		case []lifecycle.Element:
			return &lifecycle.Inventory{Elements: step}, nil
		case *lifecycle.Inventory:
			return step, nil
		case error:
			return nil, step
		}
		return nil, fs.ErrNotExist
	}}
}

func replay(t *testing.T, steps ...any) *history.Result {
	t.Helper()
	res, err := history.Replay(t.Context(), numbered(len(steps)), []history.Track{track(steps...)}, history.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return res
}

// story writes the events of a life, one a string: "v2 deprecated".
func story(res *history.Result, l *history.Life) []string {
	var s []string
	for _, e := range l.Events {
		s = append(s, res.Versions[e.Version].Name+" "+string(e.Kind))
	}
	return s
}

func TestReplay(t *testing.T) {
	t.Parallel()
	var (
		plain      = lifecycle.State{}
		deprecated = lifecycle.State{Deprecated: true, Since: lifecycle.Moment{Date: day(1, 5)}, Sunset: lifecycle.Moment{Date: day(9, 1)}}
		beta       = lifecycle.State{Stability: lifecycle.Beta}
		stable     = lifecycle.State{Stability: lifecycle.Stable}
		experiment = lifecycle.State{Stability: lifecycle.Experimental}
	)
	with := func(change func(*lifecycle.State)) lifecycle.State {
		s := deprecated
		change(&s)
		return s
	}
	tests := []struct {
		name   string
		states []any // of one element: a State, nil where the version does not have it
		want   []string
	}{
		{"there from the start", []any{plain, plain}, nil},
		{"appears", []any{nil, plain, plain}, []string{"v2 appeared"}},
		{"appears as an experiment and grows up", []any{nil, experiment, beta, stable}, []string{"v2 appeared", "v3 promoted", "v4 promoted"}},
		{"what says nothing is stable", []any{stable, plain, stable}, nil},
		{"falls back", []any{plain, beta}, []string{"v2 demoted"}},
		{"the way of all things", []any{plain, deprecated, nil}, []string{"v2 deprecated", "v2 sunset-set", "v3 removed"}},
		{"comes back", []any{plain, nil, plain}, []string{"v2 removed", "v3 returned"}},
		{"comes and goes", []any{nil, plain, nil, plain, nil}, []string{"v2 appeared", "v3 removed", "v4 returned", "v5 removed"}},
		{
			"flaps", []any{plain, deprecated, plain, deprecated},
			[]string{"v2 deprecated", "v2 sunset-set", "v3 reactivated", "v3 sunset-deleted", "v4 deprecated", "v4 sunset-set"},
		},
		{"a sunset moves", []any{deprecated, with(func(s *lifecycle.State) { s.Sunset.Date = day(8, 1) })}, []string{"v2 sunset-moved"}},
		{"a sunset goes", []any{deprecated, with(func(s *lifecycle.State) { s.Sunset = lifecycle.Moment{} })}, []string{"v2 sunset-deleted"}},
		{
			"a sunset that cannot be read is not deleted",
			[]any{deprecated, with(func(s *lifecycle.State) {
				s.Sunset, s.Problems = lifecycle.Moment{}, []lifecycle.Problem{{Carrier: "x-sunset"}}
			})}, nil,
		},
		{"another day", []any{deprecated, with(func(s *lifecycle.State) { s.Since.Date = day(1, 1) })}, []string{"v2 redated"}},
		{"a day that was not said before is no other day", []any{with(func(s *lifecycle.State) { s.Since = lifecycle.Moment{} }), deprecated}, nil},
		{"another replacement", []any{deprecated, with(func(s *lifecycle.State) { s.Replacement = "x" })}, []string{"v2 replacement-changed"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var steps []any
			for i, s := range tt.states {
				elements := []lifecycle.Element{element("Query.other", 2, plain)}
				if s, ok := s.(lifecycle.State); ok {
					elements = append(elements, element("Query.thing", i+3, s))
				}
				steps = append(steps, elements)
			}
			res := replay(t, steps...)
			l := res.Named("Query.thing")[0]
			if diff := cmp.Diff(tt.want, story(res, l)); diff != "" {
				t.Errorf("events (-want +got):\n%s", diff)
			}
			for i := range tt.states {
				want, there := tt.states[i].(lifecycle.State)
				got, present := l.StateIn(i)
				if present != there || there && got.Deprecated != want.Deprecated {
					t.Errorf("StateIn(%d) = %v, %t; want %v, %t", i, got, present, want, there)
				}
			}
			for _, e := range l.Events {
				if at := e.At(); at.Line == 0 || e.Kind == history.Removed != (e.Location.Line == 0) {
					t.Errorf("%s is at %v, was at %v", e.Kind, e.Location, e.Base)
				}
			}
		})
	}
}

func TestReplayPassesOver(t *testing.T) {
	t.Parallel()
	one := &lifecycle.Inventory{Elements: []lifecycle.Element{element("Query.a", 2, lifecycle.State{}), element("Query.b", 3, lifecycle.State{})}}
	res := replay(t, nil, one, errors.New("broken"), one, nil, []lifecycle.Element{element("Query.a", 2, lifecycle.State{})})
	var got []history.Status
	for _, v := range res.Versions {
		got = append(got, v.Readings[0].Status)
	}
	want := []history.Status{history.Absent, history.Read, history.Unreadable, history.Unchanged, history.Missing, history.Read}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("statuses (-want +got):\n%s", diff)
	}
	if res.Complete() {
		t.Error("the result is complete")
	}
	if n := len(res.Named("Query.a")[0].Events); n > 0 {
		t.Errorf("what was there from the start has %d events", n)
	}
	l := res.Named("Query.b")[0]
	if diff := cmp.Diff([]string{"v6 removed"}, story(res, l)); diff != "" {
		t.Errorf("events (-want +got):\n%s", diff)
	}
	if e := l.Events[0]; e.Previous != 3 || l.Last != 3 || l.Present {
		t.Errorf("removed after version %d, last in %d, present %t; want 3, 3, false", e.Previous, l.Last, l.Present)
	}
}

func TestReplayEnds(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	reads := 0
	tr := history.Track{Name: "slow", Read: func(context.Context, history.Version) (*lifecycle.Inventory, error) {
		if reads++; reads == 3 {
			cancel()
		}
		return &lifecycle.Inventory{}, nil
	}}
	if _, err := history.Replay(ctx, numbered(9), []history.Track{tr}, history.Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("Replay returned %v, want that it was cancelled", err)
	}
	if reads > 5 {
		t.Errorf("%d versions were read after the end", reads)
	}
}

func TestPathParametersHaveNoNames(t *testing.T) {
	t.Parallel()
	rest := func(op, rest string) lifecycle.Element {
		e := lifecycle.Element{Surface: lifecycle.REST, Kind: lifecycle.Operation, Name: op + rest, Operation: op, Location: check.Location{Line: 1}}
		if rest != "" {
			e.Kind = lifecycle.Parameter
		}
		return e
	}
	res := replay(t,
		[]lifecycle.Element{rest("GET /users/{id}", ""), rest("GET /users/{id}", " query sort"), rest("GET /users/{id}", " query page")},
		[]lifecycle.Element{rest("GET /users/{user_id}", ""), rest("GET /users/{user_id}", " query sort")},
	)
	var got []string
	for _, l := range res.Changed() {
		got = append(got, l.Name+": "+fmt.Sprint(story(res, l))+" of "+l.Parent().Name)
	}
	if diff := cmp.Diff([]string{"GET /users/{id} query page: [v2 removed] of GET /users/{user_id}"}, got); diff != "" {
		t.Errorf("changed (-want +got):\n%s", diff)
	}
}

func TestParent(t *testing.T) {
	t.Parallel()
	res := replay(t, []lifecycle.Element{
		element("Query", 1, lifecycle.State{}), element("Query.a", 2, lifecycle.State{}), element("Query.a(first:)", 3, lifecycle.State{}), element("Lone.a", 4, lifecycle.State{}),
	}, []lifecycle.Element{element("Query", 1, lifecycle.State{})})
	got := map[string]string{}
	for _, l := range res.Lives {
		if l.Parent() != nil {
			got[l.Name] = l.Parent().Name
		}
		for i := range l.Events {
			if with := l.With(&l.Events[i]); with != (l.Name == "Query.a(first:)") {
				t.Errorf("%s goes with its parent: %t", l.Name, with)
			}
		}
	}
	if diff := cmp.Diff(map[string]string{"Query.a": "Query", "Query.a(first:)": "Query.a"}, got); diff != "" {
		t.Errorf("parents (-want +got):\n%s", diff)
	}
}

func TestSince(t *testing.T) {
	t.Parallel()
	is := lifecycle.State{Deprecated: true}
	res := replay(t,
		[]lifecycle.Element{element("Query.a", 2, lifecycle.State{})}, []lifecycle.Element{element("Query.a", 2, is)},
		[]lifecycle.Element{element("Query.a", 2, is), element("Query.b", 3, is)}, []lifecycle.Element{element("Query.b", 3, is)})
	short := res.Since(1)
	var got []string
	for _, l := range short.Changed() {
		got = append(got, story(short, l)...)
	}
	if diff := cmp.Diff([]string{"v4 removed", "v3 appeared"}, got); diff != "" {
		t.Errorf("Since(1) (-want +got):\n%s", diff)
	}
	if s, ok := short.Named("Query.a")[0].StateIn(2); !ok || !s.Deprecated {
		t.Errorf("state before the events that are left: %+v, %t; want deprecated", s, ok)
	}
	if n := len(res.Lives[0].Events); n != 2 {
		t.Errorf("the whole result has %d events of Query.a now, want 2", n)
	}
}
