package catalog

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"sync"
	"time"

	"github.com/plumbapi/plumb/integration"
)

// rig runs one tool against its own fake: in this process, so that nothing is
// sent, and on a clock of its own, so that waits take no time.
type rig struct {
	tool   integration.Tool
	inputs integration.Inputs
	fake   integration.Fake
	// fault says what happens to an exchange instead of, or after, the fake's
	// answer; nil for nothing.
	fault func(n int, r *http.Request) fault
	// random is what the client gets for jitter, timeout its bound of one
	// exchange.
	random  float64
	timeout time.Duration

	memory *integration.Memory

	mu        sync.Mutex
	now       time.Time
	slept     []time.Duration
	exchanges []exchange
}

// exchange is one request with the answer that it got.
type exchange struct {
	method, url string
	header      http.Header
	body        []byte
	status      int // 0 where there was no answer
	answer      []byte
}

// fault is what is wrong with an exchange.
type fault int

const (
	fine       fault = 0
	reset      fault = -1 // the connection is lost before the server has the request
	lostAnswer fault = -2 // … after it has done what it was asked for
	slow       fault = -3 // no answer comes
	garbage    fault = -4 // an answer of no use comes
	// Others are the status that is answered.
)

// errReset is what a sender returns for a connection that is gone.
var errReset = errors.New("connection reset by peer")

// retryAfter is the time, in seconds, that 429 and 503 ask to wait.
const retryAfter = "7"

func newRig(tool integration.Tool, inputs, accepted integration.Inputs) *rig {
	return &rig{
		tool: tool, inputs: inputs, fake: tool.Fake(accepted), random: 0.5, timeout: 10 * time.Second, memory: integration.NewMemory(),
		now: time.Date(2026, 11, 27, 12, 0, 0, 0, time.UTC),
	}
}

// deliver brings a delivery to the fake.
func (g *rig) deliver(ctx context.Context, d *integration.Delivery) (*integration.Receipt, error) {
	return g.tool.Deliver(ctx, g.client(), d)
}

// attempts is how often a request is tried.
const attempts = 4

func (g *rig) client() *integration.Client {
	c := integration.NewClient(g.tool.Manifest(), g.inputs, g)
	c.Timeout, c.Attempts, c.Memory = g.timeout, attempts, g.memory
	c.Now = func() time.Time { g.mu.Lock(); defer g.mu.Unlock(); return g.now }
	c.Random = func() float64 { return g.random }
	c.Sleep = func(ctx context.Context, d time.Duration) error {
		g.mu.Lock()
		defer g.mu.Unlock()
		g.now = g.now.Add(d)
		g.slept = append(g.slept, d)
		return ctx.Err()
	}
	return c
}

// Do performs one exchange with the fake. It implements integration.Sender.
func (g *rig) Do(r *http.Request) (*http.Response, error) {
	var body []byte
	if r.Body != nil {
		var err error
		if body, err = io.ReadAll(r.Body); err != nil {
			return nil, err
		}
		_ = r.Body.Close()
	}
	g.mu.Lock()
	n := len(g.exchanges)
	g.exchanges = append(g.exchanges, exchange{method: r.Method, url: r.URL.String(), header: r.Header.Clone(), body: body})
	g.mu.Unlock()
	f := fine
	if g.fault != nil {
		f = g.fault(n, r)
	}
	switch {
	case f == reset:
		return nil, errReset
	case f == slow:
		<-r.Context().Done()
		return nil, context.Cause(r.Context())
	case f > 0:
		header := http.Header{}
		if f == 429 || f == 503 {
			header.Set("Retry-After", retryAfter)
		}
		return g.answer(n, r, int(f), header, []byte(http.StatusText(int(f)))), nil
	case f == garbage:
		return g.answer(n, r, http.StatusOK, http.Header{"Content-Type": {"text/html"}}, []byte("<!doctype html>\x00<title>proxy</title>")), nil
	}
	served := r.Clone(r.Context())
	served.Body, served.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
	answer, err := integration.Local(g.fake).Do(served)
	if err != nil {
		return nil, err
	}
	content, err := io.ReadAll(answer.Body)
	if err != nil {
		return nil, err
	}
	if f == lostAnswer {
		return nil, errReset
	}
	return g.answer(n, r, answer.StatusCode, answer.Header, content), nil
}

// answer keeps an answer and returns it.
func (g *rig) answer(n int, r *http.Request, status int, header http.Header, body []byte) *http.Response {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.exchanges[n].status, g.exchanges[n].answer = status, body
	return &http.Response{
		StatusCode: status, Status: http.StatusText(status), Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: header, Body: io.NopCloser(bytes.NewReader(body)), ContentLength: int64(len(body)), Request: r,
	}
}

// waited is how long the client has waited between attempts.
func (g *rig) waited() (sum time.Duration) {
	for _, d := range g.slept {
		sum += d
	}
	return sum
}

// written are the bodies of requests that change something, in order.
func (g *rig) written() (list [][]byte) {
	for _, e := range g.exchanges {
		if e.method != http.MethodGet && len(e.body) > 0 {
			list = append(list, e.body)
		}
	}
	return list
}

// once makes a fault of the first exchange only.
func once(f fault) func(int, *http.Request) fault {
	return func(n int, _ *http.Request) fault {
		if n == 0 {
			return f
		}
		return fine
	}
}

// always makes a fault of every exchange.
func always(f fault) func(int, *http.Request) fault {
	return func(int, *http.Request) fault { return f }
}

// onceOnWrite makes a fault of the first exchange that is a POST, PUT or PATCH.
func onceOnWrite(f fault) func(int, *http.Request) fault {
	done := false
	return func(_ int, r *http.Request) fault {
		if done || r.Method == http.MethodGet {
			return fine
		}
		done = true
		return f
	}
}
