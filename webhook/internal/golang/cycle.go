package golang

import "github.com/plumbapi/plumb/webhook"

// maxSize is how many bytes a struct has at most; what would make it larger is
// held as a pointer. A description of 40 short types can else ask for a struct
// of 2⁴⁰ bytes.
const maxSize = 16 << 10

// breakCycles finds the fields that hold a pointer: those that the model says
// lead back to their type, those that do so whatever it says, and those of
// types that are too large.
func (p *plan) breakCycles() {
	const open, done = 1, 2
	state := map[*webhook.Type]int{}
	size := map[*webhook.Type]int{}
	var visit func(t *webhook.Type)
	visit = func(t *webhook.Type) {
		state[t] = open
		total := 8
		for _, f := range t.Fields {
			if f.Type == nil || f.Type.Kind != webhook.Object {
				total += 24 + 8
				continue
			}
			if state[f.Type] == 0 && !f.Recursive {
				visit(f.Type)
			}
			if f.Recursive || state[f.Type] == open || total+size[f.Type] > maxSize {
				p.pointers[f], p.held[f.Type] = true, true
				total += 16
				continue
			}
			total += size[f.Type] + 8
		}
		state[t], size[t] = done, total
	}
	for _, t := range p.types {
		if t.Kind == webhook.Object && state[t] == 0 {
			visit(t)
		}
	}
}
