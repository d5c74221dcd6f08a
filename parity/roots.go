package parity

import (
	"math"
	"slices"
	"strings"

	"github.com/plumbapi/plumb/parity/internal/gql"
	"github.com/plumbapi/plumb/parity/internal/rest"
	"github.com/plumbapi/plumb/parity/internal/word"
)

// roots looks from the other side: at the queries and mutations, and which
// operations of REST correspond to each.
func roots(p *pairing, res *Result) []*Root {
	p.groups = newGrouping(p, res)
	for i, s := range p.rest.Schemas {
		if i < len(res.Types) && res.Types[i].REST == s.Pointer {
			res.Types[i].Group = p.groups.schemas[s]
		}
	}
	r := &rooting{p: p, direct: map[string][]*Operation{}, anchors: map[string]bool{}, considered: map[string]float64{}}
	for _, op := range res.Operations {
		r.operation(op)
	}
	list := make([]*Root, 0, len(p.gql.Queries)+len(p.gql.Mutations))
	for _, fields := range [...][]*gql.Field{p.gql.Mutations, p.gql.Queries} {
		for _, f := range fields {
			list = append(list, r.root(f))
		}
	}
	slices.SortStableFunc(list, func(a, b *Root) int { return strings.Compare(a.Coordinate, b.Coordinate) })
	return list
}

// rooting is what the operations say about root fields.
type rooting struct {
	p       *pairing
	direct  map[string][]*Operation // by coordinate
	anchors map[string]bool         // queries through which paths lead
	// considered is how likely the likeliest candidate at a coordinate was.
	considered map[string]float64
}

func (r *rooting) operation(op *Operation) {
	for _, c := range op.Candidates {
		r.considered[c.Coordinate] = max(r.considered[c.Coordinate], c.Confidence)
	}
	if op.Status == StatusNone {
		return
	}
	for _, c := range op.GraphQL {
		r.direct[c] = append(r.direct[c], op)
	}
	if q := r.p.gql.Source.Query; q != nil && op.Path != "" && !op.Write {
		first, _, deeper := strings.Cut(op.Path, ".")
		if deeper {
			r.anchors[q.Name+"."+first] = true
		}
	}
}

func (r *rooting) root(f *gql.Field) *Root {
	root := &Root{
		Coordinate: f.Coordinate, Status: StatusNone, Operations: []string{},
		Confidence: fourDigits(1 - r.considered[f.Coordinate]),
		Deprecated: f.Deprecated, Experimental: f.Experimental, Location: f.Source.Location(),
	}
	if r.anchors[f.Coordinate] {
		// Nothing of REST answers what the query does, but what lies behind it.
		root.Status, root.Confidence = StatusPartial, 0.5
	}
	ops := r.direct[f.Coordinate]
	for _, op := range ops {
		root.Operations = append(root.Operations, op.Operation)
		switch {
		case root.Status != StatusMatch && op.Status == StatusMatch:
			root.Status, root.Confidence = StatusMatch, op.Confidence
		case root.Status == StatusNone:
			root.Status, root.Confidence = StatusPartial, op.Confidence
		case root.Status == op.Status:
			root.Confidence = max(root.Confidence, op.Confidence)
		}
	}
	root.Group = r.p.groups.root(f, ops)
	return root
}

// grouping knows which tag things belong to.
type grouping struct {
	schemas map[*rest.Schema]string // of named schemas
	types   map[*gql.Type]votes
	words   map[word.ID]votes
	verb    func(word.ID) bool
	all     int
}

// votes counts, for one thing, the operations of each tag.
type votes map[string]float64

// winner returns the tag with the most votes, of equal ones the first by
// name; "" where there are none.
func (v votes) winner() string {
	most := 0.0
	for _, n := range v {
		most = max(most, n)
	}
	best := ""
	for tag, n := range v {
		if n > 0 && n >= most-1e-9 && (best == "" || tag < best) { // sums of fractions differ by their order
			best = tag
		}
	}
	return best
}

