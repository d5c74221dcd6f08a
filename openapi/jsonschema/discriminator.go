package jsonschema

import (
	"fmt"

	"github.com/plumbapi/plumb/openapi"
)

// discriminator chooses one of the schemas of oneOf or anyOf by a property.
type discriminator struct {
	property string
	schemas  map[string]*Schema // by the value of the property
}

// discriminatorKeyword compiles discriminator, as ajv does: what a value of the
// property stands for is said by mapping, or by const or enum of the property in
// the schemas to choose from. Where nothing can be made of it, the schema is
// useless.
func (c *Compiler) discriminatorKeyword(s *Schema) {
	v := s.node.Get("discriminator")
	if v == nil {
		return
	}
	choice, keyword := s.oneOf, "oneOf"
	if len(choice) == 0 {
		choice, keyword = s.anyOf, "anyOf"
	}
	property, named := v.Get("propertyName").Str()
	switch {
	case !v.Is(openapi.Object):
		s.ruin(v, "discriminator is %s, not an object", v.Kind().WithArticle())
		return
	case !named:
		s.ruin(v, "discriminator has no propertyName")
		return
	case len(choice) == 0:
		s.ruin(v, "discriminator stands without oneOf and anyOf")
		s.fatal.Lone = s.fatal.Node == v
		return
	}
	d := &discriminator{property: property, schemas: map[string]*Schema{}}
	required := requires(s.node, property)
	all := true
	for i, n := range s.node.Get(keyword).Children() {
		if d.mapped(v.Get("mapping"), n, choice[i]) {
			continue
		}
		target := n
		if n.Get("$ref").Is(openapi.String) && n.Len() == 1 {
			if target = c.follow(n); target == nil {
				return // a reference that leads nowhere is told of as such
			}
		}
		values := valuesOf(propertyOf(target, property))
		if values == nil {
			s.ruin(v, "discriminator finds no const or enum for %q in one of %s, nor a mapping", property, keyword)
			return
		}
		all = all && (required || requires(target, property))
		for _, value := range values {
			if text, ok := value.Str(); !ok || d.schemas[text] != nil {
				s.ruin(v, "discriminator has values of %q that are no strings, or for several schemas", property)
				return
			}
			d.schemas[value.Text()] = choice[i]
		}
	}
	if !all {
		s.ruin(v, "discriminator is by %q, which is not required", property)
		return
	}
	s.discriminator = d
}

// mapped takes the values that the mapping has for a schema that is a reference.
func (d *discriminator) mapped(mapping, n *openapi.Node, s *Schema) bool {
	ref, ok := n.Get("$ref").Str()
	if !ok {
		return false
	}
	found := false
	for _, m := range mapping.Children() {
		if m.Text() == ref {
			d.schemas[m.Key()] = s
			found = true
		}
	}
	return found
}

// propertyOf is the schema of a property, in a schema or one of its allOf.
func propertyOf(n *openapi.Node, name string) *openapi.Node {
	if p := n.Get("properties").Get(name); p != nil {
		return p
	}
	for _, sub := range n.Get("allOf").Children() {
		if p := sub.Get("properties").Get(name); p != nil {
			return p
		}
	}
	return nil
}

// valuesOf are the values of const or enum.
func valuesOf(n *openapi.Node) []*openapi.Node {
	if v := n.Get("const"); v != nil {
		return []*openapi.Node{v}
	}
	return n.Get("enum").Children()
}

// requires reports whether a schema, or one of its allOf, requires a property.
func requires(n *openapi.Node, name string) bool {
	for _, sub := range append([]*openapi.Node{n}, n.Get("allOf").Children()...) {
		for _, r := range sub.Get("required").Children() {
			if r.Text() == name {
				return true
			}
		}
	}
	return false
}

// discriminate applies the schema that the property chooses.
func (r *Run) discriminate(s *Schema, v *openapi.Node, composite bool, seen *evaluated) bool {
	d := s.discriminator
	tag, ok := v.Get(d.property).Str()
	if !ok {
		return r.report(Error{Keyword: "discriminator", Instance: v, Schema: s.node, Text: fmt.Sprintf("property %q, which tells the schemas apart, is no string", d.property)})
	}
	chosen := d.schemas[tag]
	if chosen == nil {
		return r.report(Error{Keyword: "discriminator", Instance: v, Schema: s.node, Text: fmt.Sprintf("property %q is %q, which stands for no schema", d.property, shorten(tag))})
	}
	return r.schema(chosen, v, composite, seen)
}
