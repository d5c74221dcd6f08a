package match

import (
	"slices"
	"strings"

	"github.com/plumbapi/plumb/parity/internal/gql"
)

// reachable finds for every type the field that leads to it by the shortest
// way from the query type, fields that yield one thing before lists.
func (m *matcher) reachable() {
	m.cameBy = map[*gql.Type]*gql.Field{}
	q := m.gql.Source.Query
	if q == nil {
		return
	}
	root := m.gql.Type(q.Name)
	seen := map[*gql.Type]bool{root: true}
	level := []*gql.Type{root}
	for len(level) > 0 {
		var next []*gql.Type
		for _, lists := range [...]bool{false, true} {
			for _, t := range level {
				for _, f := range t.Fields {
					if f.List != lists || f.Target == nil || seen[f.Target] || f == m.gql.Node {
						continue
					}
					seen[f.Target] = true
					m.cameBy[f.Target] = f
					next = append(next, f.Target)
				}
			}
		}
		level = next
	}
}

// pathTo writes the way from a root field to a field, dotted; "" where there
// is none. It follows the places of the operation as far as it can.
func (m *matcher) pathTo(q *question, f *gql.Field) string {
	if f.Parent.Role == gql.Root {
		return f.Name
	}
	names := []string{f.Name}
	at := f.Parent
	for _, c := range q.chain {
		if at.Role == gql.Root || c == m.root {
			break
		}
		for _, l := range c.types[:min(3, len(c.types))] {
			if l.typ == at {
				continue
			}
			if up := fieldTo(l.typ, at); up != nil {
				names, at = append(names, up.Name), l.typ
				break
			}
		}
	}
	for steps := 0; at.Role != gql.Root; steps++ {
		up := m.rootFieldTo(q, at)
		if up == nil {
			up = m.cameBy[at]
		}
		if up == nil {
			up = m.cameByInterface(at)
		}
		if up == nil || steps > 8 {
			return ""
		}
		names, at = append(names, up.Name), up.Parent
	}
	slices.Reverse(names)
	return strings.Join(names, ".")
}

// fieldTo returns the field of a type that yields another: by a key before
// others, one thing before lists; nil where there is none.
func fieldTo(from, to *gql.Type) *gql.Field {
	var one, list *gql.Field
	for _, f := range from.Fields {
		switch {
		case f.Target != to || f.Deprecated:
		case !f.List && len(f.Args) > 0:
			return f
		case !f.List && one == nil:
			one = f
		case f.List && list == nil:
			list = f
		}
	}
	if one != nil {
		return one
	}
	return list
}

// rootFieldTo returns the query that yields a type: by a key where the path
// gives one, without where it does not.
func (m *matcher) rootFieldTo(q *question, t *gql.Type) *gql.Field {
	keyed := len(q.params.Words) > 0
	var other *gql.Field
	for _, f := range m.gql.Queries {
		if f.Target != t || f.List || f.Deprecated {
			continue
		}
		if (len(f.Args) > 0) == keyed {
			return f
		}
		if other == nil {
			other = f
		}
	}
	return other
}

func (m *matcher) cameByInterface(t *gql.Type) *gql.Field {
	for _, i := range t.Interfaces {
		if f := m.cameBy[i]; f != nil {
			return f
		}
	}
	for _, u := range m.gql.Types {
		if len(u.Possible) > 0 && contains(u.Possible, t) && m.cameBy[u] != nil {
			return m.cameBy[u]
		}
	}
	return nil
}
