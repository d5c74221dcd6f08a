package live

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/plumbapi/plumb/graphql"
	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/parity"
)

// restParams gives the query parameters of REST that must be given, or that
// say how much of a list is shown, their values. It returns why one has none.
func (p *planner) restParams(out *Probe) string {
	out.rest, out.size, out.paged = map[string]string{}, 0, false
	for _, param := range p.doc.Parameters(out.source) {
		name, in := param.Get("name").Text(), param.Get("in").Text()
		if in != "query" {
			if needed(param) && in != "path" {
				return fmt.Sprintf("no value is known for the %s parameter %q", in, name)
			}
			continue
		}
		switch {
		case out.List && isSize(name):
			out.size = p.perPage()
			if most, ok := p.paramSchema(param).Get("maximum").Int(); ok && most > 0 && int(most) < out.size {
				out.size = int(most)
			}
			out.rest[name] = strconv.Itoa(out.size)
			out.paged = true
		case isPaging(name):
			out.paged = true
		case !needed(param) || p.opts.Fixtures.names(out.Operation, name):
		default:
			value, ok := p.sample(param)
			if !ok || out.Pair != nil && p.input(out, "query."+name) == nil {
				return fmt.Sprintf("no value is known for the query parameter %q", name)
			}
			out.rest[name] = value
		}
	}
	return ""
}

// paramSchema is the schema of a parameter; in 2.0 the parameter itself.
func (p *planner) paramSchema(param *openapi.Node) *openapi.Node {
	if s := param.Get("schema"); s != nil {
		return p.doc.Resolve(s)
	}
	return param
}

// sample is a value that the description gives for a parameter.
func (p *planner) sample(param *openapi.Node) (string, bool) {
	s := p.paramSchema(param)
	for _, n := range [...]*openapi.Node{param.Get("example"), s.Get("default"), s.Get("example"), s.Get("examples").At(0), s.Get("enum").At(0)} {
		if text := n.Text(); text != "" {
			return text, true
		}
	}
	return "", false
}

// sizes asks both sides for the same number of objects. A list that REST
// shows whole is asked for as a large page.
func (p *planner) sizes(out *Probe) {
	last := out.hops[len(out.hops)-1]
	if !last.many() {
		return
	}
	n := out.size
	if n == 0 {
		n = max(p.perPage(), wholeList)
	}
	for _, name := range sizeNames {
		for _, v := range last.field.Args {
			if fold(v.Name) == name && !last.has(v) {
				out.size = n
				last.args = append(last.args, &argument{value: v, path: []string{v.Name}, constant: n})
				return
			}
		}
	}
}

// wholeList is how many objects of a list are asked for that REST shows
// whole.
const wholeList = 100

// defaults asks GraphQL for what REST does where nothing is said: only what
// is open, say. The map of inputs knows the parameter and the argument.
func (p *planner) defaults(out *Probe) {
	for _, in := range p.inputs[out.Operation] {
		param := p.queryParam(out, in)
		if in.Role != parity.FilterInput || param == nil || needed(param) {
			continue
		}
		value := p.paramSchema(param).Get("default").Text()
		h, a := locate(out.hops, in.GraphQL)
		if value == "" || a == nil || slices.ContainsFunc(h.args, func(b *argument) bool { return b.value == a.value }) {
			continue
		}
		if a.constant = convert(a.value.Type, value); a.constant == nil {
			continue
		}
		out.rest[param.Get("name").Text()] = value
		h.args = append(h.args, a)
	}
}

// maxVariants bounds how many filters are tried.
const maxVariants = 4

// filters are further questions, each with one filter that both sides have
// and that takes a name or a flag.
func (p *planner) filters(out *Probe) []*variant {
	var variants []*variant
	if !out.List {
		return nil
	}
	for _, in := range p.inputs[out.Operation] {
		param := p.queryParam(out, in)
		if in.Role != parity.FilterInput || param == nil {
			continue
		}
		name := param.Get("name").Text()
		h, a := locate(out.hops, in.GraphQL)
		if a == nil || out.rest[name] != "" || h.has(h.field.Arg(a.path[0])) {
			continue
		}
		tried := 0
		for _, value := range p.filterValues(param) {
			constant := convert(a.value.Type, value)
			if constant == nil || tried == 2 || len(variants) == maxVariants {
				continue
			}
			tried++
			arg := *a
			arg.constant = constant
			v := &variant{label: name + "=" + value, rest: map[string]string{name: value}, args: []*filter{{h, &arg}}}
			if unbound(&hop{field: h.field, args: append(slices.Clone(h.args), &arg)}) == "" {
				variants = append(variants, v)
			}
		}
	}
	return variants
}

