package signature

import "errors"

// The reasons why a delivery is not accepted. What Verify returns is one of
// them in the sense of errors.Is.
var (
	// ErrMissing: a header that the scheme needs is not there.
	ErrMissing = errors.New("is missing")
	// ErrMalformed: a header is there, and is not what the scheme says.
	ErrMalformed = errors.New("is malformed")
	// ErrMismatch: no signature fits the body and any of the secrets.
	ErrMismatch = errors.New("does not match")
	// ErrExpired: the delivery was signed too long ago; it may be a replay.
	ErrExpired = errors.New("is too old")
	// ErrFuture: the delivery was signed at a time that is still to come, so
	// one of the two clocks is wrong.
	ErrFuture = errors.New("lies in the future")
	// ErrNoSecret: there is no secret to verify or sign with.
	ErrNoSecret = errors.New("there is no secret")
)

// Error says which header of which scheme was not accepted, and why. It holds
// nothing of the secret, the body or the header's value.
type Error struct {
	// Scheme is the name of the scheme: "github".
	Scheme string
	// Header is the header that the reason is about; "" where it is about none.
	Header string
	// Reason is one of the errors of this package.
	Reason error
	// Detail says more where there is more to say: "secret 2 is not base64".
	Detail string
}

func (e *Error) Error() string {
	s := e.Scheme + ": "
	if e.Header != "" {
		s += e.Header + " "
	}
	s += e.Reason.Error()
	if e.Detail != "" {
		s += ": " + e.Detail
	}
	return s
}

// Unwrap returns the reason.
func (e *Error) Unwrap() error { return e.Reason }

// reasons are the errors of one header, made once so that a delivery that is
// not accepted costs no allocation.
type reasons struct {
	missing, malformed, mismatch, expired, future *Error
}

func newReasons(scheme, header string) reasons {
	of := func(reason error) *Error { return &Error{Scheme: scheme, Header: header, Reason: reason} }
	return reasons{of(ErrMissing), of(ErrMalformed), of(ErrMismatch), of(ErrExpired), of(ErrFuture)}
}
