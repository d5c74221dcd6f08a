package jsonpath

import (
	"errors"
	"fmt"
	"math"

	"github.com/plumbapi/plumb/lint/internal/ecma"
)

// expression is a compiled JavaScript expression.
type expression struct {
	run eval
	// cost is how much work it is, in parts; what it calls for each element of a
	// list, and what it does with texts, is counted while it runs.
	cost int
	// asksParent, asksAbove and asksPath say that it looks at the name of the
	// enclosing value, at the value above that, or at the whole way.
	asksParent, asksAbove, asksPath bool
}

// eval computes a value: see value.go for what values there are.
type eval func(*scope) any

// scope is what an expression can see.
type scope struct {
	run   *run
	tree  *Tree
	place *Place // @
	// locals are the arguments of arrow functions, innermost last.
	locals []any
}

// maxDepth bounds how deep an expression is nested.
const maxDepth = 100

// compiler reads an expression by precedence and makes closures of it.
type compiler struct {
	lex lexer
	tok token
	// at is where what is wrong begins, end where the expression ends.
	at, end int
	depth   int
	plus    bool
	names   []string // of the arguments of arrow functions, innermost last
	out     expression
}

// compile reads up to the ] that ends the step.
func (c *compiler) compile() (*expression, error) {
	if err := c.advance(); err != nil {
		return nil, err
	}
	run, err := c.ternary()
	if err != nil {
		return nil, err
	}
	c.at, c.end = c.tok.at, c.tok.at
	c.out.run = run
	return &c.out, nil
}

func (c *compiler) advance() (err error) {
	c.out.cost++
	c.at = c.lex.pos
	c.tok, err = c.lex.next()
	c.at = c.tok.at
	return err
}

func (c *compiler) expect(mark string) error {
	if !c.tok.is(mark) {
		return fmt.Errorf("expected %s, found %s", mark, c.tok)
	}
	return c.advance()
}

// ternary reads a ? b : c, and all that binds tighter.
func (c *compiler) ternary() (eval, error) {
	if c.depth++; c.depth > maxDepth {
		return nil, errors.New("the expression is nested too deep")
	}
	defer func() { c.depth-- }()
	cond, err := c.binary(0)
	if err != nil || !c.tok.is("?") {
		return cond, err
	}
	if err := c.advance(); err != nil {
		return nil, err
	}
	yes, err := c.ternary()
	if err != nil {
		return nil, err
	}
	if err := c.expect(":"); err != nil {
		return nil, err
	}
	no, err := c.ternary()
	return func(s *scope) any {
		if truthy(cond(s)) {
			return yes(s)
		}
		return no(s)
	}, err
}

// precedence has the operators with two sides.
var precedence = map[string]int{
	"??": 1, "||": 2, "&&": 3,
	"==": 4, "!=": 4, "===": 4, "!==": 4, "~=": 4,
	"<": 5, ">": 5, "<=": 5, ">=": 5, "in": 5,
	"+": 6, "-": 6, "*": 7, "/": 7, "%": 7,
}

// binary reads operators that bind tighter than a precedence.
func (c *compiler) binary(least int) (eval, error) {
	left, err := c.unary()
	for err == nil {
		op := c.tok.text
		p := precedence[op]
		if c.tok.kind != markToken && (c.tok.kind != wordToken || op != "in") || p <= least {
			return left, nil
		}
		if err = c.advance(); err != nil {
			break
		}
		if op == "~=" { // nimma's: a text matches the pattern behind it
			re, err := ecma.Compile(c.tok.text, "")
			if c.tok.kind != stringToken || err != nil {
				return nil, fmt.Errorf("~= needs a text that is a regular expression, and has %s", c.tok)
			}
			tested := left
			left = func(s *scope) any { return s.run.matched(re, s.run.text(tested(s))) }
			if err := c.advance(); err != nil {
				return nil, err
			}
			continue
		}
		var right eval
		if right, err = c.binary(p); err == nil {
			left = operate(op, left, right)
		}
	}
	return nil, err
}

// operate joins two sides.
func operate(op string, a, b eval) eval {
	switch op {
	case "??":
		return func(s *scope) any {
			if v := a(s); v != nil && v != undefined {
				return v
			}
			return b(s)
		}
	case "||":
		return func(s *scope) any {
			if v := a(s); truthy(v) {
				return v
			}
			return b(s)
		}
	case "&&":
		return func(s *scope) any {
			if v := a(s); !truthy(v) {
				return v
			}
			return b(s)
		}
	case "==":
		return func(s *scope) any { return alike(a(s), b(s)) }
	case "!=":
		return func(s *scope) any { return !alike(a(s), b(s)) }
	case "===":
		return func(s *scope) any { return same(a(s), b(s)) }
	case "!==":
		return func(s *scope) any { return !same(a(s), b(s)) }
	case "in":
		return func(s *scope) any { return s.run.has(b(s), a(s)) }
	case "<", ">", "<=", ">=":
		return func(s *scope) any { return ordered(op, a(s), b(s)) }
	case "+":
		return func(s *scope) any { return s.run.spend(s.run.add(a(s), b(s))) }
	case "-":
		return func(s *scope) any { return number(a(s)) - number(b(s)) }
	case "*":
		return func(s *scope) any { return number(a(s)) * number(b(s)) }
	case "/":
		return func(s *scope) any { return number(a(s)) / number(b(s)) }
	default:
		return func(s *scope) any { return math.Mod(number(a(s)), number(b(s))) }
	}
}

