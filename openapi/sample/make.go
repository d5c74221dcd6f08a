package sample

import (
	"errors"
	"slices"

	"github.com/plumbapi/plumb/openapi"
)

// make makes a value that matches all of the schemas.
func (r *run) make(schemas []*openapi.Node) (*Value, error) {
	if r.depth++; r.depth > maxDepth {
		r.depth--
		return nil, r.fail(schemas[0], "the schema nests deeper than %d levels", maxDepth)
	}
	defer func() { r.depth-- }()
	r.left--
	return r.choose(schemas, nil)
}

// choose makes a value with alternatives chosen, and tries those that are
// open one after the other. The first whose value matches all is taken.
func (r *run) choose(schemas []*openapi.Node, choices map[*openapi.Node]int) (*Value, error) {
	if r.steps--; r.steps < 0 {
		return nil, r.fail(schemas[0], "the schema has too many alternatives to try")
	}
	s := r.collect(schemas, choices)
	if v := r.given(schemas, s, len(choices) == 0); v != nil {
		return v, nil
	}
	if s.kinds == 0 {
		return nil, r.fail(schemas[0], "no type is left that the schema allows")
	}
	if s.pending == nil {
		return r.whole(schemas, s)
	}
	g := s.pending
	count := len(g.schemas)
	if g.node.Key() == "anyOf" {
		count++ // none of them
	}
	if choices == nil {
		choices = map[*openapi.Node]int{}
	}
	var first error
	var nearest *Value // the first that was made, though it does not match
	start := r.pick(len(g.schemas))
	for k := range count {
		i := k
		if k < len(g.schemas) {
			i = (start + k) % len(g.schemas)
		}
		choices[g.node] = i
		v, err := r.choose(schemas, choices)
		if err == nil {
			return v, nil
		}
		if first == nil || endless(first) {
			first = err
		}
		if nearest == nil {
			nearest = v
		}
	}
	delete(choices, g.node)
	if nearest != nil && g.holder.Has("discriminator") {
		// Alternatives that only their discriminator tells apart match all at
		// once: what is meant is clear all the same.
		r.note(g.holder, "values match more than one of %s, and are told apart by the discriminator alone", g.node.Key())
		return nearest, nil
	}
	if s.kinds&isNull != 0 && s.kinds != anyKind {
		if v := null(); r.m.fits(schemas, v) {
			return v, nil
		}
	}
	return nil, first
}

// whole makes the value of a shape in which nothing is open, and holds it
// against the schemas where more than shapes know is asked.
func (r *run) whole(schemas []*openapi.Node, s *shape) (*Value, error) {
	for _, n := range s.nodes {
		if !r.open[n] {
			continue
		}
		if s.kinds&isNull != 0 && s.kinds != anyKind {
			return null(), nil
		}
		return nil, &fault{r.place(), n, "the schema asks for itself without end", true}
	}
	for _, n := range s.nodes {
		// Of a schema with alternatives it is the alternative that comes again.
		if n.Get("oneOf").Len() == 0 && n.Get("anyOf").Len() == 0 {
			r.open[n] = true
		}
	}
	v, err := r.build(s)
	for _, n := range s.nodes {
		delete(r.open, n)
	}
	switch {
	case err != nil && s.kinds&isNull != 0 && s.kinds != anyKind && endless(err):
		v = null()
	case err != nil:
		return nil, err
	}
	if s.checked && !r.m.fits(schemas, v) {
		return v, r.fail(schemas[0], "no value was found that the schema allows")
	}
	return v, nil
}

func endless(err error) bool {
	var f *fault
	return errors.As(err, &f) && f.endless
}

func null() *Value { return &Value{Kind: openapi.Null, Text: "null"} }

// given returns the value that the schemas themselves give, where it matches
// them all: an example, a default, a constant, a member of an enum.
func (r *run) given(schemas []*openapi.Node, s *shape, examples bool) *Value {
	if examples {
		for _, n := range s.nodes {
			for _, e := range examplesOf(n) {
				if v := r.take(schemas, s, e); v != nil {
					return v
				}
			}
		}
	}
	for _, n := range s.constant {
		if r.m.allows(schemas, n) {
			return Of(n)
		}
	}
	for _, e := range s.enums {
		list := e.Children()
		start := r.pick(len(list))
		for i := range list {
			n := list[(start+i)%len(list)]
			if n.Is(openapi.Null) && len(list) > 1 {
				continue
			}
			if len(s.enums) == 1 && len(s.constant) == 0 && plain(s) || r.m.allows(schemas, n) {
				return Of(n)
			}
		}
	}
	return nil
}

// plain reports whether an enum's value needs no more than its type.
func plain(s *shape) bool {
	return s.pending == nil && !s.checked && len(s.patterns) == 0 && len(s.nodes) == 1 && len(s.formats) == 0
}

