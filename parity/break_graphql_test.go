package parity_test

import (
	"slices"
	"strings"

	"github.com/plumbapi/plumb/graphql"
	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/parity"
)

// breaker finds what can be broken.
type breaker struct {
	*product
	doc *openapi.Document
	all []breakage

	types      map[string]*parity.Type
	operations map[string]*parity.Operation
	byCoord    map[string][]string // names of the counterparts of a coordinate
	byPointer  map[string][]string // those of what is written at a pointer
	holders    map[string]int      // operations that have a coordinate
}

// learn notes what corresponds to what.
func (b *breaker) learn() {
	b.types, b.operations = map[string]*parity.Type{}, map[string]*parity.Operation{}
	b.byCoord, b.byPointer, b.holders = map[string][]string{}, map[string][]string{}, map[string]int{}
	for _, t := range b.res.Types {
		b.types[t.Name] = t
	}
	for _, f := range b.res.Fields {
		b.pair(f.REST, f.RESTLocation.Element, f.GraphQL)
	}
	for _, o := range b.res.Operations {
		b.operations[o.Operation] = o
		for i, c := range o.GraphQL {
			if i == 0 {
				b.holders[c]++
			}
			b.pair(o.Operation, o.Location.Element, c)
		}
	}
}

func (b *breaker) pair(rest, pointer, coordinate string) {
	if rest != "" && coordinate != "" {
		b.byCoord[coordinate] = append(b.byCoord[coordinate], rest)
		b.byPointer[pointer] = append(b.byPointer[pointer], rest, coordinate)
	}
}

// of returns an element of the schema and the names of it and its
// counterparts.
func (b *breaker) of(coordinate string) (graphql.Element, []string) {
	e, ok := b.schema.Lookup(coordinate)
	if !ok {
		return nil, nil
	}
	return e, append([]string{coordinate}, b.byCoord[coordinate]...)
}

func (b *breaker) gqlBreak(kind, element string, names []string, edits ...edit) {
	b.all = append(b.all, breakage{kind: kind, element: element, gql: edits, names: names})
}

// breakGraphQL breaks the schema.
func (b *breaker) breakGraphQL() {
	b.breakFields()
	b.breakEnums()
	b.breakRoots()
	b.breakInputs()
}

func (b *breaker) breakFields() {
	text, done := sdl(b.gql), map[string]bool{}
	for _, f := range b.res.Fields {
		if !surely(f, b.types) || done[f.GraphQL] {
			continue
		}
		done[f.GraphQL] = true
		e, names := b.of(f.GraphQL)
		field, ok := e.(*graphql.Field)
		if !ok {
			continue
		}
		if ed, ok := text.remove(field); ok {
			b.gqlBreak("delete field", f.GraphQL, names, ed)
		}
		b.gqlBreak("rename field", f.GraphQL, append(names, field.Parent().Name+".quuxed"), text.rename(field, "quuxed"))
		start, end, ok := text.typeOf(field)
		if to := otherScalar(field.Type); ok && to != "" && b.plainScalar(f) {
			b.gqlBreak("change type of field", f.GraphQL+" "+to, names, edit{start, end, to})
		}
		if ok && !field.Type.NonNull && b.mayLack(f) {
			b.gqlBreak("non-null", f.GraphQL, names, edit{end, end, "!"})
		}
		if field.Deprecated == nil && !differs(f, parity.DeprecatedAspect) {
			b.gqlBreak("deprecate field", f.GraphQL, names, text.deprecate(field))
		}
	}
}

// otherScalar returns a type that cannot be taken for one.
func otherScalar(t *graphql.TypeRef) string {
	text := strings.TrimSuffix(t.String(), "!")
	to := map[string]string{
		"String": "Int", "Int": "String", "Float": "Boolean", "Boolean": "String",
		"DateTime": "Int", "Date": "Boolean", "Time": "Boolean", "URI": "Int",
	}[text]
	if to != "" && t.NonNull {
		to += "!"
	}
	return to
}

func differs(f *parity.Field, aspects ...parity.Aspect) bool {
	return slices.ContainsFunc(f.Differences, func(d parity.Difference) bool { return slices.Contains(aspects, d.Aspect) })
}

