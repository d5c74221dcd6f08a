package perf

import (
	"strings"

	"github.com/plumbapi/plumb/openapi"
)

// maxSteps bounds the requests of a session.
const maxSteps = 100

// sessions reads the chains. What only they name is added to the operations,
// without weight.
func (r *planReader) sessions() {
	for _, n := range r.root.Get("sessions").Children() {
		s := Session{Name: n.Key(), Weight: 1, Location: n.KeyLocation()}
		if w := n.Get("weight"); w != nil {
			s.Weight, _ = w.Float()
		}
		steps := n.Get("steps")
		if steps.Len() == 0 {
			r.fault(steps, "session %q has no steps", s.Name)
		}
		if steps.Len() > maxSteps {
			r.fault(steps, "session %q has more than %d steps", s.Name, maxSteps)
			continue
		}
		for _, step := range steps.Children() {
			at := step.Get("operation")
			i := r.plan.Operation(at.Text())
			if i < 0 {
				i = r.stepOperation(at)
			}
			if i < 0 {
				continue
			}
			st := Step{Operation: i}
			for _, k := range step.Get("keep").Children() {
				keep := Keep{Name: k.Key(), Pointer: k.Text()}
				if header, ok := strings.CutPrefix(k.Text(), headerWord); ok {
					keep.Pointer, keep.Header = "", strings.TrimSpace(header)
				}
				st.Keeps = append(st.Keeps, keep)
			}
			s.Steps = append(s.Steps, st)
		}
		r.plan.Sessions = append(r.plan.Sessions, s)
	}
}

// stepOperation finds an operation that the plan does not name by its own name,
// and adds it where the plan does not have it at all.
func (r *planReader) stepOperation(at *openapi.Node) int {
	of := r.find(at.Text(), func(format string, args ...any) { r.fault(at, format, args...) })
	if of == nil {
		return -1
	}
	if i, ok := r.index[of]; ok {
		return i
	}
	i := r.add(nil, of)
	r.plan.Operations[i].Weight, r.plan.Operations[i].Location = 0, at.Location()
	return i
}

const headerWord = "header "

// validKeep says what is wrong with what a step keeps.
func validKeep(text string) string {
	if header, ok := strings.CutPrefix(text, headerWord); ok {
		if !headerName.MatchString(strings.TrimSpace(header)) {
			return "names no header; expected a form such as header Location"
		}
		return ""
	}
	if validPointer(text) != "" {
		return "is neither a JSON Pointer, such as /id, nor a header, such as header Location"
	}
	return ""
}

// validPointer says what is wrong with a JSON Pointer.
func validPointer(text string) string {
	if _, err := openapi.ParsePointer(text); err != nil || text == "" || len(text) > 1000 {
		return "is no JSON Pointer, such as /id"
	}
	return ""
}

// data reads feeders and pools.
func (r *planReader) data() {
	for _, n := range r.root.Get("data").Children() {
		f := Feeder{Name: n.Key(), File: n.Get("file").Text(), Order: "sequential", Location: n.KeyLocation()}
		if o := n.Get("order"); o != nil {
			f.Order = o.Text()
		}
		r.named(n)
		r.plan.Feeders = append(r.plan.Feeders, f)
	}
	for _, n := range r.root.Get("pools").Children() {
		p := Pool{Name: n.Key(), Take: n.Get("take").IsTrue(), Max: 10_000, Location: n.KeyLocation()}
		if m := n.Get("max"); m != nil {
			most, ok := m.Int()
			if !ok {
				r.fault(m, "pools.%s.max is %s; expected a whole number", n.Key(), m.Text())
			}
			p.Max = int(most)
		}
		r.named(n)
		r.plan.Pools = append(r.plan.Pools, p)
	}
}

// named checks the name of what {{…}} refers to.
func (r *planReader) named(n *openapi.Node) {
	switch {
	case !placeName.MatchString(n.Key()):
		r.wrong(n, "%.120q is no name for {{…}}; expected letters, digits, - and _", n.Key())
	case n.Key() == seqName:
		r.wrong(n, "{{%s}} is the number of the request; choose another name", seqName)
	}
}
