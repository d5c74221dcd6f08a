package history_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/lifecycle"
	"github.com/plumbapi/plumb/lifecycle/history"
)

// FuzzSort orders tags of any name: the order must not depend on how they
// came, and comparing must be fair.
func FuzzSort(f *testing.F) {
	f.Add("v15.7.0-ee v15.10.0 v16.0.0-rc42-ee latest 2022-11-15 1.0.0-1")
	f.Add("v1 v1.0 v1.0.0 api/v1 v1-beta.2 v1+x v1-rc v1-rc1-ee 1_2~dev")
	f.Fuzz(func(t *testing.T, text string) {
		names := strings.Fields(text)
		if len(names) > 50 {
			return
		}
		slices.Sort(names)
		names = slices.Compact(names)
		var one, two []history.Version
		for _, name := range names {
			one = append(one, history.Version{Name: name})
		}
		two = slices.Clone(one)
		slices.Reverse(two)
		history.Sort(one)
		history.Sort(two)
		for i := range one {
			if one[i].Name != two[i].Name {
				t.Fatalf("%q comes to place %d, or %q does", one[i].Name, i, two[i].Name)
			}
		}
		for _, a := range one {
			for _, b := range one {
				if a.Release.Compare(b.Release) != -b.Release.Compare(a.Release) {
					t.Fatalf("%q and %q compare otherwise the other way round", a.Name, b.Name)
				}
			}
		}
	})
}

// FuzzReplay replays histories of a few elements: each letter is what a
// version has of an element. What the lives say must be what the versions had.
func FuzzReplay(f *testing.F) {
	f.Add("pdpd\nxpx\n.ebs", uint8(0))
	f.Add("....\ndd.d\nesbx", uint8(2))
	f.Fuzz(func(t *testing.T, text string, broken uint8) {
		rows := strings.Split(text, "\n")
		n := 0
		for _, row := range rows {
			n = max(n, len(row))
		}
		if n == 0 || n > 12 || len(rows) > 12 {
			return
		}
		var steps []any
		for v := range n {
			var list []lifecycle.Element
			for i, row := range rows {
				if v < len(row) {
					if s, ok := stateOf(row[v]); ok {
						list = append(list, element(fmt.Sprintf("Query.f%d", i), i+1, s))
					}
				}
			}
			steps = append(steps, list)
		}
		if broken > 0 && int(broken) < n {
			steps[broken] = context.DeadlineExceeded
		}
		res, again := replay(t, steps...), replay(t, steps...)
		if diff := cmp.Diff(marshal(t, res), marshal(t, again)); diff != "" {
			t.Fatalf("another replay differs (-first +second):\n%s", diff)
		}
		for i, row := range rows {
			lives := res.Named(fmt.Sprintf("Query.f%d", i))
			for v := range row {
				if broken > 0 && v == int(broken) {
					continue
				}
				want, there := stateOf(row[v])
				if len(lives) == 0 {
					if there {
						t.Fatalf("f%d has no life, but version %d has it", i, v)
					}
					continue
				}
				got, present := lives[0].StateIn(v)
				if present != there || there && (got.Deprecated != want.Deprecated || got.Stability.Rank() != want.Stability.Rank()) {
					t.Fatalf("f%d in version %d: %+v, %t; want %+v, %t", i, v, got, present, want, there)
				}
			}
		}
	})
}

func stateOf(letter byte) (lifecycle.State, bool) {
	switch letter {
	case 'd':
		return lifecycle.State{Deprecated: true}, true
	case 'p':
		return lifecycle.State{}, true
	case 's':
		return lifecycle.State{Stability: lifecycle.Stable}, true
	case 'b':
		return lifecycle.State{Stability: lifecycle.Beta}, true
	case 'e':
		return lifecycle.State{Stability: lifecycle.Experimental, Deprecated: true, Sunset: lifecycle.Moment{Release: "2.0"}}, true
	}
	return lifecycle.State{}, false
}

func marshal(t *testing.T, res *history.Result) string {
	t.Helper()
	data, err := history.Report{Result: res, Lives: res.Lives}.MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
