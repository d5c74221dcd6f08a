package parity_test

import (
	"slices"
	"strings"

	"github.com/plumbapi/plumb/graphql"
	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/parity"
)

func (b *breaker) restBreak(kind, element string, names []string, edits ...edit) {
	b.all = append(b.all, breakage{kind: kind, element: element, rest: edits, names: names})
}

// breakREST breaks the description.
func (b *breaker) breakREST() {
	b.breakProperties()
	b.breakRESTEnums()
	b.breakOperations()
	b.breakParameters()
}

// node returns what is written at a pointer, nil where the description is in
// a version whose pointers are others.
func (b *breaker) node(pointer string) *openapi.Node {
	n, err := b.doc.Lookup(b.doc.Root(), "#"+pointer)
	if err != nil {
		return nil
	}
	return n
}

// property returns the node of a field's property.
func (b *breaker) property(f *parity.Field) *openapi.Node {
	n := b.node(f.RESTLocation.Element)
	if n == nil || n.Parent().Key() != "properties" {
		return nil
	}
	return n
}

// resolved is what a property's schema stands for.
func (b *breaker) resolved(n *openapi.Node) *openapi.Node {
	if n.Has("$ref") {
		return b.doc.Resolve(n)
	}
	return n
}

// plainScalar reports whether a property is a scalar by what it says itself.
func (b *breaker) plainScalar(f *parity.Field) bool {
	n := b.property(f)
	switch n.Get("type").Text() {
	case "string", "integer", "number", "boolean":
		return !n.Has("enum") && (f.Kind == parity.Same || f.Kind == parity.Renamed)
	}
	return false
}

// mayLack reports whether a value may be missing by what the description
// says, and a field must therefore not promise it.
func (b *breaker) mayLack(f *parity.Field) bool {
	n := b.property(f)
	schema := n.Parent().Parent()
	nullable := n.Get("nullable").IsTrue() || n.Get("x-nullable").IsTrue()
	required := schema.Get("required")
	optional := required.Len() > 0 && !slices.ContainsFunc(required.Children(), func(r *openapi.Node) bool { return r.Text() == n.Key() })
	return n != nil && (nullable || optional) && !differs(f, parity.NullabilityAspect, parity.ShapeAspect)
}

// enumNode returns the values of a property's enum.
func (b *breaker) enumNode(f *parity.Field) []*openapi.Node {
	n := b.property(f)
	if n == nil {
		return nil
	}
	return b.resolved(n).Get("enum").Children()
}

func (b *breaker) breakProperties() {
	done := map[string]bool{}
	for _, f := range b.res.Fields {
		at := f.RESTLocation.Element
		n := b.property(f)
		if !surely(f, b.types) || done[at] || n == nil {
			continue
		}
		done[at] = true
		names := append([]string{at}, b.byPointer[at]...)
		if b.shares(f) {
			continue
		}
		edits := []edit{removeNode(n)}
		renamed := []edit{}
		start, end := n.KeyOffsets()
		renamed = append(renamed, edit{start, end, `"quux_ed"`})
		for _, r := range n.Parent().Parent().Get("required").Children() {
			if r.Text() == n.Key() {
				edits = append(edits, removeNode(r))
				renamed = append(renamed, replaceNode(r, `"quux_ed"`))
			}
		}
		b.restBreak("delete property", f.REST, names, edits...)
		b.restBreak("rename property", f.REST, append(names, f.Schema+".quux_ed"), renamed...)
		b.breakSchema(f, n, names)
	}
}

// shares reports whether another property of the schema has the same field,
// so that nothing is lost with one of them.
func (b *breaker) shares(f *parity.Field) bool {
	return slices.ContainsFunc(b.res.Fields, func(o *parity.Field) bool {
		return o != f && o.Schema == f.Schema && o.GraphQL == f.GraphQL && o.REST != ""
	})
}

