package guide

import (
	"context"

	"github.com/plumbapi/plumb/check"
)

var timestampInteger = &rule{
	Meta: check.Meta{
		ID:      "timestamp-integer",
		Summary: "A date should be a string of the format date-time or date.",
		Rationale: "A number tells neither its unit nor its time zone, and nobody can read it in a log. RFC 3339 text can be read by people and by every date library. " +
			"Reported are numbers with the name of a date (`created_at`, `dueDate`) or the format `unix-time`.",
		Severity: check.Warning, Tags: []string{"openapi", "schemas", "dates", "plumb:gitlab"}, Since: "0.1.0", OptIn: true,
	},
	Check: checkTimestampInteger,
}

func checkTimestampInteger(_ context.Context, p *pass) error {
	d := p.Subject
	for c := range declaredProperties(d) {
		if d.Ref(c) != nil {
			continue
		}
		if t := typesOf(d, c); t != 0 && t&^(integerType|numberType) == 0 && (dateNameOf(c.Key()) != noDate || is(c.Get("format").Text(), "unix-time", "unixtime", "timestamp", "epoch")) {
			p.Reportf(c.KeyLocation(), "date %q is of type %q", c.Key(), t)
		}
	}
	return nil
}
