package drift

import (
	"slices"
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/openapi/jsonschema"
	"github.com/plumbapi/plumb/webhook"
)

// Description is what payloads are held against: the webhooks of an OpenAPI
// description. It is not safe for concurrent use.
type Description struct {
	doc      *openapi.Document
	model    *webhook.Model
	events   []*described
	compiler *jsonschema.Compiler
	follow   func(*openapi.Node) *openapi.Node
	patterns map[string]*memberPattern
	// root is where events belong that are not described.
	root *openapi.Node
}

// described is one event with the schema of its payload.
type described struct {
	event, action string
	// name is that of the webhook, or the pointer of what describes it.
	name string
	// schema is nil where the payload has none that is JSON.
	schema *openapi.Node
}

// Of makes a description of a document and what package webhook read of it:
// the model says which event and action each webhook is for, the document has
// the schemas.
func Of(doc *openapi.Document, model *webhook.Model) *Description {
	o := jsonschema.ForDocument(doc)
	d := &Description{
		doc: doc, model: model,
		compiler: jsonschema.NewCompiler(jsonschema.DialectOf(doc.Version()), o),
		follow:   o.Follow,
		patterns: map[string]*memberPattern{},
		root:     doc.Root(),
	}
	for _, key := range []string{"webhooks", "x-webhooks"} {
		if n := doc.Root().Get(key); n != nil {
			d.root = n
			break
		}
	}
	for _, e := range model.Events {
		at := d.find(e.Location)
		d.events = append(d.events, &described{event: e.Name, action: e.Action, name: nameOf(at, e), schema: d.payloadSchema(at)})
	}
	return d
}

// Document returns the document that is described.
func (d *Description) Document() *openapi.Document { return d.doc }

// Schema returns the schema of the payload of an event of the model, nil where
// it has none that is JSON.
func (d *Description) Schema(e *webhook.Event) *openapi.Node {
	return d.payloadSchema(d.find(e.Location))
}

// find returns the node at a location of the document.
func (d *Description) find(at check.Location) *openapi.Node {
	tokens, err := openapi.ParsePointer(at.Element)
	if err != nil || at == (check.Location{}) {
		return nil
	}
	for _, s := range d.doc.Sources() {
		if s.Name() == at.File {
			return s.Root().Find(tokens...)
		}
	}
	return d.doc.Root().Find(tokens...)
}

// nameOf returns the name under which a webhook stands in the description.
func nameOf(at *openapi.Node, e *webhook.Event) string {
	for n := at; n != nil; n = n.Parent() {
		switch n.Parent().Key() {
		case "webhooks", "x-webhooks":
			return n.Key()
		}
	}
	if e.Action == "" {
		return e.Name
	}
	return e.Name + " " + e.Action
}

// maxSteps bounds how many steps lead from a webhook to its schema.
const maxSteps = 20

// payloadSchema goes from what describes an event, a path item, an operation, a
// request body or a schema, to the schema of its payload, as it is written. It
// goes by what is there, since extensions such as x-webhooks have no roles.
func (d *Description) payloadSchema(n *openapi.Node) *openapi.Node {
	for range maxSteps {
		switch {
		case n == nil:
			return nil
		case n.Role() == openapi.SchemaRole:
			return n
		case n.Get("requestBody") != nil:
			n = n.Get("requestBody")
		case n.Get("content").Is(openapi.Object):
			return jsonOf(d, n.Get("content"))
		case operationOf(n) != nil:
			n = operationOf(n)
		case n.Role() == openapi.OperationRole:
			return nil
		case n.Get("$ref").Is(openapi.String):
			n = d.follow(n)
		default:
			return n
		}
	}
	return nil
}

// operationOf returns the operation of a path item: post where it has that.
func operationOf(item *openapi.Node) *openapi.Node {
	for _, method := range []string{"post", "put", "patch", "get", "delete", "query"} {
		if op := item.Get(method); op.Is(openapi.Object) && item.Role() != openapi.SchemaRole {
			return op
		}
	}
	return nil
}

// jsonOf returns the schema of the JSON among media types; forms come after.
func jsonOf(d *Description, content *openapi.Node) *openapi.Node {
	var other *openapi.Node
	for _, m := range content.Children() {
		schema := m.Get("schema")
		if schema == nil && m.Get("$ref").Is(openapi.String) {
			schema = d.follow(m).Get("schema")
		}
		name, _, _ := strings.Cut(strings.ToLower(m.Key()), ";")
		switch name = strings.TrimSpace(name); {
		case schema == nil:
		case strings.HasSuffix(name, "/json"), strings.HasSuffix(name, "+json"):
			return schema
		case other == nil:
			other = schema
		}
	}
	return other
}

// fold makes names comparable that differ in case and in how words are put
// together: "Sub-Issues" and "sub_issues".
func fold(name string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case '-', '_', ' ', '.', '/', ':':
			return -1
		}
		return r
	}, strings.ToLower(name))
}

// Names returns the events that are described, each once, sorted.
func (d *Description) Names() []string {
	var names []string
	for _, e := range d.events {
		names = append(names, e.event)
	}
	slices.Sort(names)
	return slices.Compact(names)
}
