package site

import (
	"strconv"

	"github.com/plumbapi/plumb/apidocs"
	"github.com/plumbapi/plumb/apidocs/internal/search"
	"github.com/plumbapi/plumb/openapi"
)

// index makes what the site is searched with.
func (b *builder) index() *search.Index {
	x := &search.Index{}
	for i, e := range b.ref.Entries {
		name := e.ID
		if e.Operation != nil {
			name = e.Operation.Node.Get("operationId").Text()
			x.Add(i, search.Path, e.Operation.Path)
			x.Add(i, search.Path, e.Operation.Method)
		}
		if e.Field != nil {
			name = e.Field.Name
		}
		x.Add(i, search.Name, name)
		x.Add(i, search.Path, e.Group.Title)
		x.Add(i, search.Summary, e.Title)
		x.Add(i, search.Summary, e.Summary)
		b.indexMembers(x, i, e)
	}
	return x
}

// indexMembers adds the names of parameters and members that an entry has
// itself: those of types with a page are found there.
func (b *builder) indexMembers(x *search.Index, i int, e *apidocs.Entry) {
	add := func(name string) { x.Add(i, search.Property, name) }
	switch {
	case e.Operation != nil:
		for _, p := range e.Document.Parameters(e.Operation) {
			add(p.Get("name").Text())
		}
		properties(e.Operation.Node, add, 0)
	case e.Node != nil:
		properties(e.Node, add, 0)
	case e.Field != nil:
		for _, a := range e.Field.Args {
			add(a.Name)
		}
	case e.Type != nil:
		for _, f := range e.Type.Fields {
			add(f.Name)
		}
		for _, f := range e.Type.InputFields {
			add(f.Name)
		}
		for _, v := range e.Type.EnumValues {
			add(v.Name)
		}
	}
}

// properties finds the names of members that are written in a node, examples
// and what references lead to left out.
func properties(n *openapi.Node, add func(string), depth int) {
	if depth > 40 {
		return
	}
	for _, c := range n.Children() {
		switch c.Key() {
		case "example", "examples", "enum", "default", "x-codeSamples":
			continue
		case "properties":
			if n.Role() == openapi.SchemaRole {
				for _, p := range c.Children() {
					add(p.Key())
				}
			}
		}
		if c.Is(openapi.Object) || c.Is(openapi.Array) {
			properties(c, add, depth+1)
		}
	}
}

// kinds are what the search calls the kinds of entries.
func kindOf(e *apidocs.Entry) string {
	switch e.Kind {
	case apidocs.Operation:
		return e.Operation.Method
	case apidocs.Webhook:
		return "webhook"
	case apidocs.Field:
		return e.Field.Parent().Operation()
	case apidocs.Type:
		return e.Type.Kind.Keyword()
	}
	return "type"
}

// writeIndex writes the index as scripts, since pages that are opened from a
// folder may load scripts and nothing else.
func (b *builder) writeIndex() error {
	x := b.index()
	out := []byte("plumbSearch.entries([")
	for i, e := range b.ref.Entries {
		if i > 0 {
			out = append(out, ",\n"...)
		}
		out = append(appendScript(append(out, '['), e.Path), ',')
		out = append(appendScript(out, e.Title), ',')
		id := e.ID
		if id == e.Title {
			id = ""
		}
		out = append(appendScript(out, id), ',')
		out = append(appendScript(out, kindOf(e)), ']')
	}
	if err := b.counted.put("search/entries.js", append(out, "]);\n"...)); err != nil {
		return err
	}
	out = append(out[:0], "plumbSearch.words("...)
	text := []byte{}
	for i, w := range x.Words() {
		if i > 0 {
			text = append(text, ' ')
		}
		text = append(text, w...)
	}
	out = append(appendScript(out, string(text)), ");\n"...)
	if err := b.counted.put("search/words.js", out); err != nil {
		return err
	}
	for _, s := range x.Shards() {
		out = append(appendScript(append(out[:0], "plumbSearch.shard("...), s.Key), ",{"...)
		for i, w := range s.Words {
			if i > 0 {
				out = append(out, ',')
			}
			out = append(appendScript(out, w.Word), ":["...)
			for l, list := range w.Levels {
				if l > 0 {
					out = append(out, ',')
				}
				out = append(out, '"')
				for k, n := range list {
					if k > 0 {
						out = append(out, ' ')
					}
					out = strconv.AppendInt(out, int64(n), 36)
				}
				out = append(out, '"')
			}
			out = append(out, ']')
		}
		if err := b.counted.put("search/"+s.Key+".js", append(out, "});\n"...)); err != nil {
			return err
		}
	}
	return nil
}

// appendScript appends a string as JavaScript has it.
func appendScript(b []byte, s string) []byte {
	from := len(b)
	b = appendQuoted(b, s)
	for i := from; i < len(b); i++ {
		if b[i] == '<' { // a script that is copied into a page ends nowhere else
			b = append(b[:i], append([]byte(`\u003c`), b[i+1:]...)...)
		}
	}
	return b
}
