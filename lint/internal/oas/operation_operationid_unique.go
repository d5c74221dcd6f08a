package oas

import (
	"context"
	"fmt"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

var operationOperationIdUnique = &rule{
	Meta: check.Meta{
		ID:      "operation-operationId-unique",
		Summary: "Every operationId must be unique.",
		Rationale: "An `operationId` is the operation's name in clients, links and logs. Given twice, a generator either " +
			"stops or drops one of the two methods, and a link leads to either. Rename the one that is newer.",
		Severity: check.Error, Tags: []string{"openapi", "oas2", "oas3", "operations", "spectral:oas"}, Since: "0.1.0",
	},
	Check: checkOperationOperationIdUnique,
}

func checkOperationOperationIdUnique(_ context.Context, p *pass) error {
	doc := p.Subject
	first := map[string]operation{}
	report := once{p: p}
	for _, o := range operations(doc) {
		id := member(doc, o.node, "operationId")
		if !o.node.Is(openapi.Object) || id == nil || container(id) {
			continue
		}
		name := id.Kind().String() + " " + id.Text()
		known, taken := first[name]
		if !taken {
			first[name] = o
			continue
		}
		_, at := field(doc, o.at, "operationId")
		_, there := field(doc, known.at, "operationId")
		report.Report(at, "", fmt.Sprintf("operationId %q is already used by %s (line %d)", id.Text(), known, there.Location().Line),
			check.Related{Message: "first used here", Location: there.Location()})
	}
	return nil
}