func (p *planner) filterValues(param *openapi.Node) []string {
	s := p.paramSchema(param)
	if s.Get("type").Text() == "array" {
		s = p.doc.Resolve(s.Get("items"))
	}
	var values []string
	for _, v := range s.Get("enum").Children() {
		values = append(values, v.Text())
	}
	if s.Get("type").Text() == "boolean" {
		values = []string{"true", "false"}
	}
	return values
}

// queryParam returns the query parameter of an input that both sides have,
// nil for other inputs.
func (p *planner) queryParam(out *Probe, in *parity.Input) *openapi.Node {
	name, ok := strings.CutPrefix(in.REST, "query.")
	if !ok || in.GraphQL == "" {
		return nil
	}
	for _, param := range p.doc.Parameters(out.source) {
		if param.Get("in").Text() == "query" && param.Get("name").Text() == name {
			return param
		}
	}
	return nil
}

// sort asks both sides for one order: the first value that the parameter and
// the argument share, ascending. Where one side cannot be told which way, no
// order is asked for, and none is compared.
func (p *planner) sort(out *Probe) {
	var by, direction *parity.Input
	for _, in := range p.inputs[out.Operation] {
		param := p.queryParam(out, in)
		if in.Role != parity.SortInput || param == nil {
			continue
		}
		if slices.ContainsFunc(p.filterValues(param), func(v string) bool { return fold(v) == "asc" || fold(v) == "ascending" }) {
			direction = in
		} else if by == nil {
			by = in
		}
	}
	if by == nil || !out.List {
		return
	}
	h, field, order := sortArgs(out.hops, by, direction)
	up := p.ascending(out, direction)
	if field == nil || up == nil {
		return
	}
	param := p.queryParam(out, by)
	for _, value := range p.filterValues(param) {
		if order != nil {
			field.constant = convert(field.value.Type, value)
			order.constant = convertAny(order.value.Type, "asc", "ascending")
		} else {
			field.constant = convertAny(field.value.Type, value+"_ASC", value+"_ASCENDING")
		}
		if field.constant == nil || order != nil && order.constant == nil {
			continue
		}
		name := param.Get("name").Text()
		out.rest[name], out.rest[up.name], out.ordered = value, up.value, value
		h.args = append(h.args, field)
		if order != nil {
			h.args = append(h.args, order)
		}
		return
	}
}

type restValue struct{ name, value string }

// ascending is what REST is told to sort upwards; nil where nothing says so.
func (p *planner) ascending(out *Probe, direction *parity.Input) *restValue {
	for _, param := range p.doc.Parameters(out.source) {
		name := param.Get("name").Text()
		if param.Get("in").Text() != "query" || direction != nil && direction.REST != "query."+name {
			continue
		}
		for _, v := range p.filterValues(param) {
			if fold(v) == "asc" || fold(v) == "ascending" {
				return &restValue{name, v}
			}
		}
	}
	return nil
}

// sortArgs finds the arguments that name what to sort by and which way: the
// mapped ones, or what an input object that is mapped holds.
func sortArgs(hops []*hop, by, direction *parity.Input) (h *hop, field, order *argument) {
	h, field = locate(hops, by.GraphQL)
	if field == nil {
		return nil, nil, nil
	}
	if direction != nil {
		if _, a := locate(hops, direction.GraphQL); a != nil && a.value != field.value {
			order = a
		}
	}
	t := field.value.Type.Type()
	if t == nil || t.Kind != graphql.InputObject {
		return h, field, order
	}
	object := field
	field, order = nil, nil
	for _, f := range t.InputFields {
		a := &argument{value: f, path: append(slices.Clone(object.path), f.Name)}
		switch enum := f.Type.Type(); {
		case enum == nil || enum.Kind != graphql.Enum:
		case convertAny(f.Type, "asc", "ascending") != nil:
			order = a
		default:
			field = a
		}
	}
	return h, field, order
}
