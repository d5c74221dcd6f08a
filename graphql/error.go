package graphql

import (
	"fmt"

	"github.com/plumbapi/plumb/check"
)

// Error says why a schema, or one file of it, could not be read. The finding
// has the place and what was expected there.
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

// Findings returns the finding of every [*Error] in the tree of err, in
// order: a load that fails for several files or at several places joins one
// Error for each. It is empty where err holds none.
func Findings(err error) []check.Finding {
	var found []check.Finding
	switch e := err.(type) { //nolint:errorlint // this walks the whole tree of errors itself
	case nil:
	case *Error:
		found = append(found, e.Finding)
	case interface{ Unwrap() []error }:
		for _, err := range e.Unwrap() {
			found = append(found, Findings(err)...)
		}
	case interface{ Unwrap() error }:
		found = Findings(e.Unwrap())
	}
	return found
}

func fail(rule string, at check.Location, cause error, format string, args ...any) *Error {
	return &Error{Finding: problem(rule, at, "", format, args...), Err: cause}
}

// problem makes a finding. An unknown place becomes the start of the file:
// a finding always has a line.
func problem(rule string, at check.Location, key, format string, args ...any) check.Finding {
	if at.Line == 0 {
		at.Line, at.Column = 1, 1
	}
	if at.EndLine == 0 {
		at.EndLine, at.EndColumn = at.Line, at.Column
	}
	return check.Finding{
		Rule: rule, Severity: check.Error, Message: fmt.Sprintf(format, args...),
		Fingerprint: check.Fingerprint(rule, at.File, at.Element, key),
		Location:    at, Related: []check.Related{}, Key: key, Properties: map[string]any{},
	}
}
