package apidocs

import (
	"encoding/json"
	"math"
	"net/url"
	"strconv"
	"strings"

	"github.com/plumbapi/plumb/openapi"
)

// Bundle returns a description as one JSON text that needs no other file: what
// references lead to in other files stands among its components, and the
// references lead there. A path item of another file stands where it is
// referred to. JSON that is one file already is returned as it is written;
// references that lead nowhere are kept.
func Bundle(doc *openapi.Document) []byte {
	if len(doc.Sources()) == 1 && doc.Source().Format() == openapi.JSON {
		return []byte(doc.Source().Text())
	}
	b := &bundler{doc: doc, names: map[*openapi.Node]string{}, taken: map[string]bool{}, parts: map[string][]*openapi.Node{}}
	for _, section := range b.components().Children() {
		for _, c := range section.Children() {
			b.taken[section.Key()+"/"+c.Key()] = true
		}
	}
	for _, list := range []string{"definitions", "parameters", "responses"} { // 2.0
		for _, c := range doc.Root().Get(list).Children() {
			b.taken[list+"/"+c.Key()] = true
		}
	}
	// Writing finds what else is needed, and that is only written at the end:
	// the first time is for finding.
	b.root(nil)
	for i := 0; i < len(b.order); i++ {
		b.value(nil, b.order[i], 0)
	}
	return append(b.root(nil), '\n')
}

type bundler struct {
	doc   *openapi.Document
	names map[*openapi.Node]string // of parts from other files: "schemas/Pet"
	taken map[string]bool
	parts map[string][]*openapi.Node // by section
	order []*openapi.Node
}

func (b *bundler) components() *openapi.Node { return b.doc.Root().Get("components") }

// maxBundleDepth bounds path items that stand in each other.
const maxBundleDepth = 50

// root appends the whole description, with the parts from other files.
func (b *bundler) root(out []byte) []byte {
	old := b.doc.Version() == openapi.V20
	out = append(out, '{')
	done := map[string]bool{}
	for i, m := range b.doc.Root().Children() {
		if i > 0 {
			out = append(out, ",\n"...)
		}
		out = append(quoted(out, m.Key()), ':')
		switch {
		case m.Key() == "components" && !old:
			done["components"] = true
			out = b.allComponents(out)
		case old && len(b.parts[m.Key()]) > 0:
			done[m.Key()] = true
			out = b.section(out, m, m.Key())
		default:
			out = b.value(out, m, 0)
		}
	}
	switch {
	case !old && !done["components"] && len(b.order) > 0:
		out = b.allComponents(append(out, ",\n\"components\":"...))
	case old:
		for _, list := range []string{"definitions", "parameters", "responses"} {
			if len(b.parts[list]) > 0 && !done[list] {
				out = b.section(append(quoted(append(out, ",\n"...), list), ':'), nil, list)
			}
		}
	}
	return append(out, '}')
}

func (b *bundler) allComponents(out []byte) []byte {
	out = append(out, '{')
	first := true
	next := func(key string) {
		if !first {
			out = append(out, ",\n"...)
		}
		first = false
		out = append(quoted(out, key), ':')
	}
	has := map[string]bool{}
	for _, m := range b.components().Children() {
		has[m.Key()] = true
		next(m.Key())
		out = b.section(out, m, m.Key())
	}
	for _, name := range sections {
		if len(b.parts[name]) > 0 && !has[name] {
			next(name)
			out = b.section(out, nil, name)
		}
	}
	return append(out, '}')
}

// sections are the lists of components, in the order in which they are added.
var sections = []string{"schemas", "responses", "parameters", "examples", "requestBodies", "headers", "securitySchemes", "links", "callbacks", "pathItems"}

func (b *bundler) section(out []byte, own *openapi.Node, name string) []byte {
	out = append(out, '{')
	first := true
	for _, c := range own.Children() {
		if !first {
			out = append(out, ",\n"...)
		}
		first = false
		out = b.value(append(quoted(out, c.Key()), ':'), c, 0)
	}
	for _, c := range b.parts[name] {
		if !first {
			out = append(out, ",\n"...)
		}
		first = false
		out = b.value(append(quoted(out, strings.TrimPrefix(b.names[c], name+"/")), ':'), c, 0)
	}
	return append(out, '}')
}

