// Package receive takes deliveries of webhooks in over HTTP. It reads within
// bounds, verifies the signature, keeps the delivery, answers, and only then
// hands it to the handler, again if that fails, so that a sender waits for
// nothing but the keeping.
//
// # What is promised
//
// A delivery that was answered with 202 is handed to the handler at least
// once, unless it was kept in memory and the process ends before. With a store
// that outlives the process (package sqlite) it survives a crash, and a loss
// of power.
//
// A delivery whose id was seen before, within Options.Remember, is answered
// with 200 and not handed on again. That counts on the sender to give all
// attempts of a delivery the same id; without an id every delivery is new.
//
// The handler sees a delivery again where it has failed, and where the process
// ended before the store knew that it was done. So its effect happens exactly
// once only where it is recorded together with the delivery's end: in one
// transaction, as Inbox.Once of package sqlite does, or in a database of one's
// own under the delivery's id, in the transaction of the effect. No receiver
// can promise more for an effect elsewhere, such as a mail.
//
// Deliveries are handled side by side, and in no order. Schemes that sign
// neither time nor id, GitHub's among them, let whoever has seen a delivery
// send it again under another id.
//
// The package does not send, and knows no payload: see packages send and hook.
package receive

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"github.com/plumbapi/plumb/webhook/hook"
	"github.com/plumbapi/plumb/webhook/signature"
)

// Handler handles deliveries, many at a time; a hook.Mux is one. An error means
// that the delivery is tried again later; see [Permanent].
type Handler interface {
	Serve(ctx context.Context, d *hook.Delivery) error
}

// HandlerFunc is a function as a Handler.
type HandlerFunc func(ctx context.Context, d *hook.Delivery) error

// Serve calls f.
func (f HandlerFunc) Serve(ctx context.Context, d *hook.Delivery) error { return f(ctx, d) }

// Permanent marks an error that another attempt would not mend: the delivery
// becomes a dead letter at once. Permanent(nil) is nil.
func Permanent(err error) error {
	if err == nil {
		return nil
	}
	return &permanent{err}
}

type permanent struct{ err error }

// isPermanent reports whether an error is for good: marked as such, or a body
// that hook.Decode cannot read, which will be the same next time.
func isPermanent(err error) bool {
	return errors.As(err, new(*permanent)) || errors.As(err, new(*hook.SyntaxError))
}

func (p *permanent) Error() string { return p.err.Error() }
func (p *permanent) Unwrap() error { return p.err }

// Options are those of New. Verify must be given.
type Options struct {
	// Verify tells whether a delivery comes from who has the secret.
	Verify signature.Verifier
	// Unverified accepts every delivery where Verify is nil. It is for tests,
	// and for receivers behind something else that verifies.
	Unverified bool
	// Routing says where a delivery has its event, action and id.
	Routing hook.Routing

	// Store keeps deliveries; nil means NewMemory().
	Store Store
	// Remember is how long the id of a handled delivery is known; 0 means
	// DefaultRemember.
	Remember time.Duration
	// Limit bounds what waits to be handled; zero members mean DefaultLimit's.
	// What comes beyond is answered with 503.
	Limit Limit

	// MaxBody is the largest body in bytes; 0 means DefaultMaxBody. A larger
	// one is answered with 413.
	MaxBody int64
	// Gzip accepts bodies that are compressed with gzip, of which MaxBody
	// bounds both forms. The signature is that of the body before it was
	// compressed. Without it they are answered with 415.
	Gzip bool
	// Origins are those of senders of CloudEvents that may deliver, as their
	// handshake (OPTIONS) asks; "*" are all. Nil answers no handshake.
	Origins []string

	// Workers is how many deliveries are handled at a time; 0 means four for
	// each processor.
	Workers int
	// Attempts is how often a delivery is handed to the handler before it is a
	// dead letter; 0 means DefaultAttempts.
	Attempts int
	// Backoff is how long to wait after so many attempts have failed, 1 the
	// first time; nil means DefaultBackoff.
	Backoff func(failed int) time.Duration
	// Timeout is how long an attempt may take before the handler's context
	// ends; 0 means for ever.
	Timeout time.Duration
	// Lease is how long after a crash a delivery that was being handled is
	// handed out again; 0 means DefaultLease. It does not bound the handler.
	Lease time.Duration

	// Now tells the time; nil means time.Now.
	Now func() time.Time
	// Log gets what goes wrong, with ids and names only: nothing of a body, a
	// header or an error's text, which may hold what the body held. Nil means
	// slog.Default().
	Log *slog.Logger
	// Observe is told of every request and every attempt; nil means nobody.
	// It is called by many goroutines, and waited for.
	Observe func(Observation)
}

// The defaults of Options.
const (
	// DefaultMaxBody is GitHub's own bound, the largest of those known.
	DefaultMaxBody = 25 << 20
	// DefaultRemember is longer than any known sender goes on trying: Standard
	// Webhooks advises ten attempts over 75 hours.
	DefaultRemember = 96 * time.Hour
	DefaultAttempts = 8
	DefaultLease    = 30 * time.Second
)

// DefaultLimit returns the limit of what waits: 10,000 deliveries, 256 MiB.
func DefaultLimit() Limit { return Limit{Deliveries: 10_000, Bytes: 256 << 20} }

