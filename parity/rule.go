package parity

import (
	"fmt"
	"math"
	"strings"

	"github.com/plumbapi/plumb/check"
)

type (
	rule = check.Rule[*Result]
	pass = check.Pass[*Result]
)

// since is the version that first had these rules.
const since = "0.1.0"

// mention is an element as findings speak of it.
type mention struct {
	noun, name string
	of         string // what an input is of, "" where that goes without saying
	at         check.Location
}

// String says what the element is and quotes its name.
func (m mention) String() string {
	if m.of != "" {
		return fmt.Sprintf("%s %q of %q", m.noun, m.name, m.of)
	}
	return fmt.Sprintf("%s %q", m.noun, m.name)
}

// report reports a finding about two elements at the first of them; where
// that has no place, at the other one.
func report(p *pass, first, second mention, f check.Finding) {
	if first.at.File == "" {
		first, second = second, first
	}
	f.Location = first.at
	if second.at.File != "" && second.at != first.at {
		f.Related = append(f.Related, check.Related{Message: "the counterpart " + second.String(), Location: second.at})
	}
	p.Report(f)
}

// restOperation is the REST side of a matched operation.
func restOperation(o *Operation) mention {
	return mention{noun: "operation", name: o.Operation, at: o.Location}
}

// mentioned is an element of the GraphQL side.
func mentioned(res *Result, name string) mention {
	s := mention{noun: "field", name: name}
	if e, ok := res.GraphQL.Lookup(name); ok {
		s.at = e.Location()
	} else if root, field, ok := strings.Cut(name, "."); ok {
		// Root types may have other names than Query and Mutation.
		for _, op := range res.GraphQL.Roots() {
			if f := op.Field(field); f != nil && (op == res.GraphQL.Query) == (root == "Query") {
				s.at = f.Location()
			}
		}
	}
	return s
}

// toGraphQL and toREST report whether the one API is asked to offer what the
// other does.
func (r *Result) toGraphQL() bool { return r.Direction != GraphQLToREST }
func (r *Result) toREST() bool    { return r.Direction != RESTToGraphQL }

// wants are the directions in which something is asked for.
type wants struct{ graphql, rest bool }

// effect reports whether an effect, such as "missing-in-graphql", is about
// something that is asked for.
func (w wants) effect(effect string) bool {
	switch {
	case strings.HasSuffix(effect, "missing-in-graphql"):
		return w.graphql
	case strings.HasSuffix(effect, "missing-in-rest"):
		return w.rest
	}
	return true
}

// operation returns the operation of a name, nil where there is none.
func (r *Result) operation(name string) *Operation {
	for _, o := range r.Operations {
		if o.Operation == name {
			return o
		}
	}
	return nil
}

// round makes a confidence or a share fit to be shown.
func round(x float64) float64 { return math.Round(x*1000) / 1000 }

// quoted lists names, at most limit of them.
func quoted(names []string, limit int) string {
	var b strings.Builder
	for i, name := range names {
		switch {
		case i == limit:
			fmt.Fprintf(&b, " and %d more", len(names)-limit)
			return b.String()
		case i > 0:
			b.WriteString(", ")
		}
		fmt.Fprintf(&b, "%q", name)
	}
	return b.String()
}

// plural writes a number of things, in the form for one or for many.
func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
