package send

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/plumbapi/plumb/webhook/signature"
)

// Endpoint is where deliveries go.
type Endpoint struct {
	// ID names the endpoint in the outbox, in logs and in attempts; it stays
	// the same when the URL changes. It is formed like the ID of a Message.
	ID string
	// URL is where deliveries are posted to. It must pass the Guard.
	URL string
	// Signer signs deliveries. An endpoint without one is an error, unless
	// Unsigned says that it is meant.
	Signer   signature.Signer
	Unsigned bool
	// Events are what the endpoint wants: "issues" (whatever the action),
	// "issues.opened", "issues.*", "*". Empty means all.
	Events []string
	// Disabled says that the endpoint gets nothing: what waits for it goes on
	// waiting, and what is sent meanwhile is not for it.
	Disabled bool
	// Ordered delivers one at a time, in the order in which they were sent:
	// one that fails holds up those behind it until it is delivered or dead.
	Ordered bool
	// Concurrency is how many attempts the endpoint gets at one time, 4 where
	// it is 0, and 1 where it is Ordered.
	Concurrency int
	// Header are further headers of every delivery.
	Header http.Header
	// EventHeader is a header that tells the event, such as "X-GitHub-Event",
	// and DeliveryHeader one that tells the id besides "webhook-id". "" means
	// none.
	EventHeader, DeliveryHeader string
}

// SetEndpoints makes these the endpoints. What waits for one that is no longer
// there stays in the outbox, and goes out when one of that ID comes back.
func (s *Sender) SetEndpoints(ctx context.Context, endpoints []Endpoint) error {
	lanes := make([]*lane, 0, len(endpoints))
	for _, e := range endpoints {
		l, err := s.newLane(e)
		if err != nil {
			return fmt.Errorf("endpoint %q: %w", e.ID, err)
		}
		lanes = append(lanes, l)
	}
	slices.SortFunc(lanes, func(a, b *lane) int { return strings.Compare(a.endpoint.ID, b.endpoint.ID) })
	for i := range lanes {
		if i > 0 && lanes[i].endpoint.ID == lanes[i-1].endpoint.ID {
			return fmt.Errorf("endpoint %q is there twice", lanes[i].endpoint.ID)
		}
	}
	known, err := s.outbox.Health(ctx)
	if err != nil {
		return fmt.Errorf("read how the endpoints are: %w", err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, l := range lanes {
		if i, found := slices.BinarySearchFunc(known, l.endpoint.ID, func(h Health, id string) int { return strings.Compare(h.Endpoint, id) }); found {
			l.health = known[i]
		}
		if old := s.lane(l.endpoint.ID); old != nil {
			// What is under way counts for the new lane too.
			l.load = old.load
			if old.endpoint.Concurrency != l.endpoint.Concurrency {
				l.allowed = float64(l.endpoint.Concurrency)
			}
			l.next = time.Time{}
		}
	}
	s.lanes, s.turn = lanes, 0
	s.nudge()
	return nil
}

// newLane checks an endpoint.
func (s *Sender) newLane(e Endpoint) (*lane, error) {
	u, err := s.options.Guard.Check(e.URL)
	if err != nil {
		return nil, err
	}
	switch {
	case !validID(e.ID):
		return nil, errors.New("an ID is 1 to 255 letters, digits, '-', '_', '.' and ':'")
	case e.Signer == nil && !e.Unsigned:
		return nil, errors.New("it has no Signer; set Unsigned to send without a signature")
	case e.Concurrency < 0:
		return nil, fmt.Errorf("a concurrency of %d", e.Concurrency)
	}
	e.Events = slices.Clone(e.Events)
	e.Header = e.Header.Clone()
	for _, name := range append(slices.Sorted(maps.Keys(e.Header)), e.EventHeader, e.DeliveryHeader) {
		if err := checkHeader(name, e.Header[name]); err != nil {
			return nil, err
		}
	}
	orDefault(&e.Concurrency, 4)
	if e.Ordered {
		e.Concurrency = 1
	}
	return &lane{endpoint: e, url: u, load: &load{allowed: float64(e.Concurrency)}}, nil
}

// checkHeader says what is wrong with a header of an endpoint: values are
// secrets, perhaps, and not told.
func checkHeader(name string, values []string) error {
	if name == "" {
		return nil
	}
	for i := range len(name) {
		if c := name[i]; c <= ' ' || c >= 0x7f || strings.IndexByte(`"(),/:;<=>?@[\]{}`, c) >= 0 {
			return fmt.Errorf("%q cannot be the name of a header", name)
		}
	}
	switch name = http.CanonicalHeaderKey(name); name {
	case "Host", "Content-Length", "Transfer-Encoding", "Connection", "Trailer", "Te", "Upgrade", "Proxy-Authorization", "Expect":
		return fmt.Errorf("the header %s is not for endpoints to set", name)
	}
	for _, v := range values {
		if !fitsHeader(v) {
			return fmt.Errorf("the value of the header %s has control characters", name)
		}
	}
	return nil
}

// wants reports whether the endpoint takes an event.
func (e *Endpoint) wants(event, action string) bool {
	if len(e.Events) == 0 {
		return true
	}
	for _, pattern := range e.Events {
		prefix, all := strings.CutSuffix(pattern, ".*")
		switch {
		case pattern == "*", pattern == event, action != "" && pattern == event+"."+action:
			return true
		case all && (event == prefix || strings.HasPrefix(event, prefix+".")):
			return true
		}
	}
	return false
}

// lane is an endpoint and what is known of it. All but endpoint and url is
// guarded by the Sender's mutex.
type lane struct {
	endpoint Endpoint
	url      *url.URL
	health   Health
	*load
}

// load is how much an endpoint gets at one time.
type load struct {
	// next is when the outbox may have something that is due.
	next time.Time
	busy int
	// allowed is how many attempts may be made at one time: less than the
	// endpoint's Concurrency after it asked to be spared.
	allowed float64
	// paused is until when nothing is begun, and pauses how many there were
	// without a success between.
	paused time.Time
	pauses int
}

// lane returns the lane of an endpoint, or nil.
func (s *Sender) lane(id string) *lane {
	i, found := slices.BinarySearchFunc(s.lanes, id, func(l *lane, id string) int { return strings.Compare(l.endpoint.ID, id) })
	if !found {
		return nil
	}
	return s.lanes[i]
}

// open are the ids of the endpoints that are delivered to.
func (s *Sender) open() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var ids []string
	for _, l := range s.lanes {
		if l.serves() {
			ids = append(ids, l.endpoint.ID)
		}
	}
	return ids
}

// serves reports whether the endpoint gets anything at all.
func (l *lane) serves() bool { return !l.endpoint.Disabled && l.health.Disabled.IsZero() }
