package drift

import (
	"slices"

	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/openapi/sample"
)

// The bounds of a schema that is learned from values.
const (
	inferDepth   = 6
	inferMembers = 200
)

// infer learns a schema from values: their types, the members of objects, none
// of them required, and the items of arrays. What was null only may be
// anything.
func infer(values []*openapi.Node, version openapi.Version) *sample.Value {
	return inferWithin(values, version, inferDepth)
}

func inferWithin(values []*openapi.Node, version openapi.Version, depth int) *sample.Value {
	schema := &sample.Value{Kind: openapi.Object}
	var types []string
	null := false
	for _, v := range values {
		switch t := typeOf(v); {
		case t == "null":
			null = true
		case !slices.Contains(types, t):
			types = append(types, t)
		}
	}
	if i := slices.Index(types, "integer"); i >= 0 && slices.Contains(types, "number") {
		types = slices.Delete(types, i, i+1)
	}
	slices.Sort(types)
	if len(types) == 0 || len(types) > 1 && version < openapi.V31 {
		return schema
	}
	add := func(name string, v *sample.Value) {
		schema.Members = append(schema.Members, sample.Member{Name: name, Value: v})
	}
	if null && version >= openapi.V31 {
		types = append(types, "null")
	}
	if len(types) == 1 {
		add("type", sample.String(types[0]))
	} else {
		v := list()
		for _, t := range types {
			v.Items = append(v.Items, sample.String(t))
		}
		add("type", v)
	}
	if null && version < openapi.V31 {
		add("nullable", truth())
	}
	if depth == 0 {
		return schema
	}
	if slices.Contains(types, "object") {
		if members := inferMembersOf(values, version, depth); len(members.Members) > 0 {
			add("properties", members)
		}
	}
	if slices.Contains(types, "array") {
		var items []*openapi.Node
		for _, v := range values {
			if v.Is(openapi.Array) {
				items = append(items, v.Children()[:min(v.Len(), maxValues)]...)
			}
		}
		add("items", inferWithin(items, version, depth-1))
	}
	return schema
}

// inferMembersOf learns the members of objects. Objects with a great many have
// names that are data.
func inferMembersOf(values []*openapi.Node, version openapi.Version, depth int) *sample.Value {
	var names []string
	byName := map[string][]*openapi.Node{}
	for _, v := range values {
		if !v.Is(openapi.Object) {
			continue
		}
		for _, c := range v.Children() {
			if byName[c.Key()] == nil {
				names = append(names, c.Key())
			}
			byName[c.Key()] = append(byName[c.Key()], c)
		}
	}
	members := &sample.Value{Kind: openapi.Object}
	if len(names) > inferMembers {
		return members
	}
	for _, name := range names {
		members.Members = append(members.Members, sample.Member{Name: name, Value: inferWithin(byName[name], version, depth-1)})
	}
	return members
}
