package oas

import (
	"context"
	"strings"
	"unicode/utf8"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi/edit"
)

var operationOperationIdValidInUrl = &rule{
	Meta: check.Meta{
		ID:      "operation-operationId-valid-in-url",
		Summary: "An operationId must be made of characters that a URL can hold.",
		Rationale: "Reference pages use the `operationId` as the address of an operation. Spaces, umlauts or braces in it " +
			"make links that break when they are copied. Use letters, digits, and hyphens or underscores.",
		Fix:      "Puts an underscore in place of such characters where no other operation has that name; unsafe, for generated clients change.",
		Severity: check.Warning, Tags: []string{"openapi", "oas2", "oas3", "operations", "spectral:oas"}, Since: "0.1.0",
	},
	Check: checkOperationOperationIdValidInUrl,
}

func checkOperationOperationIdValidInUrl(_ context.Context, p *pass) error {
	doc := p.Subject
	for _, o := range uniqueOperations(doc) {
		v, at := field(doc, o.at, "operationId")
		id, ok := v.Str()
		if i := strings.IndexFunc(id, invalidInURL); ok && i >= 0 {
			r, _ := utf8.DecodeRuneInString(id[i:])
			mend(p, Place(at), validID(&edit.Editor{}, doc, v), "operationId %q contains %q", id, r)
		}
	}
	return nil
}

// invalidInURL reports whether RFC 3986 lets a URL hold the character in its
// percent-encoded form only.
func invalidInURL(r rune) bool {
	switch {
	case 'a' <= r && r <= 'z', 'A' <= r && r <= 'Z', '0' <= r && r <= '9':
		return false
	}
	return !strings.ContainsRune("-._~:/?#[]@!$&'()*+,;=", r)
}
