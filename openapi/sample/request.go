package sample

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/plumbapi/plumb/openapi"
)

// Request is what an operation can be called with.
type Request struct {
	Method string
	// Server is where paths begin, without a slash at its end; it may be a path
	// only, or "".
	Server string
	// Path begins with a slash; Query has no question mark. Both are encoded.
	Path, Query string
	Header      []Field
	// MediaType is that of the body, with its parameters; "" where there is no
	// body.
	MediaType string
	Body      []byte
	Notes     []Note
}

// Field is one header of a request.
type Field struct{ Name, Value string }

// URL returns server, path and query.
func (r *Request) URL() string {
	if r.Query == "" {
		return r.Server + r.Path
	}
	return r.Server + r.Path + "?" + r.Query
}

// RequestOptions says how a request is made.
type RequestOptions struct {
	// Server takes the place of the description's servers.
	Server string
	// Optional adds the optional parameters and bodies that have an example.
	Optional bool
	// Settings are values that are given.
	Settings []Setting
}

// Setting is a value that goes into a request as it is.
type Setting struct {
	// In is path, query, header, cookie or body.
	In string
	// Name is that of the parameter, or a JSON Pointer into the body; "" is the
	// whole of it.
	Name  string
	Value *Value
}

// Request makes a request of an operation: all required parameters, and the
// body where it is required, has required members or an example.
func (m *Maker) Request(op *openapi.Operation, o RequestOptions) (*Request, error) {
	b := &builder{m: m, op: op, o: o, r: &Request{Method: op.Method, Path: op.Path}, used: make([]bool, len(o.Settings))}
	b.r.Server = strings.TrimRight(o.Server, "/")
	if o.Server == "" {
		b.r.Server = m.Server(op)
	}
	for _, p := range m.doc.Parameters(op) {
		if err := b.parameter(p); err != nil {
			return nil, fmt.Errorf("make %s: %w", op, err)
		}
	}
	if err := b.settings(); err != nil {
		return nil, fmt.Errorf("make %s: %w", op, err)
	}
	if err := b.body(); err != nil {
		return nil, fmt.Errorf("make the body of %s: %w", op, err)
	}
	b.finish()
	return b.r, nil
}

// Plain makes a request that no description knows: of what is given alone.
func Plain(method, path, server string, settings []Setting) (*Request, error) {
	doc, err := openapi.Parse("", []byte(`{"openapi":"3.1.0","info":{"title":"","version":""},"paths":{}}`))
	if err != nil {
		return nil, err
	}
	op := &openapi.Operation{Method: method, Path: path}
	r, err := New(doc, Options{}).Request(op, RequestOptions{Server: server, Settings: settings})
	if err != nil {
		return nil, err
	}
	if len(r.Notes) > 0 {
		return nil, errors.New(r.Notes[0].Message)
	}
	return r, nil
}

// Server returns the URL of the first server of an operation, with the
// defaults of its variables; it may be a path only, or "".
func (m *Maker) Server(op *openapi.Operation) string {
	root := m.doc.Root()
	if m.doc.Version() == openapi.V20 {
		host := root.Get("host").Text()
		if host == "" {
			return strings.TrimRight(root.Get("basePath").Text(), "/")
		}
		scheme := "https"
		if list := root.Get("schemes").Children(); len(list) > 0 {
			scheme = list[0].Text()
		}
		return strings.TrimRight(scheme+"://"+host+root.Get("basePath").Text(), "/")
	}
	for _, at := range []*openapi.Node{op.Node, op.PathItem, root} {
		server := at.Get("servers").At(0)
		if server == nil {
			continue
		}
		address := server.Get("url").Text()
		for _, v := range server.Get("variables").Children() {
			address = strings.ReplaceAll(address, "{"+v.Key()+"}", v.Get("default").Text())
		}
		return strings.TrimRight(address, "/")
	}
	return ""
}

