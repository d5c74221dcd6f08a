package webhook

import (
	"fmt"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/webhook/internal/shape"
)

// draft is what was read, before it is made small and named.
type draft struct {
	name, title, description string
	routing                  Routing
	events                   []*draftEvent
	notes                    []Note
}

// draftEvent is an event whose payload is a shape still.
type draftEvent struct {
	name, action         string
	payload              shape.Use
	summary, description string
	deprecated           bool
	examples             []Example
	location             check.Location
}

func (d *draft) note(n shape.Note) {
	out := Note{Message: n.Message}
	if n.Place != nil {
		out.Location = n.Place.Location()
	}
	d.notes = append(d.notes, out)
}

func (d *draft) notef(at *openapi.Node, format string, args ...any) {
	d.note(shape.Note{Place: at, Message: fmt.Sprintf(format, args...)})
}
