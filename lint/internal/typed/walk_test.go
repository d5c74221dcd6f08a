package typed_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/lint/internal/typed"
	"github.com/plumbapi/plumb/openapi"
)

const bikes = `openapi: 3.0.3
info: {title: Bikes, version: "1"}
paths:
  /bikes:
    get:
      parameters: [{$ref: '#/components/parameters/P'}]
      responses:
        default: {description: Else}
        '404': {description: No}
        '200': {description: OK, content: {application/json: {schema: {$ref: '#/components/schemas/Bike'}}}}
components:
  parameters: {P: {name: p, in: query, schema: {type: string}}}
  schemas:
    Bike: {type: object, properties: {next: {$ref: '#/components/schemas/Bike'}, wheels: {type: array, items: {type: string}}}}
`

func parse(t *testing.T, text string) *openapi.Document {
	t.Helper()
	doc, err := openapi.Parse("api.yaml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// TestWalk says in which order visitors are called, for what and how often.
func TestWalk(t *testing.T) {
	t.Parallel()
	schemas := func(log func(string, *typed.Context)) typed.Visitors {
		return typed.Visitors{"Schema": {
			Enter: func(c *typed.Context) { log("enter", c) },
			Leave: func(c *typed.Context) { log("leave", c) },
		}}
	}
	for _, tt := range []struct {
		name  string
		visit func(log func(string, *typed.Context)) typed.Visitors
		want  []string
	}{
		{"each object once, what lies within before it is left", schemas, []string{
			"enter Schema schema", "leave Schema schema", // of the parameter
			"enter Schema schema", "enter Schema wheels", "enter Schema items", "leave Schema items", "leave Schema wheels", "leave Schema schema",
		}},
		{"names that are numbers come first, as in JavaScript", func(log func(string, *typed.Context)) typed.Visitors {
			return typed.Visitors{"Response": {Enter: func(c *typed.Context) { log("", c) }}}
		}, []string{" Response default", " Response 200", " Response 404"}},
		{"visitors in others are called again for each", func(log func(string, *typed.Context)) typed.Visitors {
			in := func(c *typed.Context) { log("in "+c.Above("Response").Key(), c) }
			return typed.Visitors{"Response": {In: typed.Visitors{"MediaType": {Enter: in}}}}
		}, []string{"in 200 MediaType application/json"}},
		{"what is skipped has nothing in it", func(log func(string, *typed.Context)) typed.Visitors {
			return typed.Visitors{"Response": {
				Skip: func(c *typed.Context) bool { return c.Key == "200" },
				In:   typed.Visitors{"Schema": {Enter: func(c *typed.Context) { log("", c) }}},
			}}
		}, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var got []string
			log := func(what string, c *typed.Context) {
				got = append(got, fmt.Sprintf("%s %s %s", what, c.Type.Name, c.Key))
			}
			if err := typed.New(parse(t, bikes), []*typed.Rule{{Visit: tt.visit(log)}}).Run(t.Context()); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("calls (-want +got):\n%s", diff)
			}
		})
	}
}

// TestIgnore says that what a rule ignores is not shown to the rules after it.
func TestIgnore(t *testing.T) {
	t.Parallel()
	var got []string
	log := func(name string) typed.Visitors {
		return typed.Visitors{"Schema": {Enter: func(c *typed.Context) {
			got = append(got, name+" "+c.Key)
			if name == "first" && c.Key == "wheels" {
				c.Ignore()
			}
		}}}
	}
	rules := []*typed.Rule{{Visit: log("first")}, {Visit: log("second")}}
	if err := typed.New(parse(t, bikes), rules).Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	want := []string{"first schema", "second schema", "first schema", "second schema", "first wheels", "first items", "second items"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("calls (-want +got):\n%s", diff)
	}
}

// TestReferences says what references stand for.
func TestReferences(t *testing.T) {
	t.Parallel()
	doc := parse(t, `openapi: 3.1.0
info: {title: T, version: "1"}
components:
  schemas:
    A: {$ref: '#/components/schemas/B'}
    B: {$ref: '#/components/schemas/C', title: B}
    C: {type: string}
    D: {$ref: '#/components/schemas/E'}
    E: {$ref: '#/components/schemas/D'}
    F: {$ref: '#/components/schemas/None'}
`)
	got := map[string]string{}
	rule := &typed.Rule{Ref: func(c *typed.Context, to typed.Resolved) {
		got[c.Raw.Pointer()] = "nothing"
		if to.Node != nil {
			got[c.Raw.Pointer()] = fmt.Sprintf("%s over %d", to.Node.Key(), len(to.Chain))
		}
	}}
	if err := typed.New(doc, []*typed.Rule{rule}).Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	at := "/components/schemas/"
	want := map[string]string{at + "A": "C over 1", at + "B": "C over 0", at + "D": "nothing", at + "E": "nothing", at + "F": "nothing"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("references (-want +got):\n%s", diff)
	}
}

