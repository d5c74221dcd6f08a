package safe_test

import (
	"testing"

	"github.com/plumbapi/plumb/internal/safe"
)

func TestWrap(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, text  string
		lead, width int
		want        string
	}{
		{"no terminal", "one two three four five six", 2, 0, "one two three four five six"},
		{"it fits", "one two three four five", 2, 25, "one two three four five"},
		{"it does not fit", "one two three four five", 2, 24, "one two three four\n  five"},
		{"no room for words", "one two three four five", 10, 20, "one two three four five"},
		{"a word that is too long", "a-word-that-is-longer-than-a-line and more", 0, 20, "a-word-that-is-longer-than-a-line\nand more"},
		{"wide characters", "漢字漢字 漢字漢字 漢字", 0, 17, "漢字漢字 漢字漢字\n漢字"},
	}
	for _, tt := range tests {
		if got := safe.Wrap(tt.text, tt.lead, tt.width); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}
