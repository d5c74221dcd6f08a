package lsp_test

import (
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/lint"
	own "github.com/plumbapi/plumb/internal/lsp"
	"github.com/plumbapi/plumb/internal/lsp/protocol"
)

// snippets are what the fuzzer types, besides what it makes up.
var snippets = []string{
	"\n", "  ", "- ", "\t", "{", "}", "[", "]", "'", `"`, ",", ":", "#", "𝄞", "é", "\r\n", "<script>", "type: object\n", "\n  /x: {get: {}}\n",
	"$ref: '#/components/schemas/Note'", `"$ref": "#/components/schemas/Note"`, "more.yaml#/responses/Missing", "&a ", "*a", "|\n", "type Note { a: [Note!] }\n", "\"\"\"", "deprecated: true",
	`"x": {"get": {"tags": ["a", "a"]}},`, `"/p1": {},`, "Missing", "",
}

const small = "type Query { note(id: ID!): Note }\n\"One note.\"\ntype Note { text: String }\n"

// large is a description of which edits are taken one by one.
func large() string {
	var b strings.Builder
	b.WriteString("{\"openapi\": \"3.0.3\", \"info\": {\"title\": \"Notes\", \"version\": \"1\"}, \"paths\": {\n")
	for i := range 60 {
		fmt.Fprintf(&b, "\"/p%d\": {\"get\": {\"operationId\": \"p%d\", \"description\": \"%s\", \"tags\": [\"a\"], \"responses\": {\"200\": {\"description\": \"ok\", \"content\": {\"application/json\": {\"schema\": {\"$ref\": \"#/components/schemas/Note\"}}}}}}},\n", i, i, strings.Repeat("All of them. ", 180))
	}
	b.WriteString("\"/last\": {}}, \"components\": {\"schemas\": {\"Note\": {\"type\": \"string\"}}}}\n")
	return b.String()
}

// script says what an editor does, byte by byte.
type script struct {
	t     *testing.T
	c     *client
	steps []byte
	typed string
	texts map[string]*own.Text
	names []string
}

func (s *script) next(n int) int {
	if len(s.steps) == 0 {
		return 0
	}
	b := int(s.steps[0])
	s.steps = s.steps[1:]
	return b % n
}

// place is somewhere in a text, the more places the more bytes say where.
func (s *script) place(t *own.Text) protocol.Position {
	return t.Position((s.next(256)*256 + s.next(256)) * (len(t.String()) + 1) / (256 * 256))
}

// step does one thing.
func (s *script) step() {
	name := s.names[s.next(len(s.names))]
	t := s.texts[name]
	doc := map[string]any{"uri": s.c.uri(name)}
	if t == nil {
		t = own.NewText(s.typed)
	}
	ask := func(method string, params map[string]any) {
		params["textDocument"] = doc
		if err := s.c.try(method, params, nil); err != nil && (strings.Contains(err.Error(), "stumbled") || strings.Contains(err.Error(), "not answered")) {
			s.t.Fatalf("%s: %v", method, err)
		}
	}
	switch kind := s.next(16); kind {
	case 0:
		s.texts[name] = nil
		s.c.tell("textDocument/didClose", map[string]any{"textDocument": doc})
	case 1:
		s.texts[name] = t
		s.c.didOpen(name, t.String())
	case 2:
		s.c.tell("textDocument/didSave", map[string]any{"textDocument": doc})
	case 3:
		s.c.tell("workspace/didChangeWatchedFiles", map[string]any{"changes": []any{map[string]any{"uri": s.c.uri(name), "type": 2}}})
	case 4, 5, 6, 7, 8, 9:
		start, text := s.place(t), s.typed
		end := start
		if kind < 6 {
			end.Character += s.next(12)
		}
		if i := s.next(len(snippets) + 1); i < len(snippets) {
			text = snippets[i]
		}
		edit := protocol.Change{Range: &protocol.Range{Start: start, End: end}, Text: text}
		if s.texts[name] != nil {
			s.texts[name] = t.Apply([]protocol.Change{edit})
		}
		s.c.didChange(name, edit)
	case 10:
		ask("textDocument/hover", map[string]any{"position": s.place(t)})
	case 11:
		ask([]string{"textDocument/definition", "textDocument/references"}[s.next(2)], map[string]any{"position": s.place(t), "context": map[string]any{"includeDeclaration": true}})
	case 12:
		ask("textDocument/completion", map[string]any{"position": s.place(t)})
	case 13:
		ask([]string{"textDocument/rename", "textDocument/prepareRename"}[s.next(2)], map[string]any{"position": s.place(t), "newName": "Memo"})
	case 14:
		ask("textDocument/documentSymbol", map[string]any{})
	case 15:
		s.fix(name, t)
	}
}

