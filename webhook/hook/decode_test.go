package hook_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/webhook/hook"
	"github.com/plumbapi/plumb/webhook/hook/internal/mutate"
)

// base is a payload without drift.
const base = `{"action":"asked","id":7,"state":"open","title":"Pipes","author":{"login":"ada"},"asked":[],"created_at":"2026-02-03T10:00:00Z","draft":true}`

func TestDrift(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, old, new string // what of base is replaced
		want           []hook.Drift
	}{
		{"none", "", "", nil},
		{"unknown member", `"id":7`, `"id":7,"a/b~c":[1]`, []hook.Drift{{Path: "/a~1b~0c", Kind: hook.DriftUnknown, Got: "array"}}},
		{"missing member", `"id":7,`, ``, []hook.Drift{{Path: "/id", Kind: hook.DriftMissing, Want: "integer", Got: "nothing"}}},
		{"missing deep", `{"login":"ada"}`, `{}`, []hook.Drift{{Path: "/author/login", Kind: hook.DriftMissing, Want: "string", Got: "nothing"}}},
		{"null", `"id":7`, `"id":null`, []hook.Drift{{Path: "/id", Kind: hook.DriftNull, Want: "integer", Got: "null"}}},
		{"null that may be", `"Pipes"`, `null`, nil},
		{"text for a number", `"id":7`, `"id":"7"`, []hook.Drift{{Path: "/id", Kind: hook.DriftType, Want: "integer", Got: "string"}}},
		{"object for text", `"ada"`, `{"x":1}`, []hook.Drift{{Path: "/author/login", Kind: hook.DriftType, Want: "string", Got: "object"}}},
		{"list for an object", `{"login":"ada"}`, `[]`, []hook.Drift{{Path: "/author", Kind: hook.DriftType, Want: "Person", Got: "array"}}},
		{"unknown value", `"open"`, `"merged"`, []hook.Drift{{Path: "/state", Kind: hook.DriftEnum, Want: "a known value", Got: "merged"}}},
		{"another constant", `"asked"`, `"askéd"`, []hook.Drift{{Path: "/action", Kind: hook.DriftConst, Want: `"asked"`, Got: `"askéd"`}}},
		{"the constant with escapes", `"action":"asked"`, `"action":"as\u006bed"`, nil},
		{"whole in another way", `"id":7`, `"id":70.0e-1`, nil},
		{"fraction", `"id":7`, `"id":7.5`, []hook.Drift{{Path: "/id", Kind: hook.DriftNumber, Want: "integer", Got: "7.5"}}},
		{"too large", `"id":7`, `"id":9223372036854775808`, []hook.Drift{{Path: "/id", Kind: hook.DriftNumber, Want: "integer", Got: "9223372036854775808"}}},
		{"no time", `"2026-02-03T10:00:00Z"`, `"soon"`, []hook.Drift{{Path: "/created_at", Kind: hook.DriftTime, Want: "time", Got: `"soon"`}}},
		{"time as a number", `"2026-02-03T10:00:00Z"`, `1767225600`, nil},
		{"time is true", `"2026-02-03T10:00:00Z"`, `true`, []hook.Drift{{Path: "/created_at", Kind: hook.DriftType, Want: "time", Got: "boolean"}}},
		{"member twice", `"id":7`, `"id":6,"id":7`, []hook.Drift{{Path: "/id", Kind: hook.DriftDuplicate}}},
		{"item", `"asked":[]`, `"asked":[{"login":"bo"},5,{"login":7}]`, []hook.Drift{
			{Path: "/asked/1", Kind: hook.DriftType, Want: "Person", Got: "number"},
			{Path: "/asked/2/login", Kind: hook.DriftType, Want: "string", Got: "number"},
		}},
		{"value of a map", `"id":7`, `"id":7,"labels":{"a":"x","b/c":1}`, []hook.Drift{{Path: "/labels/b~1c", Kind: hook.DriftType, Want: "string", Got: "number"}}},
		{"item of an item", `"id":7`, `"id":7,"grid":[[1],[2,"x"],true]`, []hook.Drift{
			{Path: "/grid/1/1", Kind: hook.DriftType, Want: "integer", Got: "string"},
			{Path: "/grid/2", Kind: hook.DriftType, Want: "array", Got: "boolean"},
		}},
		{"variant by member", `"id":7`, `"id":7,"owner":{"login":"x"}`, nil},
		{"variant by kind", `"id":7`, `"id":7,"owner":"x"`, nil},
		{"unknown variant", `"id":7`, `"id":7,"owner":[{"x":"\u0041"}]`, []hook.Drift{{Path: "/owner", Kind: hook.DriftVariant, Want: "a known variant", Got: "array"}}},
		{"no variant", `"id":7`, `"id":7,"owner":null`, []hook.Drift{{Path: "/owner", Kind: hook.DriftNull, Want: "a variant", Got: "null"}}},
		{"recursion", `"id":7`, `"id":7,"before":` + base, nil},
		{"no recursion", `"id":7`, `"id":7,"before":[1]`, []hook.Drift{{Path: "/before", Kind: hook.DriftType, Want: "ReviewAsked", Got: "array"}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			body := strings.Replace(base, tt.old, tt.new, 1)
			var p ReviewAsked
			got, err := hook.Decode(&p, []byte(body))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("drift of %s (-want +got):\n%s", body, diff)
			}
			n, err := mutate.Parse([]byte(body))
			if err != nil {
				t.Fatal(err)
			}
			roundTrip(t, tt.name, n, []byte(body))
		})
	}
}

