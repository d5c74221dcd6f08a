package guide

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

var errorSchemaUniform = &rule{
	Meta: check.Meta{
		ID:      "error-schema-uniform",
		Summary: "The JSON bodies of all error responses should have a common core.",
		Rationale: "A client reads errors in one place, whichever operation sent them: it shows `message`, logs `code`. The core is every property that at least 90 % of the error bodies have; a body that lacks one of them is reported. " +
			"Further properties are fine, such as a list of fields that did not validate.",
		Severity: check.Warning, Tags: []string{"openapi", "errors", "uniformity", "plumb:recommended"}, Since: "0.1.0",
	},
	Check: checkErrorSchemaUniform,
}

// errorBody is the JSON body of an error response.
type errorBody struct {
	body
	code   string
	schema *openapi.Node // references resolved
}

func checkErrorSchemaUniform(_ context.Context, p *pass) error {
	d := p.Subject
	bodiesOf := map[*openapi.Node]int{}
	members := map[*openapi.Node]map[string]*openapi.Node{}
	var schemas []*openapi.Node
	var all []errorBody
	for _, b := range errorBodies(p) {
		names, known := members[b.schema]
		if !known {
			names = errorMembers(d, b.schema)
			members[b.schema] = names
			schemas = append(schemas, b.schema)
		}
		if len(names) == 0 && typesOf(d, b.schema)&objectType != 0 {
			continue // an object of unknown properties
		}
		all = append(all, b)
		bodiesOf[b.schema]++
	}
	uses := map[string]int{}
	first := map[string]*openapi.Node{}
	for _, s := range schemas {
		for name, at := range members[s] {
			uses[name] += bodiesOf[s]
			if first[name] == nil {
				first[name] = at
			}
		}
	}
	var core []string
	for name, n := range uses {
		if n >= minUses && 10*n >= 9*len(all) {
			core = append(core, name)
		}
	}
	slices.SortFunc(core, func(a, b string) int { return cmp.Or(cmp.Compare(uses[b], uses[a]), cmp.Compare(a, b)) })
	seen := map[*openapi.Node]bool{}
	for _, b := range all {
		i := slices.IndexFunc(core, func(name string) bool { return members[b.schema][name] == nil })
		if i < 0 || seen[b.at] {
			continue
		}
		seen[b.at] = true
		p.Report(check.Finding{
			Location: b.at.KeyLocation(),
			Message:  fmt.Sprintf("the body of response %q has no %q, which %d of %d error bodies have", b.code, core[i], uses[core[i]], len(all)),
			Related:  seeAlso(first[core[i]].KeyLocation(), fmt.Sprintf("%q in another error", core[i])),
		})
	}
	return nil
}

// maxErrorMembers bounds how many properties of an error are looked at.
const maxErrorMembers = 200

// errorMembers returns the properties that an error may have, by name.
func errorMembers(d *openapi.Document, schema *openapi.Node) map[string]*openapi.Node {
	names := map[string]*openapi.Node{}
	eachProperty(d, schema, func(c *openapi.Node) {
		if len(names) < maxErrorMembers {
			names[c.Key()] = c
		}
	})
	return names
}

// errorBodies returns the JSON body of each error response, once for each
// operation that has it.
func errorBodies(p *pass) []errorBody {
	return slices.Concat(openapi.Gather(p.Subject, p.Rule()+" errors", openapi.ThroughReferences, errorBodiesOf)...)
}

func errorBodiesOf(d *openapi.Document) (found []errorBody) {
	for _, op := range d.Operations() {
		if !isRequest(op) {
			continue
		}
		all := answers(d, op)
		succeeds := slices.ContainsFunc(all, answer.success)
		for _, a := range all {
			if !a.failure() && (a.code != "default" || !succeeds) {
				continue
			}
			for _, b := range bodies(d, a.node) {
				if s := d.Resolve(b.schema); s.Len() > 0 && (b.mediaType == "" || isJSON(b.mediaType)) {
					found = append(found, errorBody{b, a.code, s})
				}
			}
		}
	}
	return found
}
