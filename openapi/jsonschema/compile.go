package jsonschema

import (
	"fmt"
	"slices"
	"strings"

	"github.com/plumbapi/plumb/openapi"
)

// fill compiles the keywords of a schema.
func (c *Compiler) fill(s *Schema) {
	n := s.node
	switch n.Kind() {
	case openapi.Bool:
		s.always, s.never = n.IsTrue(), !n.IsTrue()
		if c.dialect.draft04() && !s.booleanAllowed() {
			s.fault(n, "%s stands where a schema is expected", n.Text())
		}
		return
	case openapi.Object:
	default:
		s.always = true
		s.fault(n, "%s stands where a schema is expected", n.Kind().WithArticle())
		return
	}
	s.resource = c.resourceOf(n)
	c.reference(s)
	if s.refAlone {
		return
	}
	c.keywords(s)
	if len(n.Children()) == 0 {
		s.always = true
	}
}

// booleanAllowed reports whether draft 04 has a boolean at the place.
func (s *Schema) booleanAllowed() bool {
	switch s.node.Key() {
	case "additionalProperties", "additionalItems":
		return true
	}
	return false
}

// reference compiles $ref and $dynamicRef.
func (c *Compiler) reference(s *Schema) {
	ref := s.node.Get("$ref")
	if ref.Is(openapi.String) {
		s.refAlone = !c.dialect.modern() && (!c.opts.RefSiblings || s.node.Len() == 1)
		if target := c.follow(s.node); target != nil {
			s.ref = c.schema(target)
		} else {
			s.dangling = true
		}
		return
	}
	if d, ok := s.node.Get("$dynamicRef").Str(); ok && c.dialect.modern() {
		target, anchor := c.dynamicTarget(s, d)
		if target == nil {
			s.dangling = true
			return
		}
		s.ref, s.dynamic = c.schema(target), anchor
	}
}

// keywords compiles every keyword but references.
func (c *Compiler) keywords(s *Schema) {
	n := s.node
	for _, v := range n.Children() {
		switch v.Key() {
		case "type":
			c.typeKeyword(s, v)
		case "nullable", "x-nullable":
			// Read with type.
		case "enum":
			c.enumKeyword(s, v)
		case "const":
			s.constant = v
		case "not":
			s.not = c.sub(s, v)
		case "if":
			s.test = c.sub(s, v)
		case "then":
			s.then = c.sub(s, v)
		case "else":
			s.other = c.sub(s, v)
		case "anyOf":
			s.anyOf = c.list(s, v)
		case "oneOf":
			s.oneOf = c.list(s, v)
		case "allOf":
			s.allOf = c.list(s, v)
		case "maximum", "minimum", "exclusiveMaximum", "exclusiveMinimum", "multipleOf":
			c.numberKeyword(s, v)
		case "maxLength", "minLength", "pattern":
			c.stringKeyword(s, v)
		case "format":
			c.formatKeyword(s, v)
		case "maxItems", "minItems", "uniqueItems", "items", "prefixItems", "additionalItems", "contains",
			"minContains", "maxContains", "unevaluatedItems":
			c.arrayKeyword(s, v)
		case "maxProperties", "minProperties", "required", "properties", "patternProperties", "additionalProperties",
			"propertyNames", "dependencies", "dependentRequired", "dependentSchemas", "unevaluatedProperties":
			c.objectKeyword(s, v)
		case "errorMessage":
			if c.opts.ErrorMessage {
				s.message = v.Text()
			}
		default:
			c.annotation(s, v)
		}
	}
	c.finishNumber(s)
	c.finishArray(s)
	c.finishObject(s)
	c.finishType(s)
	if c.opts.Discriminator {
		c.discriminatorKeyword(s)
	}
	if c.opts.Closed {
		s.closed = s.object != nil && s.object.unevaluated == nil && (n.Get("properties").Is(openapi.Object) || n.Get("patternProperties").Is(openapi.Object))
	}
}

// annotation looks at the keywords that assert nothing, for what makes no
// sense in them.
func (c *Compiler) annotation(s *Schema, v *openapi.Node) {
	switch v.Key() {
	case "title", "description", "$schema", "$comment":
		s.expect(v, openapi.String)
	case "$id", "id":
		if (v.Key() == "id") == c.dialect.draft04() {
			s.expect(v, openapi.String)
		}
	case "readOnly", "writeOnly", "deprecated":
		s.readOnly = s.readOnly || v.Key() == "readOnly" && v.IsTrue()
		s.writeOnly = s.writeOnly || v.Key() == "writeOnly" && v.IsTrue()
		if c.dialect.modern() {
			s.expect(v, openapi.Bool)
		}
	case "examples":
		if c.dialect.modern() {
			s.expect(v, openapi.Array)
		}
	case "contentMediaType", "contentEncoding", "$anchor", "$dynamicAnchor":
		if c.dialect.modern() {
			s.expect(v, openapi.String)
		}
	case "definitions", "$defs":
		s.expect(v, openapi.Object)
	}
}

