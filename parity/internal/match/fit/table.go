package main

import (
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strings"
)

// table is one kind of evidence: the names of its constants in order, and
// the comment on each, which says by its first sign what it may do: "+" only
// speak for, "-" only against.
type table struct {
	kind     string // type, read or write
	names    []string
	comments []string
	weights  []float64
}

// signs returns what the weights may be.
func (t table) signs() []int {
	signs := make([]int, len(t.names))
	for i, c := range t.comments {
		switch {
		case strings.HasPrefix(c, "+"):
			signs[i] = 1
		case strings.HasPrefix(c, "-"):
			signs[i] = -1
		}
	}
	return signs
}

// readTables reads the constants of the three kinds of evidence.
func readTables(folder string) ([]table, error) {
	var tables []table
	for _, kind := range [...]struct{ name, file string }{{"type", "types_compare.go"}, {"read", "reads.go"}, {"write", "writes.go"}} {
		file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(folder, kind.file), nil, parser.ParseComments)
		if err != nil {
			return nil, err
		}
		t := table{kind: kind.name}
		for _, d := range file.Decls {
			if g, ok := d.(*ast.GenDecl); ok && g.Tok == token.CONST {
				t.add(g)
			}
		}
		if len(t.names) == 0 {
			return nil, fmt.Errorf("%s has no evidence of the kind %s", kind.file, kind.name)
		}
		tables = append(tables, t)
	}
	return tables, nil
}

// add takes the constants that are named after the kind.
func (t *table) add(g *ast.GenDecl) {
	for _, s := range g.Specs {
		v, ok := s.(*ast.ValueSpec)
		if !ok || len(v.Names) != 1 || !strings.HasPrefix(v.Names[0].Name, t.kind) {
			continue
		}
		t.names = append(t.names, v.Names[0].Name)
		t.comments = append(t.comments, strings.TrimSpace(v.Comment.Text()))
	}
}

// writeWeights writes weights.go.
func writeWeights(path string, tables []table) error {
	var b strings.Builder
	b.WriteString("package match\n\n// The weights of evidence, in log-odds. They are fitted on labelled products\n// by the command in folder fit, and are the same for every product.\n")
	for _, t := range tables {
		fmt.Fprintf(&b, "\nvar %sWeights = [num%s%sEvidence]float64{\n", t.kind, strings.ToUpper(t.kind[:1]), t.kind[1:])
		for i, name := range t.names {
			fmt.Fprintf(&b, "\t%s: %.2f,\n", name, t.weights[i])
		}
		b.WriteString("}\n")
	}
	text, err := format.Source([]byte(b.String()))
	if err != nil {
		return err
	}
	return os.WriteFile(path, text, 0o644)
}
