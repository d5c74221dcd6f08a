package parity_test

import (
	"bytes"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/plumbapi/plumb/graphql"
	"github.com/plumbapi/plumb/openapi"
)

// piece is a part of a text whose own parts may stand in any order, unless it
// is fixed.
type piece struct {
	start, end int
	parts      []piece
	fixed      bool
}

// shuffled returns a piece of a text with the parts in another order, at all
// depths. What stands between them stays where it is.
func (p piece) shuffled(text []byte, r *rand.Rand) string {
	var out strings.Builder
	order := r.Perm(len(p.parts))
	at := p.start
	for i, part := range p.parts {
		out.Write(text[at:part.start])
		if p.fixed {
			order[i] = i
		}
		out.WriteString(p.parts[order[i]].shuffled(text, r))
		at = part.end
	}
	out.Write(text[at:p.end])
	return out.String()
}

// sdlPieces are the types of a schema, their fields and values, and the
// arguments of those.
func sdlPieces(s *graphql.Schema, text []byte) piece {
	twice := map[string]bool{} // of a field that is defined twice the first counts
	for _, f := range s.Problems() {
		typ, _, _ := strings.Cut(f.Location.Element, ".")
		twice[typ] = true
	}
	root := piece{end: len(text)}
	for _, t := range s.Types {
		if twice[t.Name] || len(t.Extensions) > 0 {
			continue
		}
		p := span(t)
		for _, f := range t.Fields {
			q := span(f)
			for _, a := range f.Args {
				q.parts = append(q.parts, span(a))
			}
			p.parts = append(p.parts, q)
		}
		for _, f := range t.InputFields {
			p.parts = append(p.parts, span(f))
		}
		for _, v := range t.EnumValues {
			p.parts = append(p.parts, span(v))
		}
		root.parts = append(root.parts, p)
	}
	return root
}

func span(e graphql.Element) piece {
	start, end := e.Base().Span()
	return piece{start: start, end: end}
}

// nodePieces are the members of the objects of a description, and the lists
// of which the order says nothing.
func nodePieces(n *openapi.Node, text []byte) piece {
	start, end := n.Offsets()
	free := n.Is(openapi.Object) || slices.Contains([]string{"parameters", "enum", "required"}, n.Key())
	p := piece{start: start, end: end, fixed: !free}
	for _, c := range n.Children() {
		q := nodePieces(c, text)
		if n.Is(openapi.Object) {
			q.start, _ = c.KeyOffsets()
			if bytes.HasSuffix(text[:q.start], []byte("? ")) {
				continue // YAML marks long keys
			}
		}
		p.parts = append(p.parts, q)
	}
	return p
}

// reordered returns the descriptions of a product with everything in another
// order.
func (p *product) reordered(seed uint64) (rest, gql []byte) {
	r := rand.New(rand.NewPCG(seed, 2))
	return []byte(nodePieces(p.doc.Root(), p.rest).whole(p.rest).shuffled(p.rest, r)), []byte(sdlPieces(p.schema, p.gql).shuffled(p.gql, r))
}

// whole is a piece with what stands before and behind it.
func (p piece) whole(text []byte) piece {
	return piece{end: len(text), parts: []piece{p}}
}
