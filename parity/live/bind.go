package live

import (
	"fmt"
	"slices"
	"strings"

	"github.com/plumbapi/plumb/graphql"
	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/parity"
)

// argument is an argument of a hop, or a field of its input object, with
// where its value comes from.
type argument struct {
	value *graphql.InputValue
	// path are the names from the argument of the hop down to the value.
	path     []string
	variable string
	// param is the parameter of REST that has the value; "" where constant
	// is the value.
	param    string
	constant any
}

// global reports whether the argument takes an ID, which GraphQL may write in
// another way than REST. Some schemas give the type ID to natural keys too.
func (a *argument) global() bool {
	_, key := keyRank(a.value.Name)
	return a.value.Type.Name == "ID" && (isID(a.value.Name) || !key)
}

// variant is one question: that of the probe, or one with a filter more.
type variant struct {
	label string
	rest  map[string]string // query parameters beside those of the probe
	args  []*filter
	hops  []*hop // those of the probe, with the filter and with variables
	query string
}

// filter is an argument that only some variants have.
type filter struct {
	hop *hop
	arg *argument
}

// bind finds where each argument of the query and each parameter of REST
// gets its value. It returns why there is none.
func (p *planner) bind(out *Probe) string {
	if reason := p.restParams(out); reason != "" {
		return reason
	}
	free := p.mapped(out)
	free = p.named(out, free)
	if reason := p.leftOver(out, free); reason != "" {
		return reason
	}
	p.sort(out)
	p.defaults(out)
	p.sizes(out)
	for _, h := range out.hops {
		if reason := unbound(h); reason != "" {
			return reason
		}
	}
	out.variants = append([]*variant{{}}, p.filters(out)...)
	return ""
}

// mapped binds path parameters, and query parameters that must be given, by
// the map of inputs. It returns the path parameters that the map does not
// have.
func (p *planner) mapped(out *Probe) (free []string) {
	params := out.path.params()
	for _, name := range params {
		p.addMapped(out, p.input(out, "path."+name), name)
	}
	for _, param := range p.doc.Parameters(out.source) {
		if name := param.Get("name").Text(); param.Get("in").Text() == "query" && needed(param) {
			p.addMapped(out, p.input(out, "query."+name), name)
		}
	}
	return slices.DeleteFunc(params, func(name string) bool {
		return slices.ContainsFunc(out.hops, func(h *hop) bool {
			return slices.ContainsFunc(h.args, func(a *argument) bool { return a.param == name })
		})
	})
}

// addMapped binds the argument that an input names. One that several
// parameters are mapped to, as all of a path are to a global ID, takes the
// last: that says which object.
func (p *planner) addMapped(out *Probe, in *parity.Input, param string) {
	if in == nil {
		return
	}
	h, a := locate(out.hops, in.GraphQL)
	if a == nil {
		return
	}
	a.param = param
	h.args = append(slices.DeleteFunc(h.args, func(b *argument) bool { return b.value == a.value }), a)
}

// input returns what the map of inputs has for a parameter of REST.
func (p *planner) input(out *Probe, rest string) *parity.Input {
	for _, in := range p.inputs[out.Operation] {
		if in.REST == rest && in.GraphQL != "" {
			return in
		}
	}
	return nil
}

// locate finds the argument that a coordinate names among those of the path.
func locate(hops []*hop, coordinate string) (*hop, *argument) {
	for _, h := range hops {
		for _, v := range h.field.Args {
			if path, leaf := locateIn(v, coordinate, 3); leaf != nil {
				return h, &argument{value: leaf, path: path}
			}
		}
	}
	return nil, nil
}

func locateIn(v *graphql.InputValue, coordinate string, depth int) ([]string, *graphql.InputValue) {
	if v.Coordinate() == coordinate {
		return []string{v.Name}, v
	}
	t := v.Type.Type()
	if depth == 0 || t == nil || t.Kind != graphql.InputObject {
		return nil, nil
	}
	for _, f := range t.InputFields {
		if path, leaf := locateIn(f, coordinate, depth-1); leaf != nil {
			return append([]string{v.Name}, path...), leaf
		}
	}
	return nil, nil
}

