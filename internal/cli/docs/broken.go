package docs

import (
	"context"
	"slices"

	"github.com/plumbapi/plumb/apidocs"
	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/graphql"
	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/project"
	"github.com/plumbapi/plumb/lint"
	"github.com/plumbapi/plumb/openapi"
)

// broken lints the descriptions for what breaks them: what could not be read or
// leads nowhere, and what the standard has no place for. A field of GraphQL that
// is given twice is shown twice, and breaks nothing.
func broken(ctx context.Context, p *project.Project, in *apidocs.Input) error {
	rules := map[string]bool{"oas2-schema": true, "oas3-schema": true}
	for _, m := range slices.Concat(openapi.ProblemRules(), graphql.ProblemRules()) {
		rules[m.ID] = m.Severity == check.Error && m.ID != "graphql-duplicate-field"
	}
	policy := check.Policy{Off: map[string]bool{}, On: map[string]bool{}}
	for _, m := range lint.Metas() {
		policy.Off[m.ID] = !rules[m.ID]
		policy.On[m.ID] = rules[m.ID]
	}
	var reports []*check.Report
	for _, doc := range in.OpenAPI {
		rep, err := lint.Document(ctx, doc, policy)
		if err != nil {
			return env.Incompletef("%w", err)
		}
		reports = append(reports, rep)
	}
	if in.GraphQL != nil {
		rep, err := lint.Schema(ctx, in.GraphQL, policy)
		if err != nil {
			return env.Incompletef("%w", err)
		}
		reports = append(reports, rep)
	}
	for _, rep := range reports {
		for _, f := range rep.Findings {
			if rules[f.Rule] {
				one := finding(f)
				one.File, one.Breaks = p.Shown(f.Location.File), true
				in.Attached.Findings = append(in.Attached.Findings, one)
			}
		}
	}
	return nil
}

func finding(f check.Finding) apidocs.Finding {
	return apidocs.Finding{Rule: f.Rule, Message: f.Message, Status: f.Severity.String(), File: f.Location.File, Line: f.Location.Line, Element: f.Location.Element}
}
