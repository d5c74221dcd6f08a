package regex

// machine is one match.
type machine struct {
	re    *Regexp
	text  []rune
	steps int // that are left
	free  int // what is left of the steps when a match begins to remember
	// slots are the places of groups, and behind them, for each counter, how often
	// and where the last time began.
	slots []int
	log   []change // of slots, to be taken back
	stack []choicePoint
	tried []uint64 // bit by place in the program and in the text
}

type change struct{ slot, was int }

// choicePoint is where to go on when a way has failed.
type choicePoint struct {
	pc, pos int
	log     int
	// last is where the places of a repetition end: pos goes there, one at a time.
	last int
	kind uint8
	in   int // the repetition of more
}

const (
	single uint8 = iota
	less         // of a greedy repetition
	more         // of a lazy one; last is how many more at most
	again        // of a lazy one that a counter counts
)

// tryAfter is how many steps a match takes before it remembers what it has tried:
// honest ones are over.
const tryAfter = 2000

// maxTried bounds what is remembered, in words of 64 bits.
const maxTried = 1 << 20

// set changes a slot.
func (m *machine) set(slot, v int) {
	m.log = append(m.log, change{slot, m.slots[slot]})
	m.slots[slot] = v
}

// undo takes changes back, to the length of the log.
func (m *machine) undo(to int) {
	for i := len(m.log) - 1; i >= to; i-- {
		m.slots[m.log[i].slot] = m.log[i].was
	}
	m.log = m.log[:to]
}

// known reports whether a place in the program has been tried at a place in the
// text before.
func (m *machine) known(pc, pos int) bool {
	bit := pc*(len(m.text)+1) + pos
	if m.tried == nil {
		if m.steps > m.free {
			return false
		}
		words := len(m.re.program)*(len(m.text)+1)/64 + 1
		if words > maxTried {
			return false
		}
		m.tried = make([]uint64, words)
	}
	before := m.tried[bit/64]&(1<<(bit%64)) != 0
	m.tried[bit/64] |= 1 << (bit % 64)
	return before
}

// run goes on from a place until opMatch. What it leaves on the stack is cleared;
// the groups that it has set stay.
func (m *machine) run(pc, pos int, outermost bool) (bool, error) {
	base, begun := len(m.stack), len(m.log)
	once := m.re.once && outermost
	for {
		if m.steps--; m.steps < 0 {
			return false, ErrSteps
		}
		in := &m.re.program[pc]
		ok := true
		next := pc + 1
		switch in.op {
		case opUnit:
			if ok = m.unit(in, pos); ok {
				pos += in.step()
			}
		case opRepeat:
			if once && m.known(pc, pos) {
				ok = false
				break
			}
			pos, ok = m.repeat(in, pc, pos)
		case opSplit:
			if once && m.known(pc, pos) {
				ok = false
				break
			}
			m.stack = append(m.stack, choicePoint{pc: in.y, pos: pos, log: len(m.log)})
			next = in.x
		case opJump:
			next = in.x
		case opSave:
			m.set(in.x, pos)
		case opClear:
			for g := in.x; g <= in.y; g++ {
				m.set(2*g, -1)
				m.set(2*g+1, -1)
			}
			m.steps -= in.y - in.x
		case opBegin:
			ok = pos == 0 || m.re.flags.Multiline && isLineEnd(m.text[pos-1])
		case opEnd:
			ok = pos == len(m.text) || m.re.flags.Multiline && isLineEnd(m.text[pos])
		case opBoundary:
			ok = (m.word(pos-1) != m.word(pos)) != in.not
		case opBack:
			pos, ok = m.back(in, pos)
		case opLook:
			before := len(m.log)
			found, err := m.run(next, pos, false)
			if err != nil {
				return false, err
			}
			if in.not {
				m.undo(before)
			}
			ok, next = found != in.not, in.y
		case opInit:
			m.set(m.counter(in.x), 0)
			m.set(m.counter(in.x)+1, -1)
		case opLoop:
			next, ok = m.loop(in, pc, pos)
		case opMatch:
			m.stack = m.stack[:base]
			return true, nil
		}
		if ok {
			pc = next
			continue
		}
		if pc, pos, ok = m.retry(base); !ok {
			m.undo(begun)
			return false, nil
		}
	}
}

