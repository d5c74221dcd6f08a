package drift_test

import (
	"bytes"
	"encoding/json"
	"maps"
	"regexp"
	"strconv"
	"strings"
	"testing"

	peer "github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/webhook/drift"
)

// overlaid applies an overlay to a description, as the Overlay Specification
// says and from what was written alone.
func overlaid(t *testing.T, description any, o *drift.Overlay) any {
	t.Helper()
	var text bytes.Buffer
	if err := o.Write(&text); err != nil {
		t.Fatal(err)
	}
	var document struct {
		Overlay string
		Info    struct{ Title, Version string }
		Actions []struct {
			Target string
			Remove bool
			Update any
		}
	}
	if err := json.Unmarshal(text.Bytes(), &document); err != nil {
		t.Fatal(err)
	}
	if document.Overlay != "1.0.0" || document.Info.Title == "" || document.Info.Version == "" || len(document.Actions) == 0 {
		t.Fatalf("no overlay: %s", text.Bytes())
	}
	for _, a := range document.Actions {
		steps := steps(t, a.Target)
		at, last := description, steps[len(steps)-1]
		for _, s := range steps[:len(steps)-1] {
			at = below(at, s)
		}
		target := below(at, last)
		switch {
		case target == nil:
			t.Fatalf("nothing is at %s", a.Target)
		case a.Remove:
			delete(at.(map[string]any), last)
		default:
			merge(target.(map[string]any), a.Update.(map[string]any))
		}
	}
	return description
}

// steps splits a JSONPath that has names and indexes only.
func steps(t *testing.T, path string) []string {
	t.Helper()
	step := regexp.MustCompile(`^(?:\.([A-Za-z_][A-Za-z0-9_]*)|\[(\d+)\]|\['((?:[^'\\]|\\.)*)'\])`)
	rest, ok := strings.CutPrefix(path, "$")
	var list []string
	for ok && rest != "" {
		m := step.FindStringSubmatch(rest)
		if ok = m != nil; !ok {
			break
		}
		list = append(list, m[1]+m[2]+strings.NewReplacer(`\'`, `'`, `\\`, `\`).Replace(m[3]))
		rest = rest[len(m[0]):]
	}
	if !ok || len(list) == 0 {
		t.Fatalf("%q is no path of names and indexes", path)
	}
	return list
}

func below(v any, step string) any {
	switch v := v.(type) {
	case map[string]any:
		return v[step]
	case []any:
		if i, err := strconv.Atoi(step); err == nil && i < len(v) {
			return v[i]
		}
	}
	return nil
}

func merge(into, update map[string]any) {
	for k, v := range maps.All(update) {
		inner, ok := into[k].(map[string]any)
		more, both := v.(map[string]any)
		if ok && both {
			merge(inner, more)
		} else {
			into[k] = v
		}
	}
}

// judge validates payloads with a validator that is not plumb's.
type judge struct {
	compiler *peer.Compiler
	schemas  map[string]*peer.Schema
}

func newJudge(t *testing.T, description any) *judge {
	t.Helper()
	c := peer.NewCompiler()
	c.DefaultDraft(peer.Draft2020)
	if err := c.AddResource("https://description.example/api.json", description); err != nil {
		t.Fatal(err)
	}
	return &judge{compiler: c, schemas: map[string]*peer.Schema{}}
}

// valid reports whether a payload matches the schema at a pointer.
func (j *judge) valid(t *testing.T, pointer string, payload []byte) bool {
	t.Helper()
	s := j.schemas[pointer]
	if s == nil {
		var err error
		if s, err = j.compiler.Compile("https://description.example/api.json#" + pointer); err != nil {
			t.Fatalf("the schema at %s cannot be compiled: %v", pointer, err)
		}
		j.schemas[pointer] = s
	}
	v, err := peer.UnmarshalJSON(bytes.NewReader(payload))
	if err != nil {
		t.Fatal(err)
	}
	return s.Validate(v) == nil
}

// value reads a description as plain data.
func value(t *testing.T, text []byte) any {
	t.Helper()
	n, err := openapi.ParseTree("description", text)
	if err != nil {
		t.Fatal(err)
	}
	return n.Value()
}
