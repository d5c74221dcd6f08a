package hook

import (
	"bytes"
	"encoding/binary"
	"math/bits"
)

// padding follows every text that is scanned for its syntax, so that eight
// bytes can be read at each of its own. No JSON has a byte that is 0.
var padding = make([]byte, 8)

const (
	ones  = 0x0101010101010101
	highs = 0x8080808080808080
)

// textEnd returns the offset of the first byte from i on that ends plain text
// in a string: a quote, a backslash, or one below 0x20. The padding is one.
func textEnd(b []byte, i int) int {
	for {
		x := binary.LittleEndian.Uint64(b[i:])
		quote := x ^ '"'*ones
		slash := x ^ '\\'*ones
		found := ((quote - ones) &^ quote) | ((slash - ones) &^ slash) | ((x - 0x20*ones) &^ x)
		if found &= highs; found != 0 {
			return i + bits.TrailingZeros64(found)/8
		}
		i += 8
	}
}

// numberEnd returns the offset after the number at i, and whether there is one.
// The text is padded.
func numberEnd(b []byte, i int) (end int, ok bool) {
	if b[i] == '-' {
		i++
	}
	switch {
	case b[i] == '0':
		i++
	case isDigit(b[i]):
		i = digitsEnd(b, i)
	default:
		return i, false
	}
	if b[i] == '.' {
		if i++; !isDigit(b[i]) {
			return i, false
		}
		i = digitsEnd(b, i)
	}
	if b[i] == 'e' || b[i] == 'E' {
		if i++; b[i] == '+' || b[i] == '-' {
			i++
		}
		if !isDigit(b[i]) {
			return i, false
		}
		i = digitsEnd(b, i)
	}
	return i, true
}

func digitsEnd(b []byte, i int) int {
	for isDigit(b[i]) {
		i++
	}
	return i
}

func isDigit(c byte) bool { return c-'0' < 10 }

func isSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\r' || c == '\t' }

// stringEnd returns the offset after the string that starts at i, the length of
// the text where it does not end. It does not judge what is in the string.
func stringEnd(b []byte, i int) int {
	for i++; ; i++ {
		n := bytes.IndexByte(b[i:], '"')
		if n < 0 {
			return len(b)
		}
		i += n
		back := i
		for b[back-1] == '\\' {
			back--
		}
		if (i-back)%2 == 0 {
			return i + 1
		}
	}
}

// scalarEnd returns the offset after the number or word at i.
func scalarEnd(b []byte, i int) int {
	for ; i < len(b); i++ {
		switch b[i] {
		case ',', '}', ']', ' ', '\n', '\r', '\t', 0:
			return i
		}
	}
	return i
}

// valueEnd returns the offset after the value at i, without judging it.
func valueEnd(b []byte, i int) int {
	if i >= len(b) {
		return len(b)
	}
	switch b[i] {
	case '"':
		return stringEnd(b, i)
	case '{', '[':
	default:
		return scalarEnd(b, i)
	}
	depth := 1
	for i++; i < len(b); i++ {
		switch b[i] {
		case '"':
			i = stringEnd(b, i) - 1
		case '{', '[':
			depth++
		case '}', ']':
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return len(b)
}

// walker goes over the members of an object without judging the text.
type walker struct {
	b          []byte
	at         int // after the brace at first, then the value of the member
	start, end int // the name of the member with its quotes
}

// name goes on to the next member. The value of the one before was skipped.
func (w *walker) name() bool {
	for ; w.at < len(w.b); w.at++ {
		switch c := w.b[w.at]; {
		case c == '"':
			w.start, w.end = w.at, stringEnd(w.b, w.at)
			for w.at = w.end; w.at < len(w.b) && (w.b[w.at] == ':' || isSpace(w.b[w.at])); {
				w.at++
			}
			return w.at < len(w.b)
		case c == ',' || isSpace(c):
		default:
			return false
		}
	}
	return false
}

// is reports whether the member has that name.
func (w *walker) is(name string) bool {
	token := w.b[w.start:w.end]
	if len(token) == len(name)+2 {
		return string(token[1:len(token)-1]) == name
	}
	return bytes.IndexByte(token, '\\') >= 0 && unquote(token) == name
}

func (w *walker) skip() { w.at = valueEnd(w.b, w.at) }
