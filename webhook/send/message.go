package send

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/plumbapi/plumb/webhook/hook"
)

// Message is one event with its payload, to be sent to every endpoint that
// wants it.
type Message struct {
	// ID is what all attempts at all endpoints carry, at most 255 letters,
	// digits, '-', '_', '.' and ':'; Send makes one where it is "". What is
	// sent twice under one ID is delivered once.
	ID string
	// Event and Action say what happened: "issues", "opened". Either may be "".
	Event, Action string
	// Body is the payload, as JSON; it is sent byte for byte.
	Body []byte
	// To are the ids of the endpoints it goes to; nil means all that want the
	// event.
	To []string
	// Created is when it was given to Send, which sets it.
	Created time.Time
}

// Receipt says what became of a message that was given to Send.
type Receipt struct {
	ID string
	// Endpoints are those it will be delivered to, sorted. Those that failed
	// until they were disabled are in Held: their delivery is a dead letter,
	// to be replayed when they are enabled again.
	Endpoints, Held []string
	// Known says that the same message was there before, and nothing was added.
	Known bool
}

// Errors of Send that callers may want to tell apart.
var (
	// ErrNotJSON says that a payload is no JSON.
	ErrNotJSON = errors.New("the payload is not JSON")
	// ErrTooLarge says that a payload is larger than Options.MaxBody.
	ErrTooLarge = errors.New("the payload is too large")
	// ErrConflict says that another message has the same ID.
	ErrConflict = errors.New("another message has this ID")
)

// Send puts a message into the outbox and returns when it is safe there; it
// does not wait for it to be delivered. Sending the same again under the same
// ID does nothing, so a caller that is not sure may repeat it.
func (s *Sender) Send(ctx context.Context, m Message) (Receipt, error) {
	if m.ID == "" {
		m.ID = s.options.NewID()
	}
	if !validID(m.ID) {
		return Receipt{}, errors.New("send: an ID is 1 to 255 letters, digits, '-', '_', '.' and ':'")
	}
	if err := s.check(m); err != nil {
		return Receipt{}, fmt.Errorf("send %q: %w", m.ID, err)
	}
	m.Created = s.options.Now()
	receipt, deliveries, err := s.address(m)
	if err != nil || len(deliveries) == 0 {
		return receipt, err
	}
	added, err := s.outbox.Put(ctx, m, deliveries)
	if err != nil {
		return Receipt{}, fmt.Errorf("send %q: %w", m.ID, err)
	}
	receipt.Known = !added
	if added {
		s.due(receipt.Endpoints, m.Created)
	}
	return receipt, nil
}

// Event puts a payload of a generated type into the outbox, as Send does: the
// event and action are its own.
//
//	receipt, err := sender.Event(ctx, &tracker.IssuesOpened{Issue: issue})
func (s *Sender) Event(ctx context.Context, payload hook.Event) (Receipt, error) {
	m, err := NewMessage(payload)
	if err != nil {
		return Receipt{}, err
	}
	return s.Send(ctx, m)
}

// NewMessage returns the message of a payload of a generated type, for those
// who want to choose its ID or its endpoints.
func NewMessage(payload hook.Event) (Message, error) {
	event, action := payload.HookEvent()
	body, err := hook.Marshal(payload)
	if err != nil {
		return Message{}, fmt.Errorf("encode the payload of %s %s: %w", event, action, err)
	}
	return Message{Event: event, Action: action, Body: body}, nil
}

// check says what is wrong with a message.
func (s *Sender) check(m Message) error {
	switch {
	case len(m.Body) > s.options.MaxBody:
		return fmt.Errorf("%w: %d bytes, at most %d", ErrTooLarge, len(m.Body), s.options.MaxBody)
	case !json.Valid(m.Body):
		return ErrNotJSON
	case !fitsHeader(m.Event) || !fitsHeader(m.Action):
		return errors.New("an event or action has control characters")
	}
	return nil
}

// address finds the endpoints that a message goes to.
func (s *Sender) address(m Message) (Receipt, []Delivery, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	receipt := Receipt{ID: m.ID}
	if s.closed {
		return receipt, nil, ErrClosed
	}
	for _, id := range m.To {
		if s.lane(id) == nil {
			return receipt, nil, fmt.Errorf("send %q: there is no endpoint %q", m.ID, id)
		}
	}
	var deliveries []Delivery
	for _, l := range s.lanes {
		e := &l.endpoint
		if e.Disabled || (m.To != nil && !slices.Contains(m.To, e.ID)) || (m.To == nil && !e.wants(m.Event, m.Action)) {
			continue
		}
		d := Delivery{Message: m, Endpoint: e.ID, State: Pending, Due: m.Created}
		if l.health.Disabled.IsZero() {
			receipt.Endpoints = append(receipt.Endpoints, e.ID)
		} else {
			d.State, d.Class, d.Finished = Dead, ClassDisabled, m.Created
			receipt.Held = append(receipt.Held, e.ID)
		}
		deliveries = append(deliveries, d)
	}
	return receipt, deliveries, nil
}

// newID returns an id by chance: 130 bits.
func newID() string { return "msg_" + rand.Text() }

func validID(id string) bool {
	for i := range len(id) {
		c := id[i]
		if (c < '0' || c > '9') && (c < 'A' || c > 'Z') && (c < 'a' || c > 'z') && c != '-' && c != '_' && c != '.' && c != ':' {
			return false
		}
	}
	return id != "" && len(id) <= 255
}

// fitsHeader reports whether s can be the value of a header.
func fitsHeader(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] == 0x7f {
			return false
		}
	}
	return true
}