func (c *Compiler) typeKeyword(s *Schema, v *openapi.Node) {
	names := []*openapi.Node{v}
	if v.Is(openapi.Array) {
		names = v.Children()
		if len(names) == 0 {
			s.fault(v, "type names no type")
		}
	} else if !v.Is(openapi.String) {
		s.fault(v, "type is %s, not a string", v.Kind().WithArticle())
		s.unusableType(v)
		return
	}
	var list []string
	for i, name := range names {
		t := typeOf(name.Text())
		if name.Text() == "file" && c.dialect == OpenAPI20 {
			t = typeFile
			s.unusableType(name)
		}
		if t == 0 || !name.Is(openapi.String) {
			s.fault(name, "type %s is none of JSON Schema", quoted(name))
			s.unusableType(name)
			s.types, s.typeText = 0, ""
			return
		}
		if s.types&t != 0 && slices.ContainsFunc(names[:i], func(o *openapi.Node) bool { return o.Text() == name.Text() }) {
			s.fault(v, "type names %q twice", name.Text())
		}
		s.types |= t
		list = append(list, name.Text())
	}
	s.typeText = strings.Join(list, " or ")
}

// finishType adds null where the schema is nullable, and decides when the
// type is checked: a single type that has keywords of its own is checked
// with them, every other before anything else.
func (c *Compiler) finishType(s *Schema) {
	if c.dialect.openAPI() || c.opts.Nullable {
		c.nullable(s)
	}
	if s.types == 0 {
		return
	}
	s.typeFirst = true
	switch s.types {
	case typeNumber:
		s.typeFirst, s.lone = s.number == nil, openapi.Number
	case typeString:
		s.typeFirst, s.lone = s.text == nil, openapi.String
	case typeArray:
		s.typeFirst, s.lone = s.array == nil, openapi.Array
	case typeObject:
		s.typeFirst, s.lone = s.object == nil, openapi.Object
	}
	if s.typeFirst {
		s.lone = 0
	}
}

func (c *Compiler) nullable(s *Schema) {
	v := s.node.Get("nullable")
	if c.dialect == OpenAPI20 && s.node.Get("x-nullable").IsTrue() {
		v = s.node.Get("x-nullable")
	}
	if v == nil {
		return
	}
	if !v.Is(openapi.Bool) {
		s.ruin(v, "nullable is %s, not a boolean", v.Kind().WithArticle())
		return
	}
	switch {
	case s.types&typeNull != 0:
		if !v.IsTrue() {
			s.ruin(v, "nullable is false, but type names null")
		}
	case s.types == 0:
		if s.node.Get("type") == nil {
			s.ruin(v, "nullable stands without a type")
		}
	case v.IsTrue():
		s.types |= typeNull
		s.typeText += " or null"
	}
}

func (c *Compiler) enumKeyword(s *Schema, v *openapi.Node) {
	if s.expect(v, openapi.Array); !v.Is(openapi.Array) {
		return
	}
	if v.Len() == 0 {
		if c.dialect.draft04() {
			s.fault(v, "enum holds no value")
		} else {
			s.ruin(v, "enum holds no value")
		}
	}
	s.enum = newEnum(v)
	if c.dialect.draft04() {
		if i, j, ok := firstEqual(v.Children()); ok {
			s.fault(v, "enum holds %s twice, at %d and %d", quoted(v.At(i)), i, j)
		}
	}
}

// list compiles an array of schemas.
func (c *Compiler) list(s *Schema, v *openapi.Node) []*Schema {
	if !v.Is(openapi.Array) {
		s.fault(v, "%s is %s, not an array of schemas", v.Key(), v.Kind().WithArticle())
		return nil
	}
	if v.Len() == 0 {
		s.fault(v, "%s holds no schema", v.Key())
		return nil
	}
	list := make([]*Schema, v.Len())
	for i, n := range v.Children() {
		list[i] = c.sub(s, n)
	}
	return list
}

// sub compiles a schema within another, at once: the depth of the stack is
// that of the tree, which the loader bounds.
func (c *Compiler) sub(s *Schema, n *openapi.Node) *Schema {
	sub := c.schemas[n]
	if sub == nil {
		sub = &Schema{node: n}
		c.schemas[n] = sub
		c.fill(sub)
	}
	return sub
}

// fault records that a keyword makes no sense, the first of each schema.
func (s *Schema) fault(n *openapi.Node, format string, args ...any) {
	if s.problem == nil {
		s.problem = &Problem{Node: n, Message: fmt.Sprintf(format, args...)}
	}
}

// unusableType records a type that is none of JSON Schema.
func (s *Schema) unusableType(n *openapi.Node) {
	if s.unusable == nil {
		s.unusable = &Problem{Node: n, Message: fmt.Sprintf("type %s is none of JSON Schema", quoted(n))}
	}
}

// ruin records what makes the schema useless, the first of each schema.
func (s *Schema) ruin(n *openapi.Node, format string, args ...any) {
	if s.fatal == nil {
		s.fatal = &Problem{Node: n, Message: fmt.Sprintf(format, args...)}
	}
}

// expect records a fault where the value of a keyword is of another kind.
func (s *Schema) expect(v *openapi.Node, k openapi.Kind) {
	if v.Kind() != k {
		if s.unusable == nil && asserts(v.Key()) {
			s.unusable = &Problem{Node: v, Message: fmt.Sprintf("%s is %s, not %s", v.Key(), v.Kind().WithArticle(), k.WithArticle())}
		}
		s.fault(v, "%s is %s, not %s", v.Key(), v.Kind().WithArticle(), k.WithArticle())
	}
}

// asserts reports whether a keyword says something of values.
func asserts(keyword string) bool {
	switch keyword {
	case "title", "description", "$schema", "$comment", "$id", "id", "readOnly", "writeOnly", "deprecated", "examples",
		"contentMediaType", "contentEncoding", "$anchor", "$dynamicAnchor", "definitions", "$defs":
		return false
	}
	return true
}
