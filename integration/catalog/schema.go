package catalog

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/plumbapi/plumb/internal/form"
	"github.com/plumbapi/plumb/internal/safe"
	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/openapi/jsonschema"
)

// schemaFile says what the API of a tool takes, in the folder of an
// integration.
const schemaFile = "schema.json"

// bodies are the schemas of the requests of one API.
type bodies struct {
	requests []body
}

// body is one kind of request.
type body struct {
	method string
	path   *regexp.Regexp
	node   *openapi.Node
	schema *jsonschema.Schema
}

// errNoSchema says that there is no schema.json.
var errNoSchema = errors.New("there is no " + schemaFile)

// readBodies reads schema.json.
func readBodies(files fs.FS) (*bodies, error) {
	data, err := fs.ReadFile(files, schemaFile)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, errNoSchema
	}
	if err != nil {
		return nil, fmt.Errorf("%s cannot be read", schemaFile)
	}
	root, err := form.Read(schemaFile, data, 1<<20)
	if err != nil {
		return nil, err
	}
	if root == nil {
		return nil, fmt.Errorf("%s is empty", schemaFile)
	}
	c := jsonschema.NewCompiler(jsonschema.Draft202012, jsonschema.Options{})
	s := &bodies{}
	for i, n := range root.Get("requests").Children() {
		method, _ := n.Get("method").Str()
		pattern, _ := n.Get("path").Str()
		path, err := regexp.Compile(pattern)
		if method == "" || pattern == "" || err != nil || n.Get("schema") == nil {
			return nil, fmt.Errorf("%s: requests[%d] needs a method, a path that is a regular expression, and a schema", schemaFile, i)
		}
		schema := c.Compile(n.Get("schema"))
		if v := schema.Survey(); v.Problem != nil {
			return nil, fmt.Errorf("%s: requests[%d]: %s", schemaFile, i, v.Problem.Message)
		}
		s.requests = append(s.requests, body{method, path, n.Get("schema"), schema})
	}
	if len(s.requests) == 0 {
		return nil, fmt.Errorf("%s describes no requests", schemaFile)
	}
	return s, nil
}

// of returns the schema of an exchange, nil where none describes it.
func (s *bodies) of(e *exchange) *body {
	u, err := url.Parse(e.url)
	if err != nil {
		return nil
	}
	for i := range s.requests {
		if b := &s.requests[i]; b.method == e.method && b.path.MatchString(u.Path) {
			return b
		}
	}
	return nil
}

// problem says what is wrong with a body, "" where nothing is.
func (b *body) problem(data []byte) string {
	node, err := openapi.ParseTree("body.json", data)
	if err != nil {
		return "it is no JSON"
	}
	failed, err := b.schema.Validate(node, jsonschema.Mode{})
	if err != nil {
		return err.Error()
	}
	if len(failed) == 0 {
		return ""
	}
	at := failed[0].Instance.Pointer()
	if at == "" {
		at = "the body"
	}
	return at + " " + safe.Brief(failed[0].Message())
}

// asJSON returns the body of an exchange as JSON: a form becomes an object of
// its fields, a mail a string. It is false for other bodies.
func (e *exchange) asJSON() ([]byte, bool) {
	kind, _, _ := strings.Cut(e.header.Get("Content-Type"), ";")
	switch kind = strings.TrimSpace(strings.ToLower(kind)); {
	case kind == "application/x-www-form-urlencoded":
		values, err := url.ParseQuery(string(e.body))
		if err != nil {
			return nil, false
		}
		object := map[string]string{}
		for name := range values {
			object[name] = values.Get(name)
		}
		data, err := json.Marshal(object)
		return data, err == nil
	case kind == "message/rfc822": // a mail, whose form the fake judges
		data, err := json.Marshal(string(e.body))
		return data, err == nil
	case kind == "application/json", strings.HasSuffix(kind, "+json"):
		return e.body, true
	}
	return nil, false
}

// check validates every request that changes something, and returns how many it
// looked at and the first that is wrong.
func (s *bodies) check(exchanges []exchange) (looked int, problem string) {
	for i := range exchanges {
		e := &exchanges[i]
		if e.method == http.MethodGet || len(e.body) == 0 {
			continue
		}
		data, ok := e.asJSON()
		if !ok {
			continue
		}
		b := s.of(e)
		if b == nil {
			return looked, fmt.Sprintf("%s describes no %s of %s", schemaFile, e.method, pathOf(e.url))
		}
		looked++
		if p := b.problem(data); p != "" {
			return looked, fmt.Sprintf("%s %s: %s", e.method, pathOf(e.url), p)
		}
	}
	return looked, ""
}

// goldens validates the requests of kept records, and returns how many it
// looked at and the first that is wrong.
func (s *bodies) goldens(payloads []payload) (looked int, problem string) {
	for _, p := range payloads {
		var record struct {
			Requests []struct {
				Method string          `json:"method"`
				URL    string          `json:"url"`
				Header []string        `json:"header"`
				Body   json.RawMessage `json:"body"`
			} `json:"requests"`
		}
		if err := json.Unmarshal(p.data, &record); err != nil {
			return looked, fmt.Sprintf("%s is no record of requests", p.name)
		}
		for _, r := range record.Requests {
			e := exchange{method: r.Method, url: r.URL, header: http.Header{}, body: r.Body}
			for _, line := range r.Header {
				name, value, _ := strings.Cut(line, ": ")
				e.header.Add(name, value)
			}
			var text []string
			if json.Unmarshal(r.Body, &text) == nil { // no JSON: lines
				e.body = []byte(strings.Join(text, "\n"))
			}
			n, problem := s.check([]exchange{e})
			if looked += n; problem != "" {
				return looked, p.name + ": " + problem
			}
		}
	}
	return looked, ""
}

// pathOf is the path of an address, without what may be secret in a long one.
func pathOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return "an address"
	}
	if u.Path == "" {
		return "/"
	}
	if len(u.Path) > 48 {
		return u.Path[:24] + "…"
	}
	return u.Path
}

// payload is a golden payload.
type payload struct {
	name string
	data []byte
}

// payloads are the golden payloads of an integration, by name. A file
// records a delivery: its requests, as package integrationtest writes them.
func payloads(files fs.FS) (list []payload) {
	names, _ := fs.Glob(files, "testdata/*.json") // the pattern is sound
	more, _ := fs.Glob(files, "testdata/*/*.json")
	names = append(names, more...)
	slices.Sort(names)
	for _, name := range names {
		if data, err := fs.ReadFile(files, name); err == nil {
			list = append(list, payload{name, data})
		}
	}
	return list
}
