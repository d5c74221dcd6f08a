package edit

import (
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

// Remove takes a member out of its object or an element out of its list. Of a
// container that loses its last child {} or [] stays. Comments go with it that
// stand on its lines; those on lines of their own above it stay.
func (e *Editor) Remove(n *openapi.Node) []check.Edit {
	p := n.Parent()
	if p == nil || !e.editable(p) {
		return nil
	}
	l := e.layout(p)
	if !l.ok {
		return nil
	}
	src, i := n.Source(), n.Index()
	if src != p.Source() {
		src = p.Source() // an alias of another text there is not; be sure
	}
	if e.namedElsewhere(src, l.items[i].start, l.items[i].end) {
		return nil
	}
	if l.flow {
		return removeFlow(src, p, l, i)
	}
	return removeBlock(src, p, l, i)
}

// removeFlow takes a child out, with the comma before it, or behind it where it
// is the first.
func removeFlow(src *openapi.Source, p *openapi.Node, l *layout, i int) []check.Edit {
	text := src.Text()
	start, end := l.open, l.close
	switch {
	case i > 0:
		start, end = l.items[i-1].end, l.items[i].end
	case len(l.items) > 1:
		start, end = l.items[0].start, l.items[1].start
	}
	for _, gap := range gaps(start, end, l.items[i]) {
		if strings.Contains(text[gap.start:gap.end], "#") && src.Format() == openapi.YAML {
			return nil // a comment would be lost, or hide a comma
		}
	}
	if i > 0 && i == len(l.items)-1 && l.comma && strings.Contains(text[l.items[i].end:l.close], "#") {
		return nil
	}
	// In flow style a comment behind what stays before must not take in what
	// follows: it ends its line, and so does what is cut.
	return one(src, start, end, "")
}

// gaps returns what lies in a range before and behind a child.
func gaps(start, end int, s span) []span {
	return []span{{start: start, end: max(start, s.start)}, {start: min(s.end, end), end: end}}
}

// removeBlock takes the lines of a child out.
func removeBlock(src *openapi.Source, p *openapi.Node, l *layout, i int) []check.Edit {
	text := src.Text()
	item := l.items[i]
	if item.fragile || i > 0 && l.items[i-1].fragile {
		return nil
	}
	if len(l.items) == 1 {
		empty := "{}"
		if p.Is(openapi.Array) {
			empty = "[]"
		}
		// The whole line, so that nothing is put in at its end at once.
		start, end := item.start, ending(text, item, l.indent)
		empty += text[item.end:end]
		if p.Parent() == nil {
			return nil // a document that is nothing is none
		}
		if _, kend := p.KeyOffsets(); kend > 0 && kend < start {
			// Behind the colon, where nothing stands between.
			if from := skipSpaces(text, kend); text[from] == ':' && strings.TrimSpace(text[from+1:start]) == "" {
				return one(src, from+1, end, " "+empty)
			}
		}
		if l.indent == 0 || column(text, start) == indentOf(text, start) && !deeper(p, l.indent, text) {
			return nil
		}
		return one(src, start, end, empty)
	}
	after := nextLine(text, item.end)
	own := strings.Trim(text[lineStart(text, item.start):item.start], " ") == ""
	if i > 0 {
		start := lineStart(text, item.start)
		if spacesFollow(text, after) && lastOf(p.Children()[i-1]).Is(openapi.String) {
			return nil // a block text before it would take the lines in
		}
		if after == len(text) && !strings.HasSuffix(text, "\n") {
			// The last line has no end; neither has the one before it then.
			if endsInBreak(p.Children()[i-1]) {
				return one(src, start, len(text), "") // its line break is a part of its text
			}
			start = lineEnd(text, l.items[i-1].end)
			if strings.TrimSpace(text[start:lineStart(text, item.start)]) != "" {
				return nil
			}
			return one(src, start, len(text), "")
		}
		return one(src, start, after, "")
	}
	// The first touches the second, so that not all can go at once.
	next := l.items[1]
	head := next.start + 1
	if own {
		return one(src, lineStart(text, item.start), head, text[after:head])
	}
	if strings.TrimSpace(text[after:next.start]) != "" {
		return nil // comments of their own lines would end up behind the dash
	}
	return one(src, item.start, head, text[next.start:head])
}

// endsInBreak reports whether what is written last of a value is a text that ends
// with a line break.
func endsInBreak(n *openapi.Node) bool {
	last := lastOf(n)
	return last.Is(openapi.String) && strings.HasSuffix(last.Text(), "\n")
}

// lastOf returns what is written last of a value.
func lastOf(n *openapi.Node) *openapi.Node {
	for n.Len() > 0 {
		n = n.Children()[n.Len()-1]
	}
	return n
}

// spacesFollow reports whether one of the blank lines from an offset on holds
// spaces or tabs, which a block text above them takes for its own.
func spacesFollow(text string, at int) bool {
	for at < len(text) {
		line := text[at:lineEnd(text, at)]
		switch {
		case strings.TrimLeft(line, " \t") != "":
			return false
		case line != "":
			return true
		}
		at = nextLine(text, at)
	}
	return false
}

// indentOf returns the column of the first byte of a line that is no space.
func indentOf(text string, at int) int {
	start := lineStart(text, at)
	return len(text[start:]) - len(strings.TrimLeft(text[start:], " "))
}

// deeper reports whether a value at a column is inside its parent: flow style
// must be indented more than what it is in.
func deeper(p *openapi.Node, indent int, text string) bool {
	a := p.Parent()
	if a == nil {
		return true
	}
	start, _ := a.Offsets()
	if a.Is(openapi.Object) && a.Len() > 0 {
		start, _ = a.Children()[0].KeyOffsets()
	}
	return column(text, start) < indent
}
