package webhook

import (
	"net/url"
	"path"
	"strings"

	"github.com/plumbapi/plumb/openapi"
)

// files are documents that refer to one another: JSON Schemas, AsyncAPI
// descriptions. References lead to places in them by JSON Pointer, by anchor or
// by $id, and never out of them.
type files struct {
	roots []*openapi.Node
	// ids are schemas by $id, by anchor ("base#name"), and files by name.
	ids map[string]*openapi.Node
}

func newFiles(roots []*openapi.Node) *files {
	f := &files{roots: roots, ids: map[string]*openapi.Node{}}
	for _, r := range roots {
		name := r.Source().Name()
		f.ids[name] = r
		f.index(r, name)
	}
	return f
}

// index finds the schemas that have an id or an anchor.
func (f *files) index(n *openapi.Node, base string) {
	if n.Is(openapi.Object) {
		if id, ok := cutID(n); ok {
			base = join(base, id)
			if f.ids[base] == nil {
				f.ids[base] = n
			}
		}
		for _, key := range []string{"$anchor", "$dynamicAnchor"} {
			if a, ok := n.Get(key).Str(); ok && f.ids[base+"#"+a] == nil {
				f.ids[base+"#"+a] = n
			}
		}
	}
	for _, c := range n.Children() {
		if c.Key() != "enum" && c.Key() != "const" && c.Key() != "examples" && c.Key() != "default" {
			f.index(c, base)
		}
	}
}

// cutID returns the id of a schema, which is no id where a member is called so.
func cutID(n *openapi.Node) (string, bool) {
	for _, key := range []string{"$id", "id"} {
		if id, ok := n.Get(key).Str(); ok && n.Parent().Key() != "properties" && (key == "$id" || strings.Contains(id, "/") || strings.HasPrefix(id, "#")) {
			return strings.TrimSuffix(id, "#"), true
		}
	}
	return "", false
}

// join resolves a reference against a base; both may be names of files.
func join(base, ref string) string {
	if strings.HasPrefix(ref, "#") {
		return base + ref
	}
	b, err := url.Parse(base)
	if err != nil {
		return ref
	}
	r, err := url.Parse(ref)
	switch {
	case err != nil:
		return ref
	case r.IsAbs() || b.IsAbs():
		return b.ResolveReference(r).String()
	}
	r.Path = path.Join(path.Dir(b.Path), r.Path)
	return r.String()
}

// step follows the reference of a node, nil where it leads nowhere.
func (f *files) step(n *openapi.Node) *openapi.Node {
	ref, ok := n.Get("$ref").Str()
	if !ok || len(ref) > 4096 {
		return nil
	}
	if strings.HasPrefix(ref, "#/") || ref == "#" {
		// A pointer is one into the resource, which is the nearest with an id; files
		// in the wild mean the file.
		for up := n; up != nil; up = up.Parent() {
			if _, ok := cutID(up); ok || up.Parent() == nil {
				if to := find(up, ref[1:]); to != nil {
					return to
				}
			}
		}
		return nil
	}
	full := join(f.base(n), ref)
	if to := f.ids[full]; to != nil {
		return to
	}
	file, fragment, _ := strings.Cut(full, "#")
	root := f.ids[file]
	if root == nil || fragment != "" && !strings.HasPrefix(fragment, "/") {
		return nil
	}
	return find(root, fragment)
}

// base returns what references of a node are relative to.
func (f *files) base(n *openapi.Node) string {
	var ids []string
	for up := n; up != nil; up = up.Parent() {
		if id, ok := cutID(up); ok {
			ids = append(ids, id)
		}
	}
	base := n.Source().Name()
	for i := len(ids) - 1; i >= 0; i-- {
		base = join(base, ids[i])
	}
	file, _, _ := strings.Cut(base, "#")
	return file
}

func find(root *openapi.Node, fragment string) *openapi.Node {
	if text, err := url.PathUnescape(fragment); err == nil {
		fragment = text
	}
	tokens, err := openapi.ParsePointer(fragment)
	if err != nil {
		return nil
	}
	return root.Find(tokens...)
}

// resolve follows references to what is no reference, nil where they lead
// nowhere.
func (f *files) resolve(n *openapi.Node) *openapi.Node {
	for range 100 {
		if !n.Get("$ref").Is(openapi.String) {
			return n
		}
		n = f.step(n)
	}
	return nil
}
