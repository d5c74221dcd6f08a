package hook

import (
	"strings"
	"sync"
	"unsafe"
)

// MaxDepth is how deep objects, lists and maps of a payload may nest to be made
// values of. What is deeper is kept as it is, and told as [DriftDepth].
const MaxDepth = 512

// outcome is what came of reading a value into a place.
type outcome uint8

const (
	broken outcome = iota // no JSON: decoder.err says why
	fits
	misfit // the value was skipped and told; the caller keeps its token
)

// decoder reads one payload. Its text is a copy of the body and belongs to it:
// escapes are undone in place, and strings are parts of it.
type decoder struct {
	b      []byte // padded
	at     int
	err    *SyntaxError
	path   []step
	unions int
	drift  []Drift
	more   int
	open   []byte // brackets that skip is in
	places []any  // pointers to the fields of the objects that are open
	used   int    // of places, at most
}

// step is a part of the path to what is read: a member of an object, an item of
// a list, or a value of a map.
type step struct {
	of    *layout // nil for a list or a map
	extra *Extra  // of an object
	n     int     // index of the member or item; -1 where name says which
	name  string
}

var decoders = sync.Pool{New: func() any { return new(decoder) }}

func newDecoder(body []byte) *decoder {
	d, ok := decoders.Get().(*decoder)
	if !ok {
		d = new(decoder)
	}
	d.b = padded(body)
	return d
}

// padded returns a copy of a text with padding. A strings.Builder makes room
// without clearing it first.
func padded(body []byte) []byte {
	var room strings.Builder
	room.Grow(len(body) + len(padding))
	room.Write(body)
	room.Write(padding)
	return unsafe.Slice(unsafe.StringData(room.String()), room.Len())
}

func (d *decoder) free() {
	clear(d.path[:cap(d.path)])
	clear(d.places[:min(d.used, cap(d.places))])
	*d = decoder{path: d.path[:0], open: d.open[:0], places: d.places[:0]}
	decoders.Put(d)
}

func (d *decoder) document(p any) error {
	if len(d.b) >= 3 && d.b[0] == 0xEF && d.b[1] == 0xBB && d.b[2] == 0xBF {
		d.at = 3
	}
	c := d.space()
	start := d.at
	switch d.value(p, c) {
	case broken:
		return d.err
	case misfit:
		if o, ok := p.(Object); ok {
			hold(o.HookExtra()).self = Raw(d.view(start, d.at))
		}
	}
	if d.space(); d.at < len(d.b)-len(padding) {
		d.fail("something after the value")
		return d.err
	}
	return nil
}

// space skips white space and returns the byte after it.
func (d *decoder) space() byte {
	for d.b[d.at] <= ' ' && isSpace(d.b[d.at]) {
		d.at++
	}
	return d.b[d.at]
}

// view returns a part of the text.
func (d *decoder) view(start, end int) string {
	if start == end {
		return ""
	}
	return unsafe.String(&d.b[start], end-start)
}

func (d *decoder) fail(problem string) outcome {
	if d.at >= len(d.b)-len(padding) {
		d.at, problem = len(d.b)-len(padding), "the end"
	}
	d.err = &SyntaxError{Offset: d.at, Problem: problem}
	return broken
}

func (d *decoder) bad(problem string) bool { return d.fail(problem) != broken }

// misfit tells that the value at hand is not what the type says, and skips it.
func (d *decoder) misfit(kind DriftKind, want string) outcome {
	got := kindOf(d.b[d.at])
	if got == JSONNull && kind == DriftType {
		kind = DriftNull
	}
	d.tell(kind, want, got.String())
	if !d.skip() {
		return broken
	}
	return misfit
}

// value reads the value that starts with c into the place that p points to.
func (d *decoder) value(p any, c byte) outcome {
	switch p := p.(type) {
	case *string:
		if c != '"' {
			return d.misfit(DriftType, "string")
		}
		return d.text(p)
	case *int64:
		return d.integer(p, c)
	case *bool:
		return d.boolean(p, c)
	case *Time:
		return d.moment(p, c)
	case *Number:
		return d.number(p, c)
	case *Raw:
		start := d.at
		if !d.skip() {
			return broken
		}
		*p = Raw(d.view(start, d.at))
		return fits
	case *float64:
		var n Number
		got := d.number(&n, c)
		if got == fits {
			*p = n.Float64()
		}
		return got
	case Object:
		return d.object(p, c)
	case presence:
		return d.presence(p, otherPlace, c)
	case list:
		return d.list(p, c)
	case Enum:
		return d.enum(p, c)
	case Union:
		return d.union(p, c)
	case dictionary:
		return d.dictionary(p, c)
	case holder:
		return d.value(p.HookInner(), c)
	}
	return d.misfit(DriftType, "a type of generated code")
}

// field is value for a place of which the kind is known, and that of what is in
// it.
func (d *decoder) field(kind, inner placeKind, p any, c byte) outcome {
	switch kind {
	case textPlace:
		if p, ok := p.(*string); ok && c == '"' {
			return d.text(p)
		}
	case wholePlace:
		if p, ok := p.(*int64); ok {
			return d.integer(p, c)
		}
	case boolPlace:
		if p, ok := p.(*bool); ok {
			return d.boolean(p, c)
		}
	case timePlace:
		if p, ok := p.(*Time); ok {
			return d.moment(p, c)
		}
	case optTextPlace:
		if p, ok := p.(*Opt[string]); ok && c == '"' {
			p.state = present
			return d.text(&p.value)
		}
	case nullTextPlace:
		if p, ok := p.(*Null[string]); ok && c == '"' {
			p.state = present
			return d.text(&p.value)
		}
	case optNullTextPlace:
		if p, ok := p.(*OptNull[string]); ok && c == '"' {
			p.state = present
			return d.text(&p.value)
		}
	case objectPlace:
		if p, ok := p.(Object); ok {
			return d.object(p, c)
		}
	case listPlace:
		if p, ok := p.(list); ok {
			return d.list(p, c)
		}
	case enumPlace:
		if p, ok := p.(Enum); ok {
			return d.enum(p, c)
		}
	case presencePlace:
		if p, ok := p.(presence); ok {
			return d.presence(p, inner, c)
		}
	}
	return d.value(p, c)
}

func (d *decoder) presence(p presence, kind placeKind, c byte) outcome {
	at := p.hookPlace(placeValue)
	if c == 'n' && at.nullable {
		*at.state = null
		return d.word("null")
	}
	inner := at.inner
	if kind == otherPlace && !known(inner) {
		if inner = p.hookPlace(placeFresh).inner; inner == nil {
			return d.misfit(DriftType, "a type of generated code")
		}
	}
	got := d.field(kind, otherPlace, inner, c)
	switch got {
	case fits:
		*at.state = present
	case misfit:
		p.hookPlace(placeClear)
	}
	return got
}

// known reports whether value reads into p without more ado.
func known(p any) bool {
	switch p.(type) {
	case *string, *int64, *bool, *Time, *Number, *Raw, *float64, Object, presence, list, Enum, Union, dictionary, holder:
		return true
	}
	return false
}
