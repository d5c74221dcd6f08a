package mutate_test

import (
	"math/rand/v2"
	"testing"

	"github.com/plumbapi/plumb/webhook/hook/internal/mutate"
)

func TestDifference(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, a, b, at string
		same           bool
	}{
		{"order of members", `{"a":1,"b":[true,null]}`, `{"b":[true,null],"a":1}`, "", true},
		{"numbers by value", `[1.0,1e2,-0]`, `[1,100,0]`, "", true},
		{"escapes", `"\u00e9"`, `"é"`, "", true},
		{"a value", `{"a":{"b":[1,2]}}`, `{"a":{"b":[1,3]}}`, "/a/b/1", false},
		{"one more", `{"a":1}`, `{"a":1,"b":null}`, "/b", false},
		{"one less", `{"a":1,"b":null}`, `{"a":1}`, "/b", false},
		{"another kind", `{"a":"1"}`, `{"a":1}`, "/a", false},
		{"the last one counts", `{"a":1,"a":2}`, `{"a":2}`, "", true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			at, same := mutate.Difference(parse(t, tt.a), parse(t, tt.b))
			if at != tt.at || same != tt.same {
				t.Errorf("Difference(%s, %s) = %q, %t; want %q, %t", tt.a, tt.b, at, same, tt.at, tt.same)
			}
		})
	}
}

func TestMutateIsUndone(t *testing.T) {
	t.Parallel()
	const text = `{"a":1,"b":{"c":[1,"x",null,{"d":true}]}}`
	n := parse(t, text)
	r := rand.New(rand.NewPCG(1, 2))
	did := map[string]bool{}
	for range 200 {
		what, undo := n.Mutate(r)
		did[what] = true
		if got := string(n.Append(nil)); got == text {
			t.Errorf("%s changed nothing", what)
		}
		undo()
		if got := string(n.Append(nil)); got != text {
			t.Fatalf("after %s and undo: %s", what, got)
		}
	}
	for _, what := range []string{"drop", "add", "null", "retype"} {
		if !did[what] {
			t.Errorf("%s was never tried", what)
		}
	}
}

func parse(t *testing.T, text string) *mutate.Node {
	t.Helper()
	n, err := mutate.Parse([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return n
}
