package send

import (
	"context"
	"errors"
	"fmt"
)

// ErrNoMessage says that no message has the id.
var ErrNoMessage = errors.New("no message has this ID")

// Deliveries lists deliveries in the order in which their messages were sent,
// without bodies; Query{State: Dead} lists the dead letters. Those after
// a full list are had with the last one's Message.Created as Since.
func (s *Sender) Deliveries(ctx context.Context, q Query) ([]Delivery, error) {
	list, err := s.outbox.Deliveries(ctx, q)
	if err != nil {
		return nil, fmt.Errorf("list deliveries: %w", err)
	}
	return list, nil
}

// Count counts deliveries, whatever the query's Limit is.
func (s *Sender) Count(ctx context.Context, q Query) (int, error) {
	n, err := s.outbox.Count(ctx, q)
	if err != nil {
		return 0, fmt.Errorf("count deliveries: %w", err)
	}
	return n, nil
}

// Message returns a message with its body, or ErrNoMessage.
func (s *Sender) Message(ctx context.Context, id string) (Message, error) {
	m, err := s.outbox.Message(ctx, id)
	if err != nil {
		return Message{}, fmt.Errorf("message %q: %w", id, err)
	}
	return m, nil
}

// Attempts lists the attempts at delivering a message, oldest first.
func (s *Sender) Attempts(ctx context.Context, message string) ([]Attempt, error) {
	list, err := s.outbox.Attempts(ctx, message)
	if err != nil {
		return nil, fmt.Errorf("attempts of message %q: %w", message, err)
	}
	return list, nil
}

// Replay delivers again what was delivered or is a dead letter: by id, by
// endpoint, by time, or all of a state. The schedule begins anew, and the ids
// stay, so that receivers that took a message before can tell. It returns how
// many deliveries there are. Those of a disabled endpoint wait until it is
// enabled.
func (s *Sender) Replay(ctx context.Context, q Query) (int, error) {
	now := s.options.Now()
	n, err := s.outbox.Replay(ctx, q, now)
	if err != nil {
		return 0, fmt.Errorf("replay: %w", err)
	}
	s.due(s.open(), now)
	return n, nil
}
