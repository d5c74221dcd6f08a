// Package ecma is what rules have of JavaScript: its regular expressions, how it
// counts a text, and what it takes for true.
//
// What Go's regexp package can run it runs, in time linear in the text. What
// looks ahead, behind or back goes to package regex, which counts its steps: an
// expression that somebody else wrote must not be able to hang a run.
package ecma

import (
	"errors"
	"fmt"
	"regexp"
	"regexp/syntax"
	"strings"
	"sync"

	"github.com/plumbapi/plumb/lint/internal/regex"
	"github.com/plumbapi/plumb/openapi/jsonschema"
)

// Steps bounds one match of an expression that looks around or back. Honest
// ones take some thousand.
const Steps = 10_000_000

// ErrSlow is the error of a match that has used up its steps.
var ErrSlow = errors.New("the regular expression takes too many steps: more than 10,000,000 on one text, or too many on all")

// Regexp is a compiled expression. It is safe for concurrent use.
type Regexp struct {
	source  string
	unicode bool
	// linear says whether there is a match; it is nil where only back can. It
	// has no groups.
	linear *regexp.Regexp
	cost   int // of linear, for each byte of a text
	back   func() (*regex.Regexp, error)
}

// Compile compiles a pattern with JavaScript's flags: d, g, i, m, s, u, v, y, of
// which i, m, s, u and v matter to whether a text matches, and y is refused. The
// error says what is wrong with the pattern.
func Compile(pattern, flags string) (*Regexp, error) {
	if strings.Contains(flags, "y") {
		return nil, errors.New(`flag "y" of a regular expression is not known here`)
	}
	return CompileSticky(pattern, flags)
}

// CompileSticky is Compile with the flag y, for those who call Places alone.
func CompileSticky(pattern, flags string) (*Regexp, error) {
	r := &Regexp{source: pattern}
	var inline string
	var f regex.Flags
	for _, c := range flags {
		switch c {
		case 'd', 'g':
		case 'u', 'v':
			f.Unicode, r.unicode = true, true
		case 'i':
			inline += "i"
			f.IgnoreCase = true
		case 'm':
			inline += "m"
			f.Multiline = true
		case 's':
			f.DotAll = true
		case 'y':
			f.Sticky = true
		default:
			return nil, fmt.Errorf("flag %q of a regular expression is not known here", string(c))
		}
	}
	r.back = sync.OnceValues(func() (*regex.Regexp, error) {
		re, err := regex.Compile(pattern, f)
		if err != nil {
			return nil, fmt.Errorf("%q is no regular expression: %w", pattern, err)
		}
		return re, nil
	})
	if !f.DotAll {
		if text, err := jsonschema.GoPattern(pattern); err == nil {
			if inline != "" {
				text = "(?" + inline + ")" + text
			}
			if r.linear, r.cost = linear(text); r.linear != nil {
				return r, nil
			}
		}
	}
	_, err := r.back()
	return r, err
}

// maxLinear bounds the expressions that Go's engine runs, in instructions: its
// time for a byte of a text grows with them.
const maxLinear = 1000

// linear compiles an expression of Go's for Go's engine, unless it is too large
// for that.
func linear(text string) (re *regexp.Regexp, cost int) {
	tree, err := syntax.Parse(text, syntax.Perl)
	if err != nil {
		return nil, 0
	}
	n := size(tree)
	if n > maxLinear {
		return nil, 0
	}
	re, err = regexp.Compile(text)
	if err != nil {
		return nil, 0
	}
	return re, 1 + n/16
}

// size is about how many instructions an expression has.
func size(tree *syntax.Regexp) int {
	n := 1 + len(tree.Rune)
	if tree.Op == syntax.OpCharClass {
		n = 1
	}
	for _, sub := range tree.Sub {
		n = min(n+size(sub), maxLinear+1)
	}
	if tree.Op == syntax.OpRepeat {
		n *= max(tree.Min, tree.Max, 1)
	}
	return min(n, maxLinear+1)
}

// Parse compiles what stands between slashes with flags behind, "/^a/i"; any
// other text is a pattern without flags, two slashes alone as well.
func Parse(text string) (*Regexp, error) {
	if end := strings.LastIndexByte(text, '/'); end > 1 && text[0] == '/' && flagsOnly(text[end+1:]) {
		return Compile(text[1:end], text[end+1:])
	}
	return Compile(text, "")
}

func flagsOnly(text string) bool { return strings.Trim(text, "dgimsuvy") == "" }

// String returns the pattern as it was given.
func (r *Regexp) String() string { return r.source }

// Match reports whether the text matches. What that takes is counted off work,
// where that is not nil: steps, or a few for a byte of the text. The error is ErrSlow.
func (r *Regexp) Match(text string, work *int) (bool, error) {
	if r.linear != nil {
		if err := spend(work, len(text)*r.cost); err != nil {
			return false, err
		}
		return r.linear.MatchString(text), nil
	}
	_, at, err := r.find(text, work)
	return at != nil, err
}

// Find returns the first match and its groups, nil where there is none; a group
// that took no part is "". Work and the error are those of Match.
func (r *Regexp) Find(text string, work *int) ([]string, error) {
	if r.linear != nil {
		if ok, err := r.Match(text, work); !ok {
			return nil, err
		}
	}
	units, at, err := r.find(text, work)
	if at == nil {
		return nil, err
	}
	groups := make([]string, len(at)/2)
	for i := range groups {
		if at[2*i] >= 0 && at[2*i+1] >= 0 {
			groups[i] = regex.String(units[at[2*i]:at[2*i+1]])
		}
	}
	return groups, nil
}

// Names are the names of the groups by their numbers, "" for those without.
func (r *Regexp) Names() ([]string, error) {
	re, err := r.back()
	if err != nil {
		return nil, err
	}
	return re.Names(), nil
}

// Places returns where the first match from start on is in a text, which units
// are too, as [regex.Units] makes them: beginning and end of the whole and of each
// group, -1 for groups that took no part. The error is ErrSlow.
func (r *Regexp) Places(text string, units []rune, start int) ([]int, error) {
	if r.linear != nil && !r.linear.MatchString(text) {
		return nil, nil // from no place
	}
	re, err := r.back()
	if err != nil {
		return nil, err
	}
	steps := Steps
	at, err := re.Find(units, start, &steps)
	if err != nil {
		return nil, ErrSlow
	}
	return at, nil
}

// find runs the engine that goes back.
func (r *Regexp) find(text string, work *int) (units []rune, at []int, err error) {
	re, err := r.back()
	if err != nil {
		return nil, nil, err
	}
	if err := spend(work, len(text)); err != nil {
		return nil, nil, err
	}
	units = regex.Units(text, r.unicode)
	steps := Steps
	if work != nil {
		steps = min(steps, *work)
	}
	left := steps
	at, err = re.Find(units, 0, &left)
	if work != nil {
		*work -= steps - left
	}
	if err != nil {
		return nil, nil, ErrSlow // too many steps are all that can go wrong
	}
	return units, at, nil
}

// spend counts work that is about to be done.
func spend(work *int, n int) error {
	if work == nil {
		return nil
	}
	if *work -= n; *work < 0 {
		return ErrSlow
	}
	return nil
}
