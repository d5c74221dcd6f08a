package jsonschema

import (
	"slices"

	"github.com/plumbapi/plumb/openapi"
)

func (c *Compiler) numberKeyword(s *Schema, v *openapi.Node) {
	exclusive := v.Key() == "exclusiveMaximum" || v.Key() == "exclusiveMinimum"
	if exclusive && c.dialect.draft04() {
		s.expect(v, openapi.Bool)
		if base := map[string]string{"exclusiveMaximum": "maximum", "exclusiveMinimum": "minimum"}[v.Key()]; !s.node.Has(base) {
			s.fault(v, "%s stands without %s", v.Key(), base)
		}
		s.numbers()
		return
	}
	f, ok := v.Float()
	if !ok {
		s.fault(v, "%s is %s, not a number", v.Key(), v.Kind().WithArticle())
		return
	}
	l := &limit{f, v.Key()}
	r := s.numbers()
	switch v.Key() {
	case "maximum":
		r.maximum = l
	case "minimum":
		r.minimum = l
	case "exclusiveMaximum":
		r.below = l
	case "exclusiveMinimum":
		r.above = l
	case "multipleOf":
		if f <= 0 {
			s.fault(v, "multipleOf is %s, not greater than 0", v.Text())
			return
		}
		r.multipleOf = l
	}
}

// finishNumber makes limits exclusive where draft 04's booleans say so.
func (c *Compiler) finishNumber(s *Schema) {
	if s.number == nil || !c.dialect.draft04() {
		return
	}
	if r := s.number; r.maximum != nil && s.node.Get("exclusiveMaximum").IsTrue() {
		r.below, r.maximum = r.maximum, nil
	}
	if r := s.number; r.minimum != nil && s.node.Get("exclusiveMinimum").IsTrue() {
		r.above, r.minimum = r.minimum, nil
	}
}

func (c *Compiler) stringKeyword(s *Schema, v *openapi.Node) {
	r := s.strings()
	switch v.Key() {
	case "maxLength":
		r.maxLength = s.count(v)
	case "minLength":
		r.minLength = s.count(v)
	case "pattern":
		if s.expect(v, openapi.String); v.Is(openapi.String) {
			r.pattern = c.pattern(s, v, v.Text())
		}
	}
}

func (c *Compiler) formatKeyword(s *Schema, v *openapi.Node) {
	if !v.Is(openapi.String) {
		s.ruin(v, "format is %s, not a string", v.Kind().WithArticle())
		if c.dialect.modern() {
			s.expect(v, openapi.String)
		}
		return
	}
	// Format belongs to numbers and to strings, even one that only says
	// something of the other, or nothing: see finishType.
	r, t := s.numbers(), s.strings()
	if f := formats[v.Text()]; f != nil {
		if f.number != nil {
			r.format = f
		}
		if f.text != nil {
			t.format = f
		}
	}
}

// pattern returns a compiled pattern, each text compiled once.
func (c *Compiler) pattern(s *Schema, at *openapi.Node, text string) *pattern {
	p, ok := c.patterns[text]
	if !ok {
		p = newPattern(text)
		c.patterns[text] = p
	}
	if p.invalid != "" {
		s.ruin(at, "pattern %q is no regular expression: %s", text, p.invalid)
	}
	return p
}

func (c *Compiler) arrayKeyword(s *Schema, v *openapi.Node) {
	switch v.Key() {
	case "minContains", "maxContains", "unevaluatedItems":
		if !c.dialect.modern() {
			return
		}
	case "prefixItems":
		if c.dialect.tuples() {
			return
		}
	case "additionalItems":
		if !c.dialect.tuples() {
			return
		}
	}
	a := s.arrays()
	switch v.Key() {
	case "maxItems":
		a.maxItems = s.count(v)
	case "minItems":
		a.minItems = s.count(v)
	case "uniqueItems":
		s.expect(v, openapi.Bool)
		a.unique = v.IsTrue()
	case "items":
		if v.Is(openapi.Array) && c.dialect.tuples() {
			a.prefix, a.prefixKeyword = c.list(s, v), "items"
		} else {
			a.rest, a.restKeyword = c.sub(s, v), "items"
		}
	case "prefixItems":
		a.prefix, a.prefixKeyword = c.list(s, v), "prefixItems"
	case "contains":
		a.contains = c.sub(s, v)
	case "minContains":
		a.minContains = s.count(v)
	case "maxContains":
		a.maxContains = s.count(v)
	case "unevaluatedItems":
		a.unevaluated = c.sub(s, v)
	}
}

// finishArray makes additionalItems what follows a tuple.
func (c *Compiler) finishArray(s *Schema) {
	v := s.node.Get("additionalItems")
	if v == nil || !c.dialect.tuples() {
		return
	}
	extra := c.sub(s, v)
	if a := s.arrays(); a.prefix != nil {
		a.rest, a.restKeyword = extra, "additionalItems"
	}
}

