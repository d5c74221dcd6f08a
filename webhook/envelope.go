package webhook

import (
	"cmp"
	"slices"
	"strings"

	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/webhook/internal/shape"
)

// envelope reads the events of a description that has one schema for all of
// them, and a list of their names. It reports whether the description has both.
func (r *openapiReader) envelope(v *Envelope) bool {
	if v == nil {
		return false
	}
	all := r.at(v.Schema)
	var names []*openapi.Node
	for _, p := range v.Names {
		if names = r.at(p).Children(); len(names) > 0 {
			break
		}
	}
	if all == nil || len(names) == 0 {
		return false
	}
	whole := r.schemas.Read(all)
	objects := r.objects(v)
	for _, n := range names {
		name, ok := n.Str()
		if !ok || strings.Trim(name, "*") == "" {
			continue
		}
		e := &draftEvent{
			key: name, node: n, name: name, payload: whole, location: n.Location(),
			description: cmp.Or(n.Parent().Parent().Get("x-enumDescriptions").Get(name).Text(), ""),
		}
		e.payload = put(e.payload, v.Event, func(u shape.Use) shape.Use {
			if u.Shape.Kind != shape.String && u.Shape.Kind != shape.Enum {
				return u
			}
			return shape.Use{Shape: &shape.Shape{Kind: shape.String, Place: u.Shape.Place}, Const: string(quoteJSON(name))}
		})
		object := r.object(v, objects, name)
		if object == nil {
			r.notef(NoteSchema, n, "no schema says what %s holds at %s; any object stands there", quoteText(name), v.Object)
		} else {
			held := r.schemas.Read(object)
			e.payload = put(e.payload, v.Object, func(u shape.Use) shape.Use { return shape.Use{Shape: held.Shape, Nullable: u.Nullable} })
		}
		r.events = append(r.events, e)
	}
	return len(r.events) > 0
}

func (r *openapiReader) at(pointer string) *openapi.Node {
	tokens, err := openapi.ParsePointer(pointer)
	if err != nil {
		return nil
	}
	return r.resolve(r.doc.Root().Find(tokens...))
}

// objects returns the schemas that events are about, by their kind and by their
// name, dots and underscores alike.
func (r *openapiReader) objects(v *Envelope) map[string]*openapi.Node {
	out := map[string]*openapi.Node{}
	components := r.doc.Root().Find("components", "schemas").Children()
	for _, n := range components {
		if kind := oneText(n.Get("properties").Get(v.Kind)); kind != "" && plainKind(kind) == plainKind(n.Key()) {
			out[plainKind(kind)] = n
		}
	}
	for _, n := range components {
		if key := plainKind(n.Key()); out[key] == nil {
			out[key] = n
		}
	}
	return out
}

func plainKind(s string) string { return strings.NewReplacer(".", "_", "-", "_").Replace(s) }

// object returns the schema of what an event is about: "customer.tax_id.created"
// is about what is called "customer.tax_id", else "tax_id".
func (r *openapiReader) object(v *Envelope, objects map[string]*openapi.Node, name string) *openapi.Node {
	cut := strings.LastIndexByte(name, '.')
	if cut < 0 {
		return nil
	}
	subject := name[:cut]
	if to, ok := v.Objects[subject]; ok {
		return objects[plainKind(to)]
	}
	words := strings.Split(subject, ".")
	for i := range words {
		if n := objects[plainKind(strings.Join(words[i:], "."))]; n != nil {
			return n
		}
	}
	return nil
}

// put returns a use in which the member at a pointer is another; objects on the
// way there are copied.
func put(u shape.Use, pointer string, change func(shape.Use) shape.Use) shape.Use {
	tokens, err := openapi.ParsePointer(pointer)
	if err != nil {
		return u
	}
	if len(tokens) == 0 {
		return change(u)
	}
	i := slices.IndexFunc(u.Shape.Fields, func(f shape.Field) bool { return f.Name == tokens[0] })
	if i < 0 {
		return u
	}
	own := *u.Shape
	own.Component, own.Names = "", nil
	own.Fields = slices.Clone(own.Fields)
	own.Fields[i].Use = put(own.Fields[i].Use, openapi.FormatPointer(tokens[1:]...), change)
	return shape.Use{Shape: &own, Nullable: u.Nullable}
}
