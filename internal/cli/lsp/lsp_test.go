package lsp_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/internal/cli/env"
	own "github.com/plumbapi/plumb/internal/lsp"
	"github.com/plumbapi/plumb/internal/lsp/protocol"
)

const notes = `openapi: 3.0.3
info: {title: "Notes 𝄞", version: '1'}
servers: [{url: https://api.example.org}]
paths:
  /notes:
    get:
      operationId: listNotes
      summary: All notes
      description: All notes, the newest first.
      tags: [notes]
      responses:
        '200':
          description: The notes.
          content:
            application/json:
              schema: {"$ref": '#/components/schemas/Note'}
        '404': {$ref: 'more.yaml#/responses/Missing'}
tags: [{name: notes, description: Notes.}]
components:
  schemas:
    Note:
      type: object
      description: One note.
      required: [text]
      properties:
        text: {type: string, description: What it says.}
        answers: {type: array, items: {$ref: '#/components/schemas/Note'}}
    Unused: {type: string}
`

const more = `responses:
  Missing:
    description: There is no such note.
`

// TestDiagnostics follows a description through edits: a finding comes, goes,
// and makes way for a parse error while the text is broken.
func TestDiagnostics(t *testing.T) {
	t.Parallel()
	c := open(t, map[string]string{"api.yaml": notes, "more.yaml": more})
	c.didOpen("api.yaml", notes)
	unused := c.rule("api.yaml", "oas3-unused-component", true)
	want := protocol.Diagnostic{
		Range:    own.NewText(notes).Range(strings.Index(notes, "Unused:"), strings.Index(notes, "Unused:")+len("Unused")),
		Severity: protocol.SeverityWarning, Code: "oas3-unused-component", Source: "plumb",
		Message:         `"Unused" of schemas is not used`,
		CodeDescription: &protocol.CodeDescription{Href: "https://github.com/plumbapi/plumb/blob/main/docs/rules/oas3-unused-component.md"},
	}
	if diff := cmp.Diff(want, unused); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}

	// An edit by range, behind a character of two units on its line.
	line := strings.Split(notes, "\n")[1]
	behind := strings.Index(line, "\", version")
	character := behind - len("𝄞") + 2
	c.didChange("api.yaml", protocol.Change{Range: &protocol.Range{Start: protocol.Position{Line: 1, Character: character}, End: protocol.Position{Line: 1, Character: character}}, Text: "<script>"})
	script := c.rule("api.yaml", "no-script-tags-in-markdown", true)
	if script.Range.Start.Line != 1 {
		t.Errorf("the script is in line %d, want 1", script.Range.Start.Line)
	}

	c.didChange("api.yaml", protocol.Change{Text: strings.Replace(notes, "paths:", "paths: [", 1)})
	c.rule("api.yaml", "parser", true)
	// Symbols and definitions are still those of the last text that could be read.
	var symbols []protocol.DocumentSymbol
	c.ask("textDocument/documentSymbol", map[string]any{"textDocument": map[string]any{"uri": c.uri("api.yaml")}}, &symbols)
	if !slices.ContainsFunc(symbols, func(s protocol.DocumentSymbol) bool { return s.Name == "components" }) {
		t.Errorf("no components among %v", symbols)
	}

	c.didChange("api.yaml", protocol.Change{Text: notes})
	c.rule("api.yaml", "parser", false)
	c.tell("textDocument/didClose", map[string]any{"textDocument": map[string]any{"uri": c.uri("api.yaml")}})
	c.wait("api.yaml", "nothing once it is closed", func(list []protocol.Diagnostic) bool { return len(list) == 0 })
}