// breakSchema breaks what is said of a property.
func (b *breaker) breakSchema(f *parity.Field, n *openapi.Node, names []string) {
	if kind := n.Get("type"); b.plainScalar(f) && otherScalarREST[kind.Text()] != "" {
		if e, ok := b.schema.Lookup(f.GraphQL); ok && otherScalar(e.(*graphql.Field).Type) != "" {
			edits := []edit{replaceNode(kind, `"`+otherScalarREST[kind.Text()]+`"`)}
			if format := n.Get("format"); format != nil {
				edits = append(edits, replaceNode(format, `"none"`))
			}
			b.restBreak("change type of property", f.REST, names, edits...)
		}
		if kind.Text() == "integer" && strings.TrimSuffix(f.GraphQLType, "!") == "Int" && !differs(f, parity.RangeAspect) {
			ed := addMember(b.rest, n, "format", `"int64"`)
			if format := n.Get("format"); format != nil {
				ed = replaceNode(format, `"int64"`)
			}
			b.restBreak("int64", f.REST, names, ed)
		}
	}
	if n.Has("$ref") || n.Len() == 0 {
		return
	}
	if strings.HasSuffix(f.GraphQLType, "!") && !differs(f, parity.NullabilityAspect, parity.ShapeAspect) && n.Get("type").Is(openapi.String) && !n.Has("nullable") {
		switch v := b.doc.VersionString(); {
		case strings.HasPrefix(v, "3.0"):
			b.restBreak("nullable", f.REST, names, addMember(b.rest, n, "nullable", "true"))
		case strings.HasPrefix(v, "3."):
			b.restBreak("nullable", f.REST, names, replaceNode(n.Get("type"), `["`+n.Get("type").Text()+`", "null"]`))
		}
	}
	if !n.Has("deprecated") && !differs(f, parity.DeprecatedAspect) {
		b.restBreak("deprecate property", f.REST, names, addMember(b.rest, n, "deprecated", "true"))
	}
}

var otherScalarREST = map[string]string{"string": "integer", "integer": "string", "number": "boolean", "boolean": "string"}

func (b *breaker) breakRESTEnums() {
	done := map[string]bool{}
	for _, f := range b.res.Fields {
		e, ok := b.schema.Lookup(f.GraphQL)
		if !surely(f, b.types) || !ok {
			continue
		}
		enum := b.schema.Type(e.(*graphql.Field).Type.Name)
		values := b.enumNode(f)
		if enum == nil || len(values) < 2 || done[values[0].Pointer()] {
			continue
		}
		done[values[0].Pointer()] = true
		for i, v := range values {
			same := func(o *openapi.Node) bool { return o.Text() == v.Text() }
			if slices.IndexFunc(values, same) < i || slices.ContainsFunc(values[i+1:], same) {
				continue // it is there twice
			}
			if slices.ContainsFunc(enum.EnumValues, func(g *graphql.EnumValue) bool { return strings.EqualFold(v.Text(), g.Name) }) {
				b.restBreak("drop enum value in REST", v.Pointer(), b.enumNames(enum), removeNode(v))
			}
		}
	}
}

func (b *breaker) breakOperations() {
	for _, o := range b.res.Operations {
		if o.Status == parity.StatusNone || o.Confidence < sure || len(o.GraphQL) == 0 {
			continue
		}
		n := o.Node.Node
		names := append([]string{o.Operation, o.Location.Element}, o.GraphQL...)
		b.restBreak("drop operation", o.Operation, names, removeNode(n))
		_, gone := b.schema.Lookup(o.GraphQL[0])
		if !o.Deprecated && !n.Has("deprecated") && b.holders[o.GraphQL[0]] == 1 && gone && !b.deprecated(o.GraphQL[0]) {
			b.restBreak("deprecate operation", o.Operation, names, addMember(b.rest, n, "deprecated", "true"))
		}
		var paging []edit
		own := n.Get("parameters")
		for _, p := range own.Children() {
			switch b.resolved(p).Get("name").Text() {
			case "page", "per_page", "cursor", "before", "after":
				paging = append(paging, removeNode(p))
			}
		}
		if len(paging) == own.Len() && len(paging) > 0 {
			paging = []edit{removeNode(own)}
		}
		if len(paging) > 0 && !overlap(paging) && b.pages(o) && !b.links(n) {
			b.restBreak("remove paging parameters", o.Operation, names, paging...)
		}
	}
}

