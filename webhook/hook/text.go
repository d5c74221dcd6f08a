package hook

import (
	"encoding/binary"
	"unicode/utf16"
	"unicode/utf8"
)

// unquote returns the text of a string token, as far as it is one.
func unquote(token []byte) string {
	if len(token) < 2 {
		return ""
	}
	b := make([]byte, 0, len(token)+len(padding))
	b = append(append(b, token[1:]...), padding...)
	w, r := 0, 0
	for {
		end := textEnd(b, r)
		w += copy(b[w:], b[r:end])
		if b[end] != '\\' {
			return string(b[:w])
		}
		var n int
		if r, n = unescape(b, end, w); n < 0 {
			return string(b[:w])
		}
		w += n
	}
}

// unescape writes what the escape at i stands for to w, which is not after i,
// and returns the offset after the escape and how many bytes it wrote, -1 where
// it is no escape. The half of a surrogate pair that stands alone is written as
// UTF-8 would have it if it could, and so it can be written as it was.
func unescape(b []byte, i, w int) (next, n int) {
	c := b[i+1]
	switch c {
	case '"', '\\', '/':
	case 'b':
		c = '\b'
	case 'f':
		c = '\f'
	case 'n':
		c = '\n'
	case 'r':
		c = '\r'
	case 't':
		c = '\t'
	case 'u':
		return unescapeUnicode(b, i, w)
	default:
		return i, -1
	}
	b[w] = c
	return i + 2, 1
}

func unescapeUnicode(b []byte, i, w int) (next, n int) {
	r, ok := hex4(b, i+2)
	if !ok {
		return i, -1
	}
	i += 6
	if !utf16.IsSurrogate(r) {
		return i, utf8.EncodeRune(b[w:], r)
	}
	if b[i] == '\\' && b[i+1] == 'u' {
		if low, ok := hex4(b, i+2); ok {
			if pair := utf16.DecodeRune(r, low); pair != utf8.RuneError {
				return i + 6, utf8.EncodeRune(b[w:], pair)
			}
		}
	}
	b[w], b[w+1], b[w+2] = 0xE0|byte(r>>12), 0x80|byte(r>>6)&0x3F, 0x80|byte(r)&0x3F
	return i, 3
}

// hex4 returns the number of four hexadecimal digits.
func hex4(b []byte, i int) (rune, bool) {
	if i+4 > len(b) {
		return 0, false
	}
	var r rune
	for _, c := range b[i : i+4] {
		switch {
		case isDigit(c):
			c -= '0'
		case c-'a' < 6:
			c -= 'a' - 10
		case c-'A' < 6:
			c -= 'A' - 10
		default:
			return 0, false
		}
		r = r<<4 | rune(c)
	}
	return r, true
}

// appendText appends a string token. Bytes that are no UTF-8 stay as they are,
// but for lone surrogates, which become escapes.
func appendText(dst []byte, s string) []byte {
	dst = append(dst, '"')
	start, i := 0, 0
	for i < len(s) {
		if i+8 <= len(s) {
			x := uint64(0)
			x = binary.LittleEndian.Uint64([]byte(s[i : i+8]))
			quote, slash, surrogate := x^'"'*ones, x^'\\'*ones, x^0xED*ones
			if ((quote-ones)&^quote|(slash-ones)&^slash|(surrogate-ones)&^surrogate|(x-0x20*ones)&^x)&highs == 0 {
				i += 8
				continue
			}
		}
		c := s[i]
		if c >= 0x20 && c != '"' && c != '\\' && c != 0xED {
			i++
			continue
		}
		if c == 0xED && (i+2 >= len(s) || s[i+1] < 0xA0 || s[i+1] > 0xBF || s[i+2]&0xC0 != 0x80) {
			i++
			continue
		}
		dst = append(dst, s[start:i]...)
		switch c {
		case '"', '\\':
			dst = append(dst, '\\', c)
		case '\n':
			dst = append(dst, '\\', 'n')
		case '\r':
			dst = append(dst, '\\', 'r')
		case '\t':
			dst = append(dst, '\\', 't')
		case 0xED:
			dst = appendUnicode(dst, 0xD000|uint16(s[i+1]&0x3F)<<6|uint16(s[i+2]&0x3F))
			i += 2
		default:
			dst = appendUnicode(dst, uint16(c))
		}
		i++
		start = i
	}
	return append(append(dst, s[start:]...), '"')
}

func appendUnicode(dst []byte, u uint16) []byte {
	const digits = "0123456789abcdef"
	return append(dst, '\\', 'u', digits[u>>12], digits[u>>8&15], digits[u>>4&15], digits[u&15])
}
