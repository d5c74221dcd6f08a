package oas

import (
	"context"
	"slices"
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

var oas2OperationFormDataConsumeCheck = &rule{
	Meta: check.Meta{
		ID:      "oas2-operation-formData-consume-check",
		Summary: "Operations with form fields must consume a form media type.",
		Rationale: "Form fields are sent as `application/x-www-form-urlencoded` or `multipart/form-data`; no other media " +
			"type has fields. An operation that consumes something else and asks for `in: formData` cannot be called " +
			"as described. Add one of the two to `consumes`.",
		Severity: check.Warning, Tags: []string{"openapi", "oas2", "operations", "parameters", "spectral:oas"}, Since: "0.1.0",
	},
	Check: checkOas2OperationFormDataConsumeCheck,
}

func checkOas2OperationFormDataConsumeCheck(_ context.Context, p *pass) error {
	doc := p.Subject
	if doc.Version() != openapi.V20 {
		return nil
	}
	for _, o := range uniqueOperations(doc) {
		consumes, params := member(doc, o.node, "consumes"), member(doc, o.node, "parameters")
		if !o.node.Is(openapi.Object) || !consumes.Is(openapi.Array) || !params.Is(openapi.Array) {
			continue
		}
		hasForm := slices.ContainsFunc(params.Children(), func(c *openapi.Node) bool {
			in, _ := member(doc, c, "in").Str()
			return in == "formData"
		})
		takesForm := slices.ContainsFunc(consumes.Children(), func(c *openapi.Node) bool {
			t := resolved(doc, c).Text()
			return strings.Contains(t, "application/x-www-form-urlencoded") || strings.Contains(t, "multipart/form-data")
		})
		if hasForm && !takesForm {
			p.Reportf(Place(written(doc, o.at)), "%s has form fields but consumes no form", o)
		}
	}
	return nil
}
