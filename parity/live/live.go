// Package live asks a running REST API and a running GraphQL API of one
// product for the same objects and says whether they answer alike.
//
// [NewPlan] makes probes of the reads that package parity has matched:
// matches, and partial ones by a global ID or through a filter. [Verify] sends
// them. It asks REST, GraphQL and REST again, so that what changes by itself
// is known as noise; where something differs it asks GraphQL again too. It
// joins the objects of both answers by what identifies them and compares them
// through the field map.
//
// # What is asked
//
// Both sides are always asked by one row of one table: parameters come from
// [Fixtures], or from objects that a list has shown before. The package sends
// GET requests and GraphQL queries, never a mutation, at most Options.Rate a
// second and Options.Budget in all; it waits where a server asks to
// (Retry-After), follows redirects within one host only and bounds what it
// reads. It refuses no host or address: who may be asked is for the
// http.Client to say.
//
// # What comes out
//
// A value is equal, differs, is noisy, was declined or is unpaired. What was
// declined (an HTTP error, a GraphQL error for the path, a degraded answer)
// never counts as equal, and a run that compared nothing is not complete.
// Values are shown as their type and a short hash unless Options.ShowValues
// is set. [Check] runs the rules over a result.
//
// # From a command line
//
//	res, err := parity.Match(ctx, doc, schema, parity.Options{})
//	plan, err := live.NewPlan(res, opts)       // an error is one of usage: 2
//	client := fetcher.Client()                 // knows which hosts were typed
//	recorder := live.NewRecorder(file, client.Transport, secrets...)
//	client.Transport = recorder                // --record FILE; or, offline,
//	client.Transport = cassette.Player()       // --replay FILE, with opts.Clock = live.NoWait()
//	result, err := live.Verify(ctx, plan, live.Endpoints{REST: rest, GraphQL: gql, Client: client}, opts)
//	// An error is an *UnreachableError, one of ctx or of the endpoints: 3; the
//	// result, where it is not nil, says what was found until then.
//	report, err := live.Check(ctx, result, policy)
//	// A result that is not Complete is in report.Incomplete: 3.
package live

import (
	"context"
	"net/http"
	"time"

	"github.com/plumbapi/plumb/parity"
)

// The defaults of Options.
const (
	DefaultPerPage  = 20
	DefaultObjects  = 5
	DefaultRate     = 5.0
	DefaultBudget   = 1000
	DefaultMaxBytes = 8 << 20
	DefaultMaxWait  = time.Minute
	DefaultShown    = 5
)

// Options say what is asked and how. The zero Options asks with the defaults.
type Options struct {
	// Fixtures bind parameters before anything is harvested; nil means none.
	Fixtures *Fixtures
	// Only are the operations to be asked, "GET /books"; empty means all.
	// Lists that they need values from are read all the same.
	Only []string
	// PerPage is how many objects of a list are asked for; 0 means
	// DefaultPerPage.
	PerPage int
	// Objects is how often an operation with parameters is asked, each time
	// for another object; 0 means DefaultObjects.
	Objects int

	// Rate is how many requests are sent a second at most; 0 means
	// DefaultRate.
	Rate float64
	// Budget is how many requests are sent in all; 0 means DefaultBudget.
	Budget int
	// Concurrency is how many probes run at once, 1 or 2; 0 means 1.
	Concurrency int
	// MaxBytes bounds an answer; 0 means DefaultMaxBytes.
	MaxBytes int64
	// MaxWait is the longest that a Retry-After is waited for; 0 means
	// DefaultMaxWait.
	MaxWait time.Duration
	// Degraded are response headers that mark an answer as a stopgap, beside
	// X-Degraded and a Warning that says the answer is stale.
	Degraded []string

	// NoSuggestions saves the queries that look for pairs which the field map
	// does not have.
	NoSuggestions bool

	// ShowValues shows values as they are. Without it a value is shown as its
	// type and a short hash.
	ShowValues bool
	// Salt goes into the hashes: with one that nobody knows, short values
	// cannot be guessed from them. Empty means that hashes are the same in
	// every run.
	Salt []byte
	// Shown is how many differences of one pair are listed; all are counted. 0
	// means DefaultShown.
	Shown int

	// Clock is the time. The zero Clock waits by the clock of the machine.
	Clock Clock
}

// Clock is the time as a run sees it.
type Clock struct {
	// Now tells the time. Without it the pace cannot tell how long a request
	// took, and so the pauses between requests are a little longer.
	Now func() time.Time
	// Wait returns after d, or with the error of ctx when that ends first. Nil
	// means a timer.
	Wait func(ctx context.Context, d time.Duration) error
}

// NoWait is a clock that never waits, for replaying a cassette.
func NoWait() Clock {
	return Clock{Wait: func(ctx context.Context, _ time.Duration) error { return ctx.Err() }}
}

// Endpoints are the servers that are asked.
type Endpoints struct {
	// REST is the URL that the paths of the description are relative to, such
	// as https://api.example.org/v2. GraphQL is the URL of the endpoint.
	REST, GraphQL string
	// Client sends the requests; nil means a plain one. It says which hosts
	// and addresses may be asked.
	Client *http.Client
	// Header is sent with every request, such as a token that may only read.
	Header http.Header
}

// NewPlan makes the probes for a result. The error is about the options: a
// name in Only or in Fixtures that no operation has.
func NewPlan(res *parity.Result, opts Options) (*Plan, error) {
	return newPlan(res, opts)
}

// Verify asks both servers what the plan says and compares their answers.
//
// The error is an [*UnreachableError] where one of the servers gave no answer
// at all, an error about the endpoints, or that of ctx; the result may then
// be nil, or what was found until then.
func Verify(ctx context.Context, plan *Plan, at Endpoints, opts Options) (*Result, error) {
	return verify(ctx, plan, at, opts)
}
