package lifecycle

import (
	"net/http"
	"strings"
	"time"
)

// take reads the value of a carrier into the state. What was said before
// stays: the first one counts.
func (r *reader) take(c *carrier, v value) {
	switch c.as {
	case "flag":
		r.flag(c, v)
	case "presence":
		if !v.isNo {
			r.said(c)
			r.state.Deprecated = true
		}
	case "level":
		r.level(c, v)
	case "date", "moment":
		r.date(c, v)
	case "text":
		if text := strings.TrimSpace(v.text); v.scalar && text != "" && !v.isTrue && !v.isNo {
			r.said(c)
			r.setText(c.sets, text)
		}
	case "prose":
		if v.scalar {
			r.prose(c, v.text)
		}
	}
}

func (r *reader) flag(c *carrier, v value) {
	switch {
	case v.isTrue && v.scalar:
		r.said(c)
		r.state.Deprecated = true
	case !v.isNo || !v.scalar:
		r.problem(c, v, "true or false")
	}
}

func (r *reader) level(c *carrier, v value) {
	word := strings.ToLower(strings.TrimSpace(v.text))
	level, ok := c.words[word]
	switch {
	case !ok && v.scalar && word == "":
	case !ok:
		r.problem(c, v, "a stability level, such as experimental, beta or stable")
	case level == deprecatedWord:
		r.said(c)
		r.state.Deprecated = true
	default:
		r.said(c)
		r.setLevel(level)
	}
}

func (r *reader) setLevel(level Stability) {
	if r.state.Stability == Unstated {
		r.state.Stability = level
	}
}

func (r *reader) date(c *carrier, v value) {
	text := strings.TrimSpace(v.text)
	if v.scalar && (text == "" || v.isNo) {
		return
	}
	m, ok := Moment{}, false
	m.Date, ok = parseDate(text, c.layouts)
	if !ok && c.as == "moment" {
		m.Release, ok = parseRelease(text)
	}
	if !ok || !v.scalar {
		r.problem(c, v, c.wants())
		return
	}
	r.said(c)
	r.setMoment(c.sets, m)
}

// wants says what belongs into a carrier of dates.
func (c *carrier) wants() string {
	want := "a date such as 2026-11-27"
	for _, l := range c.layouts {
		want += " or " + time.Date(2026, 11, 27, 0, 0, 0, 0, time.UTC).Format(l)
	}
	if c.as == "moment" {
		want += " or a release such as 15.7"
	}
	return want
}

func (r *reader) setMoment(field string, m Moment) {
	switch field {
	case "since":
		r.state.Since = r.state.Since.or(m)
	case "sunset":
		r.state.Sunset = r.state.Sunset.or(m)
	}
}

// or returns the moment with what it does not know taken from n.
func (m Moment) or(n Moment) Moment {
	if m.Date.IsZero() {
		m.Date = n.Date
	}
	if m.Release == "" {
		m.Release = n.Release
	}
	return m
}

func (r *reader) setText(field, text string) {
	switch field {
	case "replacement":
		if r.state.Replacement == "" {
			r.state.Replacement = text
		}
	case "reason":
		if r.state.Reason == "" {
			r.state.Reason = text
		}
	}
}

// parseDate reads a day: RFC 3339 dates and date-times, HTTP dates in their
// three forms (RFC 9110, section 5.6.7), and the layouts. A time of day is
// cut off, in UTC.
func parseDate(text string, layouts []string) (time.Time, bool) {
	if len(text) < 8 || len(text) > 64 {
		return time.Time{}, false
	}
	for _, l := range layouts {
		if t, err := time.Parse(l, text); err == nil {
			return day(t), true
		}
	}
	for _, l := range [...]string{time.DateOnly, time.RFC3339, "2006-01-02T15:04:05", "2006-01-02 15:04:05"} {
		if t, err := time.Parse(l, text); err == nil {
			return day(t), true
		}
	}
	if t, err := http.ParseTime(text); err == nil {
		return day(t), true
	}
	return time.Time{}, false
}

func day(t time.Time) time.Time {
	y, m, d := t.UTC().Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

// parseRelease reads a release: numbers with dots, with or without a "v"
// before them and a pre-release after them.
func parseRelease(text string) (string, bool) {
	s := strings.TrimPrefix(strings.TrimPrefix(text, "v"), "V")
	if s == "" || len(s) > 40 || s[0] < '0' || s[0] > '9' {
		return "", false
	}
	for i := range len(s) {
		c := s[i]
		if !(c >= '0' && c <= '9' || c == '.' || i > 0 && (c == '-' || c == '+' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z')) {
			return "", false
		}
	}
	return s, true
}
