// Package jsonscan walks over JSON texts (RFC 8259) without making anything of
// them: it says where values end. It is for answers under load, of which
// thousands a second are looked at and most are sound.
//
// Every function takes the text and the offset of what it reads, white space
// before it skipped by the caller with [Space], and returns the offset after
// it; ok is false where there is no such thing. It judges syntax only: names
// given twice and text that is no UTF-8 pass.
package jsonscan

import (
	"encoding/binary"
	"encoding/json"
	"math/bits"
	"unsafe"
)

// MaxDepth is how deep values may nest; what is deeper is not ok.
const MaxDepth = 1000

// View returns bytes as a string without a copy. They must not change while
// the string or a part of it is in use.
func View(b []byte) string {
	return unsafe.String(unsafe.SliceData(b), len(b)) //nolint:gosec // a view, by contract with the caller
}

// Valid reports whether the text is one JSON value and nothing more.
func Valid(s string) bool {
	end, ok := Value(s, Space(s, 0), 0)
	return ok && Space(s, end) == len(s)
}

// Space returns the offset of the first character that is no white space.
func Space(s string, i int) int {
	for i < len(s) && s[i] <= ' ' && (s[i] == ' ' || s[i] == '\n' || s[i] == '\t' || s[i] == '\r') {
		i++
	}
	return i
}

// Value passes over any value, at a depth of nesting.
func Value(s string, i, depth int) (end int, ok bool) {
	if i >= len(s) || depth > MaxDepth {
		return i, false
	}
	switch s[i] {
	case '"':
		end, _, ok = String(s, i)
		return end, ok
	case '{':
		return object(s, i, depth)
	case '[':
		return array(s, i, depth)
	case 't', 'f', 'n':
		return Word(s, i)
	}
	end, _, ok = Number(s, i)
	return end, ok
}

func object(s string, i, depth int) (end int, ok bool) {
	i = Space(s, i+1)
	if i < len(s) && s[i] == '}' {
		return i + 1, true
	}
	for {
		if i, _, ok = String(s, i); !ok {
			return i, false
		}
		if i = Space(s, i); i >= len(s) || s[i] != ':' {
			return i, false
		}
		if i, ok = Value(s, Space(s, i+1), depth+1); !ok {
			return i, false
		}
		var more bool
		if i, more, ok = Next(s, i, '}'); !more || !ok {
			return i, ok
		}
	}
}

func array(s string, i, depth int) (end int, ok bool) {
	i = Space(s, i+1)
	if i < len(s) && s[i] == ']' {
		return i + 1, true
	}
	for {
		if i, ok = Value(s, i, depth+1); !ok {
			return i, false
		}
		var more bool
		if i, more, ok = Next(s, i, ']'); !more || !ok {
			return i, ok
		}
	}
}

// Next passes over the comma after a member or an item, to the next one; or
// over the bracket that closes the list.
func Next(s string, i int, closing byte) (next int, more, ok bool) {
	i = Space(s, i)
	if i >= len(s) {
		return i, false, false
	}
	switch s[i] {
	case ',':
		return Space(s, i+1), true, true
	case closing:
		return i + 1, false, true
	}
	return i, false, false
}

// Word passes over true, false or null.
func Word(s string, i int) (end int, ok bool) {
	for _, w := range [...]string{"true", "false", "null"} {
		if len(s)-i >= len(w) && s[i:i+len(w)] == w {
			return i + len(w), true
		}
	}
	return i, false
}

// Number passes over a number. Whole is set where it has no fraction and no
// exponent.
func Number(s string, i int) (end int, whole, ok bool) {
	if i < len(s) && s[i] == '-' {
		i++
	}
	first := i
	for i < len(s) && s[i]-'0' <= 9 {
		i++
	}
	if i == first || s[first] == '0' && i > first+1 {
		return i, false, false
	}
	whole = true
	if i < len(s) && s[i] == '.' {
		whole = false
		if i, ok = digits(s, i+1); !ok {
			return i, false, false
		}
	}
	if i < len(s) && s[i]|0x20 == 'e' {
		whole = false
		if i++; i < len(s) && (s[i] == '+' || s[i] == '-') {
			i++
		}
		if i, ok = digits(s, i); !ok {
			return i, false, false
		}
	}
	return i, whole, true
}

func digits(s string, i int) (end int, ok bool) {
	first := i
	for i < len(s) && s[i]-'0' <= 9 {
		i++
	}
	return i, i > first
}

// String passes over a string. Plain is set where it has no escapes, so that
// its characters are those between the quotes.
func String(s string, i int) (end int, plain, ok bool) {
	if i >= len(s) || s[i] != '"' {
		return i, false, false
	}
	plain = true
	i++
	for {
		i = run(s, i)
		if i >= len(s) {
			return i, false, false
		}
		switch s[i] {
		case '"':
			return i + 1, plain, true
		case '\\':
			plain = false
			if i, ok = escape(s, i); !ok {
				return i, false, false
			}
		default:
			return i, false, false
		}
	}
}

// run returns the offset of the first quote, backslash or control character.
// Eight bytes are looked at in one step: a byte below a limit shows as its
// high bit after the limit is subtracted from all (Mycroft, 1987).
func run(s string, i int) int {
	const low, high = 0x0101010101010101, 0x8080808080808080
	for ; len(s)-i >= 8; i += 8 {
		w := binary.LittleEndian.Uint64(unsafe.Slice(unsafe.StringData(s[i:]), 8)) //nolint:gosec // eight bytes are there
		quote, slash := w^(low*'"'), w^(low*'\\')
		found := (w-low*0x20)&^w | (quote-low)&^quote | (slash-low)&^slash
		if found &= high; found != 0 {
			return i + bits.TrailingZeros64(found)/8
		}
	}
	for i < len(s) && s[i] != '"' && s[i] != '\\' && s[i] >= 0x20 {
		i++
	}
	return i
}

func escape(s string, i int) (end int, ok bool) {
	if i+1 >= len(s) {
		return len(s), false
	}
	switch s[i+1] {
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		return i + 2, true
	case 'u':
		if i+6 > len(s) {
			return len(s), false
		}
		for _, c := range []byte(s[i+2 : i+6]) {
			if !(c-'0' <= 9 || c|0x20 >= 'a' && c|0x20 <= 'f') {
				return i, false
			}
		}
		return i + 6, true
	}
	return i, false
}

// Unquote returns the characters of a string, quotes included.
func Unquote(s string) string {
	if end, plain, ok := String(s, 0); ok && plain && end == len(s) {
		return s[1 : len(s)-1]
	}
	var out string
	if json.Unmarshal([]byte(s), &out) != nil {
		return ""
	}
	return out
}
