package webhook

import (
	"cmp"
	"strings"

	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/webhook/internal/schema"
)

// FromAsyncAPI reads the topics of an AsyncAPI 1 description, or the channels of
// a 2 or 3, as events: one for each message that the product sends. The root is
// what openapi.ParseTree makes of the file.
//
// The error is a *NoEventsError where there is no message with a payload.
func FromAsyncAPI(root *openapi.Node, o Options) (*Model, error) {
	f := newFiles([]*openapi.Node{root})
	r := &asyncReader{files: f, schemas: &schema.Reader{Resolve: f.step}}
	r.schemas.Note = r.note
	info := root.Get("info")
	r.title, r.description = info.Get("title").Text(), info.Get("description").Text()
	for _, topic := range root.Get("topics").Children() {
		r.channel(topic)
	}
	for _, channel := range root.Get("channels").Children() {
		r.channel(channel)
	}
	r.tell(o.Provider)
	m, err := assemble(&r.draft, o)
	return m, sought(err, root.Source().Name(), "topics (AsyncAPI 1) and channels (2, 3) with a message that has a payload")
}

type asyncReader struct {
	draft
	files   *files
	schemas *schema.Reader
}

// channel reads the messages of a topic or channel. What others may subscribe to
// is what the product sends; where there is nothing of that, what it publishes.
func (r *asyncReader) channel(n *openapi.Node) {
	key := n.Key()
	n = r.files.resolve(n)
	for _, message := range n.Get("messages").Children() { // 3.0
		r.message(message, cmp.Or(message.Key(), key), n)
	}
	for _, direction := range []string{"subscribe", "publish"} {
		op := n.Get(direction)
		if op == nil {
			continue
		}
		message := op
		if op.Has("message") {
			message = op.Get("message")
		}
		r.alternatives(message, key, op)
		return
	}
}

// alternatives reads a message, or each of several.
func (r *asyncReader) alternatives(message *openapi.Node, key string, op *openapi.Node) {
	several := r.files.resolve(message).Get("oneOf").Children()
	for _, m := range several {
		name := m.Key()
		if to := r.files.resolve(m); to != nil {
			name = cmp.Or(to.Get("name").Text(), to.Key(), name)
		}
		r.message(m, cmp.Or(name, key), op)
	}
	if len(several) == 0 {
		r.message(message, key, op)
	}
}

func (r *asyncReader) message(n *openapi.Node, key string, op *openapi.Node) {
	n = r.files.resolve(n)
	payload := n.Get("payload")
	if payload.Has("schema") && payload.Has("schemaFormat") { // 3.0
		payload = payload.Get("schema")
	}
	if payload == nil {
		r.notef(NotePayload, cmp.Or(n, op), "message %s has no payload", quoteText(key))
		return
	}
	e := &draftEvent{
		key: key, id: n.Get("name").Text(), node: n, payload: r.schemas.Read(payload),
		summary:     cmp.Or(n.Get("summary").Text(), op.Get("summary").Text(), n.Get("title").Text()),
		description: cmp.Or(n.Get("description").Text(), op.Get("description").Text()),
		deprecated:  n.Get("deprecated").IsTrue() || op.Get("deprecated").IsTrue(),
		location:    op.Location(),
	}
	for _, h := range r.files.resolve(n.Get("headers")).Get("properties").Children() {
		e.headers = append(e.headers, header{h.Key(), oneText(h)})
	}
	for _, x := range n.Get("examples").Children() {
		if v := x.Get("payload"); v != nil {
			e.examples = append(e.examples, Example{Name: strings.TrimSpace(x.Get("name").Text()), JSON: appendJSON(nil, v), Location: v.Location()})
		}
	}
	r.events = append(r.events, e)
}
