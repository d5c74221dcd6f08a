package gql

import (
	"context"
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/graphql"
)

var timestampDescriptions = &rule{
	Meta: check.Meta{
		ID:      "graphql-timestamp-descriptions",
		Summary: "The description of a field with a date and time must say that it is a timestamp.",
		Rationale: "The reader of a description cannot tell from `When the issue was closed` whether a day or a moment comes " +
			"back. `Timestamp of when the issue was closed.` says so.",
		Severity: check.Info, Tags: []string{"graphql", "descriptions", "dates", "style", "plumb:gitlab"}, Since: "0.1.0", OptIn: true,
	},
	Check: checkTimestampDescriptions,
}

func checkTimestampDescriptions(_ context.Context, p *pass) error {
	for _, f := range p.Subject.Fields {
		if !isMoment(f.Type.Name) || blank(f.Description) {
			continue
		}
		if !strings.Contains(strings.ToLower(f.Description), "timestamp") {
			reportf(p, graphql.DescriptionLocation(f), "the description of %s does not say timestamp: %q", called(f), excerpt(f.Description))
		}
	}
	return nil
}

// isMoment reports whether a scalar's name is one that schemas use for a
// date with a time.
func isMoment(name string) bool {
	switch name {
	case "Time", "DateTime", "Timestamp", "ISO8601DateTime", "PreciseDateTime":
		return true
	}
	return false
}
