package match

import (
	"context"
	"slices"

	"github.com/plumbapi/plumb/parity/internal/gql"
	"github.com/plumbapi/plumb/parity/internal/rest"
	"github.com/plumbapi/plumb/parity/internal/word"
)

// operations finds the counterpart of every operation, of lists before that
// of the items in them.
func (m *matcher) operations(ctx context.Context) error {
	m.tree()
	m.vocabulary()
	m.rootWords()
	m.rootCalls()
	m.reachable()
	m.findViewer()
	m.calls = m.namesCalls()
	m.byOperation = make(map[*rest.Operation]*Operation, len(m.rest.Operations))
	declared := m.declared()
	ops := ordered(m.rest.Operations)
	questions := make([]*question, len(ops))
	for i, op := range ops {
		questions[i] = m.question(op)
	}
	found := make([]*Operation, len(ops))
	if m.observe != nil {
		for i, q := range questions {
			found[i] = m.operationFor(q)
		}
	} else {
		parallel(ctx, len(ops), func(i int) { found[i] = m.operationFor(questions[i]) })
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	for i, op := range ops {
		m.byOperation[op] = found[i]
		if d := declared[op]; len(d) > 0 {
			m.declare(questions[i], found[i], d)
			continue
		}
		m.partial(questions[i], found[i])
	}
	for _, op := range m.rest.Operations {
		m.result.Operations = append(m.result.Operations, m.byOperation[op])
	}
	m.adopt()
	return nil
}

// adopt gives schemas that have no type the one that a field yields which a
// read was matched with that answers the schema.
func (m *matcher) adopt() {
	const sure = 0.8
	for _, o := range m.result.Operations {
		t := m.typeOf[o.REST.Item]
		if t == nil || t.GraphQL != nil || t.REST.Name == "" || o.Status != "match" || o.REST.Method != "GET" || o.Confidence < sure {
			continue
		}
		f := m.fieldAt(o.Coordinates[0])
		if f == nil || f.Target == nil || f.Target.Role != gql.Thing || f.List != o.REST.List {
			continue
		}
		t.GraphQL, t.Status, t.Confidence = f.Target, "match", o.Confidence*sure
		t.Why = []string{o.REST.Key + " answers it, and corresponds to " + f.Coordinate + ", which yields " + f.Target.Name}
	}
}

// declare takes what the descriptions declare for an operation.
func (m *matcher) declare(q *question, o *Operation, list []declaration) {
	o.Status, o.Reason, o.Confidence, o.Declared = "match", "", 1, true
	o.Coordinates, o.Why = o.Coordinates[:0], o.Why[:0]
	for _, d := range list {
		if !slices.Contains(o.Coordinates, d.field.Coordinate) {
			o.Coordinates = append(o.Coordinates, d.field.Coordinate)
			o.Why = append(o.Why, d.text)
		}
	}
	o.Path = m.pathTo(q, list[0].field)
}

// operationFor weighs all that an operation may correspond to and chooses.
func (m *matcher) operationFor(q *question) *Operation {
	out := &Operation{REST: q.op, Status: "none", Coordinates: []string{}, Why: []string{}}
	kind, list := "write", []*option(nil)
	var d *desk
	if q.op.Method == "GET" {
		d = m.desk(numReadEvidence)
		kind, list = "read", m.readOptions(d, q)
	} else {
		d = m.desk(numWriteEvidence)
		list = m.writeOptions(d, q)
	}
	defer m.clear(d)
	if m.observe != nil {
		m.observe(kind, q.op.Key, list)
	}
	none := settle(list)
	for _, o := range list[:min(3, len(list))] {
		if o.p > 0.001 {
			out.Candidates = append(out.Candidates, m.candidate(q, o))
		}
	}
	if len(list) == 0 || list[0].p <= none || none > maxNone {
		out.Confidence = none
		if len(out.Candidates) > 0 && out.Candidates[0].Confidence > worthNaming {
			out.Why = out.Candidates[0].whyNot()
		}
		return out
	}
	m.choose(q, out, list)
	return out
}

// maxNone is how likely it may be that nothing corresponds where something
// is chosen nevertheless: chosen so that no more than one in twelve of what
// is chosen is wrong.
const maxNone = 0.48

// worthNaming is how likely what was not chosen must be to be named.
const worthNaming = 0.02

// choose takes the best option, and those about as likely beside it.
func (m *matcher) choose(q *question, out *Operation, list []*option) {
	best := list[0]
	out.Status, out.Confidence, out.Coordinates = "match", best.p, []string{best.name}
	for _, o := range list[1:] {
		if o.p > 0.15 {
			out.Coordinates = append(out.Coordinates, o.name)
			out.Confidence += o.p
		}
	}
	out.Why = out.Candidates[0].why()
	field := best.field
	if to := successor(field); to != nil {
		field = to
		out.Coordinates = append([]string{to.Coordinate}, slices.DeleteFunc(out.Coordinates, func(c string) bool { return c == to.Coordinate })...)
		out.Why = append(out.Why, best.name+" is deprecated, and says that "+to.Coordinate+" is used instead of it")
	}
	out.Path = m.pathTo(q, field)
	if q.op.Method != "GET" && best.evidence[writeFolded] == 1 && (m.calledOf[best.field].class == word.Update || m.calledOf[best.field].class == word.Set) {
		out.Status, out.Reason = "partial", "folded"
	}
}
