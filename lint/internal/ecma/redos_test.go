package ecma_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/plumbapi/plumb/lint/internal/ecma"
)

// shapes are expressions that take exponential or polynomial time in engines that
// go back, each with what a text that hurts them begins with, repeats and ends with.
var shapes = []struct{ expression, before, repeat, after string }{
	// Quantifiers within quantifiers.
	{`^(a+)+$`, "", "a", "!"},
	{`^(a*)*$`, "", "a", "!"},
	{`^([a-zA-Z]+)*$`, "", "aZ", "1"},
	{`^((a+)*)+$`, "", "a", "!"},
	{`(x+x+)+y`, "", "x", ""},
	{`(.*)*x`, "", "=", ""},
	{`(.+)+[^b]c`, "", "b", ""},
	{`^(?:(?:a{1,5}){1,5}){1,5}$`, "", "a", "!"},
	{`(\w+\s?)*$`, "", "word ", "!;"},
	{`^(\d+|\d+\.)+$`, "", "1", "x"},
	// Alternatives that overlap.
	{`^(a|aa)+$`, "", "a", "!"},
	{`^(a|a?)+$`, "", "a", "!"},
	{`^(a|b|ab)*c`, "", "ab", ""},
	{`^(.|\n)*?end$`, "", "x\n", ""},
	{`^(\w|\d|_)+@`, "", "a1", ""},
	{`(?:a|a|a|a)*b`, "", "a", ""},
	// One repetition behind another.
	{`\s+$`, "x", " ", "x"},
	{`^\s*#?\s*#?\s*$`, "", " ", "x"},
	{`a*a*a*a*b`, "", "a", ""},
	{`.*.*.*=.*`, "", "x", ""},
	{`^\d+\d+\d+\.$`, "", "1", ""},
	{`<!--.*?-->.*<!--`, "", "<!--", ""},
	// What validators of mails, addresses and dates are made of.
	{`^([a-zA-Z0-9])(([\-.]|[_]+)?([a-zA-Z0-9]+))*(@){1}[a-z0-9]+[.]{1}(([a-z]{2,3})|([a-z]{2,3}[.]{1}[a-z]{2,3}))$`, "", "a", "!"},
	{`^(?:[a-z0-9]+(?:[._-][a-z0-9]+)*)+@(?:[a-z0-9-]+\.)+[a-z]{2,}$`, "", "a.a", "@"},
	{`^(https?:\/\/)?([\w-]+\.?)+(\/[\w.-]*)*\/?$`, "http://", "a-", "!"},
	{`^(([^<>()\[\]\\.,;:\s@"]+(\.[^<>()\[\]\\.,;:\s@"]+)*)|(".+"))@`, "", "x.", ""},
	{`^(\d{1,4}-?)+T$`, "", "20-", "x"},
	{`^([0-9a-f]{1,4}:?)+$`, "", "fe:", "z"},
	{`^(?:\+?\d+[ -]?)+$`, "", "12 ", "x"},
	{`^[\w.%+-]+@(?:[\w-]+\.)*[\w-]+\.(?:[a-z]{2,})+$`, "a@", "b.", "1"},
	// Looking around.
	{`^(?=a)(a+)+$`, "", "a", "!"},
	{`^(?=(a+)+$)a*`, "", "a", "!"},
	{`^(?!(a|aa)+$)b`, "", "a", "!"},
	{`(?<=(a+)+)b`, "", "a", "c"},
	{`(?<!(x+x+)+)y`, "", "x", "z"},
	{`^(?=.*[a-z])(?=.*\d)(?:.*)+!$`, "1", "a", ""},
	{`^(?!.*\.\.)(?:[\w.]+)+$`, "", "a.", "!"},
	{`(?=((\w+\s)+))\1x`, "", "ab ", ""},
	// References back.
	{`^(a+)+\1b$`, "", "a", "!"},
	{`(a*)(a*)(a*)\1\2\3b`, "", "a", ""},
	{`^(.*?)(?:\1x?)*y$`, "", "ab", ""},
	{`(?<q>["']?)(?:\w|\k<q>)*\k<q>z`, "'", "a'", ""},
	// Classes of Unicode, and flags.
	{`/^(\p{L}+)+$/u`, "", "é", "1"},
	{`/^(?:\p{Lu}|\p{L})+\P{L}x/u`, "", "É", "1"},
	{`/^([\u{1F600}-\u{1F64F}]+)*$/u`, "", "😀", "x"},
	{`/^(s|ſ|S)+$/iu`, "", "sS", "!"},
	{`/^(?:.|\s)*x$/s`, "", "\n", ""},
	{`/^(^a*$\n?)+!/m`, "", "a\n", ""},
	// Counts.
	{`(?:a?){30}a{30}b`, "", "a", ""},
	{`^(?:(?:ab?){1,50}){1,50}c$`, "", "a", ""},
	{`(?=a)(?:a{1,1000}){1,1000}b`, "", "a", ""},
	{`(?:.{0,1000}){0,1000}x$`, "", "y", ""},
}

// Each match ends within its work, with a result or with ErrSlow, and what it
// takes grows no further with the text.
func TestReDoS(t *testing.T) {
	t.Parallel()
	const work = 200_000
	for _, tt := range shapes {
		t.Run(tt.expression, func(t *testing.T) {
			t.Parallel()
			re, err := ecma.Parse(tt.expression)
			if err != nil {
				t.Fatal(err)
			}
			for _, n := range []int{10, 100, 3000} {
				text := tt.before + strings.Repeat(tt.repeat, n) + tt.after
				for name, run := range map[string]func(*int) error{
					"Match": func(w *int) error { _, err := re.Match(text, w); return err },
					"Find":  func(w *int) error { _, err := re.Find(text, w); return err },
				} {
					left := work
					err := run(&left)
					if err != nil && !errors.Is(err, ecma.ErrSlow) {
						t.Errorf("%s of %d: %v", name, n, err)
					}
					if left < -work || err == nil && left < 0 {
						t.Errorf("%s of %d: %d of %d steps are left, and the error is %v", name, n, left, work, err)
					}
				}
			}
		})
	}
}

// What backtracks for ever elsewhere gives a result, where Go's engine can run it
// or a place needs to be tried once only.
func TestReDoSResults(t *testing.T) {
	t.Parallel()
	text := strings.Repeat("a", 60) + "!"
	for _, expression := range []string{`^(a+)+$`, `^(a|aa)+$`, `^(a*)*$`, `^(?=a)(a+)+$`, `^(?!b)(a|aa)+$`, `(?<!x)(?:a|a|a)*b`} {
		re, err := ecma.Parse(expression)
		if err != nil {
			t.Fatal(err)
		}
		left := 20_000
		if ok, err := re.Match(text, &left); ok || err != nil {
			t.Errorf("%s: got %t, %v, want no match", expression, ok, err)
		}
	}
	re, err := ecma.Parse(`^(?=a)(a*)*$`)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := re.Match(text, nil); !errors.Is(err, ecma.ErrSlow) {
		t.Errorf("without a bound of the caller's: got %v, want ErrSlow", err)
	}
}
