package integration

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/plumbapi/plumb/internal/safe"
)

// DryRun returns a Sender that writes each request as it would be sent, without
// the secrets, and lets the fake answer it. Nothing leaves the machine. JSON is
// indented; otherwise what is shown is what would be sent, but for control
// characters, which are shown as escapes.
func DryRun(w io.Writer, m *Manifest, inputs Inputs, fake http.Handler) Sender {
	return &dryRun{w: w, mask: NewMask(m, inputs), next: Local(fake)}
}

type dryRun struct {
	w    io.Writer
	mask *Mask
	next Sender
}

// Do implements Sender.
func (d *dryRun) Do(r *http.Request) (*http.Response, error) {
	var body []byte
	if r.Body != nil {
		var err error
		if body, err = io.ReadAll(r.Body); err != nil {
			return nil, fmt.Errorf("read the request: %w", err)
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
	}
	if _, err := io.WriteString(d.w, d.mask.Request(r.Method, r.URL.String(), r.Header, body)); err != nil {
		return nil, fmt.Errorf("show the request: %w", err)
	}
	answer, err := d.next.Do(r)
	if err != nil {
		return nil, err
	}
	_, err = fmt.Fprintf(d.w, "→ %s, says the fake; nothing was sent\n\n", status(answer.StatusCode))
	if err != nil {
		return nil, fmt.Errorf("show the answer: %w", err)
	}
	return answer, nil
}

// Request returns a request as text, without the secrets: method and address,
// the headers in order, an empty line, the body with JSON indented. It ends
// with a line break.
func (m *Mask) Request(method, url string, header http.Header, body []byte) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s\n", safe.Line(method), safe.Line(m.Text(url)))
	names := make([]string, 0, len(header))
	for name := range header {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		for _, value := range header[name] {
			fmt.Fprintf(&b, "%s: %s\n", safe.Line(name), safe.Line(m.Header(name, value)))
		}
	}
	if len(body) == 0 {
		return b.String()
	}
	b.WriteByte('\n')
	var indented bytes.Buffer
	switch {
	case !utf8.Valid(body):
		fmt.Fprintf(&b, "%d bytes that are no text\n", len(body))
		return b.String()
	case json.Indent(&indented, body, "", "  ") == nil:
		body = indented.Bytes()
	}
	for line := range strings.Lines(m.Text(string(body))) {
		b.WriteString(safe.Line(strings.TrimRight(line, "\r\n")))
		b.WriteByte('\n')
	}
	return b.String()
}

// Local returns a Sender whose requests are answered by a handler in this
// process, without a connection. A handler that panics breaks the exchange.
func Local(h http.Handler) Sender { return local{h} }

type local struct{ handler http.Handler }

// Do implements Sender.
func (l local) Do(r *http.Request) (answer *http.Response, err error) {
	if err := r.Context().Err(); err != nil {
		return nil, err
	}
	if r.Body == nil {
		r.Body = http.NoBody
	}
	r.Host = r.URL.Host
	r.RequestURI = r.URL.RequestURI()
	w := &recorder{header: http.Header{}}
	defer func() {
		if p := recover(); p != nil {
			answer, err = nil, fmt.Errorf("the fake broke off: %v", p)
		}
	}()
	l.handler.ServeHTTP(w, r)
	w.WriteHeader(http.StatusOK)
	return &http.Response{
		Status: status(w.status), StatusCode: w.status, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: w.sent, Body: io.NopCloser(&w.body), ContentLength: int64(w.body.Len()), Request: r,
	}, nil
}

// recorder keeps what a handler answers.
type recorder struct {
	header, sent http.Header
	status       int
	body         bytes.Buffer
}

// Header implements http.ResponseWriter.
func (w *recorder) Header() http.Header { return w.header }

// WriteHeader implements http.ResponseWriter; the first call counts.
func (w *recorder) WriteHeader(code int) {
	if w.status == 0 {
		w.status, w.sent = code, w.header.Clone()
	}
}

// Write implements http.ResponseWriter.
func (w *recorder) Write(p []byte) (int, error) {
	w.WriteHeader(http.StatusOK)
	return w.body.Write(p)
}
