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
	errorUse := map[*openapi.Node]errorBody{}
	for _, b := range errorBodies(p) {
		if _, known := errorUse[b.schema]; !known && namedForError(b.schema) {
			errorUse[b.schema] = b
		}
	}
	if len(errorUse) == 0 {
		return nil
	}
	for _, results := range openapi.Gather(p.Subject, p.Rule(), openapi.ThroughReferences, namedResults) {
		for _, r := range results {
			if e, ok := errorUse[r.named]; ok {
				p.Report(check.Finding{
					Location: r.schema.Location(),
					Message:  fmt.Sprintf("response %q of %s has the schema of an error, %q", r.code, r.op, r.named.Key()),
					Related:  seeAlso(e.at.KeyLocation(), fmt.Sprintf("the same schema in response %q", e.code)),
				})
			}
		}
	}
	return nil
}

// namedResult is a body of a successful response whose schema is called an
// error.
type namedResult struct {
	op            *openapi.Operation
	code          string
	schema, named *openapi.Node // as it is written, and what it stands for
}

func namedResults(d *openapi.Document) (found []namedResult) {
	for _, op := range d.Operations() {
		if !isRequest(op) {
			continue
		}
		for _, a := range answers(d, op) {
			if !a.success() || a.code == "207" {
				continue
			}
			for _, b := range bodies(d, a.node) {
				if named := d.Resolve(b.schema); named != nil && namedForError(named) {
					found = append(found, namedResult{op, a.code, b.schema, named})
				}
			}
		}
	}
	return found
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
