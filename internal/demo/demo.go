// Package demo is the product that `plumb demo` looks at: Gutter, which keeps
// the issues of building sites. It has a REST API, a GraphQL API over the same
// data, and signed webhooks, and they run: [New] makes a server and
// [Product.Handler] serves both APIs.
//
// Gutter has the flaws that products have, one of every kind that plumb looks
// for. [Flaws] lists them with what finds each; [Files] are its descriptions,
// those of the version before, and what else plumb reads.
//
// It opens no port and no file, and it is no example of how to write a server.
package demo

import (
	"context"
	"net/http"
	"time"

	"github.com/graphql-go/graphql"

	"github.com/plumbapi/plumb/lifecycle/server"
	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/webhook/send"
)

// Where the APIs are below the address of the server.
const (
	RESTPath    = "/v1"
	GraphQLPath = "/graphql"
)

// Options are what a product needs of its surroundings.
type Options struct {
	// Now is the clock.
	Now func() time.Time
	// Token is what writes over REST are allowed with.
	Token string
	// Secret signs webhooks, as Standard Webhooks writes it: "whsec_…".
	Secret string
	// Hooks is the URL that webhooks go to, on this machine; "" for none.
	Hooks string
}

// Product is one running Gutter. It is safe for concurrent use.
type Product struct {
	store   *store
	token   string
	schema  graphql.Schema
	sender  *send.Sender
	handler http.Handler
	clock   func() time.Time
	// planner lets one request at a time work out milestones.
	planner chan struct{}
	asked   counter
}

// New makes a product with the data that it begins with.
func New(o Options) (*Product, error) {
	p := &Product{store: newStore(), token: o.Token, clock: o.Now, planner: make(chan struct{}, 1)}
	var err error
	if p.schema, err = p.graphql(); err != nil {
		return nil, err
	}
	if p.sender, err = newSender(o); err != nil {
		return nil, err
	}
	// The flaw: it was built with the description of the version before.
	files, err := Files(o.Now(), "")
	if err != nil {
		return nil, err
	}
	doc, err := openapi.Parse("before/openapi.yaml", files["before/openapi.yaml"])
	if err != nil {
		return nil, err
	}
	announce, err := server.Middleware(doc, server.Options{Now: o.Now})
	if err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	mux.Handle(RESTPath+"/", announce(http.StripPrefix(RESTPath, p.rest())))
	mux.HandleFunc("POST "+GraphQLPath, p.serveGraphQL)
	p.handler = mux
	return p, nil
}

// Handler serves both APIs.
func (p *Product) Handler() http.Handler { return p.handler }

// Deliver waits until every webhook is delivered, or given up.
func (p *Product) Deliver(ctx context.Context) error { return p.sender.Wait(ctx) }

// Close ends what is under way; webhooks that are still to be sent are lost.
func (p *Product) Close(ctx context.Context) error { return p.sender.Close(ctx) }
