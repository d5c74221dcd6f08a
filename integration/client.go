package integration

import (
	"context"
	"net/http"
	"time"
)

// Sender performs one HTTP exchange. *http.Client is one. It does not follow
// redirects and does not repeat; the Client above it does.
type Sender interface {
	Do(*http.Request) (*http.Response, error)
}

// Inputs are the values of a manifest's inputs by name, complete and checked:
// see [Manifest.Inputs].
type Inputs map[string]string

// Client is what tools send through. It is made for one tool by NewClient and
// used for one delivery.
type Client struct {
	// Inputs are the values of the tool's inputs.
	Inputs Inputs
	// Sender performs the exchanges.
	Sender Sender
	// Now and Sleep are the clock. Sleep returns early, with the context's
	// error, when the context ends.
	Now   func() time.Time
	Sleep func(context.Context, time.Duration) error
	// Random returns a number in [0, 1) for the jitter between attempts.
	Random func() float64
	// Timeout bounds one exchange, Attempts how often one request is tried.
	Timeout  time.Duration
	Attempts int
	// Memory is what earlier deliveries left; nil where nothing is remembered.
	Memory *Memory
}

// Request is one call of a tool's API.
type Request struct {
	Method string
	// URL is complete; a secret in it is masked wherever it is shown.
	URL string
	// Header has no credentials beyond those that the tool puts there itself.
	Header http.Header
	// Body is sent as it is; nil for none.
	Body []byte
	// Repeatable says that sending it twice does no harm though its method does
	// not promise so (a POST that searches, or that carries a key). Only
	// requests that are safe, idempotent or repeatable are tried again after an
	// answer was lost; 429 and 503 with Retry-After are always tried again,
	// since the server says that it did nothing.
	Repeatable bool
}

// Response is the answer, read whole, at most MaxAnswer bytes.
type Response struct {
	Status int
	Header http.Header
	Body   []byte
}

// MaxAnswer bounds how much of an answer is read.
const MaxAnswer = 4 << 20
