package usage

import (
	"bytes"
	"net/url"
	"slices"
)

// cache keeps what texts use: logs repeat them. It is emptied when it is full.
type cache struct {
	documents map[string]*document
	bytes     int
}

const (
	maxCached      = 8 << 20  // bytes of texts
	maxCachedText  = 64 << 10 // bytes of one
	maxCachedTexts = 1 << 14
)

func (c *cache) read(q *queries, text []byte) *document {
	if d, ok := c.documents[string(text)]; ok {
		return d
	}
	s := string(text)
	d := q.read(s)
	if len(s) > maxCachedText {
		return d
	}
	if c.documents == nil || c.bytes+len(s) > maxCached || len(c.documents) >= maxCachedTexts {
		c.documents, c.bytes = map[string]*document{}, 0
	}
	c.documents[s] = d
	c.bytes += len(s)
	return d
}

// graphCall counts a GraphQL operation. Query is that of the URL.
func (k *counter) graphCall(c *call, query []byte) {
	g := &c.graph
	if len(g.text) == 0 && len(query) > 0 {
		g.fromURL(query)
	}
	k.call(&k.graphql, c)
	k.hits = k.hits[:0]
	for _, name := range g.used {
		k.named(name)
	}
	switch {
	case len(g.text) > 0:
		k.text(g)
	case g.persisted:
		k.graphql.persisted++
	case len(g.used) == 0:
		k.graphql.unread++
	}
	for _, index := range k.hits {
		k.hit(index, c)
	}
}

// text adds what the text of an operation uses, by the schema that has all of
// its names, else by the first.
func (k *counter) text(g *graphCall) {
	best := -1
	var doc *document
	for i, q := range k.watch.schemas {
		d := k.cached[i].read(q, g.text)
		if best < 0 || d.valid && !d.strange {
			best, doc = i, d
		}
		if d.valid && !d.strange {
			break
		}
	}
	if !doc.valid {
		k.graphql.unread++
		return
	}
	if doc.strange {
		k.graphql.strange++
	}
	q := k.watch.schemas[best]
	for i := range doc.operations {
		op := &doc.operations[i]
		if len(g.name) > 0 && op.name != string(g.name) && doc.has(g.name) {
			continue
		}
		for _, index := range op.hits {
			k.add(index)
		}
		if len(op.variables) > 0 {
			k.values(q, op, g.variables)
		}
	}
}

func (d *document) has(name []byte) bool {
	return slices.ContainsFunc(d.operations, func(op operation) bool { return op.name == string(name) })
}

// values adds what the values of variables use.
func (k *counter) values(q *queries, op *operation, text []byte) {
	given := make([]bool, len(op.variables))
	v := &values{queries: q, text: text, hit: k.add}
	v.variables(op.variables, given)
	for i := range op.variables {
		if !given[i] {
			for _, index := range op.variables[i].hits {
				k.add(index)
			}
		}
	}
}

func (k *counter) add(index int) {
	if !slices.Contains(k.hits, index) {
		k.hits = append(k.hits, index)
	}
}

// named adds the element that a server names: Type.field, Enum.VALUE,
// Input.field, or Type.field.argument.
func (k *counter) named(name []byte) {
	list, ok := k.watch.coordinates[string(name)]
	if !ok {
		i := bytes.LastIndexByte(name, '.')
		if i < 0 || bytes.IndexByte(name[:i], '.') < 0 {
			return
		}
		list = k.watch.coordinates[string(name[:i])+"("+string(name[i+1:])+":)"]
	}
	for _, index := range list {
		k.add(index)
	}
}

// fromURL takes an operation out of the query of a URL.
func (g *graphCall) fromURL(query []byte) {
	for len(query) > 0 {
		var one []byte
		one, query = cut(query, '&')
		key, value := cut(one, '=')
		switch string(key) {
		case "query":
			g.text = unescape(value)
		case "operationName":
			g.name = unescape(value)
		case "variables":
			g.variables = unescape(value)
		case "extensions", "documentId", "doc_id", "queryId":
			g.persisted = true
		}
	}
}

func unescape(b []byte) []byte {
	if bytes.IndexByte(b, '%') < 0 && bytes.IndexByte(b, '+') < 0 {
		return b
	}
	s, err := url.QueryUnescape(string(b))
	if err != nil {
		return nil
	}
	return []byte(s)
}
