package sample

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/plumbapi/plumb/openapi"
)

// body makes the body of a request where there is to be one.
func (b *builder) body() error {
	var given []Setting
	for _, s := range b.o.Settings {
		if s.In == "body" {
			given = append(given, s)
		}
	}
	media, schema, at, err := b.content(len(given) > 0)
	if err != nil || media == "" {
		return err
	}
	v, err := b.bodyValue(schema, at, given)
	if err != nil {
		return err
	}
	b.r.MediaType = media
	return b.write(media, v, at)
}

// BodyIsString reports whether the description wants a string, and nothing
// else, at a JSON Pointer of an operation's body: so that "42" from a file
// stays one.
func (m *Maker) BodyIsString(op *openapi.Operation, pointer string) bool {
	tokens, err := openapi.ParsePointer(pointer)
	if err != nil {
		return false
	}
	b := &builder{m: m, op: op, r: &Request{}}
	for _, p := range m.doc.Parameters(op) {
		if p.Get("in").Text() == "body" {
			b.payload = p
		}
	}
	_, schema, _, err := b.content(true)
	if err != nil || schema == nil {
		return false
	}
	r := m.start(schema)
	s := r.collect([]*openapi.Node{schema}, nil)
	for i, token := range tokens {
		next := s.member(token)
		if next == nil {
			next = r.itemSchemas(s, 1)
		}
		if len(next) == 0 || i > maxDepth {
			return false
		}
		s = r.collect(next, nil)
	}
	return s.pending == nil && s.kinds&^isNull == isString
}

// content decides on the media type of the body: "" where none is sent. At is
// the media type object, nil in 2.0.
func (b *builder) content(given bool) (media string, schema, at *openapi.Node, err error) {
	if b.m.doc.Version() == openapi.V20 {
		media, schema = b.content20(given)
		return media, schema, nil, nil
	}
	body := b.m.doc.Resolve(b.op.Node.Get("requestBody"))
	list := body.Get("content").Children()
	if len(list) == 0 {
		if given {
			return "application/json", nil, nil, nil
		}
		return "", nil, nil, nil
	}
	at = b.m.doc.Resolve(best(list))
	media = best(list).Key()
	if schema = at.Get("schema"); schema == nil {
		schema = at.Get("itemSchema")
	}
	if !given && !body.Get("required").IsTrue() && !b.wanted(schema, at) {
		return "", nil, nil, nil
	}
	return media, schema, at, nil
}

// wanted reports whether a body that is not said to be required is sent: most
// descriptions leave the word out.
func (b *builder) wanted(schema, at *openapi.Node) bool {
	if schema == nil {
		return false
	}
	if b.o.Optional && b.m.example(at, schema) != nil {
		return true
	}
	r := b.m.start(schema)
	return len(r.collect([]*openapi.Node{schema}, nil).required) > 0
}

// content20 does the same for 2.0, where the body or the form's parameters are
// among the parameters. A form is made as an object, without a schema.
func (b *builder) content20(given bool) (media string, schema *openapi.Node) {
	consumes := b.op.Node.Get("consumes")
	if consumes == nil {
		consumes = b.m.doc.Root().Get("consumes")
	}
	has := func(name string) bool {
		return slices.ContainsFunc(consumes.Children(), func(n *openapi.Node) bool { return n.Text() == name })
	}
	switch {
	case len(b.form) > 0:
		file := slices.ContainsFunc(b.form, func(p *openapi.Node) bool { return p.Get("type").Text() == "file" })
		if file || has("multipart/form-data") && !has("application/x-www-form-urlencoded") {
			return "multipart/form-data", nil
		}
		return "application/x-www-form-urlencoded", nil
	case b.payload != nil && (given || b.payload.Get("required").IsTrue() || b.wanted(b.payload.Get("schema"), b.payload)):
		media = "application/json"
		if list := consumes.Children(); len(list) > 0 && !has(media) {
			media = list[0].Text()
		}
		return media, b.payload.Get("schema")
	case given:
		return "application/json", nil
	}
	return "", nil
}

// best returns the media type that is made: JSON before forms before text
// before any other.
func best(list []*openapi.Node) *openapi.Node {
	rank := func(n *openapi.Node) int {
		switch media := base(n.Key()); {
		case media == "application/json":
			return 0
		case isJSON(media):
			return 1
		case media == "application/x-www-form-urlencoded":
			return 2
		case media == "multipart/form-data":
			return 3
		case strings.HasPrefix(media, "text/"):
			return 4
		}
		return 5
	}
	return slices.MinFunc(list, func(x, y *openapi.Node) int { return rank(x) - rank(y) })
}

// base returns a media type without its parameters, in lower case.
func base(media string) string {
	name, _, _ := strings.Cut(media, ";")
	return strings.ToLower(strings.TrimSpace(name))
}

func isJSON(media string) bool {
	return media == "application/json" || media == "*/*" || media == "application/*" || strings.HasSuffix(media, "+json")
}

func (b *builder) bodyValue(schema, at *openapi.Node, given []Setting) (*Value, error) {
	var v *Value
	for _, s := range given {
		if s.Name == "" {
			v = s.Value
		}
	}
	if v == nil {
		var err error
		if v, err = b.made(schema, at); err != nil {
			return nil, err
		}
	}
	for _, s := range given {
		if s.Name == "" {
			continue
		}
		if err := v.Set(s.Name, s.Value); err != nil {
			return nil, err
		}
	}
	return v, nil
}

