package regex_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/lint/internal/regex"
)

// parse reads /pattern/flags.
func parse(t *testing.T, text string) (*regex.Regexp, bool) {
	t.Helper()
	end := strings.LastIndexByte(text, '/')
	var f regex.Flags
	for _, c := range text[end+1:] {
		switch c {
		case 'i':
			f.IgnoreCase = true
		case 'm':
			f.Multiline = true
		case 's':
			f.DotAll = true
		case 'u':
			f.Unicode = true
		case 'y':
			f.Sticky = true
		}
	}
	re, err := regex.Compile(text[1:end], f)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return re, f.Unicode
}

// groups are what an expression finds, "-" for a group that took no part.
func groups(t *testing.T, expression, text string, steps int) ([]string, error) {
	t.Helper()
	re, full := parse(t, expression)
	units := regex.Units(text, full)
	at, err := re.Find(units, 0, &steps)
	if err != nil || at == nil {
		return nil, err
	}
	var list []string
	for i := 0; i < len(at); i += 2 {
		if at[i] < 0 || at[i+1] < 0 {
			list = append(list, "-")
			continue
		}
		list = append(list, string(units[at[i]:at[i+1]]))
	}
	return list, nil
}

// What ECMA-262 says of an expression and a text.
func TestFind(t *testing.T) {
	t.Parallel()
	tests := []struct {
		expression, text string
		want             []string
	}{
		{`/abc/`, "xabcy", []string{"abc"}},
		{`/a|ab/`, "abc", []string{"a"}},
		{`/((a)|(ab))((c)|(bc))/`, "abc", []string{"abc", "a", "a", "-", "bc", "-", "bc"}},
		{`/a[a-z]{2,4}/`, "abcdefghi", []string{"abcde"}},
		{`/a[a-z]{2,4}?/`, "abcdefghi", []string{"abc"}},
		{`/(aa|aabaac|ba|b|c)*/`, "aabaac", []string{"aaba", "ba"}},
		{`/(z)((a+)?(b+)?(c))*/`, "zaacbbbcac", []string{"zaacbbbcac", "z", "ac", "a", "-", "c"}},
		{`/(?=(a+))/`, "baaabac", []string{"", "aaa"}},
		{`/(?=(a+))a*b\1/`, "baaabac", []string{"aba", "a"}},
		{`/(.*?)a(?!(a+)b\2c)\2(.*)/`, "baaabaac", []string{"baaabaac", "ba", "-", "abaac"}},
		{`/(a*)*/`, "b", []string{"", "-"}},
		{`/(?:a*?)*?b/`, "aab", []string{"aab"}},
		{`/(a?)??b/`, "b", []string{"b", "-"}},
		{`/(?:(a)|b)*/`, "ab", []string{"ab", "-"}},
		{`/(a*){2,3}/`, "aa", []string{"aa", ""}},
		{`/(?:ab){3,}?c/`, "ababababc", []string{"ababababc"}},
		{`/(?<=(\d+)(\d+))$/`, "1053", []string{"", "1", "053"}},
		{`/(?<=\1(a))b/`, "aab", []string{"b", "a"}},
		{`/(?<!foo)bar/`, "foobar xbar", []string{"bar"}},
		{`/(?<year>\d{4})-\k<year>/`, "1999-2000 2020-2020", []string{"2020-2020", "2020"}},
		{`/^b/m`, "a\nb", []string{"b"}},
		{`/a$/m`, "a\nb", []string{"a"}},
		{`/a$/`, "a\nb", nil},
		{`/a.b/`, "a\u2028b", nil},
		{`/a.b/s`, "a\u2028b", []string{"a\u2028b"}},
		{`/STRASSE/i`, "strasse", []string{"strasse"}},
		{`/[^x]/i`, "X", nil},
		{`/\u212a/i`, "k", nil},
		{`/\u212a/iu`, "k", []string{"k"}},
		{`/^.$/`, "😀", nil},
		{`/^.$/u`, "😀", []string{"😀"}},
		{`/^\ud83d\ude00$/u`, "😀", []string{"😀"}},
		{`/\u{1F600}/u`, "😀", []string{"😀"}},
		{`/^\p{Lu}\p{Script=Greek}+$/u`, "Aαβ", []string{"Aαβ"}},
		{`/\P{L}/u`, "a1", []string{"1"}},
		{`/[\p{L}\d]+/u`, "é1!", []string{"é1"}},
		{`/\bfoo\b/`, "a foo.", []string{"foo"}},
		{`/\Boo/`, "foo", []string{"oo"}},
		{`/[\b]/`, "\b", []string{"\b"}},
		{`/\cJ/`, "\n", []string{"\n"}},
		{`/[\w-.]+/`, "a-.b", []string{"a-.b"}},
		{`/a{,2}/`, "a{,2}", []string{"a{,2}"}},
		{`/{/`, "{", []string{"{"}},
		{`/]/`, "]", []string{"]"}},
		{`/\1(a)/`, "a", []string{"a", "a"}},
		{`/\07\8/`, "\a8", []string{"\a8"}},
		{`/\x41\u0042\p/`, "ABp", []string{"ABp"}},
		{`/[]/`, "a", nil},
		{`/[^]/`, "\n", []string{"\n"}},
		{`/(?=a)*b/`, "b", []string{"b"}},
		{`/b/y`, "ab", nil},
		{`/(?:a{1000}){3}/`, strings.Repeat("a", 3000), []string{strings.Repeat("a", 3000)}},
		{`/(?:ab|cd){300,400}$/`, strings.Repeat("abcd", 200), []string{strings.Repeat("abcd", 200)}},
	}
	for _, tt := range tests {
		t.Run(tt.expression, func(t *testing.T) {
			t.Parallel()
			got, err := groups(t, tt.expression, tt.text, 100_000)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestCompileErrors(t *testing.T) {
	t.Parallel()
	tests := []struct {
		pattern string
		unicode bool
		want    string
	}{
		{"a(", false, "a ( without a )"},
		{"a)", false, "a ) without a ("},
		{"*a", false, "nothing to repeat before *"},
		{"a**", false, "nothing to repeat before *"},
		{"{1}", false, "nothing to repeat before {"},
		{"(?<=a)*", false, "nothing to repeat"},
		{"(?a)", false, "names no kind of group"},
		{"[b-a]", false, "out of order"},
		{"a{2,1}", false, "out of order"},
		{"[a", false, "a [ without a ]"},
		{`a\`, false, "at the end"},
		{`(?<a>.)(?<a>.)`, false, "two groups"},
		{`(?<a>.)\k<b>`, false, "no group has the name b"},
		{`(?<1>.)`, false, "proper name"},
		{`\2(a)`, true, "no group has the number 2"},
		{`\p{Nothing}`, true, "no property"},
		{`\p`, true, "without a property"},
		{`\-`, true, "is no escape"},
		{`{`, true, "nothing to repeat before {"},
		{`[\d-z]`, true, "a range in brackets"},
		{strings.Repeat("(", 300), false, "nest too deep"},
		{strings.Repeat("(a|b){80}", 250), false, "larger than"},
	}
	for _, tt := range tests {
		t.Run(tt.pattern[:min(len(tt.pattern), 20)], func(t *testing.T) {
			t.Parallel()
			_, err := regex.Compile(tt.pattern, regex.Flags{Unicode: tt.unicode})
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v, want …%s…", err, tt.want)
			}
		})
	}
}

// The steps of a match are counted, and end it.
func TestSteps(t *testing.T) {
	t.Parallel()
	text := strings.Repeat("a", 1000)
	if _, err := groups(t, `/(a*)*b/`, text, 100_000); !errors.Is(err, regex.ErrSteps) {
		t.Errorf("got %v, want ErrSteps", err)
	}
	if got, err := groups(t, `/(?:a+)+b/`, text, 5_000_000); got != nil || err != nil {
		t.Errorf("what is tried once: got %q, %v", got, err)
	}
	left := 1000
	re, _ := parse(t, `/a/`)
	if _, err := re.Find([]rune("xxa"), 0, &left); err != nil || left >= 1000 || left < 980 {
		t.Errorf("got %v with %d of 1000 steps left", err, left)
	}
}
