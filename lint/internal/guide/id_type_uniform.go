package guide

import (
	"context"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

var idTypeUniform = &rule{
	Meta: check.Meta{
		ID:      "id-type-uniform",
		Summary: "Parameters that name the same identifier must have the same type.",
		Rationale: "What one operation returns as an integer, the next one must take as an integer: a client has one type for `project_id`. " +
			"Identifiers are compared by their name, and a bare `{id}` by the segment before it: `/projects/{id}` only with `/projects/{id}`.",
		Severity: check.Warning, Tags: []string{"openapi", "parameters", "uniformity", "plumb:recommended", "plumb:gitlab"}, Since: "0.1.0",
	},
	Check: checkIDTypeUniform,
}

func checkIDTypeUniform(_ context.Context, p *pass) error {
	d := p.Subject
	var habit typeHabit
	eachParameter(d, func(param *openapi.Node, in, name, before string) {
		if !isIDName(name) || in == "body" || in == "formData" {
			return
		}
		key := name
		if isBareID(name) {
			if in != "path" || before == "" {
				return
			}
			key = before + "/{" + name + "}"
		}
		habit.add(key, key, param.Get("name"), typesOf(d, parameterSchema(d, param)))
	})
	habit.report(p, "identifier", (*openapi.Node).Location)
	return nil
}

// eachParameter calls f with each parameter that the document's operations
// take, once where it is written; before is the path segment before a
// parameter of a path.
func eachParameter(d *openapi.Document, f func(param *openapi.Node, in, name, before string)) {
	seen := map[*openapi.Node]bool{}
	for _, op := range d.Operations() {
		for _, param := range d.Parameters(op) {
			if seen[param] {
				continue
			}
			seen[param] = true
			in, name := param.Get("in").Text(), param.Get("name").Text()
			before := ""
			if in == "path" {
				before = segmentBefore(op.Path, name)
			}
			f(param, in, name, before)
		}
	}
}

// segmentBefore returns the segment before the parameter in a path.
func segmentBefore(path, param string) string {
	before := ""
	for _, s := range segments(path) {
		if len(s) == len(param)+2 && isTemplate(s) && s[1:len(s)-1] == param {
			return before
		}
		before = s
	}
	return ""
}

func isIDName(name string) bool {
	_, last := lastWord(name)
	return is(last, "id", "iid", "uuid", "guid")
}

func isBareID(name string) bool { return is(name, "id", "iid", "uuid", "guid") }
