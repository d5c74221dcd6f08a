package openapi

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"
	"github.com/plumbapi/plumb/check"
)

// parseJSON builds the tree of a JSON source. Keys given twice are problems;
// the last value counts, at the place of the first, as in JavaScript.
func parseJSON(s *Source) error {
	p := jsonParser{
		src: s, text: s.text,
		dec: jsontext.NewDecoder(strings.NewReader(s.text),
			jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true)),
	}
	root, err := p.value(nil, 0)
	if err == nil {
		s.root = root
		return p.end()
	}
	return p.failure(err)
}

// end reports what stands behind the value.
func (p *jsonParser) end() error {
	if rest := strings.TrimLeft(p.text[p.offset():], " \t\r\n"); rest != "" {
		return p.syntaxError(len(p.text)-len(rest), "expected the end of the document")
	}
	return nil
}

// failure says where and why a text is no JSON.
func (p *jsonParser) failure(err error) *Error {
	var own *Error
	if errors.As(err, &own) {
		return own
	}
	var syntax *jsontext.SyntacticError
	if errors.As(err, &syntax) && !errors.Is(err, io.ErrUnexpectedEOF) {
		at := int(syntax.ByteOffset) + p.skipped
		return p.syntaxError(at, p.syntaxMessage(syntax, at))
	}
	return p.syntaxError(len(p.text), "the document ends in the middle of a value")
}

type jsonParser struct {
	src  *Source
	text string
	dec  *jsontext.Decoder
	slab slab
	// skipped is how much further on in the text a place is than the decoder
	// says; place is where that is, that of the source if nil.
	skipped int
	place   func(offset int) (line, column int)
	// stack holds the children of the open containers; a container's own
	// are moved out as it closes.
	stack  []*Node
	values int
}

func (p *jsonParser) offset() int { return int(p.dec.InputOffset()) + p.skipped }

func (p *jsonParser) value(parent *Node, depth int) (*Node, error) {
	if p.values++; p.values > maxValues {
		at := check.Location{File: p.src.name}
		at.Line, at.Column = p.src.Position(p.offset())
		return nil, fail(ruleUnreadable, at, nil, "the document holds more than 2,000,000 values")
	}
	n := p.slab.node()
	n.src, n.parent = p.src, parent
	switch p.dec.PeekKind() {
	case '{':
		return n, p.object(n, depth+1)
	case '[':
		return n, p.array(n, depth+1)
	}
	v, err := p.dec.ReadValue()
	if err != nil {
		return nil, err
	}
	n.end = uint32(p.offset())
	n.start = n.end - uint32(len(v))
	n.text = p.text[n.start:n.end]
	switch v[0] {
	case '"':
		n.kind, n.text = String, p.unquote(v, n.start, n.end)
	case 't', 'f':
		n.kind = Bool
	case 'n':
		n.kind = Null
	default:
		n.kind = Number
	}
	return n, nil
}

func (p *jsonParser) object(n *Node, depth int) error {
	if err := p.open(n, Object, depth); err != nil {
		return err
	}
	base := len(p.stack)
	var seen map[string]*Node
	for p.dec.PeekKind() != '}' {
		v, err := p.dec.ReadValue()
		if err != nil {
			return err
		}
		kend := uint32(p.offset())
		kstart := kend - uint32(len(v))
		key := p.unquote(v, kstart, kend)
		c, err := p.value(n, depth)
		if err != nil {
			return err
		}
		c.key, c.kstart, c.kend = key, kstart, kend
		p.stack, seen = addMember(p.src, p.stack, base, seen, c)
	}
	return p.close(n, base, seen)
}

func (p *jsonParser) array(n *Node, depth int) error {
	if err := p.open(n, Array, depth); err != nil {
		return err
	}
	base := len(p.stack)
	for p.dec.PeekKind() != ']' {
		c, err := p.value(n, depth)
		if err != nil {
			return err
		}
		c.index = int32(len(p.stack) - base)
		p.stack = append(p.stack, c)
	}
	return p.close(n, base, nil)
}

func (p *jsonParser) open(n *Node, kind Kind, depth int) error {
	if _, err := p.dec.ReadToken(); err != nil {
		return err
	}
	n.kind = kind
	n.start = uint32(p.offset() - 1)
	if depth > maxDepth {
		return p.syntaxError(int(n.start), "values nest deeper than 1,000 levels")
	}
	return nil
}

func (p *jsonParser) close(n *Node, base int, seen map[string]*Node) error {
	if _, err := p.dec.ReadToken(); err != nil {
		return err
	}
	n.end = uint32(p.offset())
	n.kids = p.slab.children(p.stack[base:])
	n.byKey = seen
	p.stack = p.stack[:base]
	return nil
}

// unquote returns the characters of a JSON string. Without escapes they are
// a part of the source and cost no memory.
func (p *jsonParser) unquote(raw jsontext.Value, start, end uint32) string {
	if bytes.IndexByte(raw, '\\') < 0 {
		return validUTF8(p.text[start+1 : end-1])
	}
	b, err := jsontext.AppendUnquote(nil, raw)
	if err != nil && len(b) == 0 {
		return p.text[start+1 : end-1]
	}
	return string(b)
}

func (p *jsonParser) syntaxError(offset int, message string) *Error {
	place := p.place
	if place == nil {
		place = p.src.Position
	}
	line, column := place(offset)
	at := check.Location{File: p.src.name, Line: line, Column: column}
	return fail(ruleParser, at, nil, "%s", message)
}

// syntaxMessage says what a tokenizer found, without the package's own prefix.
func (p *jsonParser) syntaxMessage(e *jsontext.SyntacticError, offset int) string {
	at := p.text[min(offset, len(p.text)):]
	if rest := strings.TrimLeft(strings.TrimPrefix(at, ","), " \t\r\n"); strings.HasPrefix(at, ",") && rest != "" && (rest[0] == '}' || rest[0] == ']') {
		return "a comma must be followed by another value, not by '" + rest[:1] + "'"
	}
	m := strings.TrimPrefix(e.Err.Error(), "jsontext: ")
	m = strings.TrimPrefix(m, "syntax error: ")
	// The tokenizer may have read no more of a character than its first byte.
	if r, size := utf8.DecodeRuneInString(at); size > 1 {
		m = strings.Replace(m, fmt.Sprintf(`'\x%02x'`, at[0]), strconv.QuoteRune(r), 1)
	}
	return m
}

// validUTF8 replaces every byte that is no UTF-8 by U+FFFD.
func validUTF8(s string) string {
	if utf8.ValidString(s) {
		return s
	}
	return string([]rune(s))
}
