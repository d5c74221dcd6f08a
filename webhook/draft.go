package webhook

import (
	"fmt"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/webhook/internal/shape"
)

// draft is what was read, before events are named and shapes made few.
type draft struct {
	name, title, description string
	routing                  Routing
	events                   []*draftEvent
	notes                    []Note
}

// draftEvent is an event whose payload is a shape still.
type draftEvent struct {
	name, action string
	// guessed says that the name is the description's, and that nothing is known
	// to say it in a delivery.
	guessed bool

	// key and id are what the description calls the event, and node is where it
	// does.
	key, id string
	node    *openapi.Node
	headers []header

	payload              shape.Use
	summary, description string
	deprecated           bool
	examples             []Example
	location             check.Location
}

// header is a header that deliveries of an event have, with its one value where
// it has one.
type header struct{ name, value string }

// value returns the one value of a header.
func (e *draftEvent) value(name string) string {
	for _, h := range e.headers {
		if equalFold(h.name, name) {
			return h.value
		}
	}
	return ""
}

// note adds a note about shapes.
func (d *draft) note(n shape.Note) { d.add(NoteSchema, n.Place, n.Message) }

// notef adds a note about a place in a description.
func (d *draft) notef(about NoteKind, at *openapi.Node, format string, args ...any) {
	d.add(about, at, fmt.Sprintf(format, args...))
}

func (d *draft) add(about NoteKind, at shape.Place, message string) {
	n := Note{About: about, Message: message}
	if at != nil {
		n.Location = at.Location()
	}
	d.notes = append(d.notes, n)
}
