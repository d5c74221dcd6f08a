package openapi_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/plumbapi/plumb/openapi"
)

// TestPositionInLongLines compares columns far into a line with counting from
// its start.
func TestPositionInLongLines(t *testing.T) {
	t.Parallel()
	for _, filler := range []string{"x", "é", "名", "🙂"} {
		text := `{"a": "` + strings.Repeat(filler, 20_000) + `", "b": 1,` + "\n" + `"c": "` + strings.Repeat(filler, 9_000) + `"}`
		n, err := openapi.ParseTree("long.json", []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		s := n.Source()
		for offset := 0; offset <= len(text); offset += 37 {
			start := strings.LastIndexByte(text[:offset], '\n') + 1
			want := utf8.RuneCountInString(text[start:offset]) + 1
			if _, got := s.Position(offset); got != want {
				t.Fatalf("%s: column of offset %d is %d, want %d", filler, offset, got, want)
			}
		}
	}
}
