package live

import (
	"encoding/json"
	"strconv"
	"strings"
)

// take finds the objects in an answer of REST. It reports whether the answer
// has the form that the description gives it.
func (a *answer) take(value any) ([]any, bool) {
	return takeAt(value, a.steps)
}

func takeAt(value any, steps []string) ([]any, bool) {
	if len(steps) == 0 {
		return []any{value}, true
	}
	if steps[0] == each {
		list, ok := value.([]any)
		ok = ok || value == nil // an empty list
		var out []any
		for _, v := range list {
			in, okay := takeAt(v, steps[1:])
			ok = ok && okay
			out = append(out, in...)
		}
		return out, ok
	}
	object, ok := value.(map[string]any)
	if !ok {
		return nil, false
	}
	return takeAt(object[steps[0]], steps[1:])
}

// counts is the number beside the list in an envelope; nil where there is
// none.
func (a *answer) counts(value any) any {
	for _, step := range a.steps {
		object, ok := value.(map[string]any)
		if !ok {
			return nil
		}
		for _, name := range sortedNames(object) {
			for _, total := range totalNames {
				if fold(name) == total {
					if _, isNumber := number(scalarText(object[name])); isNumber {
						return object[name]
					}
				}
			}
		}
		value = object[step]
	}
	return nil
}

// listed is a list as GraphQL has it.
type listed struct {
	items []any
	paths []string
	total any  // nil where nothing counts them
	more  bool // a further page follows
	told  bool // the list says whether one does
	null  bool // there is no list
}

// extract takes the objects out of a list or a connection.
func extract(p *page, v any, path string) *listed {
	l := &listed{null: v == nil}
	list, name, inner := v, "", ""
	if p != nil {
		object, _ := v.(map[string]any)
		if p.nodes != "" {
			name = "/" + p.nodes
			list = object[p.nodes]
		} else {
			name, inner = "/"+p.edges, "/node"
			list = object[p.edges]
		}
		l.total = object[p.total]
		if info, ok := object["pageInfo"].(map[string]any); ok {
			l.more, l.told = info["hasNextPage"].(bool)
		}
	}
	items, _ := list.([]any)
	for i, item := range items {
		if inner != "" {
			item = member(item, "node")
		}
		l.items = append(l.items, item)
		l.paths = append(l.paths, path+name+"/"+strconv.Itoa(i)+inner)
	}
	return l
}

// whole reports whether the list is known to hold all objects: it says so, or
// it is shorter than it might be. A size of 0 means that nothing bounds it.
func (l *listed) whole(size int) bool {
	for _, item := range l.items {
		if item == nil {
			return false
		}
	}
	switch {
	case l.null:
		return false
	case l.told:
		return !l.more
	}
	return size == 0 || len(l.items) < size
}

// follow goes along the path of a query. It returns what stands at its end,
// and where.
func follow(hops []*hop, data any) (value any, path string) {
	var names []string
	for _, h := range hops {
		names = append(names, h.field.Name)
		data = member(data, h.field.Name)
		if data == nil {
			break
		}
	}
	return data, strings.Join(names, "/")
}

// unknownBound stands for a page that a server bounds in a way that is not
// known: no list is shorter than it.
const unknownBound = -1

// bound is how many objects a list holds at most; 0 where nothing bounds it.
func (h *hop) bound() int {
	for _, a := range h.args {
		if n, ok := a.constant.(int); ok {
			return n
		}
	}
	if h.page != nil {
		return unknownBound
	}
	return 0
}

// bound is the same of a list inside an object.
func (n *node) bound() int {
	if n.size == 0 && n.page != nil {
		return unknownBound
	}
	return n.size
}

// whole is a number as answers have it.
func whole(n int) any { return json.Number(strconv.Itoa(n)) }