// value appends a value, its references led to where their targets are.
func (b *bundler) value(out []byte, n *openapi.Node, depth int) []byte {
	switch n.Kind() {
	case openapi.Object:
		ref := b.doc.Ref(n)
		if ref != nil && ref.Target != nil && ref.Target.Role() == openapi.PathItemRole && ref.Target.Source() != b.doc.Source() && depth < maxBundleDepth {
			return b.value(out, ref.Target, depth+1)
		}
		out = append(out, '{')
		for i, m := range n.Children() {
			if i > 0 {
				out = append(out, ',')
			}
			out = append(quoted(out, m.Key()), ':')
			if ref != nil && ref.Target != nil && m.Key() == "$ref" {
				out = quoted(out, b.reference(n, ref.Target, m.Text()))
				continue
			}
			out = b.value(out, m, depth)
		}
		return append(out, '}')
	case openapi.Array:
		out = append(out, '[')
		for i, m := range n.Children() {
			if i > 0 {
				out = append(out, ',')
			}
			out = b.value(out, m, depth)
		}
		return append(out, ']')
	case openapi.String:
		return quoted(out, n.Text())
	case 0:
		return append(out, "null"...)
	}
	if text := n.Text(); json.Valid([]byte(text)) {
		return append(out, text...)
	}
	if f, ok := n.Float(); ok && !math.IsInf(f, 0) && !math.IsNaN(f) { // as only YAML writes it
		return strconv.AppendFloat(out, f, 'g', -1, 64)
	}
	return quoted(out, n.Text())
}

// reference is what leads to a target in the bundle.
func (b *bundler) reference(from, target *openapi.Node, written string) string {
	if target.Source() == b.doc.Source() {
		if from.Source() == target.Source() {
			return written
		}
		return (&url.URL{Fragment: target.Pointer()}).String()
	}
	name, ok := b.names[target]
	if !ok {
		list := sectionOf(target, b.doc.Version() == openapi.V20)
		if list == "" {
			return written
		}
		name = b.free(list, target)
		b.names[target] = name
		b.parts[list] = append(b.parts[list], target)
		b.order = append(b.order, target)
	}
	if b.doc.Version() == openapi.V20 {
		return "#/" + name
	}
	return "#/components/" + name
}

func sectionOf(n *openapi.Node, old bool) string {
	switch n.Role() {
	case openapi.SchemaRole:
		if old {
			return "definitions"
		}
		return "schemas"
	case openapi.ResponseRole:
		return "responses"
	case openapi.ParameterRole:
		return "parameters"
	case openapi.ExampleRole:
		return "examples"
	case openapi.RequestBodyRole:
		return "requestBodies"
	case openapi.HeaderRole:
		return "headers"
	case openapi.SecuritySchemeRole:
		return "securitySchemes"
	case openapi.LinkRole:
		return "links"
	case openapi.CallbackRole:
		return "callbacks"
	case openapi.PathItemRole:
		return "pathItems"
	}
	return ""
}

// free is a name in a list that nothing else has: that of the target, or of
// its file.
func (b *bundler) free(list string, target *openapi.Node) string {
	name := target.Key()
	if name == "" {
		name = target.Source().Name()
		name = name[strings.LastIndexAny(name, "/\\")+1:]
		name, _, _ = strings.Cut(name, ".")
	}
	name = strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("._-", r) {
			return r
		}
		return '_'
	}, name)
	out := list + "/" + name
	for n := 2; b.taken[out]; n++ {
		out = list + "/" + name + "_" + strconv.Itoa(n)
	}
	b.taken[out] = true
	return out
}

func quoted(out []byte, s string) []byte {
	text, err := json.Marshal(s)
	if err != nil { // a string always can be
		return append(out, `""`...)
	}
	return append(out, text...)
}
