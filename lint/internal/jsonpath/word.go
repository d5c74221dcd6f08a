package jsonpath

import (
	"fmt"
	"strconv"
	"strings"
)

// word returns what a name stands for.
func (c *compiler) word(name string) (eval, error) {
	for i := len(c.names) - 1; i >= 0; i-- {
		if c.names[i] == name {
			return func(s *scope) any { return s.locals[i] }, nil
		}
	}
	switch name {
	case "true":
		return constant(true), nil
	case "false":
		return constant(false), nil
	case "null":
		return constant(nil), nil
	case "undefined":
		return constant(undefined), nil
	case "@":
		return func(s *scope) any { return s.value(s.place.node) }, nil
	case "$", "@root":
		return func(s *scope) any { return s.value(s.tree.root.node) }, nil
	case "@property":
		return func(s *scope) any { return propertyValue(s.place) }, nil
	case "@parent":
		c.out.asksAbove = !c.plus
		return func(s *scope) any {
			up := s.place.up
			if up != nil && !c.plus {
				up = up.up
			}
			if up == nil {
				return undefined
			}
			return s.value(up.node)
		}, nil
	case "@parentProperty":
		c.out.asksParent = true
		return func(s *scope) any { return propertyValue(s.place.up) }, nil
	case "@path":
		c.out.asksPath = true
		return func(s *scope) any {
			if !s.run.pay(placeCost * int(s.place.depth)) {
				return undefined
			}
			return s.run.spend(pathText(s.place))
		}, nil
	}
	switch name {
	case "Object", "Array":
		return c.static(name)
	case "Number", "String", "Boolean", "parseInt", "parseFloat", "isNaN":
		return c.call(name)
	}
	return nil, fmt.Errorf("%s is not known here", name)
}

// static reads a function of a global object.
func (c *compiler) static(object string) (eval, error) {
	if err := c.expect("."); err != nil {
		return nil, err
	}
	name := object + "." + c.tok.text
	if c.tok.kind != wordToken || functions[name] == nil {
		return nil, fmt.Errorf("%s is not known here", name)
	}
	if err := c.advance(); err != nil {
		return nil, err
	}
	return c.call(name)
}

// call reads the arguments of a function.
func (c *compiler) call(name string) (eval, error) {
	if !c.tok.is("(") {
		return nil, fmt.Errorf("%s is a function, and is not called here", name)
	}
	args, err := c.arguments(")")
	if err != nil {
		return nil, err
	}
	if len(args) == 0 {
		return nil, fmt.Errorf("%s is called without a value", name)
	}
	f := functions[name]
	return func(s *scope) any { return f(s, args[0](s)) }, nil
}

// propertyValue is a name as JavaScript has it: that of an element of an array
// is a number.
func propertyValue(p *Place) any {
	switch {
	case p == nil || p.up == nil:
		return undefined
	case isElement(p.holder):
		return float64(p.holder.Index())
	}
	return p.holder.Key()
}

// pathText is the way to a place as JSONPath-Plus writes it: $['a'][0].
func pathText(p *Place) string {
	var b strings.Builder
	b.WriteByte('$')
	for _, q := range chain(p) {
		if isElement(q.holder) {
			b.WriteString("[" + strconv.Itoa(q.holder.Index()) + "]")
			continue
		}
		b.WriteString("['" + q.holder.Key() + "']")
	}
	return b.String()
}

// chain returns the places from below the root to p.
func chain(p *Place) []*Place {
	var list []*Place
	for ; p.up != nil; p = p.up {
		list = append(list, p)
	}
	for i, j := 0, len(list)-1; i < j; i, j = i+1, j-1 {
		list[i], list[j] = list[j], list[i]
	}
	return list
}
