package oas

import (
	"slices"
	"strings"
)

type object = map[string]any

// rewriter rewrites a published schema where its errors would not name the
// cause: an object that fails oneOf fails every alternative, and each of them
// says so. Where the object itself shows which alternative is meant, only
// that one is applied.
type rewriter struct {
	root object
	// byConstant picks the alternative by a property that has another
	// constant in each: the type of a security scheme.
	byConstant bool
	// byPresence picks the alternative by the property that it alone
	// requires: the schema or the content of a parameter.
	byPresence bool
}

// rewrite rewrites a schema and all schemas within it.
func (r *rewriter) rewrite(v any) {
	switch v := v.(type) {
	case object:
		for _, sub := range v {
			r.rewrite(sub)
		}
		dropType(v)
		for _, key := range []string{"oneOf", "anyOf"} {
			if list, ok := v[key].([]any); ok {
				if choice := r.choose(list); choice != nil && v["if"] == nil {
					delete(v, key)
					for k, sub := range choice {
						v[k] = sub
					}
				}
			}
		}
	case []any:
		for _, sub := range v {
			r.rewrite(sub)
		}
	}
}

// dropType removes a type that says no more than the enum beside it, so that
// a wrong value is one error.
func dropType(s object) {
	values, ok := s["enum"].([]any)
	if !ok || s["type"] != "string" {
		return
	}
	for _, v := range values {
		if _, ok := v.(string); !ok {
			return
		}
	}
	delete(s, "type")
}

// choose returns a schema with if, then and else that picks one of the
// alternatives, nil where nothing tells them apart.
func (r *rewriter) choose(list []any) object {
	if i := slices.IndexFunc(list, isBoolean); i >= 0 && len(list) > 1 {
		rest := slices.Delete(slices.Clone(list), i, i+1)
		other := any(object{"oneOf": rest})
		if len(rest) == 1 {
			other = rest[0]
		} else if choice := r.choose(rest); choice != nil {
			other = choice
		}
		return object{"if": object{"type": "boolean"}, "then": object{}, "else": other}
	}
	if len(list) == 2 {
		for i, alternative := range list {
			if r.isReference(alternative) {
				return object{
					"if":   object{"type": "object", "required": []any{"$ref"}},
					"then": alternative, "else": list[1-i],
				}
			}
		}
	}
	if r.byConstant {
		if choice := r.chooseByConstant(list); choice != nil {
			return choice
		}
	}
	if r.byPresence {
		return chooseByPresence(list)
	}
	return nil
}

func isBoolean(v any) bool {
	s, ok := v.(object)
	return ok && len(s) == 1 && s["type"] == "boolean"
}

// isReference reports whether a schema is that of a Reference Object.
func (r *rewriter) isReference(v any) bool {
	required, ok := r.follow(v)["required"].([]any)
	return ok && slices.Contains(required, any("$ref"))
}

// follow returns what a schema with a $ref into its own definitions names.
func (r *rewriter) follow(v any) object {
	s, _ := v.(object)
	ref, ok := s["$ref"].(string)
	if !ok {
		return s
	}
	name, ok := strings.CutPrefix(ref, "#/definitions/")
	if !ok {
		return nil
	}
	definitions, _ := r.root["definitions"].(object)
	target, _ := definitions[name].(object)
	return target
}

func (r *rewriter) chooseByConstant(list []any) object {
	property, constants := r.discriminator(list)
	if property == "" {
		return nil
	}
	choice := object{
		"type": "object", "required": []any{property},
		"properties": object{property: object{"enum": constants}},
	}
	for i := len(list) - 1; i >= 0; i-- {
		choice = object{
			"if": object{
				"type": "object", "required": []any{property},
				"properties": object{property: object{"enum": []any{constants[i]}}},
			},
			"then": list[i], "else": choice,
		}
	}
	return choice
}

// discriminator finds the property that has one constant in each alternative,
// everywhere another.
func (r *rewriter) discriminator(list []any) (property string, constants []any) {
	first, _ := r.follow(list[0])["properties"].(object)
	names := make([]string, 0, len(first))
	for name := range first {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		constants = constants[:0]
		for _, alternative := range list {
			properties, _ := r.follow(alternative)["properties"].(object)
			p, _ := properties[name].(object)
			values, _ := p["enum"].([]any)
			if len(values) != 1 || slices.Contains(constants, values[0]) {
				break
			}
			constants = append(constants, values[0])
		}
		if len(constants) == len(list) {
			return name, constants
		}
	}
	return "", nil
}

func chooseByPresence(list []any) object {
	names := make([]string, len(list))
	for i, alternative := range list {
		s, _ := alternative.(object)
		required, _ := s["required"].([]any)
		if len(required) != 1 {
			return nil
		}
		name, ok := required[0].(string)
		if !ok || slices.Contains(names[:i], name) {
			return nil
		}
		names[i] = name
	}
	var quoted []string
	for _, name := range names {
		quoted = append(quoted, `"`+name+`"`)
	}
	choice := object{"not": object{}, "errorMessage": "neither " + strings.Join(quoted, " nor ") + " is given"}
	for i := len(list) - 1; i >= 0; i-- {
		choice = object{
			"if":   object{"type": "object", "required": []any{names[i]}},
			"then": list[i], "else": choice,
		}
	}
	return choice
}
