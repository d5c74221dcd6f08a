package check

import (
	"strings"
	"unicode/utf8"
)

// MatchGlob reports whether the whole of name matches the glob, which is how
// a [Policy] compares files and elements:
//
//   - ? is one character, but not /
//   - * is any number of characters, but no /
//   - ** is any number of characters
//   - **/ at the start or after a / is also nothing: a/**/b matches a/b
//   - /** at the end is also nothing: a/** matches a and all that is below it
//
// Everything else stands for itself, so that any name matches itself. The
// empty glob matches everything. Names that hold no /, such as GraphQL's
// coordinates, are matched by * whole: Type.* is all that is in Type.
//
// The time grows with the product of both lengths, whatever the glob.
func MatchGlob(glob, name string) bool {
	g := compileGlob(glob)
	return g.match(name)
}

// globOp is one step of a compiled glob.
type globOp struct {
	kind globKind
	char rune // for globChar
	// jump is the number of steps that may be left out from here; 0 where
	// this one must be taken.
	jump int
}

type globKind uint8

const (
	globChar globKind = iota // exactly char
	globOne                  // any one but /
	globStar                 // any number but /
	globDeep                 // any number
)

// glob is a compiled pattern. It is immutable.
type glob struct {
	prefix string // what every match begins with
	ops    []globOp
	exact  bool // the prefix is the whole pattern
	any    bool
}

func compileGlob(pattern string) glob {
	if pattern == "" || pattern == "**" {
		return glob{any: true}
	}
	g := glob{exact: true}
	closed := false // the prefix is complete
	for rest := pattern; rest != ""; {
		op, width := globStep(rest, len(rest) == len(pattern) || pattern[len(pattern)-len(rest)-1] == '/')
		switch {
		case op.kind != globChar || op.jump > 0:
			closed, g.exact = true, false
		case !closed:
			g.prefix += rest[:width]
		}
		// A deep step swallows every star that follows it.
		if n := len(g.ops); n > 0 && g.ops[n-1].kind == globDeep && g.ops[n-1].jump == 1 && (op.kind == globStar || op.kind == globDeep) {
			rest = rest[width:]
			continue
		}
		g.ops = append(g.ops, op)
		rest = rest[width:]
	}
	return g
}

// globStep reads the first step of rest, and how many bytes of it that took.
// fresh says that it stands at the start or after a slash.
func globStep(rest string, fresh bool) (globOp, int) {
	switch {
	case fresh && strings.HasPrefix(rest, "**/"):
		return globOp{kind: globDeep, jump: 2}, 2
	case strings.HasPrefix(rest, "**"):
		return globOp{kind: globDeep, jump: 1}, 2
	case rest == "/**":
		return globOp{kind: globChar, char: '/', jump: 2}, 1
	case rest[0] == '*':
		return globOp{kind: globStar, jump: 1}, 1
	case rest[0] == '?':
		return globOp{kind: globOne}, 1
	}
	char, width := utf8.DecodeRuneInString(rest)
	return globOp{kind: globChar, char: char}, width
}

// match follows all ways through the pattern at once: at[i] says that what
// was read so far may be followed by step i.
func (g *glob) match(name string) bool {
	if g.any {
		return true
	}
	if g.exact || !strings.HasPrefix(name, g.prefix) {
		return name == g.prefix && g.exact
	}
	var a, b [64]bool
	at, next := a[:], b[:]
	if len(g.ops) >= len(a) {
		at, next = make([]bool, len(g.ops)+1), make([]bool, len(g.ops)+1)
	} else {
		at, next = at[:len(g.ops)+1], next[:len(g.ops)+1]
	}
	at[0] = true
	g.jump(at)
	for _, char := range name {
		clear(next)
		alive := false
		for i, op := range g.ops {
			if !at[i] {
				continue
			}
			switch op.kind {
			case globChar:
				next[i+1] = next[i+1] || char == op.char
			case globOne:
				next[i+1] = next[i+1] || char != '/'
			case globStar:
				next[i] = next[i] || char != '/'
			case globDeep:
				next[i] = true
			}
			alive = alive || next[i] || next[i+1]
		}
		if !alive {
			return false
		}
		g.jump(next)
		at, next = next, at
	}
	return at[len(g.ops)]
}

// jump adds the steps that may follow because others may be left out.
func (g *glob) jump(at []bool) {
	for i, op := range g.ops {
		if !at[i] || op.jump == 0 {
			continue
		}
		at[i+op.jump] = true
		if op.kind != globChar {
			at[i+1] = true
		}
	}
}