// retry goes to the last choice.
func (m *machine) retry(base int) (pc, pos int, ok bool) {
	for len(m.stack) > base {
		p := &m.stack[len(m.stack)-1]
		m.undo(p.log)
		switch p.kind {
		case less:
			if p.pos != p.last {
				if p.pos > p.last {
					p.pos--
				} else {
					p.pos++
				}
				return p.pc, p.pos, true
			}
		case more:
			in := &m.re.program[p.in]
			if p.last > 0 && m.unit(in, p.pos) {
				p.last--
				p.pos += in.step()
				return p.pc, p.pos, true
			}
		case again:
			pc, pos = p.pc+1, p.pos
			m.stack = m.stack[:len(m.stack)-1]
			k := m.counter(m.re.program[pc-1].x)
			m.set(k, m.slots[k]+1)
			m.set(k+1, pos)
			return pc, pos, true
		default:
			pc, pos = p.pc, p.pos
			m.stack = m.stack[:len(m.stack)-1]
			return pc, pos, true
		}
		m.stack = m.stack[:len(m.stack)-1]
	}
	return 0, 0, false
}

// step is the way past one unit.
func (in *instruction) step() int {
	if in.back {
		return -1
	}
	return 1
}

// unit reports whether the unit at a place, or before it, is one that is asked for.
func (m *machine) unit(in *instruction, pos int) bool {
	if in.back {
		pos--
	}
	if pos < 0 || pos >= len(m.text) {
		return false
	}
	r := m.text[pos]
	switch in.unit {
	case char:
		return r == in.r || m.re.flags.IgnoreCase && canonical(r, m.re.flags.Unicode) == in.r
	case inSet:
		return in.set.matches(r, m.re.flags)
	}
	return m.re.flags.DotAll || !isLineEnd(r)
}

// repeat takes as many units as there may be, or as few.
func (m *machine) repeat(in *instruction, pc, pos int) (int, bool) {
	step := in.step()
	n := 0
	for n < in.min && m.unit(in, pos) {
		pos += step
		n++
	}
	m.steps -= n
	if n < in.min {
		return pos, false
	}
	if in.lazy {
		if in.max > in.min {
			m.stack = append(m.stack, choicePoint{pc: pc + 1, pos: pos, log: len(m.log), last: in.max - in.min, kind: more, in: pc})
		}
		return pos, true
	}
	least := pos
	for n < in.max && m.unit(in, pos) {
		pos += step
		n++
	}
	if pos != least {
		m.steps -= max(pos-least, least-pos)
		m.stack = append(m.stack, choicePoint{pc: pc + 1, pos: pos, log: len(m.log), last: least, kind: less})
	}
	return pos, true
}

func (m *machine) word(pos int) bool {
	if pos < 0 || pos >= len(m.text) {
		return false
	}
	if m.re.flags.IgnoreCase && m.re.flags.Unicode {
		return words.matches(m.text[pos], m.re.flags)
	}
	return isWord(m.text[pos])
}

// back goes past the text of a group.
func (m *machine) back(in *instruction, pos int) (int, bool) {
	from, to := m.slots[2*in.x], m.slots[2*in.x+1]
	if from < 0 || to < 0 {
		return pos, true
	}
	n := to - from
	at := pos
	if in.back {
		at = pos - n
	}
	if at < 0 || at+n > len(m.text) {
		return pos, false
	}
	m.steps -= n
	for i := range n {
		a, b := m.text[from+i], m.text[at+i]
		if a != b && (!m.re.flags.IgnoreCase || canonical(a, m.re.flags.Unicode) != canonical(b, m.re.flags.Unicode)) {
			return pos, false
		}
	}
	if in.back {
		return at, true
	}
	return at + n, true
}

// counter is the slot of a counter.
func (m *machine) counter(k int) int { return 2*m.re.groups + 2*k }

// loop goes once more through a repetition, or on behind it.
func (m *machine) loop(in *instruction, pc, pos int) (next int, ok bool) {
	k := m.counter(in.x)
	n, began := m.slots[k], m.slots[k+1]
	if n > in.min && pos == began {
		return 0, false // the last time has matched nothing
	}
	if n < in.min {
		m.set(k, n+1)
		m.set(k+1, pos)
		return pc + 1, true
	}
	if n >= in.max {
		return in.y, true
	}
	if in.lazy {
		m.stack = append(m.stack, choicePoint{pc: pc, pos: pos, log: len(m.log), kind: again})
		return in.y, true
	}
	m.stack = append(m.stack, choicePoint{pc: in.y, pos: pos, log: len(m.log)})
	m.set(k, n+1)
	m.set(k+1, pos)
	return pc + 1, true
}
