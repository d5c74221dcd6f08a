package typed

import (
	"github.com/plumbapi/plumb/openapi"
)

// Resolved is what a reference stands for.
type Resolved struct {
	// Node is what it stands for in the end, nil where it leads nowhere.
	Node *openapi.Node
	// Chain are the references on the way that have other members beside $ref.
	Chain []*openapi.Node
	// Problem says why Node is nil.
	Problem string
}

// maxHops bounds how many references lead from one to the next.
const maxHops = 200

// IsRef reports whether a value is a reference: an object with a string $ref.
func IsRef(n *openapi.Node) bool {
	return n.Is(openapi.Object) && n.Get("$ref").Is(openapi.String)
}

// composed reports whether a reference has other members too.
func composed(n *openapi.Node) bool { return IsRef(n) && n.Len() > 1 }

// Resolve follows a value that is a reference; any other stands for itself.
func (w *Walk) Resolve(n *openapi.Node) Resolved {
	if !IsRef(n) {
		return Resolved{Node: n}
	}
	if r, ok := w.resolved[n]; ok {
		return r
	}
	r := w.follow(n)
	w.resolved[n] = r
	return r
}

// Follow returns what a text that is a reference stands for, read where the value
// stands.
func (w *Walk) Follow(from *openapi.Node, ref string) Resolved {
	to, err := w.Doc.Lookup(from, ref)
	if err != nil {
		return Resolved{Problem: err.Error()}
	}
	return w.Resolve(to)
}

func (w *Walk) follow(n *openapi.Node) Resolved {
	var out Resolved
	at := n
	for range maxHops {
		to, problem := w.step(at)
		switch {
		case to == nil:
			return Resolved{Problem: problem}
		case !IsRef(to):
			out.Node = to
			return out
		case to == n:
			return Resolved{Problem: "it leads in a circle"}
		}
		if composed(to) {
			out.Chain = append(out.Chain, to)
		}
		at = to
	}
	return Resolved{Problem: "it leads in a circle"}
}

// step follows one reference, one step on.
func (w *Walk) step(n *openapi.Node) (to *openapi.Node, problem string) {
	if r := w.Doc.Ref(n); r != nil {
		return r.Target, r.Problem
	}
	to, err := w.Doc.Lookup(n, n.Get("$ref").Text())
	if err != nil {
		return nil, err.Error()
	}
	return to, ""
}
