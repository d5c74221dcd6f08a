package lsp

import (
	"context"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/plumbapi/plumb/internal/lsp/protocol"
	"github.com/plumbapi/plumb/openapi"
)

// refBegun matches a line up to the cursor that has begun a reference: its
// quote, and what was typed of it.
var refBegun = regexp.MustCompile(`["']?\$ref["']?\s*:\s*(?:"([^"]*)|'([^']*)|([^\s"'][^\s,}]*)?)$`)

// mostItems is how many targets are offered at once; the editor asks again as
// more is typed.
const mostItems = 500

// completion offers what a reference could name.
func (s *Server) completion(_ context.Context, params *protocol.PositionParams) (any, error) {
	list := protocol.CompletionList{Items: []protocol.CompletionItem{}}
	for _, p := range s.places(params) {
		src := p.source()
		if src == nil {
			continue
		}
		line, from := p.now.Line(p.cursor)
		m := refBegun.FindStringSubmatchIndex(line[:p.cursor-from])
		if m == nil {
			continue
		}
		c := completer{place: p, src: src, start: p.cursor, end: p.cursor}
		for i := 2; i < len(m); i += 2 {
			if m[i] >= 0 {
				c.typed, c.start, c.quoted = line[m[i]:m[i+1]], from+m[i], i < 6
				c.end = p.cursor + strings.IndexAny(line[p.cursor-from:]+"\n", "\"'\r\n ,}")
			}
		}
		c.section = sectionAt(p)
		c.offer(&list)
	}
	return list, nil
}

// completer offers the targets of one reference.
type completer struct {
	place
	src        *openapi.Source
	typed      string
	start, end int // of what is replaced
	quoted     bool
	section    string // of components that fit here; "" for all
}

func (c *completer) offer(list *protocol.CompletionList) {
	for _, src := range c.result.description().Sources() {
		file := ""
		if src != c.src {
			file = relative(c.src.Name(), src.Name())
		}
		for _, n := range targets(src, src == c.result.description().Source(), c.section) {
			c.item(list, file+"#"+n.Pointer(), protocol.CompletionReference, label(n))
		}
		if file != "" {
			c.item(list, file, protocol.CompletionFile, "")
		}
	}
}

func (c *completer) item(list *protocol.CompletionList, ref string, kind int, detail string) {
	if !strings.Contains(strings.ToLower(ref), strings.ToLower(c.typed)) {
		return
	}
	if len(list.Items) == mostItems {
		list.IsIncomplete = true
		return
	}
	text := ref
	if !c.quoted {
		quote := "'"
		if c.src.Format() == openapi.JSON {
			quote = `"`
		}
		text = quote + ref + quote
	}
	list.Items = append(list.Items, protocol.CompletionItem{
		Label: ref, Kind: kind, Detail: detail, FilterText: ref,
		TextEdit: &protocol.TextEdit{Range: c.now.Range(c.start, c.end), NewText: text},
	})
}

// targets returns what a reference may name in a source: components of the
// section, else all of them; of a file that is no description each member.
func targets(src *openapi.Source, root bool, section string) []*openapi.Node {
	var list []*openapi.Node
	top := src.Root()
	for _, s := range top.Get("components").Children() {
		if section == "" || s.Key() == section {
			list = append(list, s.Children()...)
		}
	}
	older := map[string]string{"definitions": "schemas", "parameters": "parameters", "responses": "responses"}
	for _, s := range top.Children() {
		if kind := older[s.Key()]; kind != "" && s.Is(openapi.Object) && (section == "" || kind == section) {
			list = append(list, s.Children()...)
		}
	}
	if len(list) == 0 && !root && top.Is(openapi.Object) {
		return top.Children()
	}
	return list
}

func label(n *openapi.Node) string {
	for _, key := range []string{"title", "summary", "description"} {
		if text, ok := n.Get(key).Str(); ok && text != "" {
			first, _, _ := strings.Cut(text, "\n")
			return first
		}
	}
	return ""
}

// relative is the name of a file as another one refers to it.
func relative(from, to string) string {
	if strings.Contains(to, "://") {
		return to
	}
	at := strings.Split(path.Dir(from), "/")
	parts := strings.Split(to, "/")
	for len(at) > 0 && len(parts) > 1 && at[0] == parts[0] {
		at, parts = at[1:], parts[1:]
	}
	up := ""
	for _, dir := range at {
		if dir != "." {
			up += "../"
		}
	}
	return up + strings.Join(parts, "/")
}

// sections are the components that fit under a member of the name.
var sections = map[string]string{
	"schema": "schemas", "items": "schemas", "additionalProperties": "schemas", "not": "schemas", "allOf": "schemas", "anyOf": "schemas",
	"oneOf": "schemas", "properties": "schemas", "schemas": "schemas", "definitions": "schemas", "prefixItems": "schemas",
	"parameters": "parameters", "responses": "responses", "requestBody": "requestBodies", "requestBodies": "requestBodies",
	"headers": "headers", "examples": "examples", "links": "links", "callbacks": "callbacks", "securitySchemes": "securitySchemes",
}

// sectionAt tells which components fit at the cursor from the names of what it
// is in: the innermost one that tells.
func sectionAt(p place) string {
	n, _ := p.node()
	for ; n != nil; n = n.Parent() {
		if section := sections[n.Key()]; section != "" {
			return section
		}
		if slices.Contains([]string{"paths", "components"}, n.Key()) {
			break
		}
	}
	return ""
}
