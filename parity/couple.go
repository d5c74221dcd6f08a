package parity

import (
	"fmt"
	"iter"

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
	// key tells the pair from others of the same element.
	key string
	// need is that of the schema that a property belongs to.
	need Need
	// input is nil for what an API returns.
	input *Input
	field *Field
}

// differs yields the differences of an aspect, each with what differs. What
// several operations share is there once.
func differs(res *Result, aspect Aspect) iter.Seq2[couple, Difference] {
	return func(yield func(couple, Difference) bool) {
		type place struct{ rest, graphql, effect string }
		seen := map[place]bool{}
		for t := range couples(res) {
			for _, d := range t.differences {
				here := place{t.rest.at.Element, t.graphql.at.Element, d.Effect}
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

func fieldCouples(res *Result) iter.Seq[couple] {
	return func(yield func(couple) bool) {
		types := make(map[[2]string]*Type, len(res.Types))
		for _, t := range res.Types {
			types[[2]string{t.Name, t.GraphQL}] = t
		}
		for _, f := range res.Fields {
			t := couple{
				rest:    mention{fmt.Sprintf("%q", f.REST), f.RESTLocation},
				graphql: mention{fmt.Sprintf("%q", f.GraphQL), f.GraphQLLocation},
				kind:    f.Kind, confidence: f.Confidence, differences: f.Differences, key: f.GraphQL, field: f,
			}
			if of := types[[2]string{f.Schema, f.Type}]; of != nil {
				t.confidence, t.need = min(t.confidence, of.Confidence), of.Need
			}
			if !yield(t) {
				return
			}
		}
	}
}

func inputCouples(res *Result) iter.Seq[couple] {
	return func(yield func(couple) bool) {
		byName := make(map[string]*Operation, len(res.Operations))
		for _, o := range res.Operations {
			byName[o.Operation] = o
		}
		for _, in := range res.Inputs {
			t := couple{
				rest:    mention{fmt.Sprintf("%q of %q", in.REST, in.Operation), in.RESTLocation},
				graphql: mention{fmt.Sprintf("%q", in.GraphQL), in.GraphQLLocation},
				kind:    in.Kind, confidence: in.Confidence, differences: in.Differences, key: in.GraphQL, input: in,
			}
			if o := byName[in.Operation]; o != nil {
				t.confidence = min(t.confidence, o.Confidence)
			}
			if !yield(t) {
				return
			}
		}
	}
}

// what says what the REST side is.
func (t *couple) what() string {
	switch {
	case t.input == nil:
		return "property"
	case len(t.input.REST) > 5 && t.input.REST[:5] == "body.":
		return "property"
	}
	return "parameter"
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
	report(p, first, second, check.Finding{
		Message: fmt.Sprintf(format, args...), Key: t.key + " " + d.Effect, Properties: t.properties(d),
	})
}
