package parity

import (
	"math"
	"strings"

	"github.com/plumbapi/plumb/parity/internal/gql"
	"github.com/plumbapi/plumb/parity/internal/match"
	"github.com/plumbapi/plumb/parity/internal/rest"
)

// operation makes the public form of what the matcher found.
func operation(m *match.Operation) *Operation {
	op := m.REST
	out := &Operation{
		Operation: op.Key, Status: Status(m.Status), Reason: Reason(m.Reason), Confidence: probability(m.Confidence),
		GraphQL: m.Coordinates, Path: m.Path, Why: m.Why, Source: Matched,
		Tags: op.Tags, Write: op.Method != "GET", Deprecated: op.Deprecated, Weight: 1,
		Node: op.Source, Location: op.Source.Node.KeyLocation(),
	}
	if m.Declared {
		out.Source = Declared
	}
	if len(out.Tags) == 0 && len(op.Segments) > 0 {
		out.Tags = []string{op.Segments[0].Text}
	}
	for _, c := range m.Candidates {
		out.Candidates = append(out.Candidates, candidate(c))
	}
	return out
}

func candidate(c match.Candidate) Candidate {
	out := Candidate{
		Coordinate: c.Coordinate, Path: c.Path, Status: Status(c.Status), Reason: Reason(c.Reason),
		Confidence: probability(c.Confidence), Evidence: make([]Evidence, len(c.Evidence)),
	}
	for i, e := range c.Evidence {
		out.Evidence[i] = Evidence{Weight: fourDigits(e.Weight), Text: e.Text}
	}
	return out
}

// fourDigits writes a number with four digits: further ones say nothing, and
// may be others on another machine.
func fourDigits(x float64) float64 { return math.Round(x*10000) / 10000 }

// probability writes a probability with four digits. One that is not quite
// certain does not become certain.
func probability(p float64) float64 {
	if p < 1 {
		return min(fourDigits(p), 0.9999)
	}
	return p
}

// typePair makes the public form of what the matcher found.
func typePair(m *match.Type) *Type {
	out := &Type{
		REST: m.REST.Pointer, Name: m.REST.Name, Status: Status(m.Status), Confidence: probability(m.Confidence),
		Why: m.Why, Alternatives: m.Alternatives, Source: Matched, Location: m.REST.Node.KeyLocation(),
	}
	if m.GraphQL != nil {
		out.GraphQL = m.GraphQL.Name
	}
	return out
}

// link finds the elements of both sides that the decisions are about.
func (p *pairing) link(res *Result) {
	schemas := map[string]*rest.Schema{}
	for _, s := range p.rest.Schemas {
		schemas[s.Pointer] = s
	}
	p.typeOf = map[*rest.Schema]*gql.Type{}
	for _, t := range res.Types {
		s, typ := schemas[t.REST], p.gql.Type(t.GraphQL)
		if s == nil || typ == nil || t.Status == StatusNone {
			continue
		}
		p.types = append(p.types, typeLink{s, typ, t})
		p.typeOf[s] = typ
	}
	ops := map[string]*rest.Operation{}
	for _, op := range p.rest.Operations {
		ops[op.Key] = op
	}
	for _, o := range res.Operations {
		if o.Status == StatusNone || len(o.GraphQL) == 0 {
			continue
		}
		if f := p.field(o.GraphQL[0]); f != nil {
			p.operations = append(p.operations, operationLink{ops[o.Operation], f, o})
		}
	}
}

// field returns the field that a coordinate names, nil where there is none.
// The root fields that stand apart (node) are found too.
func (p *pairing) field(coordinate string) *gql.Field {
	typ, name, _ := strings.Cut(coordinate, ".")
	if t := p.gql.Type(typ); t != nil {
		return t.Field(name)
	}
	switch src := p.gql.Source; {
	case typ == "Query" && src.Query != nil:
		return p.gql.Type(src.Query.Name).Field(name)
	case typ == "Mutation" && src.Mutation != nil:
		return p.gql.Type(src.Mutation.Name).Field(name)
	}
	return nil
}
