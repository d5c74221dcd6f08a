// Package server says at run time what descriptions say of the life of an API:
// [Middleware] puts the fields Deprecation, Sunset and Link on the responses of
// deprecated operations, [NewExtension] tells callers of a graphql-go schema
// which deprecated elements their query used, and both count who still uses
// them.
//
// It is a package of its own so that whoever reads descriptions with package
// lifecycle does not link Prometheus and graphql-go. It does not check what a
// server sends; for that see package lifecycle/headers.
package server

import (
	"errors"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/plumbapi/plumb/lifecycle"
)

// Options are those of Middleware and of NewExtension. Only Now must be given.
type Options struct {
	// Now tells the time: time.Now in a server.
	Now func() time.Time
	// Inventory is what the description says; nil means that of
	// lifecycle.Inspect or lifecycle.InspectGraphQL.
	Inventory *lifecycle.Inventory
	// Releases tells the days of releases, for descriptions that say "15.7"
	// and no day; nil knows none. See lifecycle.FindReleases.
	Releases *lifecycle.Releases

	// Registerer gets the counter; nil means that nothing is counted. Several
	// middlewares and extensions may share it: they share the counter too.
	Registerer prometheus.Registerer
	// Consumer names who sent a request, such as the ID of an OAuth
	// application. It goes into metrics as it is: no secrets. "" is counted as
	// "unknown", and nil means that all are. For GraphQL it is asked only
	// where the context has the request; see [WithRequest].
	Consumer func(*http.Request) string
	// MaxConsumers is how many consumers are told apart; 0 means
	// DefaultMaxConsumers. Those that come later are counted as "other".
	MaxConsumers int

	// Since is the moment in the Deprecation field of operations that the
	// description calls deprecated without a day. Zero means the beginning of
	// the day on which the middleware was made, which another start changes:
	// a day in the description is better.
	Since time.Time
	// Docs is a URL of what people read about deprecated operations, linked as
	// "deprecation"; it is for operations whose description has none, neither
	// in the reason nor as externalDocs.
	Docs string
	// SunsetDocs is a URL of the policy for retired operations, linked as
	// "sunset".
	SunsetDocs string
	// Gone answers requests with 410 Gone from the sunset on, before any
	// handler sees them.
	Gone bool
	// Bases are the paths below which the middleware sees the API, such as
	// "/api/v4"; "" is the root. Nil takes those of the description's servers.
	Bases []string
}

// DefaultMaxConsumers is how many consumers are told apart unless told
// otherwise.
const DefaultMaxConsumers = 100

var errNow = errors.New("Options.Now is missing; pass time.Now")
