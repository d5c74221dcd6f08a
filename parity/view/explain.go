package view

import (
	"slices"
	"strings"

	"github.com/plumbapi/plumb/internal/safe"
	"github.com/plumbapi/plumb/parity"
)

// Explanation is all that a result knows of one element.
type Explanation struct {
	// Element is the full name of what was asked for.
	Element string `json:"element"`
	// Operations are the operation itself, or those that correspond to a
	// coordinate.
	Operations []ExplainedOperation `json:"operations"`
	// Considered are operations for which the coordinate was thought of and
	// not taken.
	Considered []ExplainedOperation `json:"considered"`
	// Root is the root field, nil where the element is none.
	Root *parity.Root `json:"root"`
	// Types are the schema itself, or those that correspond to a type.
	Types []ExplainedType `json:"types"`
	// Fields are the property or field itself, with what corresponds.
	Fields []*parity.Field `json:"fields"`
}

// ExplainedOperation is an operation with what was weighed.
type ExplainedOperation struct {
	*parity.Operation
	// Candidates are what was considered, the best first.
	Candidates []parity.Candidate `json:"candidates"`
	// Decisive is the evidence that sets the first candidate apart from the
	// second most; nil where there are no two.
	Decisive *Decisive       `json:"decisive"`
	Inputs   []*parity.Input `json:"inputs"`
	Traits   []*parity.Trait `json:"traits"`
}

// Decisive is the evidence in which two candidates differ most.
type Decisive struct {
	Text string `json:"text"`
	// First and Second are its weights for either candidate, 0 where it does
	// not speak of it, in log-odds.
	First  float64 `json:"first"`
	Second float64 `json:"second"`
}

// ExplainedType is a schema with the fields of its pair.
type ExplainedType struct {
	*parity.Type
	Fields []*parity.Field `json:"fields"`
}

// UnknownError says that neither description has an element of the name.
type UnknownError struct {
	Name string
	// Closest is the name most like it, "" where none is near.
	Closest string
}

// Error names the closest element.
func (e *UnknownError) Error() string {
	s := `neither description has "` + safe.Line(e.Name) + `"`
	if e.Closest != "" {
		s += `; did you mean "` + safe.Line(e.Closest) + `"?`
	}
	return s
}

// Explain looks up an element: an operation as "GET /pets" or by its
// operationId, a coordinate, a schema, a type, or SCHEMA.property. Case
// matters only where it tells elements apart, the names of path variables do
// not matter. The error is an *UnknownError.
func Explain(res *parity.Result, name string) (*Explanation, error) {
	names := Names(res)
	element := name
	if !slices.Contains(names, name) {
		i := slices.IndexFunc(names, func(n string) bool { return strings.EqualFold(pathless(n), pathless(name)) })
		if i < 0 {
			return nil, &UnknownError{Name: name, Closest: closest(name, names)}
		}
		element = names[i]
	}
	x := &Explanation{Element: element, Operations: []ExplainedOperation{}, Considered: []ExplainedOperation{}, Types: []ExplainedType{}, Fields: []*parity.Field{}}
	for _, op := range res.Operations {
		switch {
		case op.Operation == element || operationID(op) == element, slices.Contains(op.GraphQL, element):
			x.Operations = append(x.Operations, explained(res, op))
		case slices.ContainsFunc(op.Candidates, func(c parity.Candidate) bool { return c.Coordinate == element }):
			x.Considered = append(x.Considered, explained(res, op))
		}
	}
	for _, r := range res.Roots {
		if r.Coordinate == element {
			x.Root = r
		}
	}
	for _, t := range res.Types {
		if t.Name == element || t.GraphQL == element || t.REST == element {
			x.Types = append(x.Types, ExplainedType{t, fieldsOf(res, t)})
		}
	}
	for _, f := range res.Fields {
		if f.REST == element || f.GraphQL == element {
			x.Fields = append(x.Fields, f)
		}
	}
	return x, nil
}

func operationID(op *parity.Operation) string {
	if op.Node == nil {
		return ""
	}
	return op.Node.Node.Get("operationId").Text()
}

func explained(res *parity.Result, op *parity.Operation) ExplainedOperation {
	x := ExplainedOperation{Operation: op, Candidates: append([]parity.Candidate{}, op.Candidates...), Inputs: []*parity.Input{}, Traits: []*parity.Trait{}}
	if len(op.Candidates) > 1 {
		x.Decisive = decisive(op.Candidates[0].Evidence, op.Candidates[1].Evidence)
	}
	for _, in := range res.Inputs {
		if in.Operation == op.Operation {
			x.Inputs = append(x.Inputs, in)
		}
	}
	for _, t := range res.Traits {
		if t.Operation == op.Operation {
			x.Traits = append(x.Traits, t)
		}
	}
	return x
}

// decisive finds the evidence that speaks most for the first and against the
// second.
func decisive(first, second []parity.Evidence) *Decisive {
	var all []Decisive
	at := func(text string) *Decisive {
		for i := range all {
			if all[i].Text == text {
				return &all[i]
			}
		}
		all = append(all, Decisive{Text: text})
		return &all[len(all)-1]
	}
	for _, e := range first {
		at(e.Text).First += e.Weight
	}
	for _, e := range second {
		at(e.Text).Second += e.Weight
	}
	var best *Decisive
	for i := range all {
		if d := &all[i]; best == nil || d.First-d.Second > best.First-best.Second {
			best = d
		}
	}
	return best
}

func fieldsOf(res *parity.Result, t *parity.Type) []*parity.Field {
	list := []*parity.Field{}
	for _, f := range res.Fields {
		if t.GraphQL != "" && f.Schema == t.Name && f.Type == t.GraphQL {
			list = append(list, f)
		}
	}
	return list
}
