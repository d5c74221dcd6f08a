// Package integrationtest is the kit that every integration is tested with: it
// runs a tool against its own fake under faults, with hostile and with random
// findings, and says what does not hold. It is for tests only.
//
// A tool's test is a call of [Run], and what is special to the tool:
//
//	func TestTool(t *testing.T) {
//		integrationtest.Run(t, slack.New(), integrationtest.Options{})
//	}
package integrationtest

import (
	"bytes"
	"context"
	"errors"
	"io"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/plumbapi/plumb/integration"
)

// Options are what differs between tools. The zero value is enough for a tool
// whose manifest has an example for each required input.
type Options struct {
	// Inputs are set over the manifest's examples; "" takes one away.
	Inputs integration.Inputs
	// Wrap, where it is not nil, makes the Sender of a tool that speaks
	// something else than HTTP.
	Wrap func(integration.Sender) integration.Sender
	// Repeats says that the tool cannot be asked what it was given, so that a
	// lost answer may leave a message twice. Only for tools whose manifest says
	// idempotency "memory" or "none".
	Repeats bool
	// Idle names secrets that deliveries do not use: those for calls from the
	// tool, those of another edition, and those that are to follow.
	Idle []string
	// Edition is the folder below testdata with the golden files, "" for
	// testdata itself. It is for tools that are tested in several editions, of
	// which the manifest's idempotency is that of the first.
	Edition string
	// Anonymous says that the tool checks no credentials.
	Anonymous bool
	// Forbidden are texts that must not stand in any string that is sent,
	// beside those that the kit knows: markup of the tool that would become
	// alive. Strings are those of JSON bodies, decoded; else whole bodies.
	Forbidden []string
	// Check looks at each exchange of the hostile and the random deliveries.
	Check func(testing.TB, *Exchange)
	// Unlimited says not to test with random findings, for tools that send
	// none of their text.
	Unlimited bool
}

// Exchange is one request and its answer, as they went over the wire.
type Exchange struct {
	Method, URL string
	Header      http.Header
	Body        []byte
	Status      int // 0 where there was no answer
	Answer      []byte
}

// Recorder is a Sender that keeps what goes through it. It is safe for
// concurrent use.
type Recorder struct {
	Next integration.Sender

	mu        sync.Mutex
	exchanges []*Exchange
}

// Do implements integration.Sender.
func (r *Recorder) Do(request *http.Request) (*http.Response, error) {
	e := &Exchange{Method: request.Method, URL: request.URL.String(), Header: request.Header.Clone()}
	if request.Body != nil {
		body, err := io.ReadAll(request.Body)
		if err != nil {
			return nil, err
		}
		e.Body = body
		request.Body = io.NopCloser(bytes.NewReader(body))
	}
	r.mu.Lock()
	r.exchanges = append(r.exchanges, e)
	r.mu.Unlock()
	answer, err := r.Next.Do(request)
	if err != nil {
		return nil, err
	}
	body, err := io.ReadAll(answer.Body)
	_ = answer.Body.Close()
	answer.Body = io.NopCloser(io.MultiReader(bytes.NewReader(body), failing{err}))
	r.mu.Lock()
	e.Status, e.Answer = answer.StatusCode, body
	r.mu.Unlock()
	return answer, nil
}

// failing ends a body as it ended before.
type failing struct{ err error }

func (f failing) Read([]byte) (int, error) {
	if f.err != nil {
		return 0, f.err
	}
	return 0, io.EOF
}

// Exchanges returns what went through so far.
func (r *Recorder) Exchanges() []*Exchange {
	r.mu.Lock()
	defer r.mu.Unlock()
	return append([]*Exchange(nil), r.exchanges...)
}

// Start is the time at which the clock of tests begins.
var Start = time.Date(2026, 11, 22, 9, 30, 0, 0, time.UTC)

// Clock is a clock that only sleeping moves. It is safe for concurrent use.
type Clock struct {
	mu    sync.Mutex
	now   time.Time
	Slept []time.Duration
}

// Now returns the time.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.now.IsZero() {
		c.now = Start
	}
	return c.now
}

// Sleep moves the clock, and waits for nothing.
func (c *Clock) Sleep(ctx context.Context, d time.Duration) error {
	now := c.Now()
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = now.Add(d)
	c.Slept = append(c.Slept, d)
	return ctx.Err()
}

// Client returns a client whose clock stands still and whose requests go to the
// sender. A time is waited for nowhere.
func Client(tool integration.Tool, inputs integration.Inputs, sender integration.Sender) (*integration.Client, *Clock) {
	clock := &Clock{}
	c := integration.NewClient(tool.Manifest(), inputs, sender)
	c.Now, c.Sleep = clock.Now, clock.Sleep
	c.Random = func() float64 { return 0.5 }
	return c, clock
}

// bench is a tool with its fake, ready to be delivered to.
type bench struct {
	tool   integration.Tool
	inputs integration.Inputs
	o      Options
	fake   integration.Fake
	// fault stands between client and fake; seen is before it.
	fault *faulty
	seen  *Recorder
	trace []integration.Attempt
	slept []time.Duration
	// memory is kept from one delivery to the next.
	memory *integration.Memory
}

func newBench(tool integration.Tool, o Options, inputs integration.Inputs) *bench {
	b := &bench{tool: tool, o: o, inputs: inputs, fake: tool.Fake(inputs), memory: integration.NewMemory()}
	b.fault = &faulty{next: integration.Local(b.fake)}
	var next integration.Sender = b.fault
	if o.Wrap != nil {
		next = o.Wrap(next)
	}
	b.seen = &Recorder{Next: next}
	return b
}

// deliver makes one delivery with a fresh client.
func (b *bench) deliver(ctx context.Context, d *integration.Delivery) (*integration.Receipt, error) {
	c, clock := Client(b.tool, b.inputs, b.seen)
	c.Timeout, c.Memory = patience, b.memory
	if b.fault.silent() {
		c.Timeout = brief
	}
	c.Trace = func(a integration.Attempt) { b.trace = append(b.trace, a) }
	receipt, err := b.tool.Deliver(ctx, c, d)
	b.slept = clock.Slept
	return receipt, err
}

// inputsOf returns the examples of the manifest with those of the options.
func inputsOf(tool integration.Tool, o Options) integration.Inputs {
	inputs := tool.Manifest().Examples()
	maps.Copy(inputs, o.Inputs)
	maps.DeleteFunc(inputs, func(_, value string) bool { return value == "" })
	return inputs
}

// kindOf returns the kind of an error, "" where it is no *integration.Error.
func kindOf(err error) integration.Kind {
	var e *integration.Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return ""
}

// objects are what the fake has, as one text.
func (b *bench) objects() string { return strings.Join(b.fake.Objects(), "\n") }

// alike are the objects without their numbers and in no order, since what goes
// wrong may change the order of making.
func (b *bench) alike() string {
	lines := b.fake.Objects()
	for i, line := range lines {
		name, rest, _ := strings.Cut(line, ":")
		lines[i] = digits.ReplaceAllString(name, "N") + ":" + rest
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

var digits = regexp.MustCompile(`[0-9]+`)
