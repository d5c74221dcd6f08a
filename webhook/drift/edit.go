package drift

import (
	"slices"

	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/openapi/sample"
)

// actions are what changes a schema. A keyword that gets another value is
// removed first: what becomes of two lists that meet is not the same in all
// tools that apply overlays, and so applying twice does no harm.
func (e *edit) actions() []Action {
	var removed []string
	update := &sample.Value{Kind: openapi.Object}
	set := func(keyword string, v *sample.Value) {
		if e.schema.Has(keyword) && !slices.Contains(removed, keyword) {
			removed = append(removed, keyword)
		}
		if v != nil {
			update.Members = append(update.Members, sample.Member{Name: keyword, Value: v})
		}
	}
	if len(e.optional) > 0 {
		set("required", e.required())
	}
	e.setTypes(set)
	if len(e.values) > 0 || e.null && e.schema.Has("enum") {
		set("const", nil)
		set("enum", e.enum())
	}
	if e.nullRef {
		ref := &sample.Value{Kind: openapi.Object, Members: []sample.Member{{Name: "$ref", Value: sample.Of(e.schema.Get("$ref"))}}}
		set("$ref", nil)
		set("anyOf", list(ref, typed("null")))
	}
	if e.anyOf && !e.schema.Has("anyOf") {
		set("anyOf", sample.Of(e.schema.Get("oneOf")))
		set("oneOf", nil)
	}
	for _, keyword := range e.drop {
		set(keyword, nil)
	}
	if len(e.members) > 0 {
		properties := &sample.Value{Kind: openapi.Object}
		for _, m := range e.members {
			properties.Members = append(properties.Members, sample.Member{Name: m.name, Value: infer(m.values, e.version)})
		}
		update.Members = append(update.Members, sample.Member{Name: "properties", Value: properties})
	}
	at := pathOf(e.schema)
	var out []Action
	for _, keyword := range removed {
		out = append(out, Action{Target: at + step(keyword), Remove: true})
	}
	if len(update.Members) > 0 {
		out = append(out, Action{Target: at, Update: update})
	}
	return out
}

// required is what still has to be there, nil where nothing has to.
func (e *edit) required() *sample.Value {
	v := &sample.Value{Kind: openapi.Array}
	for _, c := range e.schema.Get("required").Children() {
		if !slices.Contains(e.optional, c.Text()) {
			v.Items = append(v.Items, sample.Of(c))
		}
	}
	if len(v.Items) == 0 {
		return nil
	}
	return v
}

// setTypes lets further types be. Before 3.1 a schema has one type at most, and
// nullable says that null may be too.
func (e *edit) setTypes(set func(string, *sample.Value)) {
	types := typesOf(e.schema.Get("type"))
	given := len(types)
	for _, t := range e.types {
		if !slices.Contains(types, t) && (t != "null" || e.version >= openapi.V31) {
			types = append(types, t)
		}
	}
	switch {
	case e.version >= openapi.V31:
		if e.null && given > 0 && !slices.Contains(types, "null") {
			types = append(types, "null")
		}
		if len(types) == given {
			return
		}
		v := &sample.Value{Kind: openapi.Array}
		for _, t := range types {
			v.Items = append(v.Items, sample.String(t))
		}
		set("type", v)
	case len(types) > given && !e.schema.Has("anyOf"):
		alternatives := list()
		for _, t := range types {
			alternatives.Items = append(alternatives.Items, typed(t))
			if e.null || e.schema.Get("nullable").IsTrue() {
				last := alternatives.Items[len(alternatives.Items)-1]
				last.Members = append(last.Members, sample.Member{Name: "nullable", Value: truth()})
			}
		}
		set("type", nil)
		set("nullable", nil)
		set("anyOf", alternatives)
	case len(types) > given:
		set("type", nil)
	case e.null:
		set("nullable", truth())
	}
}

// enum is what a value may be by now.
func (e *edit) enum() *sample.Value {
	v := list()
	seen := map[string]bool{}
	add := func(n *sample.Value) {
		if key := n.JSON(); !seen[key] {
			seen[key] = true
			v.Items = append(v.Items, n)
		}
	}
	if c := e.schema.Get("const"); c != nil {
		add(sample.Of(c))
	}
	for _, c := range e.schema.Get("enum").Children() {
		add(sample.Of(c))
	}
	for _, c := range e.values {
		add(sample.Of(c))
	}
	if e.null {
		add(&sample.Value{Kind: openapi.Null, Text: "null"})
	}
	return v
}

func list(items ...*sample.Value) *sample.Value {
	return &sample.Value{Kind: openapi.Array, Items: items}
}

func typed(name string) *sample.Value {
	return &sample.Value{Kind: openapi.Object, Members: []sample.Member{{Name: "type", Value: sample.String(name)}}}
}

func truth() *sample.Value { return &sample.Value{Kind: openapi.Bool, Text: "true"} }
