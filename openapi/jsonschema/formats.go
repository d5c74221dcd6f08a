package jsonschema

import (
	"encoding/base64"
	"math"
	"net/netip"
	"strings"
)

// format is what a name in the keyword format asserts: of numbers or of
// strings, never of both.
type format struct {
	number func(float64) bool
	text   func(string) bool
}

// formats are the names that assert something, as the package ajv-formats
// defines them. Float, double, password and binary assert nothing.
var formats = map[string]*format{
	"int32": {number: func(f float64) bool { return isWhole(f) && f >= math.MinInt32 && f <= math.MaxInt32 }},
	"int64": {number: isWhole},

	"byte":                      {text: isBase64},
	"date":                      {text: isDate},
	"time":                      {text: isTime},
	"date-time":                 {text: isDateTime},
	"duration":                  {text: isDuration},
	"email":                     {text: isEmail},
	"hostname":                  {text: isHostname},
	"ipv4":                      {text: isIPv4},
	"ipv6":                      {text: isIPv6},
	"uri":                       {text: isURI},
	"uri-reference":             {text: isURIReference},
	"uri-template":              {text: isURITemplate},
	"url":                       {text: isURL},
	"uuid":                      {text: isUUID},
	"regex":                     {text: isRegex},
	"json-pointer":              {text: isPointer},
	"json-pointer-uri-fragment": {text: isPointerFragment},
	"relative-json-pointer":     {text: isRelativePointer},
}

// isBase64 takes what is base64 on one line at least of a text, with padding.
func isBase64(s string) bool {
	for line := range strings.SplitSeq(s, "\n") {
		if _, err := base64.StdEncoding.DecodeString(line); err == nil && !strings.Contains(line, "\r") {
			return true
		}
	}
	return false
}

func isIPv4(s string) bool {
	parts := strings.Split(s, ".")
	if len(parts) != 4 {
		return false
	}
	for _, p := range parts {
		if !digits(p) || len(p) > 3 || number(p) > 255 {
			return false
		}
	}
	return true
}

func isIPv6(s string) bool {
	a, err := netip.ParseAddr(s)
	return err == nil && a.Is6() && a.Zone() == ""
}

func isEmail(s string) bool {
	local, host, ok := cutLast(s, "@")
	if !ok || !strings.Contains(host, ".") {
		return false
	}
	for part := range strings.SplitSeq(local, ".") {
		if part == "" || !every(part, func(c byte) bool { return alnum(c) || strings.IndexByte("!#$%&'*+/=?^_`{|}~-", c) >= 0 }) {
			return false
		}
	}
	for label := range strings.SplitSeq(host, ".") {
		if !isLabel(label) {
			return false
		}
	}
	return true
}

func isHostname(s string) bool {
	s = strings.TrimSuffix(s, ".")
	if s == "" || len(s) > 253 {
		return false
	}
	for label := range strings.SplitSeq(s, ".") {
		if len(label) > 63 || !isLabel(label) {
			return false
		}
	}
	return true
}

// isLabel takes letters, digits and inner hyphens.
func isLabel(s string) bool {
	return s != "" && s[0] != '-' && s[len(s)-1] != '-' &&
		every(s, func(c byte) bool { return alnum(c) || c == '-' })
}

func isUUID(s string) bool {
	if len(s) > 9 && strings.EqualFold(s[:9], "urn:uuid:") {
		s = s[9:]
	}
	if len(s) != 36 {
		return false
	}
	for i := range len(s) {
		if i == 8 || i == 13 || i == 18 || i == 23 {
			if s[i] != '-' {
				return false
			}
		} else if !hexDigit(s[i]) {
			return false
		}
	}
	return true
}

func isRegex(s string) bool { return newPattern(s).invalid == "" }

func isPointer(s string) bool {
	if s != "" && s[0] != '/' {
		return false
	}
	for i := range len(s) {
		if s[i] == '~' && (i+1 >= len(s) || s[i+1] != '0' && s[i+1] != '1') {
			return false
		}
	}
	return true
}

func isPointerFragment(s string) bool {
	rest, ok := strings.CutPrefix(s, "#")
	return ok && isPointer(rest) && uriChars(rest, "/~:@")
}

func isRelativePointer(s string) bool {
	i := 0
	for i < len(s) && s[i] >= '0' && s[i] <= '9' {
		i++
	}
	if i == 0 || i > 1 && s[0] == '0' {
		return false
	}
	return s[i:] == "#" || isPointer(s[i:])
}

func alnum(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
}

func hexDigit(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F'
}

func every(s string, ok func(byte) bool) bool {
	for i := range len(s) {
		if !ok(s[i]) {
			return false
		}
	}
	return true
}

func cutLast(s, sep string) (before, after string, ok bool) {
	i := strings.LastIndex(s, sep)
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+len(sep):], true
}

// number reads a short numeral of digits.
func number(s string) int {
	n := 0
	for i := range len(s) {
		n = 10*n + int(s[i]-'0')
	}
	return n
}
