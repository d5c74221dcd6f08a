package graphql

import (
	"github.com/vektah/gqlparser/v2/ast"
)

func (c *converter) directiveDefinition(d *definition) {
	def := d.directive
	name := c.seek(def.Position)
	dir := &DirectiveDefinition{
		Node:       c.node(def.Name, def.Description, name, d.first, d.end-1),
		Repeatable: def.IsRepeatable, extension: d.extends,
	}
	if len(def.Arguments) > 0 {
		dir.Args = c.args(def.Arguments, c.closing(name+1)-1)
	}
	dir.Directives = c.directives(def.Directives)
	dir.Locations = make([]string, len(def.Locations))
	for i, l := range def.Locations {
		dir.Locations[i] = string(l)
	}
	c.builder.directives = append(c.builder.directives, dir)
}

func (c *converter) schemaDefinition(d *definition) {
	def := d.schema
	keyword := d.name - 1
	s := &SchemaDefinition{
		Node: c.node("", def.Description, keyword, d.first, d.end-1), extension: d.extends,
	}
	s.Directives = c.directives(def.Directives)
	for _, op := range def.OperationTypes {
		i := min(c.seek(op.Position)+2, len(c.tokens)-1)
		s.Operations = append(s.Operations, &OperationType{
			Operation: string(op.Operation), Type: c.reference(op.Type, i),
		})
	}
	c.builder.definitions = append(c.builder.definitions, s)
}

// directives converts the uses of directives on an element.
func (c *converter) directives(uses ast.DirectiveList) []*Directive {
	if len(uses) == 0 {
		return nil
	}
	result := make([]*Directive, len(uses))
	for k, use := range uses {
		at := c.seek(use.Position)
		d := &Directive{Name: use.Name, src: c.place, at: c.span(at, at)}
		last := at
		if len(use.Arguments) > 0 {
			last = c.closing(at + 1)
			d.Args = make([]*Argument, len(use.Arguments))
			for i, arg := range use.Arguments {
				name := c.seek(arg.Position)
				d.Args[i] = &Argument{Name: arg.Name, Value: value(arg.Value), at: c.span(name, name)}
			}
		}
		d.extent = c.span(max(at-1, 0), last)
		result[k] = d
	}
	return result
}

// valueAt converts a value and returns its place.
func (c *converter) valueAt(v *ast.Value) (*Value, span) {
	first := c.seek(v.Position)
	last := first
	if v.Kind == ast.ListValue || v.Kind == ast.ObjectValue {
		last = c.closing(first)
	}
	return value(v), c.span(first, last)
}

func valueKindOf(kind ast.ValueKind) ValueKind {
	switch kind {
	case ast.IntValue:
		return IntValue
	case ast.FloatValue:
		return FloatValue
	case ast.BooleanValue:
		return BooleanValue
	case ast.NullValue:
		return NullValue
	case ast.EnumValue:
		return EnumLiteral
	case ast.ListValue:
		return ListValue
	case ast.ObjectValue:
		return ObjectValue
	}
	return StringValue
}

// value converts a value of gqlparser's syntax tree.
func value(v *ast.Value) *Value {
	result := &Value{Kind: valueKindOf(v.Kind), Text: v.Raw}
	switch result.Kind {
	case ListValue:
		for _, child := range v.Children {
			result.Items = append(result.Items, value(child.Value))
		}
	case ObjectValue:
		for _, child := range v.Children {
			result.Fields = append(result.Fields, ValueField{child.Name, value(child.Value)})
		}
	}
	return result
}

// deprecation reads @deprecated among the directives of an element.
func deprecation(directives []*Directive) *Deprecation {
	for _, d := range directives {
		if d.Name != "deprecated" {
			continue
		}
		reason := d.Arg("reason")
		switch {
		case reason == nil:
			return &Deprecation{Reason: DefaultReason}
		case reason.Kind == StringValue:
			return &Deprecation{Reason: reason.Text}
		}
		return &Deprecation{}
	}
	return nil
}
