package openapi_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/plumbapi/plumb/openapi"
	"go.yaml.in/yaml/v4"
)

// everyNode calls do with a node and all that it holds.
func everyNode(n *openapi.Node, do func(*openapi.Node)) {
	do(n)
	for _, c := range n.Children() {
		everyNode(c, do)
	}
}

// checkNode says what is wrong with a node's place in its source, "" where
// all is well.
func checkNode(doc *openapi.Document, n *openapi.Node) string {
	text := n.Source().Text()
	start, end := n.Offsets()
	kstart, kend := n.KeyOffsets()
	at := n.Location()
	switch {
	case start < 0 || start > end || end > len(text):
		return fmt.Sprintf("range %d to %d of %d bytes", start, end, len(text))
	case kstart < 0 || kstart > kend || kend > len(text):
		return fmt.Sprintf("key's range %d to %d of %d bytes", kstart, kend, len(text))
	case at.Line < 1 || at.Column < 1 || at.EndLine < at.Line || at.EndLine == at.Line && at.EndColumn < at.Column:
		return fmt.Sprintf("location %+v", at)
	case n.Source().Offset(at.Line, at.Column) != start:
		return fmt.Sprintf("line %d, column %d is offset %d, not %d", at.Line, at.Column, n.Source().Offset(at.Line, at.Column), start)
	case n.Parent() != nil && n.Parent().Children()[n.Index()] != n:
		return fmt.Sprintf("not at place %d of its parent", n.Index())
	case n.Parent().Is(openapi.Object) && n.Parent().Get(n.Key()) != n:
		return fmt.Sprintf("not found as %q in its parent", n.Key())
	}
	if found, err := doc.Lookup(n, "#"+strings.ReplaceAll(n.Pointer(), "%", "%25")); err != nil || found != n {
		return fmt.Sprintf("pointer %q leads to %v, %v", n.Pointer(), found, err)
	}
	return ""
}

func TestEveryNodeOfTheCorpusKnowsItsPlace(t *testing.T) {
	t.Parallel()
	eachCorpusDocument(t, func(t *testing.T, doc *openapi.Document) {
		wrong := 0
		everyNode(doc.Root(), func(n *openapi.Node) {
			problem := checkNode(doc, n)
			if problem == "" {
				problem = checkText(n)
			}
			if wrong++; problem == "" {
				wrong--
			} else if wrong < 10 {
				t.Errorf("%s: %s", n.Pointer(), problem)
			}
		})
	})
}

// checkText reads the source at a scalar's range, and at its key's, with
// another parser, and compares.
func checkText(n *openapi.Node) string {
	if kstart, kend := n.KeyOffsets(); kend > 0 {
		if got, err := decodeScalar(n.Source(), kstart, kend); err != nil || got != n.Key() {
			return fmt.Sprintf("the key's range decodes to %q, %v; want %q", got, err, n.Key())
		}
	}
	if n.Is(openapi.Object) || n.Is(openapi.Array) {
		return ""
	}
	start, end := n.Offsets()
	got, err := decodeScalar(n.Source(), start, end)
	want := n.Text()
	switch n.Kind() {
	case openapi.Null:
		want = ""
		if got == "null" || got == "~" {
			got = ""
		}
	case openapi.Bool:
		got = strings.ToLower(got)
	case openapi.String:
		if n.Source().Format() == openapi.YAML {
			// The range ends before the line breaks that end a block.
			got, want = strings.TrimRight(got, "\n "), strings.TrimRight(want, "\n ")
		}
	}
	if err != nil || got != want {
		return fmt.Sprintf("the range decodes to %q, %v; want %q", got, err, want)
	}
	return ""
}

func decodeScalar(s *openapi.Source, start, end int) (string, error) {
	text := s.Text()[start:end]
	if s.Format() == openapi.JSON {
		if !strings.HasPrefix(text, `"`) {
			return text, nil
		}
		var out string
		err := json.Unmarshal([]byte(text), &out)
		return out, err
	}
	var doc yaml.Node
	if err := yaml.Unmarshal([]byte("k: "+text+"\n"), &doc); err != nil {
		return "", err
	}
	v := doc.Content[0].Content[1]
	if v.Kind != yaml.ScalarNode {
		return "", fmt.Errorf("no scalar but kind %d", v.Kind)
	}
	return v.Value, nil
}

func TestNodeAccess(t *testing.T) {
	t.Parallel()
	doc, err := openapi.Parse("api.json", []byte(`{"openapi":"3.0.0","x":{"list":[1,-2.5,"three",true,null],"a/b~c":{}}}`))
	if err != nil {
		t.Fatal(err)
	}
	x := doc.Root().Get("x")
	list := x.Get("list")
	if got := list.At(0).Pointer() + " " + x.Get("a/b~c").Pointer(); got != "/x/list/0 /x/a~1b~0c" {
		t.Errorf("pointers %q", got)
	}
	if diff := cmp.Diff([]any{1.0, -2.5, "three", true, nil}, list.Value()); diff != "" {
		t.Errorf("Value (-want +got):\n%s", diff)
	}
	if i, ok := list.At(0).Int(); !ok || i != 1 {
		t.Errorf("Int of 1 is %d, %t", i, ok)
	}
	if _, ok := list.At(1).Int(); ok {
		t.Error("-2.5 is an integer")
	}
	if !list.At(3).IsTrue() || list.At(4).IsTrue() {
		t.Error("IsTrue does not tell true from null")
	}
	if got := doc.Root().Find("x", "list", "2").Text(); got != "three" {
		t.Errorf("Find leads to %q", got)
	}
	for _, none := range []*openapi.Node{nil, x.Get("none"), list.At(5), list.At(-1), list.Get("0"), x.At(0), doc.Root().Find("x", "list", "02")} {
		if none != nil || none.Kind() != 0 || none.Text() != "" || none.Len() != 0 || none.Pointer() != "" || none.Location().Line != 0 {
			t.Errorf("a missing value is %v", none)
		}
	}
}
