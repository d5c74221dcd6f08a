package hook

// maxUnions is how deep unions may nest: each is looked at before it is read.
const maxUnions = 32

// text reads a string. Escapes are undone in place.
func (d *decoder) text(p *string) outcome {
	start := d.at + 1
	end := textEnd(d.b, start)
	if d.b[end] == '"' {
		*p = d.view(start, end)
		d.at = end + 1
		return fits
	}
	w := end
	for {
		if d.b[end] == '"' {
			*p = d.view(start, w)
			d.at = end + 1
			return fits
		}
		if d.b[end] != '\\' {
			d.at = end
			return d.fail("a control character in a string")
		}
		next, n := unescape(d.b, end, w)
		if n < 0 {
			d.at = end
			return d.fail("no escape after a backslash")
		}
		w += n
		end = textEnd(d.b, next)
		w += copy(d.b[w:], d.b[next:end])
	}
}

func (d *decoder) integer(p *int64, c byte) outcome {
	i, n, negative := d.at, uint64(0), c == '-'
	if negative {
		i++
	}
	first := i
	for isDigit(d.b[i]) {
		n = n*10 + uint64(d.b[i]-'0')
		i++
	}
	if digits := i - first; digits > 0 && digits <= 18 && (d.b[first] != '0' || digits == 1) {
		if e := d.b[i]; e != '.' && e != 'e' && e != 'E' {
			d.at = i
			if *p = int64(n); negative {
				*p = -*p
			}
			return fits
		}
	}
	if c != '-' && !isDigit(c) {
		return d.misfit(DriftType, "integer")
	}
	end, ok := numberEnd(d.b, d.at)
	if !ok {
		d.at = end
		return d.fail("no digit of a number")
	}
	token := d.view(d.at, end)
	value, ok := wholeNumber(token)
	if !ok {
		d.tell(DriftNumber, "integer", cut(token))
		d.at = end
		return misfit
	}
	*p, d.at = value, end
	return fits
}

func (d *decoder) number(p *Number, c byte) outcome {
	if c != '-' && !isDigit(c) {
		return d.misfit(DriftType, "number")
	}
	start := d.at
	end, ok := numberEnd(d.b, start)
	d.at = end
	if !ok {
		return d.fail("no digit of a number")
	}
	p.token = d.view(start, end)
	return fits
}

func (d *decoder) boolean(p *bool, c byte) outcome {
	switch c {
	case 't':
		*p = true
		return d.word("true")
	case 'f':
		*p = false
		return d.word("false")
	}
	return d.misfit(DriftType, "boolean")
}

func (d *decoder) word(w string) outcome {
	if d.at+len(w) > len(d.b) || string(d.b[d.at:d.at+len(w)]) != w {
		return d.fail("no value")
	}
	d.at += len(w)
	return fits
}

func (d *decoder) moment(p *Time, c byte) outcome {
	if c != '"' && c != '-' && !isDigit(c) {
		return d.misfit(DriftType, "time")
	}
	start := d.at
	if c == '"' {
		if !d.skipText() {
			return broken
		}
	} else if !d.skip() {
		return broken
	}
	p.token = d.view(start, d.at)
	if looksLikeTime(p.token) {
		return fits
	}
	if _, err := p.Time(); err != nil {
		d.tell(DriftTime, "time", cut(p.token))
	}
	return fits
}

// looksLikeTime reports whether a token is a time of RFC 3339 in UTC without a
// fraction, as most are; false tells nothing.
func looksLikeTime(s string) bool {
	const shape = `"0000-00-00T00:00:00Z"`
	if len(s) != len(shape) {
		return false
	}
	for i := range len(shape) {
		if s[i] != shape[i] && (shape[i] != '0' || !isDigit(s[i])) {
			return false
		}
	}
	two := func(i int) int { return int(s[i]-'0')*10 + int(s[i+1]-'0') }
	month, day := two(6), two(9)
	return month >= 1 && month <= 12 && day >= 1 && day <= 28 && two(12) < 24 && two(15) < 60 && two(18) < 60
}

func (d *decoder) enum(p Enum, c byte) outcome {
	if c != '"' {
		return d.misfit(DriftType, "string")
	}
	if d.text(p.HookText()) == broken {
		return broken
	}
	if !p.Known() {
		d.tell(DriftEnum, "a known value", cut(*p.HookText()))
	}
	return fits
}

func (d *decoder) union(p Union, c byte) outcome {
	if c == 'n' {
		return d.misfit(DriftType, "a variant")
	}
	if d.unions >= maxUnions {
		return d.misfit(DriftDepth, "a variant")
	}
	d.unions++
	defer func() { d.unions-- }()
	start := d.at
	variant := p.HookPick(Peek{d.b, d.at})
	if _, lost := variant.(unknown); lost {
		d.tell(DriftVariant, "a known variant", kindOf(c).String())
	}
	got := d.value(variant, c)
	if got != misfit {
		return got
	}
	d.at = start
	return d.value(p.HookPick(Peek{}), c)
}

// reset makes the place that p points to zero.
func reset(p any) {
	switch p := p.(type) {
	case *string:
		*p = ""
	case *int64:
		*p = 0
	case *bool:
		*p = false
	case *Time:
		*p = Time{}
	case *Number:
		*p = Number{}
	case *Raw:
		*p = ""
	case *float64:
		*p = 0
	case Object:
		for _, place := range p.HookFields(nil) {
			reset(place)
		}
		p.HookExtra().held = nil
	case presence:
		p.hookPlace(placeClear)
	case list:
		p.hookList(listDrop, 0)
	case dictionary:
		p.hookMap(mapDrop, "", nil)
	case Enum:
		*p.HookText() = ""
	case Union:
		p.HookPick(Peek{})
	case holder:
		reset(p.HookInner())
	}
}
