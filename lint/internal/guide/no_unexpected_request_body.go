package guide

import (
	"context"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

var noUnexpectedRequestBody = &rule{
	Meta: check.Meta{
		ID:      "no-unexpected-request-body",
		Summary: "GET, HEAD and DELETE must not take a request body.",
		Rationale: "RFC 9110 (sections 9.3.1, 9.3.2, 9.3.5) gives such a body no meaning: proxies drop it, caches ignore it, some servers refuse it, and `fetch` will not send it with a GET. " +
			"Take parameters of the query, or make it a POST. A body that may be left out and has no properties is not reported.",
		Severity: check.Warning, Tags: []string{"openapi", "requests", "plumb:recommended", "plumb:gitlab"}, Since: "0.1.0",
	},
	Check: checkNoUnexpectedRequestBody,
}

func checkNoUnexpectedRequestBody(_ context.Context, p *pass) error {
	d := p.Subject
	for _, op := range d.Operations() {
		if op.Method != "GET" && op.Method != "HEAD" && op.Method != "DELETE" {
			continue
		}
		if at := requestBodyOf(d, op); at != nil {
			p.Reportf(at.KeyLocation(), "%s takes a request body", op)
		}
	}
	return nil
}

// requestBodyOf returns where an operation describes a request body, nil
// where it describes none, or one that is always empty.
func requestBodyOf(d *openapi.Document, op *openapi.Operation) *openapi.Node {
	if d.Version() == openapi.V20 {
		for _, param := range d.Parameters(op) {
			if in := param.Get("in"); in.Text() == "body" || in.Text() == "formData" {
				return in
			}
		}
		return nil
	}
	at := op.Node.Get("requestBody")
	request := d.Resolve(at)
	for _, b := range bodies(d, request) {
		schema := d.Resolve(b.schema)
		if request.Get("required").IsTrue() || schema.Len() > 0 && !isEmptyObject(schema) {
			return at
		}
	}
	return nil
}

// isEmptyObject reports whether a schema says that it is an object and names
// no property.
func isEmptyObject(schema *openapi.Node) bool {
	for _, c := range schema.Children() {
		switch c.Key() {
		case "type":
			if c.Text() != "object" {
				return false
			}
		case "properties", "required":
			if c.Len() > 0 {
				return false
			}
		case "description", "title", "nullable", "additionalProperties":
		default:
			return false
		}
	}
	return true
}
