package regex

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf16"
)

// escape reads what follows a backslash outside of brackets.
func (p *parser) escape() (*node, error) {
	c := p.peek()
	switch {
	case c >= '1' && c <= '9':
		start, n := p.pos, 0
		for d := p.peek(); d >= '0' && d <= '9'; d = p.peek() {
			n = min(n*10+int(d-'0'), maxCount)
			p.pos++
		}
		if n <= p.total {
			return &node{op: backref, group: n}, nil
		}
		if p.flags.Unicode {
			return nil, fmt.Errorf("no group has the number %d", n)
		}
		p.pos = start
	case c == 'k' && (p.named || p.flags.Unicode):
		p.pos++
		if !p.accept("<") {
			return nil, errors.New(`\k without the name of a group`)
		}
		name, err := p.name()
		if err != nil {
			return nil, err
		}
		n := &node{op: backref, name: name}
		p.backs = append(p.backs, n)
		return n, nil
	}
	r, s, err := p.character(false)
	if s != nil {
		return &node{op: inSet, set: s}, err
	}
	return &node{op: char, r: r}, err
}

// character reads an escape that is a character, or a set of them.
func (p *parser) character(inClass bool) (rune, *set, error) {
	c := p.peek()
	if c < 0 {
		return 0, nil, errors.New(`a \ at the end`)
	}
	p.pos++
	if s := lettered(c); s != nil {
		return 0, s, nil
	}
	switch c {
	case 't':
		return '\t', nil, nil
	case 'n':
		return '\n', nil, nil
	case 'v':
		return '\v', nil, nil
	case 'f':
		return '\f', nil, nil
	case 'r':
		return '\r', nil, nil
	case 'b':
		if inClass {
			return '\b', nil, nil
		}
	case '-':
		if inClass {
			return c, nil, nil
		}
	case 'c':
		if l := p.peek(); l >= 'a' && l <= 'z' || l >= 'A' && l <= 'Z' || inClass && !p.flags.Unicode && (l >= '0' && l <= '9' || l == '_') {
			p.pos++
			return l % 32, nil, nil
		}
		if !p.flags.Unicode {
			p.pos--
			return '\\', nil, nil
		}
	case 'x':
		if r, ok := p.hex(2); ok {
			return r, nil, nil
		}
	case 'u':
		if r, ok := p.codePoint(); ok {
			return r, nil, nil
		}
	case 'p', 'P':
		if p.flags.Unicode {
			s, err := p.property(c == 'P')
			return 0, s, err
		}
	case '0', '1', '2', '3', '4', '5', '6', '7':
		if next := p.peek(); c == '0' && (next < '0' || next > '9') {
			return 0, nil, nil
		}
		if !p.flags.Unicode {
			return p.octal(c - '0'), nil, nil
		}
	}
	if p.flags.Unicode && !strings.ContainsRune(`^$\.*+?()[]{}|/`, c) {
		return 0, nil, fmt.Errorf(`\%c is no escape`, c)
	}
	return c, nil, nil
}

// octal reads an old way of writing characters, of which the first digit is read.
func (p *parser) octal(r rune) rune {
	for range 2 {
		d := p.peek()
		if d < '0' || d > '7' || r*8+d-'0' > 0o377 {
			break
		}
		r = r*8 + d - '0'
		p.pos++
	}
	return r
}

// hex takes n digits.
func (p *parser) hex(n int) (rune, bool) {
	if p.pos+n > len(p.text) {
		return 0, false
	}
	var r rune
	for _, c := range p.text[p.pos : p.pos+n] {
		d := digit(c)
		if d < 0 {
			return 0, false
		}
		r = r*16 + d
	}
	p.pos += n
	return r, true
}

func digit(c rune) rune {
	switch {
	case c >= '0' && c <= '9':
		return c - '0'
	case c >= 'a' && c <= 'f':
		return c - 'a' + 10
	case c >= 'A' && c <= 'F':
		return c - 'A' + 10
	}
	return -1
}

// codePoint reads what follows \u.
func (p *parser) codePoint() (rune, bool) {
	start := p.pos
	if p.flags.Unicode && p.accept("{") {
		var r rune
		for d := digit(p.peek()); d >= 0; d = digit(p.peek()) {
			if r = r*16 + d; r > 0x10FFFF {
				break
			}
			p.pos++
		}
		if p.pos > start+1 && p.accept("}") {
			return r, true
		}
		p.pos = start
		return 0, false
	}
	r, ok := p.hex(4)
	if ok && p.flags.Unicode && utf16.IsSurrogate(r) {
		after := p.pos
		if p.accept(`\u`) {
			if low, ok := p.hex(4); ok {
				if both := utf16.DecodeRune(r, low); both != 0xFFFD {
					return both, true
				}
			}
		}
		p.pos = after
	}
	return r, ok
}

// property reads what follows \p or \P.
func (p *parser) property(negated bool) (*set, error) {
	if !p.accept("{") {
		return nil, errors.New(`\p without a property in braces`)
	}
	from := p.pos
	for c := p.peek(); c >= 0 && c != '}'; c = p.peek() {
		p.pos++
	}
	word := string(p.text[from:p.pos])
	if !p.accept("}") {
		return nil, errors.New(`\p{ without a }`)
	}
	name, value, _ := strings.Cut(word, "=")
	s := property(name, value)
	switch {
	case s == nil:
		return nil, fmt.Errorf("%q is no property of characters that is known here", word)
	case negated:
		return &set{sets: []*set{s}, negated: true}, nil
	}
	return s, nil
}

// class reads what is in brackets.
func (p *parser) class() (*node, error) {
	s := &set{negated: p.accept("^")}
	for !p.accept("]") {
		if p.pos >= len(p.text) {
			return nil, errors.New("a [ without a ]")
		}
		low, in, err := p.member()
		if err != nil {
			return nil, err
		}
		if in != nil {
			s.sets = append(s.sets, in)
		}
		if p.peek() != '-' || p.pos+1 < len(p.text) && p.text[p.pos+1] == ']' || p.pos+1 >= len(p.text) {
			if in == nil {
				s.add(low, low)
			}
			continue
		}
		p.pos++
		high, other, err := p.member()
		switch {
		case err != nil:
			return nil, err
		case in != nil || other != nil:
			if p.flags.Unicode {
				return nil, errors.New("a range in brackets from or to a set")
			}
			s.add('-', '-')
			if in == nil {
				s.add(low, low)
			}
			if other != nil {
				s.sets = append(s.sets, other)
			} else {
				s.add(high, high)
			}
		case high < low:
			return nil, fmt.Errorf("the range %c-%c in brackets is out of order", low, high)
		default:
			s.add(low, high)
		}
	}
	s.done()
	return &node{op: inSet, set: s}, nil
}

// member reads one character in brackets, or a set.
func (p *parser) member() (rune, *set, error) {
	if p.accept(`\`) {
		return p.character(true)
	}
	c := p.peek()
	if c < 0 {
		return 0, nil, errors.New("a [ without a ]")
	}
	p.pos++
	return c, nil, nil
}