func vote[K comparable](m map[K]votes, key K, tag string, n float64) {
	if m[key] == nil {
		m[key] = votes{}
	}
	m[key][tag] += n
}

func newGrouping(p *pairing, res *Result) *grouping {
	g := &grouping{schemas: map[*rest.Schema]string{}, types: map[*gql.Type]votes{}, words: map[word.ID]votes{}}
	g.verb = func(w word.ID) bool { return p.lex.Verb(w) != word.NoVerb }
	ballots := map[*rest.Schema]votes{}
	for i, op := range p.rest.Operations {
		if i >= len(res.Operations) || res.Operations[i].Operation != op.Key {
			continue
		}
		tag := groupOf(res.Operations[i])
		res.Operations[i].Schema = about(op)
		g.all++
		for _, s := range op.Segments {
			if s.Param {
				continue
			}
			for _, w := range s.Words.Set {
				vote(g.words, w, tag, 1)
			}
		}
		for _, part := range [...]struct {
			schema *rest.Schema
			n      float64
		}{{op.Item, 3}, {op.Body, 2}, {op.Response, 1}} {
			if part.schema != nil {
				vote(ballots, part.schema, tag, part.n)
			}
		}
	}
	for _, t := range p.types {
		for tag, n := range ballots[t.schema] {
			vote(g.types, t.typ, tag, n)
		}
	}
	g.spread(p, ballots)
	return g
}

// about names the schema that an operation is about.
func about(op *rest.Operation) string {
	for _, s := range [...]*rest.Schema{op.Item, op.Response, op.Body} {
		if s != nil && s.Name != "" {
			return s.Name
		}
	}
	return ""
}

// spread gives schemas the tag of most operations about them, and those that
// no operation is about the tag of a schema that they are part of.
func (g *grouping) spread(p *pairing, ballots map[*rest.Schema]votes) {
	var queue []*rest.Schema
	for _, s := range p.rest.Schemas {
		if tag := ballots[s].winner(); tag != "" {
			g.schemas[s] = tag
			queue = append(queue, s)
		}
	}
	for _, op := range p.rest.Operations { // what is written in place
		for _, s := range [...]*rest.Schema{op.Item, op.Body, op.Response} {
			if s != nil && g.schemas[s] == "" {
				if tag := ballots[s].winner(); tag != "" {
					g.schemas[s] = tag
					queue = append(queue, s)
				}
			}
		}
	}
	for len(queue) > 0 {
		s := queue[0]
		queue = queue[1:]
		for _, part := range parts(s) {
			if part != nil && g.schemas[part] == "" {
				g.schemas[part] = g.schemas[s]
				queue = append(queue, part)
			}
		}
	}
}

// parts are the schemas that a schema is made of, by name of property.
func parts(s *rest.Schema) []*rest.Schema {
	properties := slices.Clone(s.Properties)
	slices.SortFunc(properties, func(a, b *rest.Property) int { return strings.Compare(a.Name, b.Name) })
	list := []*rest.Schema{s.Items}
	for _, p := range properties {
		list = append(list, p.Schema)
	}
	return list
}

// root returns the tag of a root field: that of most operations that
// correspond, else of the types that it yields, else of the operations that
// speak of the same things; "" where nothing is known.
func (g *grouping) root(f *gql.Field, ops []*Operation) string {
	v := votes{}
	for _, op := range ops {
		v[groupOf(op)] += coverage(op.Status, op.Reason)
	}
	if len(v) > 0 {
		return v.winner()
	}
	targets := []*gql.Type{f.Target}
	for _, p := range f.Payload {
		targets = append(targets, p.Target)
	}
	for _, t := range targets {
		for tag, n := range g.types[t] {
			v[tag] += n
		}
	}
	if len(v) > 0 {
		return v.winner()
	}
	for _, w := range f.Words.Set {
		if g.verb(w) {
			continue // everything is created and deleted
		}
		in := g.words[w]
		total := 0.0
		for _, n := range in {
			total += n
		}
		for tag, n := range in {
			v[tag] += n / total * math.Log(1+float64(g.all)/total)
		}
	}
	return v.winner()
}
