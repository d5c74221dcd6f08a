package headers

import (
	"net/url"
	"strings"

	"github.com/plumbapi/plumb/openapi"
)

// successors turns what descriptions name as a replacement into targets of
// links.
type successors struct {
	doc    *openapi.Document
	base   string
	byName map[string]*openapi.Operation // "GET /users", and operationIds
}

func newSuccessors(doc *openapi.Document) *successors {
	s := &successors{doc: doc, byName: map[string]*openapi.Operation{}}
	for _, op := range doc.Operations() {
		if op.Origin != openapi.FromPath {
			continue
		}
		s.byName[op.String()] = op
		if id, _ := op.Node.Get("operationId").Str(); id != "" && s.byName[id] == nil {
			s.byName[id] = op
		}
	}
	s.base = firstBase(doc)
	return s
}

// firstBase returns the path below which the description says that it is
// served first; "" where that has variables.
func firstBase(doc *openapi.Document) string {
	if doc.Version() == openapi.V20 {
		base, _ := doc.Root().Get("basePath").Str()
		return strings.TrimRight(base, "/")
	}
	address, _ := doc.Root().Find("servers", "0", "url").Str()
	u, err := url.Parse(address)
	if err != nil || strings.Contains(address, "{") {
		return ""
	}
	return strings.TrimRight(u.EscapedPath(), "/")
}

// fill adds the successor and the documentation to a promise.
func (s *successors) fill(p *Promise) {
	text := strings.Trim(strings.TrimSpace(p.State.Replacement), "`\"'")
	if op := s.operation(text, p.Operation.Method); op != nil && op != p.Operation {
		p.SuccessorOperation = op
		text = s.base + op.Path
	} else if method, path, ok := strings.Cut(text, " "); ok && strings.ToUpper(method) == method && strings.HasPrefix(path, "/") {
		text = path
	}
	switch u, err := url.Parse(text); {
	case text == "" || err != nil || strings.ContainsAny(text, " \t\r\n<>\"\\^`|") || !isTarget(u):
	case strings.ContainsAny(text, "{}"):
		p.Template = text
	default:
		p.Successor = u.String()
	}
	p.Docs = firstURL(p.State.Reason)
	if p.Docs == "" {
		docs, _ := p.Operation.Node.Find("externalDocs", "url").Str()
		p.Docs = firstURL(docs)
	}
}

// operation finds an operation by what people call it: "GET /users",
// "/users", an operationId, a pointer.
func (s *successors) operation(text, method string) *openapi.Operation {
	if op := s.byName[text]; op != nil {
		return op
	}
	if strings.HasPrefix(text, "/") {
		return s.byName[method+" "+text]
	}
	pointer, ok := strings.CutPrefix(text, "#")
	if !ok {
		return nil
	}
	tokens, err := openapi.ParsePointer(pointer)
	if err != nil || len(tokens) < 2 || tokens[0] != "paths" {
		return nil
	}
	if len(tokens) > 2 {
		method = strings.ToUpper(tokens[2])
	}
	return s.byName[method+" "+tokens[1]]
}

// isTarget reports whether a reference is one that clients can follow: a path
// from the root, or a URL of the web.
func isTarget(u *url.URL) bool {
	if u.Scheme == "" && u.Host == "" {
		return strings.HasPrefix(u.Path, "/")
	}
	return isWeb(u)
}

func isWeb(u *url.URL) bool {
	return (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" && u.User == nil
}

// firstURL returns the first URL of the web in a text, fit to stand in a
// link.
func firstURL(text string) string {
	for {
		at := strings.Index(text, "http")
		if at < 0 {
			return ""
		}
		text = text[at:]
		end := strings.IndexAny(text, " \t\r\n<>\"'`()[]{}|\\^")
		if end < 0 {
			end = len(text)
		}
		if u, err := url.Parse(strings.TrimRight(text[:end], ".,;:!?*_")); err == nil && isWeb(u) {
			return u.String()
		}
		text = text[len("http"):]
	}
}
