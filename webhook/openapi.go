package webhook

import (
	"cmp"
	"slices"
	"strings"

	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/webhook/internal/schema"
)

// FromOpenAPI reads the webhooks of an OpenAPI description: webhooks (3.1),
// x-webhooks, and the callbacks of operations, all that there are. A description
// without any may have one schema for all events, and a list of their names,
// where a provider says so.
//
// The error is a *NoEventsError where it has none.
func FromOpenAPI(doc *openapi.Document, o Options) (*Model, error) {
	r := &openapiReader{doc: doc}
	info := doc.Root().Get("info")
	r.title, r.description = info.Get("title").Text(), info.Get("description").Text()
	r.name = r.title
	r.schemas = &schema.Reader{Resolve: r.step, Note: r.note}
	for _, key := range []string{"webhooks", "x-webhooks"} {
		for _, item := range doc.Root().Get(key).Children() {
			r.pathItem(item, item.Key())
		}
	}
	for _, op := range doc.Operations() {
		for _, callback := range op.Node.Get("callbacks").Children() {
			for _, item := range r.resolve(callback).Children() {
				r.pathItem(item, callback.Key())
			}
		}
	}
	if len(r.events) == 0 {
		p, err := r.enveloped(o.Provider)
		if err != nil {
			return nil, err
		}
		o.Provider = p
	}
	r.tell(o.Provider)
	m, err := assemble(&r.draft, o)
	return m, sought(err, doc.Source().Name(), "webhooks (OpenAPI 3.1), x-webhooks, callbacks of operations, and a schema of events with a list of their names")
}

// enveloped reads a description that has no webhooks as that of a provider whose
// events are one schema and a list; where no provider is given, as the first
// that it fits. It returns the provider.
func (r *openapiReader) enveloped(p *Provider) (*Provider, error) {
	if p != nil {
		r.envelope(p.Reading.Envelope)
		return p, nil
	}
	all, err := Providers()
	for _, candidate := range all {
		if r.envelope(candidate.Reading.Envelope) {
			return candidate, nil
		}
	}
	return nil, err
}

// openapiReader reads one description.
type openapiReader struct {
	draft
	doc     *openapi.Document
	schemas *schema.Reader
}

// step follows one reference.
func (r *openapiReader) step(n *openapi.Node) *openapi.Node {
	ref, ok := n.Get("$ref").Str()
	if !ok {
		return nil
	}
	if known := r.doc.Ref(n); known != nil {
		return known.Target
	}
	target, err := r.doc.Lookup(n, ref)
	if err != nil {
		return nil
	}
	return target
}

// resolve follows references to what is no reference; nil where it leads
// nowhere.
func (r *openapiReader) resolve(n *openapi.Node) *openapi.Node {
	for range 100 {
		if !n.Get("$ref").Is(openapi.String) {
			return n
		}
		n = r.step(n)
	}
	return nil
}

// methods are the methods that webhooks are sent with, the usual first.
var methods = []string{"post", "put", "patch", "delete", "get", "options", "head", "trace", "query"}

// pathItem reads the operations of a webhook.
func (r *openapiReader) pathItem(item *openapi.Node, key string) {
	item = r.resolve(item)
	var found []*openapi.Node
	for _, m := range methods {
		if op := item.Get(m); op.Is(openapi.Object) {
			found = append(found, op)
		}
	}
	for _, op := range found {
		name := key
		if len(found) > 1 && op != found[0] {
			name += " " + op.Key()
		}
		r.operation(item, op, name)
	}
}

func (r *openapiReader) operation(item, op *openapi.Node, key string) {
	body, examples := r.body(item, op)
	if body == nil && examples == nil {
		r.notef(NotePayload, op, "webhook %.80q has no payload: it has no request body with a schema", key)
		return
	}
	e := &draftEvent{
		key: key, id: op.Get("operationId").Text(), node: op,
		summary: op.Get("summary").Text(), description: op.Get("description").Text(),
		deprecated: op.Get("deprecated").IsTrue(), location: op.Location(), examples: examples,
		payload: r.schemas.Read(body),
	}
	for _, list := range []*openapi.Node{op.Get("parameters"), item.Get("parameters")} {
		for _, p := range list.Children() {
			if p = r.resolve(p); equalFold(p.Get("in").Text(), "header") {
				schema := p
				if s := r.resolve(p.Get("schema")); s != nil {
					schema = s
				}
				e.headers = append(e.headers, header{p.Get("name").Text(), oneText(schema)})
			}
		}
	}
	r.events = append(r.events, e)
}

// oneText returns the one text that a schema allows, "" where it allows more.
func oneText(n *openapi.Node) string {
	if v, ok := n.Get("const").Str(); ok {
		return v
	}
	if e := n.Get("enum"); e.Len() == 1 {
		v, _ := e.At(0).Str()
		return v
	}
	return ""
}

// body returns the schema of what an operation is sent with, and the examples of
// it.
func (r *openapiReader) body(item, op *openapi.Node) (*openapi.Node, []Example) {
	for _, list := range []*openapi.Node{op.Get("parameters"), item.Get("parameters")} {
		for _, p := range list.Children() {
			if p = r.resolve(p); p.Get("in").Text() == "body" {
				return p.Get("schema"), nil
			}
		}
	}
	content := r.resolve(op.Get("requestBody")).Get("content")
	media := mediaType(content)
	if media == nil {
		return nil, nil
	}
	var examples []Example
	if x := media.Get("example"); x != nil {
		examples = append(examples, Example{JSON: appendJSON(nil, x), Location: x.Location()})
	}
	for _, x := range media.Get("examples").Children() {
		if v := r.resolve(x).Get("value"); v != nil {
			examples = append(examples, Example{Name: x.Key(), JSON: appendJSON(nil, v), Location: v.Location()})
		}
	}
	return media.Get("schema"), examples
}

// mediaType returns the content that is JSON, else the first.
func mediaType(content *openapi.Node) *openapi.Node {
	all := content.Children()
	if len(all) == 0 {
		return nil
	}
	return slices.MinFunc(all, func(a, b *openapi.Node) int {
		return cmp.Compare(mediaRank(a.Key()), mediaRank(b.Key()))
	})
}

func mediaRank(name string) int {
	name, _, _ = strings.Cut(strings.ToLower(name), ";")
	switch name = strings.TrimSpace(name); {
	case name == "application/json":
		return 0
	case strings.HasSuffix(name, "+json") || strings.HasSuffix(name, "/json"):
		return 1
	case name == "*/*" || name == "application/*":
		return 2
	}
	return 3
}
