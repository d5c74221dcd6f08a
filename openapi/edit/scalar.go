package edit

import (
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

// Replace writes another value in place of a scalar, or of an empty list or
// object: a text in the quotes that it had. Lists and objects are written on
// one line.
func (e *Editor) Replace(n *openapi.Node, value any) []check.Edit {
	src := n.Source()
	if src == nil || n.Parent() == nil || n.Len() > 0 || !e.editable(n) {
		return nil
	}
	text := src.Text()
	start, end := n.Offsets()
	if start == end || end > len(text) { // nothing is written, or an empty container
		return nil
	}
	if (n.Is(openapi.Object) || n.Is(openapi.Array)) && (end < start+2 || strings.TrimSpace(text[start+1:end-1]) != "") {
		return nil // between the brackets is what is no part of it: a comment, a key that is no text
	}
	first := text[start]
	if src.Format() == openapi.YAML && strings.IndexByte("&!|>*", first) >= 0 {
		return nil
	}
	w := e.writer(n, &layout{})
	w.colon = ": "
	written, ok := w.flow(value)
	if s, is := value.(string); ok && is && w.yaml {
		written, ok = inQuotes(s, first, written)
	}
	if !ok {
		return nil
	}
	if w.yaml && start > 0 && text[start-1] == ':' {
		written = " " + written // a colon may touch brackets, and not what else follows it
	}
	return one(src, start, end, written)
}

// inQuotes writes a text with the quotes of another; written is how it is
// written otherwise.
func inQuotes(s string, first byte, written string) (string, bool) {
	switch first {
	case '"':
		return quoted(s, true)
	case '\'':
		if strings.IndexFunc(s, func(r rune) bool { return r < ' ' || r > '~' }) < 0 {
			return "'" + strings.ReplaceAll(s, "'", "''") + "'", true
		}
	}
	return written, true
}

// Rename gives a member another name that its object does not have.
func (e *Editor) Rename(n *openapi.Node, key string) []check.Edit {
	p := n.Parent()
	if !p.Is(openapi.Object) || p.Has(key) || key == "<<" || len(key) > maxKey || !e.editable(p) {
		return nil
	}
	if l := e.layout(p); !l.ok {
		return nil
	}
	text := p.Source().Text()
	start, end := n.KeyOffsets()
	if p.Source().Format() == openapi.YAML && strings.IndexByte("&!*", text[start]) >= 0 {
		return nil
	}
	w := &writer{yaml: p.Source().Format() == openapi.YAML}
	written, ok := w.scalar(key)
	if ok && w.yaml {
		written, ok = inQuotes(key, text[start], written)
	}
	if !ok {
		return nil
	}
	return one(p.Source(), start, end, written)
}
