package report

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/safe"
)

func TestFrameAt(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("abcdefghij", 1000)
	const text = "first: 1\n\n  second: \"ä b\"\n\ttab: x\r\nlast"
	at := func(line, column, endLine, endColumn int) check.Location {
		return check.Location{File: "f", Line: line, Column: column, EndLine: endLine, EndColumn: endColumn}
	}
	tests := []struct {
		name, text string
		at         check.Location
		width      int
		want       string // context⏎before[marked]after, or none
	}{
		{"first line", text, at(1, 1, 1, 6), 80, "[first]: 1"},
		{"after a blank line", text, at(3, 3, 3, 9), 80, "  [second]: \"ä b\""},
		{"code points", text, at(3, 11, 3, 16), 80, "  second: [\"ä b\"]"},
		{"tab", text, at(4, 2, 4, 5), 80, "  second: \"ä b\"⏎    [tab]: x"},
		{"marked tab", text, at(4, 1, 4, 2), 80, "  second: \"ä b\"⏎[    ]tab: x"},
		{"last line", text, at(5, 2, 5, 3), 80, "    tab: x⏎l[a]st"},
		{"end unknown", text, at(5, 2, 0, 0), 80, "    tab: x⏎l[a]st"},
		{"empty range", text, at(5, 2, 5, 2), 80, "    tab: x⏎l[a]st"},
		{"end before start", text, at(5, 3, 5, 1), 80, "    tab: x⏎la[s]t"},
		{"several lines", text, at(3, 3, 5, 1), 80, "  [second: \"ä b\"]"},
		{"several lines from a space", "a   \nb", at(1, 4, 2, 1), 80, "a  [ ]"},
		{"end line before the line", text, at(5, 2, 4, 9), 80, "    tab: x⏎l[a]st"},
		{"column unknown", text, at(5, 0, 0, 0), 80, "    tab: x⏎[]last"},
		{"column beyond", text, at(5, 99, 5, 120), 80, "    tab: x⏎last[]"},
		{"line beyond", text, at(6, 1, 6, 2), 80, "none"},
		{"line unknown", text, at(0, 1, 0, 2), 80, "none"},
		{"blank line", text, at(2, 1, 2, 1), 80, "first: 1⏎[]"},
		{"end of file", "a\n", at(2, 1, 2, 1), 80, "none"},
		{"empty file", "", at(1, 1, 1, 1), 80, "none"},
		{"long, start", long, at(1, 1, 1, 4), 20, "[abc]defghijabcdefgh…"},
		{"long, middle", long, at(1, 5001, 1, 5004), 20, "…defghij[abc]defghija…"},
		{"long, end", long, at(1, 9998, 1, 10001), 20, "…cdefghijabcdefg[hij]"},
		{"long mark", long, at(1, 5001, 1, 6000), 20, "…fghij[abcdefghijabc]…"},
		{"cut line has no context", "x\n" + long, at(2, 5001, 2, 5004), 20, "…defghij[abc]defghija…"},
		{"context is cut", long + "\nx: y", at(2, 1, 2, 2), 20, "abcdefghijabcdefghi…⏎[x]: y"},
		{"wide runes", strings.Repeat("漢", 40), at(1, 21, 1, 22), 20, "…漢漢漢漢[漢]漢漢漢漢…"},
		{"escapes", "a\x1b\u202eb", at(1, 2, 1, 4), 40, `a[\x1b\u202e]b`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			src := newSources(func(string) ([]byte, bool) { return []byte(tt.text), true })
			got := "none"
			if fr, ok := frameAt(src, tt.at, tt.width); ok {
				got = fr.before + "[" + fr.marked + "]" + fr.after
				if fr.hasContext {
					got = fr.context + "⏎" + got
				}
				if n := safe.Cells(fr.before + fr.marked + fr.after); n > tt.width {
					t.Errorf("the frame is %d columns wide, want at most %d", n, tt.width)
				}
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("frame (-want +got):\n%s", diff)
			}
		})
	}
}

// A column of a long line is found through marks; position is its inverse.
func TestSourceColumns(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(1, 2))
	var b strings.Builder
	for range 20000 {
		b.WriteString([]string{"a", "ä", "漢", "🙂", "z"}[random.IntN(5)])
	}
	text := "short ä\n" + b.String() + "\nend"
	file := newSourceFile([]byte(text))
	runes := []rune(b.String())
	for range 500 {
		column := random.IntN(len(runes)+1) + 1
		want := len(string(runes[:column-1]))
		if got := file.column(2, column); got != want {
			t.Fatalf("column(2, %d) = %d, want %d", column, got, want)
		}
		if line, got := file.position(len("short ä\n") + want); line != 2 || got != column {
			t.Fatalf("position of byte %d is %d:%d, want 2:%d", want, line, got, column)
		}
	}
	for _, tt := range []struct{ offset, line, column int }{{-1, 1, 1}, {0, 1, 1}, {8, 1, 8}, {9, 2, 1}, {len(text) - 3, 3, 1}, {len(text), 3, 4}, {len(text) + 9, 3, 4}} {
		if line, column := file.position(tt.offset); line != tt.line || column != tt.column {
			t.Errorf("position of byte %d is %d:%d, want %d:%d", tt.offset, line, column, tt.line, tt.column)
		}
	}
}
