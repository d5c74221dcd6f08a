// Package ecma is what rules have of JavaScript: its regular expressions, how it
// counts a text, and what it takes for true.
//
// What Go's regexp package can run it runs, in time linear in the text. What
// looks ahead, behind or back goes to a backtracking engine, which is stopped
// when a match takes longer than Limit: an expression that somebody else wrote
// must not be able to hang a run.
package ecma

import (
	"fmt"
	"regexp"
	"strings"
	"sync"
	"time"

	"github.com/dlclark/regexp2/v2"

	"github.com/plumbapi/plumb/openapi/jsonschema"
)

// Limit bounds one match of an expression that looks around or back. Honest
// ones take microseconds.
const Limit = time.Second

// ErrSlow is the error of a match that Limit has ended.
var ErrSlow = fmt.Errorf("the regular expression took longer than %s on one text", Limit)

// Regexp is a compiled expression. It is safe for concurrent use.
type Regexp struct {
	source string
	// linear says whether there is a match; it is nil where only back can. It
	// has no groups.
	linear *regexp.Regexp
	back   func() (*regexp2.Regexp, error)
}

// Compile compiles a pattern with JavaScript's flags: d, g, i, m, s, u, v, y, of
// which i, m and s matter to whether a text matches, and y is refused. The
// error says what is wrong with the pattern.
func Compile(pattern, flags string) (*Regexp, error) {
	r := &Regexp{source: pattern}
	var inline string
	options := regexp2.ECMAScript
	for _, f := range flags {
		switch f {
		case 'd', 'g':
		case 'u', 'v':
			options |= regexp2.Unicode
		case 'i':
			inline += "i"
			options |= regexp2.IgnoreCase
		case 'm':
			inline += "m"
			options |= regexp2.Multiline
		case 's':
			options |= regexp2.Singleline
		default:
			return nil, fmt.Errorf("flag %q of a regular expression is not known here", string(f))
		}
	}
	r.back = sync.OnceValues(func() (*regexp2.Regexp, error) { return backtracking(pattern, options) })
	if !strings.Contains(flags, "s") {
		if text, err := jsonschema.GoPattern(pattern); err == nil {
			if inline != "" {
				text = "(?" + inline + ")" + text
			}
			if r.linear, err = regexp.Compile(text); err == nil {
				return r, nil
			}
			r.linear = nil
		}
	}
	_, err := r.back()
	return r, err
}

// backtracking compiles a pattern for the engine that can look around.
func backtracking(pattern string, options regexp2.RegexOptions) (*regexp2.Regexp, error) {
	re, err := regexp2.Compile(pattern, options)
	if err != nil {
		return nil, fmt.Errorf("%q is no regular expression: %w", pattern, err)
	}
	re.MatchTimeout = Limit
	return re, nil
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

// Match reports whether the text matches. The error is ErrSlow.
func (r *Regexp) Match(text string) (bool, error) {
	if r.linear != nil {
		return r.linear.MatchString(text), nil
	}
	re, err := r.back()
	if err != nil {
		return false, err
	}
	ok, err := re.MatchString(text)
	return ok, slow(err)
}

// Find returns the first match and its groups, nil where there is none; a group
// that took no part is "". The error is ErrSlow.
func (r *Regexp) Find(text string) ([]string, error) {
	if r.linear != nil && !r.linear.MatchString(text) {
		return nil, nil
	}
	re, err := r.back()
	if err != nil {
		return nil, err
	}
	m, err := re.FindStringMatch(text)
	if err != nil || m == nil {
		return nil, slow(err)
	}
	var groups []string
	for _, g := range m.Groups() {
		groups = append(groups, g.String())
	}
	return groups, nil
}

// slow names the one error that a match can end with.
func slow(err error) error {
	if err == nil {
		return nil
	}
	return ErrSlow // a timeout is all that can go wrong
}
