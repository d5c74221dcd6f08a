package jsonpath

import (
	"strconv"
	"strings"
)

// parser reads a path.
type parser struct {
	text string
	pos  int
	plus bool // @parent is that of JSONPath-Plus
}

func (p *parser) fail(at int, text string) error { return &Error{Path: p.text, Offset: at, Text: text} }

func (p *parser) rest() string { return p.text[p.pos:] }

func (p *parser) take(prefix string) bool {
	if strings.HasPrefix(p.rest(), prefix) {
		p.pos += len(prefix)
		return true
	}
	return false
}

func (p *parser) space() {
	for p.pos < len(p.text) && strings.IndexByte(" \t\r\n", p.text[p.pos]) >= 0 {
		p.pos++
	}
}

// path reads all of it. The $ at the beginning may be left out.
func (p *parser) path() ([]step, error) {
	p.text = strings.TrimRight(p.text, " \t\r\n")
	p.space()
	var steps []step
	if !p.take("$") && p.pos < len(p.text) && !strings.ContainsRune(".[^~", rune(p.text[p.pos])) {
		s, err := p.bare()
		if err != nil {
			return nil, err
		}
		steps = append(steps, s)
	}
	for p.pos < len(p.text) {
		next, err := p.segment()
		if err != nil {
			return nil, err
		}
		steps = append(steps, next...)
	}
	if len(steps) == 0 && p.text == "" {
		return nil, p.fail(0, "it is empty")
	}
	return steps, nil
}

// segment reads what begins with a dot, a bracket, ^ or ~.
func (p *parser) segment() ([]step, error) {
	switch {
	case p.take("^"):
		return []step{{kind: parent}}, nil
	case p.take("~"):
		return []step{{kind: name}}, nil
	case p.take(".."):
		steps := []step{{kind: descend}}
		if p.pos == len(p.text) || strings.IndexByte("[^~", p.text[p.pos]) >= 0 {
			return steps, nil
		}
		s, err := p.bare()
		return append(steps, s), err
	case p.take("."):
		if p.pos == len(p.text) { // a dot at the end says nothing
			return nil, nil
		}
		if p.pos < len(p.text) && p.text[p.pos] == '[' {
			return p.bracket()
		}
		s, err := p.bare()
		return []step{s}, err
	case p.text[p.pos] == '[':
		return p.bracket()
	}
	if t, ok := p.typeName(); ok { // *@string()
		return []step{{kind: typed, is: t}}, nil
	}
	return nil, p.fail(p.pos, "expected . [ ^ or ~, found "+strconv.Quote(p.rest()))
}

// bare reads a name without quotes, *, or a type selector.
func (p *parser) bare() (step, error) {
	at := p.pos
	if p.take("`") { // takes what follows literally
		at = p.pos
	} else {
		if p.take("*") {
			return step{kind: wildcard}, nil
		}
		if t, ok := p.typeName(); ok {
			return step{kind: typed, is: t}, nil
		}
	}
	end := strings.IndexAny(p.rest(), ".[^~")
	if end < 0 {
		end = len(p.rest())
	}
	if i := strings.LastIndexByte(p.rest()[:end], '@'); i > 0 && typeNames[p.rest()[i:end]] != 0 {
		end = i // name@string()
	}
	if end == 0 {
		return step{}, p.fail(at, "expected the name of a member")
	}
	p.pos += end
	return step{kind: child, names: []string{strings.TrimSpace(p.text[at:p.pos])}}, nil
}

// typeName takes a type selector.
func (p *parser) typeName() (typeName, bool) {
	end := strings.Index(p.rest(), "()")
	if end < 0 {
		return 0, false
	}
	word := p.rest()[:end+2]
	t, ok := typeNames[word]
	return t, ok && p.take(word)
}

// bracket reads [ … ].
func (p *parser) bracket() ([]step, error) {
	open := p.pos
	p.pos++
	p.space()
	var s step
	var err error
	switch {
	case p.take("*"):
		s = step{kind: wildcard}
	case p.take("?"):
		s, err = p.expression(filter)
	case strings.HasPrefix(p.rest(), "("):
		s, err = p.expression(script)
	default:
		s, err = p.names()
	}
	if err != nil {
		return nil, err
	}
	p.space()
	if !p.take("]") {
		if p.pos >= len(p.text) {
			return nil, p.fail(open, "the [ has no ]")
		}
		return nil, p.fail(p.pos, "expected ], found "+strconv.Quote(p.rest()))
	}
	return []step{s}, nil
}

// expression reads a filter or a script, with or without parentheses.
func (p *parser) expression(kind stepKind) (step, error) {
	c := &compiler{lex: lexer{text: p.text, pos: p.pos}, plus: p.plus}
	e, err := c.compile()
	if err != nil {
		return step{}, p.fail(c.at, err.Error())
	}
	p.pos = c.end
	return step{kind: kind, test: e}, nil
}

// names reads names, with or without quotes, indexes, or a slice.
func (p *parser) names() (step, error) {
	var names []string
	for {
		p.space()
		if p.pos >= len(p.text) {
			return step{}, p.fail(p.pos, "the path ends within brackets")
		}
		if quote := p.text[p.pos]; quote == '\'' || quote == '"' {
			text, err := p.quoted(quote)
			if err != nil {
				return step{}, err
			}
			names = append(names, text)
		} else {
			end := strings.IndexAny(p.rest(), ",]")
			if end <= 0 {
				return step{}, p.fail(p.pos, "expected a name, an index or *")
			}
			names = append(names, strings.TrimSpace(p.rest()[:end]))
			at := p.pos
			p.pos += end
			if len(names) == 1 && p.text[p.pos] == ']' {
				if s, ok := asSlice(names[0]); ok {
					if s.by != nil && *s.by == 0 {
						return step{}, p.fail(at, "a slice cannot go on by 0")
					}
					return step{kind: slicing, slice: s}, nil
				}
				if t, ok := typeNames[names[0]]; ok {
					return step{kind: typed, is: t}, nil
				}
			}
		}
		p.space()
		if !p.take(",") {
			return step{kind: child, names: names}, nil
		}
	}
}

// quoted reads a name in quotes; a backslash takes the next character as it is.
func (p *parser) quoted(quote byte) (string, error) {
	at := p.pos
	p.pos++
	var b strings.Builder
	for p.pos < len(p.text) {
		c := p.text[p.pos]
		p.pos++
		switch {
		case c == quote:
			return b.String(), nil
		case c == '\\' && p.pos < len(p.text):
			b.WriteByte(p.text[p.pos])
			p.pos++
		default:
			b.WriteByte(c)
		}
	}
	return "", p.fail(at, "the name in quotes does not end")
}

// asSlice reads from:to:by, of which each may be left out but not both colons.
func asSlice(text string) (slice, bool) {
	parts := strings.Split(text, ":")
	if len(parts) < 2 || len(parts) > 3 {
		return slice{}, false
	}
	var s slice
	for i, into := range []**int{&s.from, &s.to, &s.by}[:len(parts)] {
		part := strings.TrimSpace(parts[i])
		if part == "" {
			continue
		}
		n, err := strconv.Atoi(part)
		if err != nil {
			return slice{}, false
		}
		*into = &n
	}
	return s, true
}
