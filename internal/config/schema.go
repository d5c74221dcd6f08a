package config

import (
	"bytes"
	"encoding/json"
)

// Schema returns the JSON Schema (draft-07, which editors know best) of
// plumb.yaml, with the names enumerated. It ends with a line break, and the
// same names give the same bytes.
func Schema(names Names) []byte {
	b := schemaBuilder{names: names}
	root := members{
		{"$schema", "http://json-schema.org/draft-07/schema#"},
		{"title", "plumb.yaml"},
	}
	root = append(root, b.shape(&file)...)
	definitions := members{{"level", b.levels()}, {definition(anySection), b.ruleNames(anySection)}}
	for _, s := range sections {
		definitions = append(definitions, pair{definition(s), b.ruleNames(s)})
	}
	root = append(root, pair{"definitions", definitions})
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	_ = enc.Encode(root) // cannot fail: texts, numbers and lists only
	return out.Bytes()
}

// members is a JSON object whose members keep their order.
type members []pair

type pair struct {
	name  string
	value any
}

// MarshalJSON writes the members in order.
func (m members) MarshalJSON() ([]byte, error) {
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	out.WriteByte('{')
	for i, p := range m {
		if i > 0 {
			out.WriteByte(',')
		}
		if err := enc.Encode(p.name); err != nil {
			return nil, err
		}
		out.WriteByte(':')
		if err := enc.Encode(p.value); err != nil {
			return nil, err
		}
	}
	out.WriteByte('}')
	return out.Bytes(), nil
}

type schemaBuilder struct{ names Names }

func (b *schemaBuilder) shape(s *shape) members {
	m := members{{"description", s.doc}}
	switch s.kind {
	case number:
		return append(m, pair{"type", "number"}, pair{"minimum", s.min}, pair{"maximum", s.max})
	case list:
		return append(m, pair{"type", types("array", s)}, pair{"items", b.shape(s.item)})
	case mapping:
		return append(m, b.object(s)...)
	case ruleLevels:
		return append(m, b.rules(s.rules)...)
	case toolInputs:
		return append(m, b.tools(s)...)
	case ruleName:
		return append(m, pair{"allOf", []any{ref(definition(s.rules))}})
	}
	switch {
	case s.words == levelWords:
		return append(m, pair{"allOf", []any{ref("level")}})
	case s.words == rulesetWords:
		return append(m, pair{"type", "string"}, pair{"examples", s.examples}, pair{"anyOf", []any{members{{"enum", s.words.list(b.names)}}, members{{"pattern", `[./\\]`}}}})
	case s.words != anyWord:
		return append(m, pair{"type", "string"}, pair{"enum", s.words.list(b.names)})
	}
	m = append(m, pair{"type", "string"}, pair{"minLength", 1})
	if s.pattern != "" {
		m = append(m, pair{"pattern", s.pattern})
	}
	if len(s.examples) > 0 {
		m = append(m, pair{"examples", s.examples})
	}
	return m
}

// object describes a mapping.
func (b *schemaBuilder) object(s *shape) members {
	properties := members{}
	for i := range s.fields {
		properties = append(properties, pair{s.fields[i].key, b.shape(&s.fields[i].shape)})
	}
	m := members{{"type", types("object", s)}, {"properties", properties}, {"additionalProperties", false}}
	if len(s.required) > 0 {
		m = append(m, pair{"required", s.required})
	}
	if len(s.some) > 0 {
		var some []any
		for _, key := range s.some {
			some = append(some, members{{"required", []string{key}}})
		}
		m = append(m, pair{"anyOf", some})
	}
	return m
}

// rules describes the mapping of rules to levels, a property for each rule
// so that editors complete and explain them.
func (b *schemaBuilder) rules(of section) members {
	properties, rules := members{}, b.names.of(of)
	for i := range rules {
		m := &rules[i]
		setting := members{{"description", m.Summary}, {"default", m.Severity.String()}}
		setting = append(setting, pair{"anyOf", []any{ref("level"), b.object(&ruleSetting)}})
		properties = append(properties, pair{m.ID, setting})
	}
	for i := range rules {
		for _, alias := range rules[i].Aliases {
			properties = append(properties, pair{alias, members{
				{"description", "Another name of " + rules[i].ID + "."},
				{"anyOf", []any{ref("level"), b.object(&ruleSetting)}},
			}})
		}
	}
	var more any = false
	if of == lintSection && b.names.Own != nil { // a ruleset in a file has rules of its own
		more = members{{"anyOf", []any{ref("level"), b.object(&ruleSetting)}}}
	}
	return members{{"type", []string{"object", "null"}}, {"properties", properties}, {"additionalProperties", more}}
}

// tools describes the inputs of integrations but for secrets, after the fields
// of the section.
func (b *schemaBuilder) tools(s *shape) members {
	tools := members{}
	for i := range s.fields {
		tools = append(tools, pair{s.fields[i].key, b.shape(&s.fields[i].shape)})
	}
	for _, tool := range b.names.tools() {
		inputs := members{}
		for _, in := range tool.Inputs {
			if !in.Secret {
				inputs = append(inputs, pair{in.Name, members{{"description", in.Help}, {"type", []string{"string", "number", "boolean"}}}})
			}
		}
		tools = append(tools, pair{tool.Name, members{{"type", []string{"object", "null"}}, {"properties", inputs}, {"additionalProperties", false}}})
	}
	return members{{"type", []string{"object", "null"}}, {"properties", tools}, {"additionalProperties", false}}
}

func (b *schemaBuilder) levels() members {
	return members{
		{"description", "off, a severity, or on for the rule's own severity."},
		{"type", "string"}, {"enum", Levels()},
	}
}

// definition returns the name of the list of a section's rules.
func definition(s section) string {
	if s == anySection {
		return "rule"
	}
	return s.String() + "_rule"
}

func (b *schemaBuilder) ruleNames(of section) members {
	names := ruleNames(b.names.of(of))
	if names == nil {
		names = []string{}
	}
	if (of == lintSection || of == anySection) && b.names.Own != nil { // a ruleset in a file has rules of its own
		return members{{"type", "string"}, {"anyOf", []any{members{{"enum", names}}, members{{"minLength", 1}}}}}
	}
	return members{{"type", "string"}, {"enum", names}}
}

// types returns the name of a JSON type, and null beside it where the shape
// allows it.
func types(name string, s *shape) any {
	if s.nullable() {
		return []string{name, "null"}
	}
	return name
}

func ref(definition string) members {
	return members{{"$ref", "#/definitions/" + definition}}
}
