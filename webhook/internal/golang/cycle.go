package golang

import "github.com/plumbapi/plumb/webhook"

// maxSize is how many bytes a struct has at most: an object whose struct would
// make that of another one larger is held by a pointer there. Structs of real
// payloads have up to some 20,000; a description of 40 short types can ask for
// one of 2⁴⁰.
const maxSize = 64 << 10

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
		total := 8 // of what the object has beyond its fields
		for _, f := range t.Fields {
			if f.Optional || f.Nullable {
				total += 8
			}
			if f.Type == nil || f.Type.Kind != webhook.Object {
				total += wordSize(f.Type)
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
			total += size[f.Type]
		}
		state[t], size[t] = done, total
	}
	for _, t := range p.types {
		if t.Kind == webhook.Object && state[t] == 0 {
			visit(t)
		}
	}
}

// wordSize is how many bytes a value has that is no object.
func wordSize(t *webhook.Type) int {
	if t == nil {
		return 16
	}
	switch t.Kind {
	case webhook.Integer, webhook.Boolean, webhook.Map:
		return 8
	case webhook.List:
		return 24
	}
	return 16
}
