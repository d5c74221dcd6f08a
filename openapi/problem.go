package openapi

import (
	"fmt"

	"github.com/plumbapi/plumb/check"
)

// Error says why a document could not be read. The finding has the place and
// what was expected there.
type Error struct {
	Finding check.Finding
	Err     error // the cause, where there is one
}

// Error returns the place and the message, "file:line:column: message".
func (e *Error) Error() string {
	at := e.Finding.Location
	return fmt.Sprintf("%s:%d:%d: %s", at.File, at.Line, at.Column, e.Finding.Message)
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// The rules under which problems of a document are found.
const (
	ruleParser       = "parser"
	ruleUnreadable   = "unreadable-document"
	ruleUnrecognized = "unrecognized-format"
	ruleInvalidRef   = "invalid-ref"
	ruleModel        = "invalid-model"
)

// ProblemRules describes the rules of [Document.Problems] and [Error]. They
// have no code of their own: loading finds what they report.
func ProblemRules() []check.Meta {
	return []check.Meta{
		{
			ID:        ruleParser,
			Summary:   "The document must be well-formed JSON or YAML with each key given once.",
			Rationale: "A parser that meets a key twice keeps one of the two and says nothing; a key that is no string is turned into one, by each parser in its own way. What the author wrote is then not what the tools read. Remove the second key, quote the key that is a number.",
			Severity:  check.Error, Tags: []string{"openapi", "document", "spectral:oas"}, Since: "0.1.0", Aliases: []string{},
		},
		{
			ID:        ruleUnreadable,
			Summary:   "The document must exist and hold text.",
			Rationale: "Nothing can be said of a description that cannot be read. The run counts as incomplete, never as clean.",
			Severity:  check.Error, Tags: []string{"openapi", "document"}, Since: "0.1.0", Aliases: []string{},
		},
		{
			ID:        ruleUnrecognized,
			Summary:   "The document must be an OpenAPI description of version 2.0, 3.0, 3.1 or 3.2.",
			Rationale: "The rules of one version do not fit another. A description says its version in `openapi` (from 3.0) or `swagger` (2.0); both are strings, so YAML needs quotes around `\"2.0\"`.",
			Severity:  check.Error, Tags: []string{"openapi", "document", "spectral:oas"}, Since: "0.1.0", Aliases: []string{},
		},
		{
			ID:        ruleInvalidRef,
			Summary:   "Every reference must lead to something.",
			Rationale: "A `$ref` to nothing leaves a hole where a reader and a code generator expect a schema. Check the spelling of the target; references into other files are followed inside the root folder only, remote ones only where that is allowed.",
			Severity:  check.Error, Tags: []string{"openapi", "document", "spectral:oas"}, Since: "0.1.0", Aliases: []string{},
		},
		{
			ID:        ruleModel,
			Summary:   "Every member must have the type that the specification gives it.",
			Rationale: "Comparing, measuring and rendering read a description as typed structs. A list where the specification has an object, or text where it has a number, fits no struct, so the document is found unfit as a whole. Give the member the type that the specification names.",
			Severity:  check.Error, Tags: []string{"openapi", "document"}, Since: "0.1.0", Aliases: []string{},
		},
	}
}

// problem makes a finding of one of the rules above.
func problem(rule string, at check.Location, format string, args ...any) check.Finding {
	if at.Line == 0 {
		at.Line, at.Column = 1, 1
	}
	if at.EndLine == 0 {
		at.EndLine, at.EndColumn = at.Line, at.Column
	}
	return check.Finding{
		Rule: rule, Severity: check.Error, Message: fmt.Sprintf(format, args...),
		Fingerprint: check.Fingerprint(rule, at.File, at.Element, ""),
		Location:    at, Related: []check.Related{}, Properties: map[string]any{},
	}
}

func fail(rule string, at check.Location, cause error, format string, args ...any) *Error {
	return &Error{Finding: problem(rule, at, format, args...), Err: cause}
}
