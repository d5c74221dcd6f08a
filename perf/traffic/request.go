package traffic

import (
	"net/http"
	"strconv"

	"github.com/plumbapi/plumb/perf"
)

// scratch is the memory of one request that is used again by the next.
type scratch struct {
	values []value
	buffer []byte
	header http.Header
	digits []byte
}

func (t *Traffic) call(r *perf.Request) *call {
	if r.Session >= 0 {
		return t.steps[r.Session][r.Step]
	}
	return t.single[r.Operation]
}

// Request implements [perf.Traffic].
func (t *Traffic) Request(r *perf.Request) error {
	c := t.call(r)
	r.Method = c.method
	if c.static {
		r.URL, r.Header, r.Body = c.fixedURL, c.header, c.fixedBody
		return nil
	}
	s, ok := r.Scratch.(*scratch)
	if !ok {
		s = &scratch{}
		r.Scratch = s
	}
	if err := t.draw(c, r, s); err != nil {
		return err
	}
	r.URL, r.Body, r.Header = c.fixedURL, c.fixedBody, c.header
	if !c.urlFixed {
		s.buffer = c.url.append(s.buffer[:0], s.values)
		r.URL = string(s.buffer)
	}
	if len(c.headers) > 0 {
		r.Header = c.fillHeaders(s)
	}
	if !c.bodyFixed {
		s.buffer = c.body.append(s.buffer[:0], s.values)
		r.Body = s.buffer
	}
	return nil
}

// fillHeaders makes the headers of one request. The map is used again, the
// values are not.
func (c *call) fillHeaders(s *scratch) http.Header {
	if s.header == nil {
		s.header = http.Header{}
	}
	clear(s.header)
	for name, list := range c.header {
		s.header[name] = list
	}
	for i := range c.headers {
		h := &c.headers[i]
		s.buffer = h.append(s.buffer[:0], s.values)
		s.header[h.name] = []string{string(s.buffer)}
	}
	return s.header
}

// draw gets the values of a request from where they come: one row of each
// feeder, one value of each pool.
func (t *Traffic) draw(c *call, r *perf.Request, s *scratch) error {
	s.values = s.values[:0]
	for i := range c.sources {
		src := &c.sources[i]
		var v value
		switch src.kind {
		case fromSeq:
			s.digits = strconv.AppendUint(s.digits[:0], r.Seq, 10)
			v.text = string(s.digits)
			v.raw = v.text
		case fromFeeder:
			f := t.feeders[src.index]
			row, ok := f.row(r.Seq)
			if !ok {
				return errUsedUp
			}
			v = f.rows[row][src.field]
		case fromPool:
			var ok bool
			if v, ok = t.pools[src.index].draw(r.Seq); !ok {
				return errEmptyPool
			}
		case fromSession:
			text, ok := r.Kept[src.name]
			if !ok {
				return errNotKept
			}
			v = value{text: text, raw: rawOf(text)}
		}
		s.values = append(s.values, v)
	}
	return nil
}

// What there may be nothing of.
const (
	errUsedUp    = perf.ErrNothing("the data file is used up")
	errEmptyPool = perf.ErrNothing("the pool is empty")
	errNotKept   = perf.ErrNothing("the session has not kept the value")
)
