package edit

import (
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

// Reorder puts the children of a list or an object into another order: child
// order[0] comes first. Comments directly above a child in block style, with
// no line between, go with it.
func (e *Editor) Reorder(p *openapi.Node, order []int) []check.Edit {
	if p.Source() == nil || !permutation(order, p.Len()) || !e.editable(p) {
		return nil
	}
	l := e.layout(p)
	if !l.ok {
		return nil
	}
	src := p.Source()
	chunks := make([]span, len(l.items))
	for i, item := range l.items {
		if item.fragile {
			return nil
		}
		chunks[i] = item
		if !l.flow {
			floor := 0
			if i > 0 {
				floor = l.items[i-1].end
			} else if _, kend := p.KeyOffsets(); kend < item.start {
				floor = kend
			}
			chunks[i] = block(src.Text(), item, floor)
			if i == 0 && chunks[i].start == item.start && column(src.Text(), item.start) != indentOf(src.Text(), item.start) {
				return nil // behind a dash, or an anchor
			}
		}
	}
	start, end := chunks[0].start, chunks[len(chunks)-1].end
	if e.namedElsewhere(src, start, end) {
		return nil
	}
	text := src.Text()
	var b strings.Builder
	for i, from := range order {
		if i > 0 {
			gap := text[chunks[i-1].end:chunks[i].start]
			if l.flow && strings.Contains(gap, "#") {
				return nil
			}
			b.WriteString(gap)
		}
		if !l.flow && from != i && lastOf(p.Children()[from]).Is(openapi.String) && spacesFollow(text, nextLine(text, chunks[i].end)) {
			return nil // a block text would take the lines in
		}
		b.WriteString(text[chunks[from].start:chunks[from].end])
	}
	if !l.flow && end == len(text) && endsInBreak(p.Children()[order[len(order)-1]]) {
		b.WriteByte('\n') // the last line has no end, and the text that is last now needs one
	}
	return one(src, start, end, b.String())
}

func permutation(order []int, size int) bool {
	if len(order) != size || size < 2 {
		return false
	}
	seen := make([]bool, size)
	for _, i := range order {
		if i < 0 || i >= size || seen[i] {
			return false
		}
		seen[i] = true
	}
	return true
}

// block returns the lines of a child in block style, with the comments
// directly above it but without its last line break. What is before the floor
// belongs to another.
func block(text string, item span, floor int) span {
	s := span{start: item.start, end: lineEnd(text, item.end)}
	line := lineStart(text, item.start)
	if strings.Trim(text[line:item.start], " ") != "" {
		return s
	}
	for line > 0 {
		above := lineStart(text, line-1)
		if above <= floor || !strings.HasPrefix(strings.TrimLeft(text[above:line], " "), "#") {
			break
		}
		line = above
	}
	if line < lineStart(text, item.start) {
		s.start = line + indentOf(text, line)
		if indentOf(text, line) != column(text, item.start) {
			s.start = item.start // comments of another level stay where they are
		}
	}
	return s
}
