// Package check is the kernel of plumb: one shape for every check that the
// toolkit runs. A [Rule] looks at a subject through a [Pass] and reports
// [Finding] values; [Run] runs a [Set] of rules over one subject under a
// [Policy] and returns a [Report].
//
// The package knows nothing of API descriptions. A subject is any type: an
// OpenAPI document, a GraphQL schema, a list of changes, a set of
// measurements. It imports the standard library only.
package check

import (
	"fmt"
	"strings"
)

// Severity says how much a finding matters. The zero value is invalid, so
// that a severity that was never set is noticed.
type Severity int

// The severities, in rising order.
const (
	Info Severity = iota + 1
	Warning
	Error
)

// String returns "info", "warning" or "error", and "severity(n)" for any
// other value.
func (s Severity) String() string {
	switch s {
	case Info:
		return "info"
	case Warning:
		return "warning"
	case Error:
		return "error"
	}
	return fmt.Sprintf("severity(%d)", int(s))
}

// ParseSeverity reads "info", "warning" or "error", in any case, and the
// short forms "warn" and "hint" (which is info).
func ParseSeverity(s string) (Severity, error) {
	switch strings.ToLower(s) {
	case "info", "hint":
		return Info, nil
	case "warning", "warn":
		return Warning, nil
	case "error":
		return Error, nil
	}
	return 0, fmt.Errorf("unknown severity %q; it is error, warning or info", s)
}

// MarshalText writes the severity as its name.
func (s Severity) MarshalText() ([]byte, error) {
	if !s.valid() {
		return nil, fmt.Errorf("invalid severity %d", int(s))
	}
	return []byte(s.String()), nil
}

// UnmarshalText reads what [ParseSeverity] reads.
func (s *Severity) UnmarshalText(text []byte) error {
	v, err := ParseSeverity(string(text))
	if err != nil {
		return err
	}
	*s = v
	return nil
}

// valid reports whether s is one of the severities.
func (s Severity) valid() bool { return s >= Info && s <= Error }
