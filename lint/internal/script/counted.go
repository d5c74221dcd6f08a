package script

import (
	"reflect"

	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/file"
	"github.com/dop251/goja/token"
	"github.com/dop251/goja/unistring"
)

// What operators make is bounded as what builtins make is: a script's own + and
// its templates are handed to functions of guard.js, whose names no script can
// write.
const (
	sumName    = "plumb:sum"    // looks at what + has made
	textName   = "plumb:text"   // is a template
	spreadName = "plumb:spread" // looks at what is spread into an object
)

// maxParts is up to how many values a template may have that is looked at only
// when it is made.
const maxParts = 2

// count puts the functions into a program. It reports false where names may not
// mean what they seem to: in a statement with.
func count(program *ast.Program) bool {
	c := counter{seen: map[any]bool{}, plain: true}
	c.walk(reflect.ValueOf(program))
	return c.plain
}

type counter struct {
	seen  map[any]bool
	plain bool
}

var (
	expressionType = reflect.TypeFor[ast.Expression]()
	fileType       = reflect.TypeFor[*file.File]()
)

func (c *counter) walk(v reflect.Value) {
	switch v.Kind() {
	case reflect.Interface:
		if v.IsNil() {
			return
		}
		c.walk(v.Elem())
		if v.Type() == expressionType && v.CanSet() {
			if e, ok := v.Interface().(ast.Expression); ok {
				v.Set(reflect.ValueOf(c.counted(e)))
			}
		}
	case reflect.Pointer:
		if v.IsNil() || v.Type() == fileType || c.seen[v.Interface()] {
			return
		}
		c.seen[v.Interface()] = true
		switch n := v.Interface().(type) {
		case *ast.WithStatement:
			c.plain = false
		case *ast.ObjectLiteral:
			for _, p := range n.Value {
				if s, ok := p.(*ast.SpreadElement); ok {
					c.walk(reflect.ValueOf(s))
					s.Expression = call(spreadName, s.Idx0(), s.Expression)
				}
			}
		}
		c.walk(v.Elem())
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				c.walk(v.Field(i))
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			c.walk(v.Index(i))
		}
	}
}

// counted is what stands for an expression.
func (c *counter) counted(e ast.Expression) ast.Expression {
	switch e := e.(type) {
	case *ast.BinaryExpression:
		if e.Operator == token.PLUS && !small(e.Left) && !small(e.Right) {
			return call(sumName, e.Idx0(), e)
		}
	case *ast.AssignExpression:
		if (e.Operator == token.PLUS || e.Operator == token.ADD_ASSIGN) && !small(e.Right) {
			return call(sumName, e.Idx0(), e)
		}
	case *ast.TemplateLiteral:
		switch {
		case e.Tag != nil || len(e.Expressions) == 0:
		case len(e.Expressions) <= maxParts:
			return call(sumName, e.Idx0(), e)
		default:
			var parts []ast.Expression
			for i, s := range e.Elements {
				parts = append(parts, &ast.StringLiteral{Idx: s.Idx, Literal: s.Literal, Value: s.Parsed})
				if i < len(e.Expressions) {
					parts = append(parts, e.Expressions[i])
				}
			}
			return call(textName, e.Idx0(), parts...)
		}
	}
	return e
}

// small reports whether a value adds little to another.
func small(e ast.Expression) bool {
	switch e.(type) {
	case *ast.NumberLiteral, *ast.StringLiteral, *ast.BooleanLiteral, *ast.NullLiteral:
		return true
	}
	return false
}

func call(name string, at file.Idx, args ...ast.Expression) ast.Expression {
	return &ast.CallExpression{
		Callee:          &ast.Identifier{Name: unistring.NewFromString(name), Idx: at},
		LeftParenthesis: at, ArgumentList: args, RightParenthesis: at,
	}
}
