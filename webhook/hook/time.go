package hook

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Time is a moment that keeps its token, text or number. The zero Time is the
// zero time.Time.
type Time struct{ token string }

// NewTime returns a moment, as RFC 3339 has it.
func NewTime(t time.Time) Time {
	return Time{string(appendText(nil, t.Format(time.RFC3339Nano)))}
}

// Time returns the moment. It reads RFC 3339 with T or a space, with or without
// a zone (which is UTC then), also "2006-01-02 15:04:05 UTC" and
// "2006-01-02 15:04:05 +0200", dates, and seconds since 1970 as a number or
// text, or milliseconds where they are more than 100,000,000,000.
func (t Time) Time() (time.Time, error) {
	if t.token == "" {
		return time.Time{}, nil
	}
	text := t.Text()
	if m, ok := parseTime(text); ok {
		return m, nil
	}
	return time.Time{}, fmt.Errorf("%q is no time", cut(text))
}

// Text returns the time as the payload has it, a string without its quotes.
func (t Time) Text() string {
	if strings.HasPrefix(t.token, `"`) {
		return unquote([]byte(t.token))
	}
	return t.token
}

// IsZero reports whether the time was never set.
func (t Time) IsZero() bool { return t.token == "" }

// MarshalJSON returns the token.
func (t Time) MarshalJSON() ([]byte, error) { return Marshal(&t) }

// UnmarshalJSON keeps a token.
func (t *Time) UnmarshalJSON(b []byte) error { return Unmarshal(b, t) }

var layouts = [...]string{
	time.RFC3339Nano,
	"2006-01-02 15:04:05Z07:00",
	"2006-01-02T15:04:05",
	"2006-01-02 15:04:05",
	"2006-01-02 15:04:05 -0700",
	"2006-01-02 15:04:05 -07:00",
	"2006-01-02 15:04:05 UTC",
	"2006-01-02T15:04:05-0700",
	"2006-01-02",
}

func parseTime(s string) (time.Time, bool) {
	if len(s) > 64 {
		return time.Time{}, false
	}
	for _, layout := range layouts {
		if t, err := time.Parse(layout, s); err == nil {
			return t, true
		}
	}
	return parseUnix(s)
}

func parseUnix(s string) (time.Time, bool) {
	const milliseconds = 100_000_000_000
	if n, err := strconv.ParseInt(s, 10, 64); err == nil {
		if n > milliseconds || n < -milliseconds {
			return time.UnixMilli(n).UTC(), true
		}
		return time.Unix(n, 0).UTC(), true
	}
	if !isNumber(s) {
		return time.Time{}, false
	}
	if n, ok := wholeNumber(s); ok {
		return parseUnix(strconv.FormatInt(n, 10))
	}
	whole, fraction, ok := strings.Cut(s, ".")
	n, err := strconv.ParseInt(whole, 10, 64)
	if !ok || err != nil || strings.ContainsAny(fraction, "eE") {
		return time.Time{}, false
	}
	nanos, err := strconv.ParseInt((fraction + "000000000")[:9], 10, 64)
	if err != nil {
		return time.Time{}, false
	}
	if whole[0] == '-' {
		nanos = -nanos
	}
	if n > milliseconds || n < -milliseconds {
		return time.UnixMilli(n).Add(time.Duration(nanos / 1000)).UTC(), true
	}
	return time.Unix(n, nanos).UTC(), true
}
