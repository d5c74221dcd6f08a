package generate_test

import (
	"bytes"
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/plumbapi/plumb/webhook"
	"github.com/plumbapi/plumb/webhook/generate"
)

// compiled returns the schemas by event and action. Compiling holds each
// against the metaschema of the draft that it names.
func compiled(t *testing.T, m *webhook.Model) map[string]*jsonschema.Schema {
	t.Helper()
	files, err := generate.Schemas(m)
	if err != nil {
		t.Fatal(err)
	}
	text := map[string][]byte{}
	for _, f := range files {
		text[f.Name] = f.Data
	}
	var registry struct {
		Events []struct{ Event, Action, Schema string }
	}
	if err := json.Unmarshal(text["events.json"], &registry); err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.DefaultDraft(jsonschema.Draft4)
	out := map[string]*jsonschema.Schema{}
	for _, e := range registry.Events {
		value, err := jsonschema.UnmarshalJSON(bytes.NewReader(text[e.Schema]))
		if err != nil {
			t.Fatalf("%s: %v", e.Schema, err)
		}
		if err := c.AddResource(e.Schema, value); err != nil {
			t.Fatalf("%s: %v", e.Schema, err)
		}
		if out[e.Event+" "+e.Action], err = c.Compile(e.Schema); err != nil {
			t.Fatalf("%s: %v", e.Schema, err)
		}
	}
	if len(out) != len(m.Events) {
		t.Errorf("%d schemas for %d events", len(out), len(m.Events))
	}
	return out
}

func valid(t *testing.T, schema *jsonschema.Schema, body string) bool {
	t.Helper()
	value, err := jsonschema.UnmarshalJSON(strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	return schema.Validate(value) == nil
}

func TestSchemas(t *testing.T) {
	t.Parallel()
	schema := compiled(t, tracker())["issues opened"]
	const body = `{"action":"opened","issue":{"state":"open","title":"Leak","body":null,"owner":"ann","labels":[],"locked":false,"created_at":"2026-11-27T10:00:00Z"},"sender":{"type":"user","id":1,"login":"ann"}}`
	tests := []struct {
		name, old, new string
		want           bool
	}{
		{"as described", "", "", true},
		{"an unknown member", `"locked":false`, `"locked":false,"new":1`, true},
		{"an optional member of another type", `"locked":false`, `"locked":false,"weight":"1"`, false},
		{"null where it may be", `"locked":false`, `"locked":false,"reviewers":[null]`, true},
		{"null where it may not be", `"title":"Leak"`, `"title":null`, false},
		{"a required member is missing", `"title":"Leak",`, ``, false},
		{"another constant", `"opened"`, `"closed"`, false},
		{"a value that the enum does not have", `"open"`, `"ajar"`, false},
		{"another variant", `"owner":"ann"`, `"owner":{"type":"team","members":[]}`, true},
		{"no variant", `"owner":"ann"`, `"owner":7`, false},
		{"a part of a number", `"id":1`, `"id":1.5`, false},
		{"a map", `"locked":false`, `"locked":false,"properties":{"a":"b"}`, true},
		{"a map of another type", `"locked":false`, `"locked":false,"properties":{"a":1}`, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			changed := strings.Replace(body, tt.old, tt.new, 1)
			if tt.old != "" && changed == body {
				t.Fatalf("%s is not in the payload", tt.old)
			}
			if got := valid(t, schema, changed); got != tt.want {
				t.Errorf("valid is %t, want %t: %s", got, tt.want, changed)
			}
		})
	}
}

// The hash of an event follows what its payloads may hold, not what is said of
// them.
func TestRegistryHash(t *testing.T) {
	t.Parallel()
	hashes := func(m *webhook.Model) map[string]string {
		files, err := generate.Schemas(m)
		if err != nil {
			t.Fatal(err)
		}
		var registry struct {
			Events []struct{ Event, Action, Hash string }
		}
		if err := json.Unmarshal(files[0].Data, &registry); err != nil {
			t.Fatal(err)
		}
		out := map[string]string{}
		for _, e := range registry.Events {
			out[e.Event+" "+e.Action] = e.Hash
		}
		return out
	}
	before := hashes(tracker())
	described := tracker()
	for _, typ := range described.Types {
		typ.Description = "Said otherwise."
		for _, f := range typ.Fields {
			f.Description, f.Deprecated = "Said otherwise.", true
		}
	}
	if diff := cmp.Diff(before, hashes(described)); diff != "" {
		t.Errorf("hashes after other descriptions (-want +got):\n%s", diff)
	}
	changed := tracker()
	changed.Types[0].Fields[0].Optional = true // the state
	after := hashes(changed)
	for event, hash := range before {
		if uses := strings.HasPrefix(event, "issues"); uses == (after[event] == hash) {
			t.Errorf("hash of %s: %s before and %s after, the issue is part of it: %t", event, hash, after[event], uses)
		}
	}
}

// Schemas made of payloads alone take each of them.
func TestSchemasOfPayloads(t *testing.T) {
	t.Parallel()
	m := read(t, "gitlab", filepath.Join(corpus(t, "gitlab", "webhooks"), "*.json"))
	schemas := compiled(t, m)
	all := 0
	for _, e := range m.Events {
		for _, example := range e.Examples {
			all++
			if !valid(t, schemas[e.Name+" "+e.Action], string(example.JSON)) {
				t.Errorf("%s is not valid", example.Name)
			}
		}
	}
	if all < 39 {
		t.Errorf("%d payloads, want at least 39", all)
	}
}

// Schemas made of GitHub's description take at least the payloads that the
// description takes.
func TestSchemasOfGitHub(t *testing.T) {
	t.Parallel()
	m := read(t, "github", corpus(t, "github", "webhooks", "openapi-webhooks.api.github.com.json"))
	schemas := compiled(t, m)
	good, all := 0, githubPayloads(t)
	for _, p := range all {
		var routed struct{ Action string }
		if err := json.Unmarshal(p.Body, &routed); err != nil {
			t.Fatal(err)
		}
		schema := schemas[p.Event+" "+routed.Action]
		if schema == nil {
			schema = schemas[p.Event+" "]
		}
		if schema == nil {
			t.Errorf("%s: no schema for the action %q", p.Name, routed.Action)
		} else if valid(t, schema, string(p.Body)) {
			good++
		}
	}
	t.Logf("%d of GitHub's %d payloads are valid", good, len(all))
	if good < 215 {
		t.Errorf("%d of GitHub's %d payloads are valid, want at least 215", good, len(all))
	}
}
