package catalog

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"

	"github.com/plumbapi/plumb/integration"
	"github.com/plumbapi/plumb/openapi"
)

// breakings are bodies made of one that is valid: each without one member that
// the schema requires at its top, or with a text that is longer than it allows.
// Only those are returned that the schema refuses.
func breakings(kind *body, data []byte) (list [][]byte) {
	var object map[string]any
	if json.Unmarshal(data, &object) != nil {
		return nil
	}
	for _, n := range kind.node.Get("required").Children() {
		name, _ := n.Str()
		without := map[string]any{}
		for k, v := range object {
			if k != name {
				without[k] = v
			}
		}
		list = append(list, encode(without))
	}
	for _, at := range lengths(kind.node, nil) {
		if tooLong, ok := stretch(object, at.path, at.limit+1); ok {
			list = append(list, encode(tooLong))
		}
	}
	kept := list[:0]
	for _, b := range list {
		if kind.problem(b) != "" {
			kept = append(kept, b)
		}
	}
	return kept
}

func encode(v any) []byte {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(v) // it was decoded from JSON
	return bytes.TrimSpace(b.Bytes())
}

// limited is a text of a schema that has a greatest length.
type limited struct {
	path  []string
	limit int
}

// lengths are the texts of objects in objects that have a greatest length.
func lengths(schema *openapi.Node, path []string) (list []limited) {
	if len(path) > 8 {
		return nil
	}
	if n, ok := schema.Get("maxLength").Int(); ok && n < 1<<20 && len(path) > 0 {
		list = append(list, limited{append([]string(nil), path...), int(n)})
	}
	for _, p := range schema.Get("properties").Children() {
		list = append(list, lengths(p, append(path, p.Key()))...)
	}
	return list
}

// stretch returns a copy of an object whose text at a path has n characters; it
// is false where there is no text.
func stretch(object map[string]any, path []string, n int) (map[string]any, bool) {
	copied := make(map[string]any, len(object))
	for k, v := range object {
		copied[k] = v
	}
	switch v := object[path[0]].(type) {
	case string:
		if len(path) > 1 {
			return nil, false
		}
		copied[path[0]] = v + strings.Repeat("x", max(0, n-len([]rune(v))))
		return copied, true
	case map[string]any:
		if len(path) < 2 {
			return nil, false
		}
		inner, ok := stretch(v, path[1:], n)
		copied[path[0]] = inner
		return copied, ok
	}
	return nil, false
}

// replay sends an exchange with another body to a fresh fake.
func (b *bench) replay(e *exchange, data []byte) (status int, answer []byte) {
	kind := e.header.Get("Content-Type")
	if strings.Contains(kind, "form-urlencoded") {
		var object map[string]string
		_ = json.Unmarshal(data, &object) // made from a form
		values := url.Values{}
		for k, v := range object {
			values.Set(k, v)
		}
		data = []byte(values.Encode())
	}
	u, err := url.Parse(e.url)
	if err != nil {
		return 0, nil
	}
	r := &http.Request{
		Method: e.method, URL: u, Host: u.Host, RequestURI: u.RequestURI(), Header: e.header.Clone(),
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Body: io.NopCloser(bytes.NewReader(data)), ContentLength: int64(len(data)),
	}
	taken, err := integration.Local(b.entry.Tool.Fake(b.inputs)).Do(r)
	if err != nil {
		return 0, nil
	}
	defer func() { _ = taken.Body.Close() }()
	answered, _ := io.ReadAll(taken.Body) // it is in memory
	return taken.StatusCode, answered
}

// saysError says whether an answer with a good status tells of errors, as
// Rally's and Slack's do.
func saysError(answer []byte) bool {
	var v any
	if json.Unmarshal(answer, &v) != nil {
		return false
	}
	var find func(v any, depth int) bool
	find = func(v any, depth int) bool {
		object, ok := v.(map[string]any)
		if !ok || depth > 3 {
			return false
		}
		if ok, is := object["ok"].(bool); is && !ok {
			return true
		}
		for k, inner := range object {
			if errs, is := inner.([]any); is && strings.EqualFold(k, "errors") && len(errs) > 0 || find(inner, depth+1) {
				return true
			}
		}
		return false
	}
	return find(v, 0)
}
