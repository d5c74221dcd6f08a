package send

import (
	"context"
	"time"
)

// Outbox keeps messages, what is to be delivered of them and what was tried.
// [NewMemory] returns one in memory; package sqlite has one in a file. It may
// be used by many goroutines. Lists are in the order in which messages were
// put.
type Outbox interface {
	// Put stores a message and its deliveries, all or nothing. Where the
	// message is there already it stores nothing and reports false, or
	// ErrConflict where event, action or body differ.
	Put(ctx context.Context, m Message, deliveries []Delivery) (added bool, err error)
	// Message returns a message with its body, or ErrNoMessage.
	Message(ctx context.Context, id string) (Message, error)
	// Claim hands out deliveries that are due, and makes them due again at
	// c.Until, so that nobody else takes them meanwhile and none is lost with
	// the process. It returns too when the next of the endpoint's deliveries
	// is due, or the zero time where nothing else waits.
	Claim(ctx context.Context, c Claim) (claimed []Delivery, next time.Time, err error)
	// Release makes a claimed delivery that was not attempted due at d.Due.
	Release(ctx context.Context, d Delivery) error
	// Record stores an attempt and what it made of the delivery, and returns
	// how the endpoint is then. Where the delivery has moved on meanwhile, by
	// another attempt, only a success changes it.
	Record(ctx context.Context, a Attempt, d Delivery) (Health, error)
	// Deliveries lists deliveries, their messages without bodies, and Count
	// counts them, whatever the query's Limit is.
	Deliveries(ctx context.Context, q Query) ([]Delivery, error)
	Count(ctx context.Context, q Query) (int, error)
	// Attempts lists the attempts at delivering a message, oldest first.
	Attempts(ctx context.Context, message string) ([]Attempt, error)
	// Replay makes deliveries that are finished due at now, their attempts
	// counted from 0, and returns how many, whatever the query's Limit is.
	Replay(ctx context.Context, q Query, now time.Time) (int, error)
	// Prune removes messages that were put before a time and of which nothing
	// waits, and returns how many.
	Prune(ctx context.Context, before time.Time) (int, error)
	// Health lists how endpoints are, sorted by id. SetHealth says how one is;
	// where it is disabled, what waits for it becomes dead letters.
	Health(ctx context.Context) ([]Health, error)
	SetHealth(ctx context.Context, h Health) error
}

// Claim says which deliveries are asked for.
type Claim struct {
	Endpoint   string
	Now, Until time.Time
	// Max is how many, at least 1.
	Max int
	// Ordered asks for the oldest that waits only, and for none while that is
	// not due.
	Ordered bool
}

// State is how far a delivery is.
type State uint8

// The states of a delivery. A dead letter is one that will not be attempted
// again unless it is replayed.
const (
	Pending State = iota + 1
	Delivered
	Dead
)

// String returns the state in a word.
func (s State) String() string {
	switch s {
	case Pending:
		return "pending"
	case Delivered:
		return "delivered"
	case Dead:
		return "dead"
	}
	return "unknown"
}

// Delivery is a message on its way to one endpoint.
type Delivery struct {
	// Message is what is delivered; without its body in lists.
	Message  Message
	Endpoint string
	State    State
	// Attempts is how many were made since the message was sent or replayed.
	Attempts int
	// Due is when the next attempt is to be made, of one that is Pending.
	Due time.Time
	// Finished is when it was delivered or given up; else zero.
	Finished time.Time
	// Status and Class are those of the last attempt.
	Status int
	Class  Class
}

// Attempt is one try to deliver. It holds nothing of what was sent or
// answered.
type Attempt struct {
	Message, Endpoint string
	// Number counts from 1, anew after a replay.
	Number int
	// Start is when it began, and Duration how long it took until the answer's
	// headers had come or it failed.
	Start    time.Time
	Duration time.Duration
	// Status is the status of the answer, 0 where there was none.
	Status int
	// Class says what went wrong, OK if nothing, and Detail says more where
	// there is more to say: why the Guard refused an address, or what is wrong
	// with a certificate. It may tell the host, and nothing else of the URL.
	Class  Class
	Detail string
	// RetryAfter is how long the answer asked to be left alone.
	RetryAfter time.Duration
}

// Class says in a word how an attempt ended.
type Class string

// The classes of attempts. ClassDisabled is that of deliveries that were given
// up without one, since their endpoint had been disabled.
const (
	OK             Class = "ok"
	ClassRedirect  Class = "redirect"  // an answer of 3xx
	ClassClient    Class = "client"    // another 4xx
	ClassGone      Class = "gone"      // 410
	ClassThrottled Class = "throttled" // 429, 502 or 504
	ClassServer    Class = "server"    // another 5xx, or no status that HTTP knows
	ClassTimeout   Class = "timeout"
	ClassName      Class = "dns"     // the host has no address
	ClassBlocked   Class = "blocked" // the Guard refuses the address
	ClassRefused   Class = "refused" // nobody listens
	ClassReset     Class = "reset"   // the connection broke
	ClassTLS       Class = "tls"     // no trust, or no TLS
	ClassNetwork   Class = "network" // anything else between here and there
	ClassSign      Class = "sign"    // the Signer has an error
	ClassDisabled  Class = "disabled"
)

// Query picks deliveries. Its zero value picks all.
type Query struct {
	// Message and Endpoint are ids; "" means any.
	Message, Endpoint string
	// State is one of the states; 0 means any.
	State State
	// Since and Until bound when the message was sent: not before Since, and
	// before Until. Zero means no bound.
	Since, Until time.Time
	// Limit is how many are listed at most; 0 means 1000.
	Limit int
}

// Health is how an endpoint has done.
type Health struct {
	Endpoint string
	// Failures counts attempts that failed since the last success, and Since
	// is when the first of them was.
	Failures int
	Since    time.Time
	// Disabled is when the endpoint was disabled for what it answered, zero
	// where it is not, and Reason why: "gone" or "failing".
	Disabled time.Time
	Reason   string
}

// After returns how an endpoint is after an attempt.
func (h Health) After(a Attempt) Health {
	h.Endpoint = a.Endpoint
	if a.Class == OK {
		h.Failures, h.Since = 0, time.Time{}
		return h
	}
	if h.Failures == 0 {
		h.Since = a.Start
	}
	h.Failures++
	return h
}
