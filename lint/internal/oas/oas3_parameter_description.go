package oas

import (
	"context"
	"fmt"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/lint/internal/ecma"
	"github.com/plumbapi/plumb/openapi"
)

var oas3ParameterDescription = &rule{
	Meta: check.Meta{
		ID:      "oas3-parameter-description",
		Summary: "Parameters must have a description.",
		Rationale: "The name of a parameter rarely says its unit, its default behaviour or its limits. The `description` of " +
			"the parameter is where a reader looks for them. One sentence is enough for most.",
		Severity: check.Warning, Tags: []string{"openapi", "oas3", "parameters", "spectral:oas"}, Since: "0.1.0", OptIn: true,
	},
	Check: checkOas3ParameterDescription,
}

func checkOas3ParameterDescription(_ context.Context, p *pass) error {
	doc := p.Subject
	if doc.Version() == openapi.V20 {
		return nil
	}
	report := once{p: p}
	for _, item := range member(doc, doc.Root(), "paths").Children() {
		reportUndescribed(doc, &report, member(doc, item, "parameters"))
	}
	for _, o := range uniqueOperations(doc) {
		reportUndescribed(doc, &report, member(doc, o.node, "parameters"))
	}
	reportUndescribed(doc, &report, member(doc, doc.Root(), "components", "parameters"))
	return nil
}

// reportUndescribed reports the parameters of a list or a map that have no
// description.
func reportUndescribed(doc *openapi.Document, report *once, params *openapi.Node) {
	for _, c := range params.Children() {
		if !ecma.Truthy(member(doc, c, "in")) {
			continue
		}
		if v, at := field(doc, c, "description"); !ecma.Truthy(v) {
			report.Report(at, "", fmt.Sprintf("parameter %q has no description", member(doc, c, "name").Text()))
		}
	}
}
