package guide

import (
	"context"
	"fmt"
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

var successNotErrorSchema = &rule{
	Meta: check.Meta{
		ID:      "success-not-error-schema",
		Summary: "A successful response must not have the schema of an error.",
		Rationale: "A response 200 that holds an error defeats everything that looks at the status: caches, retries, monitoring, `response.ok`. " +
			"Reported is a response of the class 2xx whose schema is a shared one that is named for an error and is the body of an error response elsewhere.",
		Severity: check.Warning, Tags: []string{"openapi", "errors", "responses", "plumb:recommended"}, Since: "0.1.0",
	},
	Check: checkSuccessNotErrorSchema,
}

func checkSuccessNotErrorSchema(_ context.Context, p *pass) error {
	d := p.Subject
	errorUse := map[*openapi.Node]errorBody{}
	eachErrorBody(d, func(b errorBody) {
		if _, known := errorUse[b.schema]; !known && namedForError(b.schema) {
			errorUse[b.schema] = b
		}
	})
	if len(errorUse) == 0 {
		return nil
	}
	for _, op := range d.Operations() {
		for _, a := range answers(d, op) {
			if !a.success() || a.code == "207" || !isRequest(op) {
				continue
			}
			for _, b := range bodies(d, a.node) {
				schema := d.Resolve(b.schema)
				if e, ok := errorUse[schema]; ok && schema != nil {
					p.Report(check.Finding{
						Location: b.schema.Location(),
						Message:  fmt.Sprintf("response %q of %s has the schema of an error, %q", a.code, op, schema.Key()),
						Related:  seeAlso(e.at.KeyLocation(), fmt.Sprintf("the same schema in response %q", e.code)),
					})
				}
			}
		}
	}
	return nil
}

// namedForError reports whether a shared schema is called an error, a fault
// or a problem.
func namedForError(schema *openapi.Node) bool {
	switch schema.Parent().Key() {
	case "schemas", "definitions":
	default:
		return false
	}
	name := strings.ToLower(schema.Key())
	for _, word := range [...]string{"error", "problem", "fault", "exception"} {
		if strings.HasPrefix(name, word) || strings.HasSuffix(name, word) || strings.HasSuffix(name, word+"s") {
			return true
		}
	}
	return false
}
