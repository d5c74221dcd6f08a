package lsp

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"go.lsp.dev/jsonrpc2"

	"github.com/plumbapi/plumb/internal/lsp/protocol"
	"github.com/plumbapi/plumb/openapi"
)

// decoded returns the fragment of a reference as a JSON Pointer.
func decoded(fragment string) string {
	if text, err := url.PathUnescape(fragment); err == nil {
		return text
	}
	return fragment
}

// prepareRename says what would be renamed: the component at the cursor.
func (s *Server) prepareRename(_ context.Context, params *protocol.PositionParams) (any, error) {
	for _, p := range s.places(params) {
		n, isRef := p.target()
		if n == nil || !renamable(n) {
			continue
		}
		if !isRef {
			l, _ := s.ofKey(p.result, n)
			return map[string]any{"range": l.Range, "placeholder": n.Key()}, nil
		}
		ref, start, end, _ := refAt(p.now, p.cursor)
		at := start + strings.LastIndexByte(ref, '/') + 1
		return map[string]any{"range": p.now.Range(at, end), "placeholder": n.Key()}, nil
	}
	return nil, nil //nolint:nilnil // nothing can be renamed here
}

// renamable reports whether a value has a name that others know it by.
func renamable(n *openapi.Node) bool {
	if isComponent(n) {
		return true
	}
	_, end := n.KeyOffsets()
	pointer := n.Pointer()
	return end > 0 && strings.Count(pointer, "/") == 1 && !n.Source().Root().Has("openapi") && !n.Source().Root().Has("swagger")
}

// componentName is what the specification lets a component be named.
var componentName = regexp.MustCompile(`^[A-Za-z0-9._-]+$`)

// rename renames the component at the cursor, with all that refers to it.
func (s *Server) rename(ctx context.Context, params *protocol.PositionParams) (any, error) {
	name := params.NewName
	if !componentName.MatchString(name) {
		return nil, invalid("%q cannot name a component; letters, digits, '.', '-' and '_' can", name)
	}
	s.fresh(ctx, keyOf(params.TextDocument.URI))
	open, changes := s.snapshot(), map[string][]protocol.TextEdit{}
	found := false
	for _, p := range s.places(params) {
		n, _ := p.target()
		if n == nil || !renamable(n) {
			continue
		}
		found = true
		if n.Key() == name {
			continue
		}
		if n.Parent().Has(name) {
			return nil, invalid("there is a component named %q already", name)
		}
		if err := s.renameIn(open, p.result, n, name, changes); err != nil {
			return nil, err
		}
	}
	if !found {
		return nil, invalid("no component is named here")
	}
	return s.workspaceEdit(open, changes), nil
}

// renameIn adds what a rename changes in one document, by path.
func (s *Server) renameIn(open snapshot, r *Result, n *openapi.Node, name string, changes map[string][]protocol.TextEdit) error {
	replace := func(src *openapi.Source, start, end int, text string) error {
		t := s.textOf(open, r, src.Name())
		if t.String() != r.Texts[src.Name()] {
			return invalid("%s has changed since it was read, or cannot be read as it is now", src.Name())
		}
		path, ok := r.Paths[src.Name()]
		if !ok {
			return invalid("%s is no file that can be changed", src.Name())
		}
		e := protocol.TextEdit{Range: t.Range(start, end), NewText: like(src.Text()[start:end], text)}
		if !slices.Contains(changes[path], e) {
			changes[path] = append(changes[path], e)
		}
		return nil
	}
	start, end := n.KeyOffsets()
	if err := replace(n.Source(), start, end, name); err != nil {
		return err
	}
	for _, m := range mentions(r.description(), n) {
		start, end := m.node.Offsets()
		text := name
		switch {
		case m.onKey:
			start, end = m.node.KeyOffsets()
		case m.pointer:
			text = renamed(m.node.Text(), n, name)
		}
		if err := replace(m.node.Source(), start, end, text); err != nil {
			return err
		}
	}
	return nil
}

// renamed is a reference with the name of a component in it replaced; the rest
// stays as it is written.
func renamed(ref string, n *openapi.Node, name string) string {
	file, fragment, _ := strings.Cut(ref, "#")
	tokens := strings.Split(fragment, "/")
	tokens[strings.Count(n.Pointer(), "/")] = name
	return file + "#" + strings.Join(tokens, "/")
}

// like writes a text as another one is written in the source: in the same
// quotes, or without any where that is possible.
func like(written, text string) string {
	switch {
	case strings.HasPrefix(written, `"`):
		quoted, _ := json.Marshal(text)
		return string(quoted)
	case strings.HasPrefix(written, "'"):
		return "'" + strings.ReplaceAll(text, "'", "''") + "'"
	}
	if _, err := strconv.ParseFloat(text, 64); err == nil || slices.Contains([]string{"true", "false", "null", "yes", "no", "on", "off"}, strings.ToLower(text)) ||
		strings.HasPrefix(text, "#") || strings.HasPrefix(text, "-") || strings.HasPrefix(text, ".") {
		return "'" + text + "'"
	}
	return text
}

func invalid(format string, args ...any) error {
	return jsonrpc2.NewError(-32803, fmt.Sprintf(format, args...)) // RequestFailed: editors show the message
}
