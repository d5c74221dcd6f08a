package edit

import (
	"strings"

	"github.com/plumbapi/plumb/openapi"
)

// layout is how a container is written: read from its text along its
// children, so that all of the text is accounted for.
type layout struct {
	ok    bool
	flow  bool
	items []span
	// open and close are, in flow style, behind the first bracket and before
	// the last; comma says that one stands before the last.
	open, close int
	comma       bool
	// indent is, in block style, the column of keys or dashes.
	indent int
}

// span is a child: from its key, its dash or its value, to the end of its
// value. Fragile says that a block scalar ends it which would change with the
// lines that follow.
type span struct {
	start, end int
	fragile    bool
}

// layout reads the layout of a container; its ok is false where something
// stands in it that is not in the tree, or where it is no container.
func (e *Editor) layout(p *openapi.Node) *layout {
	if l := e.layouts[p]; l != nil {
		return l
	}
	l := &layout{}
	if p.Is(openapi.Object) || p.Is(openapi.Array) {
		r := &reader{e: e, text: p.Source().Text(), json: p.Source().Format() == openapi.JSON}
		start, _ := p.Offsets()
		at := r.start(p, start)
		if l.flow = r.has(at, "{") || r.has(at, "["); l.flow {
			l.ok = r.flow(p, at, l)
		} else {
			l.ok = r.block(p, at, l)
		}
	}
	if e.layouts == nil {
		e.layouts = map[*openapi.Node]*layout{}
	}
	e.layouts[p] = l
	return l
}

// reader reads the layout of one container.
type reader struct {
	e    *Editor
	text string
	json bool
}

func (r *reader) has(i int, prefix string) bool { return strings.HasPrefix(r.text[i:], prefix) }

// start returns where a container begins behind its anchor and tag. In block
// style what stands before the first key may be that of the key.
func (r *reader) start(p *openapi.Node, i int) int {
	if r.json {
		return i
	}
	if p.Len() > 0 && p.Is(openapi.Object) {
		if kstart, _ := p.Children()[0].KeyOffsets(); kstart == i {
			return i
		}
	}
	return r.properties(i)
}

// properties returns the offset behind the anchor and the tag of a value.
func (r *reader) properties(i int) int {
	for i < len(r.text) && (r.text[i] == '&' || r.text[i] == '!') {
		if j := strings.IndexAny(r.text[i:], " \t\r\n,[]{}"); j >= 0 {
			i = skip(r.text, i+j)
		} else {
			i = len(r.text)
		}
	}
	return i
}

// flow reads a container in brackets.
func (r *reader) flow(p *openapi.Node, at int, l *layout) bool {
	first, last := "{", "}"
	if p.Is(openapi.Array) {
		first, last = "[", "]"
	}
	if !r.has(at, first) {
		return false
	}
	l.open = at + 1
	at = l.open
	for i, c := range p.Children() {
		at = skip(r.text, at)
		if i > 0 {
			if !r.has(at, ",") {
				return false
			}
			at = skip(r.text, at+1)
		}
		s := span{start: at}
		if p.Is(openapi.Object) {
			kstart, kend := c.KeyOffsets()
			if kstart != at || kend <= kstart {
				return false
			}
			at = skip(r.text, kend)
			if !r.has(at, ":") { // a key without a value
				if at = kend; r.json || !c.Is(openapi.Null) {
					return false
				}
				s.end = at
				l.items = append(l.items, s)
				continue
			}
			at++
		}
		var ok bool
		if at, _, ok = r.value(c, at, true); !ok {
			return false
		}
		s.end = at
		l.items = append(l.items, s)
	}
	at = skip(r.text, at)
	if l.comma = r.has(at, ","); l.comma {
		at = skip(r.text, at+1)
	}
	l.close = at
	_, end := p.Offsets()
	return r.has(at, last) && end == at+1
}

