package catalog

import (
	"context"
	"slices"
)

// inboundVerified is C02.
func inboundVerified(_ context.Context, b *bench) verdict {
	if !slices.Contains(b.manifest.Direction, "inbound") {
		return irrelevant("it takes nothing in")
	}
	return fail("it takes something in, and nothing shows that it is verified")
}
