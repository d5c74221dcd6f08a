package match

import (
	"regexp"
	"strings"

	"github.com/plumbapi/plumb/graphql"
	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/parity/internal/gql"
	"github.com/plumbapi/plumb/parity/internal/rest"
)

// declarations are the correspondences that the descriptions declare
// themselves, by operation: an @connect or @rest directive on a field
// (https://www.apollographql.com/docs/graphos/schema-design/connectors), a
// description that says "Mirrors GET /pets", an x-graphql extension.
type declarations map[*rest.Operation][]declaration

type declaration struct {
	field *gql.Field
	text  string
}

var mirrors = regexp.MustCompile("(?i)\\bmirrors?\\s+(?:the\\s+)?`?(GET|POST|PUT|PATCH|DELETE)\\s+(/[^\\s`,;)\"']*)")

func (m *matcher) declared() declarations {
	found := declarations{}
	byPath := map[string][]*rest.Operation{}
	for _, op := range m.rest.Operations {
		k := op.Method + " " + plainPath(op.Path)
		byPath[k] = append(byPath[k], op)
	}
	note := func(f *gql.Field, method, path, text string) {
		for _, op := range m.operationsAt(byPath, strings.ToUpper(method), plainPath(path)) {
			found[op] = append(found[op], declaration{f, text})
		}
	}
	for _, f := range m.gql.Fields {
		if saysMirror(f.Source.Description) {
			for _, hit := range mirrors.FindAllStringSubmatch(f.Source.Description, -1) {
				note(f, hit[1], strings.TrimRight(hit[2], "."), "the description of "+f.Coordinate+" says that it mirrors the operation")
			}
		}
		for _, d := range f.Source.Directives {
			if method, path := connected(d); path != "" {
				note(f, method, path, "@"+d.Name+" on "+f.Coordinate+" names the operation")
			}
		}
	}
	for _, op := range m.rest.Operations {
		for _, c := range extension(op.Source.Node.Get("x-graphql")) {
			if f := m.fieldAt(c); f != nil {
				found[op] = append(found[op], declaration{f, "x-graphql of the operation names " + c})
			}
		}
	}
	return found
}

// saysMirror reports whether a text may have what mirrors finds: most have
// not, and to look for one word is far cheaper.
func saysMirror(text string) bool {
	const word = "mirror"
	for i := 0; i+len(word) <= len(text); i++ {
		if c := text[i]; (c == 'm' || c == 'M') && strings.EqualFold(text[i:i+len(word)], word) {
			return true
		}
	}
	return false
}

// operationsAt returns the operations with the path; a declaration may leave
// out the base that all paths have.
func (m *matcher) operationsAt(byPath map[string][]*rest.Operation, method, path string) []*rest.Operation {
	if ops := byPath[method+" "+path]; ops != nil {
		return ops
	}
	if path == "" || path == "/" {
		return nil
	}
	for _, op := range m.rest.Operations {
		if op.Method == method && strings.HasSuffix(plainPath(op.Path), path) && strings.Count(plainPath(op.Path), "/")-strings.Count(path, "/") == len(strings.Split(strings.Trim(op.Path, "/"), "/"))-len(op.Segments) {
			return byPath[method+" "+plainPath(op.Path)]
		}
	}
	return nil
}

// plainPath is a path without the names of its variables and its query.
func plainPath(path string) string {
	path, _, _ = strings.Cut(path, "?")
	var b strings.Builder
	depth := 0
	for _, c := range path {
		switch c {
		case '{':
			if depth == 0 {
				b.WriteString("{}")
			}
			depth++
		case '}':
			depth = max(0, depth-1)
		default:
			if depth == 0 {
				b.WriteRune(c)
			}
		}
	}
	return strings.TrimRight(strings.ToLower(b.String()), "/")
}

// connected reads @connect(http: {GET: "/pets"}) and @rest(path: "/pets",
// method: "GET").
func connected(d *graphql.Directive) (method, path string) {
	switch d.Name {
	case "connect":
		http := d.Arg("http")
		if http == nil {
			return "", ""
		}
		for _, f := range http.Fields {
			switch f.Name {
			case "GET", "POST", "PUT", "PATCH", "DELETE":
				return f.Name, afterHost(f.Value.Text)
			}
		}
	case "rest", "http":
		method = "GET"
		if v := d.Arg("method"); v != nil {
			method = v.Text
		}
		for _, name := range [...]string{"path", "endpoint", "url"} {
			if v := d.Arg(name); v != nil {
				return method, afterHost(v.Text)
			}
		}
	}
	return "", ""
}

func afterHost(address string) string {
	if _, rest, ok := strings.Cut(address, "://"); ok {
		if i := strings.IndexByte(rest, '/'); i >= 0 {
			return rest[i:]
		}
		return ""
	}
	return address
}

func extension(n *openapi.Node) []string {
	if n == nil {
		return nil
	}
	if s, ok := n.Str(); ok {
		return []string{s}
	}
	var out []string
	for _, c := range n.Children() {
		if s, ok := c.Str(); ok {
			out = append(out, s)
		}
	}
	return out
}

// fieldAt returns the field that a coordinate names.
func (m *matcher) fieldAt(coordinate string) *gql.Field {
	typ, name, _ := strings.Cut(coordinate, ".")
	return m.gql.Type(typ).Field(name)
}