// take returns an example that matches, without what does not belong on this
// side. Where items have to differ, only the first may be the example.
func (r *run) take(schemas []*openapi.Node, s *shape, e *openapi.Node) *Value {
	if r.variant > 0 {
		return nil
	}
	v := Of(e)
	if e.Is(openapi.Object) || e.Is(openapi.Array) {
		if v = r.strip(v, s, 0); !r.m.fits(schemas, v) {
			return nil
		}
	} else if !r.m.allows(schemas, e) {
		return nil
	}
	r.left -= size(v)
	return v
}

func size(v *Value) int {
	n := 1
	for _, c := range v.Items {
		n += size(c)
	}
	for _, m := range v.Members {
		n += size(m.Value)
	}
	return n
}

// strip leaves out the members that do not belong to this side.
func (r *run) strip(v *Value, s *shape, depth int) *Value {
	if depth > maxDepth || r.steps < 0 {
		return v
	}
	switch v.Kind {
	case openapi.Object:
		kept := v.Members[:0:0]
		for _, m := range v.Members {
			schemas := s.member(m.Name)
			if schemas == nil {
				kept = append(kept, m)
				continue
			}
			sub := r.collect(schemas, nil)
			if r.foreign(sub) {
				continue
			}
			kept = append(kept, Member{m.Name, r.strip(m.Value, sub, depth+1)})
		}
		v.Members = kept
	case openapi.Array:
		sub := r.collect(s.items, nil)
		for i := range v.Items {
			v.Items[i] = r.strip(v.Items[i], sub, depth+1)
		}
	}
	return v
}

// foreign reports whether members of the shape belong to the other side only.
func (r *run) foreign(s *shape) bool {
	if r.m.opts.Response {
		return s.writeOnly
	}
	return s.readOnly
}

// foreignTo reports the same of schemas that hold together, without making
// their shape.
func (r *run) foreignTo(schemas []*openapi.Node) bool {
	key := "readOnly"
	if r.m.opts.Response {
		key = "writeOnly"
	}
	var found seen
	for _, n := range schemas {
		if r.says(n, key, &found, 0) {
			return true
		}
	}
	return false
}

// says reports whether a keyword is true in a schema, in what it refers to or
// in its allOf.
func (r *run) says(n *openapi.Node, key string, found *seen, depth int) bool {
	if n == nil || depth > maxDepth || !found.add(n) {
		return false
	}
	r.steps--
	if ref := r.m.doc.Ref(n); ref != nil {
		if r.says(ref.Target, key, found, depth+1) {
			return true
		}
		if r.m.doc.Version() < openapi.V31 {
			return false
		}
	}
	if n.Get(key).IsTrue() {
		return true
	}
	for _, sub := range n.Get("allOf").Children() {
		if r.says(sub, key, found, depth+1) {
			return true
		}
	}
	return false
}

// examplesOf returns the values that a schema gives as examples and default.
func examplesOf(n *openapi.Node) []*openapi.Node {
	var list []*openapi.Node
	for _, key := range []string{"example", "x-example"} {
		if v := n.Get(key); v != nil {
			list = append(list, v)
		}
	}
	if v := n.Get("examples"); v.Is(openapi.Array) {
		list = append(list, v.Children()...)
	}
	if v := n.Get("default"); v != nil && !v.Is(openapi.Null) {
		list = append(list, v)
	}
	return list
}

// build makes the value of a shape.
func (r *run) build(s *shape) (*Value, error) {
	switch r.kind(s) {
	case isBoolean:
		text := "true"
		if r.pick(2) == 1 {
			text = "false"
		}
		return &Value{Kind: openapi.Bool, Text: text}, nil
	case isInteger:
		return r.number(s, true)
	case isNumber:
		return r.number(s, false)
	case isString:
		return r.string(s)
	case isArray:
		return r.array(s)
	case isObject:
		return r.object(s)
	}
	return null(), nil
}

// kind decides on a type: the first that is named, or the one that the
// keywords speak of.
func (r *run) kind(s *shape) kinds {
	if s.kinds == anyKind {
		return speaksOf(s)
	}
	left := s.kinds &^ isNull
	if left == 0 {
		return isNull
	}
	if both := left & s.first; both != 0 {
		left = both
	}
	if left&isNumber != 0 {
		return isNumber
	}
	for _, k := range []kinds{isObject, isArray, isString, isInteger, isBoolean} {
		if left&k != 0 {
			return k
		}
	}
	return isNull
}

func speaksOf(s *shape) kinds {
	switch {
	case len(s.members) > 0 || len(s.required) > 0 || len(s.additional) > 0 || len(s.byPattern) > 0 || s.minMembers > 0 || s.maxMembers >= 0:
		return isObject
	case len(s.items) > 0 || len(s.prefix) > 0 || s.minItems > 0 || s.maxItems >= 0 || s.unique:
		return isArray
	case len(s.patterns) > 0 || s.minLength > 0 || s.maxLength >= 0:
		return isString
	case s.min != nil || s.max != nil || len(s.multiples) > 0:
		return isNumber
	case slices.ContainsFunc(s.formats, func(f string) bool { return f == "int32" || f == "int64" }):
		return isInteger
	case slices.ContainsFunc(s.formats, func(f string) bool { return f == "float" || f == "double" }):
		return isNumber
	}
	return isString
}
