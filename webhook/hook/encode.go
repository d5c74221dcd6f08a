package hook

import (
	"errors"
	"slices"
	"strconv"
)

var (
	errDepth = errors.New("encode: values nest too deep, or without end")
	errRaw   = errors.New("encode: a Raw is no JSON")
	errType  = errors.New("encode: not a type of generated code")
)

// encoder writes one payload.
type encoder struct {
	b     []byte
	err   error
	depth int
	// places are pointers to the fields of the objects that are open.
	places []any
	// held is what the object at hand holds, where that has items that did not
	// fit; key is the path of the value at hand below it.
	held *held
	key  []byte
}

const maxEncodeDepth = 10000

func (e *encoder) fail(err error) {
	if e.err == nil {
		e.err = err
	}
	e.b = append(e.b, "null"...)
}

func (e *encoder) value(p any) {
	if e.depth >= maxEncodeDepth {
		e.fail(errDepth)
		return
	}
	e.depth++
	e.inner(p)
	e.depth--
}

func (e *encoder) inner(p any) {
	switch p := p.(type) {
	case *string:
		e.b = appendText(e.b, *p)
	case *int64:
		e.b = strconv.AppendInt(e.b, *p, 10)
	case *bool:
		e.b = strconv.AppendBool(e.b, *p)
	case *Time:
		e.time(p)
	case *Number:
		e.b = append(e.b, p.String()...)
	case *Raw:
		e.raw(*p)
	case *float64:
		e.b = append(e.b, Float(*p).String()...)
	case Object:
		e.object(p)
	case presence:
		e.presence(p)
	case list:
		e.list(p)
	case Enum:
		e.b = appendText(e.b, *p.HookText())
	case Union:
		if v := p.HookValue(); v != nil {
			e.value(v)
		} else {
			e.b = append(e.b, "null"...)
		}
	case dictionary:
		e.dictionary(p)
	case holder:
		e.value(p.HookInner())
	default:
		e.fail(errType)
	}
}

func (e *encoder) time(t *Time) {
	if t.token == "" {
		e.b = append(e.b, `"0001-01-01T00:00:00Z"`...)
		return
	}
	e.b = append(e.b, t.token...)
}

func (e *encoder) raw(r Raw) {
	if r == "" {
		e.b = append(e.b, "null"...)
		return
	}
	if !isJSON(string(r)) {
		e.fail(errRaw)
		return
	}
	e.b = append(e.b, r...)
}

func (e *encoder) presence(p presence) {
	at := p.hookPlace(placeValue)
	inner := at.inner
	if *at.state == present && !known(inner) {
		inner = p.hookPlace(placeTarget).inner
	}
	if *at.state != present || inner == nil {
		e.b = append(e.b, "null"...)
		return
	}
	e.value(inner)
}

func (e *encoder) object(p Object) {
	l := p.HookTable().ready(p)
	h := p.HookExtra().held
	if h != nil && h.self != "" && zeroFields(p) {
		e.raw(h.self)
		return
	}
	outer, outerKey := e.held, e.key
	e.held, e.key = nil, nil
	if h != nil && h.items != nil {
		e.held = h
	}
	e.b = append(e.b, '{')
	start := len(e.b)
	base := len(e.places)
	e.places = p.HookFields(e.places)
	places := e.places[base:]
	for i := range l.fields {
		m := &l.fields[i]
		place := places[i]
		token := ""
		if h != nil {
			if kept, ok := h.token(i); ok && zero(place) {
				token = string(kept)
			} else if h.lacks(i) && zero(place) {
				continue
			}
		}
		if token == "" {
			if c, ok := place.(presence); ok {
				if at := c.hookPlace(placeValue); at.optional && *at.state == unset {
					continue
				}
			}
			if m.token != "" && zero(place) {
				token = m.token
			}
		}
		if len(e.b) > start {
			e.b = append(e.b, ',')
		}
		e.b = append(e.b, m.head...)
		if token != "" {
			e.b = append(e.b, token...)
			continue
		}
		if e.held != nil {
			e.key = appendToken(append(e.key[:0], '/'), m.name)
		}
		e.value(place)
	}
	if h != nil {
		for _, m := range h.unknown {
			if len(e.b) > start {
				e.b = append(e.b, ',')
			}
			e.b = append(appendText(e.b, m.name), ':')
			e.raw(m.value)
		}
	}
	e.b = append(e.b, '}')
	e.places = e.places[:base]
	e.held, e.key = outer, outerKey
}

func (e *encoder) list(p list) {
	e.b = append(e.b, '[')
	here := len(e.key)
	n, _ := p.hookList(listLen, 0)
	for i := range n {
		if i > 0 {
			e.b = append(e.b, ',')
		}
		_, place := p.hookList(listItem, i)
		if e.held != nil {
			e.key = strconv.AppendInt(append(e.key[:here], '/'), int64(i), 10)
		}
		e.item(place, n)
	}
	if e.held != nil {
		e.key = e.key[:here]
	}
	e.b = append(e.b, ']')
}

func (e *encoder) dictionary(p dictionary) {
	names, _ := p.hookMap(mapNames, "", nil)
	slices.Sort(names)
	e.b = append(e.b, '{')
	here := len(e.key)
	for i, name := range names {
		if i > 0 {
			e.b = append(e.b, ',')
		}
		e.b = append(appendText(e.b, name), ':')
		if e.held != nil {
			e.key = appendToken(append(e.key[:here], '/'), name)
		}
		_, place := p.hookMap(mapGet, name, nil)
		e.item(place, 0)
	}
	if e.held != nil {
		e.key = e.key[:here]
	}
	e.b = append(e.b, '}')
}

// item writes an item, or the token that stood in its place.
func (e *encoder) item(place any, of int) {
	if e.held != nil {
		if s := e.held.items[string(e.key)]; s != nil && s.of == of && zero(place) {
			e.b = append(e.b, s.token...)
			return
		}
	}
	e.value(place)
}

// zero reports whether the place that p points to was never set.
func zero(p any) bool {
	switch p := p.(type) {
	case *string:
		return *p == ""
	case *int64:
		return *p == 0
	case *bool:
		return !*p
	case *Time:
		return p.token == ""
	case *Number:
		return p.token == ""
	case *Raw:
		return *p == ""
	case *float64:
		return *p == 0
	case Object:
		return p.HookExtra().held == nil && zeroFields(p)
	case presence:
		return *p.hookPlace(placeValue).state == unset
	case list:
		n, _ := p.hookList(listLen, 0)
		return n < 0
	case dictionary:
		names, _ := p.hookMap(mapNames, "", nil)
		return names == nil
	case Enum:
		return *p.HookText() == ""
	case Union:
		return p.HookValue() == nil
	}
	return false
}

func zeroFields(p Object) bool {
	for _, place := range p.HookFields(nil) {
		if !zero(place) {
			return false
		}
	}
	return true
}

// isJSON reports whether a text is one JSON value.
func isJSON(s string) bool {
	d := decoder{b: append([]byte(s), padding...)}
	if !d.skip() {
		return false
	}
	d.space()
	return d.at == len(s)
}
