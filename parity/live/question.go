package live

import (
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strings"
)

// cell is an object that a list has shown: what may stand for a parameter.
type cell struct {
	rest map[string]any
	gql  map[string]any // nil where no object of GraphQL was joined
	id   any            // the global ID, where GraphQL shows one
}

// row is a cell for each parameter of a path.
type row []cell

// question is one probe with one row of the table: the same for both sides.
type question struct {
	probe   *Probe
	variant *variant
	row     row

	path  string
	query url.Values
	vars  map[string]any
	// name is what the question is about, masked.
	name string
	// sureREST and sureGraphQL say that the side itself has shown the object,
	// or that natural keys name it: it has to be there.
	sureREST, sureGraphQL bool
}

// question makes the question for a row. It returns nil and why where the
// row has no value for a parameter.
func (r *run) question(p *Probe, v *variant, from row, fixed fixtureRow) (*question, string) {
	q := &question{probe: p, variant: v, row: from, query: url.Values{}, vars: map[string]any{}, sureREST: len(from) > 0, sureGraphQL: true}
	params := map[string]string{}
	for i, name := range p.path.params() {
		value, ok := fixed.rest[name]
		if !ok && len(from) > i {
			value, ok = paramValue(name, p.path.noun(name), r.typeOf(p, name), from[i].rest)
		}
		if !ok {
			if value, ok = r.opts.Fixtures.value(name); !ok {
				return nil, fmt.Sprintf("no value is known for {%s}", name)
			}
		}
		params[name] = value
		q.name += r.mask.value(name, value) + " "
	}
	q.name = strings.TrimSpace(q.name)
	q.path = p.path.fill(params)
	q.fill(p.rest)
	q.fill(v.rest)
	for name, value := range fixed.rest {
		if _, inPath := params[name]; !inPath {
			q.query.Set(name, value)
			params[name] = value
		}
	}
	for _, h := range v.hops {
		for _, a := range h.args {
			if reason := r.argument(q, a, params, fixed); reason != "" {
				return nil, reason
			}
		}
	}
	return q, ""
}

func (q *question) fill(values map[string]string) {
	for name, value := range values {
		q.query.Set(name, value)
	}
}

// argument gives an argument its value: that of the fixtures, a constant, a
// global ID that GraphQL or REST has shown, or what REST is asked with.
func (r *run) argument(q *question, a *argument, params map[string]string, fixed fixtureRow) string {
	if text, ok := fixed.graphql[a.value.Name]; ok {
		q.vars[a.variable] = convert(a.value.Type, text)
		return ""
	}
	if a.constant != nil {
		q.vars[a.variable] = a.constant
		return ""
	}
	value, ok := params[a.param]
	if !ok {
		if value, ok = r.opts.Fixtures.value(a.param); !ok {
			return fmt.Sprintf("no value is known for the parameter %q", a.param)
		}
		q.query.Set(a.param, value)
	}
	if i := slices.Index(q.probe.path.params(), a.param); i >= 0 {
		known, sure := a.fromCell(q, i, value)
		value = known
		q.sureGraphQL = q.sureGraphQL && sure
	}
	v := convert(a.value.Type, value)
	if v == nil {
		return fmt.Sprintf("the value of {%s} is no %s", a.param, a.value.Type)
	}
	q.vars[a.variable] = v
	return ""
}

// fromCell is what names the object of a cell to GraphQL: its global ID, or
// the member that is named like the argument; else what REST is asked with.
// It is sure where the answers have shown that they belong together.
func (a *argument) fromCell(q *question, i int, value string) (text string, sure bool) {
	var c cell
	if i < len(q.row) {
		c = q.row[i]
	}
	if a.global() {
		if id, sure := c.globalID(); id != "" {
			return id, sure
		}
		return value, false
	}
	if endsAlike(a.param, a.value.Name) {
		return value, true // one natural key asks both sides
	}
	for _, object := range [...]map[string]any{c.gql, c.rest} {
		switch v := folded(object, a.value.Name).(type) {
		case string, json.Number:
			return scalarText(v), true
		}
	}
	return value, false
}

// globalID is the ID by which GraphQL knows the object; sure where GraphQL
// has shown it itself.
func (c cell) globalID() (id string, sure bool) {
	if c.id != nil {
		return scalarText(c.id), true
	}
	for _, name := range sortedNames(c.rest) {
		if slices.Contains(globalNames, fold(name)) {
			if text, ok := c.rest[name].(string); ok {
				return text, true
			}
		}
	}
	return "", false
}

// paramValue takes the value of a path parameter from an object: of the
// member with its name, of the one that its name ends with (book_id: id), or
// where the parameter is named after the thing, of what identifies it, first
// of what has the type of the parameter.
func paramValue(param, noun, typ string, object map[string]any) (string, bool) {
	members := map[string]string{}
	for _, name := range sortedNames(object) {
		if _, taken := members[fold(name)]; !taken {
			members[fold(name)] = name
		}
	}
	take := func(name string, alike bool) (string, bool) {
		member, ok := members[name]
		if !ok {
			return "", false
		}
		switch v := object[member].(type) {
		case json.Number:
			return v.String(), !alike || typ != "string"
		case string:
			return v, v != "" && (typ != "integer" || digits.MatchString(v))
		}
		return "", false
	}
	w := words(param)
	for i := range w {
		if v, ok := take(strings.Join(w[i:], ""), false); ok {
			return v, true
		}
	}
	if len(w) == 0 {
		return "", false
	}
	names := keyNames
	if !about(param, noun) {
		names = standIns[w[len(w)-1]]
	}
	for _, alike := range [...]bool{true, false} {
		for _, name := range names {
			if v, ok := take(name, alike); ok {
				return v, true
			}
		}
	}
	return "", false
}

// standIns are other names for what a parameter holds.
var standIns = map[string][]string{
	"username": {"login", "name"}, "login": {"username", "name"}, "user": {"username", "login", "id"},
	"number": {"iid", "id"}, "iid": {"number"}, "slug": {"path", "key", "name"}, "key": {"slug", "code", "name"},
	"path": {"fullpath", "slug"}, "name": {"slug"}, "uuid": {"id"}, "code": {"key", "id"},
}

func sortedNames(m map[string]any) []string {
	names := make([]string, 0, len(m))
	for name := range m {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}
