package parity

import (
	"context"
	"fmt"
	"strings"

	"github.com/plumbapi/plumb/check"
)

var filterMissing = &rule{
	Meta: check.Meta{
		ID:      "parity-filter-missing",
		Summary: "A list should be narrowed in the same ways in both APIs.",
		Rationale: "One API picks what a client needs out of a list, the other makes it read the whole list. Add the filter, or " +
			"turn the rule off where the two APIs are meant for different uses.",
		Severity: check.Warning, Tags: []string{"parity", "openapi", "graphql", "inputs"}, Since: since,
	},
	Check: func(_ context.Context, p *pass) error { return checkMissingInputs(p, FilterInput) },
}

// missingInput is a finding about an input that the other side, of that name,
// lacks.
func missingInput(has mention, lacks string, properties map[string]any, format string, args ...any) check.Finding {
	return check.Finding{Location: has.at, Key: strings.TrimSpace(has.name + " " + lacks), Properties: properties, Message: fmt.Sprintf(format, args...)}
}
