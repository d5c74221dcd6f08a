package openapi

import (
	"cmp"
	"slices"
)

// innermost finds the smallest value, in the old tree and the new, outside of
// which nothing is another.
func (e *Edit) innermost() {
	old, now := e.Region.node, e.node
	for {
		e.old, e.now = old, now
		if old.kind != now.kind || old.kind != Object && old.kind != Array || len(old.kids) != len(now.kids) {
			return
		}
		i, _ := slices.BinarySearchFunc(old.kids, e.From, func(c *Node, at int) int { return cmp.Compare(int(c.end), at) })
		if i == len(old.kids) {
			return
		}
		old, now = old.kids[i], now.kids[i]
		// Inside the value, so that what is left and right of it is the same text.
		if old.key != now.key || int(old.start) > e.From || int(old.end) < e.To ||
			int(now.start)+e.Start != int(old.start) || int(now.end)+e.Start != int(old.end)+e.Delta {
			return
		}
	}
}

// Value returns the byte range of the smallest value in the old text outside
// of which nothing is another.
func (e *Edit) Value() (start, end int) {
	if e.Region == nil || e.old == e.Region.node {
		return e.Start, e.End
	}
	return e.old.Offsets()
}

// Scalar reports whether one scalar takes the place of another, and no member
// has another name.
func (e *Edit) Scalar() bool {
	return e.old != nil && len(e.old.kids) == 0 && len(e.now.kids) == 0 && e.old.kind < Array && e.now.kind < Array && e.old.key != "$ref"
}

// Prose reports whether nothing is another but what one summary or description
// of an object of the description says. What stands in an example is data,
// whatever its name.
func (e *Edit) Prose() bool {
	return e.Scalar() && e.old.kind == String && e.now.kind == String &&
		e.old.parent.role != NoRole && (e.old.key == "description" || e.old.key == "summary")
}

// OutsideSchemas reports whether one scalar takes the place of another that
// stands in no schema, and is none.
func (e *Edit) OutsideSchemas() bool {
	if !e.Scalar() || e.old.key == "type" || e.old.parent.key == "type" { // a schema may refer to what is none
		return false
	}
	for n := e.old; n != nil; n = n.parent {
		if n.role == SchemaRole || n.key == "schema" || n.key == "schemas" || n.key == "definitions" {
			return false
		}
	}
	return true
}

// SameReferences reports whether the region refers to what it did before, in
// the same order.
func (e *Edit) SameReferences() bool {
	return e.Region != nil && slices.Equal(references(e.Region.node, nil), references(e.node, nil))
}

// references lists the references in a part of the tree, also those that stand
// in data; what stands beside one is left out.
func references(n *Node, to []string) []string {
	if ref := n.Get("$ref"); ref.Is(String) {
		return append(to, ref.text)
	}
	for _, c := range n.kids {
		if len(c.kids) > 0 {
			to = references(c, to)
		}
	}
	return to
}
