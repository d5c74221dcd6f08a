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
	habit := parameterTypes(p, func(in, name, before string) (key, shown string) {
		switch {
		case !isIDName(name) || in == "body" || in == "formData":
			return "", ""
		case !isBareID(name):
			return name, name
		case in != "path" || before == "":
			return "", ""
		}
		key = before + "/{" + name + "}"
		return key, key
	})
	habit.report(p, "identifier", (*openapi.Node).Location)
	return nil
}

// typedParameter is a parameter with what its type is compared by.
type typedParameter struct {
	param *openapi.Node
	key   string
	typedPlace
}

// parameterTypes collects the types of the parameters that the document's
// operations take, once where each is written. What a parameter is compared by,
// and how it is called, is said by keyOf; before is the path segment before a
// parameter of a path. One without a key is left out.
func parameterTypes(p *pass, keyOf func(in, name, before string) (key, shown string)) *typeHabit {
	parts := openapi.Gather(p.Subject, p.Rule(), openapi.ThroughReferences, func(part *openapi.Document) []typedParameter {
		var all []typedParameter
		seen := map[*openapi.Node]bool{}
		for _, op := range part.Operations() {
			for _, param := range part.Parameters(op) {
				if seen[param] {
					continue
				}
				seen[param] = true
				in, name, before := param.Get("in").Text(), param.Get("name").Text(), ""
				if in == "path" {
					before = segmentBefore(op.Path, name)
				}
				at := typedPlace{at: param.Get("name")}
				key, shown := keyOf(in, name, before)
				if at.name = shown; key != "" {
					at.types = typesOf(part, parameterSchema(part, param))
				}
				all = append(all, typedParameter{param, key, at})
			}
		}
		return all
	})
	habit := &typeHabit{}
	seen := map[*openapi.Node]bool{}
	for _, params := range parts {
		for _, c := range params {
			if !seen[c.param] && c.key != "" {
				habit.add(c.key, c.name, c.at, c.types)
			}
			seen[c.param] = true
		}
	}
	return habit
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
