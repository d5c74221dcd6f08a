package edit_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/check/fix"
	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/openapi/edit"
)

// tree is a value that can be changed, to say what an edit is to make of it.
type tree struct {
	kind openapi.Kind
	text string
	keys []string
	kids []*tree
	// ordered says that the children were put into another order.
	ordered bool
}

// treeOf copies a node, and notes what it is a copy of.
func treeOf(n *openapi.Node, of map[*openapi.Node]*tree) *tree {
	t := &tree{kind: n.Kind(), text: n.Text()}
	for _, c := range n.Children() {
		t.keys = append(t.keys, c.Key())
		t.kids = append(t.kids, treeOf(c, of))
	}
	of[n] = t
	return t
}

// valueOf makes the tree of a value that is written.
func valueOf(v any) *tree {
	switch v := v.(type) {
	case edit.Object:
		t := &tree{kind: openapi.Object}
		for _, m := range v {
			t.keys, t.kids = append(t.keys, m.Key), append(t.kids, valueOf(m.Value))
		}
		return t
	case edit.List:
		t := &tree{kind: openapi.Array}
		for _, item := range v {
			t.keys, t.kids = append(t.keys, ""), append(t.kids, valueOf(item))
		}
		return t
	case string:
		return &tree{kind: openapi.String, text: v}
	case bool:
		return &tree{kind: openapi.Bool, text: fmt.Sprint(v)}
	case int:
		return &tree{kind: openapi.Number, text: fmt.Sprint(v)}
	}
	return &tree{kind: openapi.Null, text: "null"}
}

func (t *tree) write(b *strings.Builder, indent string) {
	fmt.Fprintf(b, "%s%v %q\n", indent, t.kind, t.text)
	for i, c := range t.kids {
		fmt.Fprintf(b, "%s%q\n", indent, t.keys[i])
		c.write(b, indent+" ")
	}
}

func (t *tree) String() string {
	var b strings.Builder
	t.write(&b, "")
	return b.String()
}

func (t *tree) insert(i int, key string, v *tree) {
	t.keys = append(t.keys[:i:i], append([]string{key}, t.keys[i:]...)...)
	t.kids = append(t.kids[:i:i], append([]*tree{v}, t.kids[i:]...)...)
}

func (t *tree) indexOf(c *tree) int {
	for i, k := range t.kids {
		if k == c {
			return i
		}
	}
	return -1
}

// nodes returns all values below and at a node.
func nodes(n *openapi.Node) []*openapi.Node {
	list := []*openapi.Node{n}
	for i := 0; i < len(list) && len(list) < 2000; i++ {
		list = append(list, list[i].Children()...)
	}
	return list
}

var newValues = []any{
	"plain", "two words", "yes", "12", "", " lead", "tail ", "a: b", "a #b", "- a", "\"quoted\"", "it's", "line\nbreak", "\u0085\ufeff\x7f", "é🙂", "null", "a\\b", "{x}", "*a", "%", "@",
	7, true, nil, edit.Object{}, edit.List{}, edit.List{"a", 1},
	edit.Object{{Key: "name", Value: "x"}, {Key: "in it", Value: edit.List{edit.Object{{Key: "deep", Value: nil}, {Key: "#", Value: edit.List{}}}, edit.List{edit.List{1}}}}},
}

