package guide

import (
	"context"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

var problemDetailsSchema = &rule{
	Meta: check.Meta{
		ID:      "problem-details-schema",
		Summary: "The schema of application/problem+json must agree with RFC 9457.",
		Rationale: "RFC 9457 fixes the types of the members that it defines: `type`, `title`, `detail` and `instance` are strings, `status` is a number. " +
			"A library that reads problems ignores or refuses what has another type. Members of other names are free.",
		Severity: check.Warning, Tags: []string{"openapi", "errors", "plumb:recommended"}, Since: "0.1.0",
	},
	Check: checkProblemDetailsSchema,
}

// problemMembers are the types of the members of a problem (RFC 9457,
// section 3.1).
var problemMembers = map[string]types{
	"type": stringType, "title": stringType, "detail": stringType, "instance": stringType,
	"status": integerType | numberType,
}

func checkProblemDetailsSchema(_ context.Context, p *pass) error {
	d := p.Subject
	seen := map[*openapi.Node]bool{}
	for _, media := range d.Nodes(openapi.MediaTypeRole) {
		schema := d.Resolve(media.Get("schema"))
		if mediaTypeName(media.Key()) != problemJSON || schema == nil || seen[schema] {
			continue
		}
		seen[schema] = true
		if t := typesOf(d, schema); t != 0 && t&objectType == 0 {
			p.Reportf(media.Get("schema").KeyLocation(), "a problem is of type %q, where RFC 9457 has an object", t)
		}
		eachProperty(d, schema, func(c *openapi.Node) {
			want, fixed := problemMembers[c.Key()]
			got := typesOf(d, c)
			if !fixed || got == 0 || got&want != 0 || seen[c] {
				return
			}
			seen[c] = true
			p.Reportf(c.KeyLocation(), "member %q of a problem is of type %q, where RFC 9457 has a %s", c.Key(), got, problemTypeName(want))
		})
	}
	return nil
}

func problemTypeName(t types) string {
	if t == stringType {
		return "string"
	}
	return "number"
}
