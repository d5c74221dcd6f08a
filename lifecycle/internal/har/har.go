// Package har reads HTTP Archives, the recordings of traffic that browsers and
// proxies write (HAR 1.1 and 1.2), one entry at a time: a file of any size
// takes the memory of its largest entry.
//
// The package takes what producers really write, within reason, and judges
// nothing. It does not write archives.
package har

import (
	"fmt"
	"net/http"
	"time"

	"github.com/plumbapi/plumb/check"
)

// MaxEntry is how many bytes one entry may have, bodies included.
const MaxEntry = 64 << 20

// Entry is one request with its response.
type Entry struct {
	// Index counts the entries of the file from 0.
	Index int
	// Started is when the request was sent; the zero time where the file does
	// not say so in a form that can be read.
	Started  time.Time
	Request  Request
	Response Response
}

// Request is what was sent.
type Request struct {
	Method string
	// URL is as it was recorded, absolute as a rule. It has its query also
	// where a producer keeps that apart.
	URL    string
	Header http.Header
	Body   Body
}

// Response is what came back.
type Response struct {
	// Status is the status code; 0 where none came: the request was aborted,
	// blocked, or served by something that records none.
	Status int
	Header http.Header
	Body   Body
}

// Body is the content of a message.
type Body struct {
	// Recorded says that the file has the content, be it empty. Producers
	// leave out what they were not asked to keep.
	Recorded bool
	// Type is the media type as it was recorded.
	Type string
	// Text is the content, without the base64 that binary content is recorded
	// in.
	Text string
}

// Error says what of a file could not be read.
type Error struct {
	// Location has the line, and the JSON Pointer of the value as the element.
	Location check.Location
	Message  string
	// Entry says that only one entry cannot be used: the next call of
	// [Reader.Next] goes on behind it.
	Entry bool
	Err   error // the cause, where there is one
}

// Error returns the place and the message, "file:line: pointer: message".
func (e *Error) Error() string {
	at := e.Location.File
	if e.Location.Line > 0 {
		at = fmt.Sprintf("%s:%d", at, e.Location.Line)
	}
	if e.Location.Element != "" {
		at += ": " + e.Location.Element
	}
	return at + ": " + e.Message
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }
