package sample

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/plumbapi/plumb/openapi"
)

// number makes a number within its limits: one near the lower, or 1.
func (r *run) number(s *shape, integer bool) (*Value, error) {
	step := 1.0
	if !integer && len(s.multiples) == 0 {
		step = 0
	}
	for _, m := range s.multiples {
		step = combine(step, m, integer)
	}
	low, high := limits(s, integer || slices.Contains(s.formats, "int32") || slices.Contains(s.formats, "int64"))
	f := 1.0
	if r.seed != 0 && r.variant == 0 {
		f = float64(1 + r.pick(100))
	}
	f += float64(r.variant) * max(step, 1)
	if low > f {
		f = low + float64(r.variant)*max(step, 1)
	}
	if high < f {
		f = max(low, high-float64(r.variant)*max(step, 1))
		if math.IsInf(f, -1) {
			f = high
		}
	}
	if step > 0 {
		f = math.Ceil(f/step) * step
		if f > high {
			f = math.Floor(high/step) * step
		}
	}
	f = r.inside(s, f, low, high, step)
	return &Value{Kind: openapi.Number, Text: decimal(f, step)}, nil
}

// inside moves a number off limits that are exclusive.
func (r *run) inside(s *shape, f, low, high, step float64) float64 {
	if s.min != nil && s.min.exclusive && f <= s.min.value {
		switch {
		case step > 0:
			f = (math.Floor(s.min.value/step) + 1) * step
		case s.max == nil || s.min.value+1 < high:
			f = low + 1
		default:
			f = low + (high-low)/2
		}
	}
	if s.max != nil && s.max.exclusive && f >= s.max.value {
		switch {
		case step > 0:
			f = (math.Ceil(s.max.value/step) - 1) * step
		case s.min == nil || s.max.value-1 > low:
			f = high - 1
		default:
			f = low + (high-low)/2
		}
	}
	return f
}

func limits(s *shape, integer bool) (low, high float64) {
	low, high = math.Inf(-1), math.Inf(1)
	if s.min != nil {
		low = s.min.value
	}
	if s.max != nil {
		high = s.max.value
	}
	if integer {
		low, high = math.Ceil(low), math.Floor(high)
	}
	return low, high
}

// combine returns a step that is a multiple of both.
func combine(a, b float64, integer bool) float64 {
	if a == 0 || !integer && a == 1 {
		return b
	}
	for k := 1.0; k <= 10_000; k++ {
		if q := a * k / b; math.Abs(q-math.Round(q)) < 1e-9 {
			return a * k
		}
	}
	return a * b
}

// decimal writes a number with no more digits than its step has.
func decimal(f, step float64) string {
	text := strconv.FormatFloat(f, 'f', -1, 64)
	if step > 0 && step != math.Trunc(step) {
		places := strconv.FormatFloat(step, 'f', -1, 64)
		if _, frac, ok := strings.Cut(places, "."); ok {
			text = strings.TrimRight(strings.TrimRight(strconv.FormatFloat(f, 'f', len(frac), 64), "0"), ".")
		}
	}
	if len(text) > 25 {
		text = strconv.FormatFloat(f, 'g', -1, 64)
	}
	return text
}

// string makes a string: of its format, of its pattern, or a word.
func (r *run) string(s *shape) (*Value, error) {
	if s.minLength > maxLength {
		return nil, r.fail(s.node(), "a string of %d characters is more than is made", s.minLength)
	}
	if s.maxLength >= 0 && s.maxLength < s.minLength {
		return nil, r.fail(s.node(), "no string is shorter than %d characters and longer than %d", s.maxLength+1, s.minLength-1)
	}
	var fallback string
	for _, f := range s.formats {
		text, ok := r.format(f, s)
		if !ok {
			continue
		}
		if r.suits(s, text) {
			return String(text), nil
		}
		fallback = text
	}
	for _, p := range s.patterns {
		pat := r.m.pattern(p.Text())
		if pat.problem != "" {
			r.note(p, "pattern %q %s; the value may not match it", p.Text(), pat.problem)
			continue
		}
		for try := range maxVariants {
			text, ok := pat.text(r.variant+try, s.minLength, s.maxLength)
			if !ok {
				break
			}
			if r.suits(s, text) {
				return String(text), nil
			}
		}
	}
	if fallback != "" {
		return String(fallback), nil
	}
	return String(r.word(s)), nil
}

// maxLength bounds the strings that are made, in characters.
const maxLength = 1 << 16

// suits reports whether a text has the length and the patterns of a shape.
func (r *run) suits(s *shape, text string) bool {
	n := utf8.RuneCountInString(text)
	if n < s.minLength || s.maxLength >= 0 && n > s.maxLength {
		return false
	}
	for _, p := range s.patterns {
		if re := r.m.pattern(p.Text()).re; re != nil && !re.MatchString(text) {
			return false
		}
	}
	return true
}

// word makes a plain text of the right length.
func (r *run) word(s *shape) string {
	words := []string{"string", "alpha", "bravo", "delta", "gamma", "omega", "sigma", "theta"}
	text := words[0]
	if r.seed != 0 {
		text = words[r.pick(len(words))]
	}
	if r.variant > 0 {
		text += strconv.Itoa(r.variant)
	}
	for len(text) < s.minLength {
		text += words[0][:min(len(words[0]), s.minLength-len(text))]
	}
	if s.maxLength >= 0 && len(text) > s.maxLength {
		text = text[len(text)-s.maxLength:] // the end tells variants apart
	}
	return text
}
