package lifecycle

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/plumbapi/plumb/internal/cli/promise"
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
		deprecated = deprecated || promise.Deprecated(l.inventories[i])
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
	return promise.Twins(res), nil
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