func (b *builder) made(schema, at *openapi.Node) (*Value, error) {
	if at == nil {
		at = b.payload
	}
	if len(b.form) > 0 {
		return b.formValue()
	}
	if e := b.m.example(at, schema); e != nil {
		return e, nil
	}
	if schema == nil {
		return &Value{Kind: openapi.Object}, nil
	}
	v, notes, err := b.m.Value(schema)
	b.r.Notes = append(b.r.Notes, notes...)
	return v, err
}

// formValue makes an object of the form's parameters of 2.0.
func (b *builder) formValue() (*Value, error) {
	v := &Value{Kind: openapi.Object}
	for _, p := range b.form {
		name := p.Get("name").Text()
		one := b.set("body", "/"+name)
		if one == nil {
			var err error
			if one, err = b.value(p, false); err != nil {
				return nil, err
			}
		}
		if one != nil {
			v.Members = append(v.Members, Member{name, one})
		}
	}
	return v, nil
}

// write encodes the body.
func (b *builder) write(media string, v *Value, at *openapi.Node) error {
	switch name := base(media); {
	case isJSON(name):
		if name == "*/*" || name == "application/*" {
			b.r.MediaType = "application/json"
		}
		b.r.Body = v.Append(nil)
	case name == "application/x-www-form-urlencoded":
		b.r.Body = []byte(strings.Join(b.urlencoded(v, at), "&"))
	case name == "multipart/form-data":
		b.multipart(v, at)
	case v.Kind == openapi.String:
		b.r.Body = []byte(v.Text)
	case strings.HasPrefix(name, "text/"):
		b.r.Body = []byte(text(v))
	case name == "application/x-ndjson" || name == "application/jsonl":
		b.r.Body = append(v.Append(nil), '\n')
	default:
		return errors.New("a body of the type " + media + " is not made; give the whole body")
	}
	return nil
}

// urlencoded writes the members of an object as a form, each by the style of
// its encoding.
func (b *builder) urlencoded(v *Value, at *openapi.Node) []string {
	var pairs []string
	for _, m := range v.Members {
		e := at.Get("encoding").Get(m.Name)
		s := style{in: "query", name: m.Name, style: "form", explode: true}
		switch {
		case e.Get("style").Text() != "":
			s.style = e.Get("style").Text()
			s.explode = s.style == "form"
		case m.Value.Kind == openapi.Object || base(e.Get("contentType").Text()) == "application/json":
			s.json = true
		}
		if x, ok := e.Get("explode").Bool(); ok {
			s.explode = x
		}
		if len(b.form) > 0 {
			for _, p := range b.form {
				if p.Get("name").Text() == m.Name {
					s = style{in: "query", name: m.Name}.collection(p.Get("collectionFormat").Text())
				}
			}
		}
		pairs = append(pairs, s.query(m.Value)...)
	}
	return pairs
}

// boundary is what stands between the parts of a form. It is always the same,
// and longer when the parts hold it.
const boundary = "plumb-boundary-7d5e4c3b2a"

func (b *builder) multipart(v *Value, at *openapi.Node) {
	between := boundary
	for strings.Contains(v.JSON(), between) {
		between += "0"
	}
	var out strings.Builder
	for _, m := range v.Members {
		list := []*Value{m.Value}
		if m.Value.Kind == openapi.Array {
			list = m.Value.Items
		}
		for _, one := range list {
			b.part(&out, between, m.Name, one, at)
		}
	}
	fmt.Fprintf(&out, "--%s--\r\n", between)
	b.r.MediaType = "multipart/form-data; boundary=" + between
	b.r.Body = []byte(out.String())
}

func (b *builder) part(out *strings.Builder, between, name string, v *Value, at *openapi.Node) {
	quoted := strings.NewReplacer(`"`, "%22", "\r", "%0D", "\n", "%0A").Replace(name)
	fmt.Fprintf(out, "--%s\r\nContent-Disposition: form-data; name=\"%s\"", between, quoted)
	media := at.Get("encoding").Get(name).Get("contentType").Text()
	media, _, _ = strings.Cut(media, ",")
	if b.isFile(name, at) {
		fmt.Fprintf(out, "; filename=\"file\"")
		if media == "" || strings.Contains(media, "*") {
			media = "application/octet-stream"
		}
	} else if v.Kind == openapi.Object && media == "" {
		media = "application/json"
	}
	if media != "" {
		fmt.Fprintf(out, "\r\nContent-Type: %s", clean(media))
	}
	fmt.Fprintf(out, "\r\n\r\n%s\r\n", text(v))
}

// isFile reports whether a member of a form is a file.
func (b *builder) isFile(name string, at *openapi.Node) bool {
	for _, p := range b.form {
		if p.Get("name").Text() == name {
			return p.Get("type").Text() == "file"
		}
	}
	schema := at.Get("schema")
	if schema == nil {
		return false
	}
	r := b.m.start(schema)
	s := r.collect([]*openapi.Node{schema}, nil)
	sub := r.collect(s.member(name), nil)
	if len(sub.items) > 0 {
		sub = r.collect(sub.items, nil)
	}
	binary := slices.ContainsFunc(sub.nodes, func(n *openapi.Node) bool {
		return n.Has("contentMediaType") && !n.Has("contentEncoding")
	})
	return slices.Contains(sub.formats, "binary") || binary
}
