package config

import (
	"slices"

	"go.yaml.in/yaml/v4"
)

// toolInputs checks the inputs of integrations: both must be known, values be
// single ones, and no secret among them.
func (v *validator) toolInputs(n *yaml.Node, s *shape, where string) {
	if n.Kind != yaml.MappingNode {
		v.mismatch(n, s, where)
		return
	}
	tools := v.names.tools()
	for key, value := range v.members(n) {
		i := slices.IndexFunc(tools, func(t Tool) bool { return t.Name == key.Value })
		if f := s.field(key.Value); f != nil {
			v.value(value, f, where+"."+key.Value)
			continue
		}
		if i < 0 {
			v.report(key, "unknown integration %q%s", key.Value, oneOf(key.Value, append(toolWords.list(v.names), s.keys()...)))
			continue
		}
		path := where + "." + key.Value
		value = follow(value)
		if isNull(value) {
			continue
		}
		if value.Kind != yaml.MappingNode {
			v.mismatch(value, s, path)
			continue
		}
		for name, given := range v.members(value) {
			v.toolInput(&tools[i], name, follow(given), path)
		}
	}
}

func (v *validator) toolInput(tool *Tool, name, given *yaml.Node, path string) {
	var names []string
	var input *ToolInput
	for i := range tool.Inputs {
		if in := &tool.Inputs[i]; in.Name == name.Value {
			input = in
		} else if !in.Secret {
			names = append(names, in.Name)
		}
	}
	switch {
	case input == nil:
		v.report(name, "unknown key %q in %s%s", name.Value, path, oneOf(name.Value, names))
	case input.Secret:
		v.report(name, "%s.%s is a secret and has no place in a file; set %s in the environment", path, name.Value, input.Env)
	case given.Kind != yaml.ScalarNode || isNull(given):
		v.report(given, "%s.%s is %s; expected a single value", path, name.Value, nodeKind(given))
	}
}