// operation makes a random edit of a document, and does the same to its tree.
// The name says what it is; edits are nil where it is refused.
func operation(r *rand.Rand, round int, e *edit.Editor, list []*openapi.Node, of map[*openapi.Node]*tree) (name string, edits []check.Edit, do func()) {
	n := list[r.IntN(len(list))]
	t, parent := of[n], of[n.Parent()]
	value := newValues[r.IntN(len(newValues))]
	key := []string{"new", "yes", "new key", "a: b", "x-é", "/p/{id}", "200", "#", "it's", "<<"}[r.IntN(10)]
	if round > 0 { // two fixes that give one object the same key are no matter of this package
		key += fmt.Sprint(round)
	}
	behind := func(i int) int { // where the i-th place is now: behind the last of the same children that is there
		for ; i > 0; i-- {
			if at := t.indexOf(of[n.Children()[i-1]]); at >= 0 {
				return at + 1
			}
		}
		return 0
	}
	last := func() int { // the end, behind what was last, wherever that has gone
		if t.ordered {
			return len(t.kids)
		}
		return behind(n.Len())
	}
	switch r.IntN(7) {
	case 0, 1:
		return "remove " + n.Pointer(), e.Remove(n), func() {
			if i := parent.indexOf(t); i >= 0 {
				parent.keys, parent.kids = append(parent.keys[:i:i], parent.keys[i+1:]...), append(parent.kids[:i:i], parent.kids[i+1:]...)
			}
		}
	case 2:
		i := r.IntN(n.Len() + 1)
		return fmt.Sprintf("insert %q at %d of %q", key, i, n.Pointer()), e.Insert(n, i, key, value), func() {
			t.insert(behind(i), key, valueOf(value))
		}
	case 3:
		if n.Is(openapi.Array) {
			return fmt.Sprintf("append %v to %q", value, n.Pointer()), e.Append(n, value), func() { t.insert(last(), "", valueOf(value)) }
		}
		return fmt.Sprintf("set %q of %q", key, n.Pointer()), e.Set(n, key, value), func() { t.insert(last(), key, valueOf(value)) }
	case 4:
		return fmt.Sprintf("replace %q by %q", n.Pointer(), value), e.Replace(n, value), func() { *t = *valueOf(value) }
	case 5:
		return fmt.Sprintf("rename %q to %q", n.Pointer(), key), e.Rename(n, key), func() {
			if i := parent.indexOf(t); i >= 0 {
				parent.keys[i] = key
			}
		}
	}
	order := r.Perm(n.Len())
	return fmt.Sprintf("reorder %q as %v", n.Pointer(), order), e.Reorder(n, order), func() {
		kids, keys := t.kids, t.keys
		t.kids, t.keys, t.ordered = nil, nil, true
		for _, i := range order {
			t.kids, t.keys = append(t.kids, kids[i]), append(t.keys, keys[i])
		}
		t.kids, t.keys = append(t.kids, kids[len(order):]...), append(t.keys, keys[len(order):]...)
	}
}

// try makes some edits of a text, alone and as many as go together, and
// compares what they make of it with what they are to make. It returns how
// many were made.
func try(t *testing.T, r *rand.Rand, text string, count int) int {
	t.Helper()
	root, err := openapi.ParseTree("api.yaml", []byte(text))
	if err != nil {
		return 0
	}
	text = root.Source().Text() // without a byte order mark
	made := 0
	list := nodes(root)
	e := &edit.Editor{}
	for range count {
		of := map[*openapi.Node]*tree{}
		want := treeOf(root, of)
		texts := fix.New(func(string) (string, error) { return text, nil })
		var names []string
		var fixes []*check.Fix
		var dos []func()
		for round := range 1 + r.IntN(3) {
			name, edits, do := operation(r, round, e, list, of)
			if edits == nil {
				continue
			}
			made++
			names, dos, fixes = append(names, name), append(dos, do), append(fixes, &check.Fix{Edits: edits})
		}
		seen := map[string]bool{}
		for i, o := range texts.Apply(fixes) {
			if o.Err != nil {
				t.Fatalf("%s: %v\n%s", names[i], o.Err, text)
			}
			if id := fmt.Sprint(fixes[i].Edits); o.Applied && !seen[id] {
				seen[id] = true
				dos[i]()
			} else {
				names[i] += " (waits)"
			}
		}
		got, ok := texts.Text("api.yaml")
		if !ok {
			continue
		}
		again, err := openapi.ParseTree("api.yaml", []byte(got))
		if err != nil {
			t.Fatalf("%q: %v\nof\n%s\nit makes\n%s", names, err, text, got)
		}
		if diff := cmp.Diff(want.String(), treeOf(again, map[*openapi.Node]*tree{}).String()); diff != "" {
			t.Fatalf("%q (-want +got):\n%s\nof\n%s\nit makes\n%s", names, diff, text, got)
		}
	}
	return made
}

