package promise

import (
	"github.com/plumbapi/plumb/lifecycle"
	"github.com/plumbapi/plumb/parity"
)

// Twins are the operations that both sides of a comparison offer, for the rules
// that ask whether they go together.
func Twins(r *parity.Result) []lifecycle.Pair {
	var pairs []lifecycle.Pair
	for _, o := range r.Operations {
		if o.Status == parity.StatusMatch && len(o.GraphQL) > 0 {
			pairs = append(pairs, lifecycle.Pair{REST: o.Operation, GraphQL: o.GraphQL[0]})
		}
	}
	return pairs
}

// Deprecated reports whether an operation or a field is deprecated: nothing else
// has a twin that could go with it.
func Deprecated(inv *lifecycle.Inventory) bool {
	for i := range inv.Elements {
		if e := &inv.Elements[i]; e.State.Deprecated && (e.Kind == lifecycle.Operation || e.Kind == lifecycle.Field) {
			return true
		}
	}
	return false
}
