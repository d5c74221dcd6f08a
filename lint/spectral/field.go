package spectral

import (
	"strings"

	"github.com/plumbapi/plumb/lint/internal/jsonpath"
	"github.com/plumbapi/plumb/openapi"
)

// field is what of a value a function looks at.
type field struct {
	keys  bool           // @key: each name of a member
	path  *jsonpath.Path // a JSONPath below the value
	names []string       // a way below it; empty for the value itself
}

// parseField reads field: "@key", a JSONPath that begins with $, or a way such
// as "contact.email" or "tags[0]".
func parseField(n *openapi.Node) (field, error) {
	text := n.Text()
	switch {
	case text == "":
		return field{}, nil
	case text == "@key":
		return field{keys: true}, nil
	case text == "$" || text[0] == '$' && strings.IndexByte(".[^~", text[1]) >= 0: // $ref is a name
		p, err := jsonpath.Parse(text)
		if err != nil {
			return field{}, wrong(n, "%v", err)
		}
		return field{path: p}, nil
	}
	var names []string
	for part := range strings.SplitSeq(text, ".") {
		name, rest, indexed := strings.Cut(part, "[")
		if name != "" {
			names = append(names, name)
		}
		for indexed {
			var index string
			index, rest, _ = strings.Cut(rest, "]")
			names = append(names, strings.Trim(index, `'"`))
			_, rest, indexed = strings.Cut(rest, "[")
		}
	}
	return field{names: names}, nil
}

// target is a value that a function is called with.
type target struct {
	// value is nil where there is none.
	value *openapi.Node
	// at is where findings about it are: the value, or the closest that is there.
	at *openapi.Node
	// route is the way to the value from the root, whether it is there or not.
	route []string
	// name says that the value is the name of the member at.
	name bool
}

// targets returns what a field of a match is.
func (f field) targets(d *Document, resolved bool, m jsonpath.Match) []target {
	route := m.Route()
	if m.Name {
		// Where the member is a reference that is followed, findings about its
		// name are at what it refers to, as Spectral has them.
		return []target{{openapi.NewString(m.Property()), m.Node(), route, true}}
	}
	node := m.Node()
	if !node.Is(openapi.Object) && !node.Is(openapi.Array) {
		return []target{{node, node, route, false}} // it can have no fields
	}
	switch {
	case f.keys:
		var list []target
		if node.Is(openapi.Object) {
			for _, c := range node.Children() {
				at := c
				if resolved {
					at = d.resolve(c)
				}
				list = append(list, target{openapi.NewString(c.Key()), at, with(route, c.Key()), true})
			}
		}
		return list
	case f.path != nil:
		return f.found(d, resolved, m, route)
	case len(f.names) == 0:
		return []target{{node, node, route, false}}
	}
	at, whole := node, with(route, f.names...)
	for _, name := range f.names {
		next := at.Get(name)
		if at.Is(openapi.Array) {
			next = at.Find(name)
		}
		if next != nil && resolved {
			next = d.resolve(next)
		}
		if next == nil {
			return []target{{nil, at, whole, false}}
		}
		at = next
	}
	return []target{{at, at, whole, false}}
}

// found are the targets that a JSONPath leads to, at least one.
func (f field) found(d *Document, resolved bool, m jsonpath.Match, route []string) []target {
	var follow func(*openapi.Node) *openapi.Node
	if resolved {
		follow = d.resolve
	}
	matches, _ := f.path.Select(jsonpath.NewTree(m.Node(), follow))
	var list []target
	for _, q := range matches {
		t := target{q.Node(), q.Node(), with(route, q.Route()...), q.Name}
		if q.Name {
			t.value, t.at = openapi.NewString(q.Property()), q.Holder()
		}
		list = append(list, t)
	}
	if list == nil {
		list = []target{{nil, m.Node(), route, false}}
	}
	return list
}

func with(route []string, names ...string) []string {
	return append(route[:len(route):len(route)], names...)
}
