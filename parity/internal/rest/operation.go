package rest

import (
	"cmp"
	"slices"
	"strings"

	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/parity/internal/word"
)

// Operation is one method on one path.
type Operation struct {
	Source *openapi.Operation
	// Key is the method and the path, "GET /pets".
	Key          string
	Method, Path string
	// Segments are those of the path, less what all paths begin with.
	Segments []Segment
	// Params are path and query parameters, and the fields of a form in 2.0.
	Params []*Param
	// Body is the JSON or form body; nil where there is none.
	Body *Schema
	// Response is the body of the successful response with the least code that
	// has one.
	Response *Schema
	// Item is what the response is about: its items where it is a list or
	// wraps one (List), what it wraps where it is an envelope, else itself.
	Item *Schema
	List bool
	// Check marks reads that answer by their status alone: 204 or 404.
	Check bool

	ID, Summary, Description string
	IDWords                  word.Name
	Tags                     []string
	Deprecated               bool
}

// Segment is one part of a path.
type Segment struct {
	Text string
	// Param marks {variables}; Name are then the variables in it.
	Param bool
	Name  []string
	Vars  []word.Name // the words of each
	// Plural says that the last word of a literal is a plural.
	Plural bool
	// Filler says that a literal has only words that say nothing: all.
	Filler bool
	Words  word.Name
}

// Param is a parameter of an operation.
type Param struct {
	Name, In    string
	Words       word.Name
	Required    bool
	Deprecated  bool
	Description string
	Node        *openapi.Node
	Schema      *Schema
}

func (a *API) operation(src *openapi.Operation) *Operation {
	n := src.Node
	op := &Operation{
		Source: src, Key: src.String(), Method: strings.ToUpper(src.Method), Path: src.Path,
		ID: n.Get("operationId").Text(), Summary: n.Get("summary").Text(), Description: n.Get("description").Text(),
		Deprecated: n.Get("deprecated").IsTrue(),
	}
	op.IDWords = a.lex.Name(op.ID)
	for _, t := range n.Get("tags").Children() {
		op.Tags = append(op.Tags, t.Text())
	}
	parameters := slices.Clone(a.Doc.Parameters(src))
	slices.SortStableFunc(parameters, func(p, q *openapi.Node) int {
		return cmp.Or(strings.Compare(p.Get("name").Text(), q.Get("name").Text()), strings.Compare(p.Get("in").Text(), q.Get("in").Text()))
	})
	for _, p := range parameters {
		a.parameter(op, p)
	}
	if body := a.Doc.Resolve(n.Get("requestBody")); body != nil {
		op.Body = a.content(body)
	}
	a.response(op)
	return op
}

func (a *API) parameter(op *Operation, p *openapi.Node) {
	in := p.Get("in").Text()
	if in == "body" {
		op.Body = a.Schema(p.Get("schema"))
		return
	}
	if in != "path" && in != "query" && in != "formData" {
		return
	}
	param := &Param{
		Name: p.Get("name").Text(), In: in, Required: p.Get("required").IsTrue() || in == "path",
		Deprecated: p.Get("deprecated").IsTrue(), Description: p.Get("description").Text(), Node: p,
	}
	param.Words = a.lex.Name(param.Name)
	switch {
	case p.Has("schema"):
		param.Schema = a.Schema(p.Get("schema"))
	case p.Has("content"):
		param.Schema = a.content(p)
	default:
		param.Schema = a.Schema(p) // in 2.0 a parameter says its type itself
	}
	op.Params = append(op.Params, param)
}

// content returns the schema of the best media type that plumb can compare:
// JSON, other forms of it, then any, the first by name.
func (a *API) content(n *openapi.Node) *Schema {
	types := n.Get("content")
	if schema := a.Doc.Resolve(types.Get("application/json")).Get("schema"); schema != nil {
		return a.Schema(schema)
	}
	var first *openapi.Node
	for _, m := range byKey(types.Children()) {
		schema := a.Doc.Resolve(m).Get("schema")
		if schema == nil {
			continue
		}
		if strings.Contains(m.Key(), "json") {
			return a.Schema(schema)
		}
		if first == nil {
			first = schema
		}
	}
	return a.Schema(first)
}

func (a *API) response(op *Operation) {
	noContent := false
	for _, r := range byKey(op.Source.Node.Get("responses").Children()) {
		code := r.Key()
		if code == "204" {
			noContent = true
		}
		if len(code) != 3 || code[0] != '2' || op.Response != nil {
			continue
		}
		r = a.Doc.Resolve(r)
		if r.Has("schema") {
			op.Response = a.Schema(r.Get("schema"))
		} else {
			op.Response = a.content(r)
		}
	}
	op.Check = op.Method == "GET" && noContent && op.Response == nil
	op.Item, op.List = unwrap(op.Response)
}

// unwrap finds what a response is about behind a list or an envelope.
func unwrap(s *Schema) (item *Schema, list bool) {
	for depth := 0; s != nil && depth < 4; depth++ {
		switch {
		case s.Kind == Array:
			list = true
			s = s.Items
			continue
		case s.Kind != Object || s.Name != "" && !s.envelope():
			return s, list
		}
		inner := s.wrapped()
		if inner == nil {
			return s, list
		}
		s = inner
	}
	return s, list
}

// segment reads one part of a path: {id}, :id and *id are variables, and so
// is what has one in it, {base}...{head} or {id}.json.
func (a *API) segment(text string) Segment {
	s := Segment{Text: text}
	rest := text
	for {
		start := strings.IndexByte(rest, '{')
		end := strings.IndexByte(rest, '}')
		if start < 0 || end < start {
			break
		}
		s.Param = true
		s.Name = append(s.Name, rest[start+1:end])
		rest = rest[end+1:]
	}
	if !s.Param && len(text) > 1 && (text[0] == ':' || text[0] == '*') {
		s.Param = true
		s.Name = []string{text[1:]}
	}
	if s.Param {
		s.Words = a.lex.Name(strings.Join(s.Name, " "))
		for _, name := range s.Name {
			s.Vars = append(s.Vars, a.lex.Name(name))
		}
	} else {
		s.Words = a.lex.Name(text)
		s.Plural = a.lex.Plural(text)
		s.Filler = a.lex.Filler(text)
	}
	return s
}
