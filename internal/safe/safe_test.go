package safe_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/internal/safe"
)

func TestSafe(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name      string
		got, want string
	}{
		{"an escape sequence", safe.Line("a\x1b[31mb\u009b0m"), `a\x1b[31mb\u009b0m`},
		{"lines", safe.Line("a\r\nb\tc"), "a b c"},
		{"direction", safe.Line("a\u202eb"), `a\u202eb`},
		{"no UTF-8", safe.Line("a\xffb"), `a\xffb`},
		{"markup", safe.Markdown("<b>*a*</b> @ada #12 | x"), "&lt;b&gt;\\*a\\*&lt;/b&gt; @\u200bada \\#\u200b12 &#124; x"},
		{"code", safe.MarkdownCode("a`b"), "``a`b``"},
		{"a cell", safe.MarkdownCell("a|b"), `a\|b`},
		{"a shell word", safe.ShellWord("GET /a/{b}"), "'GET /a/{b}'"},
		{"a shell word with a quote", safe.ShellWord("a'b$(x)"), `'a'\''b$(x)'`},
		{"no shell word", safe.ShellWord(""), "''"},
		{"a plain shell word", safe.ShellWord("Query.issue"), "Query.issue"},
		{"padded", safe.Pad("日本", 6) + "|", "日本  |"},
	} {
		if diff := cmp.Diff(tt.want, tt.got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
}

func TestBrief(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"a\nb":                             "a b",
		strings.Repeat("a", 2000):          strings.Repeat("a", 2000),
		strings.Repeat("a", 2000+1):        strings.Repeat("a", 2000) + "…",
		strings.Repeat("a", 2000-1) + "漢":  strings.Repeat("a", 2000-1) + "…",
		strings.Repeat("a", 2000-3) + "漢b": strings.Repeat("a", 2000-3) + "漢…",
	} {
		if got := safe.Brief(in); got != want {
			t.Errorf("Brief of %d bytes ends with %q, want %q", len(in), got[max(0, len(got)-8):], want[max(0, len(want)-8):])
		}
	}
}

func TestFill(t *testing.T) {
	t.Parallel()
	got := safe.Fill([]string{"one", "two", "日本", "a-long-one", "x"}, 9)
	want := []string{"one two", "日本", "a-long-one", "x"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Fill (-want +got):\n%s", diff)
	}
}