// overlap reports whether edits cannot be made together.
func overlap(edits []edit) bool {
	edits = slices.Clone(edits)
	slices.SortFunc(edits, func(a, b edit) int { return a.start - b.start })
	for i := 1; i < len(edits); i++ {
		if edits[i].start < edits[i-1].end {
			return true
		}
	}
	return false
}

func (b *breaker) deprecated(coordinate string) bool {
	e, ok := b.schema.Lookup(coordinate)
	return ok && e.Base().Deprecated != nil
}

// links reports whether an operation leads on by a header.
func (b *breaker) links(n *openapi.Node) bool {
	for _, r := range n.Get("responses").Children() {
		if b.resolved(r).Get("headers").Has("Link") {
			return true
		}
	}
	return false
}

// pages reports whether both sides cut what an operation lists.
func (b *breaker) pages(o *parity.Operation) bool {
	found := false
	for _, in := range b.res.Inputs {
		if in.Operation == o.Operation && in.Role == parity.PagingInput && in.REST != "" && in.GraphQL != "" {
			found = true
		}
	}
	return found
}

// required reports whether the REST side asks for an input, or says what
// holds without it.
func (b *breaker) required(in *parity.Input) bool {
	n, name := b.inputNode(in)
	if name == "" {
		return true
	}
	if strings.HasPrefix(in.REST, "body.") {
		required := n.Parent().Parent().Get("required").Children()
		return n.Has("default") || slices.ContainsFunc(required, func(r *openapi.Node) bool { return r.Text() == name })
	}
	n = b.resolved(n)
	return n.Get("required").IsTrue() || n.Has("default") || n.Get("schema").Has("default")
}

// inputNode returns the parameter or the property that an input is, and its
// name; "" where it cannot be found.
func (b *breaker) inputNode(in *parity.Input) (*openapi.Node, string) {
	_, name, _ := strings.Cut(in.REST, ".")
	if strings.HasPrefix(in.REST, "body.") {
		if n := b.node(in.RESTLocation.Element); n != nil && n.Parent().Key() == "properties" {
			return n, name
		}
		return nil, ""
	}
	for _, p := range b.operations[in.Operation].Node.Node.Get("parameters").Children() {
		if n := b.resolved(p); n.Get("name").Text() == name {
			return p, name
		}
	}
	return nil, ""
}

func (b *breaker) breakParameters() {
	done := map[string]bool{}
	for _, in := range b.res.Inputs {
		n, name := b.inputNode(in)
		if in.REST == "" || in.GraphQL == "" || in.Confidence < sure || name == "" || done[n.Pointer()] {
			continue
		}
		done[n.Pointer()] = true
		of := func(o *parity.Input) bool { return o.Operation == in.Operation && o.REST == in.REST }
		if strings.HasPrefix(in.REST, "body.") {
			of = func(o *parity.Input) bool { return o.RESTLocation.Element == in.RESTLocation.Element }
		}
		names := b.inputNames(of)
		edits := []edit{removeNode(n)}
		for _, r := range n.Parent().Parent().Get("required").Children() {
			if n.Parent().Key() == "properties" && r.Text() == name {
				edits = append(edits, removeNode(r))
			}
		}
		switch in.Role {
		case parity.FilterInput:
			b.restBreak("remove filter parameter", in.Operation+" "+in.REST, names, edits...)
			if !n.Has("$ref") && !n.Has("required") && !b.requiredInGraphQL(in) {
				b.restBreak("require parameter", in.Operation+" "+in.REST, names, addMember(b.rest, n, "required", "true"))
			}
		case parity.DataInput:
			if strings.HasPrefix(in.REST, "body.") {
				b.restBreak("remove body property", in.Operation+" "+in.REST, names, edits...)
			}
		}
	}
}

func (b *breaker) requiredInGraphQL(in *parity.Input) bool {
	e, ok := b.schema.Lookup(in.GraphQL)
	return !ok || e.(*graphql.InputValue).Required()
}
