package match

import (
	"slices"

	"github.com/plumbapi/plumb/parity/internal/gql"
	"github.com/plumbapi/plumb/parity/internal/word"
)

// compareContext finds how much of what the path leads through the mutation
// can be told: by its name, or by an argument such as an ID.
func (m *matcher) compareContext(q *question, f *gql.Field, given []word.ID, e []float64) {
	lost := 0.0
	nearest, lostNearest := true, false
	for _, words := range q.wording.contexts {
		hit, inName := false, false
		for _, n := range words {
			inName = inName || contains(f.Words.Set, n)
			hit = hit || contains(given, n) || contains(f.Words.Set, n)
		}
		if hit || nearest && m.calledOf[f].generic {
			if lostNearest && inName {
				e[writeNearestLost] = 1
			}
		} else {
			lost++
			lostNearest = lostNearest || nearest
		}
		nearest = false
	}
	e[writeContextLost] = min(2, lost)
}

// compareInputs compares the body with what the mutation takes.
func (m *matcher) compareInputs(q *question, f *gql.Field, e []float64) {
	if m.calledOf[f].bulk && q.item {
		e[writeBulk] = 1
	}
	props := q.bodyWords
	if len(props) > 0 {
		hit := 0
		for _, p := range props {
			for _, a := range m.calledOf[f].inputs {
				if sameInput(p, a) {
					hit++
					break
				}
			}
		}
		e[writeBody] = float64(hit) / float64(len(props)+1)
		if hit == 0 && len(props) > 1 {
			e[writeBodyNone] = 1
		}
	}
	required, known := 0, 0
	for i, a := range f.Args {
		if !a.Required {
			continue
		}
		required++
		in := m.calledOf[f].inputs[i]
		switch {
		case slices.ContainsFunc(props, func(p input) bool { return sameInput(p, in) }),
			len(common(a.Words.Set, q.pathWords)) > 0, a.Scalar == "ID" && m.calledOf[f].generic:
			known++
		}
	}
	if required > 0 {
		e[writeArgs] = float64(known) / float64(required)
	}
}

// input is the name of something that is taken, and the name of the thing
// where it is the ID of one.
type input struct{ full, bare word.Name }

func (m *matcher) input(n word.Name) input {
	return input{n, n.Without(func(w word.ID) bool {
		t := m.lex.Text(w)
		return t == "id" || t == "name" || t == "number"
	})}
}

// sameInput reports whether a property and an argument are called alike; the
// ID of a thing stands for the thing.
func sameInput(p, a input) bool {
	return slices.Equal(p.full.Set, a.full.Set) || len(p.bare.Set) > 0 && slices.Equal(p.bare.Set, a.bare.Set)
}

// compareSubject looks for interfaces among what the mutation yields: its
// subject is whatever implements one.
func (m *matcher) compareSubject(q *question, f *gql.Field, e []float64) {
	for _, p := range f.Payload {
		if p.Target == nil || len(p.Target.Possible) == 0 || p.List || p.Target.Name == "Node" {
			continue
		}
		best := 0.0
		for _, c := range q.chain {
			for _, l := range c.types[:min(2, len(c.types))] {
				if contains(p.Target.Possible, l.typ) || p.Target == l.typ {
					best = max(best, l.p)
				}
			}
		}
		for _, l := range q.at.types[:min(2, len(q.at.types))] {
			if contains(p.Target.Possible, l.typ) {
				best = max(best, l.p)
			}
		}
		e[writeSubject] = max(e[writeSubject], best)
	}
}

// comparePayload compares what is answered with what the mutation yields.
func (m *matcher) comparePayload(q *question, f *gql.Field, e []float64) {
	if len(q.answers) == 0 {
		return
	}
	best, any := 0.0, false
	if f.Target != nil && f.Payload == nil {
		any = true
		best = about(q.answers, f.Target)
	}
	for _, p := range f.Payload {
		if p.Target != nil {
			any = true
			best = max(best, about(q.answers, p.Target))
		}
	}
	e[writePayload] = best
	if any && best < 0.1 {
		e[writePayloadOther] = min(1, q.answers[0].p)
	}
}
