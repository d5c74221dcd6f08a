package gather

import (
	"cmp"
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/graphql"
	"github.com/plumbapi/plumb/openapi"
)

// other is the tag of what has none, as package parity has it.
const other = "other"

// place is where something belongs.
type place struct{ tag, owner string }

// places says where the elements of an API belong: to which tag, and to whom.
// An operation is in its first tag. What has no tag itself, schemas and all of
// GraphQL, is where the parity check has found most of the operations about it.
type places struct {
	owners *Owners
	ops    map[string]opPlace      // "GET /issues"
	at     map[[2]string]opPlace   // a file and the pointer of an operation
	types  map[string]string       // tag by name of a schema or a type
	roots  map[string]string       // tag by coordinate
	tags   map[string]string       // owner by tag, as descriptions say
	files  map[string]string       // owner by file, as descriptions say
	gql    map[string]graphqlPlace // by coordinate
	asked  map[string]string       // owner by file, as CODEOWNERS says
}

type opPlace struct {
	name, tag, owner, file string
}

type graphqlPlace struct{ owner, file string }

func newPlaces(f *Facts) *places {
	p := &places{
		owners: f.Owners, ops: map[string]opPlace{}, at: map[[2]string]opPlace{}, types: map[string]string{}, roots: map[string]string{},
		tags: map[string]string{}, files: map[string]string{}, gql: map[string]graphqlPlace{}, asked: map[string]string{},
	}
	for _, d := range f.OpenAPI {
		p.openapi(d)
	}
	if f.Parity != nil {
		for _, t := range f.Parity.Types {
			p.types[t.Name] = t.Group
			if t.GraphQL != "" && p.types[t.GraphQL] == "" {
				p.types[t.GraphQL] = t.Group
			}
		}
		for _, r := range f.Parity.Roots {
			p.roots[r.Coordinate] = r.Group
		}
	}
	for _, s := range f.GraphQL {
		p.graphql(s)
	}
	return p
}

func (p *places) openapi(d *openapi.Document) {
	if o := ownerOf(d.Root(), d.Root().Get("info")); o != "" {
		p.files[d.Source().Name()] = o
	}
	for _, t := range d.Nodes(openapi.TagRole) {
		if o := ownerOf(t); o != "" {
			p.tags[t.Get("name").Text()] = o
		}
	}
	for _, op := range d.Operations() {
		at := op.Node.Location()
		o := opPlace{name: op.String(), tag: firstTag(op.Node), owner: ownerOf(op.Node, op.PathItem), file: at.File}
		p.ops[o.name] = o
		p.at[[2]string{at.File, at.Element}] = o
	}
}

// firstTag returns the first tag of an operation.
func firstTag(op *openapi.Node) string {
	if tag := op.Get("tags").At(0).Text(); strings.TrimSpace(tag) != "" {
		return tag
	}
	return other
}

// ownerKeys are the extensions in which descriptions name an owner, the first
// that is there.
var ownerKeys = []string{"x-owner", "x-team", "x-owners"}

// ownerOf returns what the first of the objects that names an owner says.
func ownerOf(objects ...*openapi.Node) string {
	for _, n := range objects {
		for _, key := range ownerKeys {
			v := n.Get(key)
			if v.Is(openapi.Array) {
				v = v.At(0)
			}
			if v.Is(openapi.Object) {
				v = v.Get("name")
			}
			if text, ok := v.Str(); ok && strings.TrimSpace(text) != "" {
				return strings.TrimSpace(text)
			}
		}
	}
	return ""
}

func (p *places) graphql(s *graphql.Schema) {
	for _, t := range s.Types {
		whole := directiveOwner(&t.Node)
		file := t.Location().File
		p.gql[t.Name] = graphqlPlace{whole, file}
		for _, f := range t.Fields {
			p.gql[f.Coordinate()] = graphqlPlace{cmp.Or(directiveOwner(&f.Node), whole), f.Location().File}
		}
	}
}

// directiveOwner returns the first argument of @owner or @team.
func directiveOwner(n *graphql.Node) string {
	for _, name := range []string{"owner", "team"} {
		if d := n.Directive(name); d != nil && len(d.Args) > 0 && d.Args[0].Value != nil {
			return strings.TrimSpace(d.Args[0].Value.Text)
		}
	}
	return ""
}

// of returns the place of an element: an operation, a coordinate, or the name of
// an element of a lifecycle, which begins with one.
func (p *places) of(element string) place {
	if o, ok := p.ops[element]; ok {
		return p.operation(o)
	}
	if method, rest, ok := strings.Cut(element, " "); ok {
		path, _, _ := strings.Cut(rest, " ")
		if o, ok := p.ops[method+" "+path]; ok {
			return p.operation(o)
		}
	}
	return p.named(element)
}

// named is the place of a schema, a property or a coordinate.
func (p *places) named(element string) place {
	field := element
	if i := strings.IndexByte(field, '('); i >= 0 {
		field = field[:i]
	}
	name, _, _ := strings.Cut(field, ".")
	tag := cmp.Or(p.roots[field], p.types[name], other)
	g := p.gql[field]
	if g == (graphqlPlace{}) {
		g = p.gql[name]
	}
	return place{tag, p.owner(g.owner, element, tag, g.file)}
}

func (p *places) operation(o opPlace) place {
	return place{o.tag, p.owner(o.owner, o.name, o.tag, o.file)}
}

// owner decides who owns an element: what stands at the element itself, then what
// the project says of it and of its tag, then the description's word for the tag
// and the whole, then the owner of its file.
func (p *places) owner(own, element, tag, file string) string {
	return cmp.Or(own, p.owners.element(element), p.owners.tag(tag), p.tags[tag], p.files[file], p.codeOwner(file))
}

// codeOwner asks CODEOWNERS once for each file.
func (p *places) codeOwner(file string) string {
	owner, ok := p.asked[file]
	if !ok {
		owner = p.owners.file(file)
		p.asked[file] = owner
	}
	return owner
}

// finding returns the place of what a finding is about.
func (p *places) finding(at *check.Location) place {
	if !strings.HasPrefix(at.Element, "/") {
		if at.Element == "" {
			return place{other, p.owner("", "", "", at.File)}
		}
		return p.named(at.Element)
	}
	tokens := strings.SplitN(at.Element, "/", 5)
	if len(tokens) >= 4 {
		if o, ok := p.at[[2]string{at.File, strings.Join(tokens[:4], "/")}]; ok {
			return p.operation(o)
		}
	}
	if len(tokens) >= 4 && tokens[1] == "components" && tokens[2] == "schemas" || len(tokens) >= 3 && tokens[1] == "definitions" {
		name := tokens[2]
		if tokens[1] == "components" {
			name = tokens[3]
		}
		tag := cmp.Or(p.types[name], other)
		return place{tag, p.owner("", name, tag, at.File)}
	}
	return place{other, p.owner("", "", other, at.File)}
}
