package jsonpath

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// tokenKind is what a token of a JavaScript expression is.
type tokenKind uint8

const (
	endToken tokenKind = iota
	wordToken
	numberToken
	stringToken
	regexpToken
	markToken // an operator or a bracket
)

// token is one token. Of a regular expression, text is the pattern.
type token struct {
	kind   tokenKind
	text   string
	flags  string
	number float64
	at     int
}

func (t token) is(mark string) bool { return t.kind == markToken && t.text == mark }

func (t token) String() string {
	if t.kind == endToken {
		return "the end of the path"
	}
	return strconv.Quote(t.text)
}

// marks are the operators, longer ones before those that they begin with.
var marks = []string{
	"===", "!==", "...", "**", "=>", "==", "!=", "<=", ">=", "&&", "||", "??", "?.", "~=",
	"(", ")", "[", "]", "{", "}", "<", ">", "!", "+", "-", "*", "/", "%", "?", ":", ".", ",", "=",
}

// lexer reads tokens.
type lexer struct {
	text string
	pos  int
	// value says that the token before was a value, so that a slash divides.
	value bool
}

func (l *lexer) next() (token, error) {
	for l.pos < len(l.text) && strings.IndexByte(" \t\r\n", l.text[l.pos]) >= 0 {
		l.pos++
	}
	t := token{at: l.pos}
	if l.pos >= len(l.text) {
		return t, nil
	}
	c := l.text[l.pos]
	var err error
	switch {
	case c == '\'' || c == '"' || c == '`':
		t.kind = stringToken
		t.text, err = l.quoted(c)
	case c == '/' && !l.value:
		t.kind = regexpToken
		t.text, t.flags, err = l.regexp()
	case c >= '0' && c <= '9':
		t.kind = numberToken
		t.text, t.number, err = l.numeral()
	case isWord(c) || c == '@' || c == '$':
		t.kind, t.text = wordToken, l.word()
	default:
		t.kind = markToken
		for _, m := range marks {
			if strings.HasPrefix(l.text[l.pos:], m) {
				t.text = m
				break
			}
		}
		if t.text == "" {
			r, _ := utf8.DecodeRuneInString(l.text[l.pos:])
			return t, fmt.Errorf("%q is not understood", string(r))
		}
		l.pos += len(t.text)
	}
	l.value = t.kind != markToken || t.text == ")" || t.text == "]" || t.text == "}"
	return t, err
}

func isWord(c byte) bool {
	return c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c >= utf8.RuneSelf
}

// word reads an identifier, which may begin with @ or $.
func (l *lexer) word() string {
	at := l.pos
	l.pos++
	for l.pos < len(l.text) && (isWord(l.text[l.pos]) || l.text[l.pos] == '$') {
		l.pos++
	}
	return l.text[at:l.pos]
}

func (l *lexer) numeral() (string, float64, error) {
	at := l.pos
	for l.pos < len(l.text) && (isWord(l.text[l.pos]) || l.text[l.pos] == '.') {
		l.pos++
	}
	text := l.text[at:l.pos]
	n, err := strconv.ParseFloat(text, 64)
	if i, intErr := strconv.ParseInt(text, 0, 64); err != nil && intErr == nil {
		n, err = float64(i), nil
	}
	if err != nil {
		return text, 0, fmt.Errorf("%q is no number", text)
	}
	return text, n, nil
}

// quoted reads a string. In backticks, placeholders are not known.
func (l *lexer) quoted(quote byte) (string, error) {
	var b strings.Builder
	for l.pos++; l.pos < len(l.text); {
		c := l.text[l.pos]
		l.pos++
		switch {
		case c == quote:
			return b.String(), nil
		case c == '\\' && l.pos < len(l.text):
			if err := l.escape(&b); err != nil {
				return "", err
			}
		case quote == '`' && c == '$' && strings.HasPrefix(l.text[l.pos:], "{"):
			return "", errors.New("placeholders in a string are not known here")
		default:
			b.WriteByte(c)
		}
	}
	return "", errors.New("the string does not end")
}

// escape reads what follows a backslash.
func (l *lexer) escape(b *strings.Builder) error {
	c := l.text[l.pos]
	l.pos++
	switch c {
	case 'n':
		b.WriteByte('\n')
	case 't':
		b.WriteByte('\t')
	case 'r':
		b.WriteByte('\r')
	case 'x', 'u':
		n := 2
		if c == 'u' {
			n = 4
		}
		if l.pos+n > len(l.text) {
			return errors.New("the escape does not end")
		}
		code, err := strconv.ParseUint(l.text[l.pos:l.pos+n], 16, 32)
		if err != nil {
			return fmt.Errorf(`\%c%s is no escape`, c, l.text[l.pos:l.pos+n])
		}
		b.WriteRune(rune(code))
		l.pos += n
	default:
		b.WriteByte(c)
	}
	return nil
}

// regexp reads /pattern/flags. A slash within a class does not end it.
func (l *lexer) regexp() (pattern, flags string, err error) {
	at := l.pos + 1
	class := false
	for l.pos++; l.pos < len(l.text); l.pos++ {
		switch c := l.text[l.pos]; {
		case c == '\\':
			l.pos++
		case c == '[':
			class = true
		case c == ']':
			class = false
		case c == '/' && !class:
			pattern = l.text[at:l.pos]
			l.pos++
			from := l.pos
			for l.pos < len(l.text) && isWord(l.text[l.pos]) {
				l.pos++
			}
			return pattern, l.text[from:l.pos], nil
		}
	}
	l.pos = min(l.pos, len(l.text))
	return "", "", errors.New("the regular expression does not end")
}
