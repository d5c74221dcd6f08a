package regex

import (
	"errors"
	"fmt"
	"slices"
)

// node is a part of an expression.
type node struct {
	op       nodeOp
	r        rune
	set      *set
	kids     []*node
	min, max int // of a repetition; -1 for no end
	lazy     bool
	group    int    // of a group and of a reference back
	name     string // of a reference back, until the groups are known
	negated  bool
	behind   bool
	from, to int // the groups within a repetition
}

type nodeOp uint8

const (
	sequence nodeOp = iota
	choice
	char
	inSet
	dot
	begin
	end
	boundary // negated for \B
	group
	repeat
	look
	backref
)

// maxNested bounds how deep groups nest.
const maxNested = 200

// parser reads a pattern by the grammar of ECMA-262, with what its Annex B adds
// where the flag u is not set.
type parser struct {
	text   []rune
	pos    int
	flags  Flags
	depth  int
	groups int // that have been read
	total  int // that there are
	named  bool
	names  []string
	backs  []*node // by name
}

func (p *parser) pattern() (*node, error) {
	p.count()
	p.names = make([]string, 1, p.total+1)
	n, err := p.choice()
	if err != nil {
		return nil, err
	}
	if p.pos < len(p.text) {
		return nil, errors.New("a ) without a (")
	}
	for _, b := range p.backs {
		if b.group = slices.Index(p.names, b.name); b.group < 1 {
			return nil, fmt.Errorf("no group has the name %s", b.name)
		}
	}
	return n, nil
}

// count finds out how many groups there are, and whether some have names.
func (p *parser) count() {
	class := false
	for i := 0; i < len(p.text); i++ {
		switch p.text[i] {
		case '\\':
			i++
		case '[':
			class = true
		case ']':
			class = false
		case '(':
			if class {
				continue
			}
			next := func(k int) rune {
				if i+k < len(p.text) {
					return p.text[i+k]
				}
				return 0
			}
			switch {
			case next(1) != '?':
				p.total++
			case next(2) == '<' && next(3) != '=' && next(3) != '!':
				p.total++
				p.named = true
			}
		}
	}
}

func (p *parser) peek() rune {
	if p.pos < len(p.text) {
		return p.text[p.pos]
	}
	return -1
}

func (p *parser) accept(s string) bool {
	i := p.pos
	for _, r := range s {
		if i >= len(p.text) || p.text[i] != r {
			return false
		}
		i++
	}
	p.pos = i
	return true
}

func (p *parser) choice() (*node, error) {
	if p.depth++; p.depth > maxNested {
		return nil, errors.New("groups nest too deep")
	}
	defer func() { p.depth-- }()
	n := &node{op: choice}
	for {
		s := &node{op: sequence}
		for c := p.peek(); c >= 0 && c != '|' && c != ')'; c = p.peek() {
			t, err := p.term()
			if err != nil {
				return nil, err
			}
			s.kids = append(s.kids, t)
		}
		n.kids = append(n.kids, s)
		if !p.accept("|") {
			break
		}
	}
	if len(n.kids) == 1 {
		return n.kids[0], nil
	}
	return n, nil
}