// builder makes one request.
type builder struct {
	m       *Maker
	op      *openapi.Operation
	o       RequestOptions
	r       *Request
	used    []bool
	query   []string
	cookies []string
	form    []*openapi.Node // 2.0: parameters that are the form
	payload *openapi.Node   // 2.0: the parameter that is the body
}

// set returns the value that is given for a parameter.
func (b *builder) set(in, name string) *Value {
	var v *Value
	for i, s := range b.o.Settings {
		if s.In == in && (s.Name == name || in == "header" && strings.EqualFold(s.Name, name)) {
			b.used[i] = true
			if v == nil {
				v = s.Value
			}
		}
	}
	return v
}

func (b *builder) parameter(p *openapi.Node) error {
	in, name := p.Get("in").Text(), p.Get("name").Text()
	switch in {
	case "body":
		b.payload = p
		return nil
	case "formData":
		b.form = append(b.form, p)
		return nil
	case "header":
		// These are said elsewhere in a description.
		if slices.ContainsFunc([]string{"Accept", "Content-Type", "Authorization"}, func(s string) bool { return strings.EqualFold(s, name) }) {
			return nil
		}
	}
	v := b.set(in, name)
	if v == nil {
		var err error
		if v, err = b.value(p, in == "path"); err != nil || v == nil {
			return err
		}
	} else {
		v = b.typed(p, v)
	}
	return b.place(styleOf(b.m.doc, p), v)
}

// value makes the value of a parameter; nil where it is left out.
func (b *builder) value(p *openapi.Node, must bool) (*Value, error) {
	schema := schemaOf(b.m.doc, p)
	example := b.m.example(p, schema)
	if !must && !p.Get("required").IsTrue() && (!b.o.Optional || example == nil) {
		return nil, nil
	}
	if example != nil {
		return example, nil
	}
	if schema == nil {
		return String("string"), nil
	}
	v, notes, err := b.m.Value(schema)
	b.r.Notes = append(b.r.Notes, notes...)
	if err != nil {
		return nil, fmt.Errorf("parameter %q: %w", p.Get("name").Text(), err)
	}
	return v, nil
}

// schemaOf returns the schema of a parameter: in 2.0 the parameter is one.
func schemaOf(doc *openapi.Document, p *openapi.Node) *openapi.Node {
	if doc.Version() == openapi.V20 && p.Get("in").Text() != "body" {
		return p
	}
	if mt := p.Get("content").Children(); len(mt) > 0 {
		return doc.Resolve(mt[0]).Get("schema")
	}
	return p.Get("schema")
}

// example returns the example of a parameter or a media type that matches its
// schema; nil where there is none.
func (m *Maker) example(at, schema *openapi.Node) *Value {
	var list []*openapi.Node
	for _, n := range append([]*openapi.Node{at}, at.Get("content").Children()...) {
		for _, key := range []string{"example", "x-example"} {
			if v := n.Get(key); v != nil {
				list = append(list, v)
			}
		}
		if examples := n.Get("examples"); examples.Is(openapi.Object) {
			for _, e := range examples.Children() {
				e = m.doc.Resolve(e)
				for _, key := range []string{"value", "dataValue"} {
					if v := e.Get(key); v != nil {
						list = append(list, v)
					}
				}
			}
		}
	}
	if schema != nil && at != schema {
		list = append(list, examplesOf(m.doc.Resolve(schema))...)
	} else {
		list = append(list, examplesOf(at)...)
	}
	for _, e := range list {
		v := Of(e)
		if schema == nil {
			return v
		}
		r := m.start(schema)
		if v = r.strip(v, r.collect([]*openapi.Node{schema}, nil), 0); m.fits([]*openapi.Node{schema}, v) {
			return v
		}
	}
	return nil
}

// typed gives a text the shape of a parameter's schema: a list may be given as
// JSON, or as its only item.
func (b *builder) typed(p *openapi.Node, v *Value) *Value {
	schema := schemaOf(b.m.doc, p)
	if v.Kind != openapi.String || schema == nil {
		return v
	}
	r := b.m.start(schema)
	kind := r.kind(r.collect([]*openapi.Node{schema}, nil))
	if kind != isArray && kind != isObject {
		return v
	}
	if parsed, err := Parse(v.Text); err == nil && (parsed.Kind == openapi.Array && kind == isArray || parsed.Kind == openapi.Object && kind == isObject) {
		return parsed
	}
	if kind == isArray {
		return &Value{Kind: openapi.Array, Items: []*Value{v}}
	}
	return v
}

