package parity

import (
	"context"
	"fmt"

	"github.com/plumbapi/plumb/check"
)

var lowConfidence = &rule{
	Meta: check.Meta{
		ID:      "parity-low-confidence",
		Summary: "The matcher should be sure of its decisions.",
		Rationale: "The matcher has decided, and one in ten such decisions or more is wrong. Look at the candidates and " +
			"say in parity.yaml which one is right, or none; `plumb parity suggest` writes the entries. Until then the pair counts, " +
			"and none of its differences is an error.",
		Severity: check.Info, Tags: []string{"parity", "openapi", "decisions"}, Since: since,
	},
	Check: checkLowConfidence,
}

func checkLowConfidence(_ context.Context, p *pass) error {
	for _, o := range p.Subject.Operations {
		if o.Source != Matched || o.Confidence >= autoFrom || o.Need == Unneeded {
			continue
		}
		f := check.Finding{Location: o.Location, Properties: gapProperties(o)}
		f.Properties["status"] = string(o.Status)
		switch {
		case o.Status == StatusNone || len(o.GraphQL) == 0:
			f.Message = fmt.Sprintf("operation %q seems to have no counterpart, with a confidence of %.2f", o.Operation, o.Confidence)
		case o.Status == StatusPartial:
			f.Message = fmt.Sprintf("operation %q seems to be reached through %q (%s), with a confidence of %.2f", o.Operation, o.GraphQL[0], o.Reason, o.Confidence)
		default:
			f.Message = fmt.Sprintf("operation %q seems to correspond to %q, with a confidence of %.2f", o.Operation, o.GraphQL[0], o.Confidence)
		}
		for i, c := range o.Candidates {
			if at := mentioned(p.Subject, c.Coordinate).at; i < 3 && at.File != "" {
				f.Related = append(f.Related, check.Related{Message: fmt.Sprintf("candidate %q, confidence %.2f", c.Coordinate, c.Confidence), Location: at})
			}
		}
		p.Report(f)
	}
	for _, t := range p.Subject.Types {
		if t.Source != Matched || t.Confidence >= autoFrom || t.Need == Unneeded || t.Status == StatusNone {
			continue
		}
		report(p, mention{noun: "schema", name: t.Name, at: t.Location}, mentionedType(p.Subject, t.GraphQL), check.Finding{
			Message:    fmt.Sprintf("schema %q seems to be type %q, with a confidence of %.2f", t.Name, t.GraphQL, t.Confidence),
			Properties: map[string]any{"schema": t.Name, "type": t.GraphQL, "confidence": round(t.Confidence), "alternatives": t.Alternatives},
		})
	}
	return nil
}

// mentionedType is a type of the GraphQL side.
func mentionedType(res *Result, name string) mention {
	m := mention{noun: "type", name: name}
	if t := res.GraphQL.Type(name); t != nil {
		m.at = t.Location()
	}
	return m
}
