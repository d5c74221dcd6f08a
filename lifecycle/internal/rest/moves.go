package rest

import (
	"slices"

	"github.com/plumbapi/plumb/openapi"
)

// moves says of operations that came or went what they were, or are now: those
// that go by one operationId, and those that are the same in every word. A move
// is still told as what it is for clients, one operation gone and another one
// there.
type moves map[*openapi.Node]string

// unmatched is an operation that one version has only.
type unmatchedOperation struct {
	operation
	name string
}

// findMoves pairs operations that went with those that came. What could be one
// of several is left alone.
func findMoves(both []pathMatch, added, removed []*path) moves {
	var gone, come []unmatchedOperation
	note := func(list *[]unmatchedOperation, p *path, o operation) {
		*list = append(*list, unmatchedOperation{o, o.method + " " + p.name})
	}
	for _, p := range removed {
		for _, o := range p.operations {
			note(&gone, p, o)
		}
	}
	for _, p := range added {
		for _, o := range p.operations {
			note(&come, p, o)
		}
	}
	for _, m := range both {
		for _, o := range m.base.operations {
			if m.revision.operation(o.method) == nil {
				note(&gone, m.base, o)
			}
		}
		for _, o := range m.revision.operations {
			if m.base.operation(o.method) == nil {
				note(&come, m.revision, o)
			}
		}
	}
	found := moves{}
	for _, by := range []struct {
		key func(unmatchedOperation) string
		why string
	}{{operationID, "under the same operationId"}, {wording, "in the same words"}} {
		here, there := only(gone, by.key), only(come, by.key)
		for _, o := range gone {
			k := by.key(o)
			if p := there[k]; here[k] != nil && p != nil && found[o.node] == "" && found[p.node] == "" {
				found[o.node] = "; it is " + p.name + " now, " + by.why
				found[p.node] = "; it was " + o.name + ", " + by.why
			}
		}
	}
	return found
}

// operationID tells operations apart by method and operationId.
func operationID(o unmatchedOperation) string {
	if id := o.node.Get("operationId").Text(); id != "" {
		return o.method + " " + id
	}
	return ""
}

// wording tells operations apart by their text, where they say enough.
func wording(o unmatchedOperation) string {
	if !slices.ContainsFunc(o.node.Children(), func(n *openapi.Node) bool { return n.Key() == "summary" || n.Key() == "description" }) {
		return ""
	}
	start, end := o.node.Offsets()
	return o.method + " " + o.node.Source().Text()[start:end]
}

// only maps keys to the one operation that has it.
func only(list []unmatchedOperation, key func(unmatchedOperation) string) map[string]*unmatchedOperation {
	m := map[string]*unmatchedOperation{}
	for i := range list {
		k := key(list[i])
		if _, taken := m[k]; taken || k == "" {
			m[k] = nil
			continue
		}
		m[k] = &list[i]
	}
	return m
}
