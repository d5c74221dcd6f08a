// Package regex runs the regular expressions of ECMA-262 by backtracking, and
// counts what it does: a match ends with a result or, when its steps are used up,
// with [ErrSteps], on any machine after the same steps. Where no reference back
// and no counter is in the expression, a place in it is tried once for each
// place in the text, so that the usual shapes that take exponential time
// elsewhere take none here.
//
// What Go's regexp package can run it runs faster; who uses which is decided in
// package ecma. The package knows nothing of JavaScript's objects.
package regex

import (
	"errors"
	"strings"
	"unicode"
	"unicode/utf16"
)

// Flags are those of an expression that say what matches.
type Flags struct {
	IgnoreCase, Multiline, DotAll bool
	// Unicode reads the pattern strictly, and counts texts in code points where
	// they are UTF-16 units else.
	Unicode bool
	// Sticky matches at the start alone.
	Sticky bool
}

// ErrSteps is the error of a match that has used up its steps.
var ErrSteps = errors.New("the regular expression takes too many steps")

// MaxProgram bounds how large an expression is when it is compiled, in
// instructions.
const MaxProgram = 50_000

// Regexp is a compiled expression. It is safe for concurrent use.
type Regexp struct {
	flags    Flags
	program  []instruction
	groups   int      // with the whole match, which is group 0
	names    []string // of the groups, "" where they have none
	counters int
	once     bool // a place is tried once
	anchored bool
}

// Compile compiles a pattern. The error says what is wrong with it.
func Compile(pattern string, flags Flags) (*Regexp, error) {
	p := &parser{text: Units(pattern, flags.Unicode), flags: flags}
	tree, err := p.pattern()
	if err != nil {
		return nil, err
	}
	c := &compiler{flags: flags, groups: p.groups + 1, once: true}
	c.emit(instruction{op: opSave, x: 0})
	c.node(tree, false)
	c.emit(instruction{op: opSave, x: 1})
	c.emit(instruction{op: opMatch})
	if c.err != nil {
		return nil, c.err
	}
	return &Regexp{
		flags: flags, program: c.program, groups: c.groups, names: append(p.names, make([]string, c.groups)...)[:c.groups],
		counters: c.counters, once: c.once, anchored: c.program[1].op == opBegin && !flags.Multiline,
	}, nil
}

// Names are the names of the groups by their numbers, "" for those without; the
// first is the whole match.
func (r *Regexp) Names() []string { return r.names }

// Units are what a text consists of for expressions: code points, or UTF-16
// units.
func Units(text string, full bool) []rune {
	runes := []rune(text)
	if full {
		return runes
	}
	for i, r := range runes {
		if r > 0xFFFF {
			units := runes[:i:i]
			for _, r := range runes[i:] {
				if r > 0xFFFF {
					a, b := utf16.EncodeRune(r)
					units = append(units, a, b)
					continue
				}
				units = append(units, r)
			}
			return units
		}
	}
	return runes
}

// Find returns where the first match from start on is: beginning and end of the
// whole and of each group, -1 for groups that took no part; nil where there is
// none. What it does is taken off steps. The error is ErrSteps.
func (r *Regexp) Find(text []rune, start int, steps *int) ([]int, error) {
	m := &machine{re: r, text: text, steps: *steps, free: *steps - tryAfter, slots: make([]int, 2*r.groups+2*r.counters)}
	defer func() { *steps = m.steps }()
	for at := start; at <= len(text); at++ {
		if at > 0 && r.anchored {
			return nil, nil
		}
		for i := range m.slots {
			m.slots[i] = -1
		}
		m.steps -= len(m.slots) / 8
		m.log, m.stack = m.log[:0], m.stack[:0]
		switch ok, err := m.run(0, at, true); {
		case err != nil:
			return nil, err
		case ok:
			return m.slots[:2*r.groups], nil
		case r.flags.Sticky:
			return nil, nil
		}
	}
	return nil, nil
}

// String is the text that units are.
func String(units []rune) string {
	var b strings.Builder
	for i := 0; i < len(units); i++ {
		r := units[i]
		if utf16.IsSurrogate(r) && i+1 < len(units) {
			if both := utf16.DecodeRune(r, units[i+1]); both != unicode.ReplacementChar {
				r = both
				i++
			}
		}
		b.WriteRune(r)
	}
	return b.String()
}
