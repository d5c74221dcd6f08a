package parity

import (
	"context"
	"fmt"

	"github.com/plumbapi/plumb/check"
)

var fieldMissingInGraphQL = &rule{
	Meta: check.Meta{
		ID:      "parity-field-missing-in-graphql",
		Summary: "Every property of a matched schema should have a field in the type.",
		Rationale: "The schema and the type are the same thing, and GraphQL knows less of it. Clients that need the property have " +
			"to ask REST as well. Links of REST itself, values that depend on who asks and internal IDs are not counted. One that " +
			"is missing since parity.lock was written is an error of [parity-new-field-gap](parity-new-field-gap.md) instead.",
		Severity: check.Warning, Tags: []string{"parity", "openapi", "fields"}, Since: since,
	},
	Check: checkFieldMissingInGraphQL,
}

func checkFieldMissingInGraphQL(_ context.Context, p *pass) error {
	once := missingOnce(p.Subject)
	lost := lost(p.Subject)
	for t := range fieldCouples(p.Subject) {
		if once[t.field] && t.wants.graphql && !t.isNewGap() && !t.isLost(lost) {
			reportMissingField(p, t.rest, t, "%s has no field in type %q", t.field.Type)
		}
	}
	return nil
}

// missingOnce are the properties that types lack: one that several schemas of
// a type have is there once, and none that one of them has a field for.
func missingOnce(res *Result) map[*Field]bool {
	once := map[*Field]bool{}
	for _, f := range missing(res) {
		once[f] = true
	}
	return once
}

// reportMissingField reports a field that one side lacks.
func reportMissingField(p *pass, has mention, t couple, format, lacks string) {
	p.Report(check.Finding{
		Location: has.at, Key: lacks, Message: fmt.Sprintf(format, has, lacks),
		Properties: map[string]any{"schema": t.field.Schema, "type": t.field.Type, "confidence": round(t.confidence)},
	})
}
