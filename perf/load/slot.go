package load

import (
	"bytes"
	"context"
	"io"
	"maps"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"sync"
	"sync/atomic"
	"time"

	"github.com/plumbapi/plumb/perf"
)

// slot is what one request after another is sent with: the request itself,
// the context that ends it, the clock of its timeout. One is made for every
// request that is under way at once, and used again as long as nothing
// outlives the request that it was for.
type slot struct {
	stripe  int
	request perf.Request
	outcome outcome

	ctx     context.Context
	cancel  context.CancelFunc
	timer   *time.Timer
	now     func() time.Duration
	expired atomic.Bool
	wrote   atomic.Bool  // the request was written in full
	first   atomic.Int64 // when the first byte came, 0 for not yet
	spoilt  bool

	out    *http.Request
	raw    string      // the URL that is parsed in out
	header http.Header // of requests that do not say who sends them
	body   bytes.Reader
	keep   io.ReadCloser // body as out takes it
	copy   func() (io.ReadCloser, error)
}

func newSlot(run context.Context, stripe int, now func() time.Duration) *slot {
	s := &slot{stripe: stripe, now: now, header: http.Header{}}
	s.ctx, s.cancel = context.WithCancel(run)
	s.timer = time.AfterFunc(time.Hour, func() {
		s.expired.Store(true)
		s.cancel()
	})
	s.timer.Stop()
	traced := httptrace.WithClientTrace(s.ctx, &httptrace.ClientTrace{
		GotFirstResponseByte: func() { s.first.Store(int64(now())) },
		WroteRequest:         func(httptrace.WroteRequestInfo) { s.wrote.Store(true) },
	})
	blank := http.Request{Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1}
	s.out = blank.WithContext(traced)
	s.keep = io.NopCloser(&s.body)
	s.copy = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(s.request.Body)), nil }
	return s
}

// prepare makes the request that goes out of the one that traffic made.
func (s *slot) prepare(agent []string) error {
	r, out := &s.request, s.out
	if s.raw != r.URL || out.URL == nil {
		u, err := url.Parse(r.URL)
		if err != nil {
			s.raw, out.URL = "", nil
			return err
		}
		s.raw, out.URL = r.URL, u
	}
	out.Method, out.Header, out.Host = r.Method, r.Header, ""
	if _, ok := r.Header["User-Agent"]; !ok { // the header itself may be that of other requests too
		clear(s.header)
		maps.Copy(s.header, r.Header)
		s.header["User-Agent"] = agent
		out.Header = s.header
	}
	if host := r.Header["Host"]; len(host) > 0 {
		out.Host = host[0]
	}
	if len(r.Body) == 0 {
		out.Body, out.GetBody, out.ContentLength = nil, nil, 0
		return nil
	}
	s.body.Reset(r.Body)
	out.Body, out.GetBody, out.ContentLength = s.keep, s.copy, int64(len(r.Body))
	return nil
}

// begin starts the clock of the timeout.
func (s *slot) begin(timeout time.Duration) {
	s.wrote.Store(false)
	s.first.Store(0)
	s.timer.Reset(timeout)
}

// end stops the clock.
func (s *slot) end(whole bool) {
	if !s.timer.Stop() || !whole || !s.wrote.Load() {
		s.spoilt = true
	}
}

// slots keeps those that are free.
type slots struct {
	run  context.Context // ends everything that is under way
	now  func() time.Duration
	mu   sync.Mutex
	free []*slot
	made int
}

func (p *slots) get() *slot {
	p.mu.Lock()
	if n := len(p.free); n > 0 {
		s := p.free[n-1]
		p.free = p.free[:n-1]
		p.mu.Unlock()
		return s
	}
	p.made++
	stripe := p.made
	p.mu.Unlock()
	return newSlot(p.run, stripe, p.now)
}

func (p *slots) put(s *slot) {
	if s.spoilt {
		s.timer.Stop()
		s.cancel()
		return
	}
	p.mu.Lock()
	p.free = append(p.free, s)
	p.mu.Unlock()
}

// buffers are for bodies: a pointer to a slice that may grow.
var buffers = sync.Pool{New: func() any { b := make([]byte, 8<<10); return &b }}

const (
	longestKept = 1 << 20  // bytes of a buffer that is used again
	longestBody = 32 << 20 // bytes of an answer that is looked at
)

// read reads a body to its end, into buf, as far as that may grow; tooLong
// says that there was more than longestBody.
func read(body io.Reader, buf []byte) (text []byte, tooLong bool, err error) {
	n := 0
	for {
		if n == len(buf) {
			if n >= longestBody {
				return buf, true, nil
			}
			buf = append(buf, make([]byte, len(buf))...)
		}
		k, err := body.Read(buf[n:])
		n += k
		if err == io.EOF {
			return buf[:n], false, nil
		}
		if err != nil {
			return buf[:n], false, err
		}
	}
}

// discard reads a body to its end and keeps nothing.
func discard(body io.Reader, buf []byte) error {
	for {
		if _, err := body.Read(buf); err == io.EOF {
			return nil
		} else if err != nil {
			return err
		}
	}
}
