package webhook

import (
	"cmp"
	"path"
	"slices"
	"strings"

	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/webhook/internal/ident"
	"github.com/plumbapi/plumb/webhook/internal/schema"
)

// FromJSONSchema reads events that are described by JSON Schemas: one for each
// event, or one whose oneOf or anyOf holds all of them, at any depth, or whose
// definitions are those of events. The roots are what openapi.ParseTree makes of
// the files; references lead from one to another by name.
//
// Of definitions those are events that no other refers to. The error is a
// *NoEventsError where there is nothing that describes an object.
func FromJSONSchema(roots []*openapi.Node, o Options) (*Model, error) {
	f := newFiles(roots)
	r := &schemaReader{files: f, schemas: &schema.Reader{Resolve: f.step}}
	r.schemas.Note = r.note
	for _, root := range roots {
		r.title = cmp.Or(r.title, root.Get("title").Text())
		r.description = cmp.Or(r.description, root.Get("description").Text())
	}
	seen := map[*openapi.Node]bool{}
	for _, root := range roots {
		r.root(root, seen)
	}
	if len(roots) > 1 || len(r.events) > 1 && r.title == "" {
		r.title = ""
	}
	r.tell(o.Provider)
	m, err := assemble(&r.draft, o)
	name := ""
	if len(roots) > 0 {
		name = roots[0].Source().Name()
	}
	return m, sought(err, name, "a schema of an object, alternatives under oneOf or anyOf, and definitions")
}

type schemaReader struct {
	draft
	files   *files
	schemas *schema.Reader
}

// root reads what one file describes.
func (r *schemaReader) root(root *openapi.Node, seen map[*openapi.Node]bool) {
	base := path.Base(root.Source().Name())
	name := strings.TrimSuffix(strings.TrimSuffix(base, path.Ext(base)), ".schema")
	switch {
	case hasAlternatives(root) && !root.Has("properties"):
		r.alternatives(root, name, seen)
	case isObject(root):
		r.event(root, name)
	default:
		referred := r.referred(root)
		for _, d := range definitions(root) {
			if !referred[d] && (isObject(d) || hasAlternatives(d)) {
				r.alternatives(d, d.Key(), seen)
			}
		}
	}
}

func hasAlternatives(n *openapi.Node) bool {
	return n.Get("oneOf").Len() > 0 || n.Get("anyOf").Len() > 0
}

// isObject reports whether a schema says that values are objects.
func isObject(n *openapi.Node) bool {
	return n.Has("properties") || n.Has("allOf") || n.Get("type").Text() == "object" || n.Has("$ref")
}

func definitions(root *openapi.Node) []*openapi.Node {
	var out []*openapi.Node
	for _, path := range [][]string{{"definitions"}, {"$defs"}, {"components", "schemas"}} {
		out = append(out, root.Find(path...).Children()...)
	}
	return out
}

// referred returns the definitions that another one refers to.
func (r *schemaReader) referred(root *openapi.Node) map[*openapi.Node]bool {
	out := map[*openapi.Node]bool{}
	for _, from := range definitions(root) {
		var walk func(n *openapi.Node)
		walk = func(n *openapi.Node) {
			if n.Get("$ref").Is(openapi.String) {
				if to := r.files.step(n); to != nil && to != from {
					out[to] = true
				}
			}
			for _, c := range n.Children() {
				walk(c)
			}
		}
		walk(from)
	}
	return out
}

// alternatives reads each alternative of a schema as an event, and the
// alternatives of those.
func (r *schemaReader) alternatives(n *openapi.Node, name string, seen map[*openapi.Node]bool) {
	if to := r.files.resolve(n); to != nil {
		if to != n && to.Parent() != nil {
			name = cmp.Or(to.Key(), name)
		}
		n = to
	}
	if seen[n] {
		return
	}
	seen[n] = true
	if !hasAlternatives(n) || n.Has("properties") {
		if isObject(n) {
			r.event(n, name)
		}
		return
	}
	for _, key := range []string{"oneOf", "anyOf"} {
		for _, alternative := range n.Get(key).Children() {
			r.alternatives(alternative, name, seen)
		}
	}
}

// eventNoise are words at the end of names of schemas that are no part of an
// event's name.
var eventNoise = []string{"event", "payload", "webhook", "schema", "message"}

func (r *schemaReader) event(n *openapi.Node, name string) {
	e := &draftEvent{
		key: plainEventName(name), node: n, payload: r.schemas.Read(n), location: n.Location(),
		summary: n.Get("title").Text(), description: n.Get("description").Text(), deprecated: n.Get("deprecated").IsTrue(),
	}
	for _, x := range append(n.Get("examples").Children(), n.Get("x-examples").Children()...) {
		e.examples = append(e.examples, Example{JSON: appendJSON(nil, x), Location: x.Location()})
	}
	r.events = append(r.events, e)
}

// plainEventName takes the words off the end of a name that say only that it is
// an event.
func plainEventName(name string) string {
	for {
		words := ident.Words(name)
		last := len(words) - 1
		if last < 1 || !slices.Contains(eventNoise, words[last]) || len(name) <= len(words[last])+1 {
			return name
		}
		name = strings.TrimRight(name[:len(name)-len(words[last])], "-_.$ ")
	}
}
