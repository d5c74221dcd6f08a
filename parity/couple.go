package parity

import (
	"fmt"
	"iter"
	"strings"

	"github.com/plumbapi/plumb/check"
)

// couple is a property and a field, or an input of an operation and one of
// its counterpart, that correspond; or one of them, where the other side has
// none.
type couple struct {
	rest, graphql mention
	kind          FieldKind
	// confidence is that of the pair and of what it belongs to.
	confidence  float64
	differences []Difference
	// also are the properties of other schemas that are alike.
	also []mention
	// key tells the pair from others of the same element.
	key string
	// value is the one that a difference of enums is about.
	value      string
	wants      wants
	bestEffort bool
	// input is nil for what an API returns.
	input *Input
	field *Field
}

// differs yields the differences of an aspect, each with what differs. What
// several operations share is there once.
func differs(res *Result, aspect Aspect) iter.Seq2[couple, Difference] {
	return func(yield func(couple, Difference) bool) {
		type place struct{ rest, graphql, effect, lacking string }
		seen := map[place]bool{}
		for t := range couples(res) {
			for _, d := range t.differences {
				here := place{t.place(), t.graphql.at.Element, d.Effect, t.lacking()}
				if d.Aspect != aspect || seen[here] {
					continue
				}
				seen[here] = true
				if !yield(t, d) {
					return
				}
			}
		}
	}
}

// place tells the REST side from others: parameters of one operation have one
// element.
func (t *couple) place() string {
	if t.input != nil {
		return t.rest.at.Element + " " + t.input.REST
	}
	return t.rest.at.Element
}

// lacking names what has no such input, "" where both sides have it.
func (t *couple) lacking() string {
	switch {
	case t.input == nil:
		return ""
	case t.kind == RESTOnly:
		return t.input.Coordinate
	case t.kind == GraphQLOnly:
		return t.input.Operation
	}
	return ""
}

// merged yields the differences of an aspect, those of one property in several
// schemas of a type as one: for what is a list to be read, not a demand.
func merged(res *Result, aspect Aspect) iter.Seq2[couple, Difference] {
	return func(yield func(couple, Difference) bool) {
		var list variants
		for t, d := range differs(res, aspect) {
			list.add(t, d)
		}
		for _, v := range list.all {
			if !yield(v.couple, v.Difference) {
				return
			}
		}
	}
}

// variants are differences, each with the schemas that it is in too.
type variants struct {
	all []*variant
	by  map[variantKey]*variant
}

type variant struct {
	couple
	Difference
}

type variantKey struct{ property, coordinate, effect, rest, graphql string }

func (v *variants) add(t couple, d Difference) {
	if t.field == nil {
		v.all = append(v.all, &variant{t, d})
		return
	}
	key := variantKey{t.property(), t.field.GraphQL, d.Effect, d.REST, d.GraphQL}
	if first := v.by[key]; first != nil {
		first.also = append(first.also, t.rest)
		return
	}
	if v.by == nil {
		v.by = map[variantKey]*variant{}
	}
	first := &variant{t, d}
	v.by[key] = first
	v.all = append(v.all, first)
}

// couples yields fields, then inputs.
func couples(res *Result) iter.Seq[couple] {
	return func(yield func(couple) bool) {
		for t := range fieldCouples(res) {
			if !yield(t) {
				return
			}
		}
		for t := range inputCouples(res) {
			if !yield(t) {
				return
			}
		}
	}
}

// likely is the least confidence in a pair of which differences are reported:
// below it the pair is a question, which its differences would not answer.
const likely = 0.60

// fieldCouples yields the fields of likely pairs that nobody has exempted.
func fieldCouples(res *Result) iter.Seq[couple] {
	return func(yield func(couple) bool) {
		types := make(map[[2]string]*Type, len(res.Types))
		for _, t := range res.Types {
			types[[2]string{t.Name, t.GraphQL}] = t
		}
		for _, f := range res.Fields {
			t := couple{
				rest:    mention{noun: "property", name: f.REST, at: f.RESTLocation},
				graphql: mention{noun: "field", name: f.GraphQL, at: f.GraphQLLocation},
				wants:   wants{graphql: res.toGraphQL(), rest: res.toREST()},
				kind:    f.Kind, confidence: f.Confidence, differences: f.Differences, key: f.GraphQL, field: f,
			}
			of := types[[2]string{f.Schema, f.Type}]
			if f.Exempt != "" || of != nil && of.Exempt != "" {
				continue
			}
			if of != nil {
				t.confidence = min(t.confidence, of.Confidence)
				t.wants.graphql = of.Need != Unneeded
				t.bestEffort = of.Need == BestEffort
			}
			if t.confidence >= likely && !yield(t) {
				return
			}
		}
	}
}