func (c *Compiler) objectKeyword(s *Schema, v *openapi.Node) {
	modern := c.dialect.modern()
	switch v.Key() {
	case "dependentRequired", "dependentSchemas", "unevaluatedProperties":
		if !modern {
			return
		}
	}
	o := s.objects()
	switch v.Key() {
	case "maxProperties":
		o.maxProperties = s.count(v)
	case "minProperties":
		o.minProperties = s.count(v)
	case "required":
		if c.dialect == OpenAPI20 && v.Is(openapi.Bool) {
			// Parameters have it so, and many schemas by mistake.
			s.flag = &Problem{Node: v, Message: "required is a boolean, not an array of strings"}
			return
		}
		for _, name := range c.names(s, v, c.dialect.draft04()) {
			o.required = append(o.required, requirement{name: name})
		}
	case "properties":
		if s.expect(v, openapi.Object); v.Is(openapi.Object) {
			o.declared = v
			o.properties = make([]property, v.Len())
			for i, p := range v.Children() {
				o.properties[i] = property{p.Key(), c.sub(s, p)}
			}
			integersFirst(o.properties)
			if len(o.properties) >= manyProperties {
				o.byName = make(map[string]*Schema, len(o.properties))
				for _, p := range o.properties {
					o.byName[p.name] = p.schema
				}
			}
		}
	case "patternProperties":
		if s.expect(v, openapi.Object); v.Is(openapi.Object) {
			for _, p := range v.Children() {
				o.patterns = append(o.patterns, patternProperty{c.pattern(s, p, p.Key()), c.sub(s, p)})
			}
		}
	case "additionalProperties":
		o.additional = c.sub(s, v)
	case "propertyNames":
		o.names = c.sub(s, v)
	case "dependencies", "dependentRequired", "dependentSchemas":
		c.dependencyKeyword(s, v, o)
	case "unevaluatedProperties":
		o.unevaluated = c.sub(s, v)
	}
}

// manyProperties is the number from which a value's members are looked up
// among the properties rather than the other way round.
const manyProperties = 8

func (c *Compiler) dependencyKeyword(s *Schema, v *openapi.Node, o *objectRules) {
	if s.expect(v, openapi.Object); !v.Is(openapi.Object) {
		return
	}
	var names, schemas []dependency
	for _, d := range v.Children() {
		one := dependency{keyword: v.Key(), name: d.Key()}
		if v.Key() == "dependentRequired" || v.Key() == "dependencies" && d.Is(openapi.Array) {
			one.needs = c.names(s, d, c.dialect.draft04())
			names = append(names, one)
		} else {
			one.schema = c.sub(s, d)
			schemas = append(schemas, one)
		}
	}
	switch v.Key() {
	case "dependencies":
		o.dependencies = append(names, schemas...)
	case "dependentRequired":
		o.dependents = append(names, o.dependents...)
	default:
		o.dependents = append(o.dependents, schemas...)
	}
}

// finishObject marks the required properties whose own schema is readOnly or
// writeOnly.
func (c *Compiler) finishObject(s *Schema) {
	if s.object == nil || s.object.declared == nil {
		return
	}
	for i := range s.object.required {
		r := &s.object.required[i]
		p := s.object.declared.Get(r.name)
		for range maxChain {
			if !p.Has("$ref") {
				r.readOnly = r.readOnly || p.Get("readOnly").IsTrue()
				r.writeOnly = r.writeOnly || p.Get("writeOnly").IsTrue()
				break
			}
			if c.dialect.modern() {
				r.readOnly = r.readOnly || p.Get("readOnly").IsTrue()
				r.writeOnly = r.writeOnly || p.Get("writeOnly").IsTrue()
			}
			p = c.follow(p)
		}
	}
}

// maxChain is how many references may follow one another.
const maxChain = 100

// names reads an array of unique strings.
func (c *Compiler) names(s *Schema, v *openapi.Node, filled bool) []string {
	if !v.Is(openapi.Array) {
		s.fault(v, "%s is %s, not an array of strings", v.Key(), v.Kind().WithArticle())
		return nil
	}
	if filled && v.Len() == 0 {
		s.fault(v, "%s holds no name", v.Key())
	}
	out := make([]string, 0, v.Len())
	seen := map[string]bool{}
	for _, n := range v.Children() {
		name, ok := n.Str()
		switch {
		case !ok:
			s.fault(n, "%s holds %s, not only strings", v.Key(), n.Kind().WithArticle())
		case seen[name]:
			s.fault(n, "%s names %q twice", v.Key(), name)
		default:
			out = append(out, name)
			seen[name] = true
		}
	}
	return out
}

// count reads a whole number that is not negative; -1 where it is none.
func (s *Schema) count(v *openapi.Node) int {
	i, ok := v.Int()
	if !ok || i < 0 {
		s.fault(v, "%s is %s, not a whole number from 0", v.Key(), quoted(v))
		return -1
	}
	return int(i)
}

func (s *Schema) numbers() *numberRules {
	if s.number == nil {
		s.number = &numberRules{}
	}
	return s.number
}

func (s *Schema) strings() *stringRules {
	if s.text == nil {
		s.text = &stringRules{maxLength: -1, minLength: -1}
	}
	return s.text
}

func (s *Schema) arrays() *arrayRules {
	if s.array == nil {
		s.array = &arrayRules{maxItems: -1, minItems: -1, minContains: 1, maxContains: -1}
	}
	return s.array
}

func (s *Schema) objects() *objectRules {
	if s.object == nil {
		s.object = &objectRules{maxProperties: -1, minProperties: -1}
	}
	return s.object
}

// integersFirst orders properties as JavaScript does: names that are array
// indexes by number, then the others as they are written.
func integersFirst(list []property) {
	if !slices.ContainsFunc(list, func(p property) bool { return p.name != "" && p.name[0] <= '9' && p.name[0] >= '0' }) {
		return
	}
	slices.SortStableFunc(list, func(a, b property) int {
		i, aok := arrayIndex(a.name)
		j, bok := arrayIndex(b.name)
		switch {
		case aok && bok:
			return i - j
		case aok:
			return -1
		case bok:
			return 1
		}
		return 0
	})
}

func arrayIndex(name string) (int, bool) {
	if name == "" || len(name) > 9 || len(name) > 1 && name[0] == '0' {
		return 0, false
	}
	i := 0
	for _, c := range []byte(name) {
		if c < '0' || c > '9' {
			return 0, false
		}
		i = 10*i + int(c-'0')
	}
	return i, true
}
