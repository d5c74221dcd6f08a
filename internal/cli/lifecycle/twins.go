package lifecycle

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/plumbapi/plumb/internal/cli/source"
	lifecyclelib "github.com/plumbapi/plumb/lifecycle"
	"github.com/plumbapi/plumb/parity"
)

// pairs returns the operations that a REST description and a GraphQL schema
// both offer, where one of each is looked at and something of either is
// deprecated: no other pairs are of interest.
func (l *life) pairs(ctx context.Context) ([]lifecyclelib.Pair, error) {
	var rest, gql *source.Document
	deprecated := false
	for i, d := range l.docs {
		switch {
		case d.OpenAPI != nil && rest == nil:
			rest = d
		case d.GraphQL != nil && gql == nil:
			gql = d
		default:
			return nil, nil // several, or one that could not be read
		}
		deprecated = deprecated || hasDeprecated(l.inventories[i])
	}
	if rest == nil || gql == nil || !deprecated {
		return nil, nil
	}
	res, err := parity.Match(ctx, rest.OpenAPI, gql.GraphQL, parity.Options{Now: l.now})
	var strangers *parity.NotAPairError
	switch {
	case errors.As(err, &strangers):
		return nil, nil
	case err != nil:
		return nil, err
	}
	var pairs []lifecyclelib.Pair
	for _, o := range res.Operations {
		if o.Status == parity.StatusMatch && len(o.GraphQL) > 0 {
			pairs = append(pairs, lifecyclelib.Pair{REST: o.Operation, GraphQL: o.GraphQL[0]})
		}
	}
	return pairs, nil
}

// hasDeprecated reports whether an operation or a field is deprecated.
func hasDeprecated(inv *lifecyclelib.Inventory) bool {
	for i := range inv.Elements {
		if e := &inv.Elements[i]; e.State.Deprecated && (e.Kind == lifecyclelib.Operation || e.Kind == lifecyclelib.Field) {
			return true
		}
	}
	return false
}

// context is one line about what was looked at.
func (l *life) context() string {
	var parts []string
	for _, d := range l.docs {
		parts = append(parts, l.project.Shown(d.Name))
	}
	text := strings.Join(parts, ", ") + "; as of " + l.now.Format(time.DateOnly)
	if l.Policy != nil && l.Policy.ID != "" {
		text += "; policy " + l.Policy.ID
	}
	return text
}
