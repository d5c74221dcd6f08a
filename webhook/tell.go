package webhook

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/plumbapi/plumb/internal/jsonscan"
	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/webhook/internal/shape"
)

// tellers are the members that senders put the name of an event in, the usual
// first.
var tellers = []string{"type", "event", "event_type", "eventType", "event_name", "eventName", "object_kind", "topic", "kind", "name", "trigger"}

// tell finds for each event its name and action as deliveries have them, and
// where they do. What a provider is known for counts before what the description
// says, and that before what it calls its webhooks.
func (d *draft) tell(p *Provider) {
	known := &Provider{}
	if p != nil {
		known = p
		d.routing = p.Routing
	}
	for _, e := range d.events {
		said := known.eventName(e.node, e.key)
		e.name = cmp.Or(said.Name, e.name)
		e.action = cmp.Or(said.Action, constAt(e.payload.Shape, actionPath(d.routing)))
	}
	if p == nil {
		d.deriveRouting()
	}
	d.nameBy(d.routing)
	for _, e := range d.events {
		if e.name == "" {
			e.name, e.guessed = known.rename(guess(e)), true
		}
	}
	d.noteGuesses()
}

// actionPath returns where payloads have their action.
func actionPath(r Routing) []string {
	for _, p := range r.ActionPointers {
		if path, err := openapi.ParsePointer(p); err == nil {
			return path
		}
	}
	return []string{"action"}
}

// deriveRouting finds where deliveries say which event they are: a header that
// has one value for each, else a member that has. Of one event alone nothing
// needs to be told, but a member with one value is taken to be that.
func (d *draft) deriveRouting() {
	for _, h := range d.firstHeaders() {
		if d.tells(func(e *draftEvent) []string { return nonEmpty(e.value(h.name)) }) {
			d.routing.EventHeader = h.name
			break
		}
	}
	for _, member := range tellers {
		if d.routing.EventHeader == "" && d.tells(func(e *draftEvent) []string { return constsAt(e.payload.Shape, []string{member}) }) {
			d.routing.EventPointers = []string{openapi.FormatPointer(member)}
			break
		}
	}
	if d.routing.EventHeader == "" && d.routing.EventPointers == nil {
		for _, h := range d.firstHeaders() {
			if isEventHeader(h.name) {
				d.routing.EventHeader = h.name
				break
			}
		}
	}
	for _, e := range d.events {
		if e.action != "" {
			d.routing.ActionPointers = []string{"/action"}
		}
		for _, h := range e.headers {
			if d.routing.DeliveryHeader == "" && isDeliveryHeader(h.name) {
				d.routing.DeliveryHeader = h.name
			}
		}
	}
}

func (d *draft) firstHeaders() []header {
	if len(d.events) == 0 {
		return nil
	}
	return d.events[0].headers
}

// tells reports whether each event has values by a function, and no two that
// have the same action have the same.
func (d *draft) tells(values func(*draftEvent) []string) bool {
	seen := map[[2]string]bool{}
	for _, e := range d.events {
		all := values(e)
		if len(all) == 0 {
			return false
		}
		for _, v := range all {
			key := [2]string{v, e.action}
			if seen[key] {
				return false
			}
			seen[key] = true
		}
	}
	return len(d.events) > 0
}

// nameBy names events after what deliveries say by a routing. A payload that is
// one of several, each with a name of its own, becomes an event for each.
func (d *draft) nameBy(r Routing) {
	var events []*draftEvent
	for _, e := range d.events {
		if e.name == "" {
			e.name = e.value(r.EventHeader)
		}
		split := false
		for _, p := range r.EventPointers {
			path, err := openapi.ParsePointer(p)
			if err != nil || e.name != "" {
				continue
			}
			if e.name = constAt(e.payload.Shape, path); e.name != "" {
				break
			}
			if all := splitEvent(e, path); len(all) > 1 {
				events, split = append(events, all...), true
				break
			}
		}
		if !split {
			events = append(events, e)
		}
	}
	d.events = events
}

// splitEvent returns an event for each alternative of a payload, named by what is at
// a path; none where one has no name, or two have the same.
func splitEvent(e *draftEvent, path []string) []*draftEvent {
	names := constsAt(e.payload.Shape, path)
	if len(names) < 2 {
		return nil
	}
	var out []*draftEvent
	for i, v := range e.payload.Shape.Variants {
		own := *e
		own.name, own.payload = names[i], v.Use
		own.action = constAt(v.Shape, []string{"action"})
		own.examples = examplesWith(e.examples, path, names[i])
		own.description = cmp.Or(v.Shape.Description, e.description)
		if v.Shape.Place != nil {
			own.location = v.Shape.Place.Location()
		}
		out = append(out, &own)
	}
	return out
}

