package catalog

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"time"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/integration"
)

// receiverURL is where the calls of checks go.
const receiverURL = "https://plumb.example.com/calls"

// inboundVerified is C02.
func inboundVerified(_ context.Context, b *bench) verdict {
	r, ok := b.entry.Tool.(integration.Receiver)
	switch inbound := slices.Contains(b.manifest.Direction, "inbound"); {
	case !inbound && !ok:
		return irrelevant("it takes nothing in")
	case !ok:
		return fail("the manifest says that it takes something in, and nothing does")
	}
	c := &calls{receiver: r, inputs: b.inputs, now: time.Date(2026, 11, 27, 12, 0, 0, 0, time.UTC)}
	handler, err := r.Receive(b.inputs, func() time.Time { return c.now }, c.take)
	if err != nil {
		return fail("nothing can be received with the manifest's examples: %s", err)
	}
	c.handler = handler
	if problem := c.problem(); problem != "" {
		return fail("%s", problem)
	}
	return pass("a call is verified and taken once; one that is changed, old, unsigned or by somebody else is refused").
		with(fmt.Sprintf("%d calls were tried", c.tried))
}

// calls are the calls that a receiver is tried with.
type calls struct {
	receiver integration.Receiver
	inputs   integration.Inputs
	handler  http.Handler
	now      time.Time
	refuse   bool
	taken    []*integration.Answer
	tried    int
}

var errBusy = errors.New("not now")

func (c *calls) take(a *integration.Answer) error {
	if c.refuse {
		return errBusy
	}
	c.taken = append(c.taken, a)
	return nil
}

// problem tries them all and says what is wrong first.
func (c *calls) problem() string {
	f := finding(1, "what is answered")
	wrong := integration.Inputs{}
	for name, value := range c.inputs {
		wrong[name] = other(value)
	}
	body, header, err := c.make(c.inputs, &f)
	if err != nil {
		return fmt.Sprintf("no call can be made: %v", err)
	}
	changed := bytes.Replace(body, []byte(f.Fingerprint[:8]), []byte("00000000"), 1)
	if bytes.Equal(changed, body) {
		changed = append(bytes.Clone(body), ' ')
	}
	if status := c.send(changed, header); status < 400 || len(c.taken) > 0 {
		return "a call whose body was changed is taken"
	}
	if status := c.send(body, http.Header{"Content-Type": header["Content-Type"]}); status < 400 || len(c.taken) > 0 {
		return "a call without a signature is taken"
	}
	foreign, foreignHeader, err := c.make(wrong, &f)
	if err == nil {
		if status := c.send(foreign, foreignHeader); status < 400 || len(c.taken) > 0 {
			return "a call with a wrong secret is taken"
		}
	}
	c.now = c.now.Add(24 * time.Hour)
	if status := c.send(body, header); status < 400 || len(c.taken) > 0 {
		return "a call of the day before is taken"
	}
	c.now = c.now.Add(-24 * time.Hour)
	c.refuse = true
	if status := c.send(body, header); status < 500 {
		return fmt.Sprintf("a call that could not be taken is answered with %d, so that it is not repeated", status)
	}
	c.refuse = false
	for range 2 {
		if status := c.send(body, header); status >= 400 {
			return fmt.Sprintf("a good call is refused with %d", status)
		}
	}
	switch {
	case len(c.taken) == 0:
		return "a good call is lost"
	case len(c.taken) > 1:
		return "the same call twice is taken twice"
	case c.taken[0].Fingerprint != f.Fingerprint:
		return "what is taken is about another finding"
	}
	return ""
}

// make returns the body and the header of a call.
func (c *calls) make(inputs integration.Inputs, f *check.Finding) ([]byte, http.Header, error) {
	r, err := c.receiver.Call(inputs, receiverURL, c.now, f)
	if err != nil {
		return nil, nil, err
	}
	body, err := io.ReadAll(r.Body)
	return body, r.Header, err
}

// send gives the handler a call and returns its answer's status.
func (c *calls) send(body []byte, header http.Header) int {
	c.tried++
	r, err := http.NewRequest(http.MethodPost, receiverURL, bytes.NewReader(body)) //nolint:noctx // it is given to a handler
	if err != nil {
		return 0
	}
	r.Header = header.Clone()
	answer, err := integration.Local(c.handler).Do(r)
	if err != nil {
		return 0
	}
	_ = answer.Body.Close() // it is in memory
	return answer.StatusCode
}
