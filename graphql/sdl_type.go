package graphql

import (
	"github.com/vektah/gqlparser/v2/ast"
)

func kindOf(kind ast.DefinitionKind) Kind {
	switch kind {
	case ast.Scalar:
		return Scalar
	case ast.Object:
		return Object
	case ast.Interface:
		return Interface
	case ast.Union:
		return Union
	case ast.Enum:
		return Enum
	}
	return InputObject
}

func (c *converter) typeDefinition(d *definition) {
	def := d.typ
	t := &Type{Kind: kindOf(def.Kind), extension: d.extends}
	name := c.seek(def.Position)
	t.Node = c.node(def.Name, def.Description, name, d.first, d.end-1)
	t.Interfaces = c.interfaces(def.Interfaces, name+1)
	t.Directives = c.directives(def.Directives)
	body := d.end - 2 // the token before the closing brace
	switch t.Kind {
	case Object, Interface:
		t.Fields = c.fieldList(def.Fields, body)
	case InputObject:
		t.InputFields = c.inputFields(def.Fields, body)
	case Enum:
		t.EnumValues = c.enumValues(def.EnumValues, body)
	case Union:
		t.Members = c.members(def)
	}
	c.types = append(c.types, t)
}

// node makes what all elements have, from the indices of the token that has
// the name and of the first and last token.
func (c *converter) node(name, description string, at, first, last int) Node {
	n := Node{Name: name, Description: description, src: c.place}
	if c.place == nil {
		return n
	}
	n.name = c.span(at, at)
	n.extent = c.span(first, last)
	if c.tokens[first].kind == tokenString {
		n.description = c.span(first, first)
	}
	return n
}

// start returns the index of the first token of a field or value whose name is
// at the index: its description where it has one. A string after an equals
// sign is the default value of what goes before.
func (c *converter) start(name int) int {
	if name > 1 && c.tokens[name-1].kind == tokenString && c.tokens[name-2].kind != '=' {
		return name - 1
	}
	return name
}

// interfaces places the names after the word implements, which is at the
// index.
func (c *converter) interfaces(names []string, i int) []*Reference {
	refs := make([]*Reference, len(names))
	for k, name := range names {
		i++
		for i < len(c.tokens)-1 && c.tokens[i].kind == '&' {
			i++
		}
		i = min(i, len(c.tokens)-1)
		refs[k] = c.reference(name, i)
	}
	return refs
}

func (c *converter) members(def *ast.Definition) []*Reference {
	refs := make([]*Reference, len(def.Types))
	for k, name := range def.Types {
		refs[k] = c.reference(name, c.seek(def.TypePositions[k]))
	}
	return refs
}

func (c *converter) reference(name string, i int) *Reference {
	return &Reference{Name: name, src: c.place, at: c.span(i, i)}
}

// fieldList converts the fields of an object or an interface; last is the
// index of the last token of the last field.
func (c *converter) fieldList(defs ast.FieldList, last int) []*Field {
	fields := list(&c.slabs.fields, &c.slabs.fieldPtrs, len(defs))
	for k, def := range defs {
		f := fields[k]
		name := c.seek(def.Position)
		first := c.start(name)
		if k > 0 {
			fields[k-1].extent.end = c.tokens[first-1].end
		}
		f.Node = c.node(def.Name, def.Description, name, first, last)
		colon := name + 1
		if len(def.Arguments) > 0 {
			closing := c.closing(name + 1)
			f.Args = c.args(def.Arguments, closing-1)
			colon = closing + 1
		}
		f.Type, f.typeAt = c.typeRef(def.Type, colon+1)
		f.Directives = c.directives(def.Directives)
		f.Deprecated = deprecation(f.Directives)
	}
	return fields
}

func (c *converter) args(defs ast.ArgumentDefinitionList, last int) []*InputValue {
	values := list(&c.slabs.inputs, &c.slabs.inputPtrs, len(defs))
	for k, def := range defs {
		c.input(values, k, last, def.Position, def.Name, def.Description, def.Type, def.DefaultValue, def.Directives)
	}
	return values
}

func (c *converter) inputFields(defs ast.FieldList, last int) []*InputValue {
	values := list(&c.slabs.inputs, &c.slabs.inputPtrs, len(defs))
	for k, def := range defs {
		c.input(values, k, last, def.Position, def.Name, def.Description, def.Type, def.DefaultValue, def.Directives)
	}
	return values
}

func (c *converter) input(
	values []*InputValue, k, last int, pos *ast.Position,
	name, description string, typ *ast.Type, value *ast.Value, directives ast.DirectiveList,
) {
	v := values[k]
	at := c.seek(pos)
	first := c.start(at)
	if k > 0 {
		values[k-1].extent.end = c.tokens[first-1].end
	}
	v.Node = c.node(name, description, at, first, last)
	v.Type, v.typeAt = c.typeRef(typ, at+2)
	if value != nil {
		v.Default, v.defaultAt = c.valueAt(value)
	}
	v.Directives = c.directives(directives)
	v.Deprecated = deprecation(v.Directives)
}

func (c *converter) enumValues(defs ast.EnumValueList, last int) []*EnumValue {
	values := list(&c.slabs.values, &c.slabs.valuePtrs, len(defs))
	for k, def := range defs {
		v := values[k]
		name := c.seek(def.Position)
		first := c.start(name)
		if k > 0 {
			values[k-1].extent.end = c.tokens[first-1].end
		}
		v.Node = c.node(def.Name, def.Description, name, first, last)
		v.Directives = c.directives(def.Directives)
		v.Deprecated = deprecation(v.Directives)
	}
	return values
}

// typeRef converts a type whose first token is at the index, and returns its
// place too.
func (c *converter) typeRef(typ *ast.Type, first int) (*TypeRef, span) {
	last, depth := first, 0
	for c.tokens[last].kind == '[' {
		last++
		depth++
	}
	for next := last + 1; next < len(c.tokens); next++ {
		kind := c.tokens[next].kind
		if kind == ']' && depth > 0 {
			depth--
		} else if kind != '!' {
			break
		}
		last = next
	}
	at := c.span(first, last)
	if r := c.refs.byText[c.src.text[at.start:at.end]]; r != nil {
		return r, at
	}
	return c.refs.of(typ), at
}

// of makes the reference for a type of gqlparser's syntax tree.
func (t *typeRefs) of(typ *ast.Type) *TypeRef {
	var r *TypeRef
	if typ.Elem != nil {
		r = t.listOf(t.of(typ.Elem))
	} else {
		r = t.named(typ.NamedType)
	}
	if typ.NonNull {
		r = t.nonNull(r)
	}
	return r
}
