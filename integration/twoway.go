package integration

import (
	"net/http"
	"time"

	"github.com/plumbapi/plumb/check"
)

// Previewer is a Tool that can show a delivery as people would see it, without
// sending anything.
type Previewer interface {
	// Preview renders what Deliver would send. An error is an *Error.
	Preview(in Inputs, d *Delivery) (*Preview, error)
}

// Preview is a message as its readers would see it.
type Preview struct {
	// Text is what a terminal shows, and a screen reader reads.
	Text string
	// HTML is a page that stands alone: no script, nothing from elsewhere.
	HTML []byte
}

// Receiver is a Tool that calls back: somebody has answered a message.
type Receiver interface {
	// Receive returns the handler of such calls. It verifies who calls, takes
	// each call once, and hands the answer to take, whose error makes the caller
	// try again. An error is an *Error: what is missing to verify a call.
	Receive(in Inputs, now func() time.Time, take func(*Answer) error) (http.Handler, error)
	// Call makes the request that the tool would make to address when somebody
	// asks for the finding to be set aside, signed with the inputs: for tests,
	// and for trying a receiver.
	Call(in Inputs, address string, now time.Time, f *check.Finding) (*http.Request, error)
}

// Answer is what somebody has said about a finding where the message is read.
type Answer struct {
	// ID is the same for a call that is repeated.
	ID string
	// Waiver sets the finding aside: its owner is who answered, its reason says
	// where. It has a place in plumb.yaml only when a person has put it there.
	Waiver check.Waiver
	// Fingerprint is that of the finding.
	Fingerprint string
}
