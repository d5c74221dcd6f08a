package integration

// Kind says whose fault an error is, and so what is to be done.
type Kind string

// The kinds.
const (
	Auth   Kind = "auth"   // the credentials are refused, or may not do this
	Config Kind = "config" // an input is wrong: no such project, channel, host
	Limit  Kind = "limit"  // too large, or too often for longer than it was waited
	Remote Kind = "remote" // the tool is down, slow, or answers nonsense
)

// Error is why a delivery did not arrive. No part of it holds a secret.
type Error struct {
	Tool string
	Kind Kind
	// Status is the HTTP status, 0 where there was no answer.
	Status int
	// Text says what was tried and what came of it, with what the tool said.
	Text string
	// Hint says what to do; it is never "".
	Hint string
}

// Error returns "TOOL: TEXT; HINT".
func (e *Error) Error() string { return e.Tool + ": " + e.Text + "; " + e.Hint }
