package hook

import (
	"net/textproto"
	"strings"
)

// Routing says where a delivery has the name of its event, its action and its
// id. Of several places the first one that says something counts.
type Routing struct {
	// EventHeader is the header with the event's name: "X-GitHub-Event".
	EventHeader string
	// EventPointers and ActionPointers are JSON Pointers into the payload:
	// "/object_kind", "/action", "/object_attributes/action". What they lead to
	// is a string.
	EventPointers, ActionPointers []string
	// DeliveryHeader is the header with the id that all attempts of one
	// delivery share: "X-GitHub-Delivery", "webhook-id".
	DeliveryHeader string
	// DeliveryPointers are JSON Pointers to the id, for senders that have it in
	// the payload: "/event_id".
	DeliveryPointers []string
}

// Route returns the event and the action of a delivery, "" for what it does not
// say. It decodes nothing and reads no more of the body than it must; whether
// that is JSON is not judged. Of members given twice the first one counts.
func (r *Routing) Route(header map[string][]string, body []byte) (event, action string) {
	event = first(header, r.EventHeader)
	if event == "" {
		event = Find(body, r.EventPointers...)
	}
	return event, Find(body, r.ActionPointers...)
}

// ID returns the id of a delivery, "" where it has none.
func (r *Routing) ID(header map[string][]string, body []byte) string {
	if id := first(header, r.DeliveryHeader); id != "" {
		return id
	}
	return Find(body, r.DeliveryPointers...)
}

func first(header map[string][]string, name string) string {
	if name == "" {
		return ""
	}
	if values := header[textproto.CanonicalMIMEHeaderKey(name)]; len(values) > 0 {
		return values[0]
	}
	return ""
}

// Find returns the first string of a JSON text that one of the JSON Pointers
// leads to, by their order; "" where there is none. It decodes nothing.
func Find(body []byte, pointers ...string) string {
	for _, p := range pointers {
		if s, ok := find(body, p); ok {
			return s
		}
	}
	return ""
}

func find(b []byte, pointer string) (string, bool) {
	at := 0
	if len(b) >= 3 && b[0] == 0xEF && b[1] == 0xBB && b[2] == 0xBF {
		at = 3
	}
	for at < len(b) && isSpace(b[at]) {
		at++
	}
	p := Peek{b, at}
	for pointer != "" {
		var name string
		name, pointer = token(pointer)
		var ok bool
		if p.at, ok = p.find(name); !ok {
			return "", false
		}
	}
	if p.Kind() != JSONString {
		return "", false
	}
	return unquote(b[p.at:stringEnd(b, p.at)]), true
}

// token splits the first token off a JSON Pointer.
func token(pointer string) (name, rest string) {
	pointer = strings.TrimPrefix(pointer, "/")
	if i := strings.IndexByte(pointer, '/'); i >= 0 {
		pointer, rest = pointer[:i], pointer[i:]
	}
	if strings.Contains(pointer, "~") {
		pointer = strings.ReplaceAll(strings.ReplaceAll(pointer, "~1", "/"), "~0", "~")
	}
	return pointer, rest
}
