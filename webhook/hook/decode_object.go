package hook

import "math/bits"

func (d *decoder) object(p Object, c byte) outcome {
	l := p.HookTable().ready(p)
	if c != '{' {
		return d.misfit(DriftType, l.typeName)
	}
	if len(d.path) >= MaxDepth {
		return d.misfit(DriftDepth, l.typeName)
	}
	var few [4]uint64
	seen := few[:]
	if len(l.required) > len(few) {
		seen = make([]uint64, len(l.required))
	}
	extra := p.HookExtra()
	d.path = append(d.path, step{of: l, extra: extra})
	top := len(d.path) - 1
	base := len(d.places)
	d.places = p.HookFields(d.places)
	d.used = max(d.used, len(d.places))
	places := d.places[base:]
	d.at++
	if c = d.space(); c == '}' {
		d.at++
		return d.close(p, l, seen, places)
	}
	next := 0
	for {
		if c != '"' {
			return d.fail("no name of a member")
		}
		var name string
		i := d.predicted(l, next)
		if i < 0 {
			if d.text(&name) == broken {
				return broken
			}
			i = l.find(name)
			if i >= 0 && next > 0 {
				l.fields[next-1].next.Store(uint32(i))
			}
		}
		if c = d.space(); c != ':' {
			return d.fail("no colon after a name")
		}
		d.at++
		c = d.space()
		start := d.at
		if i < 0 {
			if !d.unknown(top, name) {
				return broken
			}
		} else {
			next = i + 1
			d.path[top].n = i
			place := places[i]
			if seen[i/64]>>(i%64)&1 != 0 {
				d.tell(DriftDuplicate, "", "")
				reset(place)
				drop(extra, i)
			}
			seen[i/64] |= 1 << (i % 64)
			other := false
			if token := l.fields[i].token; token != "" {
				other = d.constant(token)
			}
			got := d.field(l.fields[i].kind, l.fields[i].inner, place, c)
			if got == broken {
				return broken
			}
			if got == misfit || other && zero(place) {
				h := hold(extra)
				h.kept = append(h.kept, kept{i, Raw(d.view(start, d.at))})
			}
		}
		switch c = d.space(); c {
		case ',':
			d.at++
			c = d.space()
		case '}':
			d.at++
			return d.close(p, l, seen, places)
		default:
			return d.fail("no comma or brace after a member")
		}
	}
}

// predicted reads the name at hand if it is the one that followed the member
// before the last time, and returns its index, -1 where it is not.
func (d *decoder) predicted(l *layout, next int) int {
	i := 0
	if next > 0 {
		i = int(l.fields[next-1].next.Load())
	}
	if i >= len(l.fields) {
		return -1
	}
	name := l.fields[i].name
	end := d.at + 1 + len(name)
	if end >= len(d.b) || d.b[end] != '"' || string(d.b[d.at+1:end]) != name {
		return -1
	}
	d.at = end + 1
	return i
}

func (d *decoder) unknown(top int, name string) bool {
	d.path[top].n, d.path[top].name = -1, name
	start := d.at
	kind := kindOf(d.b[start])
	if !d.skip() {
		return false
	}
	h := hold(d.path[top].extra)
	if len(h.unknown) < 32 {
		for _, m := range h.unknown {
			if m.name == name {
				d.tell(DriftDuplicate, "", "")
			}
		}
	}
	h.unknown = append(h.unknown, unknownMember{name, Raw(d.view(start, d.at))})
	d.tell(DriftUnknown, "", kind.String())
	return true
}

// constant reports whether the value at hand is another than the constant, and
// tells it where it is of its kind.
func (d *decoder) constant(token string) bool {
	end := d.at + len(token)
	if end < len(d.b) && string(d.b[d.at:end]) == token && (token[0] == '"' || scalarEnd(d.b, end) == end) {
		return false
	}
	if kindOf(d.b[d.at]) != kindOf(token[0]) {
		return true
	}
	got := d.b[d.at:valueEnd(d.b, d.at)]
	if token[0] == '"' && unquote(got) == unquote([]byte(token)) {
		return false
	}
	d.tell(DriftConst, token, cut(string(got)))
	return true
}

// close ends an object: it tells which required members are missing.
func (d *decoder) close(p Object, l *layout, seen []uint64, places []any) outcome {
	top := len(d.path) - 1
	for w, required := range l.required {
		for lack := required &^ seen[w]; lack != 0; lack &= lack - 1 {
			i := w*64 + bits.TrailingZeros64(lack)
			h := hold(p.HookExtra())
			h.missing = append(h.missing, int32(i))
			d.path[top].n = i
			d.tell(DriftMissing, wanted(places[i]), "nothing")
		}
	}
	d.path = d.path[:top]
	d.places = d.places[:len(d.places)-len(places)]
	return fits
}

// drop forgets what was kept for a member.
func drop(e *Extra, field int) {
	if e.held == nil {
		return
	}
	left := e.held.kept[:0]
	for _, k := range e.held.kept {
		if k.field != field {
			left = append(left, k)
		}
	}
	e.held.kept = left
}
