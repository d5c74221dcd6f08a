package drift

import (
	"regexp"

	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/openapi/jsonschema"
)

// maxWork bounds the schemas that are looked at for one payload.
const maxWork = 5_000_000

// budget is the work that may be done yet.
type budget int

func (b *budget) spend(n int) bool {
	*b -= budget(n)
	return *b >= 0
}

// walk goes over a payload beside its schemas. It finds the members that
// nobody described, and remembers for each value where its schemas are
// written.
type walk struct {
	d      *Description
	budget budget
	found  []misfit
	// written are the schemas of values as they are written, references
	// unresolved.
	written map[*openapi.Node][]*openapi.Node
}

// value looks at a value that all of the schemas are for.
func (w *walk) value(schemas []*openapi.Node, v *openapi.Node) {
	if len(schemas) == 0 || !w.budget.spend(1) {
		return
	}
	w.written[v] = schemas
	switch v.Kind() {
	case openapi.Object:
		w.object(w.d.flat(schemas, &w.budget), v)
	case openapi.Array:
		w.array(w.d.flat(schemas, &w.budget), v)
	}
}

// object looks at the members of an object. A member is unknown where its
// object has members that are described, or may have no others, and no schema
// that has a say about the object knows it.
func (w *walk) object(flat []*openapi.Node, v *openapi.Node) {
	var at *openapi.Node // where an unknown member would be described
	for _, s := range flat {
		if s.Get("properties").Len() > 0 {
			at = s
			break
		}
		if a := s.Get("additionalProperties"); at == nil && a.Is(openapi.Bool) && !a.IsTrue() {
			at = s
		}
	}
	for _, c := range v.Children() {
		schemas, known := w.member(flat, c.Key())
		switch {
		case known:
			w.value(schemas, c)
		case at != nil:
			w.found = append(w.found, misfit{kind: Unknown, schema: at, member: c.Key(), instance: c})
		}
	}
}

// member returns the schemas of a member, and whether it is described.
func (w *walk) member(flat []*openapi.Node, name string) (schemas []*openapi.Node, known bool) {
	if !w.budget.spend(len(flat)) {
		return nil, true
	}
	var others []*openapi.Node
	for _, s := range flat {
		if p := s.Get("properties").Get(name); p != nil {
			schemas, known = append(schemas, p), true
		}
		for _, p := range s.Get("patternProperties").Children() {
			if w.d.matches(p.Key(), name) {
				schemas, known = append(schemas, p), true
			}
		}
		for _, key := range []string{"additionalProperties", "unevaluatedProperties"} {
			if a := s.Get(key); a.Is(openapi.Object) {
				others = append(others, a)
			}
		}
	}
	if !known && len(others) > 0 {
		return others, true
	}
	return schemas, known
}

// array looks at the items of an array.
func (w *walk) array(flat []*openapi.Node, v *openapi.Node) {
	for i, c := range v.Children() {
		var schemas []*openapi.Node
		for _, s := range flat {
			items, tuple := s.Get("items"), s.Get("prefixItems")
			if items.Is(openapi.Array) {
				items, tuple = s.Get("additionalItems"), items
			}
			switch {
			case i < tuple.Len():
				schemas = append(schemas, tuple.At(i))
			case items.Is(openapi.Object):
				schemas = append(schemas, items)
			}
		}
		w.value(schemas, c)
	}
}

// flat returns the schemas that have a say about a value, references resolved,
// those that they are composed of too, each once. Alternatives count whether
// they fit or not: a member that one of them knows is described.
func (d *Description) flat(schemas []*openapi.Node, b *budget) []*openapi.Node {
	out := make([]*openapi.Node, 0, len(schemas))
	seen := make(map[*openapi.Node]bool, len(schemas))
	todo := append([]*openapi.Node{}, schemas...)
	for len(todo) > 0 && b.spend(1) {
		s := todo[0]
		todo = todo[1:]
		if seen[s] || !s.Is(openapi.Object) {
			continue
		}
		seen[s] = true
		out = append(out, s)
		if s.Get("$ref").Is(openapi.String) {
			todo = append(todo, d.follow(s))
		}
		for _, key := range []string{"allOf", "anyOf", "oneOf"} {
			todo = append(todo, s.Get(key).Children()...)
		}
		for _, key := range []string{"if", "then", "else"} {
			todo = append(todo, s.Get(key))
		}
		todo = append(todo, s.Get("dependentSchemas").Children()...)
	}
	return out
}

// memberPattern is a compiled key of patternProperties, nil where Go cannot run
// it.
type memberPattern struct{ re *regexp.Regexp }

// matches reports whether a name matches a pattern of ECMA-262. A pattern that
// Go cannot run matches anything.
func (d *Description) matches(pattern, name string) bool {
	p := d.patterns[pattern]
	if p == nil {
		p = &memberPattern{}
		if text, err := jsonschema.GoPattern(pattern); err == nil {
			if re, err := regexp.Compile(text); err == nil {
				p.re = re
			}
		}
		d.patterns[pattern] = p
	}
	return p.re == nil || p.re.MatchString(name)
}
