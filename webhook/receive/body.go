package receive

import (
	"compress/gzip"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"os"
	"strings"
)

// refusal is an answer to a request that is not taken in.
type refusal struct {
	status  int
	outcome Outcome
	text    string
}

var (
	tooLarge   = &refusal{http.StatusRequestEntityTooLarge, TooLarge, "the body is too large"}
	incomplete = &refusal{http.StatusBadRequest, Unreadable, "the body is not complete"}
	tooSlow    = &refusal{http.StatusRequestTimeout, Unreadable, "the body came too slowly"}
	noGzip     = &refusal{http.StatusBadRequest, Unreadable, "the body is not what Content-Encoding says"}
	noRoom     = &refusal{http.StatusServiceUnavailable, Full, "there is no room; try again later"}
	closed     = &refusal{http.StatusServiceUnavailable, Closed, "the receiver is closed; try again later"}
	badType    = &refusal{http.StatusUnsupportedMediaType, BadType, "Content-Type is neither JSON nor a form"}
	badCoding  = &refusal{http.StatusUnsupportedMediaType, BadType, "Content-Encoding is not supported"}
	noPayload  = &refusal{http.StatusBadRequest, NotJSON, "the form has no payload, or more than one"}
	notJSON    = &refusal{http.StatusBadRequest, NotJSON, "the payload is not JSON"}
)

// isForm reports whether a body is a form with the payload in it, or refuses a
// type that is neither that nor JSON. None at all is taken for JSON.
func isForm(header http.Header) (bool, *refusal) {
	value := header.Get("Content-Type")
	if value == "" {
		return false, nil
	}
	kind, params, err := mime.ParseMediaType(value)
	if err != nil {
		return false, badType
	}
	if c := params["charset"]; c != "" && !strings.EqualFold(c, "utf-8") {
		return false, badType
	}
	switch {
	case kind == "application/x-www-form-urlencoded":
		return true, nil
	case kind == "application/json", kind == "text/json", strings.HasPrefix(kind, "application/") && strings.HasSuffix(kind, "+json"):
		return false, nil
	}
	return false, badType
}

// read reads the body, within MaxBody and within what all requests together
// may hold.
func (r *Receiver) read(req *http.Request) ([]byte, *refusal) {
	if req.ContentLength > r.o.MaxBody {
		return nil, tooLarge
	}
	coding := strings.TrimSpace(req.Header.Get("Content-Encoding"))
	if coding == "" || strings.EqualFold(coding, "identity") {
		return r.readAll(req.Body, req.ContentLength)
	}
	if !r.o.Gzip || !strings.EqualFold(coding, "gzip") && !strings.EqualFold(coding, "x-gzip") {
		return nil, badCoding
	}
	packed := &io.LimitedReader{R: req.Body, N: r.o.MaxBody + 1}
	z, err := gzip.NewReader(packed)
	if err != nil {
		return nil, noGzip
	}
	body, f := r.readAll(z, -1)
	if f == incomplete {
		f = noGzip
	}
	if packed.N <= 0 {
		f = tooLarge
	}
	return body, f
}

// firstRead is how much room a body gets before anything of it has come: what
// a sender says of its length is not yet true.
const firstRead = 16 << 10

// readAll reads to the end. Length is what the sender says, -1 where it says
// nothing.
func (r *Receiver) readAll(from io.Reader, length int64) ([]byte, *refusal) {
	room := int64(firstRead)
	if length >= 0 {
		room = min(room, length+1) // one more, so that the end is seen without growing
	}
	held := int64(0)
	defer func() { r.reading.Add(-held) }()
	var body []byte
	for {
		if len(body) == cap(body) {
			if body != nil {
				room = min(2*int64(cap(body)), r.o.MaxBody+1)
				if length >= 0 {
					room = min(room, length+1)
				}
			}
			if r.reading.Add(room-held) > r.o.Limit.Bytes+r.o.MaxBody {
				held = room
				return nil, noRoom
			}
			held = room
			grown := make([]byte, len(body), room)
			copy(grown, body)
			body = grown
		}
		n, err := from.Read(body[len(body):cap(body)])
		body = body[:len(body)+n]
		if int64(len(body)) > r.o.MaxBody {
			return nil, tooLarge
		}
		switch {
		case err == nil:
		case errors.Is(err, io.EOF):
			return body[:len(body):len(body)], nil
		case errors.Is(err, os.ErrDeadlineExceeded):
			return nil, tooSlow
		default:
			return nil, incomplete
		}
	}
}

// payload takes the payload out of a form.
func payload(form string) ([]byte, *refusal) {
	found := false
	var text string
	for pair := range strings.SplitSeq(form, "&") {
		value, ok := strings.CutPrefix(pair, "payload=")
		if !ok {
			continue
		}
		if found {
			return nil, noPayload
		}
		var err error
		if text, err = url.QueryUnescape(value); err != nil {
			return nil, noPayload
		}
		found = true
	}
	if !found {
		return nil, noPayload
	}
	return []byte(text), nil
}
