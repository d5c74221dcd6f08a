package hook

// skip reads over the value at hand and judges it, however deep it is.
func (d *decoder) skip() bool {
	base := len(d.open)
	for {
		c := d.space()
		switch kindOf(c) {
		case JSONString:
			if !d.skipText() {
				return false
			}
		case JSONNumber:
			end, ok := numberEnd(d.b, d.at)
			if d.at = end; !ok {
				return d.bad("no digit of a number")
			}
		case JSONNull:
			if d.word("null") == broken {
				return false
			}
		case JSONBool:
			var b bool
			if d.boolean(&b, c) == broken {
				return false
			}
		case JSONObject:
			d.at++
			if d.space() == '}' {
				d.at++
				break
			}
			d.open = append(d.open, c)
			if !d.skipName() {
				return false
			}
			continue
		case JSONArray:
			d.at++
			if d.space() == ']' {
				d.at++
				break
			}
			d.open = append(d.open, c)
			continue
		default:
			return d.bad("no value")
		}
		for {
			if len(d.open) == base {
				return true
			}
			inObject := d.open[len(d.open)-1] == '{'
			c := d.space()
			if c == ',' {
				d.at++
				if inObject && !d.skipName() {
					return false
				}
				break
			}
			if inObject && c != '}' || !inObject && c != ']' {
				return d.bad("no comma or end after a value")
			}
			d.at++
			d.open = d.open[:len(d.open)-1]
		}
	}
}

func (d *decoder) skipName() bool {
	if d.space() != '"' {
		return d.bad("no name of a member")
	}
	if !d.skipText() {
		return false
	}
	if d.space() != ':' {
		return d.bad("no colon after a name")
	}
	d.at++
	return true
}

// skipText reads over a string and leaves its escapes.
func (d *decoder) skipText() bool {
	i := d.at + 1
	for {
		i = textEnd(d.b, i)
		switch {
		case d.b[i] == '"':
			d.at = i + 1
			return true
		case d.b[i] != '\\':
			d.at = i
			return d.bad("a control character in a string")
		}
		var ok bool
		if i, ok = escapeEnd(d.b, i); !ok {
			d.at = i
			return d.bad("no escape after a backslash")
		}
	}
}

// escapeEnd returns the offset after the escape at i, and whether it is one.
func escapeEnd(b []byte, i int) (end int, ok bool) {
	switch b[i+1] {
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		return i + 2, true
	case 'u':
		if _, ok = hex4(b, i+2); ok {
			return i + 6, true
		}
	}
	return i, false
}
