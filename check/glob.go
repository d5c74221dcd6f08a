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
	over int  // for globMaybe: how many of the steps after it may be left out
}

type globKind uint8

const (
	globChar  globKind = iota // exactly char
	globOne                   // any one but /
	globStar                  // any number but /
	globDeep                  // any number
	globMaybe                 // none; what follows may be left out
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
	fresh := true // at the start or after a slash
	for rest := pattern; rest != ""; {
		var ops []globOp
		width := 1
		slash := globOp{kind: globChar, char: '/'}
		switch {
		case fresh && strings.HasPrefix(rest, "**/"):
			ops, width = []globOp{{kind: globMaybe, over: 2}, {kind: globDeep}, slash}, 3
		case rest == "/**":
			ops, width = []globOp{{kind: globMaybe, over: 2}, slash, {kind: globDeep}}, 3
		case strings.HasPrefix(rest, "**"):
			ops, width = []globOp{{kind: globDeep}}, 2
		case rest[0] == '*':
			ops = []globOp{{kind: globStar}}
		case rest[0] == '?':
			ops = []globOp{{kind: globOne}}
		default:
			var char rune
			char, width = utf8.DecodeRuneInString(rest)
			ops = []globOp{{kind: globChar, char: char}}
		}
		g.exact = g.exact && ops[0].kind == globChar
		if g.exact {
			g.prefix += rest[:width]
		}
		fresh = rest[width-1] == '/'
		rest = rest[width:]
		if last := len(g.ops) - 1; last >= 0 && g.ops[last].kind == globDeep && (ops[0].kind == globDeep || ops[0].kind == globStar) {
			continue // what is any number already
		}
		g.ops = append(g.ops, ops...)
	}
	return g
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
		if !at[i] {
			continue
		}
		switch op.kind {
		case globStar, globDeep:
			at[i+1] = true
		case globMaybe:
			at[i+1], at[i+1+op.over] = true, true
		}
	}
}
