package redocly

import (
	"fmt"

	"github.com/plumbapi/plumb/lint/internal/ecma"
	"github.com/plumbapi/plumb/lint/internal/typed"
	"github.com/plumbapi/plumb/openapi"
)

func noDuplicatedEnumValues() *typed.Rule {
	return rule("Schema", func(c *typed.Context) {
		enum := c.Node.Get("enum")
		if !enum.Is(openapi.Array) {
			return
		}
		scalars := map[string]bool{}
		var others []*openapi.Node
		for i, v := range enum.Children() {
			twice := false
			if v.Is(openapi.Object) || v.Is(openapi.Array) {
				for _, o := range others[:min(len(others), maxCompared)] {
					twice = twice || equal(o, v)
				}
				others = append(others, v)
			} else {
				id := scalarID(v)
				twice = scalars[id]
				scalars[id] = true
			}
			if twice {
				c.Report(c.At().Child("enum").Item(i), fmt.Sprintf("enum has %s twice", quoted(v)))
			}
		}
	})
}

// maxCompared bounds how many values are compared with each other.
const maxCompared = 1000

// scalarID is the same for equal scalars.
func scalarID(n *openapi.Node) string {
	if f, ok := n.Float(); ok {
		return fmt.Sprint("n", f)
	}
	return n.Kind().String() + n.Text()
}

func noEnumTypeMismatch() *typed.Rule {
	return rule("Schema", func(c *typed.Context) {
		kind := c.Node.Get("type")
		if !ecma.Truthy(kind) {
			return
		}
		kinds := []string{kind.Text()}
		if kind.Is(openapi.Array) {
			kinds = texts(kind)
		}
		fits := func(v *openapi.Node) bool {
			for _, k := range kinds {
				if isOfType(v, k, ecma.Truthy(c.Node.Get("nullable"))) {
					return true
				}
			}
			return false
		}
		if enum := c.Node.Get("enum"); enum.Is(openapi.Array) {
			for i, v := range enum.Children() {
				if !fits(v) {
					c.Report(c.At().Child("enum").Item(i), fmt.Sprintf("value %s of enum is %s, and not of the type of the schema", quoted(v), typeOf(v)))
				}
			}
		}
		if v := c.Node.Get("const"); v != nil && !fits(v) {
			c.Report(c.At().Child("const"), fmt.Sprintf("const %s is %s, and not of the type of the schema", quoted(v), typeOf(v)))
		}
	})
}

func noSchemaTypeMismatch() *typed.Rule {
	return rule("Schema", func(c *typed.Context) {
		switch kind := c.Node.Get("type").Text(); {
		case kind == "object" && ecma.Truthy(c.Node.Get("items")):
			c.Report(c.At().Child("items"), "a schema of the type object has items")
		case kind == "array" && ecma.Truthy(c.Node.Get("properties")):
			c.Report(c.At().Child("properties"), "a schema of the type array has properties")
		}
	})
}

func noMixedNumberRangeConstraints() *typed.Rule {
	return rule("Schema", func(c *typed.Context) {
		for _, pair := range [...][2]string{{"maximum", "exclusiveMaximum"}, {"minimum", "exclusiveMinimum"}} {
			if c.Node.Get(pair[0]).Is(openapi.Number) && c.Node.Get(pair[1]).Is(openapi.Number) {
				c.Report(c.At().Child(pair[1]).Key(), fmt.Sprintf("the schema has both %s and %s", pair[0], pair[1]))
			}
		}
	})
}

func nullableTypeSibling() *typed.Rule {
	return leaving("Schema", func(c *typed.Context) {
		if c.Node.Has("nullable") && !c.Node.Has("type") {
			c.Report(c.At().Child("nullable"), "nullable stands without a type")
		}
	})
}

func requiredStringMinLength() *typed.Rule {
	skip := false
	required := map[string]bool{}
	return &typed.Rule{Visit: typed.Visitors{"Schema": {
		Enter: func(c *typed.Context) {
			list := c.Node.Get("required")
			if skip = !ecma.Truthy(list); skip {
				return
			}
			required = map[string]bool{}
			for _, name := range list.Children() {
				required[name.Text()] = true
			}
		},
		In: typed.Visitors{"SchemaProperties": {
			Skip: func(*typed.Context) bool { return skip },
			In: typed.Visitors{"Schema": {Enter: func(c *typed.Context) {
				if required[c.Key] && c.Node.Get("type").Text() == "string" && !ecma.Truthy(c.Node.Get("minLength")) {
					c.Report(c.At().Key(), fmt.Sprintf("required property %q has no minLength", short(c.Key)))
				}
			}}},
		}},
	}}}
}

func scalarPropertyMissingExample() *typed.Rule {
	return rule("SchemaProperties", func(c *typed.Context) {
		for _, p := range c.Node.Children() {
			s := c.Walk.Resolve(p).Node
			if isScalarSchema(s) && !s.Has("example") && !s.Has("examples") {
				c.Report(typed.At(p).Key(), fmt.Sprintf("property %q has no example", short(p.Key())))
			}
		}
	})
}

var scalars = []string{"string", "integer", "number", "boolean", "null"}

func isScalarSchema(s *openapi.Node) bool {
	kind := s.Get("type")
	if !ecma.Truthy(kind) || s.Get("format").Text() == "binary" {
		return false
	}
	for _, name := range []string{"allOf", "anyOf", "oneOf"} {
		if ecma.Truthy(s.Get(name)) {
			return false
		}
	}
	if !kind.Is(openapi.Array) {
		return contains(scalars, kind.Text())
	}
	for _, k := range kind.Children() {
		if !contains(scalars, k.Text()) {
			return false
		}
	}
	return true
}

func specDiscriminatorDefaultMapping() *typed.Rule {
	var names *openapi.Node
	return &typed.Rule{Visit: typed.Visitors{
		"Root": {Enter: func(c *typed.Context) { names = c.Node.Find("components", "schemas") }},
		"Schema": {Leave: func(c *typed.Context) {
			d := c.Node.Get("discriminator")
			property := d.Get("propertyName")
			if !ecma.Truthy(property) {
				return
			}
			to := d.Get("defaultMapping")
			if to == nil {
				if !demands(c, c.Node, property.Text(), map[*openapi.Node]bool{}) {
					c.Report(c.At().Child("discriminator"), fmt.Sprintf("discriminator %s may be missing, and there is no defaultMapping", quoted(property)))
				}
				return
			}
			found := names.Has(to.Text()) || typed.IsMappingRef(to.Text()) && c.Walk.Follow(c.Node, to.Text()).Node != nil
			if !found {
				c.Report(c.At().Child("discriminator", "defaultMapping"), fmt.Sprintf("defaultMapping %s is no schema", quoted(to)))
			}
		}},
	}}
}

// demands reports whether a schema makes a property required.
func demands(c *typed.Context, schema *openapi.Node, property string, seen map[*openapi.Node]bool) bool {
	s := c.Walk.Resolve(schema).Node
	if s == nil || seen[s] {
		return true
	}
	seen[s] = true
	if contains(texts(s.Get("required")), property) {
		return true
	}
	for _, sub := range s.Get("allOf").Children() {
		if demands(c, sub, property, seen) {
			return true
		}
	}
	for _, name := range []string{"oneOf", "anyOf"} {
		list := s.Get(name)
		all := list.Is(openapi.Array)
		for _, sub := range list.Children() {
			all = all && demands(c, sub, property, seen)
		}
		if all {
			return true
		}
	}
	return false
}
