package headers

import (
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// FormatDeprecation writes a moment as the Deprecation field does, in whole
// seconds: "@1688169599".
func FormatDeprecation(t time.Time) string { return "@" + strconv.FormatInt(t.Unix(), 10) }

// FormatSunset writes a moment as the Sunset field does, in whole seconds:
// "Sat, 31 Dec 2022 23:59:59 GMT". The year must be one of four digits.
func FormatSunset(t time.Time) string { return t.UTC().Format(http.TimeFormat) }

// The forms that Deprecation had before it was a standard.
var (
	ErrDeprecationTrue = errors.New("the form of early drafts, which says no date; expected @ and the seconds since 1970")
	ErrDeprecationDate = errors.New("the form of early drafts; expected @ and the seconds since 1970")
)

// ParseDeprecation reads a Deprecation field, a Date of RFC 9651: "@" and an
// integer of at most 15 digits, maybe with parameters, which mean nothing. The
// errors ErrDeprecationTrue and ErrDeprecationDate are for the forms of early
// drafts; the latter comes with the moment.
func ParseDeprecation(value string) (time.Time, error) {
	value = strings.Trim(value, " ")
	switch value {
	case "":
		return time.Time{}, errors.New("empty")
	case "true", "?1":
		return time.Time{}, ErrDeprecationTrue
	}
	if t, err := http.ParseTime(value); err == nil {
		return t, ErrDeprecationDate
	}
	digits, ok := strings.CutPrefix(value, "@")
	if !ok {
		return time.Time{}, errors.New("expected @ and the seconds since 1970")
	}
	digits, parameters, _ := strings.Cut(digits, ";")
	if value != "@"+digits && !validParameters(";"+parameters) {
		return time.Time{}, errors.New("a parameter is not of the form ;name=value")
	}
	bare := strings.TrimPrefix(digits, "-")
	if len(bare) == 0 || len(bare) > 15 || strings.Trim(bare, "0123456789") != "" {
		return time.Time{}, errors.New("expected @ and a whole number of at most 15 digits")
	}
	n, err := strconv.ParseInt(digits, 10, 64)
	if err != nil {
		return time.Time{}, fmt.Errorf("no number: %w", err)
	}
	return time.Unix(n, 0).UTC(), nil
}

// ParseSunset reads a Sunset field, an HTTP-date as RFC 9110 has it written: an
// IMF-fixdate.
func ParseSunset(value string) (time.Time, error) {
	value = strings.Trim(value, " ")
	if value == "" {
		return time.Time{}, errors.New("empty")
	}
	t, err := time.Parse(http.TimeFormat, value)
	switch {
	case err == nil && FormatSunset(t) == value:
		return t.UTC(), nil
	case err == nil && FormatSunset(t)[3:] == value[3:] && 'A' <= value[0] && value[0] <= 'Z':
		return time.Time{}, fmt.Errorf("%s is no %s", t.Format(time.DateOnly), value[:3])
	}
	if _, old := http.ParseTime(value); err != nil && old == nil {
		return time.Time{}, errors.New("a form of date that is obsolete; expected one such as " + sample)
	}
	return time.Time{}, errors.New("expected a date such as " + sample)
}

const sample = "Sat, 31 Dec 2022 23:59:59 GMT"

// validParameters reports whether a text is the parameters of a structured
// field's item.
func validParameters(text string) bool {
	for text != "" {
		rest, ok := strings.CutPrefix(text, ";")
		if !ok {
			return false
		}
		rest = strings.TrimLeft(rest, " ")
		n := 0
		for n < len(rest) && keyByte(rest[n], n == 0) {
			n++
		}
		if n == 0 {
			return false
		}
		text = rest[n:]
		if value, ok := strings.CutPrefix(text, "="); ok {
			if n = bareItem(value); n == 0 {
				return false
			}
			text = value[n:]
		}
	}
	return true
}

func keyByte(c byte, first bool) bool {
	switch {
	case 'a' <= c && c <= 'z', c == '*':
		return true
	}
	return !first && ('0' <= c && c <= '9' || c == '_' || c == '-' || c == '.')
}

// bareItem returns the length of the item that a text begins with: a string,
// a token, a number, a date, a boolean or bytes; 0 where it is none.
func bareItem(text string) int {
	if text == "" {
		return 0
	}
	switch c := text[0]; {
	case c == '"':
		for i := 1; i < len(text); i++ {
			switch text[i] {
			case '\\':
				i++
			case '"':
				return i + 1
			}
		}
		return 0
	case c == '?' && len(text) > 1 && (text[1] == '0' || text[1] == '1'):
		return 2
	case c == ':':
		if end := strings.IndexByte(text[1:], ':'); end >= 0 {
			return end + 2
		}
		return 0
	}
	n := 0
	for n < len(text) && text[n] != ';' && text[n] > ' ' && text[n] < 127 && !strings.ContainsRune(`",()<>\[]{}?`, rune(text[n])) {
		n++
	}
	return n
}
