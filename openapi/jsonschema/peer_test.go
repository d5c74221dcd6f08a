package jsonschema_test

import (
	"bytes"
	"encoding/json"
	"math/rand/v2"
	"testing"

	peer "github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/plumbapi/plumb/openapi/jsonschema"
)

// TestPeer checks random values against random schemas, and compares the
// verdicts with those of another validator.
func TestPeer(t *testing.T) {
	t.Parallel()
	for _, d := range []struct {
		name   string
		ours   jsonschema.Dialect
		theirs *peer.Draft
	}{
		{"draft 04", jsonschema.Draft04, peer.Draft4},
		{"2020-12", jsonschema.Draft202012, peer.Draft2020},
	} {
		t.Run(d.name, func(t *testing.T) {
			t.Parallel()
			g := generator{rand.New(rand.NewPCG(1, uint64(d.ours))), d.ours == jsonschema.Draft202012}
			matched, total := 0, 0
			for range 1500 {
				schema := g.schema(3)
				text, err := json.Marshal(schema)
				if err != nil {
					t.Fatal(err)
				}
				c := peer.NewCompiler()
				c.DefaultDraft(d.theirs)
				parsed, err := peer.UnmarshalJSON(bytes.NewReader(text))
				if err != nil {
					t.Fatal(err)
				}
				if err := c.AddResource("s.json", parsed); err != nil {
					t.Fatal(err)
				}
				theirs, err := c.Compile("s.json")
				if err != nil {
					t.Fatalf("%s: %v", text, err)
				}
				ours := jsonschema.NewCompiler(d.ours, jsonschema.Options{}).Compile(node(t, string(text)))
				for range 8 {
					value := g.value(3)
					data, err := json.Marshal(value)
					if err != nil {
						t.Fatal(err)
					}
					decoded, err := peer.UnmarshalJSON(bytes.NewReader(data))
					if err != nil {
						t.Fatal(err)
					}
					n := node(t, `{"value": `+string(data)+`}`).Get("value")
					errs, err := ours.Validate(n, jsonschema.Mode{})
					if err != nil {
						t.Fatal(err)
					}
					got, want := len(errs) == 0, theirs.Validate(decoded) == nil
					if got != want {
						t.Errorf("schema %s, value %s: matches %v, want %v", text, data, got, want)
					}
					total++
					if got {
						matched++
					}
				}
			}
			if matched < total/10 || matched > total*9/10 {
				t.Errorf("%d of %d values match; the schemas say too little", matched, total)
			}
		})
	}
}

// generator makes schemas and values of few names and constants, so that
// they meet.
type generator struct {
	*rand.Rand
	modern bool
}

var names = []string{"a", "b", "c", "x-y"}

func (g *generator) name() string { return names[g.IntN(len(names))] }

func (g *generator) value(depth int) any {
	n := 6
	if depth > 0 {
		n = 9
	}
	switch g.IntN(n) {
	case 0:
		return nil
	case 1:
		return g.IntN(2) == 0
	case 2, 3:
		return float64(g.IntN(8)-1) / 2
	case 4, 5:
		return []string{"", "a", "ab", "abc", "äb"}[g.IntN(5)]
	case 6:
		list := make([]any, g.IntN(4))
		for i := range list {
			list[i] = g.value(depth - 1)
		}
		return list
	}
	members := map[string]any{}
	for range g.IntN(4) {
		members[g.name()] = g.value(depth - 1)
	}
	return members
}

func (g *generator) schema(depth int) any {
	if g.modern && g.IntN(12) == 0 {
		return g.IntN(3) > 0
	}
	s := map[string]any{}
	for range 1 + g.IntN(3) {
		g.keyword(s, depth)
	}
	return s
}

func (g *generator) sub(depth int) any {
	if depth > 0 {
		return g.schema(depth - 1)
	}
	return map[string]any{"type": g.typeName()}
}

func (g *generator) list(depth int) []any {
	list := make([]any, 1+g.IntN(3))
	for i := range list {
		list[i] = g.sub(depth)
	}
	return list
}

func (g *generator) typeName() string {
	return []string{"null", "boolean", "integer", "number", "string", "array", "object"}[g.IntN(7)]
}

func (g *generator) keyword(s map[string]any, depth int) {
	n := 22
	if g.modern {
		n = 32
	}
	switch g.IntN(n) {
	case 0, 1:
		s["type"] = g.typeName()
	case 2:
		s["enum"] = []any{"a", 1, nil, []any{}}[g.IntN(2):]
	case 3:
		s["not"] = g.sub(depth)
	case 4:
		s["anyOf"] = g.list(depth)
	case 5:
		s["oneOf"] = g.list(depth)
	case 6:
		s["allOf"] = g.list(depth)
	case 7:
		s["maximum"] = g.IntN(3)
		if !g.modern {
			s["exclusiveMaximum"] = g.IntN(2) == 0
		}
	case 8:
		s["minimum"] = g.IntN(3)
	case 9:
		s["multipleOf"] = []any{1, 0.5, 2}[g.IntN(3)]
	case 10:
		s["maxLength"] = g.IntN(3)
	case 11:
		s["pattern"] = []string{"^a", "b$", "^.{2}$", `\w`}[g.IntN(4)]
	case 12:
		s["minItems"] = g.IntN(3)
	case 13:
		s["uniqueItems"] = true
	case 14:
		s["items"] = g.sub(depth)
	case 15:
		s["maxProperties"] = g.IntN(3)
	case 16:
		s["required"] = []any{g.name()}
	case 17, 18:
		s["properties"] = map[string]any{g.name(): g.sub(depth), g.name(): g.sub(depth)}
	case 19:
		s["patternProperties"] = map[string]any{"^x-": g.sub(depth), "a|b": g.sub(depth)}
	case 20:
		s["additionalProperties"] = []any{false, g.sub(depth)}[g.IntN(2)]
	case 21:
		g.dependencies(s, depth)
	default:
		g.modernKeyword(s, depth)
	}
}

func (g *generator) dependencies(s map[string]any, depth int) {
	if g.modern {
		s["dependentSchemas"] = map[string]any{g.name(): g.sub(depth)}
		s["dependentRequired"] = map[string]any{g.name(): []any{g.name()}}
		return
	}
	s["dependencies"] = map[string]any{"a": g.sub(depth), "b": []any{g.name()}}
}

func (g *generator) modernKeyword(s map[string]any, depth int) {
	switch g.IntN(8) {
	case 0:
		s["const"] = g.value(1)
	case 1:
		s["if"], s["then"], s["else"] = g.sub(depth), g.sub(depth), g.sub(depth)
	case 2:
		s["prefixItems"] = g.list(depth)
	case 3:
		s["contains"], s["minContains"], s["maxContains"] = g.sub(depth), g.IntN(2), 1+g.IntN(2)
	case 4:
		s["propertyNames"] = map[string]any{"maxLength": 1}
	case 5:
		s["unevaluatedProperties"] = []any{false, g.sub(depth)}[g.IntN(2)]
	case 6:
		s["unevaluatedItems"] = []any{false, g.sub(depth)}[g.IntN(2)]
	case 7:
		s["exclusiveMinimum"] = g.IntN(3)
	}
}
