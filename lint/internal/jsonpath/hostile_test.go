package jsonpath_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/plumbapi/plumb/lint/internal/ecma"
	"github.com/plumbapi/plumb/lint/internal/jsonpath"
	"github.com/plumbapi/plumb/openapi"
)

// nested is a document that is deep, wide, and has long texts.
func nested() string {
	var b strings.Builder
	deep := 400
	fmt.Fprintf(&b, `{"deep": %s1%s, "wide": {`, strings.Repeat(`{"a":`, deep), strings.Repeat("}", deep))
	for i := range 500 {
		fmt.Fprintf(&b, `"k%d": {"v": %d, "t": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!"}, `, i, i)
	}
	fmt.Fprintf(&b, `"last": 0}, "list": [%s0], "long": %q, "digits": 1%s}`, strings.Repeat("0, ", 2000), strings.Repeat("ab", 20_000), strings.Repeat("0", 20_000))
	return b.String()
}

// Paths that ask for as much as they can end, within their work or with an error
// that says so; no step of them goes far beyond it.
func TestHostile(t *testing.T) {
	t.Parallel()
	filters := func(n int) string { return strings.Repeat("$..[?(@ && ", 1) + strings.Repeat("@.a && ", n) + "@.v)]" }
	tests := []struct{ name, path string }{
		{"descends often", "$" + strings.Repeat("..*", 2000)},
		{"descends and filters often", "$" + strings.Repeat("..[?(@)]", 1000)},
		{"descends by ways", "$" + strings.Repeat("..[?(@path)]", 500)},
		{"goes up and down", "$" + strings.Repeat("..^", 3000)},
		{"goes up for ever", "$..a" + strings.Repeat("^", 10_000)},
		{"goes up and down by ways", "$" + strings.Repeat("..[?(@path)]^^", 300)},
		{"a union of all", "$..[" + strings.Repeat("'a','v',", 1500) + "'t']"},
		{"a union of indexes", "$..[" + strings.Repeat("0,1,", 3000) + "2]"},
		{"slices", "$" + strings.Repeat("..[::2]", 1000)},
		{"slices backwards", "$.list" + strings.Repeat("[-1:0:-1]^^", 1000)},
		{"a slice out of all bounds", "$.list[-9223372036854775808:9223372036854775807:9223372036854775807]"},
		{"a slice that goes on out of all bounds", "$.list[1::9223372036854775807]"},
		{"a slice back out of all bounds", "$.list[9223372036854775807:-9223372036854775808:-9223372036854775808]"},
		{"a long filter", filters(2000)},
		{"deep brackets", "$..[?(" + strings.Repeat("(", 90) + "@" + strings.Repeat(")", 90) + ")]"},
		{"lists within lists", "$..[?($.list.some(a => $.list.some(b => $.list.some(c => c))))]"},
		{"all values of all", "$..[?(Object.values($.wide).map(a => Object.values($.wide)).filter(b => false).length)]"},
		{"doubles a list", "$[?([1]" + strings.Repeat(".map(x => [x, x])", 60) + ".toString())]"},
		{"joins a doubled list", "$[?([1]" + strings.Repeat(".map(x => [x, x])", 60) + ".join($.long))]"},
		{"concatenates in concatenations", "$[?(" + strings.Repeat("[].concat(", 40) + "1" + strings.Repeat(")", 40) + ")]"},
		{"doubles a text", "$..[?(['a']" + strings.Repeat(".map(x => x + x)", 200) + ")]"},
		{"a long text, often", "$..[?($.long.toUpperCase().toLowerCase().trim() == 'x')]"},
		{"a long text, cut often", "$..[?($.long.split('').length)]"},
		{"a long text, by characters", "$..[?($.long[39999] == 'x')]"},
		{"a long text, counted", "$..[?($.long.length)]"},
		{"a long text, searched", "$..[?($.long.indexOf('abb') > 0)]"},
		{"a long text in a part", "$..[?($.long.slice(1, 2))]"},
		{"a long number", "$..[?($.digits > 1)]"},
		{"a long number by type", "$..@integer()"},
		{"its way, often", "$..[?(@path.match(/a/) && @path.length > 1)]"},
		{"an expression that goes back", `$..[?(@.match(/^(?=a)(a*)*$/))]`},
		{"an expression that goes back, tested", `$..[?(/(a|a|(?=b)b)*\1c/.test(@))]`},
		{"an expression that goes back, by nimma", `$..[?(@ ~= '^(?=a)(a*)*$')]`},
		{"a long text and a long expression", `$..[?($.long.match(/` + strings.Repeat("(?:a?b?)", 200) + `c/))]`},
		{"texts as expressions", "$..[?($.long.match(@property + '.{900}.{900}'))]"},
		{"a text as a large expression", "$..[?('a'.match('" + strings.Repeat("(.{900}){900}", 100) + "'))]"},
		{"keys of all", "$..[?(Object.keys($.wide).join('-').length)]"},
		{"the document as a text", "$..[?(String($) + String($.list) + $.list.toString())]"},
	}
	tree := jsonpath.NewTree(parse(t, nested()), nil)
	const work = 50_000
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			p, err := jsonpath.Parse(tt.path)
			var wrong *jsonpath.Error
			if errors.As(err, &wrong) {
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			_, left, err := p.SelectWithin(tree, work)
			if err != nil && !errors.Is(err, jsonpath.ErrWork) && !errors.Is(err, ecma.ErrSlow) {
				t.Errorf("got %v", err)
			}
			if left < -work || err == nil && left < 0 {
				t.Errorf("%d of %d is left, and the error is %v", left, work, err)
			}
		})
	}
}

