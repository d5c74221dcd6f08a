package live

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"
)

// Recorder is a transport that writes down what passes through it: requests
// without their headers, and of answers only the headers that a comparison
// reads. What has the name of a secret is struck out, in URLs and in bodies,
// and so are the secrets that the recorder knows, wherever they stand.
//
// It is safe for concurrent use. With probes that run side by side the lines
// may be in another order from run to run; what a player answers is the same.
type Recorder struct {
	next    http.RoundTripper
	secrets []string
	kept    []string

	mu  sync.Mutex
	out io.Writer
	err error
}

// NewRecorder makes a recorder that writes to w what next answers; nil means
// http.DefaultTransport. Secrets are texts such as tokens.
func NewRecorder(w io.Writer, next http.RoundTripper, secrets ...string) *Recorder {
	if next == nil {
		next = http.DefaultTransport
	}
	r := &Recorder{next: next, out: w, kept: slices.Clone(kept)}
	for _, s := range secrets {
		if len(s) >= 4 { // shorter texts stand everywhere
			r.secrets = append(r.secrets, s, url.QueryEscape(s), url.PathEscape(s))
		}
	}
	r.line(cassetteHead{cassetteFormat, cassetteVersion})
	return r
}

// kept are the headers of an answer that are recorded.
var kept = []string{
	"Content-Type", "Retry-After", "Link", "Location", "Deprecation", "Sunset", "Warning", "X-Degraded",
	"X-Total-Count", "X-Total", "Total-Count", "X-Next-Page",
}

// Keep records further headers of answers: those of Options.Degraded. It is
// to be called before the first request.
func (r *Recorder) Keep(headers ...string) { r.kept = append(r.kept, headers...) }

// RoundTrip sends the request on and records the exchange.
func (r *Recorder) RoundTrip(req *http.Request) (*http.Response, error) {
	e, req, err := describe(req)
	if err != nil {
		return nil, err
	}
	resp, err := r.next.RoundTrip(req)
	if err != nil {
		if req.Context().Err() == nil {
			e.Error = r.strike(plainError(err).Error())
			r.exchange(e)
		}
		return nil, err
	}
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxExchange/4+1))
	_ = resp.Body.Close()
	if err != nil {
		return nil, err
	}
	if len(body) > maxExchange/4 {
		return nil, errors.New("the answer is too large to be recorded")
	}
	resp.Body = io.NopCloser(bytes.NewReader(body))
	e.Status = resp.StatusCode
	e.Header = map[string]string{}
	for _, name := range r.kept {
		if v := strings.Join(resp.Header.Values(name), ", "); v != "" {
			e.Header[name] = r.strike(v)
		}
	}
	if text := r.strike(strikeMembers(string(body))); utf8.Valid(body) {
		e.Body = text
	} else {
		e.Body64 = base64.StdEncoding.EncodeToString(body)
	}
	r.exchange(e)
	return resp, nil
}

// exchange writes one exchange, where the request may be written at all.
func (r *Recorder) exchange(e *exchanged) {
	e.URL = r.strike(e.URL)
	r.line(e)
}

func (r *Recorder) line(v any) {
	text, err := json.Marshal(v)
	r.mu.Lock()
	defer r.mu.Unlock()
	if err == nil {
		_, err = r.out.Write(append(text, '\n'))
	}
	if r.err == nil {
		r.err = err
	}
}

// Close ends the recording. It returns the first error of writing: a
// recording with one is of no use. What it writes to stays open.
func (r *Recorder) Close() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.err
}

// strike strikes the known secrets out of a text.
func (r *Recorder) strike(text string) string {
	for _, s := range r.secrets {
		text = strings.ReplaceAll(text, s, redacted)
	}
	return text
}

// textMember matches a member of a JSON object with a text.
var textMember = regexp.MustCompile(`"((?:[^"\\]|\\.){1,80})"(\s*:\s*)"(?:[^"\\]|\\.)*"`)

// strikeMembers strikes out the members of a JSON text that have the name of
// a secret.
func strikeMembers(text string) string {
	return textMember.ReplaceAllStringFunc(text, func(m string) string {
		parts := textMember.FindStringSubmatch(m)
		if !secretName(parts[1]) {
			return m
		}
		return `"` + parts[1] + `"` + parts[2] + `"` + redacted + `"`
	})
}

// describe says what a request asks, without host, user and secrets. It
// returns a copy of the request whose body can be read still.
func describe(req *http.Request) (*exchanged, *http.Request, error) {
	e := &exchanged{Method: req.Method, URL: req.URL.EscapedPath()}
	if e.URL == "" {
		e.URL = "/"
	}
	query := req.URL.Query()
	for name := range query {
		if secretParam(name) {
			query[name] = []string{redacted}
		}
	}
	if len(query) > 0 {
		e.URL += "?" + query.Encode()
	}
	if req.Body == nil || req.Body == http.NoBody {
		return e, req, nil
	}
	body, err := io.ReadAll(req.Body)
	_ = req.Body.Close()
	if err != nil {
		return nil, nil, err
	}
	req = req.Clone(req.Context())
	req.Body = io.NopCloser(bytes.NewReader(body))
	if len(body) > 0 {
		sum := sha256.Sum256(body)
		e.Sent = "sha256:" + hex.EncodeToString(sum[:])
	}
	return e, req, nil
}

// plainError takes the address off an error: it may hold secrets.
func plainError(err error) error {
	var full *url.Error
	if errors.As(err, &full) {
		return full.Err
	}
	return err
}