// TestReferences asks about references, in one file and across two.
// TestLargeDescription types into a description that is so large that edits are
// taken one by one.
func TestLargeDescription(t *testing.T) {
	t.Parallel()
	text := "{\"openapi\": \"3.0.3\", \"info\": {\"title\": \"Notes\", \"version\": \"1\"}, \"paths\": {\n"
	for i := range 1000 {
		text += fmt.Sprintf("\"/notes%d\": {\"get\": {\"operationId\": \"notes%d\", \"description\": \"%s\", \"responses\": {\"200\": {\"description\": \"ok\"}}}},\n", i, i, strings.Repeat("Lists. ", 12))
	}
	text += "\"/last\": {}}, \"components\": {\"schemas\": {\"Note\": {\"type\": \"string\", \"example\": 1}}}}"
	c := open(t, map[string]string{"api.json": text}, "--ruleset", "spectral:oas")
	c.didOpen("api.json", text)
	if d := c.rule("api.json", "oas3-valid-schema-example", true); d.Range.Start.Line != 1001 {
		t.Errorf("the example is in line %d, want 1001", d.Range.Start.Line)
	}
	from := protocol.Position{Line: 300, Character: strings.Index(strings.Split(text, "\n")[300], "Lists.")}
	c.didChange("api.json", protocol.Change{Range: &protocol.Range{Start: from, End: from}, Text: "<script>"})
	if d := c.rule("api.json", "no-script-tags-in-markdown", true); d.Range.Start.Line != 300 {
		t.Errorf("the script is in line %d, want 300", d.Range.Start.Line)
	}
	// A line more: what stands behind it has moved, for findings and for the tree.
	c.didChange("api.json", protocol.Change{Range: &protocol.Range{Start: protocol.Position{Line: 300, Character: from.Character - len("\"description\": \"")}, End: protocol.Position{Line: 300, Character: from.Character - len("\"description\": \"")}}, Text: "\n"})
	c.wait("api.json", "an example in line 1002", func(list []protocol.Diagnostic) bool {
		return slices.ContainsFunc(list, func(d protocol.Diagnostic) bool {
			return d.Code == "oas3-valid-schema-example" && d.Range.Start.Line == 1002
		})
	})
	var symbols []protocol.DocumentSymbol
	c.ask("textDocument/documentSymbol", map[string]any{"textDocument": map[string]any{"uri": c.uri("api.json")}}, &symbols)
	for _, s := range symbols {
		if s.Name == "components" && s.Range.Start.Line != 1002 {
			t.Errorf("the components are in line %d, want 1002", s.Range.Start.Line)
		}
	}
	c.didChange("api.json", protocol.Change{Text: text[:len(text)-1]})
	c.rule("api.json", "parser", true)
	c.didChange("api.json", protocol.Change{Text: text})
	c.rule("api.json", "parser", false)
	c.rule("api.json", "no-script-tags-in-markdown", false)
}

func TestReferences(t *testing.T) {
	t.Parallel()
	c := open(t, map[string]string{"api.yaml": notes, "more.yaml": more, "plumb.yaml": "apis: [{name: notes, openapi: api.yaml}]\n"})
	c.didOpen("api.yaml", notes)
	c.rule("api.yaml", "oas3-unused-component", true)
	text := own.NewText(notes)
	key := func(name string, of string) protocol.Range {
		i := strings.Index(of, name+":")
		return own.NewText(of).Range(i, i+len(name))
	}

	var found []protocol.Location
	c.ask("textDocument/definition", c.at("api.yaml", notes, "schemas/Note'}", 4), &found)
	if diff := cmp.Diff([]protocol.Location{{URI: c.uri("api.yaml"), Range: key("Note", notes)}}, found); diff != "" {
		t.Errorf("definition (-want +got)\n%s", diff)
	}
	c.ask("textDocument/definition", c.at("api.yaml", notes, "more.yaml#/resp", 0), &found)
	if diff := cmp.Diff([]protocol.Location{{URI: c.uri("more.yaml"), Range: key("Missing", more)}}, found); diff != "" {
		t.Errorf("definition in another file (-want +got)\n%s", diff)
	}
	c.ask("textDocument/references", c.at("api.yaml", notes, "    Note:", 2), &found)
	if len(found) != 3 {
		t.Errorf("%d references with the declaration, want 3: %v", len(found), found)
	}
	c.didOpen("more.yaml", more)
	c.ask("textDocument/references", c.at("more.yaml", more, "Missing", 1), &found)
	if len(found) != 2 || found[1].URI != c.uri("api.yaml") {
		t.Errorf("references from another file: %v", found)
	}

	var hover protocol.Hover
	c.ask("textDocument/hover", c.at("api.yaml", notes, "schemas/Note'}", 4), &hover)
	for _, want := range []string{"`Note`", "2 references", "One note.", "text: string (required)", "answers: Note[]"} {
		if !strings.Contains(hover.Contents.Value, want) {
			t.Errorf("the hover does not say %q:\n%s", want, hover.Contents.Value)
		}
	}
	c.ask("textDocument/hover", c.at("api.yaml", notes, "    Unused", 1), &hover)
	for _, want := range []string{"oas3-unused-component", "docs/rules/oas3-unused-component.md"} {
		if !strings.Contains(hover.Contents.Value, want) {
			t.Errorf("the hover does not say %q:\n%s", want, hover.Contents.Value)
		}
	}

	var edit protocol.WorkspaceEdit
	rename := c.at("api.yaml", notes, "    Note:", 2)
	rename["newName"] = "Memo"
	c.ask("textDocument/rename", rename, &edit)
	if got, want := text.Apply(edits(edit.Changes[c.uri("api.yaml")])).String(), strings.ReplaceAll(strings.ReplaceAll(notes, "schemas/Note", "schemas/Memo"), "    Note:", "    Memo:"); got != want {
		t.Errorf("after the rename (-want +got)\n%s", cmp.Diff(want, got))
	}
	for name, want := range map[string]string{"Unused": `there is a component named "Unused" already`, "a b": `"a b" cannot name a component`} {
		rename["newName"] = name
		if err := c.try("textDocument/rename", rename, nil); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("rename to %q: %v, want %s", name, err, want)
		}
	}

	begun := strings.Replace(notes, "    Unused: {type: string}", "    Unused:\n      $ref: '#/comp", 1)
	c.didChange("api.yaml", protocol.Change{Text: begun})
	c.rule("api.yaml", "parser", true)
	var list protocol.CompletionList
	c.ask("textDocument/completion", c.at("api.yaml", begun, "$ref: '#/comp", 0), &list)
	if !slices.ContainsFunc(list.Items, func(i protocol.CompletionItem) bool {
		return i.Label == "#/components/schemas/Note" && i.Detail == "One note." && i.TextEdit.NewText == "#/components/schemas/Note"
	}) {
		t.Errorf("the completion does not offer Note: %v", list.Items)
	}
}

