package parity_test

import (
	"bytes"
	"slices"
	"strings"

	"github.com/plumbapi/plumb/graphql"
	"github.com/plumbapi/plumb/openapi"
)

// edit puts a text in place of the bytes from start to end.
type edit struct {
	start, end int
	text       string
}

// edited returns a text with edits that do not overlap.
func edited(text []byte, edits ...edit) []byte {
	edits = slices.Clone(edits)
	slices.SortFunc(edits, func(a, b edit) int { return a.start - b.start })
	var out bytes.Buffer
	at := 0
	for _, e := range edits {
		out.Write(text[at:e.start])
		out.WriteString(e.text)
		at = e.end
	}
	out.Write(text[at:])
	return out.Bytes()
}

// sdl is the text of a schema, to be edited by what the model says of it.
type sdl []byte

// remove takes an element away. It reports false for the only element of a
// list that may not be empty.
func (s sdl) remove(e graphql.Element) (edit, bool) {
	start, end := e.Base().Span()
	siblings := 0
	switch e := e.(type) {
	case *graphql.Field:
		siblings = len(e.Parent().Fields)
	case *graphql.EnumValue:
		siblings = len(e.Parent().EnumValues)
	case *graphql.InputValue:
		switch p := e.Parent().(type) {
		case *graphql.Type:
			siblings = len(p.InputFields)
		case *graphql.Field:
			if len(p.Args) == 1 {
				return s.removeArgs(p), true
			}
			siblings = len(p.Args)
		}
	}
	return edit{start, end, ""}, siblings > 1
}

// removeArgs takes all arguments of a field away, with their parentheses.
func (s sdl) removeArgs(f *graphql.Field) edit {
	_, name := f.NameSpan()
	_, last := f.Args[len(f.Args)-1].Span()
	return edit{name, last + bytes.IndexByte(s[last:], ')') + 1, ""}
}

// typeOf returns where the type of a field, an argument or an input field is
// written; false where that is not plain.
func (s sdl) typeOf(e graphql.Element) (start, end int, ok bool) {
	_, at := e.Base().NameSpan()
	var ref *graphql.TypeRef
	switch e := e.(type) {
	case *graphql.Field:
		ref = e.Type
		if n := len(e.Args); n > 0 {
			_, at = e.Args[n-1].Span()
			at += bytes.IndexByte(s[at:], ')')
		}
	case *graphql.InputValue:
		ref = e.Type
	}
	text := ref.String()
	start = at + bytes.IndexByte(s[at:], ':') + 1
	for start < len(s) && (s[start] == ' ' || s[start] == '\n') {
		start++
	}
	return start, start + len(text), bytes.HasPrefix(s[start:], []byte(text))
}

// deprecate marks an element.
func (s sdl) deprecate(e graphql.Element) edit {
	_, end := e.Base().Span()
	return edit{end, end, ` @deprecated(reason: "It is not used.")`}
}

// rename gives an element another name.
func (s sdl) rename(e graphql.Element, name string) edit {
	start, end := e.Base().NameSpan()
	return edit{start, end, name}
}

// removeNode takes a member or an element of a description away.
func removeNode(n *openapi.Node) edit {
	siblings := n.Parent().Children()
	begin := func(n *openapi.Node) int {
		if n.Parent().Is(openapi.Object) {
			start, _ := n.KeyOffsets()
			return start
		}
		start, _ := n.Offsets()
		return start
	}
	_, end := n.Offsets()
	switch i := n.Index(); {
	case i+1 < len(siblings):
		return edit{begin(n), begin(siblings[i+1]), ""}
	case i > 0:
		_, before := siblings[i-1].Offsets()
		return edit{before, end, ""}
	}
	_, key := n.Parent().KeyOffsets() // the list is left empty
	_, end = n.Parent().Offsets()
	if n.Parent().Is(openapi.Object) {
		return edit{key, end, ": {}"}
	}
	return edit{key, end, ": []"}
}

// addMember gives an object a member more, whose value is written in JSON.
// The object has one already.
func addMember(text []byte, object *openapi.Node, key, value string) edit {
	start, _ := object.Children()[0].KeyOffsets()
	member := `"` + key + `": ` + value
	before := strings.TrimRight(string(text[max(0, start-200):start]), " \n\t\r")
	if at, _ := object.Offsets(); text[at] == '{' && at < start && strings.HasSuffix(before, "{") {
		return edit{start, start, member + ", "}
	}
	line := bytes.LastIndexByte(text[:start], '\n') + 1
	return edit{start, start, member + "\n" + strings.Repeat(" ", start-line)}
}

// replaceNode gives a value another text.
func replaceNode(n *openapi.Node, text string) edit {
	start, end := n.Offsets()
	return edit{start, end, text}
}
