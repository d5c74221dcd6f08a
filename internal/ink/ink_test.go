package ink_test

import (
	"testing"

	"github.com/plumbapi/plumb/internal/ink"
)

func TestPaint(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name        string
		on          bool
		style, text string
		want        string
	}{
		{"a word", true, ink.BoldRed, "error", "\x1b[1;31merror\x1b[0m"},
		{"no terminal", false, ink.Bold, "error", "error"},
		{"no style", true, "", "error", "error"},
		{"no text", true, ink.Dim, "", ""},
	} {
		if got := ink.Paint(tt.on, tt.style, tt.text); got != tt.want {
			t.Errorf("%s: Paint = %q, want %q", tt.name, got, tt.want)
		}
	}
}
