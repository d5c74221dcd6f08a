package lifecycle

import (
	"path"
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

// Inspect returns the elements of an OpenAPI description with what it says of
// their life, read from the carriers that plumb knows.
//
// Elements are operations, parameters, response headers, named schemas and
// their properties at any depth, those of inline bodies, and security schemes;
// other inline schemas where they say something. What the description as a
// whole says counts for each operation that says nothing itself.
func Inspect(doc *openapi.Document) *Inventory { return DefaultCarriers().Inspect(doc) }

// What is listed is bounded, so that a description cannot make an inventory
// that is larger than it by orders.
const (
	maxName   = 2048    // bytes of a name
	maxDepth  = 64      // properties within properties
	maxShared = 100_000 // uses of shared parameters, headers and operations
)

// Inspect is like the function of that name, with these carriers.
func (c *Carriers) Inspect(doc *openapi.Document) *Inventory {
	in := &inspector{
		doc: doc, carriers: c, inScope: map[string]int{}, shared: map[*openapi.Node]bool{},
		siblings: doc.Version() >= openapi.V31, surface: sharedSurface(doc),
	}
	in.all = in.whole()
	in.out = make([]Element, 0, len(doc.Nodes(openapi.SchemaRole))+len(doc.Operations())*8)
	for _, o := range doc.Operations() {
		in.operation(o)
	}
	in.components()
	return &Inventory{Elements: in.out}
}

// inspector walks one description. Names are unique within a scope, an
// operation or a shared object, since those of scopes differ.
type inspector struct {
	doc      *openapi.Document
	carriers *Carriers
	siblings bool // what stands beside $ref counts
	surface  Surface
	all      State // what the description says of itself

	op      string
	inScope map[string]int
	shared  map[*openapi.Node]bool
	uses    int
	named   map[opName]int

	out []Element
}

// sharedSurface is the surface of what no operation owns: webhooks where the
// description has nothing else.
func sharedSurface(doc *openapi.Document) Surface {
	ops := doc.Operations()
	if len(ops) > 0 && ops[0].Origin != openapi.FromPath {
		return Webhooks
	}
	return REST
}

// whole reads what the description says of itself.
func (in *inspector) whole() State {
	info := in.doc.Root().Get("info")
	r := reader{c: in.carriers}
	r.node(info)
	version := carrier{at: "version", key: "version", as: "prose"}
	if v, ok := info.Get("version").Str(); ok {
		r.prose(&version, v)
	}
	return r.done()
}

// add lists an element under a name, which a second one in the scope gets
// with a number.
func (in *inspector) add(kind Kind, name string, n *openapi.Node, state State) {
	in.addAt(kind, name, n, n.KeyLocation(), state)
}

func (in *inspector) addAt(kind Kind, name string, n *openapi.Node, at check.Location, state State) {
	count := in.inScope[name] + 1
	in.inScope[name] = count
	if count > 1 {
		name = numbered(name, count)
	}
	in.out = append(in.out, Element{Surface: in.surface, Kind: kind, Name: name, Operation: in.op, Required: kind == Parameter && n.Get("required").IsTrue(), Location: at, State: state})
}

func (in *inspector) scope(op string) {
	in.op = op
	clear(in.inScope)
}

// components lists what is shared: everything that no operation owns,
// wherever it is written.
func (in *inspector) components() {
	in.surface = sharedSurface(in.doc)
	for _, n := range in.doc.Nodes(openapi.SchemaRole) {
		if name, ok := sharedName(n); ok {
			in.scope("")
			in.add(Schema, name, n, in.carriers.readNode(n))
			in.schema(n, name, ".", 0)
		}
	}
	for _, n := range in.doc.Nodes(openapi.ResponseRole) {
		if name, ok := sharedName(n); ok {
			in.scope("")
			in.body(n, "response "+name)
		}
	}
	for _, n := range in.doc.Nodes(openapi.RequestBodyRole) {
		if name, ok := sharedName(n); ok {
			in.scope("")
			in.body(n, "request "+name)
		}
	}
	for _, n := range in.doc.Nodes(openapi.ParameterRole) {
		name, ok := sharedName(n)
		if !ok {
			continue
		}
		in.scope("")
		if n.Get("in").Text() == "body" {
			in.inline(n.Get("schema"), "request "+name+" body", " ")
			continue
		}
		if !in.shared[n] {
			in.add(Parameter, "parameter "+name, n, in.carriers.readNode(n))
		}
		in.schema(n.Get("schema"), "parameter "+name, ".", 0)
	}
	for _, n := range in.doc.Nodes(openapi.HeaderRole) {
		if name, ok := sharedName(n); ok && !in.shared[n] {
			in.scope("")
			in.add(Header, "header "+name, n, in.carriers.readNode(n))
		}
	}
	for _, n := range in.doc.Nodes(openapi.SecuritySchemeRole) {
		in.scope("")
		in.add(SecurityScheme, "security scheme "+baseName(n), n, in.carriers.readNode(n))
	}
}

// sharedName returns the name of an object that stands among the components,
// or that a reference into another place reaches; ok is false for what stands
// inside an operation, a schema or the like.
func sharedName(n *openapi.Node) (name string, ok bool) {
	up := n.Parent()
	for range 2 {
		switch up.Role() {
		case openapi.NoRole:
		case openapi.ComponentsRole, openapi.DocumentRole:
			return baseName(n), true
		default:
			return "", false
		}
		up = up.Parent()
	}
	return baseName(n), true
}

// baseName names a shared object by its key, or by its file where it is one.
func baseName(n *openapi.Node) string {
	if n.Parent() != nil && n.Key() != "" {
		return n.Key()
	}
	base := path.Base(n.Source().Name())
	return strings.TrimSuffix(base, path.Ext(base))
}
