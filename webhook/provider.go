package webhook

import (
	"embed"
	"fmt"
	"slices"
	"strings"

	"github.com/plumbapi/plumb/internal/form"
	"github.com/plumbapi/plumb/openapi"
)

// Provider is what is known of a sender beside its description: how deliveries
// say what they are, and how they are signed. Providers returns those that come
// with the package; a program may have its own.
type Provider struct {
	// Name is one lowercase word: "github"; Title what it is called.
	Name, Title string
	// Docs is the address of the sender's own pages on its webhooks.
	Docs string
	// Routing says how a delivery tells its event.
	Routing Routing
	// Signatures are the schemes that deliveries may be signed by. The first
	// whose header a delivery has is the one.
	Signatures []Signature
	// Reading says how the sender's description is read.
	Reading Reading
}

// Signature is a scheme and the header that shows that it is in use.
type Signature struct {
	// Scheme is a name that package signature knows: "github", "gitlab",
	// "stripe", "slack", "standard".
	Scheme string
	Header string
}

// Reading says what a sender's description does not say in any standard way.
type Reading struct {
	// Extension leads to the name of the event in the operation of a webhook:
	// ["x-github", "subcategory"].
	Extension []string
	// Rename are texts in the names of events and what deliveries have in their
	// place, in pairs.
	Rename []string
	// Events are the events of webhooks by their keys: "message.channels" is
	// event "message", action "channel".
	Events map[string]EventName
	// Split says that payloads of one event are a type for each action where
	// nothing but payloads is known.
	Split bool
	// Envelope says how to read a description that has no webhooks, but one
	// schema for all payloads and a list of the names of events.
	Envelope *Envelope
}

// EventName is the name of an event and its action.
type EventName struct{ Name, Action string }

// Envelope says how a description that has no webhooks describes events: one
// schema for all, names in an enum, and a member whose type follows from the
// name.
type Envelope struct {
	// Schema is a JSON Pointer to the schema of all payloads.
	Schema string
	// Names are JSON Pointers to enums of the names of events; the first that
	// leads somewhere counts.
	Names []string
	// Event is a JSON Pointer into payloads to the member that has the name.
	Event string
	// Object is a JSON Pointer into payloads to the member that differs, and Kind
	// the member of it whose one value begins the event's name: "customer" begins
	// "customer.created".
	Object, Kind string
	// Objects say what events are about whose names do not: "charge.refund" is
	// about a "refund".
	Objects map[string]string
}

//go:embed providers/*.yaml
var providerFiles embed.FS

// Providers returns the senders that come with the package, by name.
func Providers() ([]*Provider, error) {
	files, err := providerFiles.ReadDir("providers")
	if err != nil {
		return nil, fmt.Errorf("read providers: %w", err)
	}
	var out []*Provider
	for _, f := range files {
		data, err := providerFiles.ReadFile("providers/" + f.Name())
		if err != nil {
			return nil, fmt.Errorf("read providers: %w", err)
		}
		p, err := ParseProvider(f.Name(), data)
		if err != nil {
			return nil, err
		}
		out = append(out, p)
	}
	return out, nil
}

// FindProvider returns the provider with a name, and the names of all.
func FindProvider(name string) (*Provider, []string, error) {
	all, err := Providers()
	var found *Provider
	var names []string
	for _, p := range all {
		names = append(names, p.Name)
		if strings.EqualFold(p.Name, name) {
			found = p
		}
	}
	return found, names, err
}

// maxProvider bounds the file of a provider.
const maxProvider = 1 << 20

// ParseProvider reads a provider from a file, YAML or JSON, in the form of those
// that come with the package. The error is a *form.FileError.
func ParseProvider(name string, data []byte) (*Provider, error) {
	root, err := form.Read(name, data, maxProvider)
	if err != nil {
		return nil, err
	}
	if problems := form.Check(root, providerShape()); len(problems) > 0 {
		return nil, form.Failed(name, problems)
	}
	routing, reading := root.Get("routing"), root.Get("reading")
	p := &Provider{
		Name: root.Get("name").Text(), Title: root.Get("title").Text(), Docs: root.Get("docs").Text(),
		Routing: Routing{
			EventHeader:    routing.Get("event-header").Text(),
			EventPointers:  texts(routing.Get("event-pointers")),
			ActionPointers: texts(routing.Get("action-pointers")),
			DeliveryHeader: routing.Get("delivery-header").Text(), DeliveryPointers: texts(routing.Get("delivery-pointers")),
		},
		Reading: Reading{Extension: texts(reading.Get("extension")), Split: reading.Get("split").IsTrue()},
	}
	for _, s := range root.Get("signatures").Children() {
		p.Signatures = append(p.Signatures, Signature{s.Get("scheme").Text(), s.Get("header").Text()})
	}
	for _, n := range reading.Get("rename").Children() {
		p.Reading.Rename = append(p.Reading.Rename, n.Key(), n.Text())
	}
	for _, n := range reading.Get("events").Children() {
		if p.Reading.Events == nil {
			p.Reading.Events = map[string]EventName{}
		}
		p.Reading.Events[n.Key()] = EventName{n.Get("event").Text(), n.Get("action").Text()}
	}
	if e := reading.Get("envelope"); e != nil {
		objects := map[string]string{}
		for _, n := range e.Get("objects").Children() {
			objects[n.Key()] = n.Text()
		}
		p.Reading.Envelope = &Envelope{
			Objects: objects,
			Schema:  e.Get("schema").Text(), Names: texts(e.Get("names")), Event: e.Get("event").Text(),
			Object: e.Get("object").Text(), Kind: e.Get("kind").Text(),
		}
	}
	return p, nil
}

func texts(n *openapi.Node) []string {
	if s, ok := n.Str(); ok {
		return []string{s}
	}
	var out []string
	for _, c := range n.Children() {
		out = append(out, c.Text())
	}
	return out
}

// eventName returns the event and action of a webhook, as far as the provider
// knows.
func (p *Provider) eventName(operation *openapi.Node, key string) EventName {
	if e, ok := p.Reading.Events[key]; ok {
		return e
	}
	if len(p.Reading.Extension) > 0 && operation != nil {
		if name := operation.Find(p.Reading.Extension...).Text(); name != "" {
			return EventName{Name: p.rename(name)}
		}
	}
	return EventName{}
}

// rename returns what deliveries call an event.
func (p *Provider) rename(name string) string {
	if len(p.Reading.Rename) < 2 {
		return name
	}
	return strings.NewReplacer(slices.Clip(p.Reading.Rename)...).Replace(name)
}
