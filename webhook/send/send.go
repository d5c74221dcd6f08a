// Package send delivers webhooks: what is given to a [Sender] is kept in an
// outbox, signed, and posted to every endpoint that wants it, again and again
// until the endpoint has taken it or the schedule has ended. Delivery is at
// least once; all attempts of one delivery carry the same id, so that receivers
// can tell.
//
// The behaviour is that of the Standard Webhooks specification 1.0.0: its
// headers, its schedule of attempts, and what it says of answers: only 2xx is
// success, a redirect is not followed, 410 disables an endpoint, 429, 502 and
// 504 slow it down, and Retry-After is honoured.
//
// URLs of endpoints come from users, so every delivery passes a [Guard]: https
// only, and no address that is not public, judged when the connection is made.
//
// The package does not receive, makes no payloads, and shows nobody what it
// sends: logs and attempts hold no body, no URL and no secret.
package send

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"sync"
	"time"
)

// Options say how a Sender works. The zero value of each is a good one.
type Options struct {
	// Endpoints are where deliveries go; see also [Sender.SetEndpoints].
	Endpoints []Endpoint
	// Outbox keeps what is to be sent; nil keeps it in memory, where it ends
	// with the process. It is not closed by the Sender.
	Outbox Outbox
	// Workers is how many attempts are made at one time, 16 where it is 0.
	Workers int
	// Timeout ends an attempt, 20 seconds where it is 0.
	Timeout time.Duration
	// Retry says when an attempt is made again.
	Retry Retry
	// Disable says when an endpoint that keeps failing gets nothing more.
	Disable Disable
	// Guard says where deliveries may go.
	Guard Guard
	// TLS has the authorities to trust and the certificates to show; nil means
	// the authorities of the machine, and no certificate.
	TLS *tls.Config
	// MaxBody is the largest payload that Send takes, in bytes, 1 MiB where it
	// is 0. Standard Webhooks advises less than 20 kB.
	MaxBody int
	// Keep is how long a message is kept for replay once nothing of it waits
	// to be sent, 30 days where it is 0. Dead letters go with their message.
	Keep time.Duration
	// UserAgent is the header of that name, "plumb-webhooks" where it is "".
	UserAgent string
	// Log is told of dead letters, disabled endpoints and trouble with the
	// outbox; nil means nobody is.
	Log *slog.Logger
	// Observe is called after every attempt, by several goroutines; it must be
	// quick.
	Observe func(Attempt)
	// Now is the clock, time.Now where it is nil.
	Now func() time.Time
	// Random returns numbers in [0, 1) for the jitter of the schedule; nil
	// means those of math/rand/v2. Calls do not overlap.
	Random func() float64
	// NewID makes the id of a message that has none: "msg_" and 26 letters and
	// digits by chance where it is nil.
	NewID func() string
}

// Sender delivers. It is made by New and ended by Close.
type Sender struct {
	options   Options
	outbox    Outbox
	transport *http.Transport
	log       *slog.Logger

	// attempting is the context of all attempts; abort ends them.
	attempting context.Context
	abort      context.CancelFunc
	workers    sync.WaitGroup
	// wake tells the dispatcher to look again, stop that it shall end, and
	// stopped that it has.
	wake, stop, stopped chan struct{}
	closing             sync.Once

	mu     sync.Mutex
	lanes  []*lane // sorted by id
	turn   int     // the lane whose turn it is
	busy   int     // attempts that are made now
	closed bool
	// moved is closed and made anew whenever an attempt ends.
	moved chan struct{}
}

// ErrClosed says that the Sender has been closed.
var ErrClosed = errors.New("the sender is closed")

// New returns a Sender that works off what the outbox holds, and what Send
// puts there. An endpoint that is not fit to be sent to is an error.
func New(o Options) (*Sender, error) {
	o = o.complete()
	s := &Sender{
		options: o, outbox: o.Outbox, transport: o.Guard.transport(o.TLS), log: o.Log,
		wake: make(chan struct{}, 1), stop: make(chan struct{}), stopped: make(chan struct{}), moved: make(chan struct{}),
	}
	s.attempting, s.abort = context.WithCancel(context.Background())
	if err := s.SetEndpoints(s.attempting, o.Endpoints); err != nil {
		s.abort()
		return nil, err
	}
	go s.dispatch()
	return s, nil
}

// complete fills in what is not said.
func (o Options) complete() Options {
	if o.Outbox == nil {
		o.Outbox = NewMemory()
	}
	orDefault(&o.Workers, 16)
	orDefault(&o.Timeout, 20*time.Second)
	orDefault(&o.MaxBody, 1<<20)
	orDefault(&o.Keep, 30*24*time.Hour)
	orDefault(&o.UserAgent, "plumb-webhooks")
	o.Retry = o.Retry.complete()
	o.Disable = o.Disable.complete()
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Random == nil {
		o.Random = rand.Float64
	}
	o.Random = oneAtATime(o.Random)
	if o.NewID == nil {
		o.NewID = newID
	}
	return o
}

// oneAtATime keeps calls of f apart.
func oneAtATime(f func() float64) func() float64 {
	var mu sync.Mutex
	return func() float64 {
		mu.Lock()
		defer mu.Unlock()
		return f()
	}
}

// orDefault makes d the value where there is none.
func orDefault[T comparable](v *T, d T) {
	var zero T
	if *v == zero {
		*v = d
	}
}

// Close ends the Sender: nothing new is begun, and attempts that are under way
// are waited for until ctx ends. What is left then is cut off, and tried again
// by the next Sender with the same outbox.
func (s *Sender) Close(ctx context.Context) error {
	s.closing.Do(func() {
		s.mu.Lock()
		s.closed = true
		s.mu.Unlock()
		close(s.stop)
	})
	<-s.stopped
	idle := make(chan struct{})
	go func() {
		s.workers.Wait()
		close(idle)
	}()
	var err error
	select {
	case <-idle:
	case <-ctx.Done():
		s.abort()
		<-idle
		err = fmt.Errorf("close the sender: attempts were cut off: %w", ctx.Err())
	}
	s.abort()
	s.transport.CloseIdleConnections()
	return err
}

// Wait returns when every delivery to an endpoint that is not disabled has
// been made or is a dead letter, or with the error of ctx, or with ErrClosed.
func (s *Sender) Wait(ctx context.Context) error {
	again := time.Second
	for {
		s.mu.Lock()
		moved, busy := s.moved, s.busy
		s.mu.Unlock()
		if busy == 0 {
			left, err := s.pending(ctx)
			if err != nil || left == 0 {
				return err
			}
		}
		// Another process may deliver the last of it.
		timer := time.NewTimer(again)
		again = min(2*again, poll)
		select {
		case <-moved:
		case <-timer.C:
		case <-s.stop:
			timer.Stop()
			return ErrClosed
		case <-ctx.Done():
			timer.Stop()
			return ctx.Err()
		}
		timer.Stop()
	}
}

// pending counts what waits to be sent.
func (s *Sender) pending(ctx context.Context) (int, error) {
	if n, err := s.outbox.Count(ctx, Query{State: Pending}); err != nil || n == 0 {
		return 0, err
	}
	total := 0
	for _, id := range s.open() {
		n, err := s.outbox.Count(ctx, Query{Endpoint: id, State: Pending})
		if err != nil {
			return 0, fmt.Errorf("count what waits for endpoint %s: %w", id, err)
		}
		total += n
	}
	return total, nil
}
