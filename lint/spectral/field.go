package spectral

import (
	"strconv"
	"strings"

	"github.com/plumbapi/plumb/lint/internal/ecma"
	"github.com/plumbapi/plumb/lint/internal/jsonpath"
	"github.com/plumbapi/plumb/openapi"
)

// field is what of a value a function looks at.
type field struct {
	keys  bool           // @key: each name of a member
	path  *jsonpath.Path // a JSONPath below the value
	whole string         // as it is written: a member may have that name
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
		p, err := jsonpath.ParsePlus(text)
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
	return field{whole: text, names: names}, nil
}

// target is a value that a function is called with.
type target struct {
	// value is nil where there is none.
	value *openapi.Node
	// at is where findings about it are: the value, or the closest that is there.
	at *openapi.Node
	// place and more are the way to the value from the root, whether it is there
	// or not; of more, the last names lead to nothing, missing in number.
	place   *jsonpath.Place
	more    []string
	missing int
	// name says that the value is the name of the member at.
	name bool
}

// route is the way to the value from the root.
func (t *target) route() []string { return with(t.place.Route(), t.more...) }

// targets returns what a field of a match is.
func (f field) targets(d *Document, resolved bool, m jsonpath.Match) []target {
	if m.Name {
		// Where the member is a reference that is followed, findings about its
		// name are at what it refers to, as Spectral has them.
		return []target{{value: openapi.NewString(m.Property()), at: m.Node(), place: m.Place, name: true}}
	}
	node := m.Node()
	if !node.Is(openapi.Object) && !node.Is(openapi.Array) {
		return []target{{value: node, at: node, place: m.Place}} // it can have no fields
	}
	switch {
	case f.keys:
		var list []target
		for _, c := range node.Children() {
			at := c
			if resolved {
				at = d.resolve(c)
			}
			name := jsonpath.NameOf(c)
			list = append(list, target{value: openapi.NewString(name), at: at, place: m.Place, more: []string{name}, name: node.Is(openapi.Object)})
		}
		if list == nil {
			list = []target{{at: node, place: m.Place}}
		}
		return list
	case f.path != nil:
		return f.found(d, resolved, m)
	case len(f.names) == 0:
		return []target{{value: node, at: node, place: m.Place}}
	}
	return []target{f.below(d, resolved, m)}
}

// below is what a way leads to.
func (f field) below(d *Document, resolved bool, m jsonpath.Match) target {
	t := target{at: m.Node(), place: m.Place, more: f.names}
	if c := t.at.Get(f.whole); c != nil && len(f.names) > 1 {
		t.more = []string{f.whole}
	}
	for i, name := range t.more {
		next := t.at.Get(name)
		if t.at.Is(openapi.Array) {
			next = t.at.Find(name)
		}
		if next != nil && resolved {
			next = d.resolve(next)
		}
		if next == nil {
			t.missing = len(t.more) - i
			if name == "length" && t.missing == 1 {
				t.value = length(t.at)
			}
			return t
		}
		t.at = next
	}
	t.value = t.at
	return t
}

// length is the member length that arrays and texts have, nil for all else.
func length(n *openapi.Node) *openapi.Node {
	var count int
	switch {
	case n.Is(openapi.Array):
		count = n.Len()
	case n.Is(openapi.String):
		count = ecma.Length(n.Text())
	default:
		return nil
	}
	of, _ := openapi.ParseTree("length", []byte(strconv.Itoa(count)))
	return of
}

// found are the targets that a JSONPath leads to, at least one.
func (f field) found(d *Document, resolved bool, m jsonpath.Match) []target {
	var follow func(*openapi.Node) *openapi.Node
	if resolved {
		follow = d.resolve
	}
	matches, _ := f.path.Select(jsonpath.NewTree(m.Node(), follow))
	var list []target
	for _, q := range matches {
		t := target{value: q.Node(), at: q.Node(), place: m.Place, more: q.Route(), name: q.Name}
		if q.Name {
			t.value, t.at = openapi.NewString(q.Property()), q.Holder()
		}
		list = append(list, t)
	}
	if list == nil {
		list = []target{{at: m.Node(), place: m.Place}}
	}
	return list
}

func with(route []string, names ...string) []string {
	return append(route[:len(route):len(route)], names...)
}
