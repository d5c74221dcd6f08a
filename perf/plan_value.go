package perf

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"

	"github.com/plumbapi/plumb/openapi"
)

// seqName is the name of the number of a request in {{…}}.
const seqName = "seq"

var (
	placeName = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_-]*$`)
	place     = regexp.MustCompile(`\{\{\s*([^{}]*?)\s*\}\}`)
)

// values reads what the plan sets in requests, when all that {{…}} may refer to
// is known.
func (r *planReader) values() {
	for i := range r.plan.Operations {
		if n := r.nodes[i]; n != nil {
			r.plan.Operations[i].Values = r.valuesOf(n, i, nil)
			r.fills(n)
		}
	}
	for s, n := range r.root.Get("sessions").Children() {
		if s >= len(r.plan.Sessions) || n.Get("steps").Len() != len(r.plan.Sessions[s].Steps) {
			continue // told already
		}
		var kept []string
		for k, step := range n.Get("steps").Children() {
			st := &r.plan.Sessions[s].Steps[k]
			st.Values = r.valuesOf(step, st.Operation, kept)
			for _, keep := range step.Get("keep").Children() {
				r.named(keep)
				if r.isFeeder(keep.Key()) || r.isPool(keep.Key()) {
					r.wrong(keep, "%q is the name of data or of a pool too", keep.Key())
				}
				kept = append(kept, keep.Key())
			}
		}
	}
}

// valuesOf reads the values of an operation or of a step.
func (r *planReader) valuesOf(n *openapi.Node, op int, kept []string) []Value {
	var values []Value
	for _, in := range [...]string{"path", "query", "header", "cookie"} {
		for _, v := range n.Get(in).Children() {
			r.refers(v, v.Text(), kept)
			r.parameter(v, in, op)
			values = append(values, Value{In: in, Name: v.Key(), Text: v.Text(), Location: v.KeyLocation()})
		}
	}
	values = append(values, r.structured(n.Get("body"), "body", kept)...)
	values = append(values, r.structured(n.Get("variables"), "variable", kept)...)
	kind, foreign := "REST", []string{"variables"}
	if r.plan.Operations[op].Method == "" {
		kind, foreign = "GraphQL", []string{"path", "query", "cookie", "body"}
	}
	for _, key := range foreign {
		if v := n.Get(key); v != nil {
			r.wrong(v, "%s is an operation of %s and has no %s", r.plan.Operations[op].Name, kind, key)
		}
	}
	return values
}

// parameter checks a value of a parameter against the description.
func (r *planReader) parameter(v *openapi.Node, in string, op int) {
	of := r.offers[op]
	switch {
	case in == "header" && (!headerName.MatchString(v.Key()) || strings.ContainsAny(v.Text(), "\r\n\x00")):
		r.wrong(v, "%.120q is no header, or its value has a line break", v.Key())
	case in == "header" && (secret(v.Key(), v.Text(), place.MatchString(v.Text())) || strings.Contains(v.Text(), "${")):
		r.fault(v, "header %s of an operation looks like a credential; set it among the headers of the target, as \"${NAME}\"", v.Key())
	case in == "path" && of != nil && of.method != "" && !strings.Contains(of.path, "{"+v.Key()+"}"):
		r.wrong(v, "%s has no %q in its path%s", of.name, v.Key(), meant(v.Key(), pathParameters(of.path)))
	}
}

var pathParameter = regexp.MustCompile(`\{([^{}]+)\}`)

func pathParameters(path string) []string {
	var names []string
	for _, m := range pathParameter.FindAllStringSubmatch(path, -1) {
		names = append(names, m[1])
	}
	return names
}

// structured reads values in a body or in variables: by name or by JSON
// Pointer, or the whole.
func (r *planReader) structured(n *openapi.Node, in string, kept []string) []Value {
	if n == nil {
		return nil
	}
	if !n.Is(openapi.Object) {
		r.refersWithin(n, kept)
		return []Value{{In: in, Text: valueText(n), Location: n.KeyLocation()}}
	}
	var values []Value
	for _, v := range n.Children() {
		r.refersWithin(v, kept)
		name := v.Key()
		switch {
		case strings.HasPrefix(name, "/"):
			if problem := validPointer(name); problem != "" {
				r.wrong(v, "%.120q %s", name, problem)
			}
		case name != "":
			name = openapi.FormatPointer(name)
		}
		values = append(values, Value{In: in, Name: name, Text: valueText(v), Location: v.KeyLocation()})
	}
	return values
}

// valueText returns a value as text that reads as the same JSON again. A text
// with {{…}} stays as it is: what comes in decides what it becomes.
func valueText(n *openapi.Node) string {
	if text, ok := n.Str(); ok {
		if !json.Valid([]byte(text)) || place.MatchString(text) {
			return text
		}
	}
	text, err := json.Marshal(n.Value())
	if err != nil {
		return n.Text() // a number beyond what JSON in Go holds
	}
	return string(text)
}

// refersWithin checks all texts of a value.
func (r *planReader) refersWithin(n *openapi.Node, kept []string) {
	if text, ok := n.Str(); ok {
		r.refers(n, text, kept)
	}
	for _, c := range n.Children() {
		r.refersWithin(c, kept)
	}
}

// refers checks that each {{…}} of a text stands for something.
func (r *planReader) refers(n *openapi.Node, text string, kept []string) {
	if rest := place.ReplaceAllString(text, ""); strings.Contains(rest, "{{") || strings.Contains(rest, "}}") {
		r.fault(n, "%.120q has a {{ or }} without its other half", text)
	}
	for _, m := range place.FindAllStringSubmatch(text, -1) {
		name, column, ok := strings.Cut(m[1], ".")
		switch {
		case name == seqName && !ok, slices.Contains(kept, name) && !ok:
		case r.isFeeder(name) && ok && column != "", r.isPool(name) && !ok:
			if r.used[name] == nil {
				r.used[name] = n
			}
		case r.isFeeder(name):
			r.fault(n, "{{%s}} names no column of data %q; expected {{%s.COLUMN}}", m[1], name, name)
		case r.isPool(name):
			r.fault(n, "{{%s}}: pool %q has no columns; expected {{%s}}", m[1], name, name)
		default:
			r.fault(n, "{{%.120s}} stands for nothing: there is no pool and no data of this name, and no earlier step keeps it%s", m[1], meant(name, r.places(kept)))
		}
	}
}

// places are the names that {{…}} may have.
func (r *planReader) places(kept []string) []string {
	names := append([]string{seqName}, kept...)
	for _, f := range r.plan.Feeders {
		names = append(names, f.Name)
	}
	for _, p := range r.plan.Pools {
		names = append(names, p.Name)
	}
	return names
}

func (r *planReader) isFeeder(name string) bool {
	return slices.ContainsFunc(r.plan.Feeders, func(f Feeder) bool { return f.Name == name })
}

func (r *planReader) isPool(name string) bool {
	return slices.ContainsFunc(r.plan.Pools, func(p Pool) bool { return p.Name == name })
}

// fills checks the pools that an operation fills.
func (r *planReader) fills(n *openapi.Node) {
	for _, f := range n.Get("fill").Children() {
		if r.isPool(f.Key()) {
			continue
		}
		var names []string
		for _, p := range r.plan.Pools {
			names = append(names, p.Name)
		}
		r.wrong(f, "unknown pool %.120q%s", f.Key(), meant(f.Key(), names))
	}
}
