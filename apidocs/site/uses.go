package site

import (
	"github.com/plumbapi/plumb/apidocs"
	"github.com/plumbapi/plumb/openapi"
)

// uses are the entries that refer to a schema with a page, in the order of the
// reference.
type uses map[*openapi.Node][]*apidocs.Entry

func (u uses) of(e *apidocs.Entry) []*apidocs.Entry { return u[e.Node] }

// usesOf finds what refers to each schema: a reference belongs to the entry
// that it is written in.
func usesOf(ref *apidocs.Reference) uses {
	at := map[*openapi.Node]*apidocs.Entry{}
	for _, e := range ref.Entries {
		switch {
		case e.Operation != nil:
			at[e.Operation.Node] = e
		case e.Node != nil:
			at[e.Node] = e
		}
	}
	found := uses{}
	for _, doc := range ref.Documents() {
		for _, r := range doc.Refs() {
			target := doc.Resolve(r.Node)
			if ref.OfNode(target) == nil {
				continue
			}
			for n := r.Node; n != nil; n = n.Parent() {
				if e := at[n]; e != nil {
					if list := found[target]; len(list) == 0 || list[len(list)-1] != e {
						found[target] = append(list, e)
					}
					break
				}
			}
		}
	}
	for n, list := range found {
		found[n] = unique(list)
	}
	return found
}

func unique(list []*apidocs.Entry) []*apidocs.Entry {
	seen := make(map[*apidocs.Entry]bool, len(list))
	out := list[:0]
	for _, e := range list {
		if !seen[e] {
			seen[e] = true
			out = append(out, e)
		}
	}
	return out
}