// edits turns edits of a text into changes from its end to its begin, so that
// each holds when it is made.
func edits(list []protocol.TextEdit) []protocol.Change {
	list = slices.Clone(list)
	slices.SortFunc(list, func(a, b protocol.TextEdit) int {
		if a.Range.Start.Line != b.Range.Start.Line {
			return b.Range.Start.Line - a.Range.Start.Line
		}
		return b.Range.Start.Character - a.Range.Start.Character
	})
	var changes []protocol.Change
	for _, e := range list {
		changes = append(changes, protocol.Change{Range: &e.Range, Text: e.NewText})
	}
	return changes
}

// TestConfiguration follows plumb.yaml: its mistakes are shown, and what it says
// counts once it is saved.
func TestConfiguration(t *testing.T) {
	t.Parallel()
	c := open(t, map[string]string{"api.yaml": notes, "more.yaml": more, "plumb.yaml": "lint: {rules: {oas3-unused-component: off}}\n"})
	c.didOpen("api.yaml", notes)
	c.rule("api.yaml", "oas3-unused-component", false)
	wrong := "lint: {rules: {oas3-unused-componen: off}}\n"
	c.didOpen("plumb.yaml", wrong)
	d := c.rule("plumb.yaml", "plumb-config", true)
	if !strings.Contains(d.Message, `did you mean "oas3-unused-component"`) || d.Range.Start.Character == 0 {
		t.Errorf("%v", d)
	}
	right := "lint: {rules: {oas3-unused-component: error}}\n"
	c.didChange("plumb.yaml", protocol.Change{Text: right})
	c.rule("plumb.yaml", "plumb-config", false)
	c.write("plumb.yaml", right)
	c.tell("textDocument/didSave", map[string]any{"textDocument": map[string]any{"uri": c.uri("plumb.yaml")}})
	if d := c.rule("api.yaml", "oas3-unused-component", true); d.Severity != protocol.SeverityError {
		t.Errorf("severity %d, want that of plumb.yaml", d.Severity)
	}
}

