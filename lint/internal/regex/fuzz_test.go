package regex_test

import (
	"errors"
	"regexp"
	"testing"
	"time"

	"github.com/dlclark/regexp2/v2"

	"github.com/plumbapi/plumb/lint/internal/regex"
)

// FuzzFind compiles and runs what it is given, and compares what is found with
// another engine, where both read the pattern.
func FuzzFind(f *testing.F) {
	for _, s := range [][2]string{
		{`(a|ab)(c|bcd)(d*)`, "abcd"}, {`(z)((a+)?(b+)?(c))*`, "zaacbbbcac"}, {`(?<=(\d+)(\d+))$`, "1053"},
		{`(?=a)(a+)+$`, "aaaaaaaaaaaaa!"}, {`[\w.]+@(?:[a-z]+\.)+\w{2,4}`, "x@y.z.org"}, {`(?<n>a)\k<n>|\bb\B`, "aab"},
		{`(?:a{2,3}?){2}`, "aaaaaa"}, {`[^\d\s-]|\cJ|\x41`, "A1 -"}, {`(a?)*?b`, "aab"},
	} {
		f.Add(s[0], s[1], uint8(0))
	}
	f.Fuzz(func(t *testing.T, pattern, text string, flags uint8) {
		fl := regex.Flags{IgnoreCase: flags&1 != 0, Multiline: flags&2 != 0, DotAll: flags&4 != 0, Unicode: flags&8 != 0, Sticky: flags&16 != 0}
		re, err := regex.Compile(pattern, fl)
		if err != nil {
			return
		}
		units := regex.Units(text, fl.Unicode)
		steps := 100_000
		at, err := re.Find(units, 0, &steps)
		switch {
		case errors.Is(err, regex.ErrSteps):
			if steps > 0 {
				t.Errorf("ErrSteps with %d steps left", steps)
			}
			return
		case err != nil:
			t.Fatal(err)
		case steps < 0:
			t.Errorf("%d steps left", steps)
		}
		for _, i := range at {
			if i < -1 || i > len(units) {
				t.Fatalf("places out of the text: %v of %d", at, len(units))
			}
		}
		if at != nil && (at[0] < 0 || at[1] < at[0]) {
			t.Fatalf("a match from %d to %d", at[0], at[1])
		}
		if ascii(pattern) && ascii(text) && flags&^6 == 0 && !foreign.MatchString(pattern) {
			compare(t, pattern, units, fl, at)
		}
	})
}

// foreign is what the other engine takes for something of its own.
var foreign = regexp.MustCompile(`\\[^dDwWsSbBtnrfv\W]|\(\?[^:=!<]|\[[^\]]*(\[|&&|-)`)

func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= 128 || s[i] < ' ' {
			return false
		}
	}
	return true
}

// compare looks at where the whole match is.
func compare(t *testing.T, pattern string, units []rune, f regex.Flags, at []int) {
	t.Helper()
	options := regexp2.ECMAScript
	if f.Multiline {
		options |= regexp2.Multiline
	}
	if f.DotAll {
		options |= regexp2.Singleline
	}
	peer, err := regexp2.Compile(pattern, options)
	if err != nil {
		return
	}
	peer.MatchTimeout = time.Second
	m, err := peer.FindRunesMatch(units)
	if err != nil {
		return
	}
	switch {
	case (m == nil) != (at == nil):
		t.Errorf("%q on %q: got %v, the other engine %v", pattern, string(units), at, m)
	case m != nil && (m.RuneIndex != at[0] || m.RuneIndex+m.RuneLength != at[1]):
		t.Errorf("%q on %q: got %v, the other engine %d to %d", pattern, string(units), at, m.RuneIndex, m.RuneIndex+m.RuneLength)
	}
}
