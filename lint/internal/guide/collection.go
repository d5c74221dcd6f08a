package guide

import "github.com/plumbapi/plumb/openapi"

// collection is an operation that returns the items of a collection: a GET
// whose answer is an array of objects, bare or in an envelope.
type collection struct {
	array   *openapi.Node // the schema of the array, references resolved
	wrapper *openapi.Node // the envelope; nil where the array is bare
	answer  answer
}

// collectionOf returns the collection that an operation returns, and whether
// it returns one. A path that ends in a parameter names one item, whatever
// it returns.
func collectionOf(d *openapi.Document, op *openapi.Operation) (collection, bool) {
	if last := lastSegment(op.Path); op.Method != "GET" || !isRequest(op) || last == "" || isTemplate(last) {
		return collection{}, false
	}
	for _, s := range segments(op.Path) {
		if is(s, figures...) {
			return collection{}, false
		}
	}
	for _, a := range answers(d, op) {
		if !a.success() {
			continue
		}
		schema := sole(d, jsonSchema(d, a.node))
		if isObjectArray(d, schema) {
			return collection{schema, nil, a}, true
		}
		if array := enveloped(d, schema); array != nil {
			return collection{array, schema, a}, true
		}
		return collection{}, false
	}
	return collection{}, false
}

// figures are path segments below which there are figures about things, not
// the things: their number is given by the period or the kinds of figures.
var figures = []string{"stats", "statistics", "insights", "metrics", "analytics", "usage", "popular", "status", "summary", "aggregations"}

// sole looks through an allOf of one schema, as generators write it around a
// reference that they want to describe.
func sole(d *openapi.Document, schema *openapi.Node) *openapi.Node {
	for range maxNesting {
		all := schema.Get("allOf")
		if all.Len() != 1 || schema.Has("properties") || schema.Has("items") {
			break
		}
		schema = d.Resolve(all.At(0))
	}
	return schema
}

func isObjectArray(d *openapi.Document, schema *openapi.Node) bool {
	if schema == nil || typesOf(d, schema) != arrayType {
		return false
	}
	items := schema.Get("items")
	return items.Is(openapi.Object) && typesOf(d, items) == objectType
}

// enveloped returns the array of objects that an object holds where all its
// other properties speak about the array; nil where it holds no such array.
func enveloped(d *openapi.Document, schema *openapi.Node) *openapi.Node {
	var array *openapi.Node
	for _, c := range schema.Get("properties").Children() {
		value := sole(d, d.Resolve(c))
		switch name := plain(c.Key()); {
		case isObjectArray(d, value):
			if array != nil {
				return nil
			}
			array = value
		case envelopeMembers[name] || pagingMembers[name]:
		default:
			return nil
		}
	}
	return array
}

// envelopeMembers are properties that say something about an array beside
// them, as [plain] writes them.
var envelopeMembers = map[string]bool{
	"total": true, "totalcount": true, "totalitems": true, "totalresults": true, "count": true, "size": true,
	"object": true, "url": true, "self": true, "links": true, "meta": true, "metadata": true, "ok": true, "kind": true,
	"etag": true, "incompleteresults": true, "limit": true, "offset": true, "perpage": true, "pagesize": true,
	"totalpages": true, "previous": true, "prev": true, "first": true, "last": true, "responsemetadata": true,
	"status": true, "success": true, "warning": true, "warnings": true,
}

// leadsOn reports whether the answer itself leads to the next page, by a
// header or by a member of the envelope.
func (c collection) leadsOn(d *openapi.Document) bool {
	if hasHeader(c.answer.node, func(name string) bool { return is(name, pagingHeaders...) }) {
		return true
	}
	for _, p := range c.wrapper.Get("properties").Children() {
		name := plain(p.Key())
		if pagingMembers[name] {
			return true
		}
		if name == "links" || name == "meta" || name == "metadata" {
			found := false
			eachProperty(d, p, func(q *openapi.Node) { found = found || pagingMembers[plain(q.Key())] })
			if found {
				return true
			}
		}
	}
	return false
}
