package lifecycle

import (
	"strconv"

	"github.com/plumbapi/plumb/openapi"
)

// operation lists an operation, its parameters, response headers, and the
// properties of its inline bodies.
func (in *inspector) operation(o *openapi.Operation) {
	if in.again(o.Node) {
		return
	}
	in.surface = REST
	if o.Origin != openapi.FromPath {
		in.surface = Webhooks
	}
	name := o.String()
	if len(name) > maxName {
		return
	}
	state := in.carriers.readNode(o.Node)
	in.inherit(&state)
	name = in.operationName(name)
	in.scope(name)
	in.add(Operation, name, o.Node, state)
	in.parameters(o, name)
	if body := o.Node.Get("requestBody"); in.doc.Ref(body) == nil {
		in.body(body, name)
	}
	for _, r := range o.Node.Get("responses").Children() {
		at := name + " " + r.Key()
		response := in.doc.Resolve(r)
		in.headers(response, at, response != r)
		if response == r {
			in.body(r, at)
		}
	}
}

// operationName makes a name the only one: two callbacks may have the same
// expression.
func (in *inspector) operationName(name string) string {
	if in.named == nil {
		in.named = map[opName]int{}
	}
	key := opName{in.surface, name}
	in.named[key]++
	if n := in.named[key]; n > 1 {
		return numbered(name, n)
	}
	return name
}

type opName struct {
	surface Surface
	name    string
}

func numbered(name string, n int) string { return name + "#" + strconv.Itoa(n) }

// inherit takes from the description as a whole what the operation does not
// say.
func (in *inspector) inherit(s *State) {
	all := &in.all
	if len(all.Carriers) == 0 {
		return
	}
	if s.Stability == Unstated {
		s.Stability = all.Stability
	}
	if all.Deprecated && !s.Deprecated {
		s.Deprecated, s.Since, s.Reason = true, s.Since.or(all.Since), all.Reason
		s.Sunset, s.Carriers = s.Sunset.or(all.Sunset), append(s.Carriers, all.Carriers...)
		if s.Replacement == "" {
			s.Replacement = all.Replacement
		}
	} else if s.Stability == all.Stability && len(s.Carriers) == 0 {
		s.Carriers = append(s.Carriers, all.Carriers...)
	}
}

// again reports whether a shared object was listed already and has been as
// often as is allowed.
func (in *inspector) again(n *openapi.Node) bool {
	if !in.shared[n] {
		in.shared[n] = true
		return false
	}
	in.uses++
	return in.uses > maxShared
}

// parameters lists those of the operation, then those of its path item that
// it does not override.
func (in *inspector) parameters(o *openapi.Operation, op string) {
	for _, p := range o.Node.Get("parameters").Children() {
		in.parameter(p, op)
	}
	for _, p := range o.PathItem.Get("parameters").Children() {
		if q := in.doc.Resolve(p); q != nil && in.inScope[parameterName(op, q)] == 0 {
			in.parameter(p, op)
		}
	}
}

func parameterName(op string, p *openapi.Node) string {
	where := p.Get("in").Text()
	if where == "formData" {
		where = "form"
	}
	return op + " " + where + " " + p.Get("name").Text()
}

func (in *inspector) parameter(at *openapi.Node, op string) {
	p := in.doc.Resolve(at)
	if !p.Is(openapi.Object) || in.again(p) {
		return
	}
	if p.Get("in").Text() == "body" { // 2.0
		if p == at {
			in.inline(p.Get("schema"), op+" body", " ")
		}
		return
	}
	name := parameterName(op, p)
	if len(name) > maxName {
		return
	}
	in.add(Parameter, name, p, in.carriers.readNode(p))
	if p == at {
		in.schema(p.Get("schema"), name, ".", 0)
		for _, media := range p.Get("content").Children() {
			in.schema(media.Get("schema"), name, ".", 0)
		}
	}
}

func (in *inspector) headers(response *openapi.Node, at string, isShared bool) {
	for _, h := range response.Get("headers").Children() {
		header := in.doc.Resolve(h)
		if !header.Is(openapi.Object) || (isShared || header != h) && in.again(header) {
			continue
		}
		if name := at + " header " + h.Key(); len(name) <= maxName {
			in.add(Header, name, header, in.carriers.readNode(header))
		}
	}
}

// body lists the properties of the inline schemas of a request body or a
// response.
func (in *inspector) body(n *openapi.Node, name string) {
	in.inline(n.Get("schema"), name+" body", " ") // 2.0
	for _, media := range n.Get("content").Children() {
		if in.doc.Ref(media) != nil {
			continue
		}
		at := name + " body"
		if media.Key() != "application/json" {
			at += " (" + media.Key() + ")"
		}
		in.inline(media.Get("schema"), at, " ")
		in.inline(media.Get("itemSchema"), at+" []", " ")
	}
}