// fix takes the last thing that is offered for a text.
func (s *script) fix(name string, t *own.Text) {
	var actions []protocol.CodeAction
	s.c.ask("textDocument/codeAction", map[string]any{"textDocument": map[string]any{"uri": s.c.uri(name)}, "range": t.Range(0, len(t.String())), "context": map[string]any{}}, &actions)
	if len(actions) == 0 || s.texts[name] == nil {
		return
	}
	edit := edits(actions[len(actions)-1].Edit.Changes[s.c.uri(name)])
	s.texts[name] = t.Apply(edit)
	s.c.didChange(name, edit...)
}

// found is what the server finds in a file now, and what a lint that knows
// nothing of what was before does.
func (s *script) found(name string) (now, fresh []string) {
	var report protocol.DiagnosticReport
	s.c.ask("textDocument/diagnostic", map[string]any{"textDocument": map[string]any{"uri": s.c.uri(name)}}, &report)
	seen := map[string]bool{}
	for _, d := range report.Items {
		seen[fmt.Sprintf("%d %s %s", d.Range.Start.Line, d.Code, d.Message)] = true
	}
	now = slices.Sorted(maps.Keys(seen))

	checker, err := lint.NewChecker(s.t.Context(), &env.Env{Stdin: strings.NewReader(""), Getenv: func(string) string { return "" }, Dir: s.c.dir, Now: time.Now})
	if err != nil {
		s.t.Fatal(err)
	}
	d, err := checker.Load(s.t.Context(), filepath.Join(s.c.dir, name), func(path string) (string, bool) {
		t := s.texts[filepath.Base(path)]
		if t == nil || filepath.Dir(path) != s.c.dir {
			return "", false
		}
		return t.String(), true
	})
	if err != nil {
		s.t.Fatal(err)
	}
	rep, err := checker.Check(s.t.Context(), d)
	if err != nil {
		s.t.Fatal(err)
	}
	clear(seen)
	for i := range rep.Findings {
		f := &rep.Findings[i]
		if f.Location.File != name {
			continue
		}
		line, _ := s.texts[name].Span(f.Location)
		seen[fmt.Sprintf("%d %s %s", s.texts[name].Position(line).Line, f.Rule, f.Message)] = true
	}
	return now, slices.Sorted(maps.Keys(seen))
}

// FuzzSession lets an editor do what editors do, in any order: open and close
// texts, type, save, ask, take fixes. Every request is answered, nothing breaks,
// and at the end what is found is what a lint finds that knows nothing of all
// that.
func FuzzSession(f *testing.F) {
	f.Add([]byte{0, 1, 4, 10, 128, 0, 3, 1, 4, 0, 10, 200, 0}, "x")
	f.Add([]byte{1, 0, 4, 128, 0, 3, 0, 6, 200, 100, 28, 0, 15, 0, 6, 255, 255, 3, 0, 14}, "\"")
	f.Add([]byte{0, 0, 15, 0, 15, 1, 15, 2, 15, 0, 13, 160, 0, 0}, "Note")
	f.Fuzz(func(t *testing.T, steps []byte, typed string) {
		if len(steps) > 100 || len(typed) > 200 {
			return
		}
		s := &script{t: t, steps: steps, typed: strings.ToValidUTF8(typed, "?"), names: []string{"api.yaml", "more.yaml", "schema.graphql"}}
		files := map[string]string{"api.yaml": notes, "more.yaml": more, "schema.graphql": small, "plumb.yaml": "apis: [{name: notes, openapi: api.yaml, graphql: schema.graphql}]\n"}
		if s.next(8) == 1 {
			s.names[0], files["api.json"] = "api.json", large()
			files["plumb.yaml"] = strings.Replace(files["plumb.yaml"], "api.yaml", "api.json", 1)
		}
		s.c = open(t, files)
		s.texts = map[string]*own.Text{}
		for _, name := range s.names {
			s.texts[name] = own.NewText(files[name])
			s.c.didOpen(name, files[name])
		}
		for len(s.steps) > 0 {
			s.step()
		}
		for _, name := range []string{s.names[0], s.names[2]} {
			// A file that became a description by itself is found things in twice.
			if part := s.texts["more.yaml"]; s.texts[name] == nil || part != nil && strings.Contains(part.String(), "openapi") {
				continue
			}
			now, fresh := s.found(name)
			if diff := cmp.Diff(fresh, now); diff != "" {
				t.Errorf("%s (-fresh +now)\n%s", name, diff)
			}
		}
		s.c.ask("shutdown", nil, nil)
		s.c.tell("exit", nil)
		if err := <-s.c.done; err != nil {
			t.Errorf("it ended with %v", err)
		}
		if said := s.c.said.String(); strings.Contains(said, "stumbled") {
			t.Error(said)
		}
	})
}
