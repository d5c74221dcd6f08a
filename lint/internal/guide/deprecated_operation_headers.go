package guide

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/plumbapi/plumb/check"
)

var deprecatedOperationHeaders = &rule{
	Meta: check.Meta{
		ID:      "deprecated-operation-headers",
		Summary: "A deprecated operation must declare the headers Deprecation and Sunset.",
		Rationale: "The mark in the description reaches who reads it. The headers reach who runs the old client: `Deprecation` (RFC 9745) says since when, `Sunset` (RFC 8594) until when. " +
			"Declare both on every successful response of a deprecated operation.",
		Severity: check.Warning, Tags: []string{"openapi", "deprecation"}, Since: "0.1.0", OptIn: true,
	},
	Check: checkDeprecatedOperationHeaders,
}

func checkDeprecatedOperationHeaders(_ context.Context, p *pass) error {
	d := p.Subject
	for _, op := range d.Operations() {
		if !isRequest(op) || !op.Node.Get("deprecated").IsTrue() {
			continue
		}
		var missing []string
		for _, a := range answers(d, op) {
			if !a.success() || a.node == nil {
				continue
			}
			for _, want := range [...]string{"Deprecation", "Sunset"} {
				if !slices.Contains(missing, want) && !hasHeader(a.node, func(name string) bool { return strings.EqualFold(name, want) }) {
					missing = append(missing, want)
				}
			}
		}
		if len(missing) > 0 {
			p.Report(check.Finding{
				Location: op.Node.Get("deprecated").KeyLocation(),
				Message:  fmt.Sprintf("%s is deprecated and does not declare the header %s", op, strings.ReplaceAll(quoted(missing), ", ", " or ")),
			})
		}
	}
	return nil
}
