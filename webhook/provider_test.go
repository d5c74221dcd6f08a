package webhook_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/webhook"
	"github.com/plumbapi/plumb/webhook/signature"
)

// TestProviders reads every provider that comes with the package: its schemes
// must be some that signatures are verified by.
func TestProviders(t *testing.T) {
	t.Parallel()
	all, err := webhook.Providers()
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, p := range all {
		names = append(names, p.Name)
		if p.Title == "" || !strings.HasPrefix(p.Docs, "https://") || len(p.Signatures) == 0 {
			t.Errorf("%s: no title, no address or no scheme: %+v", p.Name, p)
		}
		for _, s := range p.Signatures {
			if _, err := signature.Schemes(s.Scheme); err != nil {
				t.Errorf("%s: %v", p.Name, err)
			}
		}
	}
	if diff := cmp.Diff([]string{"bitbucket", "github", "gitlab", "slack", "standard", "stripe"}, names); diff != "" {
		t.Errorf("names (-want +got):\n%s", diff)
	}
	p, known, err := webhook.FindProvider("GitHub")
	if err != nil || p == nil || p.Name != "github" || len(known) != len(all) {
		t.Errorf("FindProvider: %v, %v, %v", p, known, err)
	}
	if p, _, _ := webhook.FindProvider("nobody"); p != nil {
		t.Errorf("FindProvider of nobody: %v", p)
	}
}

const ownProvider = `
name: shop
routing: {event-header: X-Shop-Event, action-pointers: [/what], delivery-header: X-Shop-Id}
reading:
  extension: [x-shop, name]
  rename: {"-": "_"}
  events: {old-name: {event: new_name, action: done}}
`

// TestOwnProvider reads a description with what a provider's file says of it.
func TestOwnProvider(t *testing.T) {
	t.Parallel()
	p, err := webhook.ParseProvider("shop.yaml", []byte(ownProvider))
	if err != nil {
		t.Fatal(err)
	}
	doc, err := openapi.Parse("shop.json", []byte(`{"openapi": "3.1.0", "info": {"title": "x", "version": "1"}, "webhooks": {
	  "a": {"post": {"x-shop": {"name": "order-paid"}, "requestBody": {"content": {"application/json": {"schema": {"type": "object", "required": ["what"], "properties": {"what": {"const": "late"}}}}}}}},
	  "old-name": {"post": {"requestBody": {"content": {"application/json": {"schema": {"type": "object", "properties": {}}}}}}},
	  "by-header": {"post": {"parameters": [{"name": "x-shop-event", "in": "header", "schema": {"const": "told"}}], "requestBody": {"content": {"application/json": {"schema": {"type": "object"}}}}}}
	}}`))
	if err != nil {
		t.Fatal(err)
	}
	m, err := webhook.FromOpenAPI(doc, webhook.Options{Provider: p})
	if err != nil {
		t.Fatal(err)
	}
	checkModel(t, m)
	want := `shop {EventHeader:X-Shop-Event EventPointers:[] ActionPointers:[/what] DeliveryHeader:X-Shop-Id DeliveryPointers:[]}
event new_name done NewNameDone
event order_paid late OrderPaidLate
event told Told
NewNameDone object
OrderPaidLate object
  What string = "late"
Told object
`
	if diff := cmp.Diff(want, summary(m)); diff != "" {
		t.Errorf("FromOpenAPI (-want +got):\n%s", diff)
	}
}

const envelopeProvider = `
name: pay
routing: {event-pointers: [/type]}
reading:
  envelope:
    schema: /components/schemas/event
    names: [/components/schemas/nothing/enum, /components/schemas/names/enum]
    event: /type
    object: /data/object
    kind: object
    objects: {charge.refund: refund}
`

// TestEnvelope reads a description that has one schema for all events.
func TestEnvelope(t *testing.T) {
	t.Parallel()
	p, err := webhook.ParseProvider("pay.yaml", []byte(envelopeProvider))
	if err != nil {
		t.Fatal(err)
	}
	doc, err := openapi.Parse("pay.yaml", []byte(`
openapi: 3.0.0
info: {title: Pay, version: "1"}
paths: {}
components:
  schemas:
    names: {type: string, enum: ["*", customer.made, charge.refund.made, customer.card.made, odd, ghost.made]}
    event: {type: object, required: [type, data], properties: {type: {type: string}, data: {$ref: "#/components/schemas/data"}}}
    data: {type: object, required: [object], properties: {object: {type: object}, before: {type: object}}}
    customer: {type: object, properties: {object: {type: string, enum: [customer]}, name: {type: string}}}
    refund: {type: object, properties: {object: {type: string, enum: [refund]}, amount: {type: integer}}}
    card: {type: object, properties: {object: {type: string, enum: [card]}, last4: {type: string}}}
`))
	if err != nil {
		t.Fatal(err)
	}
	m, err := webhook.FromOpenAPI(doc, webhook.Options{Provider: p})
	if err != nil {
		t.Fatal(err)
	}
	checkModel(t, m)
	got := map[string]string{}
	for _, e := range m.Events {
		for _, f := range e.Payload.Fields {
			if f.Name == "data" {
				got[e.Name] = use(f.Type.Fields[0].Type, false, false)
			} else if f.Const != `"`+e.Name+`"` {
				t.Errorf("type of %s is %s", e.Name, f.Const)
			}
		}
	}
	want := map[string]string{
		"customer.made": "Customer", "charge.refund.made": "Refund", "customer.card.made": "Card", "odd": "map of any", "ghost.made": "map of any",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("what events are about (-want +got):\n%s", diff)
	}
	if len(m.Notes) != 2 {
		t.Errorf("notes: %v, want one for each event that is about nothing known", m.Notes)
	}
}

func TestParseProvider(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, text, want string }{
		{"no name", "title: x", `p.yaml:1:1: `},
		{"a wrong name", "name: A b", `"A b" is not one lowercase word`},
		{"a wrong pointer", "name: a\nrouting: {event-pointers: [x]}", `"x" is no JSON Pointer`},
		{"an unknown key", "name: a\nroute: {}", `p.yaml:2:1: `},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, err := webhook.ParseProvider("p.yaml", []byte(tt.text))
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("ParseProvider: %v, want %q in it", err, tt.want)
			}
		})
	}
}
