package webhook

import (
	"bytes"
	"fmt"

	"github.com/plumbapi/plumb/internal/jsonscan"
	"github.com/plumbapi/plumb/openapi"
)

// sourceKind is what a file holds.
type sourceKind uint8

const (
	payloadSource sourceKind = iota
	openapiSource
	asyncapiSource
	schemaSource
)

// recognise finds out what a file holds, and returns it as a tree where it is
// one description or schema.
func recognise(s Source) (sourceKind, *openapi.Node, error) {
	if s.Document != nil {
		return openapiSource, nil, nil
	}
	if looksLikeLines(s.Data) {
		return payloadSource, nil, nil
	}
	root, err := openapi.ParseTree(s.Name, s.Data)
	if err != nil {
		return 0, nil, err
	}
	switch {
	case root.Has("openapi") || root.Has("swagger"):
		return openapiSource, root, nil
	case root.Has("asyncapi"):
		return asyncapiSource, root, nil
	case isSchema(root):
		return schemaSource, root, nil
	}
	return payloadSource, root, nil
}

// isSchema reports whether a tree is a JSON Schema and no payload.
func isSchema(n *openapi.Node) bool {
	if text, ok := n.Get("$schema").Str(); ok && text != "" {
		return true
	}
	switch t := n.Get("type").Text(); {
	case n.Get("$defs").Is(openapi.Object), n.Get("definitions").Is(openapi.Object) && !n.Has("id"):
		return true
	case n.Get("oneOf").Is(openapi.Array), n.Get("anyOf").Is(openapi.Array), n.Get("allOf").Is(openapi.Array):
		return true
	case t == "object" || t == "array":
		return n.Get("properties").Is(openapi.Object) || n.Get("items").Is(openapi.Object)
	}
	return false
}

// looksLikeLines reports whether a text has a JSON object in its first line and
// more below.
func looksLikeLines(data []byte) bool {
	line, rest, _ := bytes.Cut(bytes.TrimSpace(data), []byte("\n"))
	return len(bytes.TrimSpace(rest)) > 0 && bytes.HasPrefix(line, []byte("{")) && jsonscan.Valid(jsonscan.View(line))
}

// readPayloads takes the payloads out of files.
func readPayloads(sources []Source) ([]Payload, error) {
	var out []Payload
	for _, s := range sources {
		text := bytes.TrimSpace(s.Data)
		switch {
		case looksLikeLines(text):
			number := 0
			for line := range bytes.Lines(s.Data) {
				number++
				if line = bytes.TrimSpace(line); len(line) > 0 {
					out = append(out, Payload{Name: fmt.Sprintf("%s:%d", s.Name, number), JSON: line})
				}
			}
		case bytes.HasPrefix(text, []byte("[")) && jsonscan.Valid(jsonscan.View(text)):
			list, err := openapi.ParseTree(s.Name, s.Data)
			if err != nil {
				return nil, &PayloadError{Name: s.Name, Err: err}
			}
			out = append(out, fromList(s.Name, list)...)
		default:
			out = append(out, Payload{Name: s.Name, JSON: s.Data})
		}
	}
	return out, nil
}

// fromList takes the payloads out of a list: its items, or where these name an
// event and have examples, those.
func fromList(name string, list *openapi.Node) []Payload {
	var out []Payload
	for i, item := range list.Children() {
		event, named := item.Get("name").Str()
		if examples := item.Get("examples"); named && examples.Is(openapi.Array) {
			for j, x := range examples.Children() {
				out = append(out, Payload{Name: fmt.Sprintf("%s#/%d/examples/%d", name, i, j), JSON: source(x), Event: event})
			}
			continue
		}
		out = append(out, Payload{Name: fmt.Sprintf("%s#/%d", name, i), JSON: source(item)})
	}
	return out
}

// source returns the text of a value in a JSON file.
func source(n *openapi.Node) []byte {
	start, end := n.Offsets()
	return []byte(n.Source().Text()[start:end])
}

// addExamples adds payloads to the events that they are of.
func (m *Model) addExamples(payloads []Payload) {
	type name struct{ event, action string }
	events := map[name]*Event{}
	for _, e := range m.Events {
		events[name{e.Name, e.Action}] = e
	}
	for _, p := range payloads {
		event, action := m.Routing.find(p)
		e := events[name{event, action}]
		if e == nil {
			e = events[name{event, ""}]
		}
		if e != nil {
			e.Examples = append(e.Examples, Example{Name: p.Name, JSON: p.JSON})
		}
	}
}

// find returns the event and action of a payload, as far as the routing says.
func (r Routing) find(p Payload) (event, action string) {
	event, action = p.Event, p.Action
	if event == "" && r.EventHeader != "" {
		event = headerValue(p.Header, r.EventHeader)
	}
	event = firstText(event, p.JSON, r.EventPointers)
	return event, firstText(action, p.JSON, r.ActionPointers)
}

// firstText returns a text, or where it is "" the first that a pointer into a
// payload leads to.
func firstText(text string, body []byte, pointers []string) string {
	for _, p := range pointers {
		if path, err := openapi.ParsePointer(p); err == nil && text == "" {
			text = textAt(body, path)
		}
	}
	return text
}