// constsAt returns the one text at a path of a payload, or that of each of its
// alternatives; none where one has none, or two have the same.
func constsAt(s *shape.Shape, path []string) []string {
	if one := constAt(s, path); one != "" {
		return []string{one}
	}
	if s.Kind != shape.Union {
		return nil
	}
	var out []string
	for _, v := range s.Variants {
		c := constAt(v.Shape, path)
		if c == "" || v.Nullable || slices.Contains(out, c) {
			return nil
		}
		out = append(out, c)
	}
	return out
}

// constAt returns the one text at a path of a payload, or of all its
// alternatives; "" where there is none.
func constAt(s *shape.Shape, path []string) string {
	if s.Kind == shape.Union {
		one := ""
		for i, v := range s.Variants {
			c := ""
			if v.Shape.Kind != shape.Union {
				c = constAt(v.Shape, path)
			}
			if c == "" || i > 0 && c != one {
				return ""
			}
			one = c
		}
		return one
	}
	f := s.Field(path[0])
	if f == nil {
		return ""
	}
	if len(path) > 1 {
		return constAt(f.Shape, path[1:])
	}
	if f.Shape.Kind != shape.String {
		return ""
	}
	return unquote(f.Const)
}

// guess returns what a description calls an event, without its action.
func guess(e *draftEvent) string {
	if e.action == "" {
		return cmp.Or(e.key, e.id)
	}
	if event, ok := trimAction(e.id, e.action); ok {
		return event
	}
	event, _ := trimAction(cmp.Or(e.key, e.id), e.action)
	return event
}

// trimAction takes the action off the end of a name, with what parts them.
func trimAction(name, action string) (string, bool) {
	cut := len(name) - len(action)
	if cut < 2 {
		return name, false
	}
	plain := strings.NewReplacer("-", "_", ".", "_", " ", "_")
	if !equalFold(plain.Replace(name[cut:]), plain.Replace(action)) || !strings.ContainsAny(name[cut-1:cut], "-_./:$# ") {
		return name, false
	}
	return name[:cut-1], true
}

// noteGuesses says where no delivery is known to say which event it is; which
// events these are, Event.Guessed says.
func (d *draft) noteGuesses() {
	var guessed []*draftEvent
	for _, e := range d.events {
		if e.guessed {
			guessed = append(guessed, e)
		}
	}
	if len(guessed) == 0 || len(d.events) < 2 {
		return
	}
	how := "no header and no member of the payload has the name of the event as its one value"
	if d.routing.EventHeader != "" {
		how = "nothing says which value the header " + d.routing.EventHeader + " has"
	}
	first := guessed[0]
	d.notes = append(d.notes, Note{Location: first.location, About: NoteRouting, Message: fmt.Sprintf(
		"%s in %d of %d events, which are called after what describes them: this one %s",
		how, len(guessed), len(d.events), quoteText(eventTitle(first.name, first.action)))})
}

// isEventHeader and isDeliveryHeader report whether a header is one that
// senders put the name of an event in, or the id of a delivery.
func isEventHeader(name string) bool {
	return hasSuffixFold(name, "-event", "-event-type", "-event-key", "-event-name", "-topic")
}

func isDeliveryHeader(name string) bool {
	return equalFold(name, "webhook-id") || equalFold(name, "idempotency-key") ||
		hasSuffixFold(name, "-delivery", "-delivery-id", "-webhook-id", "-event-id", "-request-id")
}

func hasSuffixFold(s string, suffixes ...string) bool {
	return slices.ContainsFunc(suffixes, func(x string) bool { return strings.HasSuffix(strings.ToLower(s), x) })
}

func equalFold(a, b string) bool { return strings.EqualFold(a, b) }

func nonEmpty(s string) []string {
	if s == "" {
		return nil
	}
	return []string{s}
}

// examplesWith returns the examples that have a text at a path.
func examplesWith(examples []Example, path []string, text string) []Example {
	var out []Example
	for _, x := range examples {
		if textAt(x.JSON, path) == text {
			out = append(out, x)
		}
	}
	return out
}

// textAt returns the text at a path of a payload, "" where there is none.
func textAt(body []byte, path []string) string {
	text := ""
	s := jsonscan.View(body)
	jsonscan.Find(s, path, func(v string) bool {
		text = unquote(v)
		return text == ""
	})
	return text
}
