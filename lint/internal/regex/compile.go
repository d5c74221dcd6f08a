package regex

import (
	"fmt"
	"math"
	"slices"
)

// instruction is a step of the machine.
type instruction struct {
	op   op
	x, y int // where to go on, or which slot, counter or group
	r    rune
	set  *set
	unit nodeOp // what one unit must be, of opUnit and opRepeat
	back bool   // goes from right to left
	not  bool
	lazy bool
	min  int
	max  int
}

type op uint8

const (
	opUnit   op = iota // one unit of the text
	opRepeat           // many of them
	opSplit            // x, and y when that fails
	opJump             // x
	opSave             // the place, to slot x
	opClear            // groups x to y
	opBegin
	opEnd
	opBoundary
	opBack  // the text of group x
	opLook  // what is up to y must match here, or must not
	opInit  // counter x
	opLoop  // counter x: once more what follows, or y
	opMatch // the end of the expression, and of what opLook looks for
)

// compiler writes the program of an expression.
type compiler struct {
	flags    Flags
	program  []instruction
	groups   int
	counters int
	once     bool
	err      error
}

func (c *compiler) emit(in instruction) int {
	if len(c.program) >= MaxProgram {
		if c.err == nil {
			c.err = fmt.Errorf("it is larger than %d parts with all that it repeats", MaxProgram)
		}
		return 0
	}
	c.program = append(c.program, in)
	return len(c.program) - 1
}

// node writes a part; back says that it is matched from right to left.
func (c *compiler) node(n *node, back bool) {
	if c.err != nil {
		return
	}
	switch n.op {
	case sequence:
		kids := n.kids
		if back {
			kids = slices.Clone(kids)
			slices.Reverse(kids)
		}
		for _, k := range kids {
			c.node(k, back)
		}
	case choice:
		c.choice(n, back)
	case char, inSet, dot:
		c.emit(c.unit(n, opUnit, back))
	case begin:
		c.emit(instruction{op: opBegin})
	case end:
		c.emit(instruction{op: opEnd})
	case boundary:
		c.emit(instruction{op: opBoundary, not: n.negated})
	case group:
		if n.group == 0 {
			c.node(n.kids[0], back)
			return
		}
		first, last := 2*n.group, 2*n.group+1
		if back {
			first, last = last, first
		}
		c.emit(instruction{op: opSave, x: first})
		c.node(n.kids[0], back)
		c.emit(instruction{op: opSave, x: last})
	case look:
		at := c.emit(instruction{op: opLook, not: n.negated})
		c.node(n.kids[0], n.behind)
		c.program[at].y = c.emit(instruction{op: opMatch}) + 1
	case backref:
		c.once = false
		c.emit(instruction{op: opBack, x: n.group, back: back})
	case repeat:
		c.repeat(n, back)
	}
}

func (c *compiler) unit(n *node, o op, back bool) instruction {
	in := instruction{op: o, unit: n.op, r: n.r, set: n.set, back: back}
	if n.op == char && c.flags.IgnoreCase {
		in.r = canonical(n.r, c.flags.Unicode)
	}
	return in
}

func (c *compiler) choice(n *node, back bool) {
	var ends []int
	for i, k := range n.kids {
		if i == len(n.kids)-1 {
			c.node(k, back)
			break
		}
		split := c.emit(instruction{op: opSplit})
		c.program[split].x = split + 1
		c.node(k, back)
		ends = append(ends, c.emit(instruction{op: opJump}))
		c.program[split].y = len(c.program)
	}
	for _, e := range ends {
		c.program[e].x = len(c.program)
	}
}

// maxCopies bounds how large the copies of what is repeated are together; beyond
// it, a counter counts.
const maxCopies = 500

func (c *compiler) repeat(n *node, back bool) {
	kid := n.kids[0]
	for kid.op == group && kid.group == 0 {
		kid = kid.kids[0]
	}
	if kid.op == sequence && len(kid.kids) == 1 {
		kid = kid.kids[0]
	}
	high := n.max
	if high < 0 {
		high = math.MaxInt
	}
	if kid.op == char || kid.op == inSet || kid.op == dot {
		in := c.unit(kid, opRepeat, back)
		in.min, in.max, in.lazy = n.min, high, n.lazy
		c.emit(in)
		return
	}
	if high == 0 {
		return
	}
	copies := max(n.min, 1, n.max)
	if nullable(kid) || copies > 1 && copies*size(kid) > maxCopies {
		c.counted(n, kid, high, back)
		return
	}
	if n.max < 0 && n.min == 0 {
		split := c.split(n.lazy)
		c.copy(n, kid, back)
		c.emit(instruction{op: opJump, x: split})
		c.leave(split, n.lazy)
		return
	}
	last := 0
	for range n.min {
		last = len(c.program)
		c.copy(n, kid, back)
	}
	if n.max < 0 {
		split := c.emit(instruction{op: opSplit, x: last, y: last})
		if n.lazy {
			c.program[split].x = split + 1
		} else {
			c.program[split].y = split + 1
		}
		return
	}
	var splits []int
	for range n.max - n.min {
		splits = append(splits, c.split(n.lazy))
		c.copy(n, kid, back)
	}
	for _, s := range splits {
		c.leave(s, n.lazy)
	}
}

// copy writes what is repeated once; its groups begin anew.
func (c *compiler) copy(n, kid *node, back bool) {
	if n.from <= n.to {
		c.emit(instruction{op: opClear, x: n.from, y: n.to})
	}
	c.node(kid, back)
}

// split writes the choice between once more and no more.
func (c *compiler) split(lazy bool) int {
	at := c.emit(instruction{op: opSplit})
	if lazy {
		c.program[at].y = at + 1
	} else {
		c.program[at].x = at + 1
	}
	return at
}

// leave says where a split goes for no more: here.
func (c *compiler) leave(split int, lazy bool) {
	if lazy {
		c.program[split].x = len(c.program)
	} else {
		c.program[split].y = len(c.program)
	}
}

func (c *compiler) counted(n, kid *node, high int, back bool) {
	c.once = false
	k := c.counters
	c.counters++
	c.emit(instruction{op: opInit, x: k})
	loop := c.emit(instruction{op: opLoop, x: k, min: n.min, max: high, lazy: n.lazy})
	c.copy(n, kid, back)
	c.emit(instruction{op: opJump, x: loop})
	if c.err == nil {
		c.program[loop].y = len(c.program)
	}
}

// nullable reports whether a part can match nothing.
func nullable(n *node) bool {
	switch n.op {
	case char, inSet, dot:
		return false
	case sequence:
		return !slices.ContainsFunc(n.kids, func(k *node) bool { return !nullable(k) })
	case choice:
		return slices.ContainsFunc(n.kids, nullable)
	case group:
		return nullable(n.kids[0])
	case repeat:
		return n.min == 0 || nullable(n.kids[0])
	}
	return true
}

// size is about how many instructions a part has.
func size(n *node) int {
	total := 1
	for _, k := range n.kids {
		total += size(k)
	}
	if n.op == repeat && total > 2 {
		total *= max(n.min, 1, min(n.max, maxCopies))
	}
	return min(total, MaxProgram)
}
