package apidocs

import "github.com/plumbapi/plumb/openapi"

// limits says in words what a schema asks of a value besides its type.
func limits(n *openapi.Node) []string {
	var out []string
	add := func(key, before, after string) {
		if v := n.Get(key); v != nil && v.Text() != "" {
			out = append(out, before+v.Text()+after)
		}
	}
	bound := func(key, exclusive, at, beyond string) {
		switch e := n.Get(exclusive); {
		case e.Is(openapi.Number): // 3.1
			out = append(out, beyond+e.Text())
		case e.IsTrue():
			add(key, beyond, "")
			return
		}
		add(key, at, "")
	}
	bound("minimum", "exclusiveMinimum", "at least ", "more than ")
	bound("maximum", "exclusiveMaximum", "at most ", "less than ")
	add("multipleOf", "a multiple of ", "")
	add("minLength", "at least ", " characters")
	add("maxLength", "at most ", " characters")
	add("minItems", "at least ", " items")
	add("maxItems", "at most ", " items")
	if n.Get("uniqueItems").IsTrue() {
		out = append(out, "no item twice")
	}
	add("minProperties", "at least ", " members")
	add("maxProperties", "at most ", " members")
	add("pattern", "matches ", "")
	return out
}
