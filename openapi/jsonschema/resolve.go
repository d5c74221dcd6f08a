package jsonschema

import (
	"net/url"
	"strings"

	"github.com/plumbapi/plumb/openapi"
)

// resource is a schema with a URI of its own: the root of a tree, or a
// schema with an $id.
type resource struct {
	base    *url.URL
	root    *openapi.Node
	anchors map[string]*openapi.Node
	dynamic map[string]*Schema // $dynamicAnchor, also in anchors
}

// tree is what is known of a text that holds schemas.
type tree struct {
	byURI map[string]*resource
	own   map[*openapi.Node]*resource
}

// follow returns what a schema with a $ref names, one step on.
func (c *Compiler) follow(n *openapi.Node) *openapi.Node {
	if c.opts.Follow != nil {
		return c.opts.Follow(n)
	}
	target, _ := c.locate(n, n.Get("$ref").Text())
	return target
}

// dynamicTarget returns what a $dynamicRef names where nothing overrides it,
// and the anchor by which the dynamic scope may override it.
func (c *Compiler) dynamicTarget(s *Schema, ref string) (target *openapi.Node, anchor string) {
	target, fragment := c.locate(s.node, ref)
	if a, ok := target.Get("$dynamicAnchor").Str(); ok && a == fragment {
		c.anchors[a] = true
		return target, a
	}
	return target, ""
}

// locate finds what a reference within the schema n names.
func (c *Compiler) locate(n *openapi.Node, ref string) (target *openapi.Node, fragment string) {
	u, err := url.Parse(ref)
	if err != nil {
		return nil, ""
	}
	t := c.tree(c.rootOf(n))
	from := t.resourceOf(n)
	if n.Get(c.idKeyword()).Is(openapi.String) && !c.dialect.modern() && n.Parent() != nil {
		// Beside a $ref an $id says nothing.
		from = t.resourceOf(n.Parent())
	}
	r := from
	if !strings.HasPrefix(ref, "#") {
		abs := *from.base.ResolveReference(u)
		abs.Fragment, abs.RawFragment = "", ""
		if r = c.byURI(t, abs.String()); r == nil {
			return nil, ""
		}
	}
	switch {
	case u.Fragment == "":
		return r.root, ""
	case u.Fragment[0] == '/':
		tokens, err := openapi.ParsePointer(u.Fragment)
		if err != nil {
			return nil, ""
		}
		return r.root.Find(tokens...), ""
	}
	return r.anchors[u.Fragment], u.Fragment
}

// byURI finds a resource in a tree, then among those that the caller gave.
func (c *Compiler) byURI(t *tree, uri string) *resource {
	if r := t.byURI[uri]; r != nil {
		return r
	}
	for _, u := range []string{uri, uri + "#", strings.TrimSuffix(uri, "#")} {
		if root := c.opts.Resources[u]; root != nil {
			base, err := url.Parse(uri)
			if err != nil {
				return nil
			}
			if c.trees[root] == nil {
				c.index(root, base)
			}
			return c.trees[root].own[root]
		}
	}
	// An $id within a resource that was met already.
	for _, other := range c.treeList {
		if r := other.byURI[uri]; r != nil {
			return r
		}
	}
	return nil
}

func (c *Compiler) tree(root *openapi.Node) *tree {
	if t := c.trees[root]; t != nil {
		return t
	}
	return c.index(root, &url.URL{})
}

// index finds the resources and anchors of a tree.
func (c *Compiler) index(root *openapi.Node, base *url.URL) *tree {
	t := &tree{byURI: map[string]*resource{}, own: map[*openapi.Node]*resource{}}
	c.trees[root] = t
	c.treeList = append(c.treeList, t)
	t.add(root, base)
	c.indexBelow(t, root, t.own[root])
	return t
}

func (t *tree) add(n *openapi.Node, base *url.URL) *resource {
	r := &resource{base: base, root: n, anchors: map[string]*openapi.Node{}, dynamic: map[string]*Schema{}}
	t.own[n] = r
	if uri := base.String(); t.byURI[uri] == nil {
		t.byURI[uri] = r
	}
	return r
}

func (c *Compiler) indexBelow(t *tree, n *openapi.Node, r *resource) {
	if n.Is(openapi.Object) {
		id, ok := n.Get(c.idKeyword()).Str()
		if ok && !(n.Has("$ref") && !c.dialect.modern()) {
			r = t.identify(n, r, id)
		}
		if c.dialect.modern() {
			for _, k := range []string{"$anchor", "$dynamicAnchor"} {
				if a, ok := n.Get(k).Str(); ok && r.anchors[a] == nil {
					r.anchors[a] = n
				}
			}
		}
	}
	for _, child := range n.Children() {
		switch child.Key() {
		case "enum", "const", "default", "example", "examples":
			if n.Is(openapi.Object) && n.Key() != "properties" {
				continue
			}
		}
		if child.Len() > 0 {
			c.indexBelow(t, child, r)
		}
	}
}

// identify reads an $id: a new resource, or in old drafts an anchor.
func (t *tree) identify(n *openapi.Node, r *resource, id string) *resource {
	u, err := url.Parse(id)
	if err != nil {
		return r
	}
	if strings.HasPrefix(id, "#") {
		if id != "#" && r.anchors[u.Fragment] == nil {
			r.anchors[u.Fragment] = n
		}
		return r
	}
	abs := r.base.ResolveReference(u)
	abs.Fragment, abs.RawFragment = "", ""
	if r.root == n {
		r.base = abs
		t.byURI[abs.String()] = r
		return r
	}
	return t.add(n, abs)
}

// resourceOf returns the resource that a node belongs to.
func (t *tree) resourceOf(n *openapi.Node) *resource {
	for ; n != nil; n = n.Parent() {
		if r := t.own[n]; r != nil {
			return r
		}
	}
	return nil
}

// resourceOf returns the resource of a schema where references are resolved
// by URI, nil where the document resolves them.
func (c *Compiler) resourceOf(n *openapi.Node) *resource {
	if c.opts.Follow != nil {
		return nil
	}
	return c.tree(c.rootOf(n)).resourceOf(n)
}

// dynamicSchemas compiles what $dynamicRef may come to in the resources that
// are known.
func (c *Compiler) dynamicSchemas() {
	for i := 0; i < len(c.treeList) && len(c.anchors) > 0; i++ {
		for _, r := range c.treeList[i].own {
			for name := range c.anchors {
				n := r.anchors[name]
				if n != nil && n.Has("$dynamicAnchor") && r.dynamic[name] == nil {
					r.dynamic[name] = c.schema(n)
				}
			}
		}
	}
}

func (c *Compiler) idKeyword() string {
	if c.dialect.draft04() {
		return "id"
	}
	return "$id"
}

// rootOf is the schema that holds all others of a text.
func (c *Compiler) rootOf(n *openapi.Node) *openapi.Node {
	for n.Parent() != nil && n != c.opts.Root {
		n = n.Parent()
	}
	return n
}
