package openapi

import (
	"cmp"
	"io"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"
)

// mostAdded is how many bytes an edit may add of which a live document says why
// they cannot be read.
const mostAdded = 1 << 20

// Unreadable returns why the text that the document has now cannot be read, as
// [Loader.Load] would; nil where it can, and where only loading it tells. The
// document stays what it is: the author will go on from there.
//
// All that stands before the region of the first change is known to be sound, so
// that reading begins there.
func (l *Live) Unreadable(text string) *Error {
	s := l.doc.root
	text = strings.TrimPrefix(text, utf8BOM)
	from, to, same := differing(s.text, text)
	added := len(text) - len(s.text)
	if same || added > mostAdded || int64(len(text)) > l.doc.limit-int64(len(utf8BOM)) {
		return nil
	}
	changed := text[from : to+added]
	if !utf8.ValidString(changed) || strings.IndexByte(changed, 0) >= 0 {
		return nil
	}
	if s.format == YAML {
		r := l.around(from, to)
		if r == nil {
			return nil
		}
		start, end := r.extent()
		line, _ := s.Position(start)
		return unreadableBlock(text[start:end+added], text[end+added:], r.node, line)
	}
	if namedYAML(s.name) {
		return nil
	}
	i, _ := slices.BinarySearchFunc(l.order, from, func(r *Region, at int) int { return cmp.Compare(int(r.node.start), at) })
	if i == 0 {
		return nil
	}
	return unreadableJSON(s, text, l.order[i-1].node)
}

// namedYAML reports whether what is no JSON is tried as YAML.
func namedYAML(name string) bool { return path.Ext(name) == ".yaml" || path.Ext(name) == ".yml" }

// unreadableJSON returns why a text cannot be read from a value on, which is as
// deep in it as in the old one.
func unreadableJSON(old *Source, text string, from *Node) *Error {
	start := int(from.start)
	around := ""
	for n := from.parent; n != nil; n = n.parent {
		around += `{"":`
	}
	p := jsonParser{
		src: old, text: text, skipped: start - len(around),
		place: func(offset int) (line, column int) { return old.placeIn(text, start, offset) },
		dec: jsontext.NewDecoder(io.MultiReader(strings.NewReader(around), strings.NewReader(text[start:])),
			jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true)),
	}
	for {
		if err := p.pass(); err != nil {
			return p.failure(err)
		}
		switch depth := p.dec.StackDepth(); {
		case depth == 0:
			if err := p.end(); err != nil {
				return p.failure(err)
			}
			return nil
		case depth > maxDepth:
			return nil
		}
	}
}

// pass reads on as value does, and keeps nothing.
func (p *jsonParser) pass() (err error) {
	in, n := p.dec.StackIndex(p.dec.StackDepth())
	next := p.dec.PeekKind()
	name := in == '{' && n%2 == 0
	switch {
	case next == '}' && name, next == ']' && in == '[', !name && (next == '{' || next == '['):
		_, err = p.dec.ReadToken()
	default:
		_, err = p.dec.ReadValue()
	}
	return err
}

// placeIn returns the line and the column of a place in another text, which is
// the same up to start.
func (s *Source) placeIn(text string, start, offset int) (line, column int) {
	before, _ := s.Position(start)
	from := int(s.lines[before-1])
	rest := Source{text: text[from:min(len(text), offset+utf8.UTFMax)]}
	line, column = rest.Position(offset - from)
	return before - 1 + line, column
}
