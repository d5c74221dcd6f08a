package spectral

import (
	"bytes"
	"context"
	"sync"

	"github.com/plumbapi/plumb/lint/internal/jsonpath"
	"github.com/plumbapi/plumb/lint/internal/script"
	"github.com/plumbapi/plumb/openapi"
)

// Document is what a ruleset is run over: any JSON or YAML text. It is safe for
// concurrent use.
type Document struct {
	root    *openapi.Node
	loaded  *openapi.Document // nil for a value of a script
	formats map[string]bool

	trees [2]func() *jsonpath.Tree // as it is written, and with references followed

	circular func() map[*openapi.Node]bool // references that go in circles

	mu       sync.Mutex
	sessions map[*script.Loader]*script.Session // for the functions of each ruleset
}

// Of returns what has been loaded as a document: an OpenAPI description, or any
// other text, which [openapi.Loader.LoadAny] loads.
func Of(loaded *openapi.Document) *Document {
	d := newDocument(loaded.Root())
	d.loaded = loaded
	return d
}

// Parse reads any JSON or YAML text by itself. The error is an *openapi.Error with
// the place of what is wrong.
func Parse(name string, data []byte) (*Document, error) {
	loaded, err := (&openapi.Loader{}).ReadAny(context.Background(), name, bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	return Of(loaded), nil
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

// resolve returns what a node stands for in the end, itself where it is no
// reference or leads nowhere.
func (d *Document) resolve(n *openapi.Node) *openapi.Node {
	if d.loaded == nil || !n.Is(openapi.Object) {
		return n
	}
	if to := d.loaded.Resolve(n); to != nil {
		return to
	}
	return n
}
