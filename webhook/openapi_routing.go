package webhook

import (
	"cmp"
	"strings"

	"github.com/plumbapi/plumb/internal/jsonscan"
	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/webhook/internal/shape"
)

// tellers are the members that senders put the name of an event in, the usual
// first.
var tellers = []string{"type", "event", "event_type", "eventType", "event_name", "eventName", "object_kind", "topic", "kind", "name", "trigger"}

// deriveRouting finds out how deliveries say which event they are: a header
// with one value in each webhook, else a member with one value in each payload.
func (r *openapiReader) deriveRouting() {
	if len(r.sources) == 0 {
		return
	}
	for _, h := range r.sources[0].headers {
		name := h.Get("name").Text()
		if r.byHeader(name) {
			r.routing.EventHeader = name
			break
		}
	}
	if r.routing.EventHeader == "" {
		for _, member := range tellers {
			if r.byMember(member) {
				r.routing.EventPointers = []string{openapi.FormatPointer(member)}
				break
			}
		}
	}
	for _, s := range r.sources {
		if s.event.action != "" {
			r.routing.ActionPointers = []string{"/action"}
		}
		for _, h := range s.headers {
			if name := h.Get("name").Text(); isDeliveryHeader(name) {
				r.routing.DeliveryHeader = cmp.Or(r.routing.DeliveryHeader, name)
			}
		}
	}
}

// byHeader names the events after a header parameter, if each webhook has it
// with one value, and no two the same.
func (r *openapiReader) byHeader(name string) bool {
	values := make([]string, len(r.sources))
	for i, s := range r.sources {
		for _, h := range s.headers {
			if h.Get("name").Text() == name {
				values[i] = oneValue(cmp.Or(r.resolve(h.Get("schema")), h))
			}
		}
	}
	return r.nameEvents(values)
}

// oneValue returns the one text that a schema allows, "" where it allows more.
func oneValue(n *openapi.Node) string {
	if v, ok := n.Get("const").Str(); ok {
		return v
	}
	if e := n.Get("enum"); e.Len() == 1 {
		v, _ := e.At(0).Str()
		return v
	}
	return ""
}

// byMember names the events after a member of their payloads, if each has it
// with one value. A payload that is one of several, told apart by that member,
// becomes an event for each.
func (r *openapiReader) byMember(member string) bool {
	split := false
	values := make([]string, len(r.sources))
	for i, s := range r.sources {
		if values[i] = constOf(s.event.payload.Shape, member); values[i] == "" {
			if len(alternatives(s.event.payload.Shape, member)) == 0 {
				return false
			}
			split = true
		}
	}
	if !split {
		return r.nameEvents(values)
	}
	r.split(member)
	return true
}

// nameEvents names events after values, if no two that have the same action
// have the same.
func (r *openapiReader) nameEvents(values []string) bool {
	seen := map[[2]string]bool{}
	for i, v := range values {
		key := [2]string{v, r.sources[i].event.action}
		if v == "" || seen[key] {
			return false
		}
		seen[key] = true
	}
	for i, v := range values {
		r.sources[i].event.name = v
	}
	return true
}

// alternative is a payload that is one of several.
type alternative struct {
	value string
	use   shape.Use
}

// alternatives returns the payloads that a union stands for, with the value
// that a member has in each; none where one has no such value, or two have the
// same.
func alternatives(s *shape.Shape, member string) []alternative {
	if s.Kind != shape.Union {
		return nil
	}
	seen := map[string]bool{}
	var out []alternative
	for _, v := range s.Variants {
		value := constOf(v.Shape, member)
		if value == "" || seen[value] || v.Nullable {
			return nil
		}
		seen[value] = true
		out = append(out, alternative{value, v.Use})
	}
	return out
}

// split makes an event of each payload that is told apart by a member.
func (r *openapiReader) split(member string) {
	var events []*draftEvent
	for _, s := range r.sources {
		if value := constOf(s.event.payload.Shape, member); value != "" {
			s.event.name = value
			events = append(events, s.event)
			continue
		}
		for _, a := range alternatives(s.event.payload.Shape, member) {
			e := *s.event
			e.name, e.payload, e.action = a.value, a.use, actionOf(a.use.Shape)
			e.examples = examplesWith(e.examples, member, a.value)
			e.description = cmp.Or(a.use.Shape.Description, e.description)
			events = append(events, &e)
		}
	}
	r.events = events
}

// isDeliveryHeader reports whether a header is one that senders put the id of a
// delivery in.
func isDeliveryHeader(name string) bool {
	name = strings.ToLower(name)
	return name == "webhook-id" || name == "idempotency-key" || strings.HasSuffix(name, "-delivery") ||
		strings.HasSuffix(name, "-delivery-id") || strings.HasSuffix(name, "-webhook-id") || strings.HasSuffix(name, "-event-id")
}

// examplesWith returns the examples in which a member has a value.
func examplesWith(examples []Example, member, value string) []Example {
	var out []Example
	for _, x := range examples {
		fits := false
		jsonscan.Members(jsonscan.View(x.JSON), jsonscan.Space(jsonscan.View(x.JSON), 0), func(name, v string) bool {
			fits = fits || unquote(name) == member && unquote(v) == value
			return true
		})
		if fits {
			out = append(out, x)
		}
	}
	return out
}