// References that lead from one to the next for as long as a document is do not
// take the stack with them.
func TestChain(t *testing.T) {
	t.Parallel()
	const n = 52_000
	var b strings.Builder
	b.WriteString(`{"openapi": "3.1.0", "x": [`)
	for i := range n {
		fmt.Fprintf(&b, `{"a": {"$ref": "#/x/%d"}},`, (i+1)%n)
	}
	b.WriteString(`{}]}`)
	root, err := openapi.ParseTree("api.json", []byte(b.String()))
	if err != nil {
		t.Fatal(err)
	}
	next := root.Get("x").Children()
	follow := func(n *openapi.Node) *openapi.Node {
		if n.Has("$ref") {
			return next[(n.Parent().Index()+1)%len(next)]
		}
		return n
	}
	for _, path := range []string{"$..b", "$.x..b"} {
		p, err := jsonpath.Parse(path)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := p.Select(jsonpath.NewTree(root, follow)); !errors.Is(err, jsonpath.ErrWork) {
			t.Errorf("%s: got %v, want ErrWork", path, err)
		}
	}
}

// Aliases of YAML that go in circles, or that stand for more than a document can
// be, are an error of the document.
func TestAliases(t *testing.T) {
	t.Parallel()
	var bomb strings.Builder
	bomb.WriteString("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n")
	for i := range 12 {
		fmt.Fprintf(&bomb, "a%d: &a%d [%s*a%d]\n", i+1, i+1, strings.Repeat(fmt.Sprintf("*a%d, ", i), 9), i)
	}
	for name, text := range map[string]string{
		"circle": "a: &a {b: *a}\n",
		"bomb":   bomb.String(),
		"deep":   strings.Repeat("[", 10_000) + strings.Repeat("]", 10_000),
		"merge":  "a: &a {<<: *a}\n",
	} {
		root, err := openapi.ParseTree("a.yaml", []byte(text))
		var unread *openapi.Error
		switch {
		case errors.As(err, &unread):
		case err != nil:
			t.Errorf("%s: got %v", name, err)
		default:
			p, _ := jsonpath.Parse("$..*")
			if _, err := p.Select(jsonpath.NewTree(root, nil)); err != nil && !errors.Is(err, jsonpath.ErrWork) {
				t.Errorf("%s: got %v", name, err)
			}
		}
	}
}
