package lsp_test

import (
	"strings"
	"testing"

	"github.com/plumbapi/plumb/internal/lsp"
	"github.com/plumbapi/plumb/internal/lsp/protocol"
)

// FuzzText holds that offsets and positions lead back to one another, and that
// no edit, however wrong its range, does more than replace a part of the text.
func FuzzText(f *testing.F) {
	f.Add("a𝄞b\r\nc\rd\n", 1, 2, 0, 3, "x")
	f.Add("\xff\n", -1, -1, 9, 9, "\r")
	f.Fuzz(func(t *testing.T, text string, line, character, endLine, endCharacter int, edit string) {
		x := lsp.NewText(text)
		for i := range text { // at the begin of each character
			if strings.HasPrefix(text[i:], "\n") && i > 0 && text[i-1] == '\r' {
				continue // within a line's end
			}
			if got := x.Offset(x.Position(i)); got != i {
				t.Fatalf("offset %d of %q became %d", i, text, got)
			}
		}
		r := &protocol.Range{Start: protocol.Position{Line: line, Character: character}, End: protocol.Position{Line: endLine, Character: endCharacter}}
		got := x.Apply([]protocol.Change{{Range: r, Text: edit}}).String()
		if !strings.Contains(got, edit) || len(got) < len(edit) || len(got) > len(text)+len(edit) {
			t.Fatalf("%q with %q became %q", text, edit, got)
		}
	})
}

func TestURI(t *testing.T) {
	t.Parallel()
	tests := []struct {
		uri, path string
		ok        bool
	}{
		{"file:///a/b%20c.yaml", "/a/b c.yaml", true},
		{"file://localhost/a", "/a", true},
		{"file:///c%3A/a.yaml", "c:/a.yaml", true},
		{"untitled:Untitled-1", "", false},
		{"https://example.org/a", "", false},
		{"%", "", false},
	}
	for _, tt := range tests {
		if path, ok := lsp.PathOf(tt.uri); path != tt.path || ok != tt.ok {
			t.Errorf("PathOf(%q) = %q, %t; want %q, %t", tt.uri, path, ok, tt.path, tt.ok)
		}
	}
	if got, want := lsp.URIOf("/a/b c#.yaml"), "file:///a/b%20c%23.yaml"; got != want {
		t.Errorf("URIOf = %q, want %q", got, want)
	}
}
