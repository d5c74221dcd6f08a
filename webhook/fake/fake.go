// Package fake makes payloads of events that nobody has sent: for tests of a
// receiver, for a first delivery to a new endpoint, for documentation.
//
// A payload is made of the schema that the description has for the event, as
// package openapi/sample makes values: of examples, defaults, constants and
// formats. What tells the event is put in, so that a receiver finds the right
// handler. The same seed gives the same payload. The package sends nothing.
package fake

import (
	"errors"
	"fmt"

	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/openapi/sample"
	"github.com/plumbapi/plumb/webhook"
	"github.com/plumbapi/plumb/webhook/drift"
)

// Options say which payload is made.
type Options struct {
	// Seed decides where there is a choice. The first of everything is chosen
	// with 0.
	Seed uint64
	// Full makes the optional members too, else only those that are required.
	Full bool
	// Example takes the first example that the description gives of the payload,
	// where it gives one, as it is.
	Example bool
}

// Payload is a payload that was made.
type Payload struct {
	// Event and Action are what it is for.
	Event, Action string
	JSON          []byte
	// Notes tell where it may not match its schema.
	Notes []string
}

// ErrNoSchema says that a description has neither a schema nor an example of an
// event's payload.
var ErrNoSchema = errors.New("the description has no schema of the payload")

// Make makes a payload of an event of a model that was read from the document.
// The error is ErrNoSchema, or says why the schema has no value: it asks for
// itself without end.
func Make(doc *openapi.Document, m *webhook.Model, e *webhook.Event, o Options) (*Payload, error) {
	p := &Payload{Event: e.Name, Action: e.Action}
	if o.Example && len(e.Examples) > 0 {
		p.JSON = e.Examples[0].JSON
		return p, nil
	}
	schema := drift.Of(doc, m).Schema(e)
	if schema == nil {
		return nil, fmt.Errorf("event %s: %w", Name(e), ErrNoSchema)
	}
	maker := sample.New(doc, sample.Options{Seed: o.Seed, Full: o.Full})
	v, notes, err := maker.Value(schema)
	if err != nil {
		return nil, fmt.Errorf("event %s: %w", Name(e), err)
	}
	for _, n := range notes {
		p.Notes = append(p.Notes, n.String())
	}
	if v.Kind == openapi.Object {
		tell(v, m.Routing.EventPointers, e.Name)
		tell(v, m.Routing.ActionPointers, e.Action)
	}
	p.JSON = v.Append(nil)
	return p, nil
}

// tell puts what tells the event where deliveries have it: at the first place
// that the payload has already. Where the event comes in a header, no member has
// it.
func tell(v *sample.Value, pointers []string, text string) {
	if text == "" {
		return
	}
	for _, pointer := range pointers {
		tokens, err := openapi.ParsePointer(pointer)
		if err != nil {
			continue
		}
		at := v
		for _, t := range tokens {
			if at = at.Get(t); at == nil {
				break
			}
		}
		if at != nil && at.Kind == openapi.String {
			at.Text = text
			return
		}
	}
}

// Name is how an event is called on a command line: "issues.opened", or "push"
// where it has no action.
func Name(e *webhook.Event) string {
	if e.Action == "" {
		return e.Name
	}
	return e.Name + "." + e.Action
}
