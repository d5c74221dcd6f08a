package server

import (
	"bufio"
	"io"
	"net"
	"net/http"
)

// writer adds what is due to the header at the last moment, when the handler
// has set what it sets.
type writer struct {
	http.ResponseWriter
	answer *answer
	done   bool
}

// Unwrap is for http.ResponseController.
func (w *writer) Unwrap() http.ResponseWriter { return w.ResponseWriter }

func (w *writer) finish() {
	if !w.done {
		w.done = true
		w.answer.put(w.Header())
	}
}

// WriteHeader sends the header. Those of 1xx come before the response's own.
func (w *writer) WriteHeader(status int) {
	if status >= 200 || status == http.StatusSwitchingProtocols {
		w.finish()
	}
	w.ResponseWriter.WriteHeader(status)
}

func (w *writer) Write(data []byte) (int, error) {
	w.finish()
	return w.ResponseWriter.Write(data)
}

// WriteString is for io.WriteString.
func (w *writer) WriteString(text string) (int, error) {
	w.finish()
	return io.WriteString(w.ResponseWriter, text)
}

// FlushError is for http.ResponseController.
func (w *writer) FlushError() error {
	w.finish()
	return http.NewResponseController(w.ResponseWriter).Flush()
}

// flusher, and the types below, have the further methods of the writers that
// servers use: handlers ask by assertion, so a writer has exactly those that
// work.
type flusher struct{ *writer }

func (w flusher) Flush() { _ = w.FlushError() } // the interface has no error

// http1 is for the ResponseWriter of HTTP/1.
type http1 struct{ flusher }

func (w http1) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	return http.NewResponseController(w.ResponseWriter).Hijack()
}

func (w http1) ReadFrom(r io.Reader) (int64, error) {
	w.finish()
	return io.Copy(w.ResponseWriter, r)
}

// http2 is for the ResponseWriter of HTTP/2.
type http2 struct {
	flusher
	http.Pusher
}

// wrap returns the writer that the handler gets, and what is to be called
// when it has returned.
func wrap(w http.ResponseWriter, a *answer) (wrapped http.ResponseWriter, done func()) {
	own := &writer{ResponseWriter: w, answer: a}
	wrapped = own
	if _, ok := w.(http.Flusher); ok {
		f := flusher{own}
		wrapped = f
		if _, ok := w.(http.Hijacker); ok {
			wrapped = http1{f}
		} else if p, ok := w.(http.Pusher); ok {
			wrapped = http2{f, p}
		}
	}
	return wrapped, own.finish
}
