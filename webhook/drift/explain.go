package drift

import (
	"slices"

	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/openapi/jsonschema"
)

// misfit is one place of a payload that its description does not say.
type misfit struct {
	kind Kind
	// keyword is the keyword that fails, "" for members that are unknown but
	// allowed.
	keyword string
	// schema is the schema that holds the keyword, or would have to describe the
	// member.
	schema *openapi.Node
	member string
	// instance is the value: for missing members the object, for unknown ones
	// the member.
	instance *openapi.Node
	// refs are where the value's schema is referred to.
	refs []*openapi.Node
}

// compare holds a payload against the schema of the webhook that it is for.
func (d *Description) compare(l *look, body *openapi.Node) error {
	schema := l.described.schema
	if schema == nil {
		return nil
	}
	run := jsonschema.NewRun(jsonschema.Mode{All: true}, nil)
	x := &explainer{d: d, run: run}
	errs, err := x.validate(schema, body)
	if err != nil {
		return errorOf(err)
	}
	leaves, err := x.leaves(errs)
	if err != nil {
		return errorOf(err)
	}
	l.assertions = x.top
	w := &walk{d: d, budget: maxWork, written: map[*openapi.Node][]*openapi.Node{}}
	w.value([]*openapi.Node{schema}, body)
	if w.budget < 0 {
		return errTooMuchWork
	}
	forbidden := map[*openapi.Node]bool{}
	untyped := nullsByType(leaves)
	for _, e := range leaves {
		if isValueKeyword(e.Keyword) && untyped[nullAt{e.Schema, e.Instance}] {
			continue // that it is null is told by its type already
		}
		m := w.misfit(e)
		if m.kind == Unknown {
			forbidden[m.instance] = true
		}
		l.misfits = append(l.misfits, m)
	}
	for _, m := range w.found {
		if !forbidden[m.instance] {
			l.misfits = append(l.misfits, m)
		}
	}
	return nil
}

// nullAt is a null with the schema that refuses it.
type nullAt struct{ schema, instance *openapi.Node }

// nullsByType are the nulls that the type of a schema refuses. Its enum and its
// const refuse them too, which says nothing more.
func nullsByType(errs []jsonschema.Error) map[nullAt]bool {
	nulls := map[nullAt]bool{}
	for _, e := range errs {
		if e.Keyword == "type" && e.Instance.Is(openapi.Null) {
			nulls[nullAt{e.Schema, e.Instance}] = true
		}
	}
	return nulls
}

func isValueKeyword(keyword string) bool { return keyword == "enum" || keyword == "const" }

// violates reports whether a misfit breaks a rule of the schema.
func (m *misfit) violates() bool { return m.keyword != "" && m.kind != Format }

// misfit makes an error of the validator a misfit.
func (w *walk) misfit(e jsonschema.Error) misfit {
	m := misfit{kind: Value, keyword: e.Keyword, schema: e.Schema, member: e.Property, instance: e.Instance}
	null := e.Instance.Is(openapi.Null)
	switch e.Keyword {
	case "required", "dependentRequired", "dependencies":
		m.kind = Missing
	case "type":
		m.kind = Type
		if null {
			m.kind = Null
		}
	case "enum", "const":
		m.kind = Enum
		if null {
			m.kind = Null
		}
	case "format":
		m.kind = Format
	case "additionalProperties", "unevaluatedProperties":
		m.kind, m.instance = Unknown, e.Instance.Get(e.Property)
	}
	if m.kind == Null {
		for _, s := range w.written[e.Instance] {
			if s.Get("$ref").Is(openapi.String) && w.d.follow(s) == e.Schema {
				m.refs = append(m.refs, s)
			}
		}
	}
	return m
}

// explainer finds out of the errors of a validator those that tell what is
// wrong: of a union that nothing fits, the errors of the closest alternative.
type explainer struct {
	d   *Description
	run *jsonschema.Run
	// depth counts unions within unions, top the errors outside of them.
	depth, top int
}

// validate returns the errors of a value, which stay as they are.
func (x *explainer) validate(schema, v *openapi.Node) ([]jsonschema.Error, error) {
	errs, err := x.run.Validate(x.d.compiler.Compile(schema), v)
	return slices.Clone(errs), err
}

// maxUnions bounds how deep unions that nothing fits are explained within one
// another; the rest counts as a whole.
const maxUnions = 16

// leaves returns the errors that tell what is wrong, in the order of the
// validator. The errors of a union's alternatives stand before its own.
func (x *explainer) leaves(errs []jsonschema.Error) ([]jsonschema.Error, error) {
	x.depth++
	defer func() { x.depth-- }()
	var out []jsonschema.Error // last first
	for i := len(errs) - 1; i >= 0; i-- {
		e := errs[i]
		if e.Keyword == "if" {
			continue // the errors of then or else stand before it
		}
		if x.depth == 1 && e.Keyword != "format" {
			x.top++
		}
		if e.Keyword != "anyOf" && e.Keyword != "oneOf" {
			out = append(out, e)
			continue
		}
		best, skip, err := x.union(e)
		if err != nil {
			return nil, err
		}
		i -= skip
		slices.Reverse(best)
		out = append(out, best...)
	}
	slices.Reverse(out)
	return out, nil
}

// union returns the errors of the closest alternative of a union that fails, and
// how many errors before its own are those of its alternatives.
func (x *explainer) union(e jsonschema.Error) (best []jsonschema.Error, skip int, err error) {
	best = []jsonschema.Error{e}
	least := -1
	for i, alternative := range e.Schema.Get(e.Keyword).Children() {
		errs, err := x.validate(alternative, e.Instance)
		if err != nil {
			return nil, 0, err
		}
		skip += len(errs)
		if e.Values[1] > 0 { // several fit
			if i+1 == e.Values[1] {
				break
			}
			continue
		}
		if x.depth > maxUnions {
			continue
		}
		leaves, err := x.leaves(errs)
		if err != nil {
			return nil, 0, err
		}
		if n := distance(leaves, e.Instance); least < 0 || n < least {
			best, least = leaves, n
		}
	}
	return best, skip, nil
}

// distance says how far a value is from an alternative: first whether it has
// another type or tag than that asks for, then how many errors there are.
func distance(leaves []jsonschema.Error, v *openapi.Node) int {
	n := len(leaves)
	for _, e := range leaves {
		switch {
		case e.Instance == v && (e.Keyword == "type" || e.Keyword == "false schema"):
			n += 1 << 24
		case e.Instance.Parent() == v && (e.Keyword == "const" || e.Keyword == "enum"):
			n += 1 << 12
		}
	}
	return n
}
