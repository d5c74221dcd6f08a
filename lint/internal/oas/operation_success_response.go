package oas

import (
	"context"
	"slices"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

var operationSuccessResponse = &rule{
	Meta: check.Meta{
		ID:      "operation-success-response",
		Summary: "An operation must have a response with a status of 2xx or 3xx.",
		Rationale: "A client is written for the case that all goes well. An operation that describes errors only, or leaves " +
			"all to `default`, does not say what that looks like. Describe at least one response from 200 to 399.",
		Severity: check.Warning, Tags: []string{"openapi", "oas2", "oas3", "operations", "responses", "spectral:oas"}, Since: "0.1.0",
	},
	Check: checkOperationSuccessResponse,
}

func checkOperationSuccessResponse(_ context.Context, p *pass) error {
	doc := p.Subject
	for _, o := range uniqueOperations(doc) {
		responses, at := field(doc, o.at, "responses")
		if responses.Is(openapi.Object) && !slices.ContainsFunc(responses.Children(), func(r *openapi.Node) bool {
			return isSuccess(r.Key(), doc.Version() != openapi.V20)
		}) {
			p.Reportf(Place(at), "%s has no response with a status of 2xx or 3xx", o)
		}
	}
	return nil
}

func isSuccess(status string, ranges bool) bool {
	if ranges && (status == "2XX" || status == "3XX") {
		return true
	}
	f, ok := jsNumber(status)
	return ok && f >= 200 && f < 400
}