// named binds path parameters to arguments by their names: equal ones first,
// then those that end alike, then a parameter named after a thing to what
// identifies the thing, or to whatever must be given for it.
func (p *planner) named(out *Probe, free []string) []string {
	for _, alike := range [...]func(param string, h *hop, v *graphql.InputValue) bool{
		func(param string, _ *hop, v *graphql.InputValue) bool { return fold(param) == fold(v.Name) },
		func(param string, _ *hop, v *graphql.InputValue) bool { return endsAlike(param, v.Name) },
		func(param string, h *hop, v *graphql.InputValue) bool {
			_, key := keyRank(v.Name)
			return key && (about(param, h.field.Name) || about(out.path.noun(param), h.field.Name))
		},
		func(param string, h *hop, v *graphql.InputValue) bool {
			return v.Required() && about(out.path.noun(param), h.field.Name)
		},
	} {
		free = slices.DeleteFunc(free, func(param string) bool {
			for _, h := range out.hops {
				for _, v := range h.field.Args {
					if v.Type.IsList() || isPaging(v.Name) || h.has(v) || inputObject(v) || !alike(param, h, v) {
						continue
					}
					h.args = append(h.args, &argument{value: v, path: []string{v.Name}, param: param})
					return true
				}
			}
			return false
		})
	}
	return free
}

// leftOver judges path parameters that the query says nothing of. They do no
// harm where the last one is a global ID: that says all.
func (p *planner) leftOver(out *Probe, free []string) string {
	if len(free) == 0 {
		return ""
	}
	all := out.path.params()
	last := all[len(all)-1]
	for _, h := range out.hops {
		for _, a := range h.args {
			if a.param == last && a.global() {
				return ""
			}
		}
	}
	return fmt.Sprintf("nothing in the query says which {%s}", strings.Join(free, "}, {"))
}

// has reports whether an argument, or something in it, is bound.
func (h *hop) has(v *graphql.InputValue) bool {
	return slices.ContainsFunc(h.args, func(a *argument) bool { return a.path[0] == v.Name })
}

// unbound returns why a hop cannot be asked: an argument that must be given
// is not, or a field of an input object that is begun.
func unbound(h *hop) string {
	for _, v := range h.field.Args {
		if v.Required() && !h.has(v) {
			return fmt.Sprintf("no value is known for the argument %s", v.Coordinate())
		}
	}
	for _, a := range h.args {
		t := h.field.Arg(a.path[0]).Type.Type()
		for _, name := range a.path[1:] {
			for _, f := range t.InputFields {
				if f.Required() && !slices.ContainsFunc(h.args, func(b *argument) bool { return b.value == f || slices.Contains(b.path, f.Name) }) {
					return fmt.Sprintf("no value is known for %s", f.Coordinate())
				}
			}
			t = t.InputField(name).Type.Type()
		}
	}
	return ""
}

func inputObject(v *graphql.InputValue) bool {
	t := v.Type.Type()
	return t == nil || t.Kind == graphql.InputObject
}

// endsAlike reports whether one name is the end of the other: book_id and id.
func endsAlike(a, b string) bool {
	x, y := words(a), words(b)
	if len(x) < len(y) {
		x, y = y, x
	}
	return len(y) > 0 && slices.Equal(x[len(x)-len(y):], y)
}

// about reports whether two names are about one thing, in singular or plural.
func about(a, b string) bool {
	one := func(s string) string {
		s = fold(s)
		switch {
		case strings.HasSuffix(s, "ies") && len(s) > 4:
			return s[:len(s)-3] + "y"
		case strings.HasSuffix(s, "s") && !strings.HasSuffix(s, "ss") && len(s) > 3:
			return s[:len(s)-1]
		}
		return s
	}
	return fold(a) != "" && one(a) == one(b)
}

// needed reports whether a parameter of REST must be given.
func needed(param *openapi.Node) bool { return param.Get("required").IsTrue() }
