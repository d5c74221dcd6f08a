package hook

func (d *decoder) list(p list, c byte) outcome {
	if c != '[' {
		return d.misfit(DriftType, "array")
	}
	if len(d.path) >= MaxDepth {
		return d.misfit(DriftDepth, "array")
	}
	d.at++
	if c = d.space(); c == ']' {
		d.at++
		p.hookList(listMake, 0)
		return fits
	}
	p.hookList(listMake, d.count())
	d.path = append(d.path, step{})
	top := len(d.path) - 1
	var strays []*item
	kind := otherPlace
	for n := 0; ; n++ {
		d.path[top].n = n
		start := d.at
		_, place := p.hookList(listAdd, 0)
		if n == 0 {
			kind = kindOfPlace(place)
		}
		switch d.field(kind, otherPlace, place, c) {
		case broken:
			return broken
		case misfit:
			if s := d.stray(start); s != nil {
				strays = append(strays, s)
			}
		}
		switch c = d.space(); c {
		case ',':
			d.at++
			c = d.space()
		case ']':
			d.at++
			for _, s := range strays {
				s.of = n + 1
			}
			d.path = d.path[:top]
			return fits
		default:
			return d.fail("no comma or bracket after an item")
		}
	}
}

// count returns how many items the list at hand has, as far as that can be told
// from its first bytes.
func (d *decoder) count() int {
	const look = 4096
	n, i, end := 1, d.at, min(len(d.b), d.at+look)
	b := d.b[:end]
	for depth := 0; i < end; i++ {
		switch b[i] {
		case '"':
			i = stringEnd(b, i) - 1
		case '{', '[':
			depth++
		case '}', ']':
			if depth--; depth < 0 {
				return n
			}
		case ',':
			if depth == 0 {
				n++
			}
		}
	}
	return n
}

func (d *decoder) dictionary(p dictionary, c byte) outcome {
	if c != '{' {
		return d.misfit(DriftType, "object")
	}
	if len(d.path) >= MaxDepth {
		return d.misfit(DriftDepth, "object")
	}
	p.hookMap(mapMake, "", nil)
	d.at++
	if c = d.space(); c == '}' {
		d.at++
		return fits
	}
	d.path = append(d.path, step{n: -1})
	top := len(d.path) - 1
	_, room := p.hookMap(mapRoom, "", nil)
	for {
		if c != '"' {
			return d.fail("no name of a member")
		}
		var name string
		if d.text(&name) == broken {
			return broken
		}
		d.path[top].name = name
		if c = d.space(); c != ':' {
			return d.fail("no colon after a name")
		}
		d.at++
		c = d.space()
		start := d.at
		if _, double := p.hookMap(mapGet, name, nil); double != nil {
			d.tell(DriftDuplicate, "", "")
			d.dropStray()
		}
		switch d.value(room, c) {
		case broken:
			return broken
		case misfit:
			d.stray(start)
		}
		p.hookMap(mapPut, name, room)
		switch c = d.space(); c {
		case ',':
			d.at++
			c = d.space()
		case '}':
			d.at++
			d.path = d.path[:top]
			return fits
		default:
			return d.fail("no comma or brace after a member")
		}
	}
}

// stray keeps the token of an item or a value of a map with the object that it
// is in.
func (d *decoder) stray(start int) *item {
	object, key := d.keeper()
	if object == nil {
		return nil
	}
	h := hold(object)
	if h.items == nil {
		h.items = map[string]*item{}
	}
	s := &item{token: Raw(d.view(start, d.at))}
	h.items[key] = s
	return s
}

func (d *decoder) dropStray() {
	if object, key := d.keeper(); object != nil && object.held != nil {
		delete(object.held.items, key)
	}
}

// keeper returns the object that the value at hand is in, and its path below
// that.
func (d *decoder) keeper() (*Extra, string) {
	for i := len(d.path) - 1; i >= 0; i-- {
		if d.path[i].of != nil {
			return d.path[i].extra, pointer(d.path[i:])
		}
	}
	return nil, ""
}
