package hook

import "time"

// Delivery is one delivery of an event, as it was received.
type Delivery struct {
	// ID is what all attempts of one delivery share; "" where the sender gives
	// none.
	ID string
	// Event and Action say what happened: "issues", "opened". Action is ""
	// where the event has none.
	Event, Action string
	// Header are the headers of the request, their names in canonical form; an
	// http.Header.
	Header map[string][]string
	// Body is the payload as JSON, byte for byte.
	Body []byte
	// Received is when the delivery came in.
	Received time.Time
	// Attempt counts how often handling was tried before: 0 for the first time.
	Attempt int
}
