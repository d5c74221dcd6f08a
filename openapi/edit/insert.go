package edit

import (
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

// Set gives an object a member that it has not, behind its others.
func (e *Editor) Set(object *openapi.Node, key string, value any) []check.Edit {
	return e.Insert(object, object.Len(), key, value)
}

// Insert gives an object a member that it has not, as the i-th.
func (e *Editor) Insert(object *openapi.Node, i int, key string, value any) []check.Edit {
	if !object.Is(openapi.Object) || object.Has(key) || key == "<<" {
		return nil
	}
	return e.insert(object, i, &key, value)
}

// Append gives a list one more element, the last.
func (e *Editor) Append(list *openapi.Node, value any) []check.Edit {
	if !list.Is(openapi.Array) {
		return nil
	}
	return e.insert(list, list.Len(), nil, value)
}

// Add puts a value at the end of the list that a member of an object is, which is
// made where there is none. What several calls put into one list goes together:
// the edits have a [check.Join], where that is certain.
func (e *Editor) Add(object *openapi.Node, key string, value any) []check.Edit {
	list := object.Get(key)
	switch {
	case list == nil:
		edits, two := e.Set(object, key, List{value}), e.Set(object, key, List{value, value})
		if len(edits) == 1 && len(two) == 1 && edits[0].Start == two[0].Start && edits[0].End == two[0].End {
			if at, more, ok := between(edits[0].NewText, two[0].NewText); ok {
				edits[0].Join = check.Join{To: object.Pointer() + "/" + key, At: at, Text: more}
			}
		}
		return edits
	case list.Len() > 0:
		edits := e.Append(list, value)
		if len(edits) == 1 {
			edits[0].Join = check.Join{To: list.Pointer(), At: len(edits[0].NewText), Text: edits[0].NewText}
		}
		return edits
	}
	edits := e.Append(list, value)
	if len(edits) == 1 {
		edits[0].Join = check.Join{To: list.Pointer(), At: len(edits[0].NewText), Text: ", " + edits[0].NewText}
	}
	return edits
}

// between returns what a text has more than another one, and where.
func between(text, longer string) (at int, more string, ok bool) {
	size := len(longer) - len(text)
	if size <= 0 {
		return 0, "", false
	}
	for at < len(text) && text[at] == longer[at] {
		at++
	}
	return at, longer[at : at+size], longer[at+size:] == text[at:]
}

func (e *Editor) insert(p *openapi.Node, i int, key *string, value any) []check.Edit {
	if i < 0 || i > p.Len() || !e.editable(p) {
		return nil
	}
	l := e.layout(p)
	if !l.ok {
		return nil
	}
	src := p.Source()
	w := e.writer(p, l)
	if l.flow {
		return e.insertFlow(src, p, l, w, i, key, value)
	}
	text, ok := w.block(value, l.indent, key == nil)
	if key != nil && ok {
		var name string
		name, ok = w.key(*key)
		text = name + ":" + text
	} else {
		text = "-" + text
	}
	if !ok {
		return nil
	}
	all := src.Text()
	indent := strings.Repeat(" ", l.indent)
	if i == 0 {
		start := l.items[0].start
		if first, _ := p.Offsets(); first != start && lineStart(all, first) == lineStart(all, start) {
			return nil // an anchor would go to the new one
		}
		return one(src, start, start, text+w.eol+indent)
	}
	before := l.items[i-1]
	if before.fragile {
		return nil
	}
	at := ending(all, before, l.indent)
	return one(src, at, at, w.eol+indent+text)
}

// insertFlow puts a child between brackets. Where the first stands on a line of
// its own, so does the new one.
func (e *Editor) insertFlow(src *openapi.Source, p *openapi.Node, l *layout, w *writer, i int, key *string, value any) []check.Edit {
	all := src.Text()
	many := len(l.items) > 0 && strings.Contains(all[l.open:l.items[0].start], "\n")
	indent := ""
	if many {
		start := l.items[0].start
		indent = all[lineStart(all, start):start]
		if strings.Trim(indent, " \t") != "" {
			return nil
		}
	}
	write := w.flow
	if many && !w.yaml {
		write = func(v any) (string, bool) { return w.lines(v, indent) }
	}
	text, ok := write(value)
	if key != nil && ok {
		var name string
		name, ok = w.key(*key)
		text = name + w.colon + text
	}
	if !ok {
		return nil
	}
	separator := " "
	if many {
		separator = w.eol + indent
	}
	switch {
	case len(l.items) == 0:
		if strings.TrimSpace(all[l.open:l.close]) != "" {
			return nil // a comment
		}
		return one(src, l.open, l.close, text)
	case i == 0:
		start := l.items[0].start
		return one(src, start, start, text+","+separator)
	case i == len(l.items) && l.comma:
		return nil
	}
	at := l.items[i-1].end
	behind := lineEnd(all, at)
	if rest := skipSpaces(all, at); i == len(l.items) && many && w.yaml && rest < len(all) && all[rest] == '#' {
		return []check.Edit{ // the comment stays with what it stands behind
			{File: src.Name(), Start: at, End: at, NewText: ","},
			{File: src.Name(), Start: behind, End: behind, NewText: separator + text},
		}
	}
	return one(src, at, at, ","+separator+text)
}

// writer returns what writes into a container in the style that it has.
func (e *Editor) writer(p *openapi.Node, l *layout) *writer {
	src := p.Source()
	f := e.of(src)
	text := src.Text()
	w := &writer{yaml: src.Format() == openapi.YAML, eol: f.eol, unit: f.unit, tab: "  ", colon: ": ", lists: f.dented}
	if len(l.items) == 0 {
		if !w.yaml && !strings.Contains(text, `": `) {
			w.colon = ":"
		}
		return w
	}
	first := l.items[0].start
	if !w.yaml {
		// One level is what the children are indented more than their parent.
		line := lineStart(text, first)
		inner := text[line:first]
		outer := lineIndent(text, l.open-1)
		if strings.Trim(inner, " \t") == "" && strings.HasPrefix(inner, outer) && len(inner) > len(outer) {
			w.tab = inner[len(outer):]
		}
		if c := p.Children()[0]; p.Is(openapi.Object) {
			_, kend := c.KeyOffsets()
			if start, _ := c.Offsets(); start == kend+1 {
				w.colon = ":"
			}
		} else if !strings.Contains(text, `": `) {
			w.colon = ":"
		}
		return w
	}
	if !l.flow && p.Is(openapi.Object) && p.Parent().Is(openapi.Object) {
		start, _ := p.KeyOffsets()
		if n := l.indent - column(text, start); n >= 1 && n <= 8 {
			w.unit = n
		}
	}
	if p.Is(openapi.Object) && (text[first] == '"' || text[first] == '\'') {
		w.quote = text[first]
	}
	return w
}

// lineIndent returns the white space that the line of an offset begins with.
func lineIndent(text string, at int) string {
	start := lineStart(text, at)
	end := start
	for end < len(text) && (text[end] == ' ' || text[end] == '\t') {
		end++
	}
	return text[start:end]
}

// ending returns where the lines of a child in block style end, with the
// comments behind it that are indented as what is in it.
func ending(text string, item span, indent int) int {
	at := lineEnd(text, item.end)
	for {
		next := nextLine(text, at)
		if next == len(text) {
			return at
		}
		line := text[next:lineEnd(text, next)]
		comment := strings.TrimLeft(line, " ")
		if !strings.HasPrefix(comment, "#") || len(line)-len(comment) <= indent {
			return at
		}
		at = lineEnd(text, next)
	}
}
