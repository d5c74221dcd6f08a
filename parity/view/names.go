package view

import (
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/parity"
)

// Names are the elements that [Explain] knows, in the order of the result:
// operations and their IDs, coordinates, schemas, types, properties.
func Names(res *parity.Result) []string {
	var names []string
	seen := map[string]bool{"": true}
	add := func(name string) {
		if !seen[name] {
			seen[name] = true
			names = append(names, name)
		}
	}
	for _, op := range res.Operations {
		add(op.Operation)
	}
	for _, r := range res.Roots {
		add(r.Coordinate)
	}
	for _, t := range res.Types {
		add(t.Name)
		add(t.GraphQL)
		add(t.REST)
	}
	for _, op := range res.Operations {
		for _, c := range op.GraphQL {
			add(c)
		}
		for _, c := range op.Candidates {
			add(c.Coordinate)
		}
		add(operationID(op))
	}
	for _, f := range res.Fields {
		add(f.REST)
		add(f.GraphQL)
	}
	return names
}

// closest is the name most like an unknown one. An operation is compared with
// those of its method first, the names of path variables left out.
func closest(name string, names []string) string {
	method, path, ok := strings.Cut(name, " ")
	if !ok {
		return check.Closest(name, names)
	}
	method = strings.ToUpper(method)
	of := map[string]string{}
	var paths []string
	for _, n := range names {
		if rest, ok := strings.CutPrefix(n, method+" "); ok {
			t := pathless(rest)
			of[t], paths = n, append(paths, t)
		}
	}
	if found := check.Closest(pathless(strings.TrimSpace(path)), paths); found != "" {
		return of[found]
	}
	return check.Closest(name, names)
}

// pathless leaves the names of path variables out.
func pathless(path string) string {
	var b strings.Builder
	for {
		head, rest, ok := strings.Cut(path, "{")
		b.WriteString(head)
		_, tail, closed := strings.Cut(rest, "}")
		if !ok || !closed {
			b.WriteString(rest)
			return b.String()
		}
		b.WriteString("{}")
		path = tail
	}
}

// At returns the name of the element that a place is about, as [Explain]
// takes it; "" where it is none.
func At(res *parity.Result, at check.Location) string {
	if at.File == "" {
		return ""
	}
	for _, op := range res.Operations {
		if op.Location == at {
			return op.Operation
		}
	}
	for _, r := range res.Roots {
		if r.Location == at {
			return r.Coordinate
		}
	}
	for _, t := range res.Types {
		if t.Location == at {
			return t.Name
		}
	}
	for _, f := range res.Fields {
		switch at {
		case f.RESTLocation:
			return f.REST
		case f.GraphQLLocation:
			return f.GraphQL
		}
	}
	for _, in := range res.Inputs {
		if in.RESTLocation == at || in.GraphQLLocation == at {
			return in.Operation
		}
	}
	return ""
}
