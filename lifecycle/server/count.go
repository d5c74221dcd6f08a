package server

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"

	"github.com/prometheus/client_golang/prometheus"
)

// Metric is the name of the counter of uses of what is deprecated. Its labels
// are surface, "rest" or "graphql"; element, such as "GET /users" or
// "User.name"; and consumer.
const Metric = "api_deprecated_uses_total"

// The consumers that are no names.
const (
	unknownConsumer = "unknown"
	otherConsumer   = "other"
)

// maxConsumerName bounds the bytes of a consumer's name.
const maxConsumerName = 128

// counter counts uses by element and consumer. It is safe for concurrent use;
// a nil one counts nothing.
type counter struct {
	surface  string
	vec      *prometheus.CounterVec
	consumer func(*http.Request) string
	most     int

	mu    sync.RWMutex
	known map[string]bool
}

func newCounter(surface string, o *Options) (*counter, error) {
	if o.Registerer == nil {
		return nil, nil
	}
	vec := prometheus.NewCounterVec(prometheus.CounterOpts{
		Name: Metric, Help: "Uses of deprecated operations and elements of the API, by consumer.",
	}, []string{"surface", "element", "consumer"})
	if err := o.Registerer.Register(vec); err != nil {
		var again prometheus.AlreadyRegisteredError
		shared, ok := (*prometheus.CounterVec)(nil), false
		if errors.As(err, &again) {
			shared, ok = again.ExistingCollector.(*prometheus.CounterVec)
		}
		if !ok {
			return nil, fmt.Errorf("register the counter %s: %w", Metric, err)
		}
		vec = shared
	}
	c := &counter{surface: surface, vec: vec, consumer: o.Consumer, most: o.MaxConsumers, known: map[string]bool{}}
	if c.most <= 0 {
		c.most = DefaultMaxConsumers
	}
	return c, nil
}

// add counts one use of an element; r may be nil.
func (c *counter) add(element string, r *http.Request) {
	if c == nil {
		return
	}
	c.count(element, c.name(r))
}

func (c *counter) count(element, consumer string) {
	if c != nil {
		c.vec.WithLabelValues(c.surface, strings.ToValidUTF8(element, "\uFFFD"), consumer).Inc()
	}
}

// name returns the consumer as it is counted.
func (c *counter) name(r *http.Request) string {
	if c == nil || c.consumer == nil || r == nil {
		return unknownConsumer
	}
	name := c.consumer(r)
	if len(name) > maxConsumerName {
		name = name[:maxConsumerName]
	}
	name = strings.ToValidUTF8(name, "\uFFFD")
	if name == "" {
		return unknownConsumer
	}
	c.mu.RLock()
	known, full := c.known[name], len(c.known) >= c.most
	c.mu.RUnlock()
	switch {
	case known:
		return name
	case full:
		return otherConsumer
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.known[name] && len(c.known) >= c.most {
		return otherConsumer
	}
	name = strings.Clone(name) // it may be a piece of a larger text
	c.known[name] = true
	return name
}
