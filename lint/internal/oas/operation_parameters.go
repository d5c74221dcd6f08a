package oas

import (
	"context"
	"fmt"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

var operationParameters = &rule{
	Meta: check.Meta{
		ID:      "operation-parameters",
		Summary: "The parameters of an operation must be unique, and its body given in one way.",
		Rationale: "Two parameters with the same name and place leave open which of the two descriptions holds. An OpenAPI " +
			"2.0 operation has one body: either one parameter with `in: body` or fields with `in: formData`, since a " +
			"request cannot be sent as both.",
		Severity: check.Warning, Tags: []string{"openapi", "oas2", "oas3", "operations", "parameters", "spectral:oas"}, Since: "0.1.0",
	},
	Check: checkOperationParameters,
}

func checkOperationParameters(_ context.Context, p *pass) error {
	doc := p.Subject
	report := once{p: p}
	for _, o := range operations(doc) {
		params, at := field(doc, o.at, "parameters")
		if o.node.Is(openapi.Object) && params.Is(openapi.Array) {
			checkParameterList(doc, &report, params, at)
		}
	}
	return nil
}

func checkParameterList(doc *openapi.Document, report *once, params, at *openapi.Node) {
	seen := map[[2]string]bool{}
	bodies, forms := 0, 0
	for _, c := range params.Children() {
		param := resolved(doc, c)
		if !container(param) || param.Has("$ref") {
			continue
		}
		in, name := jsString(member(doc, param, "in")), jsString(member(doc, param, "name"))
		id := [2]string{in, name}
		if seen[id] {
			report.Report(written(doc, c), "unique", fmt.Sprintf("parameter %q in %s is given twice", name, in))
		}
		seen[id] = true
		switch {
		case !member(doc, param, "in").Is(openapi.String):
		case in == "body":
			if bodies++; bodies > 1 {
				report.Report(written(doc, c), "body", fmt.Sprintf("parameter %q is a second body", name))
			}
		case in == "formData":
			forms++
		}
	}
	if bodies > 0 && forms > 0 {
		report.Report(at, "both", "the parameters give a body and form fields at once")
	}
}