// unary reads ! - + typeof void, and what they stand before.
func (c *compiler) unary() (eval, error) {
	if c.depth++; c.depth > maxDepth {
		return nil, errors.New("the expression is nested too deep")
	}
	defer func() { c.depth-- }()
	op := c.tok.text
	if c.tok.kind == stringToken || c.tok.kind == regexpToken {
		op = ""
	}
	switch op {
	case "!", "-", "+", "typeof", "void":
	default:
		return c.access()
	}
	if err := c.advance(); err != nil {
		return nil, err
	}
	of, err := c.unary()
	if err != nil {
		return nil, err
	}
	switch op {
	case "!":
		return func(s *scope) any { return !truthy(of(s)) }, nil
	case "-":
		return func(s *scope) any { return -number(of(s)) }, nil
	case "+":
		return func(s *scope) any { return number(of(s)) }, nil
	case "typeof":
		return func(s *scope) any { return typeOf(of(s)) }, nil
	}
	return func(*scope) any { return undefined }, nil
}

// access reads a value and the members and calls behind it.
func (c *compiler) access() (eval, error) {
	of, err := c.primary()
	for err == nil {
		switch {
		case c.tok.is(".") || c.tok.is("?."):
			if err = c.advance(); err != nil {
				break
			}
			if c.tok.is("[") {
				continue
			}
			of, err = c.member(of)
		case c.tok.is("["):
			of, err = c.index(of)
		default:
			return of, nil
		}
	}
	return nil, err
}

// member reads a name behind a dot, and the call if it is one.
func (c *compiler) member(of eval) (eval, error) {
	if c.tok.kind != wordToken {
		return nil, fmt.Errorf("expected the name of a member, found %s", c.tok)
	}
	name := c.tok.text
	if err := c.advance(); err != nil {
		return nil, err
	}
	if !c.tok.is("(") {
		return func(s *scope) any { return s.get(of(s), name) }, nil
	}
	m, ok := methods[name]
	if !ok {
		return nil, fmt.Errorf("the method %s is not known here", name)
	}
	args, err := c.arguments(")")
	if err != nil {
		return nil, err
	}
	return func(s *scope) any { return m(s, of(s), args) }, nil
}

// index reads [ … ] behind a value.
func (c *compiler) index(of eval) (eval, error) {
	if err := c.advance(); err != nil {
		return nil, err
	}
	key, err := c.ternary()
	if err != nil {
		return nil, err
	}
	return func(s *scope) any { return s.get(of(s), s.run.text(key(s))) }, c.expect("]")
}

// arguments reads what stands between brackets, the first of which is the
// current token.
func (c *compiler) arguments(end string) ([]eval, error) {
	if err := c.advance(); err != nil {
		return nil, err
	}
	var args []eval
	for !c.tok.is(end) {
		if len(args) > 0 {
			if err := c.expect(","); err != nil {
				return nil, err
			}
		}
		a, err := c.argument()
		if err != nil {
			return nil, err
		}
		args = append(args, a)
	}
	return args, c.advance()
}

// argument reads an expression, or an arrow function with one parameter.
func (c *compiler) argument() (eval, error) {
	before, tok := c.lex, c.tok
	open := tok.is("(")
	if open {
		if err := c.advance(); err != nil {
			return nil, err
		}
	}
	if c.tok.kind == wordToken {
		param := c.tok.text
		if err := c.advance(); err != nil {
			return nil, err
		}
		closed := !open
		if open && c.tok.is(")") {
			closed = true
			if err := c.advance(); err != nil {
				return nil, err
			}
		}
		if closed && c.tok.is("=>") {
			return c.arrow(param)
		}
	}
	c.lex, c.tok = before, tok
	return c.ternary()
}

// arrow reads what a function returns. Its value is a function.
func (c *compiler) arrow(param string) (eval, error) {
	if err := c.advance(); err != nil {
		return nil, err
	}
	if c.tok.is("{") {
		return nil, errors.New("a function with statements is not known here")
	}
	c.names = append(c.names, param)
	before := c.out.cost
	body, err := c.ternary()
	cost := placeCost/4 + c.out.cost - before
	c.names = c.names[:len(c.names)-1]
	return func(s *scope) any {
		outer := s.locals
		return function(func(arg any) any {
			if s.run.fuel -= cost; s.run.fuel < 0 {
				return undefined
			}
			return body(&scope{run: s.run, tree: s.tree, place: s.place, locals: append(outer[:len(outer):len(outer)], arg)})
		})
	}, err
}

// primary reads a literal, a name, or what is in brackets.
func (c *compiler) primary() (eval, error) {
	t := c.tok
	switch {
	case t.is("("):
		if err := c.advance(); err != nil {
			return nil, err
		}
		e, err := c.ternary()
		if err != nil {
			return nil, err
		}
		return e, c.expect(")")
	case t.is("["):
		items, err := c.arguments("]")
		return func(s *scope) any { return values(s, items) }, err
	}
	if t.kind == endToken || t.kind == markToken {
		return nil, fmt.Errorf("expected a value, found %s", t)
	}
	if err := c.advance(); err != nil {
		return nil, err
	}
	switch t.kind {
	case numberToken:
		return constant(t.number), nil
	case stringToken:
		return constant(t.text), nil
	case regexpToken:
		re, err := ecma.Compile(t.text, t.flags)
		return constant(re), err
	}
	return c.word(t.text)
}

func constant(v any) eval { return func(*scope) any { return v } }
