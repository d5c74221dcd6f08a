package fake_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/webhook"
	"github.com/plumbapi/plumb/webhook/drift"
	"github.com/plumbapi/plumb/webhook/fake"
)

const nursery = `openapi: 3.1.0
info: {title: Nursery, version: "1.0"}
webhooks:
  plant-watered:
    post:
      requestBody:
        content:
          application/json:
            schema:
              type: object
              required: [event, plant, litres]
              properties:
                event: {const: plant}
                action: {enum: [watered]}
                plant: {type: string, examples: [fern]}
                litres: {type: number, minimum: 0.1}
                gardener: {type: [string, "null"], format: email}
  pot-broken:
    post:
      requestBody:
        content:
          application/json:
            schema: {type: object, required: [event], properties: {event: {const: pot}}}
            example: {event: pot, size: 12}
  silent:
    post:
      requestBody:
        content: {application/json: {schema: {$ref: "#/components/schemas/Endless"}}}
components:
  schemas:
    Endless: {type: object, required: [event, more], properties: {event: {const: silent}, more: {$ref: "#/components/schemas/Endless"}}}
`

func read(t *testing.T) (*openapi.Document, *webhook.Model, map[string]*webhook.Event) {
	t.Helper()
	doc, err := openapi.Parse("nursery.yaml", []byte(nursery))
	if err != nil {
		t.Fatal(err)
	}
	m, err := webhook.FromOpenAPI(doc, webhook.Options{})
	if err != nil {
		t.Fatal(err)
	}
	events := map[string]*webhook.Event{}
	for _, e := range m.Events {
		events[fake.Name(e)] = e
	}
	return doc, m, events
}

func TestMake(t *testing.T) {
	t.Parallel()
	doc, m, events := read(t)
	for _, tt := range []struct {
		name, event string
		options     fake.Options
		want        string
	}{
		{"required members", "plant.watered", fake.Options{}, `{"event":"plant","plant":"fern","litres":1}`},
		{"all members", "plant.watered", fake.Options{Full: true}, `{"event":"plant","action":"watered","plant":"fern","litres":1,"gardener":"user1@example.com"}`},
		{"an example", "pot", fake.Options{Example: true}, `{"event":"pot","size":12}`},
		{"no example", "plant.watered", fake.Options{Example: true}, `{"event":"plant","plant":"fern","litres":1}`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			e := events[tt.event]
			if e == nil {
				t.Fatalf("the model has no event %s", tt.event)
			}
			p, err := fake.Make(doc, m, e, tt.options)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, string(p.JSON)); diff != "" {
				t.Errorf("Make (-want +got):\n%s", diff)
			}
		})
	}
}

func TestMakeEndless(t *testing.T) {
	t.Parallel()
	doc, m, events := read(t)
	if p, err := fake.Make(doc, m, events["silent"], fake.Options{}); err == nil {
		t.Errorf("Make = %s, want an error: the schema asks for itself without end", p.JSON)
	}
	if _, err := fake.Make(doc, m, &webhook.Event{Name: "gone"}, fake.Options{}); !errors.Is(err, fake.ErrNoSchema) {
		t.Errorf("Make of an event that is not described: %v, want ErrNoSchema", err)
	}
}

// What is made for an event matches its schema, whatever the seed.
func TestMakeMatches(t *testing.T) {
	t.Parallel()
	doc, m, events := read(t)
	var payloads []drift.Payload
	for seed := range uint64(50) {
		p, err := fake.Make(doc, m, events["plant.watered"], fake.Options{Seed: seed, Full: true})
		if err != nil {
			t.Fatal(err)
		}
		payloads = append(payloads, drift.Payload{Name: "fake", Event: p.Event, Action: p.Action, JSON: p.JSON})
	}
	res, err := drift.Compare(t.Context(), drift.Of(doc, m), payloads)
	if err != nil {
		t.Fatal(err)
	}
	if res.Counts.Exact != len(payloads) {
		t.Errorf("%d of %d payloads are as described: %+v", res.Counts.Exact, len(payloads), res.Places)
	}
}
