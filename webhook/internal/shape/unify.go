package shape

// maxPasses bounds how often a graph is gone over. Each pass leaves fewer
// shapes; real descriptions need three or four.
const maxPasses = 24

// Unify makes a graph as small as it can be without losing a value that it
// takes: equal structures are one shape, unions can be told apart, objects that
// differ in presence alone are one. Payloads stay apart from one another. The
// uses are those of payloads; they are changed in place. It returns the shapes
// that are left, each after what it holds but for circles.
func Unify(payloads []*Use, note func(Note)) []*Shape {
	straighten(payloads, note)
	all := intern(payloads)
	for range maxPasses {
		changed := settleUnions(all, payloads, newJoiner(note))
		all = intern(payloads)
		if !changed && !merge(all, payloads, note) {
			break
		}
		all = intern(payloads)
	}
	for _, s := range all {
		s.uses(finish)
	}
	for _, p := range payloads {
		finish(p)
	}
	return intern(payloads)
}

// finish makes of a use one that the model can have: what is null alone is any
// value, which may be null without saying so.
func finish(u *Use) {
	if u.Shape.Kind == Null {
		u.Shape = &Shape{Kind: Any, Place: u.Shape.Place}
	}
	if u.Shape.Kind == Any {
		u.Nullable = false
	}
}

// straighten cuts circles that no object or union is part of, and so no type
// with a name: a list whose items are the list.
func straighten(payloads []*Use, note func(Note)) {
	const open, done = 1, 2
	state := map[*Shape]int{}
	var walk func(u *Use, trail map[*Shape]bool)
	walk = func(u *Use, trail map[*Shape]bool) {
		s := u.Shape
		if trail[s] {
			note(Note{s.Place, "it holds itself with no object in between; any value stands in its place"})
			u.Shape = &Shape{Kind: Any, Place: s.Place}
			return
		}
		if state[s] != 0 {
			return
		}
		state[s] = open
		next := map[*Shape]bool{}
		if s.Kind == List || s.Kind == Map {
			next = trail
			next[s] = true
		}
		s.uses(func(u *Use) { walk(u, next) })
		delete(next, s)
		state[s] = done
	}
	for _, p := range payloads {
		walk(p, map[*Shape]bool{})
	}
}