// term reads an assertion, or an atom with its quantifier.
func (p *parser) term() (*node, error) {
	before := p.groups
	quantifiable := true
	var n *node
	var err error
	switch c := p.peek(); {
	case p.accept("^"):
		return &node{op: begin}, nil
	case p.accept("$"):
		return &node{op: end}, nil
	case p.accept(`\b`):
		return &node{op: boundary}, nil
	case p.accept(`\B`):
		return &node{op: boundary, negated: true}, nil
	case c == '(':
		n, quantifiable, err = p.group()
	case c == '*' || c == '+' || c == '?':
		return nil, errors.New("nothing to repeat before " + string(c))
	case c == '{':
		if _, _, ok := p.braces(); ok || p.flags.Unicode {
			return nil, errors.New("nothing to repeat before {")
		}
		p.pos++
		n = &node{op: char, r: c}
	case (c == '}' || c == ']') && p.flags.Unicode:
		return nil, fmt.Errorf("a %c without what it ends", c)
	case p.accept("."):
		n = &node{op: dot}
	case p.accept("["):
		n, err = p.class()
	case p.accept(`\`):
		n, err = p.escape()
	default:
		p.pos++
		n = &node{op: char, r: c}
	}
	if err != nil {
		return nil, err
	}
	return p.quantified(n, quantifiable, before)
}

func (p *parser) quantified(n *node, allowed bool, before int) (*node, error) {
	q := &node{op: repeat, kids: []*node{n}, max: -1, from: before + 1, to: p.groups}
	switch {
	case p.accept("*"):
	case p.accept("+"):
		q.min = 1
	case p.accept("?"):
		q.max = 1
	default:
		start := p.pos
		low, high, ok := p.braces()
		if !ok {
			if p.flags.Unicode && p.peek() == '{' {
				return nil, errors.New("a { that is no quantifier")
			}
			p.pos = start
			return n, nil
		}
		if high >= 0 && high < low {
			return nil, errors.New("numbers of a quantifier out of order")
		}
		q.min, q.max = low, high
	}
	if !allowed {
		return nil, errors.New("nothing to repeat before a quantifier")
	}
	q.lazy = p.accept("?")
	return q, nil
}

// maxCount is where numbers of quantifiers end: no text is longer.
const maxCount = 1 << 30

// braces takes {n}, {n,} or {n,m}; where there is none, the place may have moved.
func (p *parser) braces() (low, high int, ok bool) {
	start := p.pos
	defer func() {
		if !ok {
			p.pos = start
		}
	}()
	if !p.accept("{") {
		return 0, 0, false
	}
	number := func() (n int, ok bool) {
		for c := p.peek(); c >= '0' && c <= '9'; c = p.peek() {
			n, ok = min(n*10+int(c-'0'), maxCount), true
			p.pos++
		}
		return n, ok
	}
	if low, ok = number(); !ok {
		return 0, 0, false
	}
	high = low
	if p.accept(",") {
		if high, ok = number(); !ok {
			high = -1
		}
	}
	return low, high, p.accept("}")
}

func (p *parser) group() (n *node, quantifiable bool, err error) {
	p.pos++
	n, quantifiable = &node{op: group}, true
	switch {
	case p.accept("?:"):
	case p.accept("?="), p.accept("?!"):
		*n = node{op: look, negated: p.text[p.pos-1] == '!'}
		quantifiable = !p.flags.Unicode
	case p.accept("?<="), p.accept("?<!"):
		*n = node{op: look, behind: true, negated: p.text[p.pos-1] == '!'}
		quantifiable = false
	case p.accept("?<"):
		name, err := p.name()
		if err != nil {
			return nil, false, err
		}
		if slices.Contains(p.names, name) {
			return nil, false, fmt.Errorf("two groups have the name %s", name)
		}
		n.name = name
		n.group = -1
	case p.accept("?"):
		return nil, false, errors.New("a ? after ( that names no kind of group")
	default:
		n.group = -1
	}
	if n.group < 0 {
		p.groups++
		n.group = p.groups
		p.names = append(p.names, n.name)
	}
	kid, err := p.choice()
	if err != nil {
		return nil, false, err
	}
	n.kids = []*node{kid}
	if !p.accept(")") {
		return nil, false, errors.New("a ( without a )")
	}
	return n, quantifiable, nil
}

// name reads the name of a group, up to >.
func (p *parser) name() (string, error) {
	from := p.pos
	for c := p.peek(); c >= 0; c = p.peek() {
		p.pos++
		if c == '>' {
			if p.pos-1 == from {
				break
			}
			return string(p.text[from : p.pos-1]), nil
		}
		if c != '_' && c != '$' && c < 128 && !isWord(c) || c >= '0' && c <= '9' && p.pos-1 == from {
			break
		}
	}
	return "", errors.New("a group without a proper name")
}
