package parity

import (
	"context"

	"github.com/plumbapi/plumb/check"
)

var operationPartial = &rule{
	Meta: check.Meta{
		ID:      "parity-operation-partial",
		Summary: "The counterpart of an operation should offer all that the operation does.",
		Rationale: "GraphQL reaches only a part of what the operation offers, reaches it at another price, or does something that " +
			"is only alike: a part of the data, one request for each parent, a search instead of a key, fewer scopes. Clients that " +
			"move lose something without being told. Widen the counterpart, or exempt the operation in parity.yaml with a reason.",
		Severity: check.Warning, Tags: []string{"parity", "openapi", "coverage"}, Since: since,
	},
	Check: func(_ context.Context, p *pass) error {
		return checkPartial(p, Subset, Variant, ViaScan, FanOut, ViaGeneric, Narrower)
	},
}
