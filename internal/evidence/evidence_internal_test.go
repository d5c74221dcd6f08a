package main

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/printer"
	"go/token"
	"go/types"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/integration"
)

func TestSplit(t *testing.T) {
	t.Parallel()
	got := split(`export A=b C='d e'  F="g 'h'" I=''`)
	if diff := cmp.Diff([]string{"export", "A=b", "C=d e", "F=g 'h'", "I="}, got); diff != "" {
		t.Errorf("split (-want +got):\n%s", diff)
	}
}

func TestFilledIn(t *testing.T) {
	t.Parallel()
	m := &integration.Manifest{Inputs: []integration.Input{{Env: "A_URL", Example: "https://a.example/x"}}}
	for _, tt := range []struct{ variable, value, want string }{
		{"A_URL", "https://….example/…", "https://a.example/x"}, {"A_URL", "https://own", "https://own"}, {"A_URL", "$(make it)", "https://a.example/x"}, {"B", "b-…", "b-example0123456789"},
	} {
		if got := filledIn(m, tt.variable, tt.value); got != tt.want {
			t.Errorf("filledIn(%s, %s) = %s, want %s", tt.variable, tt.value, got, tt.want)
		}
	}
}

// TestFaults shows what becomes of code, and that what is mutated compiles.
func TestFaults(t *testing.T) {
	t.Parallel()
	const code = `package p

type kind string

func f(a, b int, k kind) (string, bool) {
	const fixed = 3 + 4
	g("x")
	for i := 0; i < a; i++ {
		g("y")
	}
	if a < b && !h(k) {
		return "less", true
	}
	return string(k) + "!", a+fixed == 1
}

func g(s string) {}

func h(k kind) bool { return k == "q" }
`
	set := token.NewFileSet()
	file, err := parser.ParseFile(set, "p.go", code, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	info := &types.Info{Types: map[ast.Expr]types.TypeAndValue{}}
	if _, err := (&types.Config{}).Check("p", set, []*ast.File{file}, info); err != nil {
		t.Fatal(err)
	}
	m := &mutator{set: set, info: info, done: map[ast.Node]bool{}}
	m.rewrite(file)
	want := []string{
		"p.go:7 call left out", `p.go:7 no text for "x"`, "p.go:9 call left out", `p.go:9 no text for "y"`,
		"p.go:11 || for &&", "p.go:11 <= for <", "p.go:11 ! left out", `p.go:12 no text for "less"`,
		"p.go:14 != for ==", `p.go:14 no text for "!"`, "p.go:14 - for +", "p.go:14 1 + 1", "p.go:19 != for ==",
	}
	if diff := cmp.Diff(map[string]bool{}, difference(want, m.faults)); diff != "" {
		t.Errorf("faults (-want +got):\n%s\nall: %q", diff, m.faults)
	}
	var b bytes.Buffer
	if err := printer.Fprint(&b, set, file); err != nil {
		t.Fatal(err)
	}
	again := token.NewFileSet()
	mutated, err := parser.ParseFile(again, "p.go", b.Bytes(), 0)
	if err != nil {
		t.Fatalf("%v\n%s", err, b.Bytes())
	}
	helper, err := parser.ParseFile(again, "m.go", "package p\nvar mutantOn string\nfunc mutant[T any](number string, right, wrong func() T) T { return right() }\n", 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := (&types.Config{}).Check("p", again, []*ast.File{mutated, helper}, nil); err != nil {
		t.Errorf("what is mutated does not compile: %v\n%s", err, b.Bytes())
	}
}

// difference are the texts that one list has and the other has not: true for
// those of the second.
func difference(want, got []string) map[string]bool {
	all := map[string]bool{}
	for _, w := range want {
		all[w] = false
	}
	for _, g := range got {
		if _, ok := all[g]; ok {
			delete(all, g)
		} else {
			all[g] = true
		}
	}
	return all
}