// TestGraphQL asks about a schema, and takes the fix that it is offered.
func TestGraphQL(t *testing.T) {
	t.Parallel()
	const schema = "\"\"\"The queries.\"\"\"\ntype Query {\n  \"\"\"The note of an ID\"\"\"\n  note(id: ID!): Note\n}\n\n\"\"\"One note.\"\"\"\ntype Note { \"Its text.\" text: String, next: Note }\n"
	c := open(t, map[string]string{"schema.graphql": schema, "plumb.yaml": "lint: {rules: {description-style: on}}\n"})
	c.didOpen("schema.graphql", schema)
	c.wait("schema.graphql", "findings", func(list []protocol.Diagnostic) bool { return len(list) > 0 })
	var found []protocol.Location
	c.ask("textDocument/definition", c.at("schema.graphql", schema, "): Note", 1), &found)
	if len(found) != 1 || found[0].Range.Start.Line != 7 {
		t.Errorf("definition: %v", found)
	}
	c.ask("textDocument/references", c.at("schema.graphql", schema, "type Note", 1), &found)
	if len(found) != 3 {
		t.Errorf("references: %v", found)
	}
	var hover protocol.Hover
	c.ask("textDocument/hover", c.at("schema.graphql", schema, "): Note", 1), &hover)
	if !strings.Contains(hover.Contents.Value, "type Note {\n  text: String\n") {
		t.Errorf("hover:\n%s", hover.Contents.Value)
	}
	var actions []protocol.CodeAction
	c.ask("textDocument/codeAction", map[string]any{"textDocument": map[string]any{"uri": c.uri("schema.graphql")}, "range": own.NewText(schema).Range(0, len(schema)), "context": map[string]any{"only": []string{"quickfix"}}}, &actions)
	if len(actions) == 0 || actions[0].Edit == nil || len(actions[0].Diagnostics) != 1 {
		t.Fatalf("actions: %v", actions)
	}
	before := len(c.wait("schema.graphql", "findings", func(list []protocol.Diagnostic) bool { return len(list) > 0 }))
	c.didChange("schema.graphql", edits(actions[0].Edit.Changes[c.uri("schema.graphql")])...)
	c.wait("schema.graphql", "one finding less", func(list []protocol.Diagnostic) bool { return len(list) == before-1 })
	c.didChange("schema.graphql", protocol.Change{Text: schema})
	c.wait("schema.graphql", "all findings again", func(list []protocol.Diagnostic) bool { return len(list) == before })

	var symbols []protocol.DocumentSymbol
	c.ask("textDocument/documentSymbol", map[string]any{"textDocument": map[string]any{"uri": c.uri("schema.graphql")}}, &symbols)
	if len(symbols) != 2 || symbols[1].Name != "Note" || len(symbols[1].Children) != 2 {
		t.Errorf("symbols: %v", symbols)
	}
}

// TestEnds are the ways in which a conversation ends.
func TestEnds(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		say  func(c *client)
		code int
	}{
		{"as the protocol has it", func(c *client) { c.ask("shutdown", nil, nil); c.tell("exit", nil) }, env.Clean},
		{"without a shutdown", func(c *client) { c.tell("exit", nil) }, env.Findings},
		{"the editor is gone", func(c *client) { _ = c.out.Close() }, env.Findings},
		{"no message", func(c *client) { _, _ = c.out.Write([]byte("GET / HTTP/1.1\r\n\r\n")) }, env.Incomplete},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			c := open(t, nil)
			tt.say(c)
			if got := env.Code(<-c.done); got != tt.code {
				t.Errorf("exit code %d, want %d", got, tt.code)
			}
		})
	}
}

// TestProtocol sends what an editor should not.
func TestProtocol(t *testing.T) {
	t.Parallel()
	c := start(t, nil)
	if err := c.try("textDocument/hover", map[string]any{}, nil); err == nil || !strings.Contains(err.Error(), "initialize") {
		t.Errorf("a hover before initialize: %v", err)
	}
	c.ask("initialize", map[string]any{"capabilities": map[string]any{}}, nil)
	for _, method := range []string{"no/such", "initialize"} {
		if err := c.try(method, map[string]any{}, nil); err == nil {
			t.Errorf("%s was answered", method)
		}
	}
	if err := c.try("textDocument/hover", []int{1}, nil); err == nil {
		t.Error("a hover with wrong parameters was answered")
	}
	c.tell("textDocument/didChange", "nothing")
	c.tell("textDocument/didChange", map[string]any{"textDocument": map[string]any{"uri": "file:///not/open"}})
	c.ask("textDocument/hover", map[string]any{"textDocument": map[string]any{"uri": "untitled:1"}}, nil)
	c.ask("shutdown", nil, nil)
	if err := c.try("textDocument/hover", map[string]any{}, nil); err == nil {
		t.Error("a hover after the shutdown was answered")
	}
}
