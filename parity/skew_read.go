package parity

import (
	"strings"
	"time"

	"github.com/plumbapi/plumb/openapi"
)

// times are the days and versions that one side speaks of.
type times struct {
	days     []dated
	versions map[version]int // mentions
}

// dated is one mention of a day.
type dated struct {
	day      time.Time
	kind     dayKind
	strength dayStrength
	element  int // what it is said of, numbered
}

// dayKind says whether a day is of what has happened or of what will.
type dayKind uint8

const (
	event        dayKind = iota // something came or was deprecated
	announcement                // something is to go, or to come
)

// dayStrength says how a day is told.
type dayStrength uint8

const (
	told      dayStrength = iota // in a text
	stated                       // as the value of an extension
	ownReason                    // in the reason of a deprecation
)

// restTimes reads what the description says of time: its texts and its
// extensions.
func restTimes(p *pairing) *times {
	r := &restReader{times: &times{versions: map[version]int{}}}
	for _, src := range p.rest.Doc.Sources() {
		r.walk(src.Root(), 0, false)
	}
	return r.times
}

type restReader struct {
	*times
	element int
}

// walk looks at all of a value but its examples. What is three levels deep (a
// method of a path, a component) is one element.
func (r *restReader) walk(n *openapi.Node, depth int, extension bool) {
	if depth == 3 {
		r.element++
	}
	for _, c := range n.Children() {
		key := c.Key()
		switch key {
		case "example", "examples", "default", "enum", "const":
			continue
		}
		switch c.Kind() {
		case openapi.Object, openapi.Array:
			r.walk(c, depth+1, extension || strings.HasPrefix(key, "x-"))
		case openapi.String:
			switch {
			case key == "description" || key == "summary":
				r.text(c.Text(), told, r.element)
			case extension || strings.HasPrefix(key, "x-"):
				r.extension(key, c.Text())
			}
		}
	}
}

// extension reads the value of an extension, if it is a day and no more.
func (r *restReader) extension(key, text string) {
	if len(text) < 10 || len(text) > 30 {
		return
	}
	day, n, ok := isoDay(text)
	if !ok || n < len(text) && text[n] != 'T' && text[n] != ' ' {
		return
	}
	kind := event
	if announces(key) {
		kind = announcement
	}
	r.days = append(r.days, dated{day, kind, stated, r.element})
}

// graphQLTimes reads what the schema says of time.
func graphQLTimes(p *pairing) *times {
	t := &times{versions: map[version]int{}}
	n := 0
	for e := range p.gql.Source.Elements() {
		n++
		node := e.Base()
		t.text(node.Description, told, n)
		if node.Deprecated != nil {
			t.text(node.Deprecated.Reason, ownReason, n)
		}
	}
	return t
}

// text reads a text.
func (t *times) text(text string, strength dayStrength, element int) {
	t.readVersions(text)
	for i := 0; i < len(text); {
		at := strings.Index(text[i:], "20")
		if at < 0 {
			return
		}
		at += i
		day, start, end, ok := dayAt(text, at)
		if !ok {
			i = at + 2
			continue
		}
		i = end
		kind := announcement
		if happened(text[max(start-40, 0):start]) {
			kind = event
		}
		t.days = append(t.days, dated{day, kind, strength, element})
	}
}

// readVersions finds "introduced in 16.3".
func (t *times) readVersions(text string) {
	for i := 0; i < len(text); {
		dot := strings.IndexByte(text[i:], '.')
		if dot < 0 {
			return
		}
		dot += i
		i = dot + 1
		major, start := numberBefore(text, dot)
		minor, end := numberAfter(text, dot+1)
		if start == dot || end == dot+1 || start > 0 && (text[start-1] == '.' || text[start-1] == '-') {
			continue
		}
		i = end
		if came(text[max(start-40, 0):start]) {
			t.versions[version{major, minor}]++
		}
	}
}

// numberBefore reads the digits that end at a place, at most three.
func numberBefore(text string, end int) (n, start int) {
	start = end
	for start > 0 && end-start < 3 && digit(text[start-1]) {
		start--
	}
	if start > 0 && digit(text[start-1]) {
		return 0, end
	}
	for _, c := range text[start:end] {
		n = 10*n + int(c-'0')
	}
	return n, start
}

// numberAfter reads the digits that begin at a place, at most three.
func numberAfter(text string, start int) (n, end int) {
	for end = start; end < len(text) && end-start < 3 && digit(text[end]); end++ {
		n = 10*n + int(text[end]-'0')
	}
	if end < len(text) && digit(text[end]) {
		return 0, start
	}
	return n, end
}

func digit(c byte) bool { return '0' <= c && c <= '9' }
