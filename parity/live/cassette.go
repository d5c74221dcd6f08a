package live

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
)

// A cassette is a text of one JSON object a line. The first names the format
// and its version; each other one is an exchange:
//
//	{"cassette":"plumb-live","version":1}
//	{"method":"GET","url":"/v2/books?limit=20","status":200,"header":{…},"body":"…"}
//	{"method":"POST","url":"/graphql","sent":"sha256:…","status":200,"header":{…},"body":"…"}
//
// The URL has no host, so that a cassette can be played for any; sent is the
// hash of the request's body. A body that is no text is in body64; a request
// that came to nothing has error instead of status.
const (
	cassetteFormat  = "plumb-live"
	cassetteVersion = 1
)

// The bounds of a cassette.
const (
	maxCassette  = 512 << 20
	maxExchange  = 64 << 20
	maxExchanges = 200_000
)

type cassetteHead struct {
	Cassette string `json:"cassette"`
	Version  int    `json:"version"`
}

// exchanged is one request and its answer.
type exchanged struct {
	Method string            `json:"method"`
	URL    string            `json:"url"`
	Sent   string            `json:"sent,omitempty"`
	Status int               `json:"status,omitempty"`
	Header map[string]string `json:"header,omitempty"`
	Body   string            `json:"body,omitempty"`
	Body64 string            `json:"body64,omitempty"`
	Error  string            `json:"error,omitempty"`
}

func (e *exchanged) key() string { return e.Method + " " + e.URL + " " + e.Sent }

// Cassette is a recording of requests and answers.
type Cassette struct {
	name      string
	exchanges map[string][]*exchanged
}

// LoadCassette reads a recording. The name is the one that errors show.
func LoadCassette(name string, r io.Reader) (*Cassette, error) {
	c := &Cassette{name: name, exchanges: map[string][]*exchanged{}}
	in := bufio.NewScanner(io.LimitReader(r, maxCassette))
	in.Buffer(nil, maxExchange)
	line := 0
	for in.Scan() {
		line++
		text := bytes.TrimSpace(in.Bytes())
		if len(text) == 0 {
			continue
		}
		var err error
		if line == 1 {
			err = readHead(text)
		} else {
			err = c.add(text)
		}
		if err == nil && line > maxExchanges {
			err = fmt.Errorf("more than %d exchanges", maxExchanges)
		}
		if err != nil {
			return nil, fmt.Errorf("%s:%d: %w", name, line, err)
		}
	}
	if err := in.Err(); err != nil {
		return nil, fmt.Errorf("%s:%d: %w", name, line+1, err)
	}
	if line == 0 {
		return nil, fmt.Errorf("%s: the cassette is empty", name)
	}
	return c, nil
}

func readHead(text []byte) error {
	var head cassetteHead
	if err := json.Unmarshal(text, &head); err != nil || head.Cassette != cassetteFormat {
		return fmt.Errorf("the first line does not say that this is a cassette")
	}
	if head.Version != cassetteVersion {
		return fmt.Errorf("version %d of cassettes is unknown; %d is known", head.Version, cassetteVersion)
	}
	return nil
}

func (c *Cassette) add(text []byte) error {
	e := &exchanged{}
	if err := json.Unmarshal(text, e); err != nil {
		return fmt.Errorf("no exchange: %w", err)
	}
	switch {
	case e.Method == "" || !strings.HasPrefix(e.URL, "/"):
		return errors.New("the exchange has no method and path")
	case e.Error == "" && (e.Status < 100 || e.Status > 999):
		return fmt.Errorf("the exchange has the status %d", e.Status)
	}
	if e.Body64 != "" {
		body, err := base64.StdEncoding.DecodeString(e.Body64)
		if err != nil {
			return fmt.Errorf("the body is no base64: %w", err)
		}
		e.Body = string(body)
	}
	c.exchanges[e.key()] = append(c.exchanges[e.key()], e)
	return nil
}

// Player returns a transport that answers as the recording does, without a
// network: a request that was recorded several times gets the answers in
// turn. One that was not recorded, or not so often, is a [*MissError].
func (c *Cassette) Player() http.RoundTripper {
	return &player{cassette: c, played: map[string]int{}}
}

type player struct {
	cassette *Cassette
	mu       sync.Mutex
	played   map[string]int
}

// MissError says that a cassette has no answer to a request.
type MissError struct {
	Cassette string
	// Request is the method and the path, with the hash of the body where it
	// has one.
	Request string
	// Recorded is how often the request was recorded.
	Recorded int
}

// Error names the request.
func (e *MissError) Error() string {
	if e.Recorded > 0 {
		return fmt.Sprintf("%s has %d answers to %s, and one more is asked for", e.Cassette, e.Recorded, e.Request)
	}
	return fmt.Sprintf("%s has no answer to %s", e.Cassette, e.Request)
}

// RoundTrip plays the next answer to the request.
func (p *player) RoundTrip(req *http.Request) (*http.Response, error) {
	if err := req.Context().Err(); err != nil {
		return nil, err
	}
	want, _, err := describe(req)
	if err != nil {
		return nil, err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	list, n := p.cassette.exchanges[want.key()], p.played[want.key()]
	if n >= len(list) {
		return nil, &MissError{Cassette: p.cassette.name, Request: strings.TrimSpace(want.key()), Recorded: len(list)}
	}
	p.played[want.key()]++
	e := list[n]
	if e.Error != "" {
		return nil, errors.New(e.Error)
	}
	header := http.Header{}
	for _, name := range sortedKeys(e.Header) {
		header.Set(name, e.Header[name])
	}
	return &http.Response{
		Status: fmt.Sprintf("%d %s", e.Status, http.StatusText(e.Status)), StatusCode: e.Status,
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: header, Body: io.NopCloser(strings.NewReader(e.Body)), ContentLength: int64(len(e.Body)), Request: req,
	}, nil
}
