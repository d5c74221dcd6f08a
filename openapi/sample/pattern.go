package sample

import (
	"regexp"
	"regexp/syntax"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/plumbapi/plumb/openapi/jsonschema"
)

// pattern is a regular expression of which texts are made.
type pattern struct {
	re      *regexp.Regexp
	tree    *syntax.Regexp
	open    bool   // not bound to the end of a text
	problem string // why there is no text; "" where there may be one
}

// pattern returns a compiled pattern, each text compiled once.
func (m *Maker) pattern(text string) *pattern {
	p := m.patterns[text]
	if p == nil {
		p = newPattern(text)
		m.patterns[text] = p
	}
	return p
}

func newPattern(text string) *pattern {
	goText, err := jsonschema.GoPattern(text)
	if err != nil {
		return &pattern{problem: err.Error()}
	}
	re, err := regexp.Compile(goText)
	if err != nil {
		return &pattern{problem: "is more than Go's regexp package runs"}
	}
	tree, err := syntax.Parse(goText, syntax.Perl)
	if err != nil {
		return &pattern{problem: "is more than Go's regexp package runs"}
	}
	return &pattern{re: re, tree: tree, open: !strings.HasSuffix(strings.TrimRight(goText, ")"), "$")}
}

// maxPatternLength bounds the texts that patterns make, in bytes.
const maxPatternLength = 4096

// text makes a text that matches, from low to high characters long (high −1:
// any), and reports whether one was found. Variants may differ.
func (p *pattern) text(variant, low, high int) (string, bool) {
	if p.tree == nil {
		return "", false
	}
	top := high
	if top < 0 || top > maxPatternLength {
		top = maxPatternLength
	}
	// Repetitions without an end grow until the text is long enough: all of
	// them, and then only one.
	for only := -1; only < 8; only++ {
		for _, reps := range growth(max(low, 1)) {
			g := textMaker{variant: variant, reps: reps, only: only, left: maxPatternLength}
			g.write(p.tree, 0)
			text := g.out.String()
			if n := utf8.RuneCountInString(text); p.open && n < low {
				text += strings.Repeat("a", low-n)
			}
			n := utf8.RuneCountInString(text)
			if n >= low && n <= top && p.re.MatchString(text) {
				return text, true
			}
			if n > top || only >= g.seen {
				break
			}
		}
	}
	return "", false
}

// growth returns the repetitions that are tried: each up to a dozen, and then
// what a length may need.
func growth(low int) []int {
	list := make([]int, 0, 20)
	for i := range 13 {
		list = append(list, i)
	}
	for i := max(13, low-12); i <= low; i++ {
		list = append(list, i)
	}
	return list
}

// textMaker writes a text that an expression matches.
type textMaker struct {
	out     strings.Builder
	variant int
	reps    int // how often more than it must something is repeated
	only    int // the one repetition that is, −1 for all
	seen    int // repetitions so far
	left    int // bytes that may be written yet
}

// maxPatternDepth bounds how deep expressions nest; Go's parser stops at 1,000.
const maxPatternDepth = 1000

func (g *textMaker) write(t *syntax.Regexp, depth int) {
	if depth > maxPatternDepth || g.left <= 0 {
		return
	}
	switch t.Op {
	case syntax.OpLiteral:
		for _, c := range t.Rune {
			g.rune(c)
		}
	case syntax.OpCharClass:
		g.class(t.Rune)
	case syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		g.rune('a' + rune(g.digit(26)))
	case syntax.OpCapture, syntax.OpConcat:
		for _, sub := range t.Sub {
			g.write(sub, depth+1)
		}
	case syntax.OpAlternate:
		g.write(t.Sub[g.digit(len(t.Sub))], depth+1)
	case syntax.OpStar:
		g.repeat(t, 0, -1, depth)
	case syntax.OpPlus:
		g.repeat(t, 1, -1, depth)
	case syntax.OpQuest:
		g.repeat(t, 0, 1, depth)
	case syntax.OpRepeat:
		g.repeat(t, t.Min, t.Max, depth)
	}
}

func (g *textMaker) repeat(t *syntax.Regexp, low, high, depth int) {
	n := low
	if g.only < 0 || g.only == g.seen {
		n += g.reps
	}
	g.seen++
	if high >= 0 {
		n = min(n, high)
	}
	for range n {
		if g.left <= 0 {
			return
		}
		g.write(t.Sub[0], depth+1)
	}
}

func (g *textMaker) rune(c rune) {
	n, _ := g.out.WriteRune(c)
	g.left -= n
}

// digit takes a digit, base n, of the variant. Later calls get the higher
// digits.
func (g *textMaker) digit(n int) int {
	d := g.variant % n
	g.variant /= n
	return d
}

// class writes one of the characters of a class: a letter or a digit where
// there is one.
func (g *textMaker) class(ranges []rune) {
	list := make([]rune, 0, 64)
	add := func(low, high rune) {
		for c := low; c <= high && len(list) < 62; c++ {
			for i := 0; i+1 < len(ranges); i += 2 {
				if c >= ranges[i] && c <= ranges[i+1] {
					list = append(list, c)
					break
				}
			}
		}
	}
	add('a', 'z')
	add('0', '9')
	add('A', 'Z')
	if len(list) == 0 {
		for i := 0; i+1 < len(ranges) && len(list) < 16; i += 2 {
			for c := ranges[i]; c <= ranges[i+1] && len(list) < 16; c++ {
				if unicode.IsPrint(c) {
					list = append(list, c)
				}
			}
			if ranges[i+1]-ranges[i] > 256 {
				break
			}
		}
	}
	if len(list) == 0 && len(ranges) > 0 {
		list = append(list, ranges[0])
	}
	if len(list) > 0 {
		g.rune(list[g.digit(len(list))])
	}
}