func TestDecodeOfAnotherValue(t *testing.T) {
	t.Parallel()
	for _, body := range []string{`null`, `[1,"x"]`, `"text"`, ` 12 `, `true`, "\ufeff{}"} {
		var p ReviewAsked
		drift, err := hook.Decode(&p, []byte(body))
		if err != nil || len(drift) == 0 {
			t.Errorf("Decode(%s) = %v, %v; want drift and no error", body, drift, err)
		}
		want := strings.Trim(body, " \ufeff")
		if got := string(hook.Append(nil, &p)); got != want {
			t.Errorf("%s is encoded as %s", body, got)
		}
	}
}

func TestDecodeOfNoJSON(t *testing.T) {
	t.Parallel()
	tests := []struct {
		body, problem string
		offset        int
	}{
		{``, "the end", 0},
		{`{`, "the end", 1},
		{`{"id":7`, "the end", 7},
		{`{"id":7,}`, "no name of a member", 8},
		{`{"id" 7}`, "no colon after a name", 6},
		{`{"id":07}`, "no comma or brace after a member", 7},
		{`{"id":1.}`, "no digit of a number", 8},
		{`{"id":-}`, "no digit of a number", 7},
		{`{"draft":tru}`, "no value", 9},
		{`{"x":nul}`, "no value", 5},
		{`{"x":[1,]}`, "no value", 8},
		{`{"x":[1}`, "no comma or end after a value", 7},
		{`{"asked":[{}}`, "no comma or bracket after an item", 12},
		{"{\"title\":\"a\nb\"}", "a control character in a string", 11},
		{`{"title":"\x"}`, "no escape after a backslash", 10},
		{`{"x":"\u12g4"}`, "no escape after a backslash", 6},
		{`{} {}`, "something after the value", 3},
		{"{}\x00", "something after the value", 2},
		{`{"title":"`, "the end", 10},
		{`{"title":"\`, "no escape after a backslash", 10},
		{`{"title":"\u00`, "no escape after a backslash", 10},
	}
	for _, tt := range tests {
		var p ReviewAsked
		_, err := hook.Decode(&p, []byte(tt.body))
		var syntax *hook.SyntaxError
		if !errors.As(err, &syntax) {
			t.Errorf("Decode(%q): %v, want a SyntaxError", tt.body, err)
			continue
		}
		if diff := cmp.Diff(hook.SyntaxError{Offset: tt.offset, Problem: tt.problem}, *syntax); diff != "" {
			t.Errorf("Decode(%q) (-want +got):\n%s", tt.body, diff)
		}
	}
}

func TestDepth(t *testing.T) {
	t.Parallel()
	const deep = 10_000
	tests := []struct {
		name, body string
		drift      hook.DriftKind
	}{
		{"unknown member", `{"x":` + strings.Repeat("[", deep) + strings.Repeat("]", deep) + `}`, hook.DriftUnknown},
		{"objects in objects", strings.Repeat(`{"before":`, deep) + "1" + strings.Repeat("}", deep), hook.DriftDepth},
		{"any value", `{"anything":` + strings.Repeat(`{"a":[`, deep) + strings.Repeat("]}", deep) + `}`, hook.DriftMissing},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var p ReviewAsked
			drift, err := hook.Decode(&p, []byte(tt.body))
			if err != nil {
				t.Fatal(err)
			}
			found := false
			for _, d := range drift {
				found = found || d.Kind == tt.drift
			}
			if !found {
				t.Errorf("drift is %v, want %s among it", drift, tt.drift)
			}
			if got := string(hook.Append(nil, &p)); got != tt.body {
				t.Errorf("%d bytes are encoded as %d", len(tt.body), len(got))
			}
		})
	}
}

