package jsonscan_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/internal/jsonscan"
)

func TestValid(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		` {"a": [1, -2.5e+3, "x\"\u00e4\\", true, false, null, {}, []]} `: true,
		`"12345678 12345678\n1"`:  true,
		`"1234567` + "\x01" + `"`: false,
		`"abcdefghij\x"`:          false,
		`"\u12g4"`:                false,
		`"open`:                   false,
		`01`:                      false, `1.`: false, `-`: false, `1e`: false, `+1`: false,
		`[1,]`: false, `{"a":1,}`: false, `{"a" 1}`: false, `{a:1}`: false,
		`tru`: false, ``: false, `1 2`: false,
		strings.Repeat("[", 900) + strings.Repeat("]", 900):   true,
		strings.Repeat("[", 2000) + strings.Repeat("]", 2000): false,
	} {
		if got := jsonscan.Valid(text); got != want {
			t.Errorf("Valid(%.40q) is %v", text, got)
		}
	}
}

func TestFind(t *testing.T) {
	t.Parallel()
	const text = `{"items": [{"id": 1}, {"id": "b"}, {"n": 3}], "a\u0062": {"": [4, 5]}}`
	for _, tt := range []struct {
		path string
		want []string
	}{
		{"items/*/id", []string{"1", `"b"`}},
		{"items/1/id", []string{`"b"`}},
		{"ab//1", []string{"5"}},
		{"items/x", nil},
		{"none", nil},
	} {
		var got []string
		if !jsonscan.Find(text, strings.Split(tt.path, "/"), func(v string) bool { got = append(got, v); return true }) {
			t.Errorf("%s: the text is said to be no JSON", tt.path)
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.path, diff)
		}
	}
}

func FuzzValid(f *testing.F) {
	for _, s := range []string{`{"a": [1.5e3, "\u00e4 12345678"]}`, `[[[`, `"\ud800"`, "\"\x7f\"", `nul`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if strings.Count(s, "[")+strings.Count(s, "{") > 500 {
			return // the limits of depth differ
		}
		if got, want := jsonscan.Valid(s), json.Valid([]byte(s)); got != want {
			t.Errorf("%q: %v, encoding/json says %v", s, got, want)
		}
		jsonscan.Find(s, []string{"*", "a", "0"}, func(v string) bool {
			if !json.Valid([]byte(v)) {
				t.Errorf("%q in %q is no JSON", v, s)
			}
			return true
		})
	})
}
