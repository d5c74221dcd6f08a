package oas

import (
	"fmt"
	"net/url"
	"strings"

	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/openapi/edit"
)

// usedTargets returns what the references of the document name, one step on.
// Also a $ref in an example counts as use. A reference to something in which
// it stands itself does not: a schema that only refers to itself is unused.
func usedTargets(doc *openapi.Document) map[*openapi.Node]bool {
	used := map[*openapi.Node]bool{}
	for _, r := range doc.Refs() {
		if r.Target != nil && r.Node.Source() != doc.Source() {
			used[r.Target] = true
		}
	}
	markUsed(doc, doc.Root(), used)
	return used
}

// markUsed marks what references in the root source name. What stands beside
// a $ref is not looked at.
func markUsed(doc *openapi.Document, n *openapi.Node, used map[*openapi.Node]bool) {
	if ref := n.Get("$ref"); ref.Is(openapi.String) {
		target := (*openapi.Node)(nil)
		if r := doc.Ref(n); r != nil {
			target = r.Target
		} else if t, err := doc.Lookup(n, ref.Text()); err == nil {
			target = t
		}
		if target != nil && !isAncestor(target, n) {
			used[target] = true
		}
		return
	}
	for _, c := range n.Children() {
		if c.Len() > 0 {
			markUsed(doc, c, used)
		}
	}
}

func isAncestor(a, n *openapi.Node) bool {
	for ; n != nil; n = n.Parent() {
		if n == a {
			return true
		}
	}
	return false
}

// reportUnused reports the members of a map of reusable objects that nothing
// uses.
func reportUnused(p *pass, section *openapi.Node, used map[*openapi.Node]bool) {
	e := &edit.Editor{}
	for _, c := range section.Children() {
		if !used[c] {
			at := Place(c)
			at.Element = unusedAt(section, c).Pointer()
			fix := edit.Unsafe(fmt.Sprintf("Remove %q", c.Key()), e.Remove(c))
			mend(p, at, fix, "%q of %s is not used", c.Key(), section.Key())
		}
	}
}

// unusedAt returns the node that Spectral names for an unused object: it
// reads the object's name as a part of a pointer, in which slashes divide and
// escapes are resolved, and goes as far as there is something.
func unusedAt(section, c *openapi.Node) *openapi.Node {
	if !strings.ContainsAny(c.Key(), "/~%") {
		return c
	}
	at := section
	for _, token := range strings.Split(c.Key(), "/") {
		if t, err := url.PathUnescape(token); err == nil {
			token = t
		}
		token = strings.ReplaceAll(strings.ReplaceAll(token, "~1", "/"), "~0", "~")
		next := at.Find(token)
		if next == nil {
			break
		}
		at = next
	}
	return at
}
