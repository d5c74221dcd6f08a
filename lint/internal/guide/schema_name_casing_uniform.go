package guide

import (
	"context"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

var schemaNameCasingUniform = &rule{
	Meta: check.Meta{
		ID:        "schema-name-casing-uniform",
		Summary:   "The names of shared schemas should be cased alike.",
		Rationale: "Generators turn the names of schemas into the names of types. One `issue_comment` among `MergeRequest` and `AccessToken` becomes a type that nobody finds.",
		Severity:  check.Info, Tags: []string{"openapi", "schemas", "naming", "uniformity", "plumb:recommended"}, Since: "0.1.0",
	},
	Check: checkSchemaNameCasingUniform,
}

func checkSchemaNameCasingUniform(_ context.Context, p *pass) error {
	var habit casingHabit
	root := p.Subject.Root()
	schemas := root.Find("components", "schemas")
	if p.Subject.Version() == openapi.V20 {
		schemas = root.Get("definitions")
	}
	for _, s := range schemas.Children() {
		habit.addAs(partsCasing(s.Key()), s.Key(), s)
	}
	habit.report(p, "schema", (*openapi.Node).KeyLocation)
	return nil
}
