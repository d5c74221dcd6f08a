package parity

import "slices"

// matchKeys pairs the variables of the path with the arguments that say which
// object. A global ID stands for all that it leaves out.
func (e *exchange) matchKeys() {
	var all []choice
	for _, r := range e.rest {
		if r.role != KeyInput {
			continue
		}
		for _, g := range e.gql {
			if s := e.keyScore(r, g); s > 0 {
				all = append(all, choice{r, g, s})
			}
		}
	}
	slices.SortStableFunc(all, better)
	for _, ch := range all {
		if ch.r.partner == nil && ch.g.partner == nil {
			ch.r.partner, ch.g.partner, ch.r.score = ch.g, ch.r, ch.score
		}
	}
	e.matchGlobal()
}

// matchGlobal gives the variables that are left the ID that makes them
// needless: that of the next object down the path, else the one ID that the
// field takes beside.
func (e *exchange) matchGlobal() {
	var next *gqlInput
	for i := len(e.rest) - 1; i >= 0; i-- {
		r := e.rest[i]
		switch {
		case r.role != KeyInput:
		case r.partner != nil && r.partner.value.class == idClass || r.partner != nil && r.partner.form.last&pathWord != 0:
			next = r.partner
		case r.partner == nil && next != nil:
			r.partner, r.score = next, 6.5
		}
	}
	lone := e.loneID()
	if lone == nil {
		return
	}
	for _, r := range e.rest {
		if r.role == KeyInput && r.partner == nil && (!lone.outer || r.form.last&idWord != 0) {
			r.partner, r.score = lone, 6
			if lone.partner == nil {
				lone.partner = r
			}
		}
	}
}

// keyScore says how well an argument is the key that a variable is.
func (e *exchange) keyScore(r *restInput, g *gqlInput) float64 {
	if g.role == PagingInput || g.role == SortInput || g.hasFields() || g.value.class == boolClass || g.arg.List && g.value.class != idClass || g.parent != nil {
		return 0
	}
	about, depth := 0.0, 0.0
	if e.sameThing(r, g) {
		about = 1
	}
	if !g.outer {
		depth = 0.01 * float64(r.place) // of several the innermost
	}
	switch {
	case r.form.fold == g.form.fold && (about > 0 || r.form.last&idWord == 0 || len(r.form.stems) > 1):
		return 8 + about
	case slices.Equal(r.form.canon, g.form.canon) && r.form.last&idWord == 0:
		return 7 + about
	case about > 0 && e.keyish(r, g) && g.arg.List:
		return 6.2 + depth
	case about > 0 && e.keyish(r, g) && (g.outer || g.arg.Required || !e.link.field.List):
		return 6.5 + depth
	case !g.outer && len(g.form.stems) == 1 && g.form.last&keyWord != 0 && slices.Contains(r.form.stems, g.form.stems[0]):
		return 6.3
	}
	return 0
}

// sameThing reports whether a variable and an argument are keys of one thing.
func (e *exchange) sameThing(r *restInput, g *gqlInput) bool {
	for _, st := range append(slices.Clone(r.entity), r.form.stems...) {
		if e.names.info[st].marks&(idWord|keyWord|lightWord|pathWord|innerWord) == 0 && (slices.Contains(g.form.stems, st) || slices.Contains(g.entity, st)) {
			return true
		}
	}
	return false
}

// keyish reports whether what is left of an argument's name, less what it is
// a key of, says that it is a key.
func (e *exchange) keyish(r *restInput, g *gqlInput) bool {
	for _, st := range g.form.stems {
		if e.names.info[st].marks&(idWord|keyWord|pathWord|innerWord|lightWord|manyWord) == 0 &&
			!slices.Contains(r.entity, st) && !slices.Contains(r.form.stems, st) {
			return false
		}
	}
	return true
}

// loneID returns the one ID that a field must be given beside those that
// have a partner; nil where there are several, or where it is by its name
// that of something that the path does not speak of.
func (e *exchange) loneID() *gqlInput {
	var lone *gqlInput
	for _, g := range e.gql {
		if g.parent != nil || g.outer || g.partner != nil || !g.arg.Required || g.arg.List || g.value.class != idClass || g.form.last&idWord == 0 || e.foreign(g) {
			continue
		}
		if lone != nil {
			return nil
		}
		lone = g
	}
	if n := e.p.gql.Node; lone == nil && n != nil && !e.isWrite() && e.link.field.Parent.ByID {
		lone = &gqlInput{arg: n.Args[0], form: e.names.form(n.Args[0].Name, n.Args[0].Words), value: e.argValue(n.Args[0]), role: KeyInput, outer: true}
	}
	return lone
}

// foreign reports whether an ID names an object type that is none of those
// that the path speaks of.
func (e *exchange) foreign(g *gqlInput) bool {
	for _, w := range g.form.words {
		t := e.things[e.names.stem(e.p.lex.Text(w))]
		if t == nil || t.Source.IsAbstract() {
			continue
		}
		st := e.names.stem(e.p.lex.Text(w))
		if !slices.ContainsFunc(e.rest, func(r *restInput) bool {
			return slices.Contains(r.entity, st) || r.role == KeyInput && slices.Contains(r.form.stems, st)
		}) {
			return true
		}
	}
	return false
}