// DefaultBackoff doubles from one second to ten minutes, give or take a fifth.
func DefaultBackoff(failed int) time.Duration {
	d := min(time.Second<<min(max(failed-1, 0), 20), 10*time.Minute)
	return time.Duration(float64(d) * (0.8 + 0.4*rand.Float64())) //nolint:gosec // to spread, not to hide
}

// Receiver is an http.Handler that takes deliveries in. It handles what its
// store holds from New until Close.
type Receiver struct {
	handler Handler
	o       Options
	err     error
	secret  []string // headers that hold secrets

	reading atomic.Int64 // bytes of bodies that are being read
	counts  [outcomes]atomic.Uint64

	gate    sync.RWMutex // held while a delivery is kept; closed under it
	closed  bool
	closing chan struct{}
	drained chan struct{} // the dispatcher has ended
	added   chan struct{} // something may be due
	slots   chan struct{} // one for each worker
	running sync.WaitGroup
	base    context.Context
	cancel  context.CancelCauseFunc
	held    held
}

// New returns a receiver and starts to handle what its store holds. It must be
// closed. Where Options are not complete it answers every request with 500; see
// Err.
func New(handler Handler, o Options) *Receiver {
	r := &Receiver{
		handler: handler, o: o.complete(), closing: make(chan struct{}), drained: make(chan struct{}),
		added: make(chan struct{}, 1),
	}
	r.err = r.check(o)
	if s, ok := o.Verify.(interface{ SecretHeaders() []string }); ok {
		r.secret = s.SecretHeaders()
	}
	r.slots = make(chan struct{}, r.o.Workers)
	r.base, r.cancel = context.WithCancelCause(context.Background())
	r.held.items = map[*Item]context.CancelCauseFunc{}
	if r.err != nil {
		r.o.Log.Error("webhook receiver is not set up", "reason", r.err.Error())
		close(r.drained)
		return r
	}
	go r.dispatch()
	go r.keepLeases()
	return r
}

// Err returns what keeps the receiver from working, nil where nothing does.
func (r *Receiver) Err() error { return r.err }

func (r *Receiver) check(o Options) error {
	if r.handler == nil {
		return errors.New("receive.New has no handler")
	}
	if o.Verify == nil && !o.Unverified {
		return errors.New("receive.Options.Verify is missing; set it, or Unverified to accept whatever comes")
	}
	if v, ok := o.Verify.(interface{ Err() error }); ok {
		return v.Err()
	}
	return nil
}

// complete returns the options with the defaults in place.
func (o Options) complete() Options {
	limit := DefaultLimit()
	setDefault(&o.Limit.Deliveries, limit.Deliveries)
	setDefault(&o.Limit.Bytes, limit.Bytes)
	setDefault(&o.Remember, DefaultRemember)
	setDefault(&o.MaxBody, DefaultMaxBody)
	setDefault(&o.Workers, 4*runtime.GOMAXPROCS(0))
	setDefault(&o.Attempts, DefaultAttempts)
	setDefault(&o.Lease, DefaultLease)
	if o.Store == nil {
		o.Store = NewMemory()
	}
	if o.Backoff == nil {
		o.Backoff = DefaultBackoff
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Log == nil {
		o.Log = slog.Default()
	}
	return o
}

func setDefault[T int | int64 | time.Duration](v *T, d T) {
	if *v <= 0 {
		*v = d
	}
}

// errClosing is the cause with which handlers are stopped by Close.
var errClosing = errors.New("the receiver is closed")

// Close takes no more deliveries (503), and waits for the handlers that run.
// With a store that does not outlive the process it first has all handled that
// waits. When ctx ends it cancels what still runs, and returns an error that
// says how many deliveries are left: in such a store they are lost, in another
// they are handled after the next New. It closes neither the store nor an HTTP
// server: shut the server down first, then close the receiver, then the store.
func (r *Receiver) Close(ctx context.Context) error {
	r.gate.Lock()
	first := !r.closed
	r.closed = true
	r.gate.Unlock()
	if first {
		close(r.closing)
	}
	done := make(chan struct{})
	go func() {
		<-r.drained
		r.running.Wait()
		close(done)
	}()
	select {
	case <-done:
		r.cancel(errClosing)
		return nil
	case <-ctx.Done():
	}
	r.cancel(errClosing)
	select { // handlers that heed their context give their deliveries back
	case <-done:
	case <-time.After(time.Second):
	}
	left, _, err := r.o.Store.Count(context.WithoutCancel(ctx))
	if err != nil {
		return fmt.Errorf("close the receiver: %w", errors.Join(ctx.Err(), err))
	}
	return fmt.Errorf("close the receiver: %d deliveries are not handled: %w", left, ctx.Err())
}

// Server returns an HTTP server for the handler that does not wait for slow
// senders: 5 seconds for the headers, 30 for a whole request, headers of at
// most 64 KiB. A receiver bounds what it reads, not how long that takes, so a
// server of one's own needs bounds like these.
func Server(addr string, h http.Handler) *http.Server {
	return &http.Server{
		Addr: addr, Handler: h, ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 30 * time.Second,
		WriteTimeout: 35 * time.Second, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 64 << 10,
	}
}
