package live

import (
	"context"
	"fmt"
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/parity"
)

var liveUnmapped = &check.Rule[*Result]{
	Meta: check.Meta{
		ID:      "parity-live-unmapped",
		Summary: "A property and a field whose values agree are a pair in the map.",
		Rationale: "Values that agree on many objects and differ on none show that a property and a field mean the same, " +
			"whatever they are called. Without the pair the comparison says that each side lacks a field. Declare it in `parity.yaml`.",
		Severity: check.Info, Tags: []string{"parity", "live"}, Since: since,
	},
	Check: func(_ context.Context, p *check.Pass[*Result]) error {
		for _, s := range p.Subject.Suggestions {
			p.Report(check.Finding{
				Location: p.Subject.propertyPlace(s.REST), Related: p.Subject.counterpart(s.GraphQL), Key: s.GraphQL,
				Message: fmt.Sprintf("property %q and field %q agree on %d objects in %d values, and are no pair of the map", s.REST, s.GraphQL, s.Objects, s.Values),
				Properties: map[string]any{
					"rest": s.REST, "graphql": s.GraphQL, "objects": s.Objects, "values": s.Values,
				},
			})
		}
		return nil
	},
}

// propertyPlace is where a property is described: in the field map, else the
// schema.
func (r *Result) propertyPlace(rest string) check.Location {
	for _, f := range r.Plan.result.Fields {
		if f.REST == rest && f.Kind != parity.GraphQLOnly {
			return f.RESTLocation
		}
	}
	for _, t := range r.Plan.result.Types {
		if strings.HasPrefix(rest, t.Name+".") {
			return t.Location
		}
	}
	return check.Location{}
}
