// Package signature signs deliveries of webhooks and verifies signatures, in
// the schemes that senders use. It compares in constant time, accepts several
// secrets so that they can be rotated, and never tells a secret or a body in
// an error.
//
// It does not read requests: the body has been read, within a bound, by
// whoever calls it.
package signature

import (
	"net/http"
	"time"
)

// Verifier tells whether a delivery comes from who has the secret.
type Verifier interface {
	// Verify returns nil where the signature is right, else an error that is,
	// in the sense of errors.Is, one of the errors of this package. Body is
	// what was signed, byte for byte; now is the time to judge timestamps by.
	Verify(header http.Header, body []byte, now time.Time) error
}

// Signer signs deliveries.
type Signer interface {
	// Sign sets the headers that say who sends the body. The id is that of the
	// delivery and stays the same over its attempts; now is the time of this
	// attempt.
	Sign(header http.Header, id string, body []byte, now time.Time) error
}
