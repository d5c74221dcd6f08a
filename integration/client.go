package integration

import (
	"context"
	"math/rand/v2"
	"net/http"
	"time"
)

// Sender performs one HTTP exchange. *http.Client is one. It does not follow
// redirects and does not repeat; the Client above it does.
type Sender interface {
	Do(*http.Request) (*http.Response, error)
}

// Client is what tools send through. It is made for one tool by [NewClient]
// and used for one delivery. It keeps secrets out of every text: see [Mask].
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
	// MaxWait bounds how long is waited before one more attempt, whatever the
	// server asks for: a run in CI does not wait for an hour.
	MaxWait time.Duration
	// Trace, where it is not nil, is told of every attempt.
	Trace func(Attempt)

	tool string
	mask *Mask
	// rotated are the secrets whose partners are in use.
	rotated map[string]bool
}

// Defaults of a client that NewClient makes.
const (
	DefaultTimeout  = 10 * time.Second
	DefaultAttempts = 4
	DefaultMaxWait  = time.Minute
)

// NewClient returns the client of the tool that the manifest is of. Its timeout
// is that of the manifest's SLO; its clock is that of the machine.
func NewClient(m *Manifest, inputs Inputs, sender Sender) *Client {
	c := &Client{
		Inputs: inputs, Sender: sender,
		Now: time.Now, Sleep: sleep, Random: rand.Float64, //nolint:forbidigo // the one clock of integrations; whoever minds puts another in its place
		Timeout: m.SLO.Timeout, Attempts: DefaultAttempts, MaxWait: DefaultMaxWait,
		tool: m.Name, mask: NewMask(m, inputs),
	}
	if c.Timeout <= 0 {
		c.Timeout = DefaultTimeout
	}
	return c
}

// sleep waits, or returns the error of a context that ends before.
func sleep(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Attempt is one exchange, for those who watch. No part of it holds a secret.
type Attempt struct {
	Method, URL string
	// Number counts from 1 for each request.
	Number int
	// Status is that of the answer, 0 where there was none; Problem says why.
	Status  int
	Problem string
	// Took is how long it took, Wait how long is waited before the next
	// attempt; 0 where there is none.
	Took, Wait time.Duration
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
	// Sign, where it is not nil, completes the header of each attempt just
	// before it is made, for signatures that hold the time.
	Sign func(header http.Header, now time.Time) error
}

// Response is the answer, read whole, at most MaxAnswer bytes.
type Response struct {
	Status int
	Header http.Header
	Body   []byte
}

// MaxAnswer bounds how much of an answer is read.
const MaxAnswer = 16 << 20