// place writes a value where its parameter belongs.
func (b *builder) place(s style, v *Value) error {
	switch s.in {
	case "path":
		hole := "{" + s.name + "}"
		if !strings.Contains(b.r.Path, hole) {
			if !strings.Contains(b.op.Path, hole) {
				return nil // a parameter that no path has
			}
			return fmt.Errorf("path parameter %q is given twice", s.name)
		}
		b.r.Path = strings.ReplaceAll(b.r.Path, hole, s.path(v))
	case "query":
		b.query = append(b.query, s.query(v)...)
	case "querystring":
		b.query = append(b.query, s.query(v)...)
	case "header":
		b.r.Header = append(b.r.Header, Field{s.name, clean(s.joined(v, ",", plainText))})
	case "cookie":
		b.cookies = append(b.cookies, s.cookie(v))
	}
	return nil
}

// settings writes the values that are given for parameters that the
// description does not have.
func (b *builder) settings() error {
	for i, s := range b.o.Settings {
		if b.used[i] || s.In == "body" {
			continue
		}
		if s.In == "path" && !strings.Contains(b.r.Path, "{"+s.Name+"}") {
			return fmt.Errorf("the path has no {%s}", s.Name)
		}
		if err := b.place(style{in: s.In, name: s.Name, style: defaultStyle(s.In), explode: s.In == "query"}, s.Value); err != nil {
			return err
		}
	}
	return nil
}

// finish fills what the path has and nobody described, and writes the rest.
func (b *builder) finish() {
	for {
		before, rest, ok := strings.Cut(b.r.Path, "{")
		name, after, closed := strings.Cut(rest, "}")
		if !ok || !closed {
			break
		}
		b.r.Notes = append(b.r.Notes, Note{b.op.Node, fmt.Sprintf("path parameter %q has no value and is not described; 1 is sent", name)})
		b.r.Path = before + "1" + after
	}
	b.r.Query = strings.Join(b.query, "&")
	if len(b.cookies) > 0 {
		b.r.Header = append(b.r.Header, Field{"Cookie", clean(strings.Join(b.cookies, "; "))})
	}
	if accept := b.accept(); accept != "" && !slices.ContainsFunc(b.r.Header, func(f Field) bool { return strings.EqualFold(f.Name, "Accept") }) {
		b.r.Header = append(b.r.Header, Field{"Accept", clean(accept)})
	}
	if b.r.MediaType != "" && !slices.ContainsFunc(b.r.Header, func(f Field) bool { return strings.EqualFold(f.Name, "Content-Type") }) {
		b.r.Header = append(b.r.Header, Field{"Content-Type", clean(b.r.MediaType)})
	}
}

// accept returns the media types of the first good answer.
func (b *builder) accept() string {
	if b.m.doc.Version() == openapi.V20 {
		list := b.op.Node.Get("produces")
		if list == nil {
			list = b.m.doc.Root().Get("produces")
		}
		var names []string
		for _, n := range list.Children() {
			names = append(names, n.Text())
		}
		return strings.Join(names, ", ")
	}
	for _, r := range b.op.Node.Get("responses").Children() {
		if !strings.HasPrefix(r.Key(), "2") {
			continue
		}
		var names []string
		for _, mt := range b.m.doc.Resolve(r).Get("content").Children() {
			names = append(names, mt.Key())
		}
		if len(names) > 0 {
			return strings.Join(names, ", ")
		}
	}
	return ""
}

// clean leaves out what would end a header's line.
func clean(text string) string {
	return strings.Map(func(c rune) rune {
		if c == '\r' || c == '\n' || c == 0 {
			return ' '
		}
		return c
	}, text)
}