func TestDriftIsBounded(t *testing.T) {
	t.Parallel()
	body := `{"asked":[` + strings.Repeat("1,", 5000) + `2]}`
	var p ReviewAsked
	drift, err := hook.Decode(&p, []byte(body))
	if err != nil {
		t.Fatal(err)
	}
	if len(drift) != hook.MaxDrifts {
		t.Fatalf("%d drifts, want %d", len(drift), hook.MaxDrifts)
	}
	// 5001 items and the 7 members that are missing, less those that are told.
	want := hook.Drift{Kind: hook.DriftMore, Got: fmt.Sprint(5001 + 7 - (hook.MaxDrifts - 1))}
	if diff := cmp.Diff(want, drift[len(drift)-1]); diff != "" {
		t.Errorf("last drift (-want +got):\n%s", diff)
	}
	if got := string(hook.Append(nil, &p)); got != body {
		t.Errorf("encoded as %d bytes, want %d", len(got), len(body))
	}
}

func TestWhatIsChangedIsWritten(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, body string
		change     func(*ReviewAsked)
		want       string // a part of what is encoded
	}{
		{"missing stays missing", `{"id":1}`, func(*ReviewAsked) {}, `{"id":1}`},
		{"missing is set", `{"id":1}`, func(p *ReviewAsked) { p.Draft = true }, `{"id":1,"draft":true}`},
		{"missing is null", `{"id":1}`, func(p *ReviewAsked) { p.Title.SetNull() }, `{"id":1,"title":null}`},
		{"missing is empty", `{"id":1}`, func(p *ReviewAsked) { p.Asked = hook.List[Person]{} }, `{"id":1,"asked":[]}`},
		{"stray token is replaced", `{"id":"x"}`, func(p *ReviewAsked) { p.ID = 5 }, `{"id":5}`},
		{"stray object is replaced", `{"author":[]}`, func(p *ReviewAsked) { p.Author.Login = "bo" }, `"login":"bo"`},
		{"stray item stays", `{"sizes":[1,"x",3]}`, func(p *ReviewAsked) { p.Sizes.Ptr() }, `{"sizes":[1,"x",3]}`},
		{"stray item is replaced", `{"sizes":[1,"x",3]}`, func(p *ReviewAsked) { (*p.Sizes.Ptr())[1] = 2 }, `{"sizes":[1,2,3]}`},
		{"list of another length", `{"sizes":["x",0]}`, func(p *ReviewAsked) { p.Sizes.Set((*p.Sizes.Ptr())[1:]) }, `{"sizes":[0]}`},
		{"unknown member is dropped", `{"x":1,"y":2}`, func(p *ReviewAsked) { p.DropUnknown("x") }, `{"y":2}`},
		{"unknown member is set", `{"x":1,"y":2}`, func(p *ReviewAsked) { p.SetUnknown("x", "[3]") }, `{"y":2,"x":[3]}`},
		{"forgotten", `{"x":1,"draft":"no"}`, func(p *ReviewAsked) { p.Forget() }, `"draft":false}`},
		{"optional is cleared", `{"sizes":[1]}`, func(p *ReviewAsked) { p.Sizes.Clear() }, `{}`},
		{"union", `{"owner":"x"}`, func(p *ReviewAsked) { p.Owner.Ptr().Value = &Person{Login: "bo"} }, `{"owner":{"login":"bo"}}`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var p ReviewAsked
			if _, err := hook.Decode(&p, []byte(tt.body)); err != nil {
				t.Fatal(err)
			}
			tt.change(&p)
			if got := string(hook.Append(nil, &p)); !strings.Contains(got, tt.want) {
				t.Errorf("%s is encoded as %s, want %s", tt.body, got, tt.want)
			}
		})
	}
}

func TestACopyIsItsOwn(t *testing.T) {
	t.Parallel()
	var p ReviewAsked
	if _, err := hook.Decode(&p, []byte(`{"x":1}`)); err != nil {
		t.Fatal(err)
	}
	q := p
	q.SetUnknown("x", "2")
	if got := string(hook.Append(nil, &p)); got != `{"x":1}` {
		t.Errorf("the first became %s when its copy was changed", got)
	}
}
