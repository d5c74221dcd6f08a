package live

import (
	"errors"
	"io"
	"net/http"
)

// Cassette is a recording of requests and answers.
type Cassette struct{}

// LoadCassette reads a recording.
func LoadCassette(name string, r io.Reader) (*Cassette, error) { return nil, errors.New("not yet") }

// Player returns a transport that answers as the recording does, without a
// network.
func (c *Cassette) Player() http.RoundTripper { return nil }

// Recorder is a transport that writes down what passes through it.
type Recorder struct{}

// NewRecorder makes a recorder that writes to w what next answers. The
// secrets are struck out wherever they stand.
func NewRecorder(w io.Writer, next http.RoundTripper, secrets ...string) *Recorder { return &Recorder{} }

// RoundTrip sends the request and records the exchange.
func (r *Recorder) RoundTrip(req *http.Request) (*http.Response, error) {
	return nil, errors.New("not yet")
}

// Close ends the recording. It returns the first error of writing.
func (r *Recorder) Close() error { return nil }
