package spectral

import (
	"sync"

	"github.com/plumbapi/plumb/lint/internal/jsonpath"
	"github.com/plumbapi/plumb/lint/internal/script"
	"github.com/plumbapi/plumb/openapi"
)

// Document is what a ruleset is run over: any JSON or YAML text. It is safe for
// concurrent use.
type Document struct {
	root    *openapi.Node
	api     *openapi.Document // nil where it is no OpenAPI description
	formats map[string]bool

	trees [2]func() *jsonpath.Tree // as it is written, and with references followed

	circular func() map[*openapi.Node]bool // references that go in circles

	mu       sync.Mutex
	sessions map[*script.Loader]*script.Session // for the functions of each ruleset
}

// Of returns an OpenAPI description as a document.
func Of(api *openapi.Document) *Document {
	d := newDocument(api.Root())
	d.api = api
	return d
}

// Parse reads any JSON or YAML text. The error is an *openapi.Error with the
// place of what is wrong.
func Parse(name string, data []byte) (*Document, error) {
	root, err := openapi.ParseTree(name, data)
	if err != nil {
		return nil, err
	}
	return newDocument(root), nil
}

func newDocument(root *openapi.Node) *Document {
	d := &Document{root: root, formats: formatsOf(root)}
	d.trees[0] = sync.OnceValue(func() *jsonpath.Tree { return jsonpath.NewTree(root, nil) })
	d.trees[1] = sync.OnceValue(func() *jsonpath.Tree { return jsonpath.NewTree(root, d.resolve) })
	d.circular = sync.OnceValue(d.findCircular)
	return d
}

// Root returns the value that the text is.
func (d *Document) Root() *openapi.Node { return d.root }

func (d *Document) tree(resolved bool) *jsonpath.Tree {
	if resolved {
		return d.trees[1]()
	}
	return d.trees[0]()
}

// maxHops bounds how many references lead from one to the next.
const maxHops = 100

// resolve returns what a node stands for in the end, itself where it is no
// reference or leads nowhere. In a text that is no OpenAPI description,
// references within it are followed.
func (d *Document) resolve(n *openapi.Node) *openapi.Node {
	if !n.Is(openapi.Object) {
		return n
	}
	if d.api != nil {
		if to := d.api.Resolve(n); to != nil {
			return to
		}
		return n
	}
	at := n
	for range maxHops {
		ref, ok := at.Get("$ref").Str()
		if !ok || ref == "" || ref[0] != '#' {
			return at
		}
		path, err := openapi.ParsePointer(ref[1:])
		if err != nil {
			return at
		}
		to := d.root.Find(path...)
		if to == nil || to == at {
			return at
		}
		at = to
	}
	return n
}
