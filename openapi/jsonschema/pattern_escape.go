package jsonschema

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// What \s and \S mean in ECMA-262, as the inside of a class.
const (
	space    = `\t\n\v\f\r \x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}\x{feff}`
	notSpace = `\x00-\x08\x0e-\x1f!-\x{9f}\x{a1}-\x{167f}\x{1681}-\x{1fff}\x{200b}-\x{2027}\x{202a}-\x{202e}` +
		`\x{2030}-\x{205e}\x{2060}-\x{2fff}\x{3001}-\x{fefe}\x{ff00}-\x{10ffff}`
)

// literal writes one character that stands for itself.
func (t *translator) literal() {
	r, size := utf8.DecodeRuneInString(t.in[t.pos:])
	t.pos += size
	t.write(r)
}

func (t *translator) write(r rune) {
	switch {
	case r < utf8.RuneSelf && !unicode.IsLetter(r) && !unicode.IsDigit(r):
		fmt.Fprintf(&t.out, `\x%02x`, r)
	case r == utf8.RuneError || r >= 0xd800 && r < 0xe000:
		t.unsupported = true
	default:
		t.out.WriteRune(r)
	}
}

// escape reads an escape outside of a class.
func (t *translator) escape() {
	set, r, ok := t.escaped()
	switch {
	case !ok:
	case set != "":
		t.out.WriteString("[" + set + "]")
	default:
		t.write(r)
	}
}

// escaped reads what follows a backslash: a set of characters, as the inside
// of a class, or one character.
func (t *translator) escaped() (set string, r rune, ok bool) {
	if !t.more() {
		t.fail("a backslash at the end")
		return "", 0, false
	}
	r, size := utf8.DecodeRuneInString(t.in[t.pos:])
	t.pos += size
	switch r {
	case 'd', 'D', 'w', 'W':
		return `\` + string(r), 0, true
	case 's':
		return space, 0, true
	case 'S':
		return notSpace, 0, true
	case 'n':
		return "", '\n', true
	case 'r':
		return "", '\r', true
	case 't':
		return "", '\t', true
	case 'v':
		return "", '\v', true
	case 'f':
		return "", '\f', true
	case 'x':
		return t.hex(2, 'x')
	case 'u':
		return t.unicodeEscape()
	case 'c':
		if c := t.peek(); c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' {
			t.pos++
			return "", rune(c % 32), true
		}
		t.pos--
		return "", '\\', true
	case 'p', 'P':
		return t.property(r)
	case 'k':
		t.unsupported = true
		return "", 'k', true
	}
	if r >= '0' && r <= '9' {
		return t.octal(r)
	}
	return "", r, true
}

// octal reads \0, and takes every other number for a reference to a group.
func (t *translator) octal(r rune) (set string, c rune, ok bool) {
	if next := t.peek(); r != '0' || next >= '0' && next <= '9' {
		t.unsupported = true
	}
	return "", r - '0', true
}

func (t *translator) hex(n int, letter rune) (set string, r rune, ok bool) {
	if t.pos+n <= len(t.in) {
		if v, err := strconv.ParseUint(t.in[t.pos:t.pos+n], 16, 32); err == nil {
			t.pos += n
			return "", rune(v), true
		}
	}
	return "", letter, true
}

// unicodeEscape reads \uHHHH, a pair of them that is one character, and
// \u{H…}.
func (t *translator) unicodeEscape() (set string, r rune, ok bool) {
	if t.accept("{") {
		end := strings.IndexByte(t.in[t.pos:], '}')
		if end > 0 && end <= 8 {
			if v, err := strconv.ParseUint(t.in[t.pos:t.pos+end], 16, 32); err == nil && v <= unicode.MaxRune {
				t.pos += end + 1
				return "", rune(v), true
			}
		}
		t.unsupported = true
		return "", 'u', true
	}
	_, high, _ := t.hex(4, 'u')
	if high >= 0xd800 && high < 0xdc00 && t.accept(`\u`) {
		if _, low, _ := t.hex(4, 'u'); low >= 0xdc00 && low < 0xe000 {
			return "", (high-0xd800)<<10 + (low - 0xdc00) + 0x10000, true
		}
		t.unsupported = true
	}
	return "", high, true
}

// property reads \p{…}: a general category or a script.
func (t *translator) property(letter rune) (set string, r rune, ok bool) {
	end := strings.IndexByte(t.in[t.pos:], '}')
	if t.peek() != '{' || end < 2 {
		return "", letter, true
	}
	name := t.in[t.pos+1 : t.pos+end]
	t.pos += end + 1
	if _, value, found := strings.Cut(name, "="); found {
		name = value
	}
	if long, found := map[string]string{"Letter": "L", "Number": "N", "Punctuation": "P", "Symbol": "S", "Separator": "Z", "Mark": "M",
		"Uppercase_Letter": "Lu", "Lowercase_Letter": "Ll", "digit": "Nd", "Decimal_Number": "Nd"}[name]; found {
		name = long
	}
	if unicode.Categories[name] == nil && unicode.Scripts[name] == nil {
		t.unsupported = true
		return "", letter, true
	}
	return `\` + string(letter) + "{" + name + "}", 0, true
}

// class reads what follows a bracket.
func (t *translator) class() {
	negated := t.accept("^")
	if t.accept("]") {
		if negated {
			t.out.WriteString(`[\x00-\x{10ffff}]`)
		} else {
			t.out.WriteString(`[^\x00-\x{10ffff}]`)
		}
		return
	}
	t.out.WriteByte('[')
	if negated {
		t.out.WriteByte('^')
	}
	for t.more() && t.peek() != ']' {
		set, low, ok := t.classAtom()
		if !ok {
			return
		}
		if t.peek() != '-' || t.pos+1 >= len(t.in) || t.in[t.pos+1] == ']' {
			t.member(set, low)
			continue
		}
		t.pos++
		set2, high, ok := t.classAtom()
		if !ok {
			return
		}
		if set != "" || set2 != "" {
			t.member(set, low)
			t.member("", '-')
			t.member(set2, high)
			continue
		}
		if high < low {
			t.fail("a range out of order")
			return
		}
		t.member("", low)
		t.out.WriteByte('-')
		t.member("", high)
	}
	if !t.accept("]") {
		t.fail("a [ without a ]")
		return
	}
	t.out.WriteByte(']')
}

func (t *translator) classAtom() (set string, r rune, ok bool) {
	if t.accept(`\`) {
		if t.accept("b") {
			return "", '\b', true
		}
		if t.accept("-") {
			return "", '-', true
		}
		return t.escaped()
	}
	if !t.more() {
		t.fail("a [ without a ]")
		return "", 0, false
	}
	r, size := utf8.DecodeRuneInString(t.in[t.pos:])
	t.pos += size
	return "", r, true
}

func (t *translator) member(set string, r rune) {
	if set != "" {
		t.out.WriteString(set)
		return
	}
	t.write(r)
}
