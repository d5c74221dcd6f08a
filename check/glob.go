package check

import (
	"math/bits"
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
	prefix, suffix string   // what every match begins and ends with
	ops            []globOp // what is between them
	exact          bool     // the prefix is the whole pattern
	any            bool     // everything matches
}

func compileGlob(pattern string) glob {
	if pattern == "" || pattern == "**" {
		return glob{any: true}
	}
	g := glob{exact: true}
	literals, after := 0, 0 // how many of the last steps stand for the suffix, and where it begins
	fresh := true           // at the start or after a slash
	for rest := pattern; rest != ""; {
		ops, width := globStep(rest, fresh)
		fresh = rest[width-1] == '/'
		rest = rest[width:]
		literal := ops[0].kind == globChar
		g.exact = g.exact && literal
		switch last := len(g.ops) - 1; {
		case g.exact:
			g.prefix = pattern[:len(pattern)-len(rest)]
			continue
		case literal:
			literals++
		case last >= 0 && g.ops[last].kind == globDeep && ops[0].kind != globOne && ops[0].kind != globMaybe:
			after = len(pattern) - len(rest)
			continue // a star after what is any number already
		default:
			literals, after = 0, len(pattern)-len(rest)
		}
		g.ops = append(g.ops, ops...)
	}
	if !g.exact {
		g.suffix = pattern[after:]
	}
	g.ops = g.ops[:len(g.ops)-literals]
	return g
}

// globStep reads the next part of a pattern: its steps and its width in
// bytes. Fresh says that it stands at the start or after a slash.
func globStep(rest string, fresh bool) (ops []globOp, width int) {
	slash := globOp{kind: globChar, char: '/'}
	switch {
	case fresh && strings.HasPrefix(rest, "**/"):
		return []globOp{{kind: globMaybe, over: 2}, {kind: globDeep}, slash}, 3
	case rest == "/**":
		return []globOp{{kind: globMaybe, over: 2}, slash, {kind: globDeep}}, 3
	case strings.HasPrefix(rest, "**"):
		return []globOp{{kind: globDeep}}, 2
	case rest[0] == '*':
		return []globOp{{kind: globStar}}, 1
	case rest[0] == '?':
		return []globOp{{kind: globOne}}, 1
	}
	char, width := utf8.DecodeRuneInString(rest)
	return []globOp{{kind: globChar, char: char}}, width
}

func (g *glob) match(name string) bool {
	if g.any {
		return true
	}
	rest, ok := strings.CutPrefix(name, g.prefix)
	if g.exact || !ok {
		return ok && rest == ""
	}
	if rest, ok = strings.CutSuffix(rest, g.suffix); !ok {
		return false
	}
	if len(g.ops) == 1 && g.ops[0].kind == globStar {
		return !strings.Contains(rest, "/")
	}
	if len(g.ops) < 64 {
		return g.walk(rest)
	}
	return g.walkLong(rest)
}

// walk follows all ways through the steps at once: bit i of at says that
// what was read so far may be followed by step i.
func (g *glob) walk(name string) bool {
	at := g.jump(1)
	for _, char := range name {
		var next uint64
		for left := at; left != 0; left &= left - 1 {
			i := bits.TrailingZeros64(left)
			if i == len(g.ops) {
				break
			}
			stay, step := g.ops[i].take(char)
			if stay {
				next |= 1 << i
			}
			if step {
				next |= 1 << (i + 1)
			}
		}
		if next == 0 {
			return false
		}
		at = g.jump(next)
	}
	return at>>len(g.ops)&1 == 1
}

// jump adds the steps that may follow because others may be left out.
func (g *glob) jump(at uint64) uint64 {
	for left := at; left != 0; {
		i := bits.TrailingZeros64(left)
		left &= left - 1
		if i == len(g.ops) {
			break
		}
		var more uint64
		switch op := g.ops[i]; op.kind {
		case globStar, globDeep:
			more = 1 << (i + 1)
		case globMaybe:
			more = 1<<(i+1) | 1<<(i+1+op.over)
		}
		at |= more
		left |= more
	}
	return at
}

// walkLong is walk for globs of more steps than a word has bits.
func (g *glob) walkLong(name string) bool {
	at, next := make([]bool, len(g.ops)+1), make([]bool, len(g.ops)+1)
	at[0] = true
	g.jumpLong(at)
	for _, char := range name {
		clear(next)
		for i, op := range g.ops {
			if at[i] {
				stay, step := op.take(char)
				next[i] = next[i] || stay
				next[i+1] = next[i+1] || step
			}
		}
		g.jumpLong(next)
		at, next = next, at
	}
	return at[len(g.ops)]
}

func (g *glob) jumpLong(at []bool) {
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

// take reports whether the step, given the character, may be taken again and
// whether the next one follows.
func (op globOp) take(char rune) (stay, step bool) {
	switch op.kind {
	case globChar:
		return false, char == op.char
	case globOne:
		return false, char != '/'
	case globStar:
		return char != '/', false
	case globDeep:
		return true, false
	}
	return false, false
}