var seeds = []string{
	"a: 1\nb:\n  c: 2 # two\n  # three\n  d: 3\n\ne: [1, 2]\n",
	"tags:\n- name: b\n  x: 1\n# about a\n- name: a\nz: {}\n",
	"tags:\n  - name: b\n    text: |\n      long\n      text\n\n  - name: a\n    text: >-\n      folded\n  - plain\n",
	"a: &x {b: 1}\nc: *x\nd:\n  <<: *x\n  e: 1\n",
	"a: &x\n  b: 1\n  c: 2\nc: *x\nd: [*x, &y z, *y]\n",
	"{\n  \"a\": 1,\n  \"b\": [\n    {\"c\": 1},\n    2\n  ],\n  \"e\": {}\n}\n",
	`{"a":1,"b":[1,2,3],"c":{"d":{}},"e":[]}`,
	"{\r\n\t\"a\": [\r\n\t\t1,\r\n\t\t2\r\n\t]\r\n}\r\n",
	"a:\r\n  b: 1\r\n  c:\r\n    - d\r\n    - e\r\n",
	"a: {b: 1, c: [x, y], 'd e': \"f\"} # end\ng:\n  h: {\n    i: 1, # one\n    j: 2 # two\n  }\n",
	"a:\nb: ~\nc: !!str 1\nd: 'it''s'\n? e\n: f\n",
	"- - a\n  - b\n-\n  c: 1\n- d: 2\n  e: 3\n-\n",
	"a: |+\n  x\n\nb: |\n  y\n   \nc: |2\n    z\nd: >\n  last",
	"\ufeffa: 1\nb: 2\n---\nc: 3\n",
	"a: 1\nb: two\n  lines\nc: \"two\n  lines\"\nd: x#y\n",
	"paths:\n    /a:\n        get:\n            tags: [x,]\n    /b: {get: {}}\n...\n",
	"a: 1\na: 2\nb: 3\n", `{"a":1,"a":2,"b":3}`, "a: [b: 1, c]\nd: {e, f: }\n",
	"a:\n  b: 1\n  <<: {c: 1}\nd: 1\n", "x: &a [1]\ny:\n  - *a\n  - b\nz: *a", "a: # why\n  # how\n  - 1\nb: # why\n  # how\n  c: 1\n",
}

func FuzzEdits(f *testing.F) {
	for i, text := range seeds {
		for n := range uint64(5) {
			f.Add(uint64(i)*100+n, text)
		}
	}
	for n := range uint64(100) {
		f.Add(n, "")
	}
	f.Fuzz(func(t *testing.T, seed uint64, text string) {
		r := rand.New(rand.NewPCG(seed, 1))
		if text == "" {
			text = random(r)
		}
		if len(text) < 1<<14 {
			try(t, r, text, 20)
		}
	})
}

// TestEditsAreMade guards against an editor that refuses everything.
func TestEditsAreMade(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 2))
	made := 0
	for _, text := range seeds[:10] {
		made += try(t, r, text, 50)
	}
	if made < 400 {
		t.Errorf("%d edits were made of 10 texts, want 400 or more", made)
	}
}

// random writes a random value as YAML, in mixed styles.
func random(r *rand.Rand) string {
	g := &generator{r: r, eol: "\n"}
	if r.IntN(5) == 0 {
		g.eol = "\r\n"
	}
	text := g.members(0, 0)
	if r.IntN(4) == 0 {
		text = strings.TrimRight(text, "\r\n")
	}
	return text
}

type generator struct {
	r       *rand.Rand
	eol     string
	anchors int
}

func (g *generator) pick(list ...string) string { return list[g.r.IntN(len(list))] }

func (g *generator) comment() string { return g.pick("", "", "", " # c", "  # d: [") + g.eol }

func (g *generator) lines(indent int) string {
	return g.pick("", "", "", "", g.eol, strings.Repeat(" ", indent)+"# own: line"+g.eol, "# at the left"+g.eol)
}

