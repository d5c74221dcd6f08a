package main

import (
	"fmt"
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"path/filepath"
	"strconv"
)

// rewrite puts faults into the functions of a file. What they replace stays
// beside them, for when they are off.
func (m *mutator) rewrite(f *ast.File) {
	for _, d := range f.Decls {
		if fn, ok := d.(*ast.FuncDecl); ok && fn.Body != nil {
			m.block(fn.Body)
		}
	}
}

// block rewrites what is in a statement, the expressions from within.
func (m *mutator) block(n ast.Node) {
	ast.Inspect(n, func(n ast.Node) bool {
		switch s := n.(type) {
		case *ast.IfStmt:
			s.Cond = m.expr(s.Cond)
		case *ast.ForStmt:
			m.block(s.Body) // a condition that is always true would not end
			return false
		case *ast.GenDecl:
			return s.Tok != token.CONST
		case *ast.BinaryExpr:
			s.X, s.Y = m.expr(s.X), m.expr(s.Y)
		case *ast.ReturnStmt:
			for i := range s.Results {
				s.Results[i] = m.expr(s.Results[i])
			}
		case *ast.AssignStmt:
			for i := range s.Rhs {
				s.Rhs[i] = m.expr(s.Rhs[i])
			}
		case *ast.CallExpr:
			for i := range s.Args {
				s.Args[i] = m.expr(s.Args[i])
			}
		case *ast.KeyValueExpr:
			s.Value = m.expr(s.Value)
		case *ast.BlockStmt:
			for i := range s.List {
				s.List[i] = m.statement(s.List[i])
			}
		case *ast.CaseClause:
			for i := range s.Body {
				s.Body[i] = m.statement(s.Body[i])
			}
		}
		return true
	})
}

// statement makes a call that may be left out.
func (m *mutator) statement(s ast.Stmt) ast.Stmt {
	call, ok := s.(*ast.ExprStmt)
	if !ok || m.done[s] {
		return s
	}
	m.done[s] = true
	if _, ok := call.X.(*ast.CallExpr); !ok {
		return s
	}
	number := m.add(call.Pos(), "call left out")
	return &ast.IfStmt{
		Cond: &ast.BinaryExpr{X: ast.NewIdent("mutantOn"), Op: token.NEQ, Y: text(number)},
		Body: &ast.BlockStmt{List: []ast.Stmt{s}},
	}
}

// expr returns an expression in the place of another, which may be wrong.
func (m *mutator) expr(e ast.Expr) ast.Expr {
	known, ok := m.info.Types[e]
	if !ok || known.IsType() || m.done[e] {
		return e
	}
	m.done[e] = true // it stays in the tree, within its replacement
	switch e := e.(type) {
	case *ast.BinaryExpr:
		if wrong, ok := otherOperator[e.Op]; ok && known.Value == nil {
			if isText(known.Type) {
				return e
			}
			return m.choose(e, &ast.BinaryExpr{X: e.X, Op: wrong, Y: e.Y}, known.Type, fmt.Sprintf("%s for %s", wrong, e.Op))
		}
	case *ast.UnaryExpr:
		if e.Op == token.NOT {
			return m.choose(e, e.X, known.Type, "! left out")
		}
	case *ast.BasicLit:
		return m.literal(e, known)
	}
	return e
}

// otherOperator is what stands in the place of an operator.
var otherOperator = map[token.Token]token.Token{
	token.LSS: token.LEQ, token.LEQ: token.LSS, token.GTR: token.GEQ, token.GEQ: token.GTR,
	token.EQL: token.NEQ, token.NEQ: token.EQL, token.LAND: token.LOR, token.LOR: token.LAND,
	token.ADD: token.SUB, token.SUB: token.ADD,
}

func (m *mutator) literal(e *ast.BasicLit, known types.TypeAndValue) ast.Expr {
	basic, ok := known.Type.(*types.Basic)
	if !ok || known.Value == nil {
		return e
	}
	switch {
	case known.Value.Kind() == constant.Int && (basic.Kind() == types.Int || basic.Kind() == types.UntypedInt):
		wrong := &ast.BinaryExpr{X: e, Op: token.ADD, Y: &ast.BasicLit{Kind: token.INT, Value: "1"}}
		return m.choose(e, wrong, types.Typ[types.Int], e.Value+" + 1")
	case known.Value.Kind() == constant.String && (basic.Kind() == types.String || basic.Kind() == types.UntypedString) && constant.StringVal(known.Value) != "":
		return m.choose(e, &ast.BasicLit{Kind: token.STRING, Value: `""`}, types.Typ[types.String], "no text for "+clip(e.Value))
	}
	return e
}

// choose makes mutant("7", func() T { return right }, func() T { return wrong }).
func (m *mutator) choose(right, wrong ast.Expr, t types.Type, what string) ast.Expr {
	basic, ok := t.(*types.Basic)
	if !ok {
		return right // a type of the package, or of another: it would have to be named
	}
	if basic.Info()&types.IsUntyped != 0 {
		if basic.Kind() != types.UntypedBool {
			return right
		}
		basic = types.Typ[types.Bool]
	}
	function := func(e ast.Expr) ast.Expr {
		return &ast.FuncLit{
			Type: &ast.FuncType{Params: &ast.FieldList{}, Results: &ast.FieldList{List: []*ast.Field{{Type: ast.NewIdent(basic.Name())}}}},
			Body: &ast.BlockStmt{List: []ast.Stmt{&ast.ReturnStmt{Results: []ast.Expr{e}}}},
		}
	}
	number := m.add(right.Pos(), what)
	return &ast.CallExpr{Fun: ast.NewIdent("mutant"), Args: []ast.Expr{text(number), function(right), function(wrong)}}
}

// add counts a fault and returns its number.
func (m *mutator) add(at token.Pos, what string) string {
	p := m.set.Position(at)
	m.faults = append(m.faults, fmt.Sprintf("%s:%d %s", filepath.Base(p.Filename), p.Line, what))
	return strconv.Itoa(len(m.faults))
}

func text(s string) ast.Expr {
	return &ast.BasicLit{Kind: token.STRING, Value: strconv.Quote(s)}
}

func isText(t types.Type) bool {
	basic, ok := t.Underlying().(*types.Basic)
	return ok && basic.Info()&types.IsString != 0
}

func clip(s string) string {
	if len(s) > 24 {
		return s[:24] + "…"
	}
	return s
}