// TestEnds says how walks end that do not go to the end.
func TestEnds(t *testing.T) {
	t.Parallel()
	t.Run("a rule that panics", func(t *testing.T) {
		t.Parallel()
		bad := &typed.Rule{Visit: typed.Visitors{"Info": {Enter: func(*typed.Context) { panic("no") }}}}
		var p *typed.PanicError
		if err := typed.New(parse(t, bikes), []*typed.Rule{{}, bad}).Run(t.Context()); !errors.As(err, &p) || p.Rule != bad {
			t.Errorf("got %v, want the rule that panicked", err)
		}
	})
	t.Run("too deep", func(t *testing.T) {
		t.Parallel()
		const deep = 9000
		text := `{"openapi": "3.0.0", "components": {"schemas": {"A": ` + strings.Repeat(`{"not":`, deep) + "{}" + strings.Repeat("}", deep) + "}}}"
		doc, err := openapi.Parse("api.json", []byte(text))
		if err != nil {
			t.Skipf("the description is not read: %v", err)
		}
		seen := 0
		count := &typed.Rule{Visit: typed.Visitors{"Schema": {Enter: func(*typed.Context) { seen++ }}}}
		if err := typed.New(doc, []*typed.Rule{count}).Run(t.Context()); err != nil && !errors.Is(err, typed.ErrTooMuch) {
			t.Fatal(err)
		}
		if seen < deep/2 {
			t.Errorf("%d schemas were seen, want most of %d", seen, deep)
		}
	})
	t.Run("a context that is done", func(t *testing.T) {
		t.Parallel()
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		var list strings.Builder
		for i := range 5000 {
			fmt.Fprintf(&list, "{name: t%d},", i)
		}
		doc := parse(t, "openapi: 3.0.0\ninfo: {title: T, version: '1'}\npaths: {}\ntags: ["+strings.TrimSuffix(list.String(), ",")+"]\n")
		if err := typed.New(doc, nil).Run(ctx); !errors.Is(err, context.Canceled) {
			t.Errorf("got %v, want that the context was cancelled", err)
		}
	})
}

func TestPlace(t *testing.T) {
	t.Parallel()
	info := parse(t, bikes).Root().Get("info")
	for _, tt := range []struct {
		name    string
		at      typed.Place
		element string
		column  int
	}{
		{"a value", typed.At(info).Child("title"), "/info/title", 15},
		{"its name", typed.At(info).Child("title").Key(), "/info/title", 8},
		{"what is missing stands in what is there", typed.At(info).Child("license", "url"), "/info/license/url", 7},
		{"as a name, at the name", typed.At(info).Child("license").Key(), "/info/license", 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			at := tt.at.Location()
			if at.Element != tt.element || at.Line != 2 || at.Column != tt.column || tt.at.Pointer() != tt.element {
				t.Errorf("got %+v and %s, want %s at 2:%d", at, tt.at.Pointer(), tt.element, tt.column)
			}
		})
	}
}

// TestTables says that every version has the kinds that its objects are of.
func TestTables(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		version openapi.Version
		kind    string
		member  string
		has     bool
	}{
		{openapi.V20, "Root", "definitions", true},
		{openapi.V20, "Root", "components", false},
		{openapi.V30, "Schema", "nullable", true},
		{openapi.V31, "Schema", "nullable", false},
		{openapi.V31, "Schema", "prefixItems", true},
		{openapi.V31, "Components", "pathItems", true},
		{openapi.V32, "Components", "mediaTypes", true},
		{openapi.V32, "PathItem", "query", true},
		{openapi.V31, "PathItem", "query", false},
	} {
		if got := typed.For(tt.version).Type(tt.kind).Field(tt.member) != nil; got != tt.has {
			t.Errorf("%s: %s has %s: %v, want %v", tt.version, tt.kind, tt.member, got, tt.has)
		}
	}
	if !typed.Known("NamedMediaTypes") || !typed.Known("SpecExtension") || typed.Known("Informations") {
		t.Error("the known kinds are others")
	}
}
