package prose_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/webhook/internal/prose"
)

func TestParagraphs(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, text string
		want       []string
	}{
		{"nothing", " \n\n\t", nil},
		{"lines of one", "An issue\nwas opened.", []string{"An issue was opened."}},
		{"old and Windows' line ends", "One.\r\n\r\nTwo.\rStill two.", []string{"One.", "Two. Still two."}},
		{"a list", "Either:\n* this\n- that\n  goes on", []string{"Either:", "- this", "- that goes on"}},
		{"a heading and a quotation", "## Title\n\n> said", []string{"Title", "said"}},
		{"an alert", "> [!NOTE]\n> In preview.", []string{"In preview."}},
		{"links", "See [the docs](https://example.test/a) or [b](/c), not f[0](x).", []string{"See the docs or b, not f[0](x)."}},
		{"what a terminal obeys", "a\x1b[31mb\u202ec\x00", []string{`a\x1b[31mb\u202ec\x00`}},
		{"no UTF-8", "a\xffb", []string{`a\xffb`}},
		{"cut after a word", strings.Repeat("word ", 20), []string{"word word word word word word word word …"}},
		{"a word without end", strings.Repeat("é", 500), []string{"…"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tt.want, prose.Paragraphs(tt.text, 44)); diff != "" {
				t.Errorf("Paragraphs (-want +got):\n%s", diff)
			}
		})
	}
}

func TestWrap(t *testing.T) {
	t.Parallel()
	glued := func(word string) bool { return strings.HasPrefix(word, "go:") }
	tests := []struct {
		name, text string
		want       []string
	}{
		{"nothing", "", nil},
		{"as many words as fit", "one two three four", []string{"one two", "three four"}},
		{"a word that is too long", "a " + strings.Repeat("x", 14) + " b", []string{"a", strings.Repeat("x", 14), "b"}},
		{"what may not begin a line", "one two go:build three", []string{"one two go:build", "three"}},
		{"what may not begin a text", "go:build x", []string{"… go:build", "x"}},
		{"characters are counted, not bytes", "éééé ééééé", []string{"éééé ééééé"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tt.want, prose.Wrap(tt.text, 10, glued)); diff != "" {
				t.Errorf("Wrap (-want +got):\n%s", diff)
			}
		})
	}
}

// Whatever a text is, its lines hold nothing that ends a comment of one line.
func FuzzProse(f *testing.F) {
	for _, seed := range []string{"a\nb", "* x\r\r", "[a](https://b)", "\x00\u2028\u202e", "[!NOTE] x", strings.Repeat("[", 3000)} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, paragraph := range prose.Paragraphs(text, 100) {
			if paragraph == "" {
				t.Error("an empty paragraph")
			}
			for _, line := range prose.Wrap(paragraph, 20, func(string) bool { return false }) {
				if strings.ContainsAny(line, "\n\r\x00\u2028\u2029\ufeff") || line != strings.TrimSpace(line) {
					t.Errorf("line %q", line)
				}
			}
		}
	})
}
