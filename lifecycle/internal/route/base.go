package route

import (
	"net/url"
	"slices"
	"strings"

	"github.com/plumbapi/plumb/openapi"
)

// maxBases bounds the paths that the servers of one level stand for: their
// variables multiply.
const maxBases = 32

// bases knows below which paths operations are served.
type bases struct {
	doc   *openapi.Document
	given []string
	also  []string
	root  []string
	known map[*openapi.Node][]string // by the list of servers
}

func newBases(doc *openapi.Document, o Options) *bases {
	b := &bases{doc: doc, known: map[*openapi.Node][]string{}}
	for _, base := range o.Bases {
		b.given = append(b.given, tidy(base))
	}
	for _, base := range o.Also {
		b.also = append(b.also, tidy(base))
	}
	if doc.Version() == openapi.V20 {
		base, _ := doc.Root().Get("basePath").Str()
		b.root = []string{tidy(base)}
	} else {
		b.root = b.paths(doc.Root().Get("servers"))
	}
	return b
}

// of returns the paths below which an operation is served, at least one.
func (b *bases) of(op *openapi.Operation) []string {
	return slices.Concat(b.own(op), b.also)
}

func (b *bases) own(op *openapi.Operation) []string {
	if b.given != nil {
		return b.given
	}
	if b.doc.Version() == openapi.V20 {
		return b.root
	}
	for _, at := range []*openapi.Node{op.Node, op.PathItem} {
		if servers := at.Get("servers"); servers.Len() > 0 {
			return b.paths(servers)
		}
	}
	return b.root
}

// paths returns the paths of a list of servers, each once.
func (b *bases) paths(servers *openapi.Node) []string {
	if list, ok := b.known[servers]; ok {
		return list
	}
	var list []string
	for _, server := range servers.Children() {
		address, _ := server.Get("url").Str()
		for _, u := range fill(address, server.Get("variables")) {
			if base := pathOf(u); len(list) < maxBases && !slices.Contains(list, base) {
				list = append(list, base)
			}
		}
	}
	if list == nil {
		list = []string{""}
	}
	b.known[servers] = list
	return list
}

// fill puts the values of its variables into a server's URL: those that it
// may have where it has an enum, else the default and, as long as that is one
// segment of the path, any.
func fill(address string, variables *openapi.Node) []string {
	list := []string{address}
	for _, v := range variables.Children() {
		name := "{" + v.Key() + "}"
		if !strings.Contains(address, name) {
			continue
		}
		values := []string{v.Get("default").Text()}
		for _, e := range v.Get("enum").Children() {
			if !slices.Contains(values, e.Text()) {
				values = append(values, e.Text())
			}
		}
		if v.Get("enum").Len() == 0 && values[0] != "" && strings.Contains(address, "/"+name) && !strings.Contains(address, "//"+name) && !strings.Contains(values[0], "/") {
			values = append(values, name)
		}
		var filled []string
		for _, u := range list {
			for _, value := range values {
				if len(filled) < maxBases {
					filled = append(filled, strings.ReplaceAll(u, name, value))
				}
			}
		}
		list = filled
	}
	return list
}

// pathOf returns the path of a URL that may be relative, and may hold what no
// URL may.
func pathOf(address string) string {
	if _, rest, ok := strings.Cut(address, "://"); ok {
		if i := strings.IndexByte(rest, '/'); i >= 0 {
			return tidy(rest[i:])
		}
		return ""
	}
	if rest, ok := strings.CutPrefix(address, "//"); ok {
		return pathOf("://" + rest)
	}
	return tidy(address)
}

// tidy returns a base with a slash before and none after it.
func tidy(base string) string {
	if i := strings.IndexAny(base, "?#"); i >= 0 {
		base = base[:i]
	}
	base = strings.TrimPrefix(base, ".")
	if base = strings.Trim(base, "/"); base == "" {
		return ""
	}
	return "/" + base
}

// multiSegment returns the names of the path parameters of an operation that
// take slashes.
func multiSegment(doc *openapi.Document, op *openapi.Operation) []string {
	var names []string
	for _, p := range doc.Parameters(op) {
		if in, _ := p.Get("in").Str(); in == "path" && p.Get("x-multi-segment").IsTrue() {
			name, _ := p.Get("name").Str()
			names = append(names, name)
		}
	}
	return names
}

// unescape decodes a literal of a description; one that cannot be decoded
// stands for itself.
func unescape(s string) string {
	if decoded, err := url.PathUnescape(s); err == nil {
		return decoded
	}
	return s
}