func (g *generator) members(indent, depth int) string {
	var b strings.Builder
	for i := range 1 + g.r.IntN(4) {
		if i > 0 {
			b.WriteString(g.lines(indent))
			b.WriteString(strings.Repeat(" ", indent))
		}
		key := g.pick("k", "'k", "\"k", "k ")
		quote := strings.Trim(key, "k ")
		fmt.Fprintf(&b, "%s%d%s:", key, i, quote)
		b.WriteString(g.behind(indent, depth, false))
	}
	return b.String()
}

func (g *generator) items(indent, depth int) string {
	var b strings.Builder
	for i := range 1 + g.r.IntN(4) {
		if i > 0 {
			b.WriteString(g.lines(indent))
			b.WriteString(strings.Repeat(" ", indent))
		}
		b.WriteString("-")
		b.WriteString(g.behind(indent, depth, true))
	}
	return b.String()
}

// behind writes what stands behind a colon or a dash, with its line break.
func (g *generator) behind(indent, depth int, dash bool) string {
	anchor := ""
	if g.r.IntN(10) == 0 {
		g.anchors++
		anchor = fmt.Sprintf(" &a%d", g.anchors)
	}
	in := indent + 1 + g.r.IntN(4)
	switch kind := g.r.IntN(9); {
	case kind == 0 && depth < 4 && dash && anchor == "":
		return " " + g.members(indent+2, depth+1)
	case kind == 1 && depth < 4 && dash && anchor == "":
		return "   " + g.items(indent+4, depth+1)
	case kind <= 2 && depth < 4:
		return anchor + g.comment() + g.lines(in) + strings.Repeat(" ", in) + g.members(in, depth+1)
	case kind == 3 && depth < 4:
		if !dash && g.r.IntN(2) == 0 {
			in = indent
		}
		return anchor + g.comment() + g.lines(in) + strings.Repeat(" ", in) + g.items(in, depth+1)
	case kind == 4:
		pad := strings.Repeat(" ", in)
		return anchor + " " + g.pick("|", ">", "|-", ">-", "|+", "| # c") + g.eol + pad + "text" + g.eol + g.pick("", g.eol, pad+"  more"+g.eol, pad+" "+g.eol, pad+"# none"+g.eol) + pad + "end" + g.eol + g.pick("", g.eol, g.eol+g.eol, pad+"  "+g.eol)
	case kind == 5:
		return anchor + " " + g.flow(depth, in) + g.comment()
	case kind == 6 && g.anchors > 0 && anchor == "":
		return fmt.Sprintf(" *a%d", 1+g.r.IntN(g.anchors)) + g.comment()
	case kind == 7:
		return anchor + g.comment()
	}
	return anchor + " " + g.scalar(in) + g.comment()
}

func (g *generator) scalar(indent int) string {
	return g.pick("a", "12", "true", "~", "two words", "'it''s'", `"a\"b"`, "x#y", "a"+g.eol+strings.Repeat(" ", indent)+"b", `"a`+g.eol+strings.Repeat(" ", indent)+`b"`, "http://a/b", "''", "!!str 1", "-1")
}

func (g *generator) flow(depth, indent int) string {
	pad := g.pick("", " ", " ", g.eol+strings.Repeat(" ", indent), " # c"+g.eol+strings.Repeat(" ", indent))
	open, end := "{", "}"
	object := g.r.IntN(2) == 0
	if !object {
		open, end = "[", "]"
	}
	var parts []string
	for i := range g.r.IntN(4) {
		value := g.pick("a", "1", "'b'", `"c"`, "null", "two words")
		if depth < 4 && g.r.IntN(3) == 0 {
			value = g.flow(depth+2, indent+1)
		}
		if object {
			value = fmt.Sprintf("f%d: %s", i, value)
		}
		parts = append(parts, value)
	}
	return open + pad + strings.Join(parts, ","+g.pick(" ", " ", pad+" ")) + g.pick("", pad) + end
}
