package hook

import (
	"math/bits"
	"strconv"
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
	for isSpace(d.b[d.at]) {
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
		return d.presence(p, c)
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

// field is value for a place of which the kind is known.
func (d *decoder) field(kind placeKind, p any, c byte) outcome {
	switch kind {
	case textPlace:
		if p, ok := p.(*string); ok && c == '"' {
			return d.text(p)
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
	case presencePlace:
		if p, ok := p.(presence); ok {
			return d.presence(p, c)
		}
	}
	return d.value(p, c)
}

func (d *decoder) presence(p presence, c byte) outcome {
	at := p.hookPlace(placeValue)
	if c == 'n' && at.nullable {
		*at.state = null
		return d.word("null")
	}
	inner := at.inner
	if !known(inner) {
		if inner = p.hookPlace(placeFresh).inner; inner == nil {
			return d.misfit(DriftType, "a type of generated code")
		}
	}
	got := d.value(inner, c)
	if got == fits {
		*at.state = present
	} else if got == misfit {
		reset(p)
	}
	return got
}

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
			got := d.field(l.fields[i].kind, place, c)
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
	for n := 0; ; n++ {
		d.path[top].n = n
		start := d.at
		_, place := p.hookList(listAdd, 0)
		switch d.value(place, c) {
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

// wanted says what goes into the place that p points to.
func wanted(p any) string {
	switch p := p.(type) {
	case *string, Enum:
		return "string"
	case *int64:
		return "integer"
	case *bool:
		return "boolean"
	case *Time:
		return "time"
	case *Number, *float64:
		return "number"
	case Object:
		return p.HookTable().name
	case presence:
		return wanted(p.hookPlace(placeValue).inner)
	case list:
		return "array"
	case dictionary:
		return "object"
	}
	return "a value"
}

// tell notes a drift of the value at hand.
func (d *decoder) tell(kind DriftKind, want, got string) {
	if len(d.drift) >= MaxDrifts-1 {
		d.more++
		return
	}
	d.drift = append(d.drift, Drift{Path: pointer(d.path), Kind: kind, Want: want, Got: strings.Clone(got)})
}

func (d *decoder) told() []Drift {
	if d.more > 0 {
		d.drift = append(d.drift, Drift{Kind: DriftMore, Got: strconv.Itoa(d.more)})
	}
	return d.drift
}

// pointer returns a path as a JSON Pointer.
func pointer(path []step) string {
	var b []byte
	for _, s := range path {
		name := s.name
		if s.n >= 0 {
			if s.of == nil {
				b = strconv.AppendInt(append(b, '/'), int64(s.n), 10)
				continue
			}
			name = s.of.fields[s.n].name
		}
		b = appendToken(append(b, '/'), name)
	}
	return string(b)
}

func appendToken(b []byte, name string) []byte {
	for i := range len(name) {
		switch c := name[i]; c {
		case '~':
			b = append(b, "~0"...)
		case '/':
			b = append(b, "~1"...)
		default:
			b = append(b, c)
		}
	}
	return b
}

// cut returns the start of a text, a copy.
func cut(s string) string {
	const longest = 80
	if len(s) > longest {
		return s[:longest-3] + "..."
	}
	return strings.Clone(s)
}