func (b *breaker) breakEnums() {
	text, done := sdl(b.gql), map[string]bool{}
	for _, f := range b.res.Fields {
		if !surely(f, b.types) {
			continue
		}
		e, ok := b.schema.Lookup(f.GraphQL)
		if !ok {
			continue
		}
		field, ok := e.(*graphql.Field)
		if !ok {
			continue
		}
		enum := b.schema.Type(field.Type.Name)
		if enum == nil || done[enum.Name] {
			continue
		}
		values := b.enumNode(f)
		for _, v := range enum.EnumValues {
			if i := slices.IndexFunc(values, func(n *openapi.Node) bool { return strings.EqualFold(n.Text(), v.Name) }); i >= 0 {
				done[enum.Name] = true
				if ed, ok := text.remove(v); ok {
					b.gqlBreak("drop enum value", v.Coordinate(), b.enumNames(enum), ed)
				}
			}
		}
	}
}

// enumNames are the fields of an enum, and their properties.
func (b *breaker) enumNames(enum *graphql.Type) []string {
	var names []string
	for _, f := range b.res.Fields {
		if e, ok := b.schema.Lookup(f.GraphQL); ok && f.REST != "" {
			if field, ok := e.(*graphql.Field); ok && field.Type.Name == enum.Name {
				names = append(names, f.REST, f.GraphQL)
			}
		}
	}
	return names
}

func (b *breaker) breakRoots() {
	text, done := sdl(b.gql), map[string]bool{}
	for _, o := range b.res.Operations {
		if o.Status == parity.StatusNone || o.Confidence < sure || len(o.GraphQL) == 0 || done[o.GraphQL[0]] {
			continue
		}
		done[o.GraphQL[0]] = true
		e, names := b.of(o.GraphQL[0])
		field, ok := e.(*graphql.Field)
		if !ok {
			continue
		}
		kind := "query field"
		if o.Write {
			kind = "mutation"
		}
		if ed, ok := text.remove(field); ok {
			b.gqlBreak("drop "+kind, o.GraphQL[0], names, ed)
		}
		if field.Deprecated == nil && !o.Deprecated && len(o.GraphQL) == 1 {
			b.gqlBreak("deprecate "+kind, o.GraphQL[0], names, text.deprecate(field))
		}
		var paging []edit
		for _, a := range field.Args {
			switch a.Name {
			case "first", "last", "before", "after":
				if ed, ok := text.remove(a); ok {
					paging = append(paging, ed)
				}
			}
		}
		if len(paging) == len(field.Args) && len(paging) > 0 {
			paging = []edit{text.removeArgs(field)}
		}
		if len(paging) > 0 && b.pages(o) {
			b.gqlBreak("remove paging arguments", o.GraphQL[0], names, paging...)
		}
	}
}

func (b *breaker) breakInputs() {
	text, done := sdl(b.gql), map[string]bool{}
	for _, in := range b.res.Inputs {
		if in.REST == "" || in.GraphQL == "" || in.Confidence < sure || done[in.GraphQL] {
			continue
		}
		done[in.GraphQL] = true
		e, ok := b.schema.Lookup(in.GraphQL)
		if !ok {
			continue
		}
		names := b.inputNames(func(o *parity.Input) bool { return o.GraphQL == in.GraphQL })
		input := e.(*graphql.InputValue)
		kind := map[parity.InputRole]string{parity.FilterInput: "remove filter argument", parity.DataInput: "remove input field"}[in.Role]
		if ed, ok := text.remove(input); ok && kind != "" && !b.echoed(input) {
			b.gqlBreak(kind, in.GraphQL, names, ed)
		}
		if _, end, ok := text.typeOf(input); ok && !input.Type.NonNull && input.Default == nil && !b.required(in) && in.Role != parity.PagingInput {
			b.gqlBreak("make argument required", in.GraphQL, names, edit{end, end, "!"})
		}
	}
}

// echoed reports whether an input object among the arguments takes the same
// again.
func (b *breaker) echoed(arg *graphql.InputValue) bool {
	f, ok := arg.Parent().(*graphql.Field)
	return ok && slices.ContainsFunc(f.Args, func(a *graphql.InputValue) bool {
		t := b.schema.Type(a.Type.Name)
		return t != nil && t.InputField(arg.Name) != nil
	})
}

// inputNames are the names of inputs on both sides, and of what takes them.
func (b *breaker) inputNames(of func(*parity.Input) bool) []string {
	var names []string
	for _, in := range b.res.Inputs {
		if of(in) {
			names = append(names, in.REST, in.GraphQL)
		}
	}
	return names
}
