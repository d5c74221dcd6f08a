package webhook

import (
	"cmp"
	"slices"
	"strings"

	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/webhook/internal/schema"
	"github.com/plumbapi/plumb/webhook/internal/shape"
)

// FromOpenAPI reads the webhooks of an OpenAPI description: webhooks (3.1),
// x-webhooks, and the callbacks of operations. Where a description has
// webhooks, callbacks count too.
//
// The error is a *NoEventsError where it has none.
func FromOpenAPI(doc *openapi.Document, o Options) (*Model, error) {
	r := &openapiReader{doc: doc, options: o}
	info := doc.Root().Get("info")
	r.title, r.description = info.Get("title").Text(), info.Get("description").Text()
	r.name = r.title
	if o.Provider != nil {
		r.name, r.routing = o.Provider.Name, o.Provider.Routing
	}
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
	r.tell()
	m, err := assemble(&r.draft, o)
	return m, sought(err, doc.Source().Name(), "webhooks (OpenAPI 3.1), x-webhooks, and the callbacks of operations")
}

// openapiReader reads one description.
type openapiReader struct {
	draft
	doc     *openapi.Document
	options Options
	schemas *schema.Reader
	sources []*webhookSource
}

// webhookSource is where an event of the draft comes from.
type webhookSource struct {
	event     *draftEvent
	key       string
	item      *openapi.Node
	operation *openapi.Node
	// headers are the header parameters.
	headers []*openapi.Node
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
		r.notef(op, "webhook %.80q has no payload: it has no request body with a schema", key)
		return
	}
	e := &draftEvent{
		summary: op.Get("summary").Text(), description: op.Get("description").Text(),
		deprecated: op.Get("deprecated").IsTrue(), location: op.Location(), examples: examples,
		payload: r.schemas.Read(body),
	}
	r.events = append(r.events, e)
	s := &webhookSource{event: e, key: key, item: item, operation: op}
	for _, list := range []*openapi.Node{op.Get("parameters"), item.Get("parameters")} {
		for _, p := range list.Children() {
			if p = r.resolve(p); strings.EqualFold(p.Get("in").Text(), "header") {
				s.headers = append(s.headers, p)
			}
		}
	}
	r.sources = append(r.sources, s)
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

// sought completes an error that says that nothing was found.
func sought(err error, name, what string) error {
	if none, ok := err.(*NoEventsError); ok { //nolint:errorlint // it is assemble's own
		none.Name, none.Sought = name, what
	}
	return err
}

// tell finds for each webhook which event and action it is, and how deliveries
// say so.
func (r *openapiReader) tell() {
	for _, s := range r.sources {
		e := s.event
		e.action = actionOf(e.payload.Shape)
		if p := r.options.Provider; p != nil {
			known := p.eventName(s.operation, s.key)
			e.name, e.action = known.Name, cmp.Or(known.Action, e.action)
		}
		if e.name == "" {
			e.name = s.eventName()
		}
	}
	if r.options.Provider == nil {
		r.deriveRouting()
	}
}

// eventName returns what a webhook is called, without its action.
func (s *webhookSource) eventName() string {
	id := s.operation.Get("operationId").Text()
	if s.event.action == "" {
		return cmp.Or(s.key, id)
	}
	if event, ok := trimAction(id, s.event.action); ok {
		return event
	}
	event, _ := trimAction(cmp.Or(s.key, id), s.event.action)
	return event
}

// trimAction takes the action off the end of a name.
func trimAction(name, action string) (string, bool) {
	if cut := len(name) - len(action); cut > 1 {
		tail := strings.NewReplacer("-", "_", ".", "_", " ", "_").Replace(strings.ToLower(name[cut:]))
		if tail == strings.NewReplacer("-", "_", ".", "_", " ", "_").Replace(strings.ToLower(action)) && strings.ContainsAny(name[cut-1:cut], "-_./: ") {
			return name[:cut-1], true
		}
	}
	return name, false
}

// actionOf returns the one action that a payload has, "" where there is none or
// several.
func actionOf(s *shape.Shape) string {
	return constOf(s, "action")
}

// constOf returns the one text that a member of a payload has, or of all its
// alternatives.
func constOf(s *shape.Shape, member string) string {
	if s.Kind == shape.Union {
		one := ""
		for i, v := range s.Variants {
			if v.Shape == s || v.Shape.Kind == shape.Union {
				return ""
			}
			c := constOf(v.Shape, member)
			if c == "" || i > 0 && c != one {
				return ""
			}
			one = c
		}
		return one
	}
	f := s.Field(member)
	if f == nil || f.Shape.Kind != shape.String {
		return ""
	}
	return unquote(f.Const)
}
