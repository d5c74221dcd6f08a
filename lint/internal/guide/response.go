package guide

import (
	"strings"

	"github.com/plumbapi/plumb/openapi"
)

// answer is one response of an operation.
type answer struct {
	code string        // "200", "4XX", "default"
	at   *openapi.Node // the member of responses
	node *openapi.Node // the response, references resolved; nil where they lead nowhere
}

// answers returns the responses of an operation in source order.
func answers(d *openapi.Document, op *openapi.Operation) []answer {
	members := op.Node.Get("responses").Children()
	out := make([]answer, 0, len(members))
	for _, r := range members {
		if !strings.HasPrefix(r.Key(), "x-") {
			out = append(out, answer{r.Key(), r, d.Resolve(r)})
		}
	}
	return out
}

// success reports whether the code is of the class 2xx.
func (a answer) success() bool { return len(a.code) == 3 && a.code[0] == '2' }

// failure reports whether the code is of the classes 4xx and 5xx.
func (a answer) failure() bool { return len(a.code) == 3 && (a.code[0] == '4' || a.code[0] == '5') }

// declares reports whether the operation has a response for one of the
// codes, for the class of one of them, or for whatever is not declared.
func declares(op *openapi.Operation, codes ...string) bool {
	for _, r := range op.Node.Get("responses").Children() {
		key := r.Key()
		if key == "default" {
			return true
		}
		for _, code := range codes {
			if key == code || len(key) == 3 && key[0] == code[0] && strings.EqualFold(key[1:], "XX") {
				return true
			}
		}
	}
	return false
}

// body is what a request or a response holds in one media type.
type body struct {
	mediaType string // without parameters, in lower case; "" in version 2.0
	at        *openapi.Node
	schema    *openapi.Node // as written, not resolved; nil where there is none
}

// bodies returns the bodies of a response or of a request body from 3.0, one
// for each media type; in 2.0 a response has one body for all of them.
func bodies(d *openapi.Document, n *openapi.Node) []body {
	if d.Version() == openapi.V20 {
		if s := n.Get("schema"); s != nil {
			return []body{{at: s, schema: s}}
		}
		return nil
	}
	content := n.Get("content")
	if content.Len() == 0 {
		return nil
	}
	out := make([]body, 0, content.Len())
	for _, m := range content.Children() {
		if media := d.Resolve(m); media != nil {
			out = append(out, body{mediaTypeName(m.Key()), m, media.Get("schema")})
		}
	}
	return out
}

// jsonSchema returns the schema of the JSON body of a response, references
// resolved; nil where there is none.
func jsonSchema(d *openapi.Document, response *openapi.Node) *openapi.Node {
	for _, b := range bodies(d, response) {
		if b.schema != nil && (b.mediaType == "" || isJSON(b.mediaType)) {
			return d.Resolve(b.schema)
		}
	}
	return nil
}

func mediaTypeName(key string) string {
	name, _, _ := strings.Cut(key, ";")
	return strings.ToLower(strings.TrimSpace(name))
}

// isJSON reports whether a media type is JSON (RFC 6839, RFC 8259) of one
// value: sequences of values are none.
func isJSON(mediaType string) bool {
	return strings.HasSuffix(mediaType, "/json") || strings.HasSuffix(mediaType, "+json") || mediaType == "*/*"
}

// hasHeader reports whether a response declares a header, in any case.
func hasHeader(response *openapi.Node, match func(name string) bool) bool {
	for _, h := range response.Get("headers").Children() {
		if match(h.Key()) {
			return true
		}
	}
	return false
}

// isRequest reports whether the operation is one that clients call: one on a
// path, not a webhook or a callback that the API itself calls.
func isRequest(op *openapi.Operation) bool { return op.Origin == openapi.FromPath }

// segments splits a path template at its slashes; empty segments are left
// out.
func segments(path string) []string {
	return strings.FieldsFunc(path, func(r rune) bool { return r == '/' })
}

// isTemplate reports whether a segment is one parameter and nothing else.
func isTemplate(segment string) bool {
	return len(segment) > 2 && segment[0] == '{' && strings.IndexByte(segment, '}') == len(segment)-1
}

// lastSegment returns the last segment of a path, "" for the root.
func lastSegment(path string) string {
	path = strings.TrimRight(path, "/")
	return path[strings.LastIndexByte(path, '/')+1:]
}

// declaresClass reports whether there is a response of the class, or one for
// whatever is not declared.
func declaresClass(responses *openapi.Node, class byte) bool {
	for _, r := range responses.Children() {
		if key := r.Key(); key == "default" || len(key) == 3 && key[0] == class {
			return true
		}
	}
	return false
}
