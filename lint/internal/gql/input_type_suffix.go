package gql

import (
	"context"
	"strings"

	"github.com/plumbapi/plumb/check"
)

var inputTypeSuffix = &rule{
	Meta: check.Meta{
		ID:      "graphql-input-type-suffix",
		Summary: "The name of an input object must end in Input.",
		Rationale: "Input and output types share one space of names, and a type for both cannot exist. The suffix keeps " +
			"`Issue` free for what comes back and tells the two apart in generated code.",
		Severity: check.Info, Tags: []string{"graphql", "naming", "inputs"}, Since: "0.1.0", OptIn: true,
	},
	Check: checkInputTypeSuffix,
}

func checkInputTypeSuffix(_ context.Context, p *pass) error {
	for _, t := range p.Subject.Inputs {
		if !strings.HasSuffix(t.Name, "Input") {
			reportf(p, t.Location(), "the name of %s does not end in %q", called(t), "Input")
		}
	}
	return nil
}
