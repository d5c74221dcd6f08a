package perf

import "net/http"

// Traffic makes the requests of a plan and says what their answers are worth.
// Its methods are called from many goroutines at once, as often as there are
// requests, so they have to be fast. Package perf/traffic makes it from
// descriptions.
type Traffic interface {
	// Request makes the request of a number, for an operation of the plan, in r,
	// which may have been another one before: method, URL, header and body are
	// set anew. Header and body may be shared by all requests of the operation,
	// so that they are only to be read.
	// Number, operation and session are set by the caller. It is a pure function
	// of these but for pools. An [ErrNothing] says that there is nothing to send.
	Request(r *Request) error
	// NeedsBody tells whether Answer has to see the body of this one's answer.
	NeedsBody(r *Request) bool
	// Answer says what an answer is worth: the cause it is bad for, or Good, and
	// for a bad one its class, a short text of which there are few. Next is the
	// operation of the session's next step, −1 where there is none or the
	// session ends here. What the session keeps of the answer goes to r.Kept,
	// which the caller hands to the next step, with Operation and Step set anew,
	// and clears before another session. The body is only valid during the call.
	Answer(r *Request, a *Answer) (cause Cause, class string, next int)
}

// Request is one request.
type Request struct {
	// Seq is its number in the whole schedule.
	Seq uint64
	// Operation is the index of its operation in the plan, Session that of its
	// session, −1 for none, and Step its place there.
	Operation, Session, Step int

	Method, URL string
	Header      http.Header
	Body        []byte

	// Kept is what the session has kept so far, by name.
	Kept map[string]string

	// Scratch belongs to [Traffic], which keeps its memory for the next request
	// there. The caller leaves it alone, and gives no value to two requests that
	// are under way at once.
	Scratch any
}

// Answer is what came back.
type Answer struct {
	Status int
	Header http.Header
	// Body is nil where it was not asked for.
	Body []byte
}

// Cause says why a request is bad.
type Cause uint8

// The causes. Transport and Timeout are seen by whoever sends, the others by
// [Traffic].
const (
	Good        Cause = iota
	BadStatus         // a status that is not expected
	BadGraphQL        // an answer of a good status that holds errors
	BadContract       // an answer that is not what the description promises
	Transport         // no answer, or a broken one
	Timeout           // no whole answer in time
)

// String returns the cause's name in results.
func (c Cause) String() string {
	return [...]string{"good", "status", "graphql", "contract", "transport", "timeout"}[c]
}

// ErrNothing says that there is nothing to send: a feeder is used up, or a pool
// is empty. The request counts as not sent, under this text.
type ErrNothing string

// Error returns the text.
func (e ErrNothing) Error() string { return string(e) }