// value returns where the value of a child ends that is written behind an
// offset.
func (r *reader) value(c *openapi.Node, from int, flow bool) (end int, fragile, ok bool) {
	at := skip(r.text, from)
	start, end := c.Offsets()
	if !r.json && r.has(at, "*") { // an alias
		end = at + 1
		for end < len(r.text) && !strings.ContainsRune(" \t\r\n,[]{}", rune(r.text[end])) {
			end++
		}
		return end, false, start < at
	}
	if c.Is(openapi.Null) && start == end { // nothing is written
		return from, false, start >= from && start <= at
	}
	if start != at {
		return 0, false, false
	}
	if flow || r.json {
		return end, false, true
	}
	at = r.properties(start)
	switch {
	case c.Is(openapi.Object) || c.Is(openapi.Array):
		if r.has(at, "{") || r.has(at, "[") {
			return end, false, true
		}
		return r.blockEnd(c)
	case r.has(at, "|") || r.has(at, ">"):
		return end, r.keeps(c, at, end), true
	}
	return end, false, true
}

// keeps reports whether a block scalar would change with the lines that
// follow it.
func (r *reader) keeps(c *openapi.Node, at, end int) bool {
	header := r.text[at:lineEnd(r.text, at)]
	header, _, _ = strings.Cut(header, "#")
	if strings.Contains(header, "+") || strings.TrimSpace(c.Text()) == "" {
		return true
	}
	if next := nextLine(r.text, end); next < len(r.text) {
		return spacesFollow(r.text, next)
	}
	return !strings.HasSuffix(r.text, "\n")
}

// blockEnd returns where a container in block style ends: with its last child.
func (r *reader) blockEnd(c *openapi.Node) (end int, fragile, ok bool) {
	if c.Len() == 0 {
		return 0, false, false
	}
	last := c.Children()[c.Len()-1]
	if c.Is(openapi.Object) {
		_, kend := last.KeyOffsets()
		at := skipSpaces(r.text, kend)
		if !r.has(at, ":") {
			return 0, false, false
		}
		return r.value(last, at+1, false)
	}
	l := r.e.layout(c) // where its last dash is
	if !l.ok || l.flow {
		return 0, false, false
	}
	s := l.items[len(l.items)-1]
	return s.end, s.fragile, true
}

// block reads a container in block style.
func (r *reader) block(p *openapi.Node, at int, l *layout) bool {
	if r.json || p.Len() == 0 {
		return false
	}
	l.indent = column(r.text, at)
	for i, c := range p.Children() {
		at = skip(r.text, at)
		prefix := r.text[lineStart(r.text, at):at]
		if i == 0 {
			prefix = strings.ReplaceAll(prefix, "- ", "  ")
		}
		if strings.Trim(prefix, " ") != "" || len(prefix) != l.indent {
			return false
		}
		s := span{start: at}
		if p.Is(openapi.Object) {
			kstart, kend := c.KeyOffsets()
			if kstart != at || kend <= kstart {
				return false
			}
			if at = skipSpaces(r.text, kend); !r.has(at, ":") {
				return false
			}
		} else if !r.has(at, "-") {
			return false
		}
		var ok bool
		if at, s.fragile, ok = r.value(c, at+1, false); !ok {
			return false
		}
		s.end = at
		if rest := skipSpaces(r.text, at); rest < len(r.text) && lineEnd(r.text, rest) != rest && r.text[rest] != '#' {
			return false
		}
		l.items = append(l.items, s)
	}
	// Nothing may follow that belongs to the container and is in no tree.
	at = skip(r.text, at)
	switch {
	case at == len(r.text):
		return true
	case column(r.text, at) == 0 && (r.has(at, "---") || r.has(at, "...")):
		return true
	case column(r.text, at) == l.indent:
		return p.Is(openapi.Array) && !r.has(at, "- ") && !r.has(at, "-\n") && !r.has(at, "-\r")
	}
	return column(r.text, at) < l.indent
}