// inputCouples yields the inputs of likely pairs that nobody has exempted.
func inputCouples(res *Result) iter.Seq[couple] {
	return func(yield func(couple) bool) {
		of := newMatches(res)
		for _, in := range res.Inputs {
			o, w := of.operation(in.Operation, in.Coordinate)
			t := couple{
				rest:    mention{noun: restNoun(in), name: in.REST, of: in.Operation, at: in.RESTLocation},
				graphql: mention{noun: graphqlNoun(in), name: in.GraphQL, at: in.GraphQLLocation},
				wants:   w, kind: in.Kind, confidence: in.Confidence, differences: in.Differences, key: strings.TrimSpace(in.REST + " " + in.GraphQL), input: in,
			}
			if o == nil || o.Exempt != "" {
				continue
			}
			t.confidence = min(t.confidence, o.Confidence)
			if t.confidence >= likely && !yield(t) {
				return
			}
		}
	}
}

// matches finds operations and root fields by name.
type matches struct {
	res        *Result
	operations map[string]*Operation
	roots      map[string]*Root
}

func newMatches(res *Result) *matches {
	m := &matches{res, make(map[string]*Operation, len(res.Operations)), make(map[string]*Root, len(res.Roots))}
	for _, o := range res.Operations {
		m.operations[o.Operation] = o
	}
	for _, r := range res.Roots {
		m.roots[r.Coordinate] = r
	}
	return m
}

// operation returns an operation, and in which directions it and its
// counterpart are to be alike.
func (m *matches) operation(name, coordinate string) (*Operation, wants) {
	w := wants{graphql: m.res.toGraphQL(), rest: m.res.toREST()}
	o := m.operations[name]
	if o != nil {
		w.graphql = o.Need != Unneeded
	}
	if r := m.roots[coordinate]; r != nil {
		w.rest = r.Need != Unneeded
	}
	return o, w
}

// property is the name of a property, without that of its schema.
func (t *couple) property() string { return strings.TrimPrefix(t.field.REST, t.field.Schema+".") }

// restNoun says what an input is in REST.
func restNoun(in *Input) string {
	if strings.HasPrefix(in.REST, "body.") {
		return "property"
	}
	return "parameter"
}

// graphqlNoun says what an input is in GraphQL.
func graphqlNoun(in *Input) string {
	if strings.Contains(in.GraphQL, "(") {
		return "argument"
	}
	return "input field"
}

// properties are the measured values of a difference.
func (t *couple) properties(d Difference) map[string]any {
	p := map[string]any{"confidence": round(t.confidence), "rest": d.REST, "graphql": d.GraphQL}
	if d.Effect != "" {
		p["effect"] = d.Effect
	}
	if len(d.Values) > 0 {
		p["values"] = d.Values
	}
	if t.input != nil {
		p["operation"], p["coordinate"] = t.input.Operation, t.input.Coordinate
	}
	return p
}

// reportDifference reports a difference at the REST side, or at the GraphQL
// side where the message speaks of that first.
func reportDifference(p *pass, t couple, d Difference, graphqlFirst bool, format string, args ...any) {
	first, second := t.rest, t.graphql
	if graphqlFirst {
		first, second = second, first
	}
	f := check.Finding{Message: fmt.Sprintf(format, args...), Key: t.key + " " + d.Effect, Properties: t.properties(d)}
	if t.value != "" {
		f.Key += " " + fold(t.value)
	}
	if len(t.also) > 0 {
		f.Message += " (so in " + plural(len(t.also), "other schema", "other schemas") + ")"
		f.Properties["also"] = namesOf(t.also)
	}
	report(p, first, second, f)
}

// namesOf returns what mentions are called.
func namesOf(list []mention) []string {
	names := make([]string, len(list))
	for i, m := range list {
		names[i] = m.String()
	}
	return names
}
