package config_test

import (
	"bytes"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v4"

	"github.com/plumbapi/plumb/internal/config"
	"github.com/plumbapi/plumb/internal/golden"
)

func TestSchema(t *testing.T) {
	t.Parallel()
	n := names()
	got := config.Schema(n)
	golden.Compare(t, "testdata/schema.json", got)
	if again := config.Schema(n); !bytes.Equal(got, again) {
		t.Error("Schema gave other bytes the second time")
	}
}

// TestSchemaAgrees shows that an editor accepts what Parse accepts, and
// refuses what it refuses.
func TestSchemaAgrees(t *testing.T) {
	t.Parallel()
	n := names()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(config.Schema(n)))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("config.json", doc); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile("config.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, content := range []string{
		whole,
		"{}",
		"lint:\n",
		"lint:\n  rules:\n    operation-tags: on\n",
		"lint: {rules: {operation-tags: {severity: info}}}",
		"lint: {rules: {operation-tags: {reason: x}}}",
		"lint: {rules: {operation-tags: }}",
		"lint: {rules: {operation-tags: loud}}",
		"lint: {rules: {other: off}}",
		"lint: {extends: [other]}",
		"lint: {ignore: [{}]}",
		"lint: {ignore: [{reason: x}]}",
		"lint: {ignore: [{element: x}]}",
		"lint: {ignore: }",
		"apis: [{}]",
		"apis: [{name: }]",
		"apis: [{name: 1}]",
		"apis: [{name: \"\"}]",
		"apis: [ ]",
		"parity: {min: 1}",
		"parity: {min: 1.5}",
		"parity: {min: \"1\"}",
		"parity: {rules: {parity-new-gap: on}}",
		"parity: {rules: {operation-tags: on}}",
		"parity: {rules: {waiver-stale: info}}",
		"parity: {ignore: [{rule: parity-new-gap}]}",
		"parity: {ignore: [{rule: contact}]}",
		"lint: {rules: {parity-new-gap: on}}",
		"lint: {ignore: [{rule: parity-new-gap}]}",
		"parity: {direction: both}",
		"parity: {direction: sideways}",
		"parity: {lock: a, usage: b}",
		"waivers: [{rule: parity-new-gap, reason: r, owner: o, until: \"2026-01-01\"}]",
		"webhooks: {a: b}",
		"webhooks: {provider: github}",
		"report: {send: [slack, 1]}",
		"report: {send: slack}",
		"baseline: []",
		"waivers: [{rule: contact, reason: r, owner: o, until: \"2026-01-01\"}]",
		"waivers: [{rule: contact, reason: r, owner: o, until: \"soon\"}]",
		"waivers: [{reason: r, owner: o, until: \"2026-01-01\"}]",
		"waivers: [{rule: contact, owner: o, until: \"2026-01-01\"}]",
		"- a",
	} {
		_, parseErr := config.Parse("p.yaml", []byte(content), n)
		var node yaml.Node
		if err := yaml.Unmarshal([]byte(content), &node); err != nil {
			t.Fatal(err)
		}
		schemaErr := schema.Validate(plain(&node))
		if (parseErr == nil) != (schemaErr == nil) {
			t.Errorf("%s:\nParse: %v\nschema: %v", content, parseErr, schemaErr)
		}
	}
}

// plain returns a YAML node as an editor sees it: dates are strings.
func plain(n *yaml.Node) any {
	switch n.Kind {
	case yaml.DocumentNode:
		return plain(n.Content[0])
	case yaml.MappingNode:
		m := map[string]any{}
		for i := 0; i < len(n.Content); i += 2 {
			m[n.Content[i].Value] = plain(n.Content[i+1])
		}
		return m
	case yaml.SequenceNode:
		list := []any{}
		for _, c := range n.Content {
			list = append(list, plain(c))
		}
		return list
	}
	if n.Tag == "!!str" || n.Tag == "!!timestamp" {
		return n.Value
	}
	var v any
	if err := n.Decode(&v); err != nil {
		return n.Value
	}
	return v
}
